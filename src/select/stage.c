/* Pre-aggregations: those that make rows of means, nearest neighbour mixing (Allouah et al. 2023) and bucketing (Karimireddy, He, Jaggi 2022), and
 * those that scale rows (clip.c). */
#include "order/neighbour_rows.h"
#include "profile/profile.h"
#include "selection.h"
#include "splitmix.h"

/* Fisher and Yates, from the end; a draw that would favour small indices is drawn again. */
static void permute(size_t *rows, size_t n, uint64_t seed)
{
  for (size_t i = n - 1; i > 0; i--) {
    uint64_t x, bound = i + 1, excess = (UINT64_MAX % bound + 1) % bound; /* 2^64 mod bound */
    do x = splitmix_next(&seed);
    while (x > UINT64_MAX - excess);
    size_t j = (size_t)(x % bound), moved = rows[i];
    rows[i] = rows[j];
    rows[j] = moved;
  }
}

size_t certigar_stage_rows(const certigar_stage *stage, size_t n)
{
  return stage->kind == STAGE_BUCKETING ? (n - 1) / stage->s + 1 : n;
}

static void list_buckets(certigar_selection *s, const certigar_stage *stage)
{
  for (size_t i = 0; i < s->n; i++) s->round_rows[i] = i;
  if (stage->permuted) permute(s->round_rows, s->n, stage->seed);
  s->round_count = certigar_stage_rows(stage, s->n);
  for (size_t b = 0; b < s->round_count; b++) s->round_counts[b] = s->n - b * stage->s < stage->s ? s->n - b * stage->s : stage->s;
}

/* Row i and the n-f-1 rows nearest to it. */
static int list_neighbours(certigar_selection *s, certigar_plan *plan, size_t i)
{
  size_t f = plan->options.f, *rows = s->round_rows + s->round_row_count;
  if (!certigar_neighbour_rows(s, plan, (int)s->n, (int)f, (int)i, s->candidates, s->chosen, rows)) return atomic_load(&plan->stop);
  s->round_counts[s->round_count++] = s->n - f;
  s->round_row_count += s->n - f;
  return 1;
}

/* Those of every row. Returns 0 if one's were not found: all the same the others ask for their distances, where these are put off. */
static int list_all_neighbours(certigar_selection *s, certigar_plan *plan)
{
  int found = 1;
  for (size_t i = 0; i < s->n && !atomic_load(&plan->stop) && (found || certigar_distances_are_put_off(s->distances)); i++) {
    certigar_advance(plan, 0, 0);
    found &= list_neighbours(s, plan, i);
  }
  return found;
}

int certigar_stage_run(certigar_plan *plan)
{
  certigar_selection *s = plan->selection;
  s->ties = s->round_count = s->round_row_count = 0;
  s->margin = (certigar_bound){.infinite = 1};
  if (plan->options.stages[0].kind == STAGE_BUCKETING) {
    list_buckets(s, &plan->options.stages[0]);
    certigar_share_means(s);
    return 1;
  }
  certigar_distances_run(s->distances, plan);
  if (certigar_scales_rows(plan)) return certigar_clip_rows(s, plan);
  if (!certigar_make_choices(s, plan, list_all_neighbours, NULL)) return atomic_load(&plan->stop);
  certigar_share_means(s);
  return 1;
}

int certigar_stage_is_last(const certigar_plan *plan)
{
  return plan->next && !plan->keeps && !certigar_scales_rows(plan) && !plan->next->next && !plan->next->selection && !plan->next->definition;
}

void certigar_stage_tile(const certigar_plan *plan, certigar_tile_request *request, size_t first, size_t count, unsigned char *out,
                         size_t row_bytes)
{
  const certigar_selection *s = plan->selection;
  if (certigar_scales_rows(plan)) {
    plan->kernels->clip_tile(request, s->factors, first, count, out, row_bytes);
    certigar_profile_cut_tile(plan, count, out, row_bytes);
  } else if (certigar_stage_is_last(plan)) {
    plan->kernels->rule_of_means_tile(request, &s->means, first, count, out);
  } else {
    plan->kernels->means_tile(request, &s->means, first, count, out, row_bytes);
  }
}
