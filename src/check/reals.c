/* See reals.h. caf and centered-clipping are judged column by column: with M the greatest magnitude of the finite rows, and the centre, in the
 * column,
 *
 *     |y - out|  <=  2 C u M,     C = 4 + 2 L (n + 4 + ceil(log2 d)).
 *
 * geometric-median is judged by F: F(y) - min F, bounded above, against the tolerance's share and m norm(half ULPs of y). */
#include "reals.h"

#include "real/geometric_median.h"
#include "real/mpfr_state.h"
#include "rounding.h"
#include "select/selection.h"

#include <stdlib.h>

enum { SHIFTS = 2048, BITS = 128, SCALE_BITS = 128 };

/* ---- columns ---- */

static uint64_t greater(const certigar_format *format, uint64_t magnitude, uint64_t word)
{
  uint64_t other = certigar_magnitude(format, word);
  return other > magnitude ? other : magnitude;
}

/* The greatest magnitudes of columns first .. first+count-1. */
static void greatest_of(const certigar_plan *plan, const certigar_matrix *matrix, const certigar_format *format, size_t first, size_t count,
                        uint64_t *greatest)
{
  uint64_t words[CERTIGAR_WORDS_MAX];
  const void *centre = plan->rule == CERTIGAR_CENTERED_CLIPPING ? plan->options.centre : NULL;
  for (size_t l = 0; l < count; l++) greatest[l] = centre ? greater(format, 0, certigar_word_at(format, centre, first + l)) : 0;
  for (size_t i = 0; i < matrix->n; i++) {
    if (!certigar_distances_finite(plan->selection->distances, i)) continue;
    certigar_load_words(format, matrix, i, first, count, words);
    for (size_t l = 0; l < count; l++) greatest[l] = greater(format, greatest[l], words[l]);
  }
}

static void set_value(const certigar_format *format, uint64_t word, mpz_t value)
{
  mpz_set_ui(value, certigar_significand(format, word));
  mpz_mul_2exp(value, value, (mp_bitcnt_t)certigar_shift(format, word));
  if (word & format->sign) mpz_neg(value, value);
}

/* error = 2^128 |y - out|, as rounding.h has it for k = 1. */
static void set_error(certigar_rounding *rounding, uint64_t y, uint64_t out)
{
  rounding->base = 0;
  rounding->count = 1;
  set_value(rounding->format, y, rounding->error);
  set_value(rounding->format, out, rounding->scratch);
  mpz_sub(rounding->error, rounding->error, rounding->scratch);
  mpz_abs(rounding->error, rounding->error);
  mpz_mul_2exp(rounding->error, rounding->error, SCALE_BITS);
}

static size_t allowance(const certigar_plan *plan, const certigar_matrix *matrix)
{
  size_t iterations = plan->rule == CERTIGAR_CAF ? plan->options.f + 1 : plan->options.iterations;
  return 4 + 2 * iterations * (matrix->n + 4 + (size_t)certigar_ceil_log2(matrix->d));
}

/* Sets error and bound; both numbers are finite. */
static int is_within(certigar_rounding *rounding, size_t allowed, uint64_t greatest, uint64_t y, uint64_t out)
{
  set_error(rounding, y, out);
  set_value(rounding->format, greatest, rounding->bound);
  mpz_mul_ui(rounding->bound, rounding->bound, allowed);
  mpz_mul_2exp(rounding->bound, rounding->bound, (mp_bitcnt_t)(SCALE_BITS - rounding->format->fraction_bits)); /* 2 u = 2^-F */
  return mpz_cmp(rounding->error, rounding->bound) <= 0;
}

static int judge_column(certigar_rounding *rounding, certigar_differences *differences, size_t allowed, uint64_t greatest, size_t c, uint64_t y,
                        uint64_t out)
{
  int finite = certigar_word_is_finite(rounding->format, y), within = finite && is_within(rounding, allowed, greatest, y, out);
  certigar_bound ratio = finite ? certigar_rounding_ratio(rounding) : (certigar_bound){.infinite = 1};
  certigar_difference *kept = certigar_differences_add(differences, rounding->format, c, y, out, !within, ratio);
  if (kept) {
    kept->error = finite ? certigar_rounding_error(rounding) : ratio;
    if (finite) kept->bound = certigar_rounding_bound(rounding);
  }
  return within;
}

static int judge_columns(const certigar_plan *plan, const certigar_matrix *matrix, const void *candidate, const void *output,
                         certigar_finding *finding)
{
  const certigar_format *format = certigar_format_of(plan->dtype);
  certigar_rounding rounding;
  certigar_differences differences;
  uint64_t greatest[CERTIGAR_WORDS_MAX];
  size_t allowed = allowance(plan, matrix);
  int result = CERTIGAR_REAL_SAME;
  certigar_rounding_init(&rounding, plan->dtype);
  certigar_differences_init(&differences, finding);
  for (size_t c = 0, loaded = 0; c < matrix->d; c++) {
    uint64_t y = certigar_word_at(format, candidate, c), out = certigar_word_at(format, output, c);
    if (certigar_word_is_same(format, y, out)) {
      certigar_differences_skip(&differences, 1);
      continue;
    }
    if (c >= loaded) {
      size_t first = c / CERTIGAR_WORDS_MAX * CERTIGAR_WORDS_MAX, left = matrix->d - first;
      size_t count = left < CERTIGAR_WORDS_MAX ? left : CERTIGAR_WORDS_MAX;
      greatest_of(plan, matrix, format, first, count, greatest);
      loaded = first + count;
    }
    int within = judge_column(&rounding, &differences, allowed, greatest[c % CERTIGAR_WORDS_MAX], c, y, out);
    if (!within) result = CERTIGAR_REAL_OTHER;
    if (within && result == CERTIGAR_REAL_SAME) result = CERTIGAR_REAL_ROUNDED;
  }
  certigar_rounding_clear(&rounding);
  return result;
}

