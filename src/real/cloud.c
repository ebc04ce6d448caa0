/* The weighted cloud: see cloud.h. Bounds are rounded up, everything else to nearest. */
#include "cloud.h"

#include <stdlib.h>

enum { BOUND_BITS = 64 };
enum { TOTAL, HALF, TERM, SUMS };

int certigar_cloud_init(certigar_cloud *cloud, const certigar_gram *gram, mpfr_prec_t bits)
{
  size_t m = gram->m;
  *cloud = (certigar_cloud){.m = m,
                            .bits = bits,
                            .rows = malloc(m * sizeof *cloud->rows),
                            .distances = certigar_reals_new(m * m, bits),
                            .weights = certigar_reals_new(m, bits),
                            .sums = certigar_reals_new(SUMS, bits),
                            .means = certigar_reals_new(m, bits),
                            .roots = certigar_reals_new(m, bits),
                            .inner = certigar_reals_new(m * m, bits),
                            .matrix = certigar_reals_new(m * m, bits),
                            .shifts = certigar_reals_new(m, bits),
                            .bounds = certigar_reals_new(BOUNDS, BOUND_BITS),
                            .shift_errors = certigar_reals_new(m, BOUND_BITS)};
  if (!certigar_eigen_init(&cloud->eigen, m, bits) || !cloud->rows || !cloud->distances || !cloud->weights || !cloud->sums || !cloud->means ||
      !cloud->roots || !cloud->inner || !cloud->matrix || !cloud->shifts || !cloud->bounds || !cloud->shift_errors)
    return 0;
  for (size_t p = 0; p < m * m; p++) mpfr_set_z(cloud->distances[p], gram->distances[p], MPFR_RNDN);
  for (size_t i = 0; i < m; i++) mpfr_set_ui(cloud->weights[i], 1, MPFR_RNDN);
  return 1;
}

void certigar_cloud_clear(certigar_cloud *cloud)
{
  size_t m = cloud->m;
  free(cloud->rows);
  certigar_reals_free(cloud->distances, m * m);
  certigar_reals_free(cloud->weights, m);
  certigar_reals_free(cloud->sums, SUMS);
  certigar_reals_free(cloud->means, m);
  certigar_reals_free(cloud->roots, m);
  certigar_reals_free(cloud->inner, m * m);
  certigar_reals_free(cloud->matrix, m * m);
  certigar_reals_free(cloud->shifts, m);
  certigar_reals_free(cloud->bounds, BOUNDS);
  certigar_reals_free(cloud->shift_errors, m);
  certigar_eigen_clear(&cloud->eigen);
}

void certigar_cloud_list(certigar_cloud *cloud)
{
  cloud->k = 0;
  mpfr_set_zero(cloud->sums[TOTAL], 1);
  for (size_t i = 0; i < cloud->m; i++) {
    if (mpfr_zero_p(cloud->weights[i])) continue;
    cloud->rows[cloud->k++] = i;
    mpfr_add(cloud->sums[TOTAL], cloud->sums[TOTAL], cloud->weights[i], MPFR_RNDN);
  }
}

mpfr_srcptr certigar_cloud_total(const certigar_cloud *cloud)
{
  return cloud->sums[TOTAL];
}

static mpfr_srcptr distance_of(const certigar_cloud *cloud, size_t a, size_t b)
{
  return cloud->distances[cloud->rows[a] * cloud->m + cloud->rows[b]];
}

static mpfr_srcptr weight_of(const certigar_cloud *cloud, size_t a)
{
  return cloud->weights[cloud->rows[a]];
}

int certigar_cloud_is_point(const certigar_cloud *cloud)
{
  int point = 1;
  for (size_t a = 1; a < cloud->k; a++) point &= mpfr_zero_p(distance_of(cloud, 0, a));
  return point;
}

/* ---- the matrix ---- */

static void find_means(certigar_cloud *cloud)
{
  mpfr_ptr half = cloud->sums[HALF], term = cloud->sums[TERM];
  mpfr_set_zero(half, 1);
  for (size_t a = 0; a < cloud->k; a++) {
    mpfr_set_zero(cloud->means[a], 1);
    for (size_t b = 0; b < cloud->k; b++) {
      mpfr_mul(term, weight_of(cloud, b), distance_of(cloud, a, b), MPFR_RNDN);
      mpfr_add(cloud->means[a], cloud->means[a], term, MPFR_RNDN);
    }
    mpfr_div(cloud->means[a], cloud->means[a], cloud->sums[TOTAL], MPFR_RNDN);
    mpfr_sqrt(cloud->roots[a], weight_of(cloud, a), MPFR_RNDN);
    mpfr_mul(term, weight_of(cloud, a), cloud->means[a], MPFR_RNDN);
    mpfr_add(half, half, term, MPFR_RNDN);
  }
  mpfr_div(half, half, cloud->sums[TOTAL], MPFR_RNDN);
  mpfr_div_2ui(half, half, 1, MPFR_RNDN);
}

static void find_matrix(certigar_cloud *cloud)
{
  mpfr_ptr term = cloud->sums[TERM];
  for (size_t a = 0; a < cloud->k; a++)
    for (size_t b = 0; b <= a; b++) {
      mpfr_ptr inner = cloud->inner[a * cloud->k + b], element = cloud->matrix[a * cloud->k + b];
      mpfr_add(inner, cloud->means[a], cloud->means[b], MPFR_RNDN);
      mpfr_sub(inner, inner, distance_of(cloud, a, b), MPFR_RNDN);
      mpfr_div_2ui(inner, inner, 1, MPFR_RNDN);
      mpfr_sub(inner, inner, cloud->sums[HALF], MPFR_RNDN);
      mpfr_mul(term, cloud->roots[a], cloud->roots[b], MPFR_RNDN);
      mpfr_mul(element, term, inner, MPFR_RNDN);
      mpfr_div(element, element, cloud->sums[TOTAL], MPFR_RNDN);
      mpfr_set(cloud->inner[b * cloud->k + a], inner, MPFR_RNDN);
      mpfr_set(cloud->matrix[b * cloud->k + a], element, MPFR_RNDN);
    }
}

