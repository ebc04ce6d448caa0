/* Krum and Multi-Krum (Blanchard et al. 2017): the m rows of least score, the sum of the n-f-2 least distances from other rows. */
#include "order/krum_counts.h"
#include "selection.h"

int certigar_select_krum(certigar_selection *s, certigar_plan *plan, size_t m)
{
  certigar_score score = certigar_krum_score(certigar_krum_neighbours(s->n, plan->options.f));
  if (!certigar_choose(s, plan, &score, m)) return 0;
  certigar_record_scores(s);
  certigar_select_chosen(s);
  return 1;
}
