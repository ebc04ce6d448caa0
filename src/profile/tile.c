/* Tiles of a profile's output: made by the kernels, and mended where a column holds something that is not finite. */
#include "check/number.h"
#include "pairs.h"
#include "work.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH = CERTIGAR_WORDS_MAX };

size_t certigar_profile_work_bytes(const certigar_plan *plan)
{
  return plan->kernels->work_bytes(3 * (plan->n + 1));
}

int certigar_profile_new(certigar_plan *plan)
{
  size_t n = plan->n, rows = n + 1, threads = plan->options.threads;
  certigar_profile_work *work = plan->profile_work = calloc(1, sizeof *work);
  if (!work) return 0;
  work->holds = calloc(n, 1);
  work->whole = malloc(n * sizeof *work->whole);
  work->identity = malloc(rows * sizeof *work->identity);
  work->scratch = calloc(threads, sizeof *work->scratch);
  if (!work->holds || !work->whole || !work->identity || !work->scratch) return 0;
  for (size_t i = 0; i < rows; i++) work->identity[i] = i;
  for (size_t w = 0; w < threads; w++) {
    certigar_profile_scratch *scratch = &work->scratch[w];
    scratch->words = malloc(rows * WIDTH * sizeof *scratch->words);
    scratch->values = malloc(rows * WIDTH * sizeof *scratch->words);
    scratch->odd = malloc(rows);
    if (!scratch->words || !scratch->values || !scratch->odd) return 0;
  }
  return 1;
}

void certigar_profile_free(certigar_plan *plan)
{
  certigar_profile_work *work = plan->profile_work;
  if (!work) return;
  for (size_t w = 0; work->scratch && w < plan->options.threads; w++) {
    free(work->scratch[w].words);
    free(work->scratch[w].values);
    free(work->scratch[w].odd);
  }
  free(work->scratch);
  free(work->holds);
  free(work->whole);
  free(work->identity);
  free(work);
}

/* A tile in the making. */
typedef struct making {
  const certigar_plan *plan;
  const certigar_format *format;
  certigar_profile_scratch *scratch;
  certigar_tile_request *request;
  size_t first, count;
  unsigned char *out;
} making;

static void store(const making *t, size_t c, uint64_t word)
{
  uint32_t narrow = (uint32_t)word;
  memcpy(t->out + c * t->format->size, t->format->size == sizeof word ? (const void *)&word : &narrow, t->format->size);
}

/* Words of these rows of a matrix, WIDTH apart; returns whether all are finite. */
static int load(const making *t, const certigar_matrix *matrix, const size_t *rows, size_t row_count, size_t first)
{
  uint64_t *words = t->scratch->words;
  int finite = 1;
  for (size_t k = 0; k < row_count; k++) {
    certigar_load_words(t->format, matrix, rows[k], first, t->count, words + k * WIDTH);
    for (size_t c = 0; c < t->count; c++) finite &= certigar_word_is_finite(t->format, words[k * WIDTH + c]);
  }
  return finite;
}

/* What is known of a column's words. */
typedef struct column {
  size_t nans, infinite[2], finite;
} column;

static column look(const making *t, size_t rows, size_t c)
{
  column seen = {.nans = 0};
  for (size_t k = 0; k < rows; k++) {
    uint64_t word = t->scratch->words[k * WIDTH + c];
    if (certigar_word_is_nan(t->format, word)) {
      seen.nans++;
    } else if (certigar_word_is_finite(t->format, word)) {
      seen.finite++;
    } else {
      seen.infinite[(word & t->format->sign) != 0]++;
    }
  }
  return seen;
}

static int is_odd(const column *seen)
{
  return seen->nans + seen->infinite[0] + seen->infinite[1] > 0;
}

