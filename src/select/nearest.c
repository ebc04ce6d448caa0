/* CGE (Gupta, Liu, Vaidya 2020) and MoNNA (Farhadkhani et al. 2023): the n-f rows of least norm; a pivot and the n-f-1 rows nearest to it. */
#include "selection.h"

int certigar_select_nearest(certigar_selection *s, certigar_plan *plan)
{
  size_t kept = s->n - plan->options.f, pivot = plan->rule == CERTIGAR_MONNA ? plan->options.pivot : 0;
  certigar_score score = certigar_distance_score(pivot);
  certigar_score_candidates(s, &score);
  certigar_record_scores(s);
  if (plan->rule == CERTIGAR_MONNA) {
    s->selected[pivot] = 1;
    kept--;
    certigar_drop_candidate(s, pivot);
  }
  if (!certigar_choose(s, plan, &score, kept)) return 0;
  certigar_record_scores(s);
  certigar_select_chosen(s);
  return 1;
}
