#include "against.h"
#include "eigenvalues.h"
#include "selection.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { UNIT_EXPONENT = 149, BITS = 400 }; /* a unit is 2^-149 (spec/rules.md, section 1); values in units have 277 bits */

/* ---- rules whose bits are prescribed ---- */

static void expect_brsgd(demo *dm, reference_selection *report)
{
  mpq_t beta;
  mpq_init(beta);
  mpq_set_ui(beta, 1, 2);
  reference_brsgd(dm->reference, dm->n, LIARS, beta, NULL, dm->d, dm->attacked, dm->expected, report);
  mpq_clear(beta);
}

/* The reference has losses: 0 at the model and the negated scores after the steps, with rho = 0, are the same. */
static void expect_zeno(demo *dm, reference_selection *report)
{
  uint64_t losses[ROWS_MAX + 1] = {0};
  mpq_t rho;
  mpq_init(rho);
  for (size_t i = 0; i < dm->n; i++) {
    const double loss = -dm->scores[i];
    memcpy(&losses[1 + i], &loss, sizeof loss);
  }
  reference_zeno(dm->reference, dm->n, LIARS, rho, losses, dm->d, dm->attacked, dm->expected, report);
  mpq_clear(rho);
}

/* Which set it is, is checked by its eigenvalue; here the mean of the rows that were selected. */
static void expect_smea(demo *dm, const certigar_certificate *found)
{
  float *rows = malloc(found->selected_count * dm->d * sizeof *rows);
  if (!rows) give_up("memory", "there is not enough");
  for (size_t i = 0; i < found->selected_count; i++)
    memcpy(&rows[i * dm->d], &dm->attacked[found->selected[i] * dm->d], dm->d * sizeof *rows);
  reference_aggregate(dm->reference, REFERENCE_AVERAGE, REFERENCE_MIDPOINT, found->selected_count, 0, dm->d, rows, dm->expected, NULL, NULL);
  free(rows);
}

static void expect_column_rule(demo *dm, reference_rule rule)
{
  reference_aggregate(dm->reference, rule, REFERENCE_MIDPOINT, dm->n, LIARS, dm->d, dm->attacked, dm->expected, NULL, NULL);
}

/* The median of what the stage makes of the rows. */
static void expect_after(demo *dm, stage before)
{
  reference_context *context = dm->reference;
  const size_t n = dm->n, d = dm->d;
  size_t left = n, order[ROWS_MAX];
  mpq_t tau;
  float *rows = malloc(n * d * sizeof *rows);
  if (!rows) give_up("memory", "there is not enough");
  mpq_init(tau);
  mpq_set_str(tau, CLIPPING_TAU, 10);
  for (size_t i = 0; i < n; i++) order[i] = i;
  if (before == STAGE_NNM) reference_nnm(context, n, LIARS, d, dm->attacked, rows);
  if (before == STAGE_BUCKETING) left = reference_bucketing(context, n, BUCKET, order, d, dm->attacked, rows);
  if (before == STAGE_CLIP) reference_clip(context, n, tau, d, dm->attacked, rows);
  if (before == STAGE_ARC) reference_arc(context, n, LIARS, d, dm->attacked, rows);
  reference_aggregate(context, REFERENCE_MEDIAN, REFERENCE_MIDPOINT, left, LIARS, d, rows, dm->expected, NULL, NULL);
  mpq_clear(tau);
  free(rows);
}

