/* See profile_bound.h. */
#include "profile_bound.h"

#include "column.h"
#include "profile/profile.h"
#include "select/selection.h"

#include <stdlib.h>

/* ---- what an output is made of ---- */

static size_t ceil_log2(size_t d)
{
  size_t bits = 0;
  while ((size_t)1 << bits < d) bits++;
  return bits;
}

static void take_ranks(certigar_profile_bound *b, size_t lo, size_t hi)
{
  b->terms = CERTIGAR_TERMS_RANKS;
  b->lo = lo;
  b->hi = hi;
}

static void take_rows(certigar_profile_bound *b, const size_t *rows, size_t first_row, size_t row_count, certigar_terms terms)
{
  b->terms = terms;
  b->rows = rows;
  b->first_row = first_row;
  b->row_count = row_count;
}

static void take_columns(certigar_profile_bound *b)
{
  size_t n = b->matrix->n, f = certigar_profile_f(b->plan);
  const certigar_definition *definition = b->plan->definition;
  switch (b->plan->rule) {
    case CERTIGAR_AVERAGE: take_rows(b, NULL, 0, n, CERTIGAR_TERMS_ROWS); return;
    case CERTIGAR_MEDIAN:
      take_ranks(b, (n - (definition->median != CERTIGAR_UPPER)) / 2, (n - (definition->median == CERTIGAR_LOWER)) / 2 + 1);
      b->finite_only = definition->column == COLUMN_SKIPPED;
      return;
    default:
      if (2 * f >= n) return; /* every value is a NaN */
      take_ranks(b, f, n - f);
      if (definition->column == COLUMN_TRIMMED && f > 0) b->terms = CERTIGAR_TERMS_TRIMMED;
      return;
  }
}

static void take_around(certigar_profile_bound *b, size_t count, size_t kept)
{
  b->terms = CERTIGAR_TERMS_AROUND;
  b->value_count = count;
  b->kept = kept;
  b->lo = (count - 1) / 2;
  b->hi = count / 2;
  if (b->plan->definition->median == CERTIGAR_LOWER) b->hi = b->lo;
  if (b->plan->definition->median == CERTIGAR_UPPER) b->lo = b->hi;
}

static void take_steps(certigar_profile_bound *b, size_t steps)
{
  b->terms = CERTIGAR_TERMS_STEPS;
  b->allowed = 4 + 2 * steps * (b->matrix->n + 4 + ceil_log2(b->matrix->d));
}

static void take_all(certigar_profile_bound *b)
{
  const certigar_definition *definition = b->plan->definition;
  const certigar_selection *s = b->plan->selection;
  size_t n = b->matrix->n, f = b->plan->options.f;
  b->row_count = n;
  b->terms = CERTIGAR_TERMS_ONE;
  switch (definition->how) {
    case HOW_COLUMNS: take_columns(b); return;
    case HOW_AROUND: take_around(b, n, n - f); return;
    case HOW_MIDDLE_ROWS: take_rows(b, NULL, f, n - 2 * f, CERTIGAR_TERMS_ROWS); return;
    case HOW_FIRST_ROW: take_rows(b, NULL, 0, 1, CERTIGAR_TERMS_ROWS); return;
    case HOW_ROUNDS:
      b->rounds = 1;
      take_around(b, s->round_count, s->round_count - 2 * f - definition->kept_less);
      return;
    case HOW_WEISZFELD: take_steps(b, s->iterations); return;
    case HOW_CLIPPING: take_steps(b, b->plan->options.iterations); return;
    case HOW_KRUM: take_rows(b, s->rows, 0, s->row_count, definition->make == MAKE_SUM ? CERTIGAR_TERMS_SUM : CERTIGAR_TERMS_ROWS); return;
    default: take_rows(b, s->rows, 0, s->row_count, CERTIGAR_TERMS_ROWS); return;
  }
}

/* ---- memory ---- */

