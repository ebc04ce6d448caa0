/* What the rules that select share: exact numbers, distances, ranks, means of rows (spec/rules.md, section 5). */
#ifndef REFERENCE_SELECT_H
#define REFERENCE_SELECT_H

#include "context.h"
#include "selection.h"

/* ---- extended.c ---- */

void reference_extended_set(reference_extended *to, const reference_extended *from);
void reference_extended_set_z(reference_extended *to, mpz_srcptr from);
void reference_extended_set_infinite(reference_extended *to, int sign);

/* sum += term; infinities of both signs cannot meet. */
void reference_extended_add(reference_extended *sum, const reference_extended *term);

/* count numbers, all 0. */
reference_extended *reference_extended_new(size_t count);
void reference_extended_free(reference_extended *numbers, size_t count);

/* ---- distance.c ---- */

/* D_ij stands at i * n + j; N_i at i. To be freed with reference_extended_free. */
reference_extended *reference_distances(reference_context *context, size_t n, size_t d, const void *rows);
reference_extended *reference_norms(reference_context *context, size_t n, size_t d, const void *rows);

/* score: the sum of the `neighbours` least D_ij over the j of remaining (count of them) other than i. */
void reference_score(const reference_extended *distances, size_t n, size_t i, const size_t *remaining, size_t count, size_t neighbours,
                     reference_extended *score);

/* ---- rank.c ---- */

typedef enum reference_direction { REFERENCE_LEAST, REFERENCE_GREATEST } reference_direction;

/* Sorts the candidates by z, of equal ones the smaller row first. */
void reference_rank(reference_direction direction, const reference_extended *z, size_t *candidates, size_t count);

/* Of ranked candidates the first kept are selected: whether that is a tie; the report's margin becomes the lesser of it and this one's. */
int reference_selection_tie(const reference_extended *z, const size_t *candidates, size_t count, size_t kept, reference_selection *report);

/* The margin of a selection with A and B, the number of the last kept and that of the first left out. */
void reference_note_margin(const reference_extended *kept, const reference_extended *left_out, reference_selection *report);

/* 0, 1, ..., n - 1. To be freed. */
size_t *reference_all_rows(size_t n);

/* Candidate number `at` leaves the list. */
void reference_remove(size_t *candidates, size_t *count, size_t at);

/* ---- monna.c ---- */

/* The pivot, then the k-1 other rows nearest to it (and then the rest). report, for the margin, may be NULL. To be freed. */
size_t *reference_nearest(const reference_extended *distances, size_t n, size_t pivot, size_t k, int *tie, reference_selection *report);

/* ---- clip.c ---- */

/* Clips to the norm t; squared: t^2 in squared units. */
void reference_clip_to(reference_context *context, size_t n, mpq_srcptr squared, size_t d, const void *rows, void *out);

/* ---- outcome.c ---- */

/* Nothing selected, no scores, no ties, an infinite margin. */
void reference_begin(reference_selection *report, size_t n);

/* The selected rows, sorted ascending into the report. */
void reference_selected(reference_selection *report, const size_t *candidates, size_t count);

void reference_set_score(reference_selection *report, size_t row, const reference_extended *score);

/* The status, from the input and the output. */
void reference_end(reference_context *context, size_t n, size_t f, size_t d, const void *rows, const void *out,
                   reference_selection *report);

/* MeanOf and MeanAround of the listed rows. MeanAround returns the number of columns with a tie. */
void reference_mean_of(reference_context *context, size_t d, const void *rows, const size_t *list, size_t count, void *out);
size_t reference_mean_around(reference_context *context, size_t d, const void *rows, const size_t *list, size_t count, size_t kept,
                             void *out);

#endif
