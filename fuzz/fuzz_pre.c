/* One to three pre-aggregations before a rule of columns or one that selects rows, against the reference on arbitrary matrices: the same bits, the
 * counts, selected rows, scores and margin of the certificate, and the same with other threads, another level and a plan that ran before, and with
 * the rows in another order.
 *
 * An input is a case (mutator.h) behind a prefix:
 *
 *   byte 0   whether the rule selects rows, and twice (how many pre-aggregations - 1)
 *   then four bytes for each of three pre-aggregations: its kind (nnm, bucketing, clip, arc), then
 *     bucketing   s - 1; whether the rows are permuted, and twice a shift; the seed before that shift
 *     clip        of tau the coordinate it is made of; what that is multiplied by; and a power of two, or which one of a table it is
 *
 * s and f are made so small that every step and the rule have the rows they need. A difference prints the case and both results and aborts;
 * libFuzzer then writes the input to a file, and `build/fuzz/pre FILE` runs it again.
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
#include "selection.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned int seed);

enum { STAGES = 3, STAGE_BYTES = 4, PREFIX = 1 + STAGES * STAGE_BYTES };
enum { UNTOUCHED = 0xa5 }; /* bytes of an output before it is there */
enum { FEW_ROWS = 12, FEW_ROWS_OF_FLOAT64 = 7 }; /* exact distances of more, at every step, would take seconds */

static const char *const radii[] = {"1/3", "1e-3", "0x1p-20", "100", "1e-9999", "1e9999", "3/1000000000000000000000000000000", "1e30",
                                    "123456789e-50"};

typedef enum stage_kind { STAGE_NNM, STAGE_BUCKETING, STAGE_CLIP, STAGE_ARC, STAGE_KINDS } stage_kind;

typedef struct pre_stage {
  stage_kind kind;
  size_t s;
  int permuted;
  uint64_t seed;
  char tau[64];
} pre_stage;

typedef struct pre_case {
  fuzz_case matrix;
  size_t stage_count;
  pre_stage stages[STAGES];
  row_case rule; /* as the rule gets it: n and rows are those that are left; its f is that of the pre-aggregations too */
} pre_case;

/* What the reference says. */
typedef struct pre_answer {
  unsigned char *out, *row_is_nonfinite; /* rows of the input */
  size_t nonfinite_rows, nonfinite_outputs, stage_ties, ties; /* stage_ties: those of pre-aggregations, ties: all */
  certigar_status status;
  reference_selection *report; /* of rules that select rows */
} pre_answer;

static size_t word_size(const pre_case *one)
{
  return one->matrix.dtype == CERTIGAR_FLOAT32 ? 4 : 8;
}

static int selects_rows(const pre_case *one)
{
  return one->matrix.kind == CASE_OF_ROWS;
}

/* ---- a case from bytes ---- */

/* A coordinate of the matrix times a small number and a power of two, so that norms meet it; or one of the table. */
static void set_radius(const fuzz_case *matrix, pre_stage *stage, const uint8_t *bytes)
{
  const int fraction = matrix->dtype == CERTIGAR_FLOAT32 ? 23 : 52, fields = matrix->dtype == CERTIGAR_FLOAT32 ? 255 : 2047;
  const uint64_t word = matrix->words[bytes[0] % (matrix->n * matrix->d)], hidden = UINT64_C(1) << fraction;
  const int exponent = (int)(word / hidden) & fields;
  const uint64_t significand = (word % hidden | (exponent > 0 ? hidden : 0)) * (1 + bytes[1] % 16) + bytes[1] / 16 % 3;
  if (exponent == fields || significand == 0 || bytes[2] >= 200) {
    strcpy(stage->tau, radii[bytes[2] % (sizeof radii / sizeof radii[0])]);
  } else {
    snprintf(stage->tau, sizeof stage->tau, "0x%" PRIx64 "p%d", significand,
             (exponent > 0 ? exponent - 1 : 0) - (fields == 255 ? 149 : 1074) + bytes[2] % 40 - 30);
  }
}

