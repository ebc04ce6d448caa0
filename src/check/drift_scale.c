/* What rows may be scaled by under clip and arc (spec/verdicts.md, ROUNDING). The norm of row i of another's matrix, computed in the format, is
 * between
 *
 *     (norm(V_i) - norm(e_i)) (1 - r)  and  (norm(V_i) + norm(e_i)) (1 + r),     r = (ceil(log2 d) + 4) u;
 *
 * so the (k+1)-th greatest of such norms, which is arc's limit, is between the (k+1)-th greatest of these ends; clip's is tau (1 - u) to tau (1 + u).
 * The factor is min(1, limit / norm) with a relative error of 2 u, and one unit, for the quotient (or the quotient of the other way round, and a
 * division). All ends are computed with 128 bits, and rounded outwards.
 */
#include "drift_parts.h"

#include "profile/profile.h"
#include "real/mpfr_state.h"

#include <stdlib.h>

enum { BITS = 128 };

typedef struct row_norm {
  mpz_t square, radius; /* of the values, and of e, in squared units of 2^-CERTIGAR_DRIFT_BITS */
  int infinite;
  mpfr_t low, high;
} row_norm;

/* ---- norms ---- */

static void add_block(const certigar_drift *drift, row_norm *norms, size_t n, size_t count)
{
  const certigar_drift_block *made = &drift->made;
  for (size_t i = 0; i < n; i++)
    for (size_t c = i * count; c < (i + 1) * count; c++) {
      norms[i].infinite |= !certigar_word_is_finite(drift->format, made->words[c]);
      mpz_addmul(norms[i].square, made->values[c], made->values[c]);
      mpz_addmul(norms[i].radius, made->radii[c], made->radii[c]);
    }
}

/* 1 + times u, or 1 - times u; exact. */
static void set_near_one(const certigar_drift *drift, mpfr_t value, long times)
{
  mpfr_set_si_2exp(value, times, -(drift->format->fraction_bits + 1), MPFR_RNDN);
  mpfr_add_ui(value, value, 1, MPFR_RNDN);
}

static void set_root(mpfr_t value, const mpz_t square, mpfr_rnd_t to)
{
  mpfr_set_z(value, square, to);
  mpfr_sqrt(value, value, to);
}

static void set_ends(const certigar_drift *drift, row_norm *norm)
{
  mpfr_t other;
  long r = certigar_ceil_log2(drift->input->d) + 4;
  if (norm->infinite) {
    mpfr_set_inf(norm->low, 1);
    mpfr_set_inf(norm->high, 1);
    return;
  }
  mpfr_init2(other, BITS);
  set_root(norm->high, norm->square, MPFR_RNDU);
  set_root(other, norm->radius, MPFR_RNDU);
  mpfr_add(norm->high, norm->high, other, MPFR_RNDU);
  set_root(norm->low, norm->square, MPFR_RNDD);
  mpfr_sub(norm->low, norm->low, other, MPFR_RNDD);
  if (mpfr_sgn(norm->low) < 0) mpfr_set_ui(norm->low, 0, MPFR_RNDN);
  set_near_one(drift, other, r);
  mpfr_mul(norm->high, norm->high, other, MPFR_RNDU);
  set_near_one(drift, other, -r);
  mpfr_mul(norm->low, norm->low, other, MPFR_RNDD);
  mpfr_clear(other);
}

/* ---- limits ---- */

static int descending(const void *a, const void *b)
{
  return mpfr_cmp(*(const mpfr_srcptr *)b, *(const mpfr_srcptr *)a);
}

