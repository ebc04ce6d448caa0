/* Selections of a plan's rule: all admissible ones (exact ties), or those that the dtype may fail to tell from the rule's own (spec/verdicts.md, TIE
 * and AMBIGUOUS).
 *
 * All decisions are exact; for smea, whose numbers are eigenvalues, they are those of real/smea.c, with 128 bits. Of selections that differ only in
 * rows that are equal as numbers, and so have the same output, one is given; of krum, zeno, cge and monna every one is.
 */
#ifndef CERTIGAR_CHOICES_H
#define CERTIGAR_CHOICES_H

#include "plan.h"

typedef enum certigar_closeness { CERTIGAR_TIED, CERTIGAR_NEAR } certigar_closeness;

typedef struct certigar_choices certigar_choices;

/* Of the last plan of a chain and its own input, which must both stay as they are; at most cap selections. Finds them all, which takes a pass or two
 * over the input and then no time that depends on d. Zeno's loss, if there is one, is asked for again. NULL if there is no memory.
 * The rules of columns, geometric-median, centered-clipping and caf have one selection, all rows; a rule that has no value has none. */
certigar_choices *certigar_choices_new(certigar_plan *plan, const certigar_matrix *input, certigar_closeness closeness, size_t cap);
void certigar_choices_free(certigar_choices *choices);

/* 1 and the next selection: its rows, ascending, until the next call; every set once, the rule's own first. 0 if none is left, or the cap is reached.
 * Of multi-bulyan iterated they are the rows that entered a mean, and a selection is what the rounds' means are made of: see below. */
int certigar_choices_next(certigar_choices *choices, const size_t **rows, size_t *row_count);

/* Whether there may be more than were given: the cap was reached, or the search for more grew too long. */
int certigar_choices_capped(const certigar_choices *choices);

/* Of multi-bulyan iterated, of the selection that was given last: the rows that each round's mean is of, one round after the other, and how many each
 * has, as kernels.around_means_tile takes them. Returns 0 for other rules. */
int certigar_choices_rounds(const certigar_choices *choices, const size_t **round_rows, const size_t **round_counts, size_t *round_count);

/* Whether this selection (ascending rows) is one of them, found without listing them: 1, 0, or -1 if that was not found out. *resolution: what the
 * dtype can tell, rounded down, 0 for exact ties; *gap: the relative gap that must be ignored for this selection, rounded up, infinite if there is
 * none or it is not known. Of multi-bulyan iterated selections that were listed are looked through, and there is no gap. */
int certigar_choices_admits(certigar_choices *choices, const size_t *rows, size_t row_count, certigar_bound *gap, certigar_bound *resolution);

#endif
