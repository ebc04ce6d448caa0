/* Mimic (Karimireddy, He, Jaggi 2022): all attackers send what one of the rows they see holds, the target, which so gets more weight than it has. */
#include "attacks.h"

static double target_value(const attack_case *a, const seen *s, size_t i)
{
  return seen_value(s, a->target < s->count ? a->target : 0, i);
}

void attack_mimic(attack_case *a)
{
  send_alike(a, target_value);
}
