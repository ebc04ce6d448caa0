/* Attacks that send what has nothing to do with the rows: infinities, NaN, Gaussian noise of the standard deviation strength (200 in BrSGD). */
#include "attacks.h"

#include <math.h>

static void fill(attack_case *a, double value)
{
  for (size_t k = 0; k < a->q; k++)
    for (size_t i = 0; i < a->d; i++) attack_send(a, k, i, value);
}

void attack_infinity(attack_case *a)
{
  fill(a, INFINITY);
}

void attack_minus_infinity(attack_case *a)
{
  fill(a, -INFINITY);
}

void attack_nan(attack_case *a)
{
  fill(a, NAN);
}

void attack_gaussian(attack_case *a)
{
  for (size_t k = 0; k < a->q; k++)
    for (size_t i = 0; i < a->d; i++) attack_send(a, k, i, a->strength * random_normal(&a->random));
}
