/* Equal numbers where a rule must choose, and numbers that are equal but for an ULP. */
#include "generator_list.h"
#include "places.h"

int case_fill_all_equal(generate_matrix *m)
{
  for (size_t c = 0; c < m->d; c++) {
    const uint64_t word = ratio(m, 1 + (int64_t)below(m, 99), 10);
    for (size_t i = 0; i < m->n; i++) put(m, i, c, word);
  }
  return 1;
}

int case_fill_zeros(generate_matrix *m)
{
  for (size_t i = 0; i < m->n; i++)
    for (size_t c = 0; c < m->d; c++) put(m, i, c, random_sign(m));
  return 1;
}

/* Row i holds i in the first column, and i, n-1-i, or a permutation that is neither in the others. */
int case_fill_counting(generate_matrix *m)
{
  for (size_t i = 0; i < m->n; i++)
    for (size_t c = 0; c < m->d; c++) put(m, i, c, fixed(m, (int64_t)(c % 2 == 0 ? i : m->n - 1 - i), 0));
  return 1;
}

/* The middle row, and pairs of rows k steps beside and opposite it, in a direction of the columns. */
static void put_symmetric(generate_matrix *m, int64_t below_one)
{
  for (size_t c = 0; c < m->d; c++) {
    const int64_t middle = (int64_t)below(m, 17) - 8, step = 1 + (int64_t)below(m, 3);
    for (size_t i = 0; i < m->n; i++) {
      const int64_t k = i + 1 == m->n && m->n % 2 == 1 ? 0 : (int64_t)(i / 2 + 1);
      put(m, i, c, fixed(m, middle + (i % 2 == 0 ? k : -k) * step, below_one));
    }
  }
}

int case_fill_symmetric(generate_matrix *m)
{
  put_symmetric(m, 0);
  return 1;
}

int case_fill_median_ties(generate_matrix *m)
{
  put_symmetric(m, 1);
  for (size_t c = 0; c < m->d; c++) shuffle_column(m, c);
  return 1;
}

int case_fill_far_middles(generate_matrix *m)
{
  for (size_t i = 0; i < m->n; i++)
    for (size_t c = 0; c < m->d; c++) {
      const int64_t side = i < m->n / 2 ? 0 : 80;
      put(m, i, c, fixed(m, side + (int64_t)below(m, 8), 3));
    }
  return 1;
}

int case_fill_heaps(generate_matrix *m)
{
  for (size_t c = 0; c < m->d; c++) {
    const uint64_t words[2] = {ratio(m, (int64_t)below(m, 99), 10), ratio(m, -1 - (int64_t)below(m, 99), 10)};
    for (size_t i = 0; i < m->n; i++) put(m, i, c, words[i % 2]);
  }
  return m->n > 1;
}

int case_fill_duplicates(generate_matrix *m)
{
  put_gradients(m);
  for (size_t i = 1; i < m->n; i += 2) copy_row(m, i - 1, i);
  return m->n > 1;
}

int case_fill_one_ulp(generate_matrix *m)
{
  put_gradients(m);
  for (size_t i = 1; i < m->n; i++) {
    const size_t c = (size_t)below(m, m->d);
    copy_row(m, 0, i);
    put(m, i, c, get(m, i, c) ^ 1);
  }
  return 1;
}

int case_fill_near_ties(generate_matrix *m)
{
  put_symmetric(m, 0);
  const size_t row = (size_t)below(m, m->n), c = (size_t)below(m, m->d);
  put(m, row, c, get(m, row, c) == 0 ? 1 : get(m, row, c) ^ 1);
  return 1;
}

/* Powers of two are passed, where the ULP changes. */
int case_fill_consecutive(generate_matrix *m)
{
  for (size_t c = 0; c < m->d; c++) {
    const uint64_t first = word_of_one(m) - below(m, m->n + 1);
    for (size_t i = 0; i < m->n; i++) put(m, i, c, first + i);
  }
  return 1;
}
