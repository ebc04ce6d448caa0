/* clip and arc before a rule of columns against the reference on arbitrary matrices: the same bits, also with other threads and another level.
 *
 * An input is a case of the kind of columns (mutator.h) behind four bytes: which pre-aggregations (clip, arc, both, in either order), then the
 * radius, as three bytes: the coordinate it is made of, what that is multiplied by, and a power of two, or which one of a table it is. A difference
 * prints the matrix and both results and aborts; libFuzzer then writes the input to a file, and `build/fuzz/clip FILE` runs it again.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "certigar.h"
#include "contexts.h"
#include "mutator.h"
#include "place.h"
#include "selection.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned int seed);

enum { PREFIX = 4, STAGES = 2 };

static const char *const radii[] = {"1/3", "1e-3", "0x1p-20", "100", "1e-9999", "1e9999", "3/1000000000000000000000000000000", "1e30",
                                    "123456789e-50"};

typedef enum stage_kind { STAGE_NONE, STAGE_CLIP, STAGE_ARC } stage_kind;

typedef struct clip_case {
  fuzz_case matrix;
  stage_kind stages[STAGES];
  char tau[64];
} clip_case;

/* ---- a case from bytes ---- */

/* A coordinate of the matrix times a small number and a power of two, so that norms meet it; or one of the table. */
static void set_radius(clip_case *one, const uint8_t *prefix)
{
  const fuzz_case *matrix = &one->matrix;
  const int fraction = matrix->dtype == CERTIGAR_FLOAT32 ? 23 : 52, fields = matrix->dtype == CERTIGAR_FLOAT32 ? 255 : 2047;
  const uint64_t word = matrix->words[prefix[1] % (matrix->n * matrix->d)], hidden = UINT64_C(1) << fraction;
  const int exponent = (int)(word / hidden) & fields;
  const uint64_t significand = (word % hidden | (exponent > 0 ? hidden : 0)) * (1 + prefix[2] % 16) + prefix[2] / 16 % 3;
  if (exponent == fields || significand == 0 || prefix[3] >= 200) {
    strcpy(one->tau, radii[prefix[3] % (sizeof radii / sizeof radii[0])]);
  } else {
    snprintf(one->tau, sizeof one->tau, "0x%" PRIx64 "p%d", significand,
             (exponent > 0 ? exponent - 1 : 0) - (fields == 255 ? 149 : 1074) + prefix[3] % 40 - 30);
  }
}

static void decode(clip_case *one, const uint8_t *bytes, size_t size)
{
  static const stage_kind kinds[4][STAGES] = {{STAGE_CLIP}, {STAGE_ARC}, {STAGE_CLIP, STAGE_ARC}, {STAGE_ARC, STAGE_CLIP}};
  uint8_t prefix[PREFIX] = {0};
  memcpy(prefix, bytes, size < PREFIX ? size : PREFIX);
  case_decode(&one->matrix, CASE_OF_COLUMNS, bytes + (size < PREFIX ? size : PREFIX), size < PREFIX ? 0 : size - PREFIX);
  memcpy(one->stages, kinds[prefix[0] % 4], sizeof one->stages);
  set_radius(one, prefix);
}

/* ---- one case ---- */

static void fail(const clip_case *one, const char *what, size_t column, uint64_t got, uint64_t expected)
{
  const fuzz_case *matrix = &one->matrix;
  printf("\nFAILED %s: stages %d %d, tau = %s, float%d, n = %zu, f = %zu, d = %zu\n", what, one->stages[0], one->stages[1], one->tau,
         matrix->dtype == CERTIGAR_FLOAT32 ? 32 : 64, matrix->n, matrix->f, matrix->d);
  printf("  median %d, level %d, threads %zu, layout %d\n", (int)matrix->median, (int)matrix->level, matrix->threads, (int)matrix->layout);
  for (size_t i = 0; i < matrix->n; i++) {
    printf("  row %zu:", i);
    for (size_t c = 0; c < matrix->d; c++) printf(" %" PRIx64, matrix->words[i * matrix->d + c]);
    printf("\n");
  }
  printf("  %s, column %zu: certigar %" PRIx64 ", reference %" PRIx64 "\n  build/fuzz/clip FILE, the file that libFuzzer names below\n",
         certigar_rule_name(matrix->rule), column, got, expected);
  fflush(stdout);
  abort();
}

