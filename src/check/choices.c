/* See choices.h. All selections are found at once, as sets of bits; the kinds of rules are in the files choices_*.c. */
#include "choices_parts.h"

#include "select/selection.h"

#include <stdlib.h>
#include <string.h>

/* ---- the same for all rules ---- */

static int add_all_rows(certigar_choices *choices)
{
  memset(choices->set, 0, choices->bytes);
  for (size_t i = 0; i < choices->n; i++) certigar_set_flip(choices->set, i);
  certigar_choices_add(choices, choices->set);
  return 1;
}

static int judge_all_rows(certigar_choices *choices, const unsigned char *set, int *admitted, mpq_t gap, int *finite)
{
  (void)gap;
  *admitted = *finite = 1;
  for (size_t i = 0; i < choices->n; i++) *admitted &= certigar_set_has(set, i);
  return 1;
}

static const certigar_kind all_rows = {add_all_rows, judge_all_rows};

int certigar_choices_add(certigar_choices *choices, const unsigned char *key)
{
  if (certigar_row_sets_has(&choices->found, key)) return 1;
  if (choices->found.count == choices->cap) {
    choices->capped = 1;
    return 0;
  }
  if (certigar_row_sets_add(&choices->found, key) < 0) choices->no_memory = 1;
  return !choices->no_memory;
}

static int run_own(certigar_choices *choices)
{
  certigar_plan_prepare(choices->own, choices->input, NULL);
  return certigar_selection_run(choices->own);
}

/* ---- of each rule ---- */

static size_t winners_of(const certigar_choices *choices)
{
  size_t m = choices->plan->options.m, k = choices->n - choices->f - 2;
  switch (choices->plan->rule) {
    case CERTIGAR_KRUM: return 1;
    case CERTIGAR_MULTI_KRUM: return m > 0 ? m : k;
    default: return k - choices->f; /* multi-bulyan one-pass */
  }
}

/* All distances, and each row's neighbours by distance, equal rows linked. */
static int compare_rows(certigar_choices *choices)
{
  size_t n = choices->n;
  choices->measure = certigar_measure_new(choices->plan->dtype, choices->input, NULL, CERTIGAR_ALL_PAIRS, choices->plan->options.threads);
  choices->nearest = malloc(n * n * sizeof *choices->nearest);
  if (!choices->measure || !choices->nearest) return 0;
  const certigar_measure *measure = choices->measure;
  for (size_t i = 0; i < n; i++) {
    size_t *list = choices->nearest + i * n, count = certigar_nearest_rows(measure, n, i, list);
    for (size_t a = 0; a < count; a++)
      if (list[a] < i && mpz_sgn(certigar_square(measure, i, list[a])) == 0) choices->equal[i] = list[a];
    for (; count < n; count++) list[count] = n;
  }
  return 1;
}

/* Krum copies a row bit for bit, so rows that differ in the sign of a zero are not the same to it. */
static void tell_equal_rows(certigar_choices *choices)
{
  for (size_t i = 0; i < choices->n; i++) choices->equal[i] = SIZE_MAX;
}

/* The error of squares summed pairwise is (ceil(log2 d) + 4) u; of eigenvalues n u more. */
static certigar_nearness nearness_of(const certigar_choices *choices, certigar_closeness closeness)
{
  unsigned long levels = 0;
  for (size_t rest = choices->input->d - 1; rest > 0; rest /= 2) levels++;
  certigar_nearness nearness = {levels + 4, choices->plan->dtype == CERTIGAR_FLOAT32 ? 24 : 53};
  if (choices->plan->rule == CERTIGAR_SMEA) nearness.ulps += choices->n;
  if (closeness == CERTIGAR_TIED) nearness.ulps = 0;
  return nearness;
}

static int prepare(certigar_choices *choices)
{
  switch (choices->plan->rule) {
    case CERTIGAR_KRUM:
    case CERTIGAR_MULTI_KRUM:
    case CERTIGAR_BULYAN:
    case CERTIGAR_MULTI_BULYAN:
      if (!compare_rows(choices)) return 0;
      if (choices->plan->rule == CERTIGAR_KRUM) tell_equal_rows(choices);
      choices->kind = certigar_makes_rows(choices->plan) ? certigar_mean_rounds : certigar_rounds;
      if (choices->plan->rule == CERTIGAR_BULYAN || certigar_makes_rows(choices->plan)) return 1;
      choices->kind = certigar_one_choice;
      choices->kept = winners_of(choices);
      return certigar_number_krum(choices);
    case CERTIGAR_MDA: choices->kind = certigar_cliques; return compare_rows(choices) && run_own(choices);
    case CERTIGAR_SMEA: choices->kind = certigar_spectra; return run_own(choices);
    case CERTIGAR_CGE:
    case CERTIGAR_MONNA: choices->kind = certigar_one_choice; return certigar_number_distances(choices);
    case CERTIGAR_BRSGD: choices->kind = certigar_one_choice; return certigar_number_marks(choices);
    case CERTIGAR_ZENO: choices->kind = certigar_one_choice; return certigar_number_scores(choices);
    default: choices->kind = all_rows; return 1;
  }
}

/* ---- what is asked ---- */

