/* Min-max (Shejwalkar, Houmansadr 2021): all attackers send mean - g deviation, g the greatest for which the row is no farther from any row seen
 * than the farthest two of these are from each other.
 *
 * With x_i the rows, mu their mean and p the deviation: norm(mu - x_i)^2 - 2 g <mu - x_i, p> + g^2 norm(p)^2 <= D for every i, D the greatest squared
 * distance; so g is the least over i of (b + sqrt(b^2 + norm(p)^2 (D - norm(mu - x_i)^2))) / norm(p)^2, b = <mu - x_i, p>. The strength multiplies g.
 */
#include "attacks.h"

#include <math.h>

static double greatest_square(const seen *s)
{
  double greatest = 0;
  for (size_t i = 0; i < s->count; i++)
    for (size_t j = 0; j < i; j++) greatest = fmax(greatest, seen_square(s, i, j));
  return greatest;
}

/* The greatest g for one row. */
static double reach(const seen *s, size_t i, double greatest)
{
  double square = 0, along = 0, length = 0;
  for (size_t c = 0; c < s->of->d; c++) {
    double from = seen_mean(s, c) - seen_value(s, i, c), p = seen_deviation(s, c);
    square += from * from;
    along += from * p;
    length += p * p;
  }
  return length > 0 ? (along + sqrt(along * along + length * fmax(0, greatest - square))) / length : 0;
}

static double below_mean(const attack_case *a, const seen *s, size_t i)
{
  return seen_mean(s, i) - a->strength * seen_deviation(s, i);
}

void attack_min_max(attack_case *a)
{
  seen s = attack_seen(a);
  double greatest = greatest_square(&s), least = HUGE_VAL;
  for (size_t i = 0; i < s.count; i++) least = fmin(least, reach(&s, i, greatest));
  a->strength *= isfinite(least) ? least : 0;
  send_alike(a, below_mean);
}
