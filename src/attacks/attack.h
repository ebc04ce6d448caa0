/* Attacks on aggregation: what Byzantine workers send in place of what they computed.
 *
 * A matrix of n rows of d values holds what every worker computed honestly; the last q rows are the attackers'. An attack rewrites these and leaves
 * the others alone. Attackers see all rows (omniscient), or only their own. Each attack is a file of this folder.
 */
#ifndef CERTIGAR_ATTACK_H
#define CERTIGAR_ATTACK_H

#include "train/random.h"

#include <stddef.h>

/* How far the rule's output is moved when these are the rows; greater is better for the attackers. Of attacks that search. */
typedef double (*attack_objective)(void *context, const void *rows);

typedef struct attack_case {
  void *rows; /* n x d, row after row, of float or double; what is computed is computed in double */
  int is_double;
  size_t n, d, q, f; /* f: what the rule was told */
  int omniscient;
  double strength;   /* the attack's own factor */
  size_t target;     /* of mimic the row, of leeway the coordinate */
  random_stream random;
  attack_objective objective;
  void *context;
} attack_case;

typedef struct attack {
  const char *name;
  double strength;           /* when none is given; NAN where it is computed from n and q, or means nothing */
  int omniscient;            /* when it is not said */
  int searches;              /* needs the objective */
  size_t least_seen;         /* with fewer rows to see it changes nothing, or copies what it sees */
  void (*send)(attack_case *a); /* NULL: the attack is on labels, before a row is computed */
  const char *summary;       /* one line, with its source */
} attack;

extern const attack attacks[];
extern const size_t attack_count;

/* Whether a strength, or a target, means something to it. */
int attack_takes_strength(const attack *a);
int attack_takes_target(const attack *a);

/* How many targets there are, 0 to that less one: of mimic the rows seen, of leeway the d columns; 1 where a target means nothing. */
size_t attack_targets(const attack *a, size_t rows_seen, size_t d);

/* The attack of that name, or NULL. */
const attack *attack_named(const char *name);

#endif
