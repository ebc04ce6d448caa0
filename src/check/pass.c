/* See pass.h. */
#include "pass.h"

int certigar_pass_init(certigar_pass *pass, certigar_plan *plan, const certigar_matrix *matrix, const void *candidate)
{
  pass->plan = plan;
  pass->format = certigar_format_of(plan->dtype);
  pass->candidate = candidate;
  pass->d = matrix->d;
  pass->watch = NULL;
  pass->request = plan->requests[0];
  pass->request.input = matrix;
  return certigar_column_init(&pass->column, plan->dtype, matrix->n);
}

void certigar_pass_clear(certigar_pass *pass)
{
  certigar_column_clear(&pass->column);
}

static int differs(const certigar_pass *pass, size_t c, const void *output, size_t at)
{
  return !certigar_word_is_same(pass->format, certigar_word_at(pass->format, pass->candidate, c), certigar_word_at(pass->format, output, at));
}

/* How many of these columns differ; output holds their words alone. */
static size_t count_different(const certigar_pass *pass, size_t first, size_t count, const void *output)
{
  size_t different = 0;
  for (size_t l = 0; l < count; l++) different += (size_t)differs(pass, first + l, output, l);
  return different;
}

static size_t lanes_at(size_t c, size_t end)
{
  return end - c < CERTIGAR_COLUMN_LANES ? end - c : CERTIGAR_COLUMN_LANES;
}

static const unsigned char *words_at(const certigar_pass *pass, const void *output, size_t c)
{
  return (const unsigned char *)output + c * pass->format->size;
}

/* ---- the rule's own output ---- */

/* A column that was judged just now. */
static void record(certigar_pass *pass, certigar_differences *differences, size_t c, uint64_t expected, certigar_likeness likeness)
{
  const certigar_column *column = &pass->column;
  certigar_bound ratio = column->measured ? certigar_rounding_ratio(&column->own) : (certigar_bound){.infinite = 1};
  certigar_difference *kept = certigar_differences_add(differences, pass->format, c, certigar_word_at(pass->format, pass->candidate, c), expected,
                                                       likeness > CERTIGAR_LIKE_ROUNDED, ratio);
  if (!kept) return;
  kept->error = column->measured ? certigar_rounding_error(&column->own) : (certigar_bound){.infinite = 1};
  if (column->measured) kept->bound = certigar_rounding_bound(&column->own);
}

certigar_likeness certigar_pass_own(certigar_pass *pass, const certigar_recipe *recipe, const void *output, certigar_finding *finding)
{
  certigar_likeness all = CERTIGAR_LIKE_SAME;
  certigar_differences differences;
  certigar_differences_init(&differences, finding);
  for (size_t c = 0; c < pass->d; c += CERTIGAR_COLUMN_LANES) {
    size_t lanes = lanes_at(c, pass->d), different = count_different(pass, c, lanes, words_at(pass, output, c));
    if (certigar_watch_column(pass->watch, c, 1)) break;
    certigar_differences_skip(&differences, lanes - different);
    if (different == 0) continue;
    certigar_column_load(&pass->column, recipe, c, lanes);
    for (size_t l = 0; l < lanes; l++) {
      if (!differs(pass, c + l, output, c + l)) continue;
      certigar_likeness one = certigar_column_judge(&pass->column, recipe, l, certigar_word_at(pass->format, pass->candidate, c + l));
      if (one > all) all = one;
      record(pass, &differences, c + l, certigar_word_at(pass->format, output, c + l), one);
    }
  }
  return all;
}

/* ---- other selections ---- */

/* The worst likeness in columns c .. c+count-1, whose words are given. */
static certigar_likeness judge_columns(certigar_pass *pass, const certigar_recipe *recipe, size_t c, size_t count, const unsigned char *words,
                                       certigar_likeness limit)
{
  certigar_likeness all = CERTIGAR_LIKE_SAME;
  if (count_different(pass, c, count, words) == 0) return all;
  certigar_column_load(&pass->column, recipe, c, count);
  for (size_t l = 0; l < count && all <= limit; l++) {
    if (!differs(pass, c + l, words, l)) continue;
    certigar_likeness one = certigar_column_judge(&pass->column, recipe, l, certigar_word_at(pass->format, pass->candidate, c + l));
    if (one > all) all = one;
  }
  return all;
}

static certigar_likeness judge_tile(certigar_pass *pass, const certigar_recipe *recipe, size_t c, certigar_likeness limit)
{
  uint64_t values[CERTIGAR_WORDS_MAX]; /* of either format */
  certigar_likeness all = CERTIGAR_LIKE_SAME;
  size_t count = pass->d - c < pass->plan->kernels->lanes ? pass->d - c : pass->plan->kernels->lanes;
  certigar_recipe_tile(recipe, pass->plan, &pass->request, c, count, (unsigned char *)values);
  for (size_t l = 0; l < count && all <= limit; l += CERTIGAR_COLUMN_LANES) {
    certigar_likeness some = judge_columns(pass, recipe, c + l, lanes_at(l, count), words_at(pass, values, l), limit);
    if (some > all) all = some;
  }
  return all;
}

certigar_likeness certigar_pass_other(certigar_pass *pass, const certigar_recipe *recipe, certigar_likeness limit, size_t probe)
{
  size_t lanes = pass->plan->kernels->lanes;
  certigar_likeness all = judge_tile(pass, recipe, probe / lanes * lanes, limit);
  for (size_t c = 0; c < pass->d && all <= limit && !certigar_watch_column(pass->watch, c, 0); c += lanes) {
    certigar_likeness some = judge_tile(pass, recipe, c, limit);
    if (some > all) all = some;
  }
  return all;
}