/* Of n rows; returns how many it makes, at least `least` of them. */
static size_t set_buckets(pre_stage *stage, size_t n, size_t least, const uint8_t *bytes)
{
  stage->s = 1 + bytes[0] % n;
  while ((n - 1) / stage->s + 1 < least) stage->s--;
  stage->permuted = bytes[1] % 2;
  stage->seed = (uint64_t)bytes[2] << bytes[1] / 2 % 57;
  return (n - 1) / stage->s + 1;
}

static void decode(pre_case *one, const uint8_t *bytes, size_t size)
{
  fuzz_case *matrix = &one->matrix;
  uint8_t prefix[PREFIX] = {0};
  memcpy(prefix, bytes, size < PREFIX ? size : PREFIX);
  case_decode(matrix, prefix[0] % 2 ? CASE_OF_ROWS : CASE_OF_COLUMNS, bytes + (size < PREFIX ? size : PREFIX), size < PREFIX ? 0 : size - PREFIX);
  one->rule = (row_case){.rule = matrix->rule, .dtype = matrix->dtype, .n = matrix->n, .f = matrix->f, .d = matrix->d, .m = matrix->m,
                         .pivot = matrix->pivot, .variant = matrix->variant, .choice = matrix->choice};
  one->stage_count = 1 + prefix[0] / 2 % STAGES;
  for (size_t k = 0; k < one->stage_count; k++) {
    const uint8_t *at = &prefix[1 + k * STAGE_BYTES];
    pre_stage *stage = &one->stages[k];
    *stage = (pre_stage){.kind = (stage_kind)(at[0] % STAGE_KINDS)};
    if (stage->kind == STAGE_NNM || stage->kind == STAGE_ARC) one->rule.f %= (one->rule.n - 1) / 2 + 1;
    if (stage->kind == STAGE_BUCKETING)
      one->rule.n = set_buckets(stage, one->rule.n, selects_rows(one) ? row_rule_of(matrix->rule)->rows_more : 1, at + 1);
    if (stage->kind == STAGE_CLIP) set_radius(matrix, stage, at + 1);
  }
  if (selects_rows(one)) {
    row_case_fit(&one->rule);
  } else {
    one->rule.f %= (one->rule.n - 1) / 2 + 1;
  }
}

/* ---- failures ---- */

static void print_stage(const pre_stage *stage)
{
  static const char *const names[] = {"nnm", "bucketing", "clip", "arc"};
  printf("  %s", names[stage->kind]);
  if (stage->kind == STAGE_BUCKETING) printf(" s = %zu", stage->s);
  if (stage->kind == STAGE_BUCKETING && stage->permuted) printf(" seed = %" PRIu64, stage->seed);
  if (stage->kind == STAGE_CLIP) printf(" tau = %s", stage->tau);
  printf("\n");
}

static void fail(void *context, const char *what, const char *got, const char *expected)
{
  const pre_case *one = context;
  const fuzz_case *matrix = &one->matrix;
  printf("\nFAILED %s float%zu: %s\n", certigar_rule_name(matrix->rule), 8 * word_size(one), what);
  for (size_t k = 0; k < one->stage_count; k++) print_stage(&one->stages[k]);
  printf("  n = %zu, then %zu, f = %zu, d = %zu, median %d, m = %zu, pivot %zu, variant %zu, choice %zu\n", matrix->n, one->rule.n, one->rule.f,
         matrix->d, (int)matrix->median, one->rule.m, one->rule.pivot, one->rule.variant, one->rule.choice);
  printf("  level %d, threads %zu, layout %d\n", (int)matrix->level, matrix->threads, (int)matrix->layout);
  for (size_t i = 0; i < matrix->n; i++) {
    printf("  row %zu:", i);
    for (size_t c = 0; c < matrix->d; c++) printf(" %0*" PRIx64, 2 * (int)word_size(one), matrix->words[i * matrix->d + c]);
    printf("\n");
  }
  printf("  certigar  %s\n  reference %s\n  build/fuzz/pre FILE, the file that libFuzzer names below\n", got, expected);
  fflush(stdout);
  abort();
}

static void check_bits(pre_case *one, const char *what, const unsigned char *out, const unsigned char *expected)
{
  char title[200], got[20], wanted[20];
  for (size_t c = 0; c < one->matrix.d; c++) {
    const uint64_t a = case_get(&one->matrix, out + c * word_size(one)), b = case_get(&one->matrix, expected + c * word_size(one));
    if (a == b) continue;
    snprintf(title, sizeof title, "%s, in column %zu", what, c);
    snprintf(got, sizeof got, "%016" PRIx64, a);
    snprintf(wanted, sizeof wanted, "%016" PRIx64, b);
    fail(one, title, got, wanted);
  }
}