/* The word of a place in the order of the finite values, or of all. */
static uint64_t word_at_rank(const making *t, size_t rows, size_t c, size_t rank, int finite_only)
{
  const uint64_t *words = t->scratch->words;
  for (size_t k = 0; k < rows; k++) {
    uint64_t word = words[k * WIDTH + c];
    size_t before = 0;
    if (finite_only && !certigar_word_is_finite(t->format, word)) continue;
    for (size_t j = 0; j < rows; j++) {
      uint64_t other = words[j * WIDTH + c];
      if (finite_only && !certigar_word_is_finite(t->format, other)) continue;
      int64_t x = certigar_word_key(t->format, other), y = certigar_word_key(t->format, word);
      before += x < y || (x == y && j < k);
    }
    if (before == rank) return word;
  }
  return t->format->quiet_nan;
}

/* b - (b - a)/2 of the middle values a <= b, where it is not what their mean is. */
static int is_nan_of_quantile(const making *t, size_t rows, size_t c)
{
  uint64_t a = word_at_rank(t, rows, c, (rows - 1) / 2, 0), b = word_at_rank(t, rows, c, rows / 2, 0), infinity = t->format->special;
  return b == infinity || b == (infinity | t->format->sign) || certigar_word_is_nan(t->format, a);
}

/* Column c of a rule of ranks, in which something is not finite. */
static void mend_ranks(const making *t, size_t rows, size_t c, const column *seen)
{
  int nan = 0;
  switch (t->plan->definition->column) {
    case COLUMN_NAN: nan = seen->nans > 0; break;
    case COLUMN_QUANTILE: nan = seen->nans > 0 || is_nan_of_quantile(t, rows, c); break;
    case COLUMN_ODD:
    case COLUMN_PRODUCT: nan = 1; break;
    case COLUMN_TRIMMED: nan = certigar_profile_f(t->plan) > 0; break;
    case COLUMN_SKIPPED: store(t, c, seen->finite > 0 ? word_at_rank(t, rows, c, seen->finite / 2, 1) : 0); break;
    default: break;
  }
  if (nan) store(t, c, t->format->quiet_nan);
}

/* The mean of the kept values closest to a median, where something is not finite: the NaN with a NaN, or around a median that is infinite; else
 * infinities, as far as the finite values are not enough, in the order of the rows. */
static void mend_around(const making *t, size_t rows, size_t kept, size_t c, const column *seen)
{
  const certigar_definition *definition = t->plan->definition;
  uint64_t low = word_at_rank(t, rows, c, (rows - 1) / 2, 0), high = word_at_rank(t, rows, c, rows / 2, 0), sign = 0;
  int good = definition->median == CERTIGAR_UPPER || certigar_word_is_finite(t->format, low), mixed = 0;
  good = good && (definition->median == CERTIGAR_LOWER || certigar_word_is_finite(t->format, high)) && seen->nans == 0;
  if (good && seen->finite >= kept) return;
  size_t needed = good ? kept - seen->finite : 0, taken = 0;
  for (size_t k = 0; k < rows && taken < needed; k++) {
    uint64_t word = t->scratch->words[k * WIDTH + c];
    if (certigar_word_is_finite(t->format, word)) continue;
    mixed |= taken > 0 && sign != (word & t->format->sign);
    sign = word & t->format->sign;
    taken++;
  }
  store(t, c, good && !mixed ? t->format->special | sign : t->format->quiet_nan);
}

/* ---- rules of columns ---- */

static void all_nan(const making *t)
{
  for (size_t c = 0; c < t->count; c++) store(t, c, t->format->quiet_nan);
}

