/* Attacks that send multiples.
 *
 * empire          the attacker's own row times -strength, 0.9 (DRA/MRA thesis, Algorithm 18)
 * sign-flip       the same with 1 (Allen-Zhu et al. 2020)
 * gradient-scale  the same with -10^10, that is the own row times 10^10 (BrSGD)
 * ipm             -strength times the honest mean, 0.1 (inner product manipulation; Xie, Koyejo, Gupta 2020)
 * model-negation  -strength times the sum of the honest rows, 10^10 (BrSGD)
 */
#include "attacks.h"

void attack_multiple(attack_case *a)
{
  for (size_t k = 0; k < a->q; k++)
    for (size_t i = 0; i < a->d; i++) attack_send(a, k, i, -a->strength * attack_own(a, k, i));
}

static double minus_mean(const attack_case *a, const seen *s, size_t i)
{
  return -a->strength * seen_mean(s, i);
}

static double minus_sum(const attack_case *a, const seen *s, size_t i)
{
  return minus_mean(a, s, i) * (double)s->count;
}

void attack_ipm(attack_case *a)
{
  send_alike(a, minus_mean);
}

void attack_model_negation(attack_case *a)
{
  send_alike(a, minus_sum);
}
