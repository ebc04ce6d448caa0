/* See recipe.h. */
#include "recipe.h"

#include "select/selection.h"

/* A row that is a mean is made by the kernel that made it before. */
static void read_round(void *context, size_t row, size_t first, size_t count, void *values)
{
  const certigar_rounds *rounds = context;
  certigar_tile_request request = rounds->plan->requests[0];
  const size_t *rows = rounds->rows;
  for (size_t r = 0; r < row; r++) rows += rounds->counts[r];
  rounds->plan->kernels->mean_tile(&request, rows, rounds->counts[row], first, count, values);
}

static certigar_recipe of_rounds(const certigar_plan *plan, const certigar_matrix *matrix, certigar_rounds *rounds, const size_t *rows,
                                 const size_t *counts, size_t count)
{
  *rounds = (certigar_rounds){.plan = plan, .rows = rows, .counts = counts};
  rounds->matrix = (certigar_matrix){.n = count, .d = matrix->d, .read = read_round, .context = rounds};
  return (certigar_recipe){
      .making = CERTIGAR_AROUND, .matrix = &rounds->matrix, .rounds = rounds, .row_count = count, .kept = count - 2 * plan->options.f};
}

static certigar_recipe of_median(const certigar_plan *plan, const certigar_matrix *matrix)
{
  size_t lower = (matrix->n - 1) / 2, upper = matrix->n / 2;
  if (plan->options.median == CERTIGAR_LOWER) upper = lower;
  if (plan->options.median == CERTIGAR_UPPER) lower = upper;
  return (certigar_recipe){.making = CERTIGAR_RANKS, .matrix = matrix, .row_count = matrix->n, .lo = lower, .hi = upper + 1};
}

certigar_recipe certigar_recipe_of(const certigar_plan *plan, const certigar_matrix *matrix, certigar_rounds *rounds)
{
  size_t n = matrix->n, f = plan->options.f;
  const certigar_selection *s = plan->selection;
  certigar_recipe mean = {.making = CERTIGAR_MEAN, .matrix = matrix, .rows = s ? s->rows : NULL, .row_count = s ? s->row_count : n};
  certigar_recipe around = mean;
  around.making = CERTIGAR_AROUND;
  around.kept = mean.row_count - 2 * f;
  switch (plan->rule) {
    case CERTIGAR_MEDIAN: return of_median(plan, matrix);
    case CERTIGAR_TRIMMED_MEAN: return (certigar_recipe){.making = CERTIGAR_RANKS, .matrix = matrix, .row_count = n, .lo = f, .hi = n - f};
    case CERTIGAR_MEAMED: return (certigar_recipe){.making = CERTIGAR_AROUND, .matrix = matrix, .row_count = n, .kept = n - f};
    case CERTIGAR_KRUM: mean.making = CERTIGAR_COPY; return mean;
    case CERTIGAR_BULYAN: return around;
    case CERTIGAR_MULTI_BULYAN: 
      if (!certigar_makes_rows(plan)) return around;
      return of_rounds(plan, matrix, rounds, s->round_rows, s->round_counts, s->round_count);
    case CERTIGAR_GEOMETRIC_MEDIAN:
    case CERTIGAR_CENTERED_CLIPPING:
    case CERTIGAR_CAF: mean.making = CERTIGAR_REAL; return mean;
    default: return mean;
  }
}

certigar_recipe certigar_recipe_with(const certigar_recipe *recipe, const size_t *rows, size_t row_count)
{
  certigar_recipe other = *recipe;
  other.kept = recipe->kept > 0 ? row_count - (recipe->row_count - recipe->kept) : 0;
  other.rows = rows;
  other.row_count = row_count;
  return other;
}

certigar_recipe certigar_recipe_with_rounds(const certigar_recipe *recipe, certigar_rounds *rounds, const size_t *rows, const size_t *counts,
                                            size_t count)
{
  certigar_recipe other = of_rounds(recipe->rounds->plan, recipe->matrix, rounds, rows, counts, count);
  other.drift = recipe->drift;
  return other;
}

void certigar_recipe_tile(const certigar_recipe *recipe, const certigar_plan *plan, certigar_tile_request *request, size_t first, size_t count,
                          unsigned char *out)
{
  const certigar_rounds *rounds = recipe->rounds;
  if (rounds) {
    const certigar_means means = {.count = recipe->row_count, .rows = rounds->rows, .counts = rounds->counts};
    plan->kernels->around_means_tile(request, &means, recipe->kept, first, count, out);
    return;
  }
  switch (recipe->making) {
    case CERTIGAR_COPY: plan->kernels->copy_tile(request, recipe->rows[0], first, count, out); break;
    case CERTIGAR_AROUND: plan->kernels->around_tile(request, recipe->rows, recipe->row_count, recipe->kept, first, count, out); break;
    default: plan->kernels->mean_tile(request, recipe->rows, recipe->row_count, first, count, out); break;
  }
}
