/* Rules that select rows: memory, the rule, and its report. */
#include "selection.h"

#include "order/krum_counts.h"
#include "profile/profile.h"
#include "real/mpfr_state.h"

#include <stdlib.h>
#include <string.h>

int certigar_is_real(certigar_rule rule)
{
  return rule == CERTIGAR_GEOMETRIC_MEDIAN || rule == CERTIGAR_CENTERED_CLIPPING || rule == CERTIGAR_CAF || rule == CERTIGAR_SMEA;
}

int certigar_selects_rows(certigar_rule rule)
{
  switch (rule) {
    case CERTIGAR_KRUM:
    case CERTIGAR_MULTI_KRUM:
    case CERTIGAR_BULYAN:
    case CERTIGAR_MULTI_BULYAN:
    case CERTIGAR_MDA:
    case CERTIGAR_CGE:
    case CERTIGAR_MONNA:
    case CERTIGAR_BRSGD:
    case CERTIGAR_ZENO: return 1;
    default: return certigar_is_real(rule);
  }
}

int certigar_has_selection(const certigar_plan *plan)
{
  if (plan->next) return 1;
  return plan->definition ? certigar_profile_selects(plan->definition) : certigar_selects_rows(plan->rule);
}

int certigar_makes_rows(const certigar_plan *plan)
{
  return plan->next || plan->definition || (plan->rule == CERTIGAR_MULTI_BULYAN && plan->options.variant == CERTIGAR_ITERATED);
}

int certigar_needs_distances(const certigar_plan *plan)
{
  return plan->next ? plan->options.stages[0].kind != STAGE_BUCKETING : certigar_has_selection(plan);
}

static int is_brsgd(const certigar_plan *plan)
{
  return !plan->next && plan->rule == CERTIGAR_BRSGD;
}

static int centre_of(const certigar_plan *plan)
{
  if (plan->next) return plan->options.stages[0].kind == STAGE_NNM ? CERTIGAR_ALL_PAIRS : CERTIGAR_FROM_ZERO;
  if (plan->rule == CERTIGAR_CGE || plan->rule == CERTIGAR_ZENO) return CERTIGAR_FROM_ZERO;
  return plan->rule == CERTIGAR_MONNA ? (int)plan->options.pivot : CERTIGAR_ALL_PAIRS;
}

size_t certigar_selection_work_bytes(const certigar_plan *plan)
{
  if (is_brsgd(plan)) return plan->kernels->work_bytes(2 * plan->n);
  return certigar_needs_distances(plan) ? certigar_distances_work_bytes(plan, centre_of(plan)) : 0;
}

void certigar_selection_free(certigar_selection *selection)
{
  if (!selection) return;
  certigar_distances_free(selection->distances);
  free(selection->candidates);
  free(selection->lower);
  free(selection->upper);
  free(selection->chosen);
  free(selection->open);
  free(selection->group);
  free(selection->row_lower);
  free(selection->row_upper);
  free(selection->order);
  free(selection->rows);
  free(selection->selected);
  free(selection->scores);
  free(selection->round_rows);
  free(selection->round_counts);
  free(selection->factors);
  free(selection->cut);
  free(selection->kept);
  free(selection->of_common);
  free(selection->common);
  free(selection->common_times);
  free(selection->weights);
  free(selection->weighted_rows);
  free(selection->zeros);
  certigar_least_free(selection->least);
  free(selection);
}

int certigar_scales_rows(const certigar_plan *plan)
{
  return plan->next && (plan->options.stages[0].kind == STAGE_CLIP || plan->options.stages[0].kind == STAGE_ARC);
}

static int has_extra_row(const certigar_plan *plan)
{
  if (plan->next) return 0;
  return plan->definition ? certigar_profile_has_extra(plan->definition) : plan->rule == CERTIGAR_CENTERED_CLIPPING;
}

int certigar_selection_new(certigar_plan *plan)
{
  size_t n = plan->n, natural_size = plan->kernels->natural_digits * sizeof(uint32_t);
  certigar_selection *made = plan->selection = calloc(1, sizeof *made);
  if (!made) return 0;
  made->n = n;
  made->kernels = plan->kernels;
  made->digits = plan->kernels->natural_digits;
  int by_distance = certigar_needs_distances(plan) && !is_brsgd(plan);
  made->distances = by_distance ? certigar_distances_new(plan, centre_of(plan), has_extra_row(plan)) : NULL;
  int by_least = !plan->next && !plan->definition && plan->rule == CERTIGAR_GEOMETRIC_MEDIAN;
  made->least = by_least ? certigar_least_new(plan) : NULL;
  made->candidates = malloc(n * sizeof *made->candidates);
  made->lower = malloc(n * natural_size);
  made->upper = malloc(n * natural_size);
  made->chosen = malloc(n);
  made->open = malloc(n);
  made->group = malloc(n * sizeof *made->group);
  made->row_lower = malloc(n * natural_size);
  made->row_upper = malloc(n * natural_size);
  made->order = malloc(n * sizeof *made->order);
  made->rows = malloc(n * sizeof *made->rows);
  made->selected = malloc(n);
  made->scores = malloc(n * sizeof *made->scores);
  size_t rounds = certigar_makes_rows(plan) && by_distance && !certigar_scales_rows(plan) ? n : 1;
  made->round_rows = malloc(rounds * n * sizeof *made->round_rows);
  made->round_counts = malloc(n * sizeof *made->round_counts);
  made->factors = malloc((certigar_scales_rows(plan) ? n : 1) * sizeof *made->factors);
  made->cut = calloc(n, 1);
  made->kept = malloc(n <= plan->kernels->shared_rows ? rounds * n : 1);
  made->of_common = malloc(n);
  made->common = malloc(n);
  made->common_times = malloc(n * sizeof *made->common_times);
  return (made->distances || !by_distance) && (made->least || !by_least) && made->candidates && made->lower && made->upper && made->chosen &&
         made->open && made->group && made->row_lower && made->row_upper && made->order && made->rows && made->selected && made->scores &&
         made->round_rows && made->round_counts && made->factors && made->cut && made->kept && made->of_common && made->common &&
         made->common_times;
}