static void check_count(pre_case *one, const char *what, size_t got, size_t wanted)
{
  char got_text[32], wanted_text[32];
  if (got == wanted) return;
  snprintf(got_text, sizeof got_text, "%zu", got);
  snprintf(wanted_text, sizeof wanted_text, "%zu", wanted);
  fail(one, what, got_text, wanted_text);
}

/* ---- certigar ---- */

static certigar_plan *new_plan(pre_case *one, certigar_level level, size_t threads)
{
  certigar_plan *plan;
  certigar_message message;
  certigar_options *options = certigar_options_new();
  if (!options) abort();
  row_case_set(&one->rule, options);
  certigar_options_set_median(options, one->matrix.median);
  certigar_options_set_threads(options, threads);
  certigar_options_set_level(options, certigar_level_name(level) ? level : CERTIGAR_LEVEL_BEST);
  for (size_t k = 0; k < one->stage_count; k++) {
    const pre_stage *stage = &one->stages[k];
    int added = 0;
    switch (stage->kind) {
      case STAGE_NNM: added = certigar_options_add_nnm(options); break;
      case STAGE_BUCKETING: added = certigar_options_add_bucketing(options, stage->s, stage->permuted ? &stage->seed : NULL); break;
      case STAGE_CLIP: added = certigar_options_add_clip(options, stage->tau); break;
      default: added = certigar_options_add_arc(options);
    }
    if (!added) fail(one, "a pre-aggregation is refused", stage->tau, "");
  }
  if (certigar_plan_new(&plan, one->matrix.rule, one->matrix.dtype, one->matrix.n, options, &message) != CERTIGAR_OK)
    fail(one, "no plan", message.text, "a plan");
  certigar_options_free(options);
  return plan;
}

static certigar_status run_plan(pre_case *one, certigar_plan *plan, case_layout layout, const size_t *order, unsigned char *out,
                                certigar_certificate *certificate)
{
  unsigned char *placed;
  const certigar_matrix input = case_place(&one->matrix, layout, order, &placed);
  memset(out, UNTOUCHED, one->matrix.d * word_size(one));
  const certigar_status status = certigar_plan_run(plan, &input, out, certificate, NULL);
  free(placed);
  return status;
}

/* ---- the reference ---- */

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

static void expect_clipped(const pre_case *one, const pre_stage *stage, reference_context *context, size_t n, const void *rows, void *made)
{
  mpq_t tau;
  mpq_init(tau);
  get_tau(stage->tau, tau);
  reference_clip(context, n, tau, one->matrix.d, rows, made);
  mpq_clear(tau);
}

/* Returns how many rows there are. */
static size_t expect_buckets(const pre_case *one, const pre_stage *stage, reference_context *context, size_t n, const void *rows, void *made)
{
  size_t permutation[CASE_ROWS_MAX];
  for (size_t i = 0; i < n; i++) permutation[i] = i;
  if (stage->permuted) reference_permutation(stage->seed, n, permutation);
  return reference_bucketing(context, n, stage->s, permutation, one->matrix.d, rows, made);
}

/* The rows become what all the pre-aggregations make of them. Returns the number of ties. */
static size_t expect_stages(pre_case *one, reference_context *context, unsigned char *rows)
{
  const size_t d = one->matrix.d, f = one->rule.f;
  size_t n = one->matrix.n, ties = 0;
  unsigned char *made = case_take(n * d * word_size(one));
  for (size_t k = 0; k < one->stage_count; k++) {
    const pre_stage *stage = &one->stages[k];
    switch (stage->kind) {
      case STAGE_NNM: ties += reference_nnm(context, n, f, d, rows, made); break;
      case STAGE_BUCKETING: n = expect_buckets(one, stage, context, n, rows, made); break;
      case STAGE_CLIP: expect_clipped(one, stage, context, n, rows, made); break;
      default: reference_arc(context, n, f, d, rows, made);
    }
    memcpy(rows, made, n * d * word_size(one));
  }
  free(made);
  if (n != one->rule.n) abort();
  return ties;
}

