/* The interpreter of the table: which rows a profile chooses. */
#include "scores.h"

#include <stdlib.h>

size_t certigar_profile_f(const certigar_plan *plan)
{
  size_t f = plan->options.f, most = plan->definition->f_lowered ? (plan->n - 1) / 2 : plan->n;
  return f < most ? f : most; /* above n nothing changes */
}

int certigar_profile_selects(const certigar_definition *definition)
{
  return definition->how >= HOW_KRUM;
}

int certigar_profile_has_extra(const certigar_definition *definition)
{
  return definition->how == HOW_CLIPPING || (definition->how == HOW_WEISZFELD && definition->start == START_ZERO);
}

/* a - b, and no less than least. */
static size_t less(size_t a, size_t b, size_t least)
{
  return a > b + least ? a - b : least;
}

/* With r of n rows remaining. */
static size_t neighbours_of(certigar_neighbours neighbours, size_t n, size_t f, size_t r)
{
  size_t others = r > 1 ? r - 1 : 1;
  switch (neighbours) {
    case NEAR_N_F_1: return less(n, f + 1, 0);
    case NEAR_N_F_2: return less(n, f + 2, 0);
    case NEAR_N_F_2_FLOOR: return less(n, f + 2, 1) < n ? less(n, f + 2, 1) : n - 1;
    case NEAR_R_F_2_FLOOR: return less(r, f + 2, 1) < r ? less(r, f + 2, 1) : r - 1;
    case NEAR_R_1: return less(n, f + 2, 0) < others ? less(n, f + 2, 0) : others;
    default: return less(r, f, 0) < r ? less(r, f, 0) : r - 1;
  }
}

/* The least count of those in order have been chosen. */
static void note_choice(certigar_selection *s, certigar_scores *scores, size_t candidates, size_t count)
{
  if (count == 0 || count >= candidates) return;
  certigar_bound margin = certigar_scores_margin(scores, scores->order[count - 1], scores->order[count]);
  if (certigar_scores_compare(scores, scores->order[count - 1], scores->order[count]) == 0) s->ties++;
  if (certigar_bound_compare(margin, s->margin) < 0) s->margin = margin;
}

/* Before all others comes the first NaN, if the definition says so. */
static void let_nan_win(const certigar_definition *definition, certigar_scores *scores, size_t candidates)
{
  size_t k = 0;
  if (!definition->nan_wins) return;
  while (k < candidates && scores->class[scores->order[k]] != CLASS_NAN) k++;
  if (k == candidates) return;
  size_t winner = scores->order[k];
  for (; k > 0; k--) scores->order[k] = scores->order[k - 1];
  scores->order[0] = winner;
}

static void record(certigar_selection *s, const certigar_scores *scores, size_t i)
{
  s->scores[i] = certigar_scores_interval(scores, i, s->kernels->natural_exponent);
}

static void record_all(certigar_selection *s, const certigar_scores *scores)
{
  for (size_t i = 0; i < s->n; i++)
    if (!scores->taken[i]) record(s, scores, i);
}

/* The best count rows, in scores->order. */
static size_t rank(certigar_selection *s, certigar_scores *scores, size_t count)
{
  size_t candidates = certigar_scores_sort(scores);
  let_nan_win(scores->definition, scores, candidates);
  note_choice(s, scores, candidates, count);
  return candidates;
}

static void select_best(certigar_selection *s, certigar_scores *scores, size_t neighbours, size_t count)
{
  certigar_scores_find(scores, neighbours);
  record_all(s, scores);
  rank(s, scores, count);
  for (size_t k = 0; k < count; k++) s->selected[scores->order[k]] = 1;
}

/* ---- rounds ---- */

/* Whether the score of row i is 10^20 or more, in real numbers. */
static int is_beyond_limit(const certigar_selection *s, certigar_scores *scores, size_t i)
{
  mpz_t square;
  if (scores->class[i] != CLASS_FINITE) return 1;
  mpz_init(square);
  mpz_ui_pow_ui(square, 10, 40);
  mpz_mul_2exp(square, square, (mp_bitcnt_t)-s->kernels->natural_exponent);
  int beyond = certigar_scores_compare_root(scores, i, square) >= 0;
  mpz_clear(square);
  return beyond;
}

/* Whether the implementation fails with these count rows as the best. */
static int fails(const certigar_selection *s, certigar_scores *scores, size_t count)
{
  size_t winner = scores->order[0];
  switch (scores->definition->failure) {
    case FAILS_ODD_NEEDED: return scores->class[scores->order[count - 1]] != CLASS_FINITE;
    case FAILS_NAN_WINNER: return scores->pairs->holds[winner] & HOLDS_NAN;
    case FAILS_LIMIT: return is_beyond_limit(s, scores, winner);
    default: return 0;
  }
}

