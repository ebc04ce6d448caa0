/* What attackers see, and its moments: the honest rows if they are omniscient, else their own. */
#ifndef CERTIGAR_ATTACKS_SEEN_H
#define CERTIGAR_ATTACKS_SEEN_H

#include "attack.h"

typedef struct seen {
  const attack_case *of;
  size_t first, count; /* rows */
} seen;

/* A number of an array of double or float. */
double attack_value(const void *rows, int is_double, size_t at);

seen attack_seen(const attack_case *a);
double seen_value(const seen *s, size_t row, size_t i); /* row 0 to count - 1 */

/* The k-th attacker's own row. */
double attack_own(const attack_case *a, size_t k, size_t i);
void attack_send(attack_case *a, size_t k, size_t i, double value);

/* Of column i: the mean; the standard deviation with the divisor count - 1 (Bessel's; 0 for one row). */
double seen_mean(const seen *s, size_t i);
double seen_deviation(const seen *s, size_t i);

/* Squared distances of the rows seen: of two; of one to their mean. */
double seen_square(const seen *s, size_t i, size_t j);
double seen_square_to_mean(const seen *s, size_t i);

/* All attackers send the same row: column i is wanted(a, s, i). */
void send_alike(attack_case *a, double (*wanted)(const attack_case *a, const seen *s, size_t i));

#endif