/* What the rule says of the rows that are left; returns whether it has a value. */
static int expect_rule(const pre_case *one, reference_context *context, pre_answer *answer)
{
  const fuzz_case *matrix = &one->matrix;
  memset(answer->out, UNTOUCHED, matrix->d * word_size(one));
  if (selects_rows(one)) {
    row_rule_of(matrix->rule)->reference(context, &one->rule, answer->out, answer->report);
    answer->nonfinite_outputs = answer->report->nonfinite_outputs;
    answer->ties += answer->report->selection_ties + answer->report->column_ties;
    return !answer->report->no_value;
  }
  reference_report report;
  reference_aggregate(context, (reference_rule)matrix->rule, (reference_median_kind)matrix->median, one->rule.n, one->rule.f, matrix->d,
                      one->rule.rows, answer->out, NULL, &report);
  answer->nonfinite_outputs = report.nonfinite_outputs;
  answer->ties += report.ties;
  return 1;
}

/* rows: those of the matrix, then those that are left. */
static void expect(pre_case *one, reference_context *context, unsigned char *rows, pre_answer *answer)
{
  const fuzz_case *matrix = &one->matrix;
  reference_report input;
  reference_aggregate(context, REFERENCE_AVERAGE, REFERENCE_MIDPOINT, matrix->n, 0, matrix->d, rows, answer->out, answer->row_is_nonfinite, &input);
  answer->nonfinite_rows = input.nonfinite_rows;
  answer->ties = answer->stage_ties = expect_stages(one, context, rows);
  one->rule.rows = rows;
  if (selects_rows(one)) row_case_fill(&one->rule);
  const int has_value = expect_rule(one, context, answer);
  const int finite = answer->nonfinite_rows <= one->rule.f && answer->nonfinite_outputs == 0;
  answer->status = !has_value ? CERTIGAR_NO_VALUE : finite ? CERTIGAR_OK : CERTIGAR_NOT_FINITE;
}

/* ---- one case ---- */

static void check_certificate(pre_case *one, certigar_status status, const certigar_certificate *certificate, const pre_answer *answer)
{
  check_count(one, "the status", status, answer->status);
  check_count(one, "nonfinite_row_count", certificate->nonfinite_row_count, answer->nonfinite_rows);
  for (size_t i = 0, k = 0; i < one->matrix.n; i++)
    if (answer->row_is_nonfinite[i]) check_count(one, "an entry of nonfinite_rows", certificate->nonfinite_rows[k++], i);
  check_count(one, "nonfinite_outputs", certificate->nonfinite_outputs, answer->nonfinite_outputs);
  check_count(one, "ties", certificate->ties, answer->ties);
  if (selects_rows(one)) {
    certigar_certificate chosen = *certificate;
    chosen.exact_distances = SIZE_MAX; /* those of pre-aggregations too, so that they say nothing of the scores */
    judge_choice(&one->rule, &chosen, answer->report);
  } else {
    check_count(one, "selected_count", certificate->selected_count, 0);
    check_count(one, "score_count", certificate->score_count, 0);
  }
}

static void check_same(pre_case *one, const char *what, const certigar_certificate *certificate, const certigar_certificate *first)
{
  if (selects_rows(one)) {
    judge_same(&one->rule, what, certificate, first);
  } else {
    check_count(one, "exact_evaluations with other threads and another level", certificate->exact_evaluations, first->exact_evaluations);
    check_count(one, "exact_distances with other threads and another level", certificate->exact_distances, first->exact_distances);
  }
}

/* Another plan, if there are few rows first for these in another order, of which nothing may be left when it has them as they are. */
static void check_again(pre_case *one, uint64_t seed, const certigar_certificate *first, const pre_answer *answer, unsigned char *out)
{
  static const char what[] = "other threads, another level and a plan that ran before";
  certigar_certificate second;
  size_t order[CASE_ROWS_MAX];
  certigar_plan *plan = new_plan(one, (certigar_level)(seed % 4), 3 - one->matrix.threads);
  case_shuffle(order, one->matrix.n, seed);
  if (one->matrix.n <= FEW_ROWS) run_plan(one, plan, CASE_ROWS, order, out, NULL);
  const certigar_status status = run_plan(one, plan, CASE_ROWS, NULL, out, &second);
  check_bits(one, what, out, answer->out);
  check_certificate(one, status, &second, answer);
  check_same(one, what, &second, first);
  certigar_plan_free(plan);
}

