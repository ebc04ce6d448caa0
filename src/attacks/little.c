/* A little is enough (Baruch, Baruch, Goldberg 2019): attackers stay within the spread of the honest rows, where rules do not see them.
 *
 * little  as in the DRA/MRA thesis, Algorithm 17: each attacker sends its own row less strength standard deviations, column by column.
 * alie    as in the paper: all send mean - z standard deviations; z is the strength, or else the greatest for which about s honest rows, s = floor(n/2 + 1) -
 *         q, lie beyond: the normal quantile of (n - q - s) / (n - q).
 */
#include "attacks.h"

#include <math.h>

void attack_little(attack_case *a)
{
  seen s = attack_seen(a);
  for (size_t i = 0; i < a->d; i++) {
    double by = a->strength * seen_deviation(&s, i);
    for (size_t k = 0; k < a->q; k++) attack_send(a, k, i, attack_own(a, k, i) - by);
  }
}

/* The x with P(X <= x) = p of a standard normal X, by halving an interval. */
static double normal_quantile(double p)
{
  double low = -40, high = 40;
  for (int i = 0; i < 200; i++) {
    double middle = (low + high) / 2;
    if (erfc(-middle / sqrt(2)) / 2 < p) low = middle;
    else high = middle;
  }
  return low;
}

double alie_strength(size_t n, size_t q)
{
  double honest = (double)(n - q), beyond = floor((double)n / 2 + 1) - (double)q;
  double share = (honest - beyond) / honest;
  return share <= 0 ? 0 : share >= 1 ? 40 : normal_quantile(share);
}

static double below_mean(const attack_case *a, const seen *s, size_t i)
{
  return seen_mean(s, i) - a->strength * seen_deviation(s, i);
}

void attack_alie(attack_case *a)
{
  if (isnan(a->strength)) a->strength = alie_strength(a->n, a->q);
  send_alike(a, below_mean);
}