static void find_shifts(certigar_cloud *cloud)
{
  mpfr_ptr term = cloud->sums[TERM];
  for (size_t a = 0; a < cloud->k; a++) {
    mpfr_set_zero(cloud->shifts[a], 1);
    for (size_t b = 0; b < cloud->k; b++) {
      mpfr_mul(term, cloud->roots[b], cloud->eigen.vectors[b], MPFR_RNDN);
      mpfr_mul(term, term, cloud->inner[a * cloud->k + b], MPFR_RNDN);
      mpfr_add(cloud->shifts[a], cloud->shifts[a], term, MPFR_RNDN);
    }
  }
}

/* ---- bounds ---- */

/* w and g. */
static void bound_matrix(certigar_cloud *cloud)
{
  mpfr_ptr w = cloud->bounds[BOUND_MEANS], g = cloud->bounds[BOUND_MATRIX], term = cloud->bounds[BOUND_A];
  mpfr_set_ui_2exp(w, 2 * cloud->k + 4, -cloud->bits, MPFR_RNDU);
  mpfr_mul_2ui(term, cloud->bounds[BOUND_WEIGHTS], 1, MPFR_RNDU);
  mpfr_add(w, w, term, MPFR_RNDU);
  mpfr_set_zero(g, 1);
  for (size_t a = 0; a < cloud->k; a++) {
    mpfr_mul(term, cloud->means[a], cloud->means[a], MPFR_RNDU);
    mpfr_mul(term, term, weight_of(cloud, a), MPFR_RNDU);
    mpfr_add(g, g, term, MPFR_RNDU);
  }
  mpfr_div(g, g, cloud->sums[TOTAL], MPFR_RNDU);
  mpfr_sqrt(g, g, MPFR_RNDU);
  mpfr_mul_ui(g, g, 24, MPFR_RNDU);
  mpfr_mul(g, g, w, MPFR_RNDU);
}

/* h and y. Returns whether there is a gap. */
static int bound_vector(certigar_cloud *cloud)
{
  mpfr_ptr h = cloud->bounds[BOUND_VALUE], y = cloud->bounds[BOUND_VECTOR], gap = cloud->bounds[BOUND_A], next = cloud->bounds[BOUND_B];
  certigar_eigen_check(&cloud->eigen, cloud->matrix, cloud->bounds[BOUND_RESIDUAL], cloud->bounds[BOUND_SKEW]);
  mpfr_mul_2ui(h, cloud->bounds[BOUND_RESIDUAL], 1, MPFR_RNDU);
  mpfr_add(h, h, cloud->bounds[BOUND_MATRIX], MPFR_RNDU);
  mpfr_set_inf(gap, 1);
  for (size_t v = 1; v < cloud->k; v++) {
    mpfr_sub(next, cloud->eigen.values[0], cloud->eigen.values[v], MPFR_RNDD);
    mpfr_min(gap, gap, next, MPFR_RNDD);
  }
  mpfr_sub(gap, gap, h, MPFR_RNDD);
  if (mpfr_sgn(gap) <= 0 || mpfr_cmp_ui_2exp(cloud->bounds[BOUND_SKEW], 1, -1) >= 0) return 0;
  mpfr_add(y, cloud->bounds[BOUND_RESIDUAL], cloud->bounds[BOUND_MATRIX], MPFR_RNDU);
  mpfr_mul_2ui(y, y, 2, MPFR_RNDU);
  mpfr_div(y, y, gap, MPFR_RNDU);
  mpfr_add(y, y, cloud->bounds[BOUND_SKEW], MPFR_RNDU);
  return 1;
}

static void bound_shifts(certigar_cloud *cloud)
{
  mpfr_ptr factor = cloud->bounds[BOUND_A], term = cloud->bounds[BOUND_B];
  mpfr_mul_2ui(factor, cloud->bounds[BOUND_MEANS], 3, MPFR_RNDU);
  mpfr_add(factor, factor, cloud->bounds[BOUND_VECTOR], MPFR_RNDU);
  for (size_t a = 0; a < cloud->k; a++) {
    mpfr_ptr error = cloud->shift_errors[a];
    mpfr_set_zero(error, 1);
    for (size_t b = 0; b < cloud->k; b++) {
      mpfr_mul_2ui(term, cloud->sums[HALF], 1, MPFR_RNDU);
      mpfr_add(term, term, cloud->means[a], MPFR_RNDU);
      mpfr_add(term, term, cloud->means[b], MPFR_RNDU);
      mpfr_add(term, term, distance_of(cloud, a, b), MPFR_RNDU);
      mpfr_mul(term, term, cloud->roots[b], MPFR_RNDU);
      mpfr_add(error, error, term, MPFR_RNDU);
    }
    mpfr_mul(error, error, factor, MPFR_RNDU);
  }
}

int certigar_cloud_look(certigar_cloud *cloud)
{
  find_means(cloud);
  find_matrix(cloud);
  certigar_eigen_find(&cloud->eigen, cloud->matrix, cloud->k, 1);
  find_shifts(cloud);
  bound_matrix(cloud);
  int known = bound_vector(cloud);
  bound_shifts(cloud);
  return known;
}