static int take_memory(certigar_choices *choices)
{
  size_t n = choices->n, rounds = certigar_makes_rows(choices->plan) ? n : 1;
  choices->bytes = certigar_set_bytes(n);
  choices->parts = certigar_makes_rows(choices->plan) ? n - 2 * choices->f - 2 : 1;
  certigar_row_sets_init(&choices->found, choices->parts * choices->bytes);
  choices->allowed = malloc(n);
  choices->equal = malloc(n * sizeof *choices->equal);
  choices->rows = malloc(n * sizeof *choices->rows);
  choices->round_rows = malloc(rounds * n * sizeof *choices->round_rows);
  choices->round_counts = malloc(rounds * sizeof *choices->round_counts);
  choices->set = malloc(choices->bytes);
  if (!choices->allowed || !choices->equal || !choices->rows || !choices->round_rows || !choices->round_counts || !choices->set) return 0;
  memset(choices->allowed, 1, n);
  tell_equal_rows(choices);
  return certigar_numbers_init(&choices->numbers, n);
}

certigar_choices *certigar_choices_new(certigar_plan *plan, const certigar_matrix *input, certigar_closeness closeness, size_t cap)
{
  certigar_choices *made = calloc(1, sizeof *made);
  certigar_options options = plan->options;
  if (!made) return NULL;
  options.progress = NULL;
  made->plan = plan;
  made->input = input;
  made->n = plan->n;
  made->f = plan->options.f;
  made->cap = cap;
  made->steps = CERTIGAR_SEARCH_STEPS;
  made->forced = SIZE_MAX;
  made->nearness = nearness_of(made, closeness);
  if (certigar_plan_new(&made->own, plan->rule, plan->dtype, plan->n, &options, NULL) == CERTIGAR_OK && take_memory(made) && prepare(made) &&
      made->kind.find(made) && !made->no_memory) {
    if (made->steps == 0) made->capped = 1;
    return made;
  }
  certigar_choices_free(made);
  return NULL;
}

void certigar_choices_free(certigar_choices *choices)
{
  if (!choices) return;
  certigar_plan_free(choices->own);
  certigar_measure_free(choices->measure);
  certigar_numbers_clear(&choices->numbers);
  certigar_row_sets_clear(&choices->found);
  free(choices->allowed);
  free(choices->nearest);
  free(choices->equal);
  free(choices->rows);
  free(choices->round_rows);
  free(choices->round_counts);
  free(choices->set);
  free(choices);
}

/* The key of the selection given last as rounds; and what entered any of them. */
static size_t list_rounds(certigar_choices *choices, const unsigned char *key)
{
  size_t count = 0, listed = 0;
  for (size_t t = 0; t < choices->parts; t++) {
    choices->round_counts[t] = 0;
    for (size_t i = 0; i < choices->n; i++)
      if (certigar_set_has(key + t * choices->bytes, i)) {
        choices->round_rows[listed++] = i;
        choices->round_counts[t]++;
      }
  }
  for (size_t i = 0; i < choices->n; i++) {
    int has = 0;
    for (size_t t = 0; t < choices->parts; t++) has |= certigar_set_has(key + t * choices->bytes, i);
    if (has) choices->rows[count++] = i;
  }
  return count;
}

int certigar_choices_next(certigar_choices *choices, const size_t **rows, size_t *row_count)
{
  if (choices->given == choices->found.count) return 0;
  *row_count = list_rounds(choices, choices->found.keys + choices->given++ * choices->found.bytes);
  *rows = choices->rows;
  return 1;
}

int certigar_choices_capped(const certigar_choices *choices)
{
  return choices->capped;
}

int certigar_choices_rounds(const certigar_choices *choices, const size_t **round_rows, const size_t **round_counts, size_t *round_count)
{
  if (!certigar_makes_rows(choices->plan)) return 0;
  *round_rows = choices->round_rows;
  *round_counts = choices->round_counts;
  *round_count = choices->given > 0 ? choices->parts : 0;
  return 1;
}

/* Of eigenvalues those are right that are no more than 1 + 2^-30 times the least (spec/rules.md, smea). */
void certigar_resolution(const certigar_choices *choices, mpq_t resolution)
{
  mpq_t least;
  mpq_init(least);
  mpq_set_ui(resolution, 2 * choices->nearness.ulps, 1);
  mpz_ui_pow_ui(mpq_denref(resolution), 2, choices->nearness.bits);
  if (!choices->halves) mpz_sub_ui(mpq_denref(resolution), mpq_denref(resolution), choices->nearness.ulps);
  mpq_canonicalize(resolution);
  mpq_set_ui(least, 1, 1 << 30);
  if (choices->plan->rule == CERTIGAR_SMEA && mpq_cmp(resolution, least) < 0) mpq_set(resolution, least);
  mpq_clear(least);
}

int certigar_choices_admits(certigar_choices *choices, const size_t *rows, size_t row_count, certigar_bound *gap, certigar_bound *resolution)
{
  mpq_t exact;
  int admitted = 0, finite = 0;
  mpq_init(exact);
  certigar_resolution(choices, exact);
  *resolution = certigar_bound_of_rational(exact, 0);
  *gap = (certigar_bound){.infinite = 1};
  memset(choices->set, 0, choices->bytes);
  for (size_t k = 0; k < row_count; k++) certigar_set_flip(choices->set, rows[k]);
  if (!choices->kind.judge(choices, choices->set, &admitted, exact, &finite)) admitted = -1;
  if (finite) *gap = certigar_bound_of_rational(exact, 1);
  mpq_clear(exact);
  return admitted;
}
