/* certigar against the reference on arbitrary matrices: the same bits and counts, the guarantees by their definition, and the same bits
 * when the rows come in another order.
 *
 * What the bytes of an input mean is said in mutator.h. A difference prints the column and both results and aborts; libFuzzer then
 * writes the input to a file, and `build/fuzz/rules FILE` runs it again.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "certigar.h"
#include "contexts.h"
#include "generate.h"
#include "mutator.h"
#include "place.h"
#include "reference.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned int seed);

static const char *const dtype_names[] = {"float32", "float64"};
static const char *const median_names[] = {"midpoint", "lower", "upper"};
static const char *const layout_names[] = {"rows", "columns", "rows in reverse", "other byte order"};

/* ---- failures ---- */

static void print_case(const fuzz_case *one, const char *what)
{
  printf("\nFAILED %s %s: %s\n", certigar_rule_name(one->rule), dtype_names[one->dtype], what);
  printf("  n = %zu, f = %zu, d = %zu, median %s, level %d, threads %zu, layout: %s\n", one->n, one->f, one->d, median_names[one->median],
         (int)one->level, one->threads, layout_names[one->layout]);
}

static void give_up(void)
{
  printf("  build/fuzz/rules FILE, the file that libFuzzer names below\n");
  fflush(stdout);
  abort();
}

static void fail_column(const fuzz_case *one, size_t c, const char *what, uint64_t got, uint64_t expected)
{
  const int digits = one->dtype == CERTIGAR_FLOAT32 ? 8 : 16;
  print_case(one, what);
  printf("  column %zu:", c);
  for (size_t i = 0; i < one->n; i++) printf(" %0*" PRIx64, digits, one->words[i * one->d + c]);
  printf("\n  certigar  %0*" PRIx64 "\n  reference %0*" PRIx64 "\n", digits, got, digits, expected);
  give_up();
}

static void check_count(const fuzz_case *one, const char *what, size_t got, size_t expected)
{
  if (got == expected) return;
  print_case(one, what);
  printf("  certigar  %zu\n  reference %zu\n", got, expected);
  give_up();
}

/* ---- the guarantees (spec/rules.md) ---- */

/* Orders finite words by value: -0 and +0 are both 0. */
static int64_t rank_of(const fuzz_case *one, uint64_t word)
{
  const uint64_t sign = one->dtype == CERTIGAR_FLOAT32 ? UINT64_C(1) << 31 : UINT64_C(1) << 63;
  return word >= sign ? -(int64_t)(word - sign) : (int64_t)word;
}

static int is_finite(const fuzz_case *one, uint64_t word)
{
  return one->dtype == CERTIGAR_FLOAT32 ? (word & 0x7fffffff) < 0x7f800000 : (word & INT64_MAX) < UINT64_C(0x7ff0000000000000);
}

/* median and trimmed-mean: for every set H of n-f rows finite in this column, min_H <= out <= max_H. A set with min_H > out exists
 * exactly if n-f finite values are greater than out, one with max_H < out exactly if n-f are less, and a set at all if n-f are finite. */
static void check_containment(const fuzz_case *one, size_t c, uint64_t out, uint64_t expected)
{
  size_t finite = 0, less = 0, greater = 0;
  const size_t honest = one->rule == CERTIGAR_AVERAGE ? 1 : one->n - one->f;
  if (one->rule == CERTIGAR_MEAMED) return;
  for (size_t i = 0; i < one->n; i++) {
    const uint64_t word = one->words[i * one->d + c];
    if (!is_finite(one, word)) continue;
    finite++;
    less += rank_of(one, word) < rank_of(one, out);
    greater += rank_of(one, word) > rank_of(one, out);
  }
  if (one->rule == CERTIGAR_AVERAGE) {
    if (finite < one->n) return;
    if (!is_finite(one, out) || less == one->n || greater == one->n)
      fail_column(one, c, "the mean of finite values is outside of their range", out, expected);
    return;
  }
  if (finite < honest) return;
  if (!is_finite(one, out) || less >= honest || greater >= honest)
    fail_column(one, c, "the output is outside of [min_H, max_H] for some set H of n-f finite rows", out, expected);
}

/* ---- one case ---- */

