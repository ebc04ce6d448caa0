/* Exact squared distances and weights: see gram.h. */
#include "gram.h"

#include <stdlib.h>
#include <string.h>

static void want_all(const certigar_gram *gram, certigar_selection *s)
{
  for (size_t i = 1; i < gram->m; i++)
    for (size_t j = 0; j < i; j++) certigar_distances_want(s->distances, gram->rows[i], gram->rows[j]);
}

/* Returns 0 if there is no memory. */
static int list_rows(certigar_gram *gram, const certigar_selection *s, const certigar_plan *plan)
{
  size_t n = plan->n + (plan->extra != NULL);
  *gram = (certigar_gram){.rows = malloc(n * sizeof *gram->rows)};
  for (size_t i = 0; gram->rows && i < n; i++)
    if (certigar_distances_finite(s->distances, i)) gram->rows[gram->m++] = i;
  return gram->rows != NULL;
}

static void get_distances(certigar_gram *gram, certigar_selection *s)
{
  for (size_t i = 0; i < gram->m; i++)
    for (size_t j = 0; j < gram->m; j++) {
      size_t k = i * gram->m + j;
      certigar_distances_bounds(s->distances, gram->rows[i], gram->rows[j], s->row_lower, s->row_upper);
      certigar_natural_get(s->kernels, s->row_lower, gram->distances[k]);
      if (!certigar_gram_is_exact(gram)) certigar_natural_get(s->kernels, s->row_upper, gram->above[k]);
    }
}

int certigar_gram_init(certigar_gram *gram, certigar_selection *s, certigar_plan *plan)
{
  if (!list_rows(gram, s, plan)) return 0;
  want_all(gram, s);
  if (!certigar_distances_refine(s->distances, plan) || atomic_load(&plan->stop)) return 0;
  gram->above = gram->distances = certigar_integers_new(gram->m * gram->m);
  if (!gram->distances) return 0;
  get_distances(gram, s);
  return 1;
}

int certigar_gram_init_bounds(certigar_gram *gram, certigar_selection *s, const certigar_plan *plan)
{
  if (!list_rows(gram, s, plan)) return 0;
  gram->distances = certigar_integers_new(gram->m * gram->m);
  gram->above = certigar_integers_new(gram->m * gram->m);
  if (!gram->distances || !gram->above) return 0;
  get_distances(gram, s);
  return 1;
}

int certigar_gram_is_exact(const certigar_gram *gram)
{
  return gram->above == gram->distances;
}

void certigar_gram_clear(certigar_gram *gram)
{
  if (!certigar_gram_is_exact(gram)) certigar_integers_free(gram->above, gram->m * gram->m);
  certigar_integers_free(gram->distances, gram->m * gram->m);
  free(gram->rows);
}

int certigar_with_gram(certigar_selection *s, certigar_plan *plan, int (*rule)(certigar_selection *s, certigar_plan *plan, certigar_gram *gram))
{
  certigar_gram gram;
  int good = certigar_gram_init(&gram, s, plan);
  plan->no_value = good && gram.m == 0;
  if (good && gram.m > 0) good = rule(s, plan, &gram);
  certigar_gram_clear(&gram);
  return good || atomic_load(&plan->stop);
}

mpfr_t *certigar_reals_new(size_t count, mpfr_prec_t bits)
{
  mpfr_t *numbers = malloc((count + 1) * sizeof *numbers);
  for (size_t k = 0; numbers && k < count; k++) {
    mpfr_init2(numbers[k], bits);
    mpfr_set_zero(numbers[k], 1);
  }
  return numbers;
}

void certigar_reals_free(mpfr_t *numbers, size_t count)
{
  for (size_t k = 0; numbers && k < count; k++) mpfr_clear(numbers[k]);
  free(numbers);
}

mpz_t *certigar_integers_new(size_t count)
{
  mpz_t *numbers = malloc((count + 1) * sizeof *numbers);
  for (size_t k = 0; numbers && k < count; k++) mpz_init(numbers[k]);
  return numbers;
}

void certigar_integers_free(mpz_t *numbers, size_t count)
{
  for (size_t k = 0; numbers && k < count; k++) mpz_clear(numbers[k]);
  free(numbers);
}

