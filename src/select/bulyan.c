/* Bulyan (El Mhamdi, Guerraoui, Rouault 2018): theta = n-2f times, Krum's winner among the rows that remain is taken from them. */
#include "selection.h"

size_t certigar_bulyan_neighbours(size_t r, size_t f)
{
  size_t k = r > f + 3 ? r - f - 2 : 1;
  return k < r - 1 ? k : r - 1;
}

int certigar_select_bulyan(certigar_selection *s, certigar_plan *plan)
{
  size_t f = plan->options.f, theta = s->n - 2 * f;
  for (size_t t = 0; t < theta && !atomic_load(&plan->stop); t++) {
    certigar_advance(plan, 0, 0);
    certigar_score score = certigar_krum_score(certigar_bulyan_neighbours(s->candidate_count, f));
    certigar_score_candidates(s, &score);
    if (!certigar_choose(s, plan, &score, 1)) return 0;
    certigar_record_scores(s);
    certigar_select_chosen(s);
    certigar_drop_candidate(s, certigar_winner(s));
  }
  return 1;
}
