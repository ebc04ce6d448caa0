/* Krum's scores of any published kind, exactly: sums of least distances, squared distances or fourth powers.
 *
 * Squares and fourth powers are integers. A sum of square roots is held between two numbers of BITS bits; where two such sums overlap, the terms that
 * they share are taken away, and the rest is compared with twice the bits, and again, up to BITS_MAX: sums that cannot be told apart then are taken
 * for equal. (So sums of integers are, and equal sums of other roots, which no number of bits could tell from nearly equal ones.)
 */
#ifndef CERTIGAR_SCORES_H
#define CERTIGAR_SCORES_H

#include "pairs.h"

enum { SCORE_BITS = 128, SCORE_BITS_MAX = 8192 };

typedef struct certigar_scores {
  const certigar_definition *definition;
  const certigar_pairs *pairs;
  size_t n, f;
  size_t *near;           /* n x n: of a finite row, the other finite ones, the nearest first, equal ones by row */
  size_t *terms, *counts; /* n x n, n: the rows whose distances a score adds up */
  unsigned char *taken;   /* n: by a round */
  unsigned char *class;   /* n: of each row's score */
  mpz_t *sums;            /* n: of a power that is an integer */
  mpfr_t *lower, *upper;  /* n: of the score */
  mpfr_t *roots[2];       /* of the finite pairs: from below, from above */
  mpfr_t *scratch;
  size_t *order, *other;  /* n: what is chosen from, sorted */
  mpz_srcptr *rest;       /* 2n: of a comparison */
} certigar_scores;

/* Returns 0 if there is no memory; to be cleared even then. */
int certigar_scores_init(certigar_scores *scores, const certigar_definition *definition, const certigar_pairs *pairs, size_t f);
void certigar_scores_clear(certigar_scores *scores);

/* Scores the rows that are not taken among themselves, with so many neighbours. */
void certigar_scores_find(certigar_scores *scores, size_t neighbours);

/* The same sums without the rows that were taken since. */
void certigar_scores_shorten(certigar_scores *scores);

/* -1, 0, 1 as row a's score is less than, equal to, greater than row b's. */
int certigar_scores_compare(certigar_scores *scores, size_t a, size_t b);

/* The same of a sum of distances and the square root of a number. */
int certigar_scores_compare_root(certigar_scores *scores, size_t a, mpz_srcptr square);

/* order[0 .. result-1]: what a round chooses from, by score; of equal ones the smaller row first, or as the definition says. */
size_t certigar_scores_sort(certigar_scores *scores);

/* How far the first of two rows is before the second, (b - a) / a from below, and what is known of a score. */
certigar_bound certigar_scores_margin(certigar_scores *scores, size_t a, size_t b);
certigar_interval certigar_scores_interval(const certigar_scores *scores, size_t i, int natural_exponent);

#endif
