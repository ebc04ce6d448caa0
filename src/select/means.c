/* Means of nearly all rows each, said by the rows that they leave out.
 *
 * A mean of n-f of n rows is a sum of n-f terms, or one that all means have in common less f terms: src/exact/shared.h. Rows that most means
 * leave out are the far ones, and may be so much greater than the others that no window holds both: they get no say in the means that are not
 * of them. So there are two sets to leave rows out of: all rows, and the common ones, which at least half of the means are of.
 */
#include "selection.h"

#include <string.h>

/* The rows that at least half of the means are of, ascending; position[i] becomes the place of row i among them, or -1. */
static void find_common(certigar_selection *s, int *position)
{
  memset(position, 0, s->n * sizeof *position);
  for (size_t i = 0; i < s->round_row_count; i++) position[s->round_rows[i]]++;
  s->means.common_count = 0;
  for (size_t i = 0; i < s->n; i++) {
    int most = 2 * (size_t)position[i] >= s->round_count;
    position[i] = most ? (int)s->means.common_count : -1;
    if (most) s->common[s->means.common_count++] = i;
  }
}

/* Whether there are rows that are not common, and the mean is of none of them. */
static int is_of_common(const certigar_selection *s, const size_t *rows, size_t count, const int *position)
{
  if (s->means.common_count == s->n) return 0;
  for (size_t i = 0; i < count; i++)
    if (position[rows[i]] < 0) return 0;
  return 1;
}

/* Writes the list of mean r, whose rows are given, to where it goes, no later; returns its length. */
static size_t write_list(certigar_selection *s, size_t r, const size_t *rows, size_t kept, const int *position, unsigned char *marks, size_t *list)
{
  int common = is_of_common(s, rows, kept, position);
  size_t length = 0, n = common ? s->means.common_count : s->n;
  s->of_common[r] = (unsigned char)common;
  s->left_out[r] = n - kept < kept;
  memset(marks, 0, s->n);
  for (size_t i = 0; i < kept; i++) marks[rows[i]] = 1;
  for (size_t i = 0; i < n; i++)
    if (marks[common ? s->common[i] : i] != s->left_out[r]) list[length++] = i;
  return length;
}

void certigar_share_means(certigar_selection *s)
{
  size_t total = 0, written = 0;
  for (size_t r = 0; r < s->round_count; r++) total += s->round_counts[r];
  s->round_row_count = total;
  s->means = (certigar_means){.count = s->round_count, .lists = s->round_rows, .lengths = s->round_counts, .shared = total > 2 * s->n,
                              .left_out = s->left_out, .of_common = s->of_common, .common = s->common};
  if (!s->means.shared) return;
  find_common(s, s->group);
  for (size_t r = 0, read = 0; r < s->round_count; r++) {
    size_t kept = s->round_counts[r];
    s->round_counts[r] = write_list(s, r, s->round_rows + read, kept, s->group, s->chosen, s->round_rows + written);
    read += kept;
    written += s->round_counts[r];
  }
}
