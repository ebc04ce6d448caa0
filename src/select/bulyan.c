/* Bulyan (El Mhamdi, Guerraoui, Rouault 2018): theta = n-2f times, Krum's winner among the rows that remain is taken from them. */
#include "order/krum_counts.h"
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

static int take_rows(certigar_selection *s, certigar_plan *plan)
{
  int f = (int)plan->options.f, theta = (int)s->n - 2 * f;
  return s->kernels->take_rounds(s->distances, plan, s, certigar_distances_groups(s->distances), (int)s->n, f, theta, s->candidates, s->rows,
                                 s->row_lower, s->row_upper, s->order, s->lower, s->upper, s->group, s->chosen, s->open);
}

int certigar_select_bulyan(certigar_selection *s, certigar_plan *plan)
{
  certigar_score score = certigar_krum_score(certigar_krum_neighbours(s->n, plan->options.f));
  if (!certigar_make_choices(s, plan, take_rows, &score)) return atomic_load(&plan->stop);
  for (size_t t = 0; t < s->n - 2 * plan->options.f; t++) s->selected[s->rows[t]] = 1;
  return 1;
}
