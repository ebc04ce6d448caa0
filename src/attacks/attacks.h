/* What the files of this folder hold, for their list. */
#ifndef CERTIGAR_ATTACKS_H
#define CERTIGAR_ATTACKS_H

#include "seen.h"

void attack_little(attack_case *a);
void attack_alie(attack_case *a);
void attack_multiple(attack_case *a);
void attack_ipm(attack_case *a);
void attack_model_negation(attack_case *a);
void attack_infinity(attack_case *a);
void attack_minus_infinity(attack_case *a);
void attack_nan(attack_case *a);
void attack_gaussian(attack_case *a);
void attack_mimic(attack_case *a);
void attack_min_max(attack_case *a);
void attack_leeway(attack_case *a);
void attack_little_searched(attack_case *a);
void attack_empire_searched(attack_case *a);

/* The z of alie for n rows, q of them the attackers'. */
double alie_strength(size_t n, size_t q);

#endif
