/* See judge_median.h. The precision is that of the reference; what its roundings may be is 2^-SLACK of F. */
#include "judge_median.h"

#include <stdlib.h>
#include <string.h>

enum { BITS = 300, SLACK = 280, REACHED_SLACK = 240 };

static size_t word_size(const median_case *one) {
  return one->dtype == CERTIGAR_FLOAT32 ? 4 : 8;
}

static uint64_t word_at(const median_case *one, const void *words, size_t index) {
  uint64_t wide;
  uint32_t narrow;
  if (one->dtype == CERTIGAR_FLOAT64) {
    memcpy(&wide, (const unsigned char *)words + 8 * index, sizeof wide);
    return wide;
  }
  memcpy(&narrow, (const unsigned char *)words + 4 * index, sizeof narrow);
  return narrow;
}

void median_truth_init(median_truth *truth, reference_context *context, const median_case *one) {
  mpfr_t *y = malloc(one->d * sizeof *y);
  if (y == NULL) abort();
  for (size_t c = 0; c < one->d; c++) mpfr_init2(y[c], BITS);
  mpfr_inits2(BITS, truth->value, truth->gap, (mpfr_ptr)NULL);
  truth->m = reference_geometric_median(context, one->n, one->d, one->rows, y, truth->value, truth->gap);
  for (size_t c = 0; c < one->d; c++) mpfr_clear(y[c]);
  free(y);
}

void median_truth_clear(median_truth *truth) {
  mpfr_clears(truth->value, truth->gap, (mpfr_ptr)NULL);
}

/* A bound in units. */
static void read_bound(const median_case *one, const certigar_bound *bound, mpfr_ptr value) {
  if (bound->infinite) {
    mpfr_set_inf(value, 1);
    return;
  }
  mpz_t digits;
  mpz_init_set_ui(digits, bound->significand);
  mpfr_set_z_2exp(value, digits, bound->exponent + (one->dtype == CERTIGAR_FLOAT32 ? 149 : 1074), MPFR_RNDN);
  mpz_clear(digits);
}

/* value times 2^-bits is added to value, or taken from it. */
static void widen(mpfr_ptr value, int direction, long bits, mpfr_srcptr of) {
  mpfr_t slack;
  mpfr_init2(slack, BITS);
  mpfr_div_2si(slack, of, bits, MPFR_RNDU);
  if (direction > 0) {
    mpfr_add(value, value, slack, MPFR_RNDU);
  } else {
    mpfr_sub(value, value, slack, MPFR_RNDD);
  }
  mpfr_clear(slack);
}

static int compare_reals(const void *a, const void *b) {
  return mpfr_cmp((mpfr_srcptr)a, (mpfr_srcptr)b);
}

/* The sum of the ceil(m/2) least distances from the output to finite rows. */
static void find_near(reference_context *context, const median_case *one, size_t m, const void *output, mpfr_ptr near) {
  mpfr_t *distances = malloc(one->n * sizeof *distances);
  size_t half = m / 2 + m % 2, count = 0;
  if (distances == NULL) abort();
  for (size_t i = 0; i < one->n; i++) {
    const unsigned char *row = (const unsigned char *)one->rows + i * one->d * word_size(one);
    int finite = 1;
    for (size_t c = 0; c < one->d; c++) finite &= reference_is_finite(context, word_at(one, row, c));
    if (!finite) continue;
    mpfr_init2(distances[count], BITS);
    reference_sum_of_distances(context, 1, one->d, row, output, distances[count++]);
  }
  qsort(distances, count, sizeof *distances, compare_reals);
  mpfr_set_zero(near, 1);
  for (size_t k = 0; k < half; k++) mpfr_add(near, near, distances[k], MPFR_RNDU);
  for (size_t k = 0; k < count; k++) mpfr_clear(distances[k]);
  free(distances);
}

