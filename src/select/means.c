/* Means that share most of their rows, said by flags: src/exact/shared.h. Kernels say of how many rows they take them.
 *
 * Rows that most means leave out are the far ones, and may be so much greater than the others that no window holds both. They get no say in the
 * means that are of common rows only: those that at least half of the means are of.
 */
#include "selection.h"

#include <string.h>

static void find_common(certigar_selection *s)
{
  size_t *times = s->common_times;
  memset(times, 0, s->n * sizeof *times);
  for (size_t i = 0; i < s->round_row_count; i++) times[s->round_rows[i]]++;
  for (size_t i = 0; i < s->n; i++) s->common[i] = 2 * times[i] >= s->round_count;
}

/* Flags of the rows of one mean; returns whether all are common. */
static int flag_rows(const certigar_selection *s, const size_t *rows, size_t count, unsigned char *kept)
{
  int common = 1;
  memset(kept, 0, s->n);
  for (size_t i = 0; i < count; i++) {
    kept[rows[i]] = 1;
    common &= s->common[rows[i]];
  }
  return common;
}

void certigar_share_means(certigar_selection *s)
{
  const size_t *rows = s->round_rows;
  s->round_row_count = 0;
  for (size_t r = 0; r < s->round_count; r++) s->round_row_count += s->round_counts[r];
  int shared = s->n <= s->kernels->shared_rows && s->round_row_count > 2 * s->n;
  s->means = (certigar_means){.count = s->round_count, .rows = rows, .counts = s->round_counts, .kept = shared ? s->kept : NULL,
                              .of_common = s->of_common, .common = s->common};
  if (!shared) return;
  find_common(s);
  for (size_t r = 0; r < s->round_count; rows += s->round_counts[r], r++)
    s->of_common[r] = (unsigned char)flag_rows(s, rows, s->round_counts[r], s->kept + r * s->n);
}