/* The rule's result by the reference. */
static void expect(demo *dm, const job *what, const certigar_certificate *found)
{
  reference_context *context = dm->reference;
  const size_t n = dm->n, d = dm->d, f = LIARS;
  const reference_bulyan_variant variant = what->variant == CERTIGAR_ITERATED ? REFERENCE_ITERATED : REFERENCE_ONE_PASS;
  if (what->before != NO_STAGE) {
    expect_after(dm, what->before);
    return;
  }
  reference_selection *report = reference_selection_new(n);
  switch (what->rule) {
    case CERTIGAR_AVERAGE: expect_column_rule(dm, REFERENCE_AVERAGE); break;
    case CERTIGAR_MEDIAN: expect_column_rule(dm, REFERENCE_MEDIAN); break;
    case CERTIGAR_TRIMMED_MEAN: expect_column_rule(dm, REFERENCE_TRIMMED_MEAN); break;
    case CERTIGAR_MEAMED: expect_column_rule(dm, REFERENCE_MEAMED); break;
    case CERTIGAR_KRUM: reference_krum(context, n, f, d, dm->attacked, dm->expected, report); break;
    case CERTIGAR_MULTI_KRUM: reference_multi_krum(context, n, f, n - f - 2, d, dm->attacked, dm->expected, report); break;
    case CERTIGAR_BULYAN: reference_bulyan(context, n, f, d, dm->attacked, dm->expected, report); break;
    case CERTIGAR_MULTI_BULYAN: reference_multi_bulyan(context, variant, n, f, d, dm->attacked, dm->expected, report); break;
    case CERTIGAR_MDA: reference_mda(context, n, f, d, dm->attacked, dm->expected, report); break;
    case CERTIGAR_CGE: reference_cge(context, n, f, d, dm->attacked, dm->expected, report); break;
    case CERTIGAR_MONNA: reference_monna(context, n, f, 0, d, dm->attacked, dm->expected, report); break;
    case CERTIGAR_BRSGD: expect_brsgd(dm, report); break;
    case CERTIGAR_ZENO: expect_zeno(dm, report); break;
    case CERTIGAR_SMEA: expect_smea(dm, found); break;
    default: give_up(what->name, "the demo does not know what to expect");
  }
  reference_selection_free(report);
}

static size_t compare_bits(demo *dm, const job *what, const certigar_certificate *found, agreement said)
{
  if (what->rule == CERTIGAR_SMEA && !least_eigenvalue(dm->attacked, dm->n, dm->d, LIARS, found->selected, found->selected_count)) {
    snprintf(said, sizeof(agreement), "NOT LEAST");
    return dm->d;
  }
  expect(dm, what, found);
  const size_t wrong = differing(dm->out, dm->expected, dm->d);
  snprintf(said, sizeof(agreement), "EXACT");
  if (wrong > 0) snprintf(said, sizeof(agreement), "%zu DIFFER", wrong);
  return wrong;
}

/* ---- geometric-median: its sum of distances against the least one ---- */

static size_t compare_sums(demo *dm, const certigar_certificate *found, mpfr_t *point, agreement said)
{
  mpfr_t least, least_gap, sum, gap;
  mpfr_inits2(BITS, least, least_gap, sum, gap, NULL);
  reference_geometric_median(dm->reference, dm->n, dm->d, dm->attacked, point, least, least_gap);
  reference_sum_of_distances(dm->reference, dm->n, dm->d, dm->attacked, dm->out, sum);
  mpfr_set_ui(gap, found->gap.significand, MPFR_RNDN);
  mpfr_mul_2si(gap, gap, found->gap.exponent + UNIT_EXPONENT, MPFR_RNDN);
  mpfr_sub(least, sum, least, MPFR_RNDN);
  const int right = !found->gap.infinite && mpfr_lessequal_p(least, gap);
  mpfr_div(gap, gap, sum, MPFR_RNDU);
  snprintf(said, sizeof(agreement), right ? "gap %.0e" : "GAP %.0e", mpfr_get_d(gap, MPFR_RNDU));
  mpfr_clears(least, least_gap, sum, gap, NULL);
  return right ? 0 : dm->d;
}

/* ---- centered-clipping and caf: within one ULP of the column's greatest magnitude ---- */

static uint32_t word_of(float x)
{
  uint32_t word;
  memcpy(&word, &x, sizeof word);
  return word;
}