/* How many factors 1 + delta a term of the output has. */
static size_t growth_of(const certigar_profile_bound *b)
{
  switch (b->terms) {
    case CERTIGAR_TERMS_SUM: return b->row_count - 1;
    case CERTIGAR_TERMS_RANKS: return b->hi - b->lo > 1 ? b->hi - b->lo + 1 : 0;
    case CERTIGAR_TERMS_TRIMMED: return b->row_count + 2 * b->lo + 1;
    case CERTIGAR_TERMS_AROUND: return b->kept > 1 ? b->kept + 1 : 0;
    default: return b->row_count > 1 ? b->row_count + 1 : 0;
  }
}

static size_t round_count_of(const certigar_profile_bound *b)
{
  return b->rounds ? b->value_count : 0;
}

static void set_factors(certigar_profile_bound *b)
{
  size_t rounds = round_count_of(b);
  const size_t *counts = b->rounds ? b->plan->selection->round_counts : NULL;
  for (size_t r = 0; r <= rounds; r++) mpz_init(b->factors[r]);
  for (size_t r = 0; r < rounds; r++) {
    b->factor_of[r] = r > 0 && counts[r] == counts[r - 1] ? b->factor_of[r - 1] : r;
    if (b->factor_of[r] == r) certigar_rounding_growth(b->format, counts[r] + 1, b->factors[r]);
  }
  certigar_rounding_growth(b->format, growth_of(b), b->factors[rounds]);
}

int certigar_profile_bound_init(certigar_profile_bound *b, certigar_plan *plan, const certigar_matrix *matrix, certigar_drift *drift)
{
  *b = (certigar_profile_bound){.plan = plan, .matrix = matrix, .format = certigar_format_of(plan->dtype), .request = plan->requests[0],
                                .all = {.matrix = matrix, .row_count = matrix->n}, .drifting = drift};
  b->request.input = matrix;
  mpz_inits(b->drift, b->sum, b->magnitudes, b->median, b->near, b->value, b->other, b->scratch, b->loose, b->all_loose, (mpz_ptr)NULL);
  int good = certigar_spread_init(&b->spread, matrix->n);
  take_all(b);
  size_t n = matrix->n, rounds = round_count_of(b), lanes = CERTIGAR_WORDS_MAX;
  b->words = malloc(n * lanes * sizeof *b->words);
  b->made = malloc((rounds + 1) * lanes * sizeof *b->made);
  b->bytes = malloc((rounds + 1) * lanes * sizeof *b->made);
  b->keys = malloc((n + rounds) * sizeof *b->keys);
  b->factor_of = malloc((rounds + 1) * sizeof *b->factor_of);
  b->factors = malloc((rounds + 1) * sizeof *b->factors);
  if (!good || !b->words || !b->made || !b->bytes || !b->keys || !b->factor_of || !b->factors) {
    free(b->factors);
    b->factors = NULL;
    return 0;
  }
  set_factors(b);
  return 1;
}

void certigar_profile_bound_clear(certigar_profile_bound *b)
{
  free(b->words);
  free(b->made);
  free(b->bytes);
  free(b->keys);
  free(b->factor_of);
  for (size_t r = 0; b->factors && r <= round_count_of(b); r++) mpz_clear(b->factors[r]);
  free(b->factors);
  certigar_spread_clear(&b->spread);
  mpz_clears(b->drift, b->sum, b->magnitudes, b->median, b->near, b->value, b->other, b->scratch, b->loose, b->all_loose, (mpz_ptr)NULL);
}

/* ---- columns ---- */

static void load_rounds(certigar_profile_bound *b, size_t first, size_t count)
{
  const certigar_selection *s = b->plan->selection;
  size_t row_bytes = CERTIGAR_WORDS_MAX * b->format->size;
  const certigar_means means = {.count = s->round_count, .rows = s->round_rows, .counts = s->round_counts};
  b->plan->kernels->means_tile(&b->request, &means, first, count, b->bytes, row_bytes);
  for (size_t r = 0; r < b->value_count; r++)
    for (size_t l = 0; l < count; l++) b->made[r * count + l] = certigar_word_at(b->format, b->bytes + r * row_bytes, l);
}

