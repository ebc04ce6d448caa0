/* See drift.h. */
#include "drift_parts.h"

#include "select/selection.h"

#include <stdlib.h>

/* ---- memory ---- */

static int block_init(certigar_drift_block *block, size_t n)
{
  size_t count = n * CERTIGAR_DRIFT_LANES;
  block->words = malloc(count * sizeof *block->words);
  block->bytes = malloc(count * sizeof *block->words);
  block->values = malloc(count * sizeof *block->values);
  block->radii = malloc(count * sizeof *block->radii);
  if (!block->words || !block->bytes || !block->values || !block->radii) return 0;
  for (size_t c = 0; c < count; c++) mpz_inits(block->values[c], block->radii[c], (mpz_ptr)NULL);
  return 1;
}

static void block_clear(certigar_drift_block *block, size_t n)
{
  if (block->words && block->bytes && block->values && block->radii)
    for (size_t c = 0; c < n * CERTIGAR_DRIFT_LANES; c++) mpz_clears(block->values[c], block->radii[c], (mpz_ptr)NULL);
  free(block->words);
  free(block->bytes);
  free(block->values);
  free(block->radii);
}

static size_t scale_count(const certigar_drift *drift)
{
  return drift->plan->options.stage_count * drift->n;
}

int certigar_drift_init(certigar_drift *drift, const certigar_plan *plan, const certigar_matrix *input)
{
  *drift = (certigar_drift){.plan = plan, .input = input, .format = certigar_format_of(plan->dtype), .n = input->n};
  certigar_rounding_init(&drift->rounding, plan->dtype);
  mpz_inits(drift->sum, drift->magnitudes, drift->radii, drift->scratch, (mpz_ptr)NULL);
  for (size_t l = 0; l < CERTIGAR_DRIFT_LANES; l++) mpz_inits(drift->totals[l][0], drift->totals[l][1], drift->totals[l][2], (mpz_ptr)NULL);
  drift->scales = calloc(scale_count(drift) + 1, sizeof *drift->scales);
  if (drift->scales)
    for (size_t k = 0; k < scale_count(drift); k++) mpz_inits(drift->scales[k].low, drift->scales[k].high, (mpz_ptr)NULL);
  drift->chosen = calloc(drift->n, 1);
  drift->list = malloc(drift->n * sizeof *drift->list);
  int good = block_init(&drift->made, drift->n);
  return block_init(&drift->next, drift->n) && good && drift->scales && drift->chosen && drift->list;
}

void certigar_drift_clear(certigar_drift *drift)
{
  if (!drift->plan) return;
  block_clear(&drift->made, drift->n);
  block_clear(&drift->next, drift->n);
  if (drift->scales)
    for (size_t k = 0; k < scale_count(drift); k++) mpz_clears(drift->scales[k].low, drift->scales[k].high, (mpz_ptr)NULL);
  free(drift->scales);
  free(drift->chosen);
  free(drift->list);
  certigar_rounding_clear(&drift->rounding);
  mpz_clears(drift->sum, drift->magnitudes, drift->radii, drift->scratch, (mpz_ptr)NULL);
  for (size_t l = 0; l < CERTIGAR_DRIFT_LANES; l++) mpz_clears(drift->totals[l][0], drift->totals[l][1], drift->totals[l][2], (mpz_ptr)NULL);
}

/* ---- means ---- */

static void set_values(const certigar_drift *drift, certigar_drift_block *block, size_t n, size_t count)
{
  for (size_t c = 0; c < n * count; c++) {
    mpz_set_ui(block->values[c], 0);
    if (certigar_word_is_finite(drift->format, block->words[c])) certigar_set_drifting(block->values[c], drift->format, block->words[c]);
  }
}