/* What a coordinate may be off by, in units, in scratch. */
static void allowed(const demo *dm, const unsigned char *finite, size_t c, mpz_t scratch, mpfr_t ulp)
{
  uint32_t greatest = 0;
  for (size_t i = 0; i < dm->n; i++) {
    const uint32_t magnitude = word_of(dm->attacked[i * dm->d + c]) & 0x7fffffff;
    if (finite[i] && magnitude > greatest) greatest = magnitude;
  }
  reference_value(dm->reference, greatest + 1, scratch);
  mpfr_set_z(ulp, scratch, MPFR_RNDN);
  reference_value(dm->reference, greatest, scratch);
  mpfr_sub_z(ulp, ulp, scratch, MPFR_RNDN);
}

static size_t compare_reals(demo *dm, const mpfr_t *exact, agreement said)
{
  unsigned char finite[ROWS_MAX];
  size_t wrong = 0;
  double worst = 0;
  mpz_t scratch;
  mpfr_t off, ulp;
  mpz_init(scratch);
  mpfr_inits2(BITS, off, ulp, NULL);
  for (size_t i = 0; i < dm->n; i++) {
    finite[i] = 1;
    for (size_t c = 0; c < dm->d; c++) finite[i] &= isfinite(dm->attacked[i * dm->d + c]) != 0;
  }
  for (size_t c = 0; c < dm->d; c++) {
    if (!isfinite(dm->out[c])) {
      wrong++;
      continue;
    }
    reference_value(dm->reference, word_of(dm->out[c]), scratch);
    mpfr_sub_z(off, exact[c], scratch, MPFR_RNDN);
    mpfr_abs(off, off, MPFR_RNDN);
    allowed(dm, finite, c, scratch, ulp);
    wrong += mpfr_greater_p(off, ulp) != 0;
    mpfr_div(off, off, ulp, MPFR_RNDU);
    worst = fmax(worst, mpfr_get_d(off, MPFR_RNDU));
  }
  snprintf(said, sizeof(agreement), "%.2f ULP", worst);
  if (wrong > 0) snprintf(said, sizeof(agreement), "%zu WRONG", wrong);
  mpfr_clears(off, ulp, NULL);
  mpz_clear(scratch);
  return wrong;
}

static void clip(demo *dm, mpfr_t *point)
{
  mpq_t tau;
  mpq_init(tau);
  mpq_set_str(tau, CLIPPING_TAU, 10);
  reference_centered_clipping(dm->reference, dm->n, tau, CLIPPING_ITERATIONS, NULL, dm->d, dm->attacked, point);
  mpq_clear(tau);
}

static size_t compare_point(demo *dm, certigar_rule rule, const certigar_certificate *found, agreement said)
{
  mpfr_t *point = malloc(dm->d * sizeof *point);
  size_t wrong;
  if (!point) give_up("memory", "there is not enough");
  for (size_t c = 0; c < dm->d; c++) mpfr_init2(point[c], BITS);
  if (rule == CERTIGAR_GEOMETRIC_MEDIAN) {
    wrong = compare_sums(dm, found, point, said);
  } else {
    if (rule == CERTIGAR_CAF) reference_caf(dm->reference, dm->n, LIARS, dm->d, dm->attacked, point);
    if (rule == CERTIGAR_CENTERED_CLIPPING) clip(dm, point);
    wrong = compare_reals(dm, point, said);
  }
  for (size_t c = 0; c < dm->d; c++) mpfr_clear(point[c]);
  free(point);
  return wrong;
}

int is_real(certigar_rule rule)
{
  return rule == CERTIGAR_GEOMETRIC_MEDIAN || rule == CERTIGAR_CENTERED_CLIPPING || rule == CERTIGAR_CAF;
}

size_t against_reference(demo *dm, const job *what, const certigar_certificate *found, agreement said)
{
  return is_real(what->rule) ? compare_point(dm, what->rule, found, said) : compare_bits(dm, what, found, said);
}
