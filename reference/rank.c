/* Candidates in the order of a number each, and what choosing the first of them means: a tie, a margin (spec/rules.md, section 5).
 *
 * With A the number of the last one kept and B that of the first left out, the margin is 0 if A = B, else infinite if A = 0 or A or B is
 * infinite, else |B - A| / |A|; infinite if none is left out. */
#include "select.h"

#include <stdlib.h>

/* Whether row a comes before row b. */
static int before(reference_direction direction, const reference_extended *z, size_t a, size_t b) {
  const int compared = direction == REFERENCE_LEAST ? reference_extended_compare(&z[a], &z[b]) : reference_extended_compare(&z[b], &z[a]);
  return compared < 0 || (compared == 0 && a < b);
}

void reference_rank(reference_direction direction, const reference_extended *z, size_t *candidates, size_t count) {
  for (size_t i = 1; i < count; i++) {
    const size_t row = candidates[i];
    size_t place = i;
    while (place > 0 && before(direction, z, row, candidates[place - 1])) {
      candidates[place] = candidates[place - 1];
      place--;
    }
    candidates[place] = row;
  }
}

void reference_note_margin(const reference_extended *kept, const reference_extended *left_out, reference_selection *report) {
  reference_extended *margin = reference_extended_new(1);
  if (reference_extended_compare(kept, left_out) == 0) {
    mpq_set_ui(margin->value, 0, 1);
  } else if (kept->infinite != 0 || left_out->infinite != 0 || mpq_sgn(kept->value) == 0) {
    reference_extended_set_infinite(margin, 1);
  } else {
    mpq_sub(margin->value, left_out->value, kept->value);
    mpq_div(margin->value, margin->value, kept->value);
    mpq_abs(margin->value, margin->value);
  }
  if (reference_extended_compare(margin, &report->margin) < 0) reference_extended_set(&report->margin, margin);
  reference_extended_free(margin, 1);
}

int reference_selection_tie(const reference_extended *z, const size_t *candidates, size_t count, size_t kept, reference_selection *report) {
  if (kept < 1 || kept > count) reference_fail("a selection of none, or of more than there are");
  if (kept == count) return 0;
  const reference_extended *last = &z[candidates[kept - 1]], *next = &z[candidates[kept]];
  if (report != NULL) reference_note_margin(last, next, report);
  return reference_extended_compare(last, next) == 0;
}

size_t *reference_all_rows(size_t n) {
  size_t *all = reference_allocate(n, sizeof *all);
  for (size_t i = 0; i < n; i++) all[i] = i;
  return all;
}

void reference_remove(size_t *candidates, size_t *count, size_t at) {
  for (size_t i = at; i + 1 < *count; i++) candidates[i] = candidates[i + 1];
  (*count)--;
}