const char *judge_median_bounds(reference_context *context, const median_case *one, const median_truth *truth, const void *row,
                                const certigar_interval *objective, const certigar_bound *gap) {
  const char *wrong = NULL;
  mpfr_t value, lower, upper, excess, claimed, share;
  mpfr_inits2(BITS, value, lower, upper, excess, claimed, share, (mpfr_ptr)NULL);
  reference_sum_of_distances(context, one->n, one->d, one->rows, row, value);
  read_bound(one, &objective->lower, lower);
  read_bound(one, &objective->upper, upper);
  read_bound(one, gap, claimed);
  mpfr_sub(excess, value, truth->value, MPFR_RNDD); /* the truth is at least that, but for the slack */
  widen(excess, -1, SLACK, value);
  if (mpfr_less_p(claimed, excess)) wrong = "the gap is less than the true one";
  mpfr_sub(excess, upper, lower, MPFR_RNDU);
  widen(excess, -1, 60, value);
  find_near(context, one, truth->m, row, share);
  mpfr_mul_q(share, share, one->tolerance, MPFR_RNDU);
  if (mpfr_lessequal_p(claimed, share)) mpfr_sub(excess, excess, share, MPFR_RNDU);
  if (mpfr_sgn(excess) > 0) wrong = "the interval of the objective is wide";
  widen(lower, -1, SLACK, value);
  widen(upper, 1, SLACK, value);
  if (mpfr_less_p(value, lower) || mpfr_less_p(upper, value)) wrong = "the objective is not in its interval";
  if (objective->lower.negative || objective->upper.negative || gap->negative) wrong = "a length is negative";
  mpfr_clears(value, lower, upper, excess, claimed, share, (mpfr_ptr)NULL);
  return wrong;
}

/* The norm of half an ULP of every coordinate. */
static void find_rounding(const median_case *one, const void *output, mpfr_ptr rounding) {
  const uint64_t sign = one->dtype == CERTIGAR_FLOAT32 ? UINT64_C(1) << 31 : UINT64_C(1) << 63;
  const unsigned fraction = one->dtype == CERTIGAR_FLOAT32 ? 23 : 52;
  mpfr_t term;
  mpfr_init2(term, BITS);
  mpfr_set_zero(rounding, 1);
  for (size_t c = 0; c < one->d; c++) {
    const uint64_t field = (word_at(one, output, c) & (sign - 1)) >> fraction;
    mpfr_set_ui_2exp(term, 1, field > 0 ? (mpfr_exp_t)field - 2 : -1, MPFR_RNDU);
    mpfr_sqr(term, term, MPFR_RNDU);
    mpfr_add(rounding, rounding, term, MPFR_RNDU);
  }
  mpfr_sqrt(rounding, rounding, MPFR_RNDU);
  mpfr_clear(term);
}

const char *judge_median(reference_context *context, const median_case *one, const median_truth *truth, const void *output,
                         const certigar_certificate *certificate) {
  const char *wrong = judge_median_bounds(context, one, truth, output, &certificate->objective, &certificate->gap);
  if (wrong) return wrong;
  mpfr_t rounding, near, gap, limit;
  mpfr_inits2(BITS, rounding, near, gap, limit, (mpfr_ptr)NULL);
  find_rounding(one, output, rounding);
  find_near(context, one, truth->m, output, near);
  mpfr_mul_ui(limit, rounding, truth->m, MPFR_RNDU);
  mpfr_add(near, near, limit, MPFR_RNDU);
  mpfr_mul_q(near, near, one->tolerance, MPFR_RNDU);
  mpfr_add(limit, limit, near, MPFR_RNDU);
  widen(limit, 1, REACHED_SLACK, truth->value);
  widen(limit, 1, 60, limit);
  read_bound(one, &certificate->gap, gap);
  if (mpfr_greater_p(gap, limit)) wrong = "the gap is more than the tolerance and the rounding can make it";
  mpfr_clears(rounding, near, gap, limit, (mpfr_ptr)NULL);
  return wrong;
}