mpfr_prec_t certigar_bits_of(size_t number)
{
  mpfr_prec_t bits = 0;
  for (; number > 0; number /= 2) bits++;
  return bits;
}

mpfr_prec_t certigar_gram_bits(const certigar_gram *gram)
{
  size_t bits = 0;
  for (size_t k = 0; k < gram->m * gram->m; k++)
    if (mpz_sizeinbase(gram->distances[k], 2) > bits) bits = mpz_sizeinbase(gram->distances[k], 2);
  return (mpfr_prec_t)bits;
}

void certigar_length_get(const certigar_rational *length, const certigar_kernels *kernels, mpfr_ptr value)
{
  mpq_t exact;
  mpq_init(exact);
  certigar_rational_get(length, exact);
  mpfr_set_q(value, exact, MPFR_RNDN);
  mpfr_mul_2si(value, value, -kernels->natural_exponent / 2, MPFR_RNDN);
  mpq_clear(exact);
}

void certigar_point_means(size_t points, const mpfr_t *distances, const mpfr_t *weights, mpfr_t *means, mpfr_ptr half, mpfr_ptr scratch)
{
  mpfr_set_zero(half, 1);
  for (size_t i = 0; i < points; i++) {
    mpfr_set_zero(means[i], 1);
    for (size_t j = 0; j < points; j++) {
      mpfr_mul(scratch, weights[j], distances[i * points + j], MPFR_RNDN);
      mpfr_add(means[i], means[i], scratch, MPFR_RNDN);
    }
    mpfr_mul(scratch, weights[i], means[i], MPFR_RNDN);
    mpfr_add(half, half, scratch, MPFR_RNDN);
  }
  mpfr_div_2ui(half, half, 1, MPFR_RNDN);
}

size_t certigar_weight_digits(const certigar_kernels *kernels, size_t count)
{
  size_t bits = kernels->value_size == 4 ? 24 + 4 : 53 + 4, digits = 2;
  for (size_t rest = count - 1; rest > 0; rest /= 2) bits++;
  while (32 * (digits - 1) < bits) digits++;
  return digits;
}

/* weight 2^bits, rounded down; at most 2^bits. */
static void fix_weight(mpz_t fixed, const mpfr_t weight, mpfr_prec_t bits)
{
  mpfr_t scaled;
  mpfr_init2(scaled, mpfr_get_prec(weight));
  mpfr_mul_2ui(scaled, weight, (unsigned long)bits, MPFR_RNDD);
  mpfr_get_z(fixed, scaled, MPFR_RNDD);
  mpfr_clear(scaled);
}

int certigar_set_weights(certigar_selection *s, const size_t *rows, size_t count, const mpfr_t *weights, size_t digits)
{
  mpfr_prec_t bits = 32 * (mpfr_prec_t)(digits - 1);
  size_t greatest = 0;
  mpz_t rest, fixed;
  free(s->weights);
  free(s->weighted_rows);
  s->weights = calloc(count * digits, sizeof *s->weights);
  s->weighted_rows = malloc(count * sizeof *s->weighted_rows);
  if (!s->weights || !s->weighted_rows) return 0;
  memcpy(s->weighted_rows, rows, count * sizeof *rows);
  for (size_t k = 1; k < count; k++)
    if (mpfr_greater_p(weights[k], weights[greatest])) greatest = k;
  mpz_inits(rest, fixed, (mpz_ptr)NULL);
  mpz_setbit(rest, (mp_bitcnt_t)bits);
  for (size_t k = 0; k < count; k++) {
    if (k == greatest) continue;
    fix_weight(fixed, weights[k], bits);
    mpz_sub(rest, rest, fixed);
    mpz_export(s->weights + k * digits, NULL, -1, sizeof *s->weights, 0, 0, fixed);
  }
  mpz_export(s->weights + greatest * digits, NULL, -1, sizeof *s->weights, 0, 0, rest);
  mpz_clears(rest, fixed, (mpz_ptr)NULL);
  s->weighted_count = count;
  s->weight_digits = digits;
  return 1;
}
