/* See measure.h. The passes over the input are those of select/distances.h, which need a plan for threads, kernels and work space only: it is the
 * plainest one, with more work space. */
#include "measure.h"

#include "select/selection.h"

#include <stdlib.h>

static certigar_plan *plan_of(certigar_dtype dtype, const certigar_matrix *input, const void *extra, size_t threads)
{
  certigar_options options = certigar_default_options;
  certigar_plan *plan;
  options.threads = threads;
  if (certigar_plan_new(&plan, CERTIGAR_AVERAGE, dtype, input->n, &options, NULL) != CERTIGAR_OK) return NULL;
  size_t bytes = certigar_distances_work_bytes(plan, CERTIGAR_ALL_PAIRS);
  int good = 1;
  for (size_t w = 0; w < threads; w++) {
    free(plan->requests[w].work);
    plan->requests[w].work = aligned_alloc(64, (bytes + 63) / 64 * 64);
    good = good && plan->requests[w].work;
  }
  certigar_plan_prepare(plan, input, NULL);
  plan->extra = extra;
  if (good) return plan;
  certigar_plan_free(plan);
  return NULL;
}

/* Row j for entry k of those of row i; the centre's own distances need no j. */
static size_t entries(const certigar_measure *m)
{
  return m->centre == CERTIGAR_ALL_PAIRS ? m->n : 1;
}

static int has_square(const certigar_measure *m, size_t i, size_t j)
{
  if (m->centre == CERTIGAR_FROM_ZERO) return m->finite[i];
  return m->finite[i] && m->finite[m->centre == CERTIGAR_ALL_PAIRS ? j : (size_t)m->centre];
}

/* Divides all numbers by the greatest power of 2 that they have in common. */
static void shorten(certigar_measure *m)
{
  size_t count = m->n * entries(m);
  mp_bitcnt_t common = ~(mp_bitcnt_t)0;
  for (size_t k = 0; k < count; k++) {
    mp_bitcnt_t zeros = mpz_scan1(m->squares[k], 0); /* the greatest number of all for 0 */
    if (zeros < common) common = zeros;
  }
  if (common == ~(mp_bitcnt_t)0) return;
  for (size_t k = 0; k < count; k++) mpz_tdiv_q_2exp(m->squares[k], m->squares[k], common);
  m->exponent += (int)common;
}

/* Returns 0 if there is no memory. */
static int read_squares(certigar_measure *m, const certigar_distances *distances, const certigar_kernels *kernels)
{
  uint32_t *lower = malloc(kernels->natural_digits * sizeof *lower), *upper = malloc(kernels->natural_digits * sizeof *upper);
  int good = lower && upper;
  for (size_t i = 0; good && i < m->n; i++)
    for (size_t j = 0; j < entries(m); j++) {
      if (!has_square(m, i, j)) continue;
      certigar_distances_bounds(distances, i, j, lower, upper);
      certigar_natural_get(kernels, lower, m->squares[i * entries(m) + j]);
    }
  free(lower);
  free(upper);
  m->exponent = kernels->natural_exponent;
  if (good) shorten(m);
  return good;
}

static int measure_rows(certigar_measure *m, certigar_plan *plan)
{
  certigar_distances *distances = certigar_distances_new(plan, m->centre, plan->extra != NULL);
  int good = distances != NULL;
  if (good) {
    certigar_distances_run(distances, plan);
    for (size_t i = 0; i < m->n; i++) {
      m->finite[i] = (unsigned char)certigar_distances_finite(distances, i);
      for (size_t j = 0; j < (m->centre == CERTIGAR_ALL_PAIRS ? i : 1); j++) certigar_distances_want(distances, i, j);
    }
    good = certigar_distances_refine(distances, plan) && read_squares(m, distances, plan->kernels);
  }
  certigar_distances_free(distances);
  return good;
}

certigar_measure *certigar_measure_new(certigar_dtype dtype, const certigar_matrix *input, const void *extra, int centre, size_t threads)
{
  certigar_plan *plan = plan_of(dtype, input, extra, threads);
  certigar_measure *m = calloc(1, sizeof *m);
  int good = plan && m;
  if (good) {
    m->n = input->n + (extra != NULL);
    m->centre = centre;
    m->finite = calloc(m->n, 1);
    m->squares = malloc(m->n * entries(m) * sizeof *m->squares);
    for (size_t k = 0; m->squares && k < m->n * entries(m); k++) mpz_init(m->squares[k]);
    good = m->finite && m->squares && measure_rows(m, plan);
  }
  certigar_plan_free(plan);
  if (good) return m;
  certigar_measure_free(m);
  return NULL;
}

void certigar_measure_free(certigar_measure *m)
{
  if (!m) return;
  for (size_t k = 0; m->squares && k < m->n * entries(m); k++) mpz_clear(m->squares[k]);
  free(m->squares);
  free(m->finite);
  free(m);
}

size_t certigar_nearest_rows(const certigar_measure *m, size_t n, size_t i, size_t *list)
{
  size_t count = 0;
  for (size_t j = 0; j < n && m->finite[i]; j++) {
    if (j == i || !m->finite[j]) continue;
    size_t a = count++;
    for (; a > 0 && mpz_cmp(certigar_square(m, i, list[a - 1]), certigar_square(m, i, j)) > 0; a--) list[a] = list[a - 1];
    list[a] = j;
  }
  return count;
}
