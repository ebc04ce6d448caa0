/* The ends of the format: numbers whose sums, differences or squares it does not hold. */
#include "generator_list.h"
#include "places.h"

static uint64_t largest(const generate_matrix *m)
{
  return infinity(m) - 1;
}

int case_fill_largest_rows(generate_matrix *m)
{
  if (m->f == 0) return 0;
  put_gradients(m);
  for (size_t i = last_rows(m, m->f); i < m->n; i++)
    for (size_t c = 0; c < m->d; c++) put(m, i, c, largest(m) | (i % 2 == 0 ? sign_bit(m) : 0));
  return 1;
}

int case_fill_largest(generate_matrix *m)
{
  for (size_t c = 0; c < m->d; c++) {
    const uint64_t sign = random_sign(m);
    for (size_t i = 0; i < m->n; i++) put(m, i, c, sign | (largest(m) - below(m, 4)));
  }
  return 1;
}

int case_fill_largest_opposed(generate_matrix *m)
{
  for (size_t i = 0; i < m->n; i++)
    for (size_t c = 0; c < m->d; c++) {
      const uint64_t steps = below(m, 4) << (fraction_bits(m) - 3);
      put(m, i, c, (i % 2 == 0 ? 0 : sign_bit(m)) | (largest(m) - steps));
    }
  return 1;
}

/* f rows times 2^shift. */
static int put_scaled(generate_matrix *m, int64_t shift)
{
  if (m->f == 0) return 0;
  put_gradients(m);
  for (size_t i = last_rows(m, m->f); i < m->n; i++)
    for (size_t c = 0; c < m->d; c++) put(m, i, c, fixed(m, bell(m) * 8, 36 - shift));
  return 1;
}

int case_fill_scaled_up(generate_matrix *m)
{
  return put_scaled(m, 33);
}

int case_fill_scaled_down(generate_matrix *m)
{
  return put_scaled(m, -100);
}

int case_fill_subnormal_rows(generate_matrix *m)
{
  if (m->f == 0) return 0;
  put_gradients(m);
  for (size_t i = last_rows(m, m->f); i < m->n; i++)
    for (size_t c = 0; c < m->d; c++) put(m, i, c, either_sign(m, 1 + below(m, 20)));
  return 1;
}

int case_fill_subnormals(generate_matrix *m)
{
  for (size_t i = 0; i < m->n; i++)
    for (size_t c = 0; c < m->d; c++) put(m, i, c, either_sign(m, below(m, 20)));
  return 1;
}

int case_fill_units_beside_ones(generate_matrix *m)
{
  for (size_t i = 0; i < m->n; i++) {
    put(m, i, 0, word_of_one(m));
    for (size_t c = 1; c < m->d; c++) put(m, i, c, either_sign(m, below(m, 20)));
  }
  return m->d > 1;
}
