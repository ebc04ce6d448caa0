/* Mimic (Karimireddy, He, Jaggi 2022): all attackers send what one of the rows they see holds, the target, which so gets more weight than it has. */
#include "attacks.h"

#include <string.h>

void attack_mimic(attack_case *a)
{
  seen s = attack_seen(a);
  const float *row = s.rows + (a->target < s.count ? a->target : 0) * a->d;
  for (size_t k = 0; k < a->q; k++)
    if (attack_row(a, k) != row) memcpy(attack_row(a, k), row, a->d * sizeof *row);
}