void certigar_profile_bound_load(certigar_profile_bound *b, size_t first, size_t count)
{
  b->lanes = count;
  b->radii = NULL;
  if (b->terms == CERTIGAR_TERMS_ONE) return;
  if (b->drifting && b->terms != CERTIGAR_TERMS_STEPS)
    b->radii = certigar_drift_load(b->drifting, &b->all, first, count);
  for (size_t i = 0; i < b->row_count; i++) {
    size_t row = b->rows ? b->rows[i] : b->first_row + i;
    certigar_load_words(b->format, b->matrix, row, first, count, b->words + i * count);
  }
  if (b->rounds) load_rounds(b, first, count);
  if (b->terms != CERTIGAR_TERMS_STEPS || !b->plan->extra) return;
  for (size_t l = 0; l < count; l++) b->made[l] = certigar_word_at(b->format, b->plan->extra, first + l);
}

static uint64_t row_word(const certigar_profile_bound *b, size_t row, size_t lane)
{
  return b->words[row * b->lanes + lane];
}

/* Of AROUND: value i. */
static uint64_t value_word(const certigar_profile_bound *b, size_t i, size_t lane)
{
  return b->rounds ? b->made[i * b->lanes + lane] : row_word(b, i, lane);
}

static size_t lower_base(const certigar_profile_bound *b, size_t base, uint64_t word)
{
  if (!certigar_word_is_finite(b->format, word) || certigar_significand(b->format, word) == 0) return base;
  size_t shift = (size_t)certigar_shift(b->format, word);
  return shift < base ? shift : base;
}

/* The greatest base for which all finite values concerned are integers; 0 if all are 0. */
static size_t base_of(const certigar_profile_bound *b, size_t lane, uint64_t y)
{
  size_t base = lower_base(b, SIZE_MAX, y);
  for (size_t i = 0; i < b->row_count; i++) base = lower_base(b, base, row_word(b, i, lane));
  for (size_t r = 0; r < round_count_of(b); r++) base = lower_base(b, base, value_word(b, r, lane));
  return base == SIZE_MAX ? 0 : base;
}

static void set_value(const certigar_profile_bound *b, uint64_t word, mpz_t value)
{
  uint64_t significand = certigar_significand(b->format, word);
  mpz_set_ui(value, significand);
  if (significand > 0) mpz_mul_2exp(value, value, (mp_bitcnt_t)certigar_shift(b->format, word) - b->base);
  if (word & b->format->sign) mpz_neg(value, value);
}

/* value = count 2^128 units, in units of 2^base, cut. */
static void set_units(const certigar_profile_bound *b, size_t count, mpz_t value)
{
  mpz_set_ui(value, count);
  mpz_mul_2exp(value, value, CERTIGAR_FACTOR_BITS);
  mpz_tdiv_q_2exp(value, value, b->base);
}

static void empty(certigar_profile_bound *b)
{
  mpz_set_ui(b->sum, 0);
  mpz_set_ui(b->magnitudes, 0);
  mpz_set_ui(b->loose, 0);
  mpz_set_ui(b->all_loose, 0);
}

/* A term, added or not to the sum. */
static void add(certigar_profile_bound *b, uint64_t word, int counts)
{
  set_value(b, word, b->value);
  if (counts) mpz_add(b->sum, b->sum, b->value);
  mpz_abs(b->value, b->value);
  mpz_add(b->magnitudes, b->magnitudes, b->value);
}

/* Value j of the spread may be as far from the word, which is in its range: as add. */
static void add_range(certigar_profile_bound *b, size_t j, uint64_t word, int counts)
{
  if (!b->radii) return;
  certigar_set_drifting(b->value, b->format, word);
  mpz_sub(b->other, b->spread.high[j], b->value);
  mpz_sub(b->value, b->value, b->spread.low[j]);
  if (mpz_cmp(b->value, b->other) > 0) mpz_swap(b->value, b->other);
  if (counts) mpz_add(b->loose, b->loose, b->other);
  mpz_add(b->all_loose, b->all_loose, b->other);
}

