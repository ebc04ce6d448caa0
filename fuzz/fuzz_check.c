/* certigar_check_run on arbitrary matrices and candidates, for every rule and after pre-aggregations: the rule's own output is EXACT, and with one
 * word changed it is not; what is found does not depend on threads, level and layout; and a finding does not contradict itself.
 *
 * Any bytes are a case:
 *
 *   byte 0  rules of columns, rules of rows, others     1  of the others which
 *        2  pre-aggregations: the first is this modulo 5, none, nnm, bucketing, clip or arc; the second is this div 5, so
 *        3  of bucketing s - 1 and, from 128, a seed     4  of clip the exponent of tau
 *        5  what the candidate is made of                6  by how much it is changed     7  where
 *   then a case as mutator.h has it
 *
 * A difference prints the matrix and aborts; libFuzzer then writes the input to a file, and `build/fuzz/check FILE` runs it again.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "certigar_check.h"
#include "judge_rows.h"
#include "mutator.h"
#include "place.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned int seed);

enum { HEADER = 8, KINDS = 3, OTHERS = 4, OTHER_ROWS = 7, OTHER_COLUMNS = 12, STAGES = 5 };

static const certigar_rule others[OTHERS] = {CERTIGAR_GEOMETRIC_MEDIAN, CERTIGAR_CENTERED_CLIPPING, CERTIGAR_CAF, CERTIGAR_SMEA};

typedef struct check_case {
  fuzz_case matrix;
  row_case parameters; /* of a rule of rows */
  unsigned char *rows;
  uint8_t header[HEADER];
  int staged;
} check_case;

/* ---- bytes ---- */

static void complain(void *context, const char *what, const char *got, const char *wanted);

static void decode(check_case *one, const uint8_t *bytes, size_t size)
{
  fuzz_case *m = &one->matrix;
  memset(one->header, 0, sizeof one->header);
  memcpy(one->header, bytes, size < HEADER ? size : HEADER);
  size_t kind = one->header[0] % KINDS, read = size < HEADER ? size : HEADER;
  case_decode(m, kind == 0 ? CASE_OF_COLUMNS : CASE_OF_ROWS, bytes + read, size - read);
  case_place(m, CASE_ROWS, NULL, &one->rows);
  one->parameters = (row_case){.rule = m->rule, .dtype = m->dtype, .n = m->n, .f = m->f, .d = m->d, .m = m->m, .pivot = m->pivot,
                               .variant = m->variant, .choice = m->choice, .rows = one->rows, .complain = complain, .context = one};
  if (kind == 1) row_case_fill(&one->parameters);
  if (kind != 2) return;
  m->rule = others[one->header[1] % OTHERS]; /* few rows, since these rules take long */
  if (m->n > OTHER_ROWS) m->n = OTHER_ROWS;
  if (m->d > OTHER_COLUMNS) m->d = OTHER_COLUMNS;
  m->f %= (m->n - 1) / 2 + 1;
}

static void add_stage(const check_case *one, certigar_options *options, size_t stage)
{
  char tau[32];
  const uint64_t seed = one->header[3];
  int added = 1;
  if (stage == 1) added = certigar_options_add_nnm(options);
  if (stage == 2) added = certigar_options_add_bucketing(options, 1 + seed % 4, seed < 128 ? NULL : &seed);
  if (stage == 3) {
    snprintf(tau, sizeof tau, "0x1p%d", (one->header[4] - 128) * (one->matrix.dtype == CERTIGAR_FLOAT32 ? 2 : 9));
    added = certigar_options_add_clip(options, tau);
  }
  if (stage == 4) added = certigar_options_add_arc(options);
  if (!added) abort();
}

/* ---- failures ---- */

static void fail(check_case *one, const char *what)
{
  const fuzz_case *m = &one->matrix;
  const int digits = m->dtype == CERTIGAR_FLOAT32 ? 8 : 16;
  printf("\nFAILED %s %s: %s\n", certigar_rule_name(m->rule), m->dtype == CERTIGAR_FLOAT32 ? "float32" : "float64", what);
  printf("  n = %zu, f = %zu, d = %zu, m = %zu, pivot %zu, variant %zu, choice %zu, median %d, level %d, threads %zu, layout %d, stages %d, header",
         m->n, m->f, m->d, m->m, m->pivot, m->variant, m->choice, (int)m->median, (int)m->level, m->threads, (int)m->layout, one->staged);
  for (size_t b = 0; b < HEADER; b++) printf(" %02x", one->header[b]);
  printf("\n");
  for (size_t i = 0; i < m->n; i++) {
    printf("  row %zu:", i);
    for (size_t c = 0; c < m->d; c++) printf(" %0*" PRIx64, digits, m->words[i * m->d + c]);
    printf("\n");
  }
  printf("  build/fuzz/check FILE, the file that libFuzzer names below\n");
  fflush(stdout);
  abort();
}

