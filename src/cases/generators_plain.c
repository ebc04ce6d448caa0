/* Inputs of the everyday kind, and attackers who stay finite and near. */
#include "generator_list.h"
#include "places.h"

int case_fill_gradients(generate_matrix *m)
{
  put_gradients(m);
  return 1;
}

int case_fill_integers(generate_matrix *m)
{
  for (size_t i = 0; i < m->n; i++)
    for (size_t c = 0; c < m->d; c++) put(m, i, c, fixed(m, (int64_t)below(m, 9) - 4, 0));
  return 1;
}

int case_fill_decimals(generate_matrix *m)
{
  for (size_t i = 0; i < m->n; i++)
    for (size_t c = 0; c < m->d; c++) put(m, i, c, ratio(m, (int64_t)below(m, 39) - 19, 10));
  return 1;
}

/* 10^power, and up to 16 steps of 2^-fine beside it; fine is made less where the format ends. */
static int put_offset(generate_matrix *m, unsigned power, int64_t fine)
{
  static const int64_t tens[] = {1, 1000, 1000000}, bits[] = {1, 10, 20}; /* 10^6 < 2^20 */
  const int64_t most = (int64_t)fraction_bits(m) + 1 - bits[power];
  if (fine > most) fine = most;
  for (size_t c = 0; c < m->d; c++) {
    const int64_t sign = one_in(m, 2) ? -1 : 1;
    for (size_t i = 0; i < m->n; i++) {
      const int64_t steps = bell(m) / ((int64_t)1 << 29);
      put(m, i, c, fixed(m, sign * tens[power] * ((int64_t)1 << fine) + steps, fine));
    }
  }
  return 1;
}

int case_fill_offset_1(generate_matrix *m)
{
  return put_offset(m, 0, 16);
}

int case_fill_offset_1e3(generate_matrix *m)
{
  return put_offset(m, 1, 22);
}

int case_fill_offset_1e6(generate_matrix *m)
{
  return put_offset(m, 2, 29);
}

int case_fill_spread(generate_matrix *m)
{
  for (size_t i = 0; i < m->n; i++)
    for (size_t c = 0; c < m->d; c++) put(m, i, c, random_finite(m));
  return 1;
}

/* f rows of one word in each column, which is made of the first row's. */
static int put_colluders(generate_matrix *m, uint64_t (*lie)(const generate_matrix *m, uint64_t word))
{
  if (m->f == 0) return 0;
  put_gradients(m);
  for (size_t i = last_rows(m, m->f); i < m->n; i++)
    for (size_t c = 0; c < m->d; c++) put(m, i, c, lie(m, get(m, 0, c)));
  return 1;
}

static uint64_t opposite(const generate_matrix *m, uint64_t word)
{
  return word ^ sign_bit(m);
}

/* An eighth more: 2^-3 of a number is taken by its bits, which for the next power of two is an eighth or a little less. */
static uint64_t beside(const generate_matrix *m, uint64_t word)
{
  return word + ((uint64_t)1 << (fraction_bits(m) - 3));
}

int case_fill_colluders(generate_matrix *m)
{
  return put_colluders(m, opposite);
}

int case_fill_close_colluders(generate_matrix *m)
{
  return put_colluders(m, beside);
}

int case_fill_clusters(generate_matrix *m)
{
  if (m->f == 0) return 0;
  put_gradients(m);
  for (size_t i = last_rows(m, m->f); i < m->n; i++)
    for (size_t c = 0; c < m->d; c++) put(m, i, c, fixed(m, ((int64_t)1 << 35) + bell(m), 36));
  return 1;
}
