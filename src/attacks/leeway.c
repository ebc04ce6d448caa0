/* The sqrt(d) leeway (El Mhamdi, Guerraoui, Rouault 2018): all attackers send the mean of the rows seen with one column moved, as far as Krum still prefers
 * them. Honest rows are apart by about sqrt(d) deviations over all columns together; the attackers spend all of that on the target column.
 *
 * With f - 1 copies of itself at distance 0, an attacker's Krum score is the sum of its n - f - 2 - (q - 1) least squared distances from honest rows,
 * g^2 + 2 g (mu_c - x_ic) + norm(mu - x_i)^2; g is the greatest, to one part in 10^6, at which that is below the least score an honest row has among honest
 * rows. The strength multiplies g.
 */
#include "attacks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double least_sum(double *x, size_t count, size_t k)
{
  double sum = 0;
  qsort(x, count, sizeof *x, compare);
  for (size_t i = 0; i < k && i < count; i++) sum += x[i];
  return sum;
}

static double least_honest_score(const seen *s, size_t neighbours, double *scratch)
{
  double least = HUGE_VAL;
  for (size_t i = 0; i < s->count; i++) {
    size_t others = 0;
    for (size_t j = 0; j < s->count; j++)
      if (j != i) scratch[others++] = seen_square(s, i, j);
    least = fmin(least, least_sum(scratch, others, neighbours));
  }
  return least;
}

static double score_at(const attack_case *a, const seen *s, const double *squares, size_t neighbours, double g, double *scratch)
{
  double mean = seen_mean(s, a->target);
  for (size_t i = 0; i < s->count; i++) scratch[i] = squares[i] + 2 * g * (mean - seen_value(s, i, a->target)) + g * g;
  return least_sum(scratch, s->count, neighbours);
}

static double find_leeway(const attack_case *a, const seen *s, double *squares, double *scratch)
{
  size_t all = a->n > a->f + 2 ? a->n - a->f - 2 : 1, own = a->q - 1;
  double bound = least_honest_score(s, all, scratch), low = 0, high = 1;
  for (size_t i = 0; i < s->count; i++) squares[i] = seen_square_to_mean(s, i);
  if (!(bound > 0) || !isfinite(bound)) return 0;
  size_t neighbours = all > own ? all - own : 1;
  while (score_at(a, s, squares, neighbours, high, scratch) < bound && high < 1e300) high *= 2;
  while (high - low > 1e-6 * high && high > 1e-300) {
    double middle = (low + high) / 2;
    if (score_at(a, s, squares, neighbours, middle, scratch) < bound) low = middle;
    else high = middle;
  }
  return low;
}

static double mean_of_column(const attack_case *a, const seen *s, size_t i)
{
  return seen_mean(s, i) + (i == a->target ? a->strength : 0);
}

void attack_leeway(attack_case *a)
{
  if (a->d == 0) return;
  seen s = attack_seen(a);
  double *squares = malloc(s.count * sizeof *squares), *scratch = malloc(s.count * sizeof *scratch);
  a->target = a->target < a->d ? a->target : 0;
  a->strength *= squares && scratch ? find_leeway(a, &s, squares, scratch) : 0;
  free(squares);
  free(scratch);
  send_alike(a, mean_of_column);
}