/* scratch += loose + g all_loose, rounded down: the other side is an integer. With radii numbers are in units. */
static void add_loose(certigar_profile_bound *b)
{
  mpz_mul_2exp(b->loose, b->loose, CERTIGAR_FACTOR_BITS);
  mpz_addmul(b->loose, b->factors[round_count_of(b)], b->all_loose);
  mpz_fdiv_q_2exp(b->loose, b->loose, CERTIGAR_DRIFT_BITS);
  mpz_add(b->scratch, b->scratch, b->loose);
}

/* |divisor y - sum| 2^128  <=  g magnitudes + slack, slack in b->scratch, times 2^128 too; and what ranges add. */
static int is_within(certigar_profile_bound *b, size_t divisor, uint64_t y)
{
  mpz_addmul(b->scratch, b->factors[round_count_of(b)], b->magnitudes);
  add_loose(b);
  set_value(b, y, b->value);
  mpz_mul_ui(b->value, b->value, divisor);
  mpz_sub(b->value, b->value, b->sum);
  mpz_mul_2exp(b->value, b->value, CERTIGAR_FACTOR_BITS);
  return mpz_cmpabs(b->value, b->scratch) <= 0;
}

/* ---- means and sums ---- */

static int judge_rows(certigar_profile_bound *b, size_t lane, uint64_t y)
{
  size_t divisor = b->terms == CERTIGAR_TERMS_SUM ? 1 : b->row_count;
  empty(b);
  for (size_t i = 0; i < b->row_count; i++) {
    add(b, row_word(b, i, lane), 1);
    add_range(b, i, row_word(b, i, lane), 1);
  }
  set_units(b, b->terms == CERTIGAR_TERMS_SUM || divisor == 1 ? 0 : divisor * divisor, b->scratch);
  return is_within(b, divisor, y);
}

static void sort_lane(certigar_profile_bound *b, size_t count, size_t lane)
{
  for (size_t i = 0; i < count; i++) b->keys[i] = certigar_word_key(b->format, value_word(b, i, lane));
  certigar_sort_keys(b->keys, count);
}

/* The values of ranks first .. end-1; infinite ones, which are not in the spread, come before some. */
static void add_ranks(certigar_profile_bound *b, size_t first, size_t end, size_t infinite, int counts)
{
  for (size_t i = first; i < end; i++) {
    uint64_t word = certigar_key_word(b->format, b->keys[i]);
    add(b, word, counts);
    add_range(b, i - infinite, word, counts);
  }
}

/* Of the keys, the first that is no -infinity, and the first after the finite ones. */
static void find_finite(const certigar_profile_bound *b, size_t count, size_t *first, size_t *end)
{
  const int64_t least = -(int64_t)b->format->special - 1, greatest = (int64_t)b->format->special; /* the keys of infinities */
  *first = 0;
  *end = count;
  while (*first < *end && b->keys[*first] <= least) (*first)++;
  while (*end > *first && b->keys[*end - 1] >= greatest) (*end)--;
}

static int judge_ranks(certigar_profile_bound *b, size_t lane, uint64_t y)
{
  size_t divisor = b->hi - b->lo, terms = divisor, infinite, end;
  sort_lane(b, b->row_count, lane);
  find_finite(b, b->row_count, &infinite, &end);
  if (b->finite_only) {
    if (end == infinite) return certigar_magnitude(b->format, y) == 0; /* the output is +0 */
    b->lo = infinite + (end - infinite) / 2;
    b->hi = b->lo + 1;
  }
  if (b->radii) certigar_spread_sort(&b->spread);
  empty(b);
  add_ranks(b, b->lo, b->hi, infinite, 1);
  if (b->terms == CERTIGAR_TERMS_TRIMMED) {
    terms = b->row_count + 2 * b->lo;
    for (int times = 0; times < 2; times++) { /* what is left out is there twice */
      add_ranks(b, 0, b->lo, infinite, 0);
      add_ranks(b, b->hi, b->row_count, infinite, 0);
    }
  }
  set_units(b, terms > 1 ? terms * divisor : 0, b->scratch);
  return is_within(b, divisor, y);
}

/* ---- the values closest to a median ---- */

