/* Least k of some numbers that are known up to a relative error only: which choices there are.
 *
 * Number z of weight w >= 0 may be taken for anything from z - r w to z + r w, r = R 2^-p. A set K of k candidates is admissible if no number in it is
 * surely greater than one left out: z_i - r w_i <= z_j + r w_j for i in K and j not in K. For r = 0 that is what spec/rules.md says of ties; for
 * w = z >= 0 it is (1 - r) z_i <= (1 + r) z_j.
 */
#ifndef CERTIGAR_NEAR_NUMBERS_H
#define CERTIGAR_NEAR_NUMBERS_H

#include <gmp.h>
#include <stddef.h>

/* r = ulps 2^-bits < 1. */
typedef struct certigar_nearness {
  unsigned long ulps, bits;
} certigar_nearness;

typedef struct certigar_numbers {
  size_t count, room;      /* candidates, in the order of their rows */
  size_t *rows;            /* which they are */
  size_t *twin;            /* the candidate before that is an equal row, or SIZE_MAX: of equal rows the first ones are taken first */
  int *infinite;           /* -1, +1; or 0, and */
  mpz_t *value, *weight;
  mpz_t *lower, *upper;    /* 2^bits times the ends of what the number may be taken for */
  size_t *order;           /* by value, equal ones by row */
} certigar_numbers;

/* Room for so many. Returns 0 if there is no memory; to be cleared even then. */
int certigar_numbers_init(certigar_numbers *numbers, size_t room);
void certigar_numbers_clear(certigar_numbers *numbers);

/* From count, rows, infinite, value and weight: the rest, but for twin. */
void certigar_numbers_finish(certigar_numbers *numbers, const certigar_nearness *nearness);

/* Whether number i may be taken for no more than number j. */
int certigar_may_precede(const certigar_numbers *numbers, size_t i, size_t j);

/* Calls visit for every admissible choice of k candidates, of those that differ in twins only for one, the choice by value first (if k numbers of
 * least value are also of least upper end, which holds for w = z): flags of the candidates. A visit that returns 0 ends it. steps: at most how many
 * more steps may be taken; 0 afterwards if they were not enough. Returns 0 if it was ended, 1 if not, -1 if there is no memory. */
int certigar_near_choices(const certigar_numbers *numbers, size_t k, size_t *steps, int (*visit)(void *context, const unsigned char *chosen),
                          void *context);

/* Whether a choice is admissible. */
int certigar_choice_is_near(const certigar_numbers *numbers, const unsigned char *chosen);

/* The greatest (z_i - z_j) / abs(z_j) over i in K and j left out, at least 0; halves: (z_i - z_j) / ((w_i + w_j) / 2). Returns 0 if it is infinite. */
int certigar_choice_gap(const certigar_numbers *numbers, const unsigned char *chosen, int halves, mpq_t gap);

#endif
