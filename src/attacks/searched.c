/* Little and empire with the factor that moves the rule's output farthest: all attackers send mean + g direction, direction minus the deviation or
 * minus the mean, g found by a line search: trials above the best g so far, by steps that double while they help and halve from then on, 16 trials.
 * The strength is the first step. Farhadkhani et al. 2022 search otherwise: steps shrink by 0.8, and go back too. */
#include "attacks.h"

#include <math.h>

enum { TRIALS = 16 };

static double deviated(const attack_case *a, const seen *s, size_t i)
{
  return seen_mean(s, i) - a->strength * seen_deviation(s, i);
}

static double negated(const attack_case *a, const seen *s, size_t i)
{
  return (1 - a->strength) * seen_mean(s, i);
}

static double try(attack_case *a, double g, double (*value)(const attack_case *, const seen *, size_t))
{
  a->strength = g;
  send_alike(a, value);
  return a->objective(a->context, a->rows);
}

static void search(attack_case *a, double (*value)(const attack_case *, const seen *, size_t))
{
  double step = a->strength, best = 0, best_moved;
  a->omniscient = a->omniscient && a->n > a->q;
  if (!a->omniscient) return; /* its own rows, which it would overwrite, tell too little */
  best_moved = try(a, 0, value);
  int growing = 1;
  for (int i = 1; i < TRIALS; i++) {
    double got = try(a, best + step, value);
    if (got > best_moved) {
      best_moved = got;
      best += step;
      if (growing) step *= 2;
    } else {
      growing = 0;
      step /= 2;
    }
  }
  try(a, best, value);
}

void attack_little_searched(attack_case *a)
{
  search(a, deviated);
}

void attack_empire_searched(attack_case *a)
{
  search(a, negated);
}