static int select_rows(certigar_selection *s, certigar_plan *plan)
{
  if (plan->definition) return certigar_profile_select(s, plan);
  size_t f = plan->options.f;
  switch (plan->rule) {
    case CERTIGAR_KRUM: return certigar_select_krum(s, plan, 1);
    case CERTIGAR_MULTI_KRUM: return certigar_select_krum(s, plan, certigar_multi_krum_kept(s->n, f, plan->options.m));
    case CERTIGAR_BULYAN: return certigar_select_bulyan(s, plan);
    case CERTIGAR_MULTI_BULYAN:
      if (certigar_makes_rows(plan)) return certigar_select_multi_bulyan(s, plan);
      return certigar_select_krum(s, plan, certigar_multi_bulyan_kept(s->n, f));
    case CERTIGAR_MDA: return certigar_select_mda(s, plan);
    case CERTIGAR_GEOMETRIC_MEDIAN: return certigar_weigh_geometric_median(s, plan);
    case CERTIGAR_BRSGD: return certigar_select_brsgd(s, plan);
    case CERTIGAR_ZENO: return certigar_select_zeno(s, plan);
    case CERTIGAR_CENTERED_CLIPPING: return certigar_weigh_centered_clipping(s, plan);
    case CERTIGAR_CAF: return certigar_weigh_caf(s, plan);
    case CERTIGAR_SMEA: return certigar_select_smea(s, plan);
    default: return certigar_select_nearest(s, plan);
  }
}

/* The centre is the extra row of distances and tiles; without one it is zero. Returns 0 if there is no memory. */
static int set_extra_row(certigar_selection *s, certigar_plan *plan)
{
  plan->extra = plan->rule == CERTIGAR_CENTERED_CLIPPING ? plan->options.centre : NULL;
  if (!plan->extra) {
    free(s->zeros);
    plan->extra = s->zeros = calloc(plan->input->d, plan->kernels->value_size);
  }
  for (size_t w = 0; w < plan->options.threads; w++) plan->requests[w].extra = plan->extra;
  return plan->extra != NULL;
}

int certigar_selection_run(certigar_plan *plan)
{
  certigar_selection *s = plan->selection;
  memset(s->selected, 0, s->n);
  s->ties = s->exact_distances = 0;
  s->margin = (certigar_bound){.infinite = 1};
  s->weight_digits = 0;
  s->iterations = 0;
  s->gap = (certigar_bound){.significand = 0};
  s->objective = (certigar_interval){.lower = {.significand = 0}};
  if (has_extra_row(plan) && !set_extra_row(s, plan)) return 0;
  if (s->distances) certigar_distances_run(s->distances, plan);
  certigar_all_candidates(s);
  certigar_mpfr_state state = certigar_mpfr_enter();
  int good = select_rows(s, plan);
  certigar_mpfr_leave(state);
  if (!good) return 0;
  s->row_count = 0;
  for (size_t i = 0; i < s->n; i++)
    if (s->selected[i]) s->rows[s->row_count++] = i;
  return 1;
}

void certigar_selection_tile(const certigar_plan *plan, certigar_tile_request *request, size_t first, size_t count, unsigned char *out)
{
  const certigar_selection *s = plan->selection;
  size_t f = plan->options.f;
  if (s->weight_digits > 0) {
    plan->kernels->weighted_tile(request, s->weighted_rows, s->weighted_count, s->weights, s->weight_digits, first, count, out);
  } else if (plan->rule == CERTIGAR_KRUM) {
    plan->kernels->copy_tile(request, s->rows[0], first, count, out);
  } else if (certigar_makes_rows(plan)) {
    plan->kernels->around_means_tile(request, &s->means, s->round_count - 2 * f, first, count, out);
  } else if (plan->rule == CERTIGAR_BULYAN || plan->rule == CERTIGAR_MULTI_BULYAN) {
    plan->kernels->around_tile(request, s->rows, s->row_count, s->row_count - 2 * f, first, count, out);
  } else {
    plan->kernels->mean_tile(request, s->rows, s->row_count, first, count, out);
  }
}

static int has_scores(const certigar_plan *plan)
{
  if (plan->definition) return plan->definition->how == HOW_KRUM || plan->definition->how == HOW_ROUNDS || plan->definition->how == HOW_NEAREST;
  return plan->rule != CERTIGAR_MDA && !certigar_is_real(plan->rule);
}

void certigar_selection_finish(certigar_plan *plan)
{
  if (plan->rule == CERTIGAR_GEOMETRIC_MEDIAN && !plan->definition) certigar_geometric_median_gap(plan->selection, plan);
}

void certigar_selection_report(const certigar_plan *plan, certigar_certificate *certificate)
{
  const certigar_selection *s = plan->selection;
  certificate->ties += s->ties;
  certificate->exact_distances += s->exact_distances;
  if (s->distances) certificate->exact_distances += certigar_distances_evaluated(s->distances);
  if (s->least) certificate->exact_distances += certigar_least_evaluated(s->least);
  if (plan->next) return;
  certificate->selected = s->rows;
  certificate->selected_count = s->row_count;
  if (has_scores(plan)) {
    certificate->scores = s->scores;
    certificate->score_count = s->n;
  }
  certificate->margin = s->margin;
  certificate->gap = s->gap;
  certificate->objective = s->objective;
  certificate->iterations = s->iterations;
}