static void complain(void *context, const char *what, const char *got, const char *wanted)
{
  (void)got;
  (void)wanted;
  fail(context, what);
}

static void demand(check_case *one, int holds, const char *what)
{
  if (!holds) fail(one, what);
}

/* ---- plans ---- */

/* NULL if the parameters are refused. */
static certigar_plan *new_plan(check_case *one, int staged, certigar_level level, size_t threads)
{
  const fuzz_case *m = &one->matrix;
  certigar_plan *plan = NULL;
  certigar_options *options = certigar_options_new();
  if (!options) abort();
  if (one->header[0] % KINDS == 1) row_case_set(&one->parameters, options);
  certigar_options_set_f(options, m->f);
  certigar_options_set_median(options, m->median);
  if (staged) add_stage(one, options, one->header[2] % STAGES);
  if (staged) add_stage(one, options, one->header[2] / STAGES % STAGES);
  certigar_options_set_threads(options, threads);
  certigar_options_set_level(options, certigar_level_name(level) ? level : CERTIGAR_LEVEL_BEST);
  certigar_plan_new(&plan, m->rule, m->dtype, m->n, options, NULL);
  certigar_options_free(options);
  return plan;
}

static certigar_status judge(check_case *one, certigar_plan *plan, case_layout layout, const unsigned char *candidate, certigar_finding *finding)
{
  unsigned char *placed;
  certigar_message message;
  const certigar_matrix matrix = case_place(&one->matrix, layout, NULL, &placed);
  const certigar_status status = certigar_check_run(plan, &matrix, candidate, finding, &message);
  demand(one, status == CERTIGAR_OK || status == CERTIGAR_NOT_FINITE, "the status of certigar_check_run");
  free(placed);
  return status;
}

/* ---- words ---- */

static size_t word_size(const check_case *one)
{
  return one->matrix.dtype == CERTIGAR_FLOAT32 ? 4 : 8;
}

static uint64_t get(const check_case *one, const unsigned char *values, size_t c)
{
  return case_get(&one->matrix, values + c * word_size(one));
}

static void put(const check_case *one, unsigned char *values, size_t c, uint64_t word)
{
  const uint32_t narrow = (uint32_t)word;
  memcpy(values + c * word_size(one), word_size(one) == 4 ? (const void *)&narrow : (const void *)&word, word_size(one));
}

static int is_same(const check_case *one, uint64_t a, uint64_t b)
{
  const uint64_t sign = word_size(one) == 4 ? (uint64_t)1 << 31 : (uint64_t)1 << 63;
  const uint64_t infinity = word_size(one) == 4 ? 0x7f800000 : 0x7ff0000000000000;
  return a == b || ((a & (sign - 1)) > infinity && (b & (sign - 1)) > infinity);
}

static double value_of(const check_case *one, uint64_t word)
{
  const uint32_t bits = (uint32_t)word;
  float narrow;
  double value;
  memcpy(&narrow, &bits, sizeof narrow);
  memcpy(&value, &word, sizeof value);
  return word_size(one) == 4 ? (double)narrow : value;
}

/* Rounded to the format. */
static uint64_t word_of(const check_case *one, double value)
{
  const float narrow = (float)value;
  uint32_t bits;
  uint64_t word;
  memcpy(&bits, &narrow, sizeof bits);
  memcpy(&word, &value, sizeof word);
  return word_size(one) == 4 ? bits : word;
}

/* The mean of some rows, as a program may have it: of rows first, first + step, ... */
static uint64_t mean_of(const check_case *one, size_t c, size_t first, size_t step)
{
  const fuzz_case *m = &one->matrix;
  double sum = 0;
  size_t count = 0;
  for (size_t i = first % m->n; i < m->n; i += step, count++) sum = value_of(one, word_of(one, sum + value_of(one, m->words[i * m->d + c])));
  return word_of(one, sum / (double)count);
}

