/* The covariance of k rows has the non-zero eigenvalues of K = (1/k) <x_i - mean, x_j - mean>, which follows from the inner products of the rows.
 * K is squared until only what belongs to its greatest eigenvalue is left; a column of that is the eigenvector. */
#include "eigenvalues.h"
#include "attacks.h"

#include <math.h>
#include <string.h>

enum { SQUARINGS = 26 }; /* an eigenvalue that is less by a millionth is left with a weight of e^-67 */

typedef double square_matrix[ROWS_MAX][ROWS_MAX];

static double greatest_entry(square_matrix P, size_t k)
{
  double greatest = 0;
  for (size_t i = 0; i < k; i++)
    for (size_t j = 0; j < k; j++) greatest = fmax(greatest, fabs(P[i][j]));
  return greatest;
}

/* P becomes its square, scaled; returns 0 if it is zero. */
static int square(square_matrix P, size_t k)
{
  static square_matrix product;
  const double size = greatest_entry(P, k);
  if (size == 0) return 0;
  for (size_t i = 0; i < k; i++)
    for (size_t j = 0; j <= i; j++) {
      double sum = 0;
      for (size_t l = 0; l < k; l++) sum += P[i][l] / size * (P[j][l] / size);
      product[i][j] = product[j][i] = sum;
    }
  memcpy(P, product, sizeof product);
  return 1;
}

/* <Kv, v> / <v, v> */
static double quotient(square_matrix K, size_t k, const double *v)
{
  double above = 0, below = 0;
  for (size_t i = 0; i < k; i++) {
    double sum = 0;
    for (size_t j = 0; j < k; j++) sum += K[i][j] * v[j];
    above += sum * v[i];
    below += v[i] * v[i];
  }
  return above / below;
}

static double greatest_eigenvalue(square_matrix inner, const size_t *set, size_t k)
{
  static square_matrix K, P;
  double means[ROWS_MAX] = {0}, mean = 0;
  for (size_t i = 0; i < k; i++) {
    for (size_t j = 0; j < k; j++) means[i] += inner[set[i]][set[j]] / (double)k;
    mean += means[i] / (double)k;
  }
  for (size_t i = 0; i < k; i++)
    for (size_t j = 0; j < k; j++) K[i][j] = (inner[set[i]][set[j]] - means[i] - means[j] + mean) / (double)k;
  memcpy(P, K, sizeof K);
  for (int s = 0; s < SQUARINGS; s++)
    if (!square(P, k)) return 0;
  size_t heaviest = 0;
  for (size_t i = 1; i < k; i++)
    if (P[i][i] > P[heaviest][heaviest]) heaviest = i;
  return quotient(K, k, P[heaviest]);
}

/* The inner products of the finite rows, in finite; returns how many there are. */
static size_t multiply_rows(const float *rows, size_t n, size_t d, square_matrix inner, size_t *finite)
{
  size_t m = 0;
  for (size_t i = 0; i < n; i++) {
    int good = 1;
    for (size_t c = 0; c < d; c++) good &= isfinite(rows[i * d + c]) != 0;
    if (good) finite[m++] = i;
  }
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j <= i; j++) {
      const float *x = &rows[finite[i] * d], *y = &rows[finite[j] * d];
      double sum = 0;
      for (size_t c = 0; c < d; c++) sum += (double)x[c] * y[c];
      inner[i][j] = inner[j][i] = sum;
    }
  return m;
}

/* The next k of the numbers below m, ascending; returns 0 after the last ones. */
static int next_set(size_t *set, size_t k, size_t m)
{
  size_t i = k;
  while (i > 0 && set[i - 1] == m - k + i - 1) i--;
  if (i == 0) return 0;
  set[i - 1]++;
  for (; i < k; i++) set[i] = set[i - 1] + 1;
  return 1;
}

int least_eigenvalue(const float *rows, size_t n, size_t d, size_t f, const size_t *selected, size_t count)
{
  static square_matrix inner;
  size_t finite[ROWS_MAX], set[ROWS_MAX], m = multiply_rows(rows, n, d, inner, finite), found = 0;
  const size_t left = f > n - m ? f - (n - m) : 0;
  if (m == 0 || count != m - left) return 0;
  for (size_t i = 0; i < m; i++)
    if (found < count && finite[i] == selected[found]) set[found++] = i;
  if (found != count) return 0;
  const double own = greatest_eigenvalue(inner, set, count);
  for (size_t i = 0; i < count; i++) set[i] = i;
  do {
    if (greatest_eigenvalue(inner, set, count) * (1 + 1e-6) < own) return 0;
  } while (next_set(set, count, m));
  return 1;
}