static void make_columns(making *t)
{
  size_t n = t->plan->n;
  certigar_tile_request request = *t->request;
  if (t->plan->rule == CERTIGAR_TRIMMED_MEAN && 2 * (size_t)request.f >= n) { /* nothing is left */
    load(t, t->plan->input, t->plan->profile_work->identity, n, t->first);
    for (size_t i = 0; i < n; i++)
      for (size_t c = 0; c < t->count; c++) t->request->nonfinite[i] |= !certigar_word_is_finite(t->format, t->scratch->words[i * WIDTH + c]);
    all_nan(t);
    return;
  }
  request.nonfinite = t->scratch->odd;
  memset(request.nonfinite, 0, n);
  t->plan->kernels->tile(&request, t->first, t->count, t->out);
  t->request->exact_evaluations = request.exact_evaluations;
  t->request->ties = request.ties;
  int odd = 0;
  for (size_t i = 0; i < n; i++) {
    odd |= request.nonfinite[i];
    t->request->nonfinite[i] |= request.nonfinite[i];
  }
  if (!odd || t->plan->definition->column == COLUMN_RANKS) return;
  load(t, t->plan->input, t->plan->profile_work->identity, n, t->first);
  for (size_t c = 0; c < t->count; c++) {
    column seen = look(t, n, c);
    if (is_odd(&seen)) mend_ranks(t, n, c, &seen);
  }
}

/* ---- the values closest to a median ---- */

/* Of the first rows of scratch->values. A median that is one of two middle values is that of one more value, infinite and so never kept. */
static void make_around(making *t, size_t rows, size_t kept)
{
  const certigar_profile_work *work = t->plan->profile_work;
  certigar_median_kind kind = t->plan->definition->median;
  size_t row_bytes = WIDTH * t->format->size, all = rows;
  certigar_tile_request request = *t->request;
  certigar_matrix matrix = {.data = t->scratch->values, .n = rows + 1, .d = WIDTH, .row_stride = (ptrdiff_t)row_bytes, .column_stride = (ptrdiff_t)t->format->size};
  unsigned char *out = t->out;
  int finite = load(t, &matrix, work->identity, rows, 0);
  if (rows % 2 == 0 && kind != CERTIGAR_MIDPOINT) {
    making extra = *t;
    extra.out = t->scratch->values + all++ * row_bytes;
    for (size_t c = 0; c < t->count; c++) store(&extra, c, t->format->special | (kind == CERTIGAR_LOWER ? t->format->sign : 0));
  }
  request.input = &matrix;
  request.extra = NULL;
  t->plan->kernels->around_tile(&request, work->identity, all, kept, 0, t->count, out);
  t->request->exact_evaluations = request.exact_evaluations;
  t->request->ties = request.ties;
  for (size_t c = 0; !finite && c < t->count; c++) {
    column seen = look(t, rows, c);
    if (is_odd(&seen)) mend_around(t, rows, kept, c, &seen);
  }
}

static void make_meamed(making *t)
{
  size_t n = t->plan->n, row_bytes = WIDTH * t->format->size;
  load(t, t->plan->input, t->plan->profile_work->identity, n, t->first);
  for (size_t i = 0; i < n; i++) {
    making row = *t;
    row.out = t->scratch->values + i * row_bytes;
    for (size_t c = 0; c < t->count; c++) {
      uint64_t word = t->scratch->words[i * WIDTH + c];
      if (!certigar_word_is_finite(t->format, word)) t->request->nonfinite[i] = 1;
      store(&row, c, word);
    }
  }
  make_around(t, n, n - t->plan->options.f);
}

static void make_rounds(making *t)
{
  const certigar_selection *s = t->plan->selection;
  size_t kept = s->round_count - 2 * t->plan->options.f - t->plan->definition->kept_less;
  certigar_tile_request request = *t->request;
  const certigar_means means = {.count = s->round_count, .rows = s->round_rows, .counts = s->round_counts};
  t->plan->kernels->means_tile(&request, &means, t->first, t->count, t->scratch->values, WIDTH * t->format->size);
  t->request->exact_evaluations = request.exact_evaluations;
  make_around(t, s->round_count, kept);
}

/* ---- rows ---- */

