/* The selections are the oracle's (check/choices.h), and what each gives is made by its recipe (check/recipe.h); in a column the values kept around
 * the median may be any window of the sorted ones that the oracle admits. */
#include "vector_choices.h"

#include "check/choices.h"
#include "check/number.h"
#include "check/recipe.h"

#include <stdlib.h>
#include <string.h>

typedef struct search {
  const vector_run *run;
  vector_choices *found;
  certigar_plan *last;
  size_t item, width;      /* bytes of a word, of an output */
  certigar_recipe own;     /* of the rule's output */
  unsigned char *column;   /* n words */
  unsigned char *base;     /* the selection's own output */
  unsigned char *words;    /* of each column: the words that it may hold, OPTIONS_MAX of them */
  size_t *options;         /* how many */
} search;

enum { OPTIONS_MAX = 8, COLUMNS_MAX = 32 };

static size_t columns(const search *s)
{
  return s->run->of->d;
}

/* ---- outputs ---- */

static void add_output(search *s, const unsigned char *output)
{
  vector_choices *found = s->found;
  for (size_t k = 0; k < found->count; k++)
    if (memcmp(found->outputs + k * s->width, output, s->width) == 0) return;
  if (found->count == VECTOR_OUTPUTS_MAX) {
    found->complete = 0;
    return;
  }
  memcpy(found->outputs + found->count++ * s->width, output, s->width);
}

/* Whether the oracle takes it for the rule's output, or for that of another choice of a tie; -1 if that failed. */
static int is_admitted(const search *s, const unsigned char *output)
{
  certigar_verdict verdict;
  const char *profile;
  return vector_run_judge(s->run, output, &verdict, &profile) ? verdict <= CERTIGAR_VERDICT_TIE : -1;
}

/* Adds base with every combination of the columns' words. */
static void add_combinations(search *s)
{
  const size_t d = columns(s);
  size_t digits[COLUMNS_MAX] = {0}, c;
  unsigned char output[COLUMNS_MAX * 8];
  do {
    for (c = 0; c < d; c++) memcpy(output + c * s->item, s->words + (c * OPTIONS_MAX + digits[c]) * s->item, s->item);
    add_output(s, output);
    for (c = 0; c < d && ++digits[c] == s->options[c]; c++) digits[c] = 0;
  } while (c < d && s->found->complete);
}

/* ---- windows of a column ---- */

/* Mean of count contiguous words of one column; returns 0 if that failed. */
static int mean_of(const search *s, const unsigned char *words, size_t count, unsigned char *mean)
{
  const certigar_status status =
      s->run->of->dtype == CERTIGAR_FLOAT32
          ? certigar_aggregate_f32(CERTIGAR_AVERAGE, (const float *)(const void *)words, count, 1, NULL, (float *)(void *)mean, NULL)
          : certigar_aggregate_f64(CERTIGAR_AVERAGE, (const double *)(const void *)words, count, 1, NULL, (double *)(void *)mean, NULL);
  return status == CERTIGAR_OK || status == CERTIGAR_NOT_FINITE;
}

/* The finite values of column c of a recipe's rows, sorted; returns how many there are. */
static size_t sort_column(search *s, const certigar_recipe *recipe, size_t c)
{
  size_t count = 0;
  for (size_t i = 0; i < recipe->row_count; i++) {
    uint64_t word;
    certigar_load_words(certigar_format_of(s->run->of->dtype), recipe->matrix, recipe->rows != NULL ? recipe->rows[i] : i, c, 1, &word);
    const double number = vector_number(s->run, word);
    size_t at = count;
    if (!(number - number == 0)) continue;
    for (; at > 0 && vector_number(s->run, vector_word(s->run, s->column, at - 1)) > number; at--)
      memcpy(s->column + at * s->item, s->column + (at - 1) * s->item, s->item);
    vector_store(s->run, s->column, at, number);
    count++;
  }
  return count;
}