/* 2^128 e of a row, in scratch. */
static void set_radius(certigar_profile_bound *b, size_t row, size_t lane)
{
  mpz_set_ui(b->scratch, 0);
  if (b->radii) mpz_mul_2exp(b->scratch, b->radii[row * b->lanes + lane], CERTIGAR_FACTOR_BITS - CERTIGAR_DRIFT_BITS);
}

/* 2^128 e of the mean of a round's rows, rounded up, in scratch. No profile that averages in rounds has pre-aggregations: these rows are the
 * input's. */
static void set_error(certigar_profile_bound *b, size_t round, const size_t *rows, size_t count, size_t lane)
{
  empty(b);
  for (size_t k = 0; k < count; k++) add(b, row_word(b, rows[k], lane), 0);
  mpz_mul(b->scratch, b->factors[b->factor_of[round]], b->magnitudes);
  mpz_cdiv_q_ui(b->scratch, b->scratch, count);
  set_value(b, value_word(b, round, lane), b->value);
  mpz_abs(b->value, b->value);
  mpz_mul_2exp(b->value, b->value, (mp_bitcnt_t)(CERTIGAR_FACTOR_BITS - b->format->fraction_bits - 1));
  mpz_add(b->scratch, b->scratch, b->value);
  set_units(b, count + 1, b->value);
  mpz_add(b->scratch, b->scratch, b->value);
  mpz_add_ui(b->scratch, b->scratch, 1);
}

/* Of rows, or of rounds, that are finite in the column; all rows of such a round are. */
static void find_drift(certigar_profile_bound *b, size_t lane)
{
  const certigar_selection *s = b->plan->selection;
  const size_t *rows = b->rounds ? s->round_rows : NULL;
  mpz_set_ui(b->drift, 0);
  for (size_t i = 0; i < b->value_count; i++) {
    const size_t count = b->rounds ? s->round_counts[i] : 1;
    if (certigar_word_is_finite(b->format, value_word(b, i, lane))) {
      if (count == 1) set_radius(b, b->rounds ? rows[0] : i, lane);
      else set_error(b, i, rows, count, lane);
      if (mpz_cmp(b->scratch, b->drift) > 0) mpz_set(b->drift, b->scratch);
    }
    if (b->rounds) rows += count;
  }
}

/* (1) of spec/verdicts.md, PROFILE, of the values of two keys, the first one kept; median is 2 M, so this is twice that. */
static int may_keep(certigar_profile_bound *b, int64_t kept, int64_t left)
{
  uint64_t x = certigar_key_word(b->format, kept), y = certigar_key_word(b->format, left);
  set_value(b, x, b->value);
  set_value(b, y, b->other);
  int first = mpz_cmpabs(b->value, b->other) >= 0;
  mpz_abs(b->near, b->median);
  mpz_abs(b->scratch, first ? b->value : b->other);
  mpz_addmul_ui(b->near, b->scratch, 2);
  mpz_mul_2exp(b->near, b->near, (mp_bitcnt_t)(CERTIGAR_FACTOR_BITS + 1 - b->format->fraction_bits)); /* 4 u = 2^(1-F) */
  mpz_addmul_ui(b->near, b->drift, 10);
  mpz_mul_2exp(b->value, b->value, 1);
  mpz_mul_2exp(b->other, b->other, 1);
  mpz_sub(b->value, b->value, b->median);
  mpz_sub(b->other, b->other, b->median);
  mpz_abs(b->value, b->value);
  mpz_abs(b->other, b->other);
  mpz_sub(b->value, b->value, b->other);
  mpz_mul_2exp(b->value, b->value, CERTIGAR_FACTOR_BITS);
  return mpz_cmp(b->value, b->near) <= 0;
}

/* Whether window keys[i .. i+kept-1] may be kept of keys[first .. end-1]: of those kept the ends are farthest, of those left out the neighbours are
 * nearest. */
static int may_be_window(certigar_profile_bound *b, size_t first, size_t end, size_t i)
{
  const int64_t *keys = b->keys;
  size_t last = i + b->kept - 1;
  if (i > first && !(may_keep(b, keys[i], keys[i - 1]) && may_keep(b, keys[last], keys[i - 1]))) return 0;
  return last + 1 == end || (may_keep(b, keys[i], keys[last + 1]) && may_keep(b, keys[last], keys[last + 1]));
}

