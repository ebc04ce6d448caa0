/* Infinities and NaN, in up to f rows, in one more, or in all. */
#include "generator_list.h"
#include "places.h"

static uint64_t quiet_nan(const generate_matrix *m)
{
  return infinity(m) | (uint64_t)1 << (fraction_bits(m) - 1);
}

/* Gradients, and count rows of one word at the end. */
static int put_poison(generate_matrix *m, size_t count, uint64_t word)
{
  if (m->f == 0) return 0;
  put_gradients(m);
  put_rows(m, last_rows(m, count), word);
  return 1;
}

/* The same with the word in one coordinate of the last row. */
static int put_drop(generate_matrix *m, uint64_t word)
{
  if (m->f == 0) return 0;
  put_gradients(m);
  put(m, m->n - 1, (size_t)below(m, m->d), word);
  return 1;
}

int case_fill_nan_row(generate_matrix *m)
{
  return put_poison(m, 1, quiet_nan(m));
}

int case_fill_nan_rows(generate_matrix *m)
{
  return put_poison(m, m->f, quiet_nan(m));
}

int case_fill_nan_coordinate(generate_matrix *m)
{
  return put_drop(m, quiet_nan(m));
}

int case_fill_nan_payloads(generate_matrix *m)
{
  if (m->f == 0) return 0;
  put_gradients(m);
  for (size_t i = last_rows(m, m->f); i < m->n; i++)
    for (size_t c = 0; c < m->d; c++) {
      const uint64_t payload = 1 + below(m, 255), quiet = (uint64_t)one_in(m, 2) << (fraction_bits(m) - 1);
      put(m, i, c, either_sign(m, infinity(m) | quiet | payload));
    }
  return 1;
}

int case_fill_inf_rows(generate_matrix *m)
{
  return put_poison(m, m->f, infinity(m));
}

int case_fill_minus_inf_rows(generate_matrix *m)
{
  return put_poison(m, m->f, sign_bit(m) | infinity(m));
}

int case_fill_both_infs(generate_matrix *m)
{
  if (m->f < 2 && m->d < 2) return 0;
  if (!put_poison(m, m->f, infinity(m))) return 0;
  for (size_t i = last_rows(m, m->f); i < m->n; i++)
    for (size_t c = 0; c < m->d; c++)
      if ((i + c) % 2 == 0) put(m, i, c, sign_bit(m) | infinity(m));
  return 1;
}

int case_fill_inf_coordinate(generate_matrix *m)
{
  return put_drop(m, infinity(m));
}

int case_fill_beyond_f(generate_matrix *m)
{
  put_gradients(m);
  for (size_t i = last_rows(m, m->f + 1 < m->n ? m->f + 1 : m->n); i < m->n; i++) {
    const uint64_t kind = below(m, 3);
    put(m, i, (size_t)below(m, m->d), kind == 0 ? quiet_nan(m) : infinity(m) | (kind == 1 ? sign_bit(m) : 0));
  }
  return 1;
}

int case_fill_all_nan(generate_matrix *m)
{
  put_rows(m, 0, quiet_nan(m));
  return 1;
}