static void set_tau(const certigar_drift *drift, const certigar_stage *stage, mpfr_t low, mpfr_t high)
{
  mpq_t tau;
  mpfr_t near;
  long to_units = CERTIGAR_DRIFT_BITS - drift->format->unit_exponent;
  mpq_init(tau);
  mpfr_init2(near, BITS);
  certigar_rational_get(&stage->tau, tau);
  mpfr_set_q(low, tau, MPFR_RNDD);
  mpfr_set_q(high, tau, MPFR_RNDU);
  mpfr_mul_2si(low, low, to_units, MPFR_RNDD);
  mpfr_mul_2si(high, high, to_units, MPFR_RNDU);
  set_near_one(drift, near, -1);
  mpfr_mul(low, low, near, MPFR_RNDD);
  set_near_one(drift, near, 1);
  mpfr_mul(high, high, near, MPFR_RNDU);
  mpq_clear(tau);
  mpfr_clear(near);
}

static void set_statistic(const certigar_plan *plan, row_norm *norms, mpfr_srcptr *order, mpfr_t low, mpfr_t high)
{
  size_t k = certigar_arc_count(plan);
  for (size_t i = 0; i < plan->n; i++) order[i] = norms[i].low;
  qsort(order, plan->n, sizeof *order, descending);
  mpfr_set(low, order[k], MPFR_RNDD);
  for (size_t i = 0; i < plan->n; i++) order[i] = norms[i].high;
  qsort(order, plan->n, sizeof *order, descending);
  mpfr_set(high, order[k], MPFR_RNDU);
}

/* ---- factors ---- */

/* min(1, limit / norm times 1 + times u + sign unit), no less than 0. */
static void set_factor(const certigar_drift *drift, mpfr_t factor, const mpfr_t limit, const mpfr_t norm, long times, mpfr_rnd_t to)
{
  mpfr_t near;
  mpfr_init2(near, BITS);
  if (mpfr_zero_p(norm)) {
    mpfr_set_ui(factor, 1, to);
  } else {
    set_near_one(drift, near, times);
    mpfr_div(factor, limit, norm, to);
    mpfr_mul(factor, factor, near, to);
    mpfr_set_si_2exp(near, times > 0 ? 1 : -1, drift->format->unit_exponent, MPFR_RNDN);
    mpfr_add(factor, factor, near, to);
    if (mpfr_cmp_ui(factor, 1) > 0) mpfr_set_ui(factor, 1, to);
    if (mpfr_sgn(factor) < 0) mpfr_set_ui(factor, 0, to);
  }
  mpfr_clear(near);
}

static void set_scale(const certigar_drift *drift, certigar_drift_scale *scale, const row_norm *norm, const mpfr_t low, const mpfr_t high)
{
  mpfr_t factor;
  scale->fixed = norm->infinite || mpfr_cmp(norm->high, low) <= 0;
  if (scale->fixed) return;
  mpfr_init2(factor, BITS);
  set_factor(drift, factor, high, norm->low, 2, MPFR_RNDU);
  mpfr_exp_t exponent = mpfr_get_z_2exp(scale->high, factor); /* at most 0, since the factor is at most 1 and has 128 bits; it is not 0 */
  scale->bits = (mp_bitcnt_t)-exponent;
  set_factor(drift, factor, low, norm->high, -2, MPFR_RNDD);
  mpfr_mul_2ui(factor, factor, scale->bits, MPFR_RNDD);
  mpfr_get_z(scale->low, factor, MPFR_RNDD);
  mpfr_clear(factor);
}

static void find_scales(certigar_drift *drift, const certigar_plan *plan, certigar_drift_scale *scales, row_norm *norms, mpfr_srcptr *order)
{
  mpfr_t low, high;
  mpfr_inits2(BITS, low, high, (mpfr_ptr)NULL);
  for (size_t i = 0; i < plan->n; i++) set_ends(drift, &norms[i]);
  if (plan->options.stages[0].kind == STAGE_CLIP) {
    set_tau(drift, &plan->options.stages[0], low, high);
  } else {
    set_statistic(plan, norms, order, low, high);
  }
  for (size_t i = 0; i < plan->n; i++) set_scale(drift, &scales[i], &norms[i], low, high);
  mpfr_clears(low, high, (mpfr_ptr)NULL);
}