static int is_window(certigar_profile_bound *b, size_t i, uint64_t y)
{
  size_t k = b->kept;
  empty(b);
  for (size_t j = i; j < i + k; j++) add(b, certigar_key_word(b->format, b->keys[j]), 1);
  set_units(b, k > 1 ? k * k : 0, b->scratch);
  mpz_addmul_ui(b->scratch, b->drift, k);
  mpz_mul_ui(b->value, b->drift, k);
  mpz_mul(b->value, b->value, b->factors[round_count_of(b)]);
  mpz_cdiv_q_2exp(b->value, b->value, CERTIGAR_FACTOR_BITS);
  mpz_add(b->scratch, b->scratch, b->value);
  return is_within(b, k, y);
}

static int judge_around(certigar_profile_bound *b, size_t lane, uint64_t y)
{
  size_t first, end;
  sort_lane(b, b->value_count, lane);
  find_finite(b, b->value_count, &first, &end);
  if (b->lo < first || b->hi >= end || end - first < b->kept) return 0;
  find_drift(b, lane);
  set_value(b, certigar_key_word(b->format, b->keys[b->lo]), b->median);
  set_value(b, certigar_key_word(b->format, b->keys[b->hi]), b->value);
  mpz_add(b->median, b->median, b->value);
  for (size_t i = first; i + b->kept <= end; i++)
    if (may_be_window(b, first, end, i) && is_window(b, i, y)) return 1;
  return 0;
}

/* ---- points ---- */

/* |y - out|  <=  C (2 u max + unit). */
static int judge_steps(certigar_profile_bound *b, size_t lane, uint64_t out, uint64_t y)
{
  uint64_t greatest = b->plan->extra ? certigar_magnitude(b->format, b->made[lane]) : 0;
  b->base = 0;
  for (size_t i = 0; i < b->row_count; i++) {
    uint64_t magnitude = certigar_magnitude(b->format, row_word(b, i, lane));
    if (magnitude < b->format->special && magnitude > greatest) greatest = magnitude;
  }
  set_value(b, y, b->value);
  set_value(b, out, b->other);
  mpz_sub(b->value, b->value, b->other);
  mpz_mul_2exp(b->value, b->value, (mp_bitcnt_t)b->format->fraction_bits); /* 2 u = 2^-F */
  set_value(b, greatest, b->other);
  mpz_set_ui(b->scratch, 1);
  mpz_mul_2exp(b->scratch, b->scratch, (mp_bitcnt_t)b->format->fraction_bits);
  mpz_add(b->other, b->other, b->scratch);
  mpz_mul_ui(b->other, b->other, b->allowed);
  return mpz_cmpabs(b->value, b->other) <= 0;
}

/* The ranges of the rows' values, in units. */
static void set_ranges(certigar_profile_bound *b, size_t lane)
{
  b->base = 0;
  certigar_spread_set(&b->spread, b->format, b->words + lane, b->radii + b->first_row * b->lanes + lane, b->rows, b->row_count, b->lanes);
}

int certigar_profile_bound_judge(certigar_profile_bound *b, size_t lane, uint64_t out, uint64_t y)
{
  if (!certigar_word_is_finite(b->format, out) || !certigar_word_is_finite(b->format, y)) return 0;
  if (b->terms == CERTIGAR_TERMS_ONE) return certigar_magnitude(b->format, out) == 0 && certigar_magnitude(b->format, y) == 0;
  if (b->terms == CERTIGAR_TERMS_STEPS) return judge_steps(b, lane, out, y);
  b->base = base_of(b, lane, y);
  if (b->radii) set_ranges(b, lane);
  switch (b->terms) {
    case CERTIGAR_TERMS_RANKS:
    case CERTIGAR_TERMS_TRIMMED: return judge_ranks(b, lane, y);
    case CERTIGAR_TERMS_AROUND: return judge_around(b, lane, y);
    default: return judge_rows(b, lane, y);
  }
}
