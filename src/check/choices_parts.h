/* What choices.c and the files for kinds of rules share. */
#ifndef CERTIGAR_CHOICES_PARTS_H
#define CERTIGAR_CHOICES_PARTS_H

#include "check/choices.h"
#include "check/measure.h"
#include "check/near_numbers.h"
#include "check/row_sets.h"

enum { CERTIGAR_SEARCH_STEPS = 1 << 26 }; /* that a search may take: some seconds */

/* A kind of rule: how its selections are found, and judged. Both return 0 if there is no memory. */
typedef struct certigar_kind {
  int (*find)(certigar_choices *choices);
  /* *admitted: 1, 0 or -1; gap: exact, or rounded up; *finite becomes 0 if it is infinite or not known */
  int (*judge)(certigar_choices *choices, const unsigned char *set, int *admitted, mpq_t gap, int *finite);
} certigar_kind;

struct certigar_choices {
  certigar_plan *plan;            /* the caller's */
  certigar_plan *own;             /* one of the same rule to run */
  const certigar_matrix *input;
  certigar_kind kind;
  certigar_nearness nearness;     /* 0 ulps for exact ties */
  size_t n, f, cap;
  size_t steps;                   /* that a search may still take */
  int capped, no_memory;
  certigar_measure *measure;      /* of rules over distances or norms */
  certigar_numbers numbers;       /* of rules that choose once */
  size_t kept;                    /* how many of them */
  size_t forced;                  /* the row that is selected whatever the numbers are, or SIZE_MAX */
  unsigned char *allowed;         /* n flags: of the chosen rows those that are selected */
  int halves;                     /* the gap is one of weights */
  size_t *nearest;                /* n x n: the finite rows of each row by distance, itself left out; n where there is none */
  size_t *equal;                  /* the row before that is equal, or SIZE_MAX */
  size_t bytes, parts;            /* of a set; sets to a key */
  certigar_row_sets found;
  size_t given, *rows;            /* selections given; the last one */
  size_t *round_rows, *round_counts;
  unsigned char *set;             /* of admits */
};

/* One more selection. Returns 0 if there can be no more. */
int certigar_choices_add(certigar_choices *choices, const unsigned char *key);

/* The greatest gap that is admitted. */
void certigar_resolution(const certigar_choices *choices, mpq_t resolution);

/* Selections of one choice among choices->numbers. */
extern const certigar_kind certigar_one_choice;
/* Makes these numbers: krum's scores of all rows; norms or distances from the pivot; marks; zeno's scores. Return 0 if there is no memory. */
int certigar_number_krum(certigar_choices *choices);
int certigar_number_distances(certigar_choices *choices);
int certigar_number_marks(certigar_choices *choices);
int certigar_number_scores(certigar_choices *choices);

/* Krum's scores of the rows that are not in the set gone, with so many neighbours each. */
void certigar_krum_numbers(const certigar_choices *choices, const unsigned char *gone, size_t neighbours, certigar_numbers *numbers);

/* Rounds: bulyan; multi-bulyan iterated. */
extern const certigar_kind certigar_rounds;
extern const certigar_kind certigar_mean_rounds;

/* Sets of small diameter; of small greatest eigenvalue. */
extern const certigar_kind certigar_cliques;
extern const certigar_kind certigar_spectra;

#endif