/* Adds the values of listed rows, their magnitudes and their radii; or takes them away. */
static void add_listed(certigar_drift *drift, size_t listed, size_t count, size_t lane, int away)
{
  const certigar_drift_block *made = &drift->made;
  for (size_t j = 0; j < listed; j++) {
    size_t at = drift->list[j] * count + lane;
    if ((mpz_sgn(made->values[at]) < 0) == away) {
      mpz_add(drift->magnitudes, drift->magnitudes, made->values[at]);
    } else {
      mpz_sub(drift->magnitudes, drift->magnitudes, made->values[at]);
    }
    if (away) {
      mpz_sub(drift->sum, drift->sum, made->values[at]);
      mpz_sub(drift->radii, drift->radii, made->radii[at]);
    } else {
      mpz_add(drift->sum, drift->sum, made->values[at]);
      mpz_add(drift->radii, drift->radii, made->radii[at]);
    }
  }
}

/* Lists the rows, or, if these are fewer, those that are not among them; returns how many are listed. */
static size_t list_rows(certigar_drift *drift, const size_t *rows, size_t k, size_t n, int *others)
{
  size_t listed = 0;
  *others = k > n - k;
  for (size_t j = 0; j < k; j++) drift->chosen[rows[j]] = 1;
  for (size_t i = 0; i < n; i++) {
    if (drift->chosen[i] != *others) drift->list[listed++] = i;
    drift->chosen[i] = 0;
  }
  return listed;
}

/* The sums over all rows, of each column. */
static void sum_columns(certigar_drift *drift, size_t n, size_t count)
{
  for (size_t i = 0; i < n; i++) drift->list[i] = i;
  for (size_t l = 0; l < count; l++) {
    mpz_set_ui(drift->sum, 0);
    mpz_set_ui(drift->magnitudes, 0);
    mpz_set_ui(drift->radii, 0);
    add_listed(drift, n, count, l, 0);
    mpz_set(drift->totals[l][0], drift->sum);
    mpz_set(drift->totals[l][1], drift->magnitudes);
    mpz_set(drift->totals[l][2], drift->radii);
  }
}

/* From the sums: e of a mean of k values, V' being value. (Rounded up by 2^128 and then by the integer k: as if once.) */
static void set_radius(certigar_drift *drift, size_t k, const mpz_t value, mpz_t radius)
{
  mpz_submul_ui(drift->sum, value, k);
  mpz_abs(drift->sum, drift->sum);
  mpz_add(drift->sum, drift->sum, drift->radii);
  mpz_set_ui(drift->scratch, k * k);
  mpz_mul_2exp(drift->scratch, drift->scratch, CERTIGAR_DRIFT_BITS);
  mpz_add(drift->sum, drift->sum, drift->scratch);
  mpz_mul_2exp(drift->sum, drift->sum, CERTIGAR_FACTOR_BITS);
  mpz_add(drift->magnitudes, drift->magnitudes, drift->radii);
  mpz_addmul(drift->sum, drift->rounding.factor, drift->magnitudes);
  mpz_cdiv_q_2exp(drift->sum, drift->sum, CERTIGAR_FACTOR_BITS);
  mpz_cdiv_q_ui(radius, drift->sum, k);
}

/* Row i of next, the mean of these k >= 2 of the n rows of made. */
static void mean_row(certigar_drift *drift, const size_t *rows, size_t k, size_t n, size_t i, size_t count)
{
  int others;
  size_t listed = list_rows(drift, rows, k, n, &others);
  certigar_rounding_set_factor(&drift->rounding, k);
  for (size_t l = 0; l < count; l++) {
    size_t at = i * count + l;
    mpz_set_ui(drift->next.radii[at], 0);
    if (!certigar_word_is_finite(drift->format, drift->next.words[at])) continue;
    mpz_set_ui(drift->sum, 0);
    mpz_set_ui(drift->magnitudes, 0);
    mpz_set_ui(drift->radii, 0);
    if (others) {
      mpz_set(drift->sum, drift->totals[l][0]);
      mpz_set(drift->magnitudes, drift->totals[l][1]);
      mpz_set(drift->radii, drift->totals[l][2]);
    }
    add_listed(drift, listed, count, l, others);
    set_radius(drift, k, drift->next.values[at], drift->next.radii[at]);
  }
}

/* Radii of rows that are means of the n rows of made; their values are in next. */
static void mean_rows(certigar_drift *drift, const size_t *rows, const size_t *counts, size_t made, size_t n, size_t count)
{
  sum_columns(drift, n, count);
  for (size_t i = 0; i < made; rows += counts[i++]) {
    if (counts[i] > 1) {
      mean_row(drift, rows, counts[i], n, i, count);
    } else {
      for (size_t l = 0; l < count; l++) mpz_set(drift->next.radii[i * count + l], drift->made.radii[rows[0] * count + l]);
    }
  }
}