static int add_window(search *s, size_t c, const uint64_t *mean)
{
  unsigned char *words = s->words + c * OPTIONS_MAX * s->item, output[COLUMNS_MAX * 8];
  size_t k = 0;
  while (k < s->options[c] && memcmp(words + k * s->item, mean, s->item) != 0) k++;
  if (k < s->options[c]) return 1;
  memcpy(output, s->base, s->width);
  memcpy(output + c * s->item, mean, s->item);
  const int admitted = is_admitted(s, output);
  if (admitted > 0 && k < OPTIONS_MAX) memcpy(words + s->options[c]++ * s->item, mean, s->item);
  if (admitted > 0 && k == OPTIONS_MAX) s->found->complete = 0;
  return admitted >= 0;
}

/* Other words that column c may hold: the means of windows of kept values that the oracle admits in place of base's. */
static int add_windows(search *s, const certigar_recipe *recipe, size_t c)
{
  const size_t finite = sort_column(s, recipe, c);
  int good = 1;
  for (size_t first = 0; good && first + recipe->kept <= finite; first++) {
    uint64_t mean = 0; /* of either format */
    good = mean_of(s, s->column + first * s->item, recipe->kept, (unsigned char *)&mean) && add_window(s, c, &mean);
  }
  return good;
}

/* ---- selections ---- */

/* Base is what the recipe makes. */
static int add_selection(search *s, const certigar_recipe *recipe)
{
  for (size_t c = 0; c < columns(s); c++) {
    memcpy(s->words + c * OPTIONS_MAX * s->item, s->base + c * s->item, s->item);
    s->options[c] = 1;
    if (recipe->making == CERTIGAR_AROUND && recipe->kept < recipe->row_count && !add_windows(s, recipe, c)) return 0;
  }
  add_combinations(s);
  return 1;
}

static int add_choice(search *s, const certigar_choices *choices, const size_t *rows, size_t count)
{
  const size_t *round_rows, *round_counts;
  size_t round_count;
  certigar_rounds rounds;
  certigar_recipe recipe = certigar_recipe_with(&s->own, rows, count);
  certigar_tile_request request = s->last->requests[0];
  if (certigar_choices_rounds(choices, &round_rows, &round_counts, &round_count))
    recipe = certigar_recipe_with_rounds(&s->own, &rounds, round_rows, round_counts, round_count);
  request.input = &s->run->had.matrix;
  certigar_recipe_tile(&recipe, s->last, &request, 0, columns(s), s->base);
  return add_selection(s, &recipe);
}

static int add_choices(search *s)
{
  certigar_choices *choices = certigar_choices_new(s->last, &s->run->had.matrix, CERTIGAR_TIED, VECTOR_SELECTIONS_MAX);
  const size_t *rows;
  size_t count;
  int good = choices != NULL;
  while (good && s->found->complete && certigar_choices_next(choices, &rows, &count)) good = add_choice(s, choices, rows, count);
  if (good && certigar_choices_capped(choices)) s->found->complete = 0;
  certigar_choices_free(choices);
  return good;
}

int vector_choices_new(vector_choices *choices, const vector_run *run)
{
  const size_t d = run->of->d, item = vector_item(run), n = run->of->n;
  certigar_rounds rounds;
  search s = {.run = run, .found = choices, .last = run->plan, .item = item, .width = d * item};
  *choices = (vector_choices){.outputs = malloc(VECTOR_OUTPUTS_MAX * s.width), .complete = 1};
  while (s.last->next != NULL) s.last = s.last->next;
  s.own = certigar_recipe_of(s.last, &run->had.matrix, &rounds);
  s.column = malloc(n * item);
  s.base = malloc(s.width);
  s.words = malloc(OPTIONS_MAX * s.width);
  s.options = malloc(d * sizeof *s.options);
  int good = d <= COLUMNS_MAX && choices->outputs && s.column && s.base && s.words && s.options;
  if (good) {
    add_output(&s, run->out);
    memcpy(s.base, run->out, s.width);
    good = s.last->selection != NULL ? add_choices(&s) : add_selection(&s, &s.own);
  }
  free(s.column);
  free(s.base);
  free(s.words);
  free(s.options);
  return good;
}