/* RN of the sum of integers, in units, whose magnitude may be too great. */
static uint64_t round_sum(const certigar_format *format, mpz_t sum)
{
  uint64_t sign = mpz_sgn(sum) < 0 ? format->sign : 0, implicit = (uint64_t)1 << format->fraction_bits;
  mpz_abs(sum, sum);
  size_t bits = mpz_sgn(sum) ? mpz_sizeinbase(sum, 2) : 0, shift = bits > (size_t)format->fraction_bits + 1 ? bits - (size_t)format->fraction_bits - 1 : 0;
  int up = shift > 0 && mpz_tstbit(sum, shift - 1) && (mpz_tstbit(sum, shift) || mpz_scan1(sum, 0) < shift - 1);
  mpz_tdiv_q_2exp(sum, sum, shift);
  uint64_t significand = mpz_get_ui(sum) + (uint64_t)up;
  if (significand < implicit) return significand == 0 ? 0 : sign | significand;
  if (significand == 2 * implicit) {
    significand = implicit;
    shift++;
  }
  uint64_t field = (uint64_t)shift + 1, most = format->special >> format->fraction_bits;
  return sign | (field >= most ? format->special : (field << format->fraction_bits) + (significand - implicit));
}

static void add_word(const certigar_format *format, uint64_t word, mpz_t sum, mpz_t term)
{
  mpz_set_ui(term, certigar_significand(format, word));
  mpz_mul_2exp(term, term, (mp_bitcnt_t)certigar_shift(format, word));
  if (word & format->sign) {
    mpz_sub(sum, sum, term);
  } else {
    mpz_add(sum, sum, term);
  }
}

static void make_sum(making *t, const size_t *rows, size_t row_count)
{
  mpz_t sum, term;
  mpz_inits(sum, term, (mpz_ptr)NULL);
  load(t, t->plan->input, rows, row_count, t->first);
  for (size_t c = 0; c < t->count; c++) {
    column seen = look(t, row_count, c);
    if (seen.nans > 0 || (seen.infinite[0] > 0 && seen.infinite[1] > 0)) {
      store(t, c, t->format->quiet_nan);
    } else if (is_odd(&seen)) {
      store(t, c, t->format->special | (seen.infinite[1] > 0 ? t->format->sign : 0));
    } else {
      mpz_set_ui(sum, 0);
      for (size_t k = 0; k < row_count; k++) add_word(t->format, t->scratch->words[k * WIDTH + c], sum, term);
      store(t, c, round_sum(t->format, sum));
    }
  }
  mpz_clears(sum, term, (mpz_ptr)NULL);
}

/* Rows that the output is made of, and whether a product with a weight of 0 spoils what the others hold. */
static void make_rows(making *t, const size_t *rows, size_t row_count, certigar_make make)
{
  certigar_tile_request request = *t->request;
  if (make == MAKE_ROW) {
    t->plan->kernels->copy_tile(&request, rows[0], t->first, t->count, t->out);
  } else if (make == MAKE_SUM && row_count > 1) {
    make_sum(t, rows, row_count);
  } else {
    t->plan->kernels->mean_tile(&request, rows, row_count, t->first, t->count, t->out);
    t->request->exact_evaluations = request.exact_evaluations;
  }
  if (t->plan->definition->column != COLUMN_PRODUCT || load(t, t->plan->input, t->plan->profile_work->identity, t->plan->n, t->first)) return;
  for (size_t c = 0; c < t->count; c++) {
    column seen = look(t, t->plan->n, c);
    if (is_odd(&seen)) mend_ranks(t, t->plan->n, c, &seen);
  }
}

static void make_places(making *t)
{
  const size_t *rows = t->plan->profile_work->identity;
  size_t n = t->plan->n, f = t->plan->options.f, first = t->plan->definition->how == HOW_FIRST_ROW ? 0 : f;
  if (!load(t, t->plan->input, rows, n, t->first))
    for (size_t i = 0; i < n; i++)
      for (size_t c = 0; c < t->count; c++) t->request->nonfinite[i] |= !certigar_word_is_finite(t->format, t->scratch->words[i * WIDTH + c]);
  make_rows(t, rows + first, t->plan->definition->how == HOW_FIRST_ROW ? 1 : n - 2 * f, MAKE_MEAN);
}

/* ---- points ---- */

