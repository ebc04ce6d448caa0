/* Sums: what is lost when terms of different sizes are added, and where a mean lies between two numbers. */
#include "generator_list.h"
#include "places.h"

int case_fill_subtraction(generate_matrix *m)
{
  static const int64_t tenths[] = {10, 11, 9, 10};
  if (m->f == 0) return 0;
  for (size_t i = 0; i < m->n; i++)
    for (size_t c = 0; c < m->d; c++) put(m, i, c, i < m->n - m->f ? ratio(m, tenths[i % 4], 10) : fixed(m, 1000000000, 0));
  return 1;
}

int case_fill_opposites(generate_matrix *m)
{
  for (size_t c = 0; c < m->d; c++) {
    for (size_t i = 0; i < m->n; i += 2) {
      const uint64_t word = fixed(m, bell(m), (int64_t)below(m, 40) + 13), tiny = (uint64_t)one_in(m, 4);
      put(m, i, c, word);
      if (i + 1 < m->n) put(m, i + 1, c, (word ^ sign_bit(m)) ^ tiny);
    }
    shuffle_column(m, c);
  }
  return 1;
}

/* Pairs 1 + k ULP and 1 + (odd - k) ULP: the mean of each, and so of all, is 1 + odd / 2 ULP. If n is odd three values have that mean: 1 less half an
 * ULP (the number below 1), and two above 1 by (3 odd + 1) / 2 ULP together. */
int case_fill_midpoints(generate_matrix *m)
{
  const uint64_t base = word_of_one(m);
  if (m->n == 1) return 0;
  for (size_t c = 0; c < m->d; c++) {
    const uint64_t odd = 9 + 2 * below(m, 4);
    size_t i = 0;
    if (m->n % 2 == 1) {
      const uint64_t both = (3 * odd + 1) / 2, k = below(m, both + 1);
      put(m, 0, c, base - 1);
      put(m, 1, c, base + k);
      put(m, 2, c, base + both - k);
      i = 3;
    }
    for (; i + 1 < m->n; i += 2) {
      const uint64_t k = below(m, odd + 1);
      put(m, i, c, base + k);
      put(m, i + 1, c, base + odd - k);
    }
    shuffle_column(m, c);
  }
  return 1;
}