int certigar_drift_find_scales(certigar_drift *drift, const certigar_plan *plan, size_t stage)
{
  size_t d = drift->input->d, n = plan->n;
  row_norm *norms = malloc(n * sizeof *norms);
  mpfr_srcptr *order = malloc(n * sizeof *order);
  if (norms && order) {
    certigar_mpfr_state state = certigar_mpfr_enter();
    for (size_t i = 0; i < n; i++) {
      norms[i].infinite = 0;
      mpz_inits(norms[i].square, norms[i].radius, (mpz_ptr)NULL);
      mpfr_inits2(BITS, norms[i].low, norms[i].high, (mpfr_ptr)NULL);
    }
    for (size_t c = 0; c < d && !certigar_watch_column(drift->watch, c, 0); c += CERTIGAR_DRIFT_LANES) {
      size_t count = d - c < CERTIGAR_DRIFT_LANES ? d - c : CERTIGAR_DRIFT_LANES;
      certigar_drift_make(drift, stage, c, count);
      add_block(drift, norms, n, count);
    }
    find_scales(drift, plan, drift->scales + stage * drift->n, norms, order);
    for (size_t i = 0; i < n; i++) {
      mpz_clears(norms[i].square, norms[i].radius, (mpz_ptr)NULL);
      mpfr_clears(norms[i].low, norms[i].high, (mpfr_ptr)NULL);
    }
    certigar_mpfr_leave(state);
  }
  int good = norms && order;
  free(norms);
  free(order);
  return good;
}

/* ---- rows ---- */

/* |x| + e times high, rounded up, and the least that a product can be, rounded down: in the direction of x. */
static void set_products(certigar_drift *drift, const certigar_drift_scale *scale, const mpz_t value, const mpz_t radius)
{
  mpz_abs(drift->sum, value);
  mpz_add(drift->magnitudes, drift->sum, radius);
  mpz_mul(drift->magnitudes, drift->magnitudes, scale->high);
  mpz_cdiv_q_2exp(drift->magnitudes, drift->magnitudes, scale->bits);
  mpz_sub(drift->sum, drift->sum, radius);
  mpz_mul(drift->sum, drift->sum, mpz_sgn(drift->sum) < 0 ? scale->high : scale->low);
  mpz_fdiv_q_2exp(drift->sum, drift->sum, scale->bits);
}

/* The farther end from V', and a rounding of the product. */
static void scale_value(certigar_drift *drift, const certigar_drift_scale *scale, size_t at)
{
  mpz_ptr radius = drift->next.radii[at];
  set_products(drift, scale, drift->made.values[at], drift->made.radii[at]);
  mpz_abs(drift->scratch, drift->next.values[at]);
  mpz_sub(radius, drift->magnitudes, drift->scratch);
  mpz_sub(drift->sum, drift->scratch, drift->sum);
  if (mpz_cmp(drift->sum, radius) > 0) mpz_set(radius, drift->sum);
  mpz_cdiv_q_2exp(drift->magnitudes, drift->magnitudes, (mp_bitcnt_t)drift->format->fraction_bits + 1);
  mpz_add(radius, radius, drift->magnitudes);
  mpz_set_ui(drift->scratch, 1);
  mpz_mul_2exp(drift->scratch, drift->scratch, CERTIGAR_DRIFT_BITS);
  mpz_add(radius, radius, drift->scratch);
}

void certigar_drift_scale_rows(certigar_drift *drift, const certigar_drift_scale *scales, size_t n, size_t count)
{
  for (size_t i = 0; i < n; i++)
    for (size_t at = i * count; at < (i + 1) * count; at++) {
      if (scales[i].fixed) {
        mpz_set(drift->next.radii[at], drift->made.radii[at]);
      } else {
        scale_value(drift, &scales[i], at);
      }
    }
}