/* ---- stages ---- */

static void read_words(const certigar_drift *drift, certigar_drift_block *block, size_t n, size_t count)
{
  for (size_t c = 0; c < n * count; c++) block->words[c] = certigar_word_at(drift->format, block->bytes, c);
}

static void take_next(certigar_drift *drift)
{
  certigar_drift_block made = drift->made;
  drift->made = drift->next;
  drift->next = made;
}

/* The words that a stage makes of made, and their values. */
static void make_rows(certigar_drift *drift, const certigar_plan *plan, size_t first, size_t count)
{
  size_t size = drift->format->size, rows = plan->next->n;
  certigar_tile_request request = plan->requests[0];
  certigar_matrix matrix = {.data = drift->made.bytes, .n = plan->n, .d = count, .row_stride = (ptrdiff_t)(count * size),
                            .column_stride = (ptrdiff_t)size};
  request.input = plan == drift->plan ? drift->input : &matrix;
  certigar_stage_tile(plan, &request, plan == drift->plan ? first : 0, count, drift->next.bytes, count * size);
  read_words(drift, &drift->next, rows, count);
  set_values(drift, &drift->next, rows, count);
}

int certigar_drift_is_scaling(const certigar_stage *stage)
{
  return stage->kind == STAGE_CLIP || stage->kind == STAGE_ARC;
}

static void pass_stage(certigar_drift *drift, const certigar_plan *plan, size_t stage, size_t first, size_t count)
{
  const certigar_selection *s = plan->selection;
  make_rows(drift, plan, first, count);
  if (certigar_drift_is_scaling(&plan->options.stages[0])) {
    certigar_drift_scale_rows(drift, drift->scales + stage * drift->n, plan->n, count);
  } else {
    mean_rows(drift, s->round_rows, s->round_counts, s->round_count, plan->n, count);
  }
  take_next(drift);
}

void certigar_drift_make(certigar_drift *drift, size_t stage, size_t first, size_t count)
{
  const certigar_plan *plan = drift->plan;
  for (size_t i = 0; i < drift->n; i++) {
    certigar_load_words(drift->format, drift->input, i, first, count, drift->made.words + i * count);
    for (size_t l = 0; l < count; l++) mpz_set_ui(drift->made.radii[i * count + l], 0);
  }
  set_values(drift, &drift->made, drift->n, count);
  for (size_t s = 0; s < stage; s++, plan = plan->next) pass_stage(drift, plan, s, first, count);
}

int certigar_drift_prepare(certigar_drift *drift)
{
  const certigar_plan *plan = drift->plan;
  for (size_t s = 0; plan->next; s++, plan = plan->next)
    if (certigar_drift_is_scaling(&plan->options.stages[0]) && !certigar_drift_find_scales(drift, plan, s)) return 0;
  return 1;
}

/* ---- what a rule has ---- */

int certigar_drifts(const certigar_plan *first, const certigar_recipe *recipe)
{
  return recipe->making != CERTIGAR_REAL && (first->next || recipe->rounds);
}

const mpz_t *certigar_drift_load(certigar_drift *drift, const certigar_recipe *recipe, size_t first, size_t count)
{
  size_t stages = drift->plan->options.stage_count, n = recipe->rounds ? recipe->rounds->plan->n : recipe->matrix->n;
  if (drift->first != first || drift->count != count) certigar_drift_make(drift, stages, first, count);
  drift->first = first;
  drift->count = count;
  if (!recipe->rounds) return (const mpz_t *)drift->made.radii;
  for (size_t i = 0; i < recipe->row_count; i++)
    certigar_load_words(drift->format, recipe->matrix, i, first, count, drift->next.words + i * count);
  set_values(drift, &drift->next, recipe->row_count, count);
  mean_rows(drift, recipe->rounds->rows, recipe->rounds->counts, recipe->row_count, n, count);
  return (const mpz_t *)drift->next.radii;
}
