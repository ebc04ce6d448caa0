/* The rules that select rows against the reference on arbitrary matrices: the same bits, rows and counts, scores and margin as the
 * certificate gives them, the same certificate with other threads and another level, and the same rows when they come in another order.
 *
 * What the bytes of an input mean is said in mutator.h. A difference prints the matrix and both results and aborts; libFuzzer then
 * writes the input to a file, and `build/fuzz/selection FILE` runs it again.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "certigar.h"
#include "contexts.h"
#include "judge_rows.h"
#include "mutator.h"
#include "place.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned int seed);

enum { UNTOUCHED = 0xa5 }; /* bytes of an output before it is there */

static const char *const dtype_names[] = {"float32", "float64"};

/* ---- failures ---- */

static void fail(void *context, const char *what, const char *got, const char *expected)
{
  const fuzz_case *one = context;
  const int digits = one->dtype == CERTIGAR_FLOAT32 ? 8 : 16;
  printf("\nFAILED %s %s: %s\n", certigar_rule_name(one->rule), dtype_names[one->dtype], what);
  printf("  n = %zu, f = %zu, d = %zu, m = %zu, pivot %zu, variant %zu, choice %zu, level %d, threads %zu, layout %d\n", one->n, one->f, one->d, one->m,
         one->pivot, one->variant, one->choice, (int)one->level, one->threads, (int)one->layout);
  for (size_t i = 0; i < one->n; i++) {
    printf("  row %zu:", i);
    for (size_t c = 0; c < one->d; c++) printf(" %0*" PRIx64, digits, one->words[i * one->d + c]);
    printf("\n");
  }
  printf("  certigar  %s\n  reference %s\n  build/fuzz/selection FILE, the file that libFuzzer names below\n", got, expected);
  fflush(stdout);
  abort();
}

static void check_bits(fuzz_case *one, const char *what, const unsigned char *out, const unsigned char *expected)
{
  const size_t size = one->dtype == CERTIGAR_FLOAT32 ? 4 : 8;
  char title[200], got[20], wanted[20];
  for (size_t c = 0; c < one->d; c++) {
    const uint64_t a = case_get(one, out + c * size), b = case_get(one, expected + c * size);
    if (a == b) continue;
    snprintf(title, sizeof title, "%s, in column %zu", what, c);
    snprintf(got, sizeof got, "%016" PRIx64, a);
    snprintf(wanted, sizeof wanted, "%016" PRIx64, b);
    fail(one, title, got, wanted);
  }
}

/* ---- one case ---- */

static certigar_plan *new_plan(fuzz_case *one, const row_case *parameters, certigar_level level, size_t threads)
{
  certigar_plan *plan = NULL;
  certigar_message message;
  certigar_options *options = certigar_options_new();
  if (!options) abort();
  row_case_set(parameters, options);
  certigar_options_set_threads(options, threads);
  certigar_options_set_level(options, certigar_level_name(level) ? level : CERTIGAR_LEVEL_BEST);
  if (certigar_plan_new(&plan, one->rule, one->dtype, one->n, options, &message) != CERTIGAR_OK) fail(one, "no plan", message.text, "a plan");
  certigar_options_free(options);
  return plan;
}

static certigar_status run_plan(fuzz_case *one, certigar_plan *plan, case_layout layout, const size_t *order, unsigned char *out,
                                certigar_certificate *certificate)
{
  unsigned char *placed;
  certigar_message message;
  const certigar_matrix matrix = case_place(one, layout, order, &placed);
  memset(out, UNTOUCHED, one->d * (one->dtype == CERTIGAR_FLOAT32 ? 4 : 8));
  const certigar_status status = certigar_plan_run(plan, &matrix, out, certificate, &message);
  if (status != CERTIGAR_OK && status != CERTIGAR_NOT_FINITE && status != CERTIGAR_NO_VALUE) fail(one, "the status of certigar_plan_run", message.text, "done");
  free(placed);
  return status;
}

static void run_case(fuzz_case *one, uint64_t seed)
{
  contexts_open(NULL);
  const size_t size = one->dtype == CERTIGAR_FLOAT32 ? 4 : 8;
  unsigned char *rows, *out = case_take(one->d * size), *expected = case_take(one->d * size);
  reference_selection *report = reference_selection_new(one->n);
  certigar_certificate first, second;
  size_t order[CASE_ROWS_MAX];

  case_place(one, CASE_ROWS, NULL, &rows);
  row_case parameters = {.rule = one->rule, .dtype = one->dtype, .n = one->n, .f = one->f, .d = one->d, .m = one->m, .pivot = one->pivot,
                         .variant = one->variant, .choice = one->choice, .rows = rows, .complain = fail, .context = one};
  row_case_fill(&parameters);
  memset(expected, UNTOUCHED, one->d * size);
  row_rule_of(one->rule)->reference(contexts[one->dtype], &parameters, expected, report);

  certigar_plan *plan = new_plan(one, &parameters, one->level, one->threads);
  const certigar_status status = run_plan(one, plan, one->layout, NULL, out, &first);
  check_bits(one, "certigar and the reference differ", out, expected);
  judge_certificate(&parameters, status, &first, report);

  certigar_plan *other = new_plan(one, &parameters, (certigar_level)(seed % 4), 3 - one->threads);
  run_plan(one, other, CASE_ROWS, NULL, out, &second);
  check_bits(one, "other threads and another level give other bits", out, expected);
  judge_same(&parameters, "other threads and another level", &second, &first);
  certigar_plan_free(other);

  case_shuffle(order, one->n, seed);
  row_case moved = row_case_permuted(&parameters, order);
  other = new_plan(one, &moved, one->level, one->threads);
  run_plan(one, other, CASE_ROWS, order, out, &second);
  if (report->selection_ties == 0) check_bits(one, "the rows in another order give other bits", out, expected);
  judge_permuted(&parameters, order, &second, &first, report);
  certigar_plan_free(other);

  certigar_plan_free(plan);
  reference_selection_free(report);
  free(rows);
  free(out);
  free(expected);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  static fuzz_case one;
  uint64_t seed = 0;
  case_decode(&one, CASE_OF_ROWS, bytes, size);
  for (size_t i = 0; i < size; i++) seed = 31 * seed + bytes[i];
  run_case(&one, seed);
  return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned int seed)
{
  return case_mutate_bytes(CASE_OF_ROWS, bytes, size, room, seed);
}