static uint64_t word_of_candidate(const check_case *one, size_t c, uint64_t own)
{
  const fuzz_case *m = &one->matrix;
  const size_t amount = one->header[6], where = one->header[7];
  switch (one->header[5] % 8) {
    case 0: return own + amount - 128;
    case 1: return c == where % m->d ? own + amount - 128 : own;
    case 2: return m->words[where % m->n * m->d + c];
    case 3: return m->words[(where + c * amount) % m->n * m->d + c];
    case 4: return mean_of(one, c, where, 1);
    case 5: return mean_of(one, c, where, 1 + amount % 3);
    case 6: return c == where % m->d ? m->words[amount * 31 % (m->n * m->d)] : own;
    default: return c % 7 == where % 7 ? own ^ (uint64_t)1 << amount % (8 * word_size(one)) : own;
  }
}

/* ---- findings ---- */

/* About error / bound. */
static double ratio_of(const certigar_difference *of)
{
  if (of->error.infinite) return INFINITY;
  if (of->error.significand == 0) return 0;
  if (of->bound.significand == 0) return INFINITY;
  return ldexp((double)of->error.significand / (double)of->bound.significand, of->error.exponent - of->bound.exponent);
}

static void check_worst(check_case *one, const certigar_finding *finding, const unsigned char *candidate, const unsigned char *out)
{
  const size_t expected = finding->different < CERTIGAR_WORST_MAX ? finding->different : CERTIGAR_WORST_MAX;
  demand(one, finding->worst_count == expected, "worst_count");
  for (size_t k = 0; k < finding->worst_count; k++) {
    const certigar_difference *of = &finding->worst[k];
    demand(one, of->coordinate < one->matrix.d, "the coordinate of one of the worst");
    demand(one, of->candidate == get(one, candidate, of->coordinate), "the candidate of one of the worst");
    demand(one, of->expected == get(one, out, of->coordinate), "the output of one of the worst");
    demand(one, !is_same(one, of->candidate, of->expected), "one of the worst does not differ");
    for (size_t j = 0; j < k; j++) demand(one, finding->worst[j].coordinate != of->coordinate, "a coordinate is twice among the worst");
    if (k == 0 || one->matrix.rule == CERTIGAR_GEOMETRIC_MEDIAN) continue;
    const double before = ratio_of(of - 1), ratio = ratio_of(of);
    demand(one, before >= ratio * (1 - 1e-12), "the worst are not in order");
  }
}

static void check_rows(check_case *one, const size_t *rows, size_t count, const char *what)
{
  for (size_t k = 0; k < count; k++) demand(one, rows[k] < one->matrix.n && (k == 0 || rows[k - 1] < rows[k]), what);
}

static void check_finding(check_case *one, const certigar_finding *finding, const unsigned char *candidate, const unsigned char *out)
{
  size_t counted = 0, different = 0;
  for (size_t k = 0; k < 66; k++) counted += finding->ulps_count[k];
  for (size_t c = 0; c < one->matrix.d; c++) different += !is_same(one, get(one, candidate, c), get(one, out, c));
  demand(one, certigar_verdict_name(finding->verdict) != NULL && finding->reason[0], "no verdict or no reason");
  demand(one, strlen(finding->reason) < CERTIGAR_REASON_MAX, "a reason that is cut off");
  demand(one, counted == one->matrix.d, "the ULPs of some coordinate are not counted");
  demand(one, finding->different == different && finding->outside <= different, "how many coordinates differ");
  demand(one, (finding->verdict == CERTIGAR_VERDICT_EXACT) == (different == 0), "EXACT, or not");
  demand(one, finding->has_profile == (finding->profiles != 0), "profiles");
  demand(one, !finding->has_profile || finding->profiles >> finding->profile & 1, "the profile named does not match");
  demand(one, finding->verdict != CERTIGAR_VERDICT_PROFILE || finding->has_profile, "PROFILE without one");
  demand(one, finding->verdict != CERTIGAR_VERDICT_WRONG || !finding->has_profile, "WRONG, with a profile");
  demand(one, finding->admissible <= finding->admissible_cap, "more choices than the cap");
  demand(one, finding->selection_known == (finding->selected_count > 0), "selected");
  demand(one, finding->honest_count == 0 || finding->verdict == CERTIGAR_VERDICT_BREACH, "honest rows without a breach");
  demand(one, finding->honest_count == 0 || finding->honest_count == one->matrix.n - one->matrix.f, "how many rows are honest");
  check_rows(one, finding->selected, finding->selected_count, "selected rows are not ascending rows");
  check_rows(one, finding->honest, finding->honest_count, "honest rows are not ascending rows");
  check_worst(one, finding, candidate, out);
}