static certigar_plan *new_plan(const fuzz_case *one)
{
  certigar_plan *plan = NULL;
  certigar_message message;
  certigar_options *options = certigar_options_new();
  if (!options) abort();
  certigar_options_set_f(options, one->f);
  certigar_options_set_median(options, one->median);
  certigar_options_set_threads(options, one->threads);
  certigar_options_set_level(options, certigar_level_name(one->level) ? one->level : CERTIGAR_LEVEL_BEST);
  check_count(one, "the status of certigar_plan_new", certigar_plan_new(&plan, one->rule, one->dtype, one->n, options, &message),
              CERTIGAR_OK);
  certigar_options_free(options);
  return plan;
}

static void check_certificate(const fuzz_case *one, certigar_status status, const certigar_certificate *certificate,
                              const reference_report *report, const unsigned char *nonfinite)
{
  check_count(one, "status", status, report->not_finite ? CERTIGAR_NOT_FINITE : CERTIGAR_OK);
  check_count(one, "nonfinite_row_count", certificate->nonfinite_row_count, report->nonfinite_rows);
  check_count(one, "nonfinite_outputs", certificate->nonfinite_outputs, report->nonfinite_outputs);
  check_count(one, "ties", certificate->ties, report->ties);
  if (certificate->exact_evaluations > one->d) check_count(one, "exact_evaluations, at most d", certificate->exact_evaluations, one->d);
  for (size_t i = 0, k = 0; i < one->n; i++)
    if (nonfinite[i]) check_count(one, "an entry of nonfinite_rows", certificate->nonfinite_rows[k++], i);
}

static void run_case(const fuzz_case *one, uint64_t seed)
{
  contexts_open(NULL);
  const size_t size = one->dtype == CERTIGAR_FLOAT32 ? 4 : 8;
  unsigned char *rows, *placed, *out = case_take(one->d * size), *expected = case_take(one->d * size), *nonfinite = case_take(one->n);
  reference_report report;
  certigar_certificate first, second;

  case_place(one, CASE_ROWS, NULL, &rows);
  reference_aggregate(contexts[one->dtype], (reference_rule)one->rule, (reference_median_kind)one->median, one->n, one->f, one->d, rows,
                      expected, nonfinite, &report);
  free(rows);

  certigar_plan *plan = new_plan(one);
  certigar_matrix matrix = case_place(one, one->layout, NULL, &placed);
  certigar_status status = certigar_plan_run(plan, &matrix, out, &first, NULL);
  free(placed);
  for (size_t c = 0; c < one->d; c++) {
    const uint64_t got = case_get(one, out + c * size), wanted = case_get(one, expected + c * size);
    if (got != wanted) fail_column(one, c, "certigar and the reference differ", got, wanted);
    check_containment(one, c, got, wanted);
  }
  check_certificate(one, status, &first, &report, nonfinite);

  size_t order[CASE_ROWS_MAX];
  case_shuffle(order, one->n, seed);
  matrix = case_place(one, CASE_ROWS, order, &placed);
  status = certigar_plan_run(plan, &matrix, out, &second, NULL);
  free(placed);
  for (size_t c = 0; c < one->d; c++) {
    const uint64_t got = case_get(one, out + c * size), wanted = case_get(one, expected + c * size);
    if (got != wanted) fail_column(one, c, "the rows in another order give other bits", got, wanted);
  }
  check_count(one, "the status of the rows in another order", status, report.not_finite ? CERTIGAR_NOT_FINITE : CERTIGAR_OK);
  check_count(one, "ties of the rows in another order", second.ties, report.ties);
  check_count(one, "exact_evaluations of the rows in another order", second.exact_evaluations, first.exact_evaluations);
  certigar_plan_free(plan);
  free(out);
  free(expected);
  free(nonfinite);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  static fuzz_case one;
  uint64_t seed = 0;
  case_decode(&one, CASE_OF_COLUMNS, bytes, size);
  for (size_t i = 0; i < size; i++) seed = 31 * seed + bytes[i];
  run_case(&one, seed);
  return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned int seed)
{
  return case_mutate_bytes(CASE_OF_COLUMNS, bytes, size, room, seed);
}