/* How many rows round i makes its row of. */
static size_t round_size(const certigar_scores *scores, size_t i, size_t remaining)
{
  size_t best = scores->n - scores->f - 2;
  switch (scores->definition->round) {
    case ROUND_BEST_FEWER: return best - i;
    case ROUND_BEST: return best < remaining ? best : remaining;
    default: return 1;
  }
}

static void add_round(certigar_selection *s, const certigar_scores *scores, size_t count)
{
  for (size_t k = 0; k < count; k++) {
    s->round_rows[s->round_row_count++] = scores->order[k];
    s->selected[scores->order[k]] = 1;
  }
  s->round_counts[s->round_count++] = count;
}

/* Round i; returns whether it is one that the implementation survives. */
static int do_round(certigar_selection *s, certigar_scores *scores, size_t i, size_t remaining)
{
  const certigar_definition *definition = scores->definition;
  size_t count = round_size(scores, i, remaining), ties = s->ties;
  if (i == 0 || definition->update == UPDATE_SURVIVORS) {
    certigar_scores_find(scores, neighbours_of(definition->neighbours, scores->n, scores->f, remaining));
  } else if (definition->update == UPDATE_FIRST_NEIGHBOURS) {
    certigar_scores_shorten(scores);
  }
  record_all(s, scores);
  size_t candidates = rank(s, scores, count);
  if (fails(s, scores, count)) return 0;
  note_choice(s, scores, candidates, 1);
  if (s->ties > ties) s->ties = ties + 1;
  add_round(s, scores, count);
  scores->taken[scores->order[0]] = 1;
  return 1;
}

static void do_rounds(certigar_selection *s, certigar_plan *plan, certigar_scores *scores)
{
  size_t theta = scores->n - 2 * scores->f - scores->definition->theta_less;
  s->round_count = s->round_row_count = 0;
  if (scores->definition->round == ROUND_NONE) {
    select_best(s, scores, neighbours_of(scores->definition->neighbours, scores->n, scores->f, scores->n), theta);
    for (size_t k = 0; k < theta; k++) s->round_rows[s->round_row_count++] = scores->order[k];
    for (size_t k = 0; k < theta; k++) s->round_counts[s->round_count++] = 1;
    return;
  }
  for (size_t i = 0, remaining = scores->n; i < theta && !plan->no_value && !atomic_load(&plan->stop); i++) {
    certigar_advance(plan, 0, 0);
    plan->no_value = !do_round(s, scores, i, remaining);
    remaining = 0;
    for (size_t j = 0; j < scores->n; j++) remaining += !scores->taken[j];
  }
}

/* ---- what selects ---- */

static int select_by_scores(certigar_selection *s, certigar_plan *plan)
{
  const certigar_definition *definition = plan->definition;
  size_t n = plan->n, f = certigar_profile_f(plan), m = plan->options.m;
  certigar_pairs pairs;
  certigar_scores scores = {.n = 0};
  int good = certigar_pairs_init(&pairs, definition->odd, s, plan) && certigar_scores_init(&scores, definition, &pairs, f);
  if (good && definition->how == HOW_ROUNDS) do_rounds(s, plan, &scores);
  if (good && definition->how == HOW_KRUM) {
    if (m == 0 || definition->rule == CERTIGAR_KRUM) m = certigar_count_of(definition->m, n, f);
    select_best(s, &scores, neighbours_of(definition->neighbours, n, f, n), m);
  }
  certigar_scores_clear(&scores);
  certigar_pairs_clear(&pairs);
  return good || atomic_load(&plan->stop);
}

/* The paper's choice; where it must hold rows that are not finite, the implementation may have none. */
static int select_by_diameter(certigar_selection *s, certigar_plan *plan)
{
  if (!certigar_select_mda(s, plan)) return 0;
  for (size_t i = 0; i < s->n; i++)
    if (s->selected[i] && !certigar_distances_finite(s->distances, i)) plan->no_value = plan->definition->failure == FAILS_ODD_NEEDED;
  return 1;
}

int certigar_profile_select(certigar_selection *s, certigar_plan *plan)
{
  switch (plan->definition->how) {
    case HOW_KRUM:
    case HOW_ROUNDS: return select_by_scores(s, plan);
    case HOW_DIAMETER: return select_by_diameter(s, plan);
    case HOW_NEAREST: return certigar_select_nearest(s, plan);
    default: return certigar_weigh_profile_point(s, plan);
  }
}
