/* Bulyan (El Mhamdi, Guerraoui, Rouault 2018): theta = n-2f times, Krum's winner among the rows that remain is taken from them. */
#include "select/notes.h"
#include "selection.h"

int certigar_note_choice(certigar_selection *s, certigar_plan *plan, size_t count, int tie)
{
  s->candidate_count = count;
  certigar_count_choice(s, tie);
  certigar_record_scores(s);
  certigar_advance(plan, 0, 0);
  return !atomic_load(&plan->stop);
}

int certigar_select_bulyan(certigar_selection *s, certigar_plan *plan)
{
  size_t theta = s->n - 2 * plan->options.f, *taken = s->rows;
  if (!s->kernels->take_rounds(s->distances, plan, s, certigar_distances_groups(s->distances), (int)s->n, (int)plan->options.f, (int)theta,
                               s->candidates, taken, s->row_lower, s->row_upper, s->order, s->lower, s->upper, s->group, s->chosen, s->open))
    return atomic_load(&plan->stop);
  for (size_t t = 0; t < theta; t++) s->selected[taken[t]] = 1;
  return 1;
}
