/* What attackers see, and its moments: the honest rows if they are omniscient, else their own. */
#ifndef CERTIGAR_ATTACKS_SEEN_H
#define CERTIGAR_ATTACKS_SEEN_H

#include "attack.h"

typedef struct seen {
  const float *rows; /* count x d */
  size_t count;
} seen;

seen attack_seen(const attack_case *a);
float *attack_row(const attack_case *a, size_t k); /* the k-th attacker's */

/* Of column i: the mean; the standard deviation with the divisor count - 1 (Bessel's; 0 for one row). */
double seen_mean(const seen *s, size_t d, size_t i);
double seen_deviation(const seen *s, size_t d, size_t i);

/* Squared distances of the rows seen: of two; of one to their mean. */
double seen_square(const seen *s, size_t d, size_t i, size_t j);
double seen_square_to_mean(const seen *s, size_t d, size_t i);

/* All attackers send the same row: column i is value(a, s, i). */
void send_alike(attack_case *a, double (*value)(const attack_case *a, const seen *s, size_t i));

#endif
