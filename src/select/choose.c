/* The choice of the candidates of least score, and its ties and margin. */
#include "choose_nearest.h"
#include "selection.h"

void certigar_all_candidates(certigar_selection *s)
{
  s->candidate_count = s->n;
  for (size_t i = 0; i < s->n; i++) s->candidates[i] = i;
}

void certigar_drop_candidate(certigar_selection *s, size_t c)
{
  s->kernels->drop_candidate(s->candidates, (int)s->candidate_count--, (int)c);
}

/* Between the greatest score chosen and the least left out; infinite if none is left out. */
static certigar_bound margin_of_choice(const certigar_selection *s)
{
  const uint32_t *first = NULL, *second = NULL;
  for (size_t c = 0; c < s->candidate_count; c++) {
    const uint32_t *lower = s->lower + c * s->digits, *upper = s->upper + c * s->digits;
    if (s->chosen[c] ? !first || s->kernels->natural_compare(upper, first) > 0 : 0) first = upper;
    if (s->chosen[c] ? 0 : !second || s->kernels->natural_compare(lower, second) < 0) second = lower;
  }
  if (!first || !second) return (certigar_bound){.infinite = 1};
  return certigar_relative_margin(s->kernels, first, second, s->row_lower);
}

void certigar_count_choice(certigar_selection *s, int tie)
{
  certigar_bound margin = margin_of_choice(s);
  if (certigar_bound_compare(margin, s->margin) < 0) s->margin = margin;
  s->ties += (size_t)tie;
}

/* Returns 1 if the choice was made, and counted, 0 if not. */
static int choose_rows(certigar_selection *s, certigar_plan *plan, const certigar_score *score, const size_t *candidates, int n, int m,
                       unsigned char *chosen)
{
  int tie = s->kernels->choose_rows(s->distances, plan, certigar_distances_groups(s->distances), candidates, n, m, score->neighbours,
                                    score->pivot, s->row_lower, s->row_upper, s->order, s->lower, s->upper, s->group, chosen, s->open);
  if (tie < 0) return 0;
  certigar_count_choice(s, tie);
  return 1;
}

int certigar_choose(certigar_selection *s, certigar_plan *plan, const certigar_score *score, size_t m)
{
  return choose_rows(s, plan, score, s->candidates, (int)s->candidate_count, (int)m, s->chosen) || atomic_load(&plan->stop);
}

int certigar_choose_nearest(certigar_selection *s, certigar_plan *plan, const size_t *candidates, int n, int m, size_t i, unsigned char *chosen)
{
  certigar_score score = certigar_distance_score(i);
  s->candidate_count = (size_t)n;
  return choose_rows(s, plan, &score, candidates, n, m, chosen);
}

/* Not known to be different, equal, or infinite. */
static int may_be_equal(const certigar_selection *s, size_t c, size_t e)
{
  const uint32_t *low = s->lower + c * s->digits, *high = s->upper + e * s->digits;
  return s->group[c] != s->group[e] && low[s->digits - 1] == 0 && s->kernels->natural_compare(low, high) <= 0 &&
         s->kernels->natural_compare(s->lower + e * s->digits, s->upper + c * s->digits) <= 0;
}

/* Asks for the distances of all rows of which another may have the same score. */
static void want_close(certigar_selection *s, const certigar_score *score)
{
  certigar_all_candidates(s);
  certigar_score_candidates(s, score);
  for (size_t c = 0; c < s->n; c++) {
    size_t e = 0;
    while (e < s->n && !may_be_equal(s, c, e)) e++;
    for (size_t i = 0; i < s->n && e < s->n; i++)
      if (i != c) certigar_distances_want(s->distances, c, i);
  }
}

static int begin_choices(certigar_selection *s, certigar_plan *plan, int (*choices)(certigar_selection *s, certigar_plan *plan))
{
  s->ties = s->round_count = s->round_row_count = 0;
  s->margin = (certigar_bound){.infinite = 1};
  certigar_all_candidates(s);
  return choices(s, plan);
}

int certigar_make_choices(certigar_selection *s, certigar_plan *plan, int (*choices)(certigar_selection *s, certigar_plan *plan),
                          const certigar_score *score)
{
  certigar_distances_put_off(s->distances, 1);
  int made = begin_choices(s, plan, choices);
  certigar_distances_put_off(s->distances, 0);
  if (made || atomic_load(&plan->stop)) return made;
  if (score) want_close(s, score);
  return certigar_distances_refine(s->distances, plan) && begin_choices(s, plan, choices);
}

size_t certigar_winner(const certigar_selection *s)
{
  size_t c = 0;
  while (c + 1 < s->candidate_count && !s->chosen[c]) c++;
  return c;
}

void certigar_record_scores(certigar_selection *s)
{
  for (size_t c = 0; c < s->candidate_count; c++)
    s->scores[s->candidates[c]] = (certigar_interval){certigar_bound_of(s->kernels, s->lower + c * s->digits, 0),
                                                      certigar_bound_of(s->kernels, s->upper + c * s->digits, 1)};
}

void certigar_select_chosen(certigar_selection *s)
{
  for (size_t c = 0; c < s->candidate_count; c++)
    if (s->chosen[c]) s->selected[s->candidates[c]] = 1;
}

void certigar_add_round(certigar_selection *s)
{
  size_t count = 0;
  for (size_t c = 0; c < s->candidate_count; c++)
    if (s->chosen[c]) s->round_rows[s->round_row_count + count++] = s->candidates[c];
  s->round_counts[s->round_count++] = count;
  s->round_row_count += count;
}

/* ---- scores ---- */

certigar_score certigar_krum_score(size_t neighbours)
{
  return (certigar_score){(int)neighbours, -1};
}

certigar_score certigar_distance_score(size_t row)
{
  return (certigar_score){0, (int)row};
}

void certigar_score_candidates(certigar_selection *s, const certigar_score *score)
{
  s->kernels->bound_candidates(s->distances, certigar_distances_groups(s->distances), s->candidates, (int)s->candidate_count, score->neighbours,
                               score->pivot, s->row_lower, s->row_upper, s->order, s->lower, s->upper, s->group);
}
