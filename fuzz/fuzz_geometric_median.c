/* geometric-median against the reference on arbitrary matrices: the gap of the certificate is no less than the true one, and no more than the
 * tolerance and the rounding of the output can make it; the same bits and certificate with other threads and another level.
 *
 * What the bytes of an input mean is said in mutator.h, with the kind of columns; of the matrix the first rows and columns are taken, as many as the
 * reference has time for. A difference prints the matrix and aborts; `build/fuzz/geometric_median FILE` runs it again.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "certigar.h"
#include "contexts.h"
#include "judge_median.h"
#include "mutator.h"
#include "place.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned int seed);

enum { ROWS_MAX = 9, COLUMNS_MAX = 4 };

static void fail(const fuzz_case *one, const char *what)
{
  printf("\nFAILED geometric-median %s: %s\n  n = %zu, d = %zu, level %d, threads %zu, layout %d\n",
         one->dtype == CERTIGAR_FLOAT32 ? "float32" : "float64", what, one->n, one->d, (int)one->level, one->threads, (int)one->layout);
  for (size_t i = 0; i < one->n; i++) {
    printf("  row %zu:", i);
    for (size_t c = 0; c < one->d; c++) printf(" %0*" PRIx64, one->dtype == CERTIGAR_FLOAT32 ? 8 : 16, one->words[i * one->d + c]);
    printf("\n");
  }
  fflush(stdout);
  abort();
}

static certigar_status run(const fuzz_case *one, case_layout layout, size_t threads, certigar_level level, unsigned char *out,
                           certigar_certificate *certificate)
{
  certigar_plan *plan = NULL;
  unsigned char *placed;
  certigar_options *options = certigar_options_new();
  if (!options) abort();
  certigar_options_set_threads(options, threads);
  certigar_options_set_level(options, certigar_level_name(level) ? level : CERTIGAR_LEVEL_BEST);
  if (certigar_plan_new(&plan, CERTIGAR_GEOMETRIC_MEDIAN, one->dtype, one->n, options, NULL) != CERTIGAR_OK) fail(one, "no plan");
  certigar_options_free(options);
  const certigar_matrix matrix = case_place(one, layout, NULL, &placed);
  const certigar_status status = certigar_plan_run(plan, &matrix, out, certificate, NULL);
  certificate->selected = certificate->nonfinite_rows = NULL; /* they end with the plan */
  certigar_plan_free(plan);
  free(placed);
  return status;
}

static void run_case(const fuzz_case *one)
{
  contexts_open(NULL);
  const size_t bytes = one->d * (one->dtype == CERTIGAR_FLOAT32 ? 4 : 8);
  unsigned char *rows, *out = case_take(bytes), *other = case_take(bytes);
  certigar_certificate first, second;
  mpq_t tolerance;
  median_truth truth;
  mpq_init(tolerance);
  mpq_set_ui(tolerance, 1, one->dtype == CERTIGAR_FLOAT32 ? 100000 : 1000000000);
  case_place(one, CASE_ROWS, NULL, &rows);
  const median_case judged = {one->dtype, one->n, one->d, rows, tolerance};
  median_truth_init(&truth, contexts[one->dtype], &judged);

  const certigar_status status = run(one, one->layout, one->threads, one->level, out, &first);
  if ((status == CERTIGAR_NO_VALUE) != (truth.m == 0)) fail(one, "whether there is a value");
  if (status != CERTIGAR_OK && status != CERTIGAR_NOT_FINITE && status != CERTIGAR_NO_VALUE) fail(one, "the status");
  if (truth.m > 0) {
    const char *wrong = judge_median(contexts[one->dtype], &judged, &truth, out, &first);
    if (wrong) fail(one, wrong);
    if (first.selected_count != truth.m) fail(one, "the rows that are selected are not the finite ones");
    if (run(one, CASE_ROWS, 3 - one->threads, CERTIGAR_LEVEL_BASELINE, other, &second) != status) fail(one, "other threads give another status");
    if (memcmp(out, other, bytes) != 0 || memcmp(&first, &second, sizeof first) != 0) fail(one, "other threads give another result");
  }
  median_truth_clear(&truth);
  mpq_clear(tolerance);
  free(rows);
  free(out);
  free(other);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  static fuzz_case whole, one;
  case_decode(&whole, CASE_OF_COLUMNS, bytes, size);
  one = whole;
  one.n = 1 + (whole.n - 1) % ROWS_MAX;
  one.d = 1 + (whole.d - 1) % COLUMNS_MAX;
  for (size_t i = 0; i < one.n; i++)
    for (size_t c = 0; c < one.d; c++) one.words[i * one.d + c] = whole.words[i * whole.d + c];
  run_case(&one);
  return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned int seed)
{
  return case_mutate_bytes(CASE_OF_COLUMNS, bytes, size, room, seed);
}
