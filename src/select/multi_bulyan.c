/* Multi-Bulyan, iterated (El Mhamdi, Guerraoui 2019): in rounds with r = n, ..., 2f+3 rows remaining, the mean of the r-f-2 rows of least score
 * makes a row, and the least is taken away. */
#include "order/krum_counts.h"
#include "selection.h"

int certigar_select_multi_bulyan(certigar_selection *s, certigar_plan *plan)
{
  size_t f = plan->options.f;
  s->round_count = s->round_row_count = 0;
  while (s->candidate_count >= 2 * f + 3 && !atomic_load(&plan->stop)) {
    size_t best = certigar_krum_neighbours(s->candidate_count, f), ties = s->ties;
    certigar_advance(plan, 0, 0);
    certigar_score score = certigar_krum_score(best);
    if (!certigar_choose(s, plan, &score, best)) return 0;
    certigar_select_chosen(s);
    certigar_add_round(s);
    if (!certigar_choose(s, plan, &score, 1)) return 0;
    certigar_record_scores(s);
    certigar_drop_candidate(s, certigar_winner(s));
    if (s->ties > ties) s->ties = ties + 1;
  }
  certigar_share_means(s);
  return 1;
}