static int has_buckets(const pre_case *one)
{
  int any = 0;
  for (size_t k = 0; k < one->stage_count; k++) any |= one->stages[k].kind == STAGE_BUCKETING;
  return any;
}

/* Few rows, in another order, where that may change nothing: if none are put into buckets, and no choice of rows has a tie. */
static void check_permuted(pre_case *one, uint64_t seed, const certigar_certificate *first, const pre_answer *answer, unsigned char *out)
{
  certigar_certificate certificate;
  size_t from[CASE_ROWS_MAX];
  const row_case kept = one->rule;
  if (one->matrix.n > FEW_ROWS || has_buckets(one) || answer->stage_ties > 0 || (selects_rows(one) && answer->report->selection_ties > 0)) return;
  case_shuffle(from, one->matrix.n, seed);
  if (selects_rows(one)) one->rule = row_case_permuted(&kept, from);
  certigar_plan *plan = new_plan(one, one->matrix.level, one->matrix.threads);
  const certigar_status status = run_plan(one, plan, CASE_ROWS, from, out, &certificate);
  one->rule = kept;
  check_bits(one, "permuted rows give other bits", out, answer->out);
  check_count(one, "permuted rows: the status", status, answer->status);
  check_count(one, "permuted rows: ties", certificate.ties, answer->ties);
  check_count(one, "permuted rows: exact_evaluations", certificate.exact_evaluations, first->exact_evaluations);
  if (selects_rows(one)) {
    certificate.exact_distances = SIZE_MAX; /* as in check_certificate */
    judge_permuted(&one->rule, from, &certificate, first, answer->report);
  }
  certigar_plan_free(plan);
}

static void run_case(pre_case *one, uint64_t seed)
{
  contexts_open(NULL);
  const size_t bytes = one->matrix.d * word_size(one);
  unsigned char *rows, *out = case_take(bytes);
  pre_answer answer = {.out = case_take(bytes), .row_is_nonfinite = case_take(one->matrix.n), .report = reference_selection_new(one->rule.n)};
  certigar_certificate certificate;
  one->rule.complain = fail;
  one->rule.context = one;
  case_place(&one->matrix, CASE_ROWS, NULL, &rows);
  expect(one, contexts[one->matrix.dtype], rows, &answer);

  certigar_plan *plan = new_plan(one, one->matrix.level, one->matrix.threads);
  const certigar_status status = run_plan(one, plan, one->matrix.layout, NULL, out, &certificate);
  check_bits(one, "certigar and the reference differ", out, answer.out);
  check_certificate(one, status, &certificate, &answer);
  check_again(one, seed, &certificate, &answer, out);
  check_permuted(one, seed, &certificate, &answer, out);
  certigar_plan_free(plan);

  reference_selection_free(answer.report);
  free(answer.row_is_nonfinite);
  free(answer.out);
  free(rows);
  free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  static pre_case one;
  uint64_t seed = 0;
  decode(&one, bytes, size);
  for (size_t i = 0; i < size; i++) seed = 31 * seed + bytes[i];
  run_case(&one, seed);
  return 0;
}

/* The case by its mutations, of few rows then; or the prefix; or now and then any bytes. */
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned int seed)
{
  static pre_case one;
  if (seed % 16 == 0 || room < CASE_HEADER + PREFIX || size < PREFIX) return LLVMFuzzerMutate(bytes, size, room);
  if (seed % 4 == 1) {
    LLVMFuzzerMutate(bytes, PREFIX, PREFIX);
    return size;
  }
  decode(&one, bytes, size);
  case_mutate(&one.matrix, seed);
  const size_t few = one.matrix.dtype == CERTIGAR_FLOAT32 ? FEW_ROWS : FEW_ROWS_OF_FLOAT64;
  if (one.matrix.n > few) one.matrix.n = few;
  return PREFIX + case_encode(&one.matrix, bytes + PREFIX, room - PREFIX);
}