/* Column c of a clipped sum of which an infinity or a NaN is part: 0 times infinity of rows without weight; the sums of those with one. */
static uint64_t odd_point(const making *t, size_t c)
{
  const certigar_profile_work *work = t->plan->profile_work;
  uint64_t sum = 0;
  for (size_t i = 0; i < t->plan->n; i++) {
    uint64_t word = t->scratch->words[i * WIDTH + c];
    if (certigar_word_is_finite(t->format, word)) continue;
    if (certigar_word_is_nan(t->format, word) || !(work->holds[i] & HOLDS_NAN)) return t->format->quiet_nan;
    if (sum != 0 && sum != word) return t->format->quiet_nan;
    sum = word;
  }
  return sum;
}

/* The weighted rows, with 0 for what is not finite. */
static void make_weighted(making *t)
{
  const certigar_selection *s = t->plan->selection;
  size_t row_bytes = WIDTH * t->format->size;
  certigar_tile_request request = *t->request;
  certigar_matrix matrix = {.data = t->scratch->values, .n = s->weighted_count, .d = WIDTH, .row_stride = (ptrdiff_t)row_bytes, .column_stride = (ptrdiff_t)t->format->size};
  for (size_t k = 0; k < s->weighted_count; k++) {
    uint64_t words[WIDTH];
    making row = *t;
    row.out = t->scratch->values + k * row_bytes;
    if (s->weighted_rows[k] < t->plan->n) {
      certigar_load_words(t->format, t->plan->input, s->weighted_rows[k], t->first, t->count, words);
    } else {
      for (size_t c = 0; c < t->count; c++) words[c] = certigar_word_at(t->format, t->plan->extra, t->first + c);
    }
    for (size_t c = 0; c < t->count; c++) store(&row, c, certigar_word_is_finite(t->format, words[c]) ? words[c] : 0);
  }
  request.input = &matrix;
  request.extra = NULL;
  t->plan->kernels->weighted_tile(&request, t->plan->profile_work->identity, s->weighted_count, s->weights, s->weight_digits, 0, t->count, t->out);
}

static void make_point(making *t)
{
  const certigar_profile_work *work = t->plan->profile_work;
  size_t n = t->plan->n;
  if (work->all_nan) {
    all_nan(t);
    return;
  }
  if (work->all_rows) {
    make_rows(t, work->identity, n, MAKE_MEAN);
  } else {
    make_weighted(t);
  }
  if (t->plan->definition->how != HOW_CLIPPING || load(t, t->plan->input, work->identity, n, t->first)) return;
  for (size_t c = 0; c < t->count; c++) {
    column seen = look(t, n, c);
    if (is_odd(&seen)) store(t, c, work->all_rows ? t->format->quiet_nan : odd_point(t, c));
  }
}

/* ---- all ---- */

static void make(making *t)
{
  const certigar_selection *s = t->plan->selection;
  switch (t->plan->definition->how) {
    case HOW_COLUMNS: make_columns(t); return;
    case HOW_AROUND: make_meamed(t); return;
    case HOW_ROUNDS: make_rounds(t); return;
    case HOW_MIDDLE_ROWS:
    case HOW_FIRST_ROW: make_places(t); return;
    case HOW_WEISZFELD:
    case HOW_CLIPPING: make_point(t); return;
    case HOW_KRUM: make_rows(t, s->rows, s->row_count, t->plan->definition->make); return;
    default: make_rows(t, s->rows, s->row_count, MAKE_MEAN); return;
  }
}

void certigar_profile_tile(const certigar_plan *plan, certigar_tile_request *request, size_t first, size_t count, unsigned char *out)
{
  size_t thread = (size_t)(request - plan->requests);
  making t = {.plan = plan,
              .format = certigar_format_of(plan->dtype),
              .scratch = &plan->profile_work->scratch[thread],
              .request = request,
              .first = first,
              .count = count,
              .out = out};
  make(&t);
  for (size_t c = 0; c < count; c++) request->nonfinite_outputs += !certigar_word_is_finite(t.format, certigar_word_at(t.format, out, c));
}
