/* Multi-Bulyan, iterated (El Mhamdi, Guerraoui 2019): in rounds with r = n, ..., 2f+3 rows remaining, the mean of the r-f-2 rows of least score
 * makes a row, and the least is taken away. */
#include "order/krum_counts.h"
#include "selection.h"

static int make_rounds(certigar_selection *s, certigar_plan *plan)
{
  size_t f = plan->options.f;
  while (s->candidate_count >= 2 * f + 3 && !atomic_load(&plan->stop)) {
    size_t best = certigar_krum_neighbours(s->candidate_count, f), ties = s->ties;
    certigar_advance(plan, 0, 0);
    certigar_score score = certigar_krum_score(best);
    if (!certigar_choose(s, plan, &score, best)) return 0;
    certigar_add_round(s);
    if (!certigar_choose(s, plan, &score, 1)) return 0;
    certigar_record_scores(s);
    certigar_drop_candidate(s, certigar_winner(s));
    if (s->ties > ties) s->ties = ties + 1;
  }
  return 1;
}

int certigar_select_multi_bulyan(certigar_selection *s, certigar_plan *plan)
{
  certigar_score score = certigar_krum_score(certigar_krum_neighbours(s->n, plan->options.f));
  if (!certigar_make_choices(s, plan, make_rounds, &score)) return 0;
  for (size_t r = 0; r < s->round_row_count; r++) s->selected[s->round_rows[r]] = 1;
  certigar_share_means(s);
  return 1;
}