/* ---- geometric-median ---- */

/* Where it differs, and whether it is finite: of no column is there a bound. */
static int compare_columns(const certigar_plan *plan, const certigar_matrix *matrix, const void *candidate, const void *output,
                           certigar_finding *finding)
{
  const certigar_format *format = certigar_format_of(plan->dtype);
  certigar_rounding rounding;
  certigar_differences differences;
  int finite = 1;
  certigar_rounding_init(&rounding, plan->dtype);
  certigar_differences_init(&differences, finding);
  for (size_t c = 0; c < matrix->d; c++) {
    uint64_t y = certigar_word_at(format, candidate, c), out = certigar_word_at(format, output, c);
    int known = certigar_word_is_finite(format, y);
    finite &= known;
    if (certigar_word_is_same(format, y, out)) {
      certigar_differences_skip(&differences, 1);
      continue;
    }
    certigar_difference *kept = certigar_differences_add(&differences, format, c, y, out, !known, (certigar_bound){.infinite = !known});
    if (!kept) continue;
    if (known) set_error(&rounding, y, out);
    kept->error = known ? certigar_rounding_error(&rounding) : (certigar_bound){.infinite = 1};
  }
  certigar_rounding_clear(&rounding);
  return finite;
}

/* The sum of the squares of the ULPs of y, in squared units. */
static void set_square_ulps(const certigar_format *format, const void *candidate, size_t d, mpz_t sum)
{
  uint64_t counts[SHIFTS] = {0};
  for (size_t c = 0; c < d; c++) counts[certigar_shift(format, certigar_word_at(format, candidate, c))]++;
  mpz_set_ui(sum, 0);
  for (size_t s = SHIFTS; s-- > 0;) {
    mpz_mul_2exp(sum, sum, 2);
    mpz_add_ui(sum, sum, counts[s]);
  }
}

static void set_bound(mpfr_t value, certigar_bound bound)
{
  mpfr_set_uj_2exp(value, bound.significand, bound.exponent, MPFR_RNDD);
}

/* gap <= share + m norm(half ULPs of y), the right side rounded down. */
static int is_enough(const certigar_plan *plan, const certigar_matrix *matrix, const void *candidate, certigar_bound gap, certigar_bound share)
{
  const certigar_format *format = certigar_format_of(plan->dtype);
  mpfr_t value, other;
  mpz_t square;
  if (gap.infinite) return 0;
  certigar_mpfr_state state = certigar_mpfr_enter();
  mpfr_inits2(BITS, value, other, (mpfr_ptr)NULL);
  mpz_init(square);
  set_square_ulps(format, candidate, matrix->d, square);
  mpfr_set_z(value, square, MPFR_RNDD);
  mpfr_sqrt(value, value, MPFR_RNDD);
  mpfr_mul_ui(value, value, plan->selection->row_count, MPFR_RNDD);
  mpfr_mul_2si(value, value, format->unit_exponent - 1, MPFR_RNDD);
  set_bound(other, share);
  mpfr_add(value, value, other, MPFR_RNDD);
  set_bound(other, gap);
  int enough = mpfr_cmp(other, value) <= 0;
  mpz_clear(square);
  mpfr_clears(value, other, (mpfr_ptr)NULL);
  certigar_mpfr_leave(state);
  return enough;
}

/* Whether the candidate's gap is small enough; -1 if there is no memory. */
static int judge_gap(certigar_plan *plan, const certigar_matrix *matrix, const void *candidate)
{
  certigar_interval objective;
  certigar_bound gap, share;
  certigar_geometric_median_judge(plan->selection, plan, candidate, &objective, &gap);
  if (!certigar_geometric_median_share(plan->selection, plan, &share)) return -1;
  return is_enough(plan, matrix, candidate, gap, share);
}

static int judge_median(certigar_plan *plan, const certigar_matrix *matrix, const void *candidate, const void *output, certigar_finding *finding)
{
  int finite = compare_columns(plan, matrix, candidate, output, finding);
  if (finding->different == 0) return CERTIGAR_REAL_SAME;
  if (!finite) return CERTIGAR_REAL_OTHER;
  int enough = judge_gap(plan, matrix, candidate);
  if (enough == 0) enough = certigar_geometric_median_sharpen(plan->selection, plan) ? judge_gap(plan, matrix, candidate) : -1;
  return enough < 0 ? -1 : enough ? CERTIGAR_REAL_ROUNDED : CERTIGAR_REAL_OTHER;
}

int certigar_judge_reals(certigar_plan *plan, const certigar_matrix *matrix, const void *candidate, const void *output, certigar_finding *finding)
{
  if (plan->rule == CERTIGAR_GEOMETRIC_MEDIAN) return judge_median(plan, matrix, candidate, output, finding);
  return judge_columns(plan, matrix, candidate, output, finding);
}