static int same_bounds(certigar_bound a, certigar_bound b)
{
  return a.significand == b.significand && a.infinite == b.infinite && a.negative == b.negative && (a.significand == 0 || a.exponent == b.exponent);
}

static int same_rows(const size_t *a, size_t a_count, const size_t *b, size_t b_count)
{
  return a_count == b_count && (a_count == 0 || memcmp(a, b, a_count * sizeof *a) == 0);
}

static int same_worst(const certigar_finding *a, const certigar_finding *b)
{
  if (a->worst_count != b->worst_count) return 0;
  for (size_t k = 0; k < a->worst_count; k++) {
    const certigar_difference *x = &a->worst[k], *y = &b->worst[k];
    if (x->coordinate != y->coordinate || x->ulps != y->ulps || !same_bounds(x->error, y->error) || !same_bounds(x->bound, y->bound)) return 0;
  }
  return 1;
}

static void check_same(check_case *one, const certigar_finding *a, const certigar_finding *b)
{
  demand(one, a->verdict == b->verdict && strcmp(a->reason, b->reason) == 0, "other threads, another verdict");
  demand(one, a->different == b->different && a->outside == b->outside && same_worst(a, b), "other threads, other differences");
  demand(one, memcmp(a->ulps_count, b->ulps_count, sizeof a->ulps_count) == 0, "other threads, other ULPs");
  demand(one, a->profiles == b->profiles && a->profile_exact == b->profile_exact && a->profile == b->profile, "other threads, other profiles");
  demand(one, same_rows(a->selected, a->selected_count, b->selected, b->selected_count), "other threads, other rows");
  demand(one, same_rows(a->honest, a->honest_count, b->honest, b->honest_count), "other threads, other honest rows");
  demand(one, same_bounds(a->gap, b->gap) && same_bounds(a->resolution, b->resolution), "other threads, another gap");
  demand(one, a->admissible == b->admissible, "other threads, other choices");
}

/* ---- one case ---- */

static void run_case(check_case *one)
{
  const fuzz_case *m = &one->matrix;
  const size_t where = one->header[7] % m->d;
  unsigned char *placed, *out = case_take(m->d * word_size(one)), *candidate = case_take(m->d * word_size(one));
  certigar_finding first, second;
  certigar_plan *plan = new_plan(one, 1, m->level, m->threads), *other;
  one->staged = plan != NULL;
  if (!plan) plan = new_plan(one, 0, m->level, m->threads);
  demand(one, plan != NULL, "no plan");
  const certigar_matrix matrix = case_place(m, m->layout, NULL, &placed);
  const certigar_status status = certigar_plan_run(plan, &matrix, out, NULL, NULL);
  free(placed);
  if (status == CERTIGAR_OK || status == CERTIGAR_NOT_FINITE) {
    demand(one, judge(one, plan, m->layout, out, &first) == status, "another status than that of the run");
    demand(one, first.verdict == CERTIGAR_VERDICT_EXACT, "the rule's own output is not EXACT");
    check_finding(one, &first, out, out);
    memcpy(candidate, out, m->d * word_size(one));
    put(one, candidate, where, get(one, out, where) ^ 1); /* NaN aside, another word */
    if (!is_same(one, get(one, out, where), get(one, candidate, where))) {
      judge(one, plan, m->layout, candidate, &first);
      check_finding(one, &first, candidate, out);
    }
    for (size_t c = 0; c < m->d; c++) put(one, candidate, c, word_of_candidate(one, c, get(one, out, c)));
    judge(one, plan, m->layout, candidate, &first);
    check_finding(one, &first, candidate, out);
    other = new_plan(one, one->staged, (certigar_level)(one->header[6] % 4), 3 - m->threads);
    judge(one, other, CASE_ROWS, candidate, &second);
    check_same(one, &first, &second);
    certigar_plan_free(other);
  }
  certigar_plan_free(plan);
  free(out);
  free(candidate);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  static check_case one;
  decode(&one, bytes, size);
  run_case(&one);
  free(one.rows);
  return 0;
}

/* A byte of the header, or the case. */
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned int seed)
{
  if (size < HEADER || room < HEADER + CASE_HEADER) return LLVMFuzzerMutate(bytes, size, room);
  if (seed % 4 == 0) {
    bytes[seed / 4 % HEADER] = (uint8_t)(seed / 64);
    return size;
  }
  const case_kind kind = bytes[0] % KINDS == 0 ? CASE_OF_COLUMNS : CASE_OF_ROWS;
  return HEADER + case_mutate_bytes(kind, bytes + HEADER, size - HEADER, room - HEADER, seed);
}