static void compute(const clip_case *one, certigar_level level, size_t threads, case_layout layout, unsigned char *out)
{
  const fuzz_case *matrix = &one->matrix;
  certigar_options *options = certigar_options_new();
  certigar_plan *plan;
  certigar_message message;
  unsigned char *placed;
  certigar_options_set_f(options, matrix->f);
  certigar_options_set_median(options, matrix->median);
  certigar_options_set_threads(options, threads);
  certigar_options_set_level(options, certigar_level_name(level) ? level : CERTIGAR_LEVEL_BEST);
  for (size_t s = 0; s < STAGES; s++) {
    if (one->stages[s] == STAGE_CLIP && !certigar_options_add_clip(options, one->tau)) fail(one, "tau is refused", 0, 0, 0);
    if (one->stages[s] == STAGE_ARC) certigar_options_add_arc(options);
  }
  if (certigar_plan_new(&plan, matrix->rule, matrix->dtype, matrix->n, options, &message) != CERTIGAR_OK) fail(one, message.text, 0, 0, 0);
  const certigar_matrix input = case_place(matrix, layout, NULL, &placed);
  const certigar_status status = certigar_plan_run(plan, &input, out, NULL, &message);
  if (status != CERTIGAR_OK && status != CERTIGAR_NOT_FINITE) fail(one, message.text, 0, 0, 0);
  free(placed);
  certigar_plan_free(plan);
  certigar_options_free(options);
}

/* tau as the reference takes it: a fraction, or an integer in hexadecimal times a power of two, or in decimal times one of ten. */
static void get_tau(const char *text, mpq_t tau)
{
  const int hexadecimal = strncmp(text, "0x", 2) == 0;
  const char *end = strpbrk(text + 2 * hexadecimal, hexadecimal ? "p" : "e");
  char digits[64];
  snprintf(digits, sizeof digits, "%.*s", end ? (int)(end - text) - 2 * hexadecimal : (int)strlen(text), text + 2 * hexadecimal);
  mpq_set_str(tau, digits, hexadecimal ? 16 : 10);
  const long exponent = end ? strtol(end + 1, NULL, 10) : 0;
  mpz_t power;
  mpz_init(power);
  mpz_ui_pow_ui(power, hexadecimal ? 2 : 10, (unsigned long)labs(exponent));
  mpz_mul(exponent < 0 ? mpq_denref(tau) : mpq_numref(tau), exponent < 0 ? mpq_denref(tau) : mpq_numref(tau), power);
  mpq_canonicalize(tau);
  mpz_clear(power);
}

static void expect(const clip_case *one, reference_context *context, unsigned char *out)
{
  const fuzz_case *matrix = &one->matrix;
  const size_t bytes = matrix->n * matrix->d * (matrix->dtype == CERTIGAR_FLOAT32 ? 4 : 8);
  unsigned char *rows, *made = case_take(bytes);
  mpq_t tau;
  mpq_init(tau);
  get_tau(one->tau, tau);
  case_place(matrix, CASE_ROWS, NULL, &rows);
  for (size_t s = 0; s < STAGES; s++) {
    if (one->stages[s] == STAGE_NONE) continue;
    if (one->stages[s] == STAGE_CLIP) reference_clip(context, matrix->n, tau, matrix->d, rows, made);
    if (one->stages[s] == STAGE_ARC) reference_arc(context, matrix->n, matrix->f, matrix->d, rows, made);
    memcpy(rows, made, bytes);
  }
  reference_aggregate(context, (reference_rule)matrix->rule, (reference_median_kind)matrix->median, matrix->n, matrix->f, matrix->d, rows, out, NULL,
                      NULL);
  mpq_clear(tau);
  free(rows);
  free(made);
}

static void compare(const clip_case *one, const char *what, const unsigned char *out, const unsigned char *expected)
{
  const size_t size = one->matrix.dtype == CERTIGAR_FLOAT32 ? 4 : 8;
  for (size_t c = 0; c < one->matrix.d; c++) {
    const uint64_t a = case_get(&one->matrix, out + c * size), b = case_get(&one->matrix, expected + c * size);
    if (a != b) fail(one, what, c, a, b);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  static clip_case one;
  contexts_open(NULL);
  decode(&one, bytes, size);
  unsigned char *out = case_take(one.matrix.d * 8), *expected = case_take(one.matrix.d * 8);
  expect(&one, contexts[one.matrix.dtype], expected);
  compute(&one, one.matrix.level, one.matrix.threads, one.matrix.layout, out);
  compare(&one, "certigar and the reference differ", out, expected);
  compute(&one, (certigar_level)(size % 4), 3 - one.matrix.threads, CASE_ROWS, out);
  compare(&one, "other threads and another level give other bits", out, expected);
  free(out);
  free(expected);
  return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned int seed)
{
  static clip_case one;
  if (seed % 8 == 0 || room < CASE_HEADER + PREFIX || size < PREFIX) return LLVMFuzzerMutate(bytes, size, room);
  if (seed % 8 == 1) {
    LLVMFuzzerMutate(bytes, PREFIX, PREFIX);
    return size;
  }
  decode(&one, bytes, size);
  case_mutate(&one.matrix, seed);
  return PREFIX + case_encode(&one.matrix, bytes + PREFIX, room - PREFIX);
}
