/* Rules that choose once: the rows of least krum score, norm, or distance from the pivot; of most marks; of greatest score. */
#include "choices_parts.h"

#include "select/selection.h"
#include "select/zeno_scores.h"

#include <stdlib.h>
#include <string.h>

/* ---- the numbers ---- */

/* The equal row before row i that is not gone, among the candidates so far. */
static size_t twin_of(const certigar_choices *choices, const unsigned char *gone, const certigar_numbers *numbers, size_t i)
{
  size_t j = choices->equal[i], c = 0;
  while (j != SIZE_MAX && certigar_set_has(gone, j)) j = choices->equal[j];
  if (j == SIZE_MAX) return SIZE_MAX;
  while (numbers->rows[c] != j) c++;
  return c;
}

/* Krum's score of row i, or infinite. */
static int add_nearest(const certigar_choices *choices, const unsigned char *gone, size_t i, size_t neighbours, mpz_t sum)
{
  size_t n = choices->n, a = 0;
  const size_t *list = choices->nearest + i * n;
  mpz_set_ui(sum, 0);
  for (; neighbours > 0 && a < n && list[a] < n; a++) {
    if (certigar_set_has(gone, list[a])) continue;
    mpz_add(sum, sum, certigar_square(choices->measure, i, list[a]));
    neighbours--;
  }
  return neighbours > 0;
}

void certigar_krum_numbers(const certigar_choices *choices, const unsigned char *gone, size_t neighbours, certigar_numbers *numbers)
{
  numbers->count = 0;
  for (size_t i = 0; i < choices->n; i++) {
    if (certigar_set_has(gone, i)) continue;
    size_t c = numbers->count;
    numbers->rows[c] = i;
    numbers->twin[c] = twin_of(choices, gone, numbers, i);
    numbers->infinite[c] = add_nearest(choices, gone, i, neighbours, numbers->value[c]);
    mpz_set(numbers->weight[c], numbers->value[c]);
    numbers->count++;
  }
  certigar_numbers_finish(numbers, &choices->nearness);
}

int certigar_number_krum(certigar_choices *choices)
{
  memset(choices->set, 0, choices->bytes);
  certigar_krum_numbers(choices, choices->set, choices->n - choices->f - 2, &choices->numbers);
  return 1;
}

/* One more candidate; its value is set by the caller. */
static size_t add_candidate(certigar_numbers *numbers, size_t row, int infinite)
{
  size_t c = numbers->count++;
  numbers->rows[c] = row;
  numbers->twin[c] = SIZE_MAX;
  numbers->infinite[c] = infinite;
  return c;
}

int certigar_number_distances(certigar_choices *choices)
{
  const certigar_options *options = &choices->plan->options;
  int from_row = choices->plan->rule == CERTIGAR_MONNA;
  choices->measure = certigar_measure_new(choices->plan->dtype, choices->input, NULL, from_row ? (int)options->pivot : CERTIGAR_FROM_ZERO, options->threads);
  if (!choices->measure) return 0;
  const certigar_measure *measure = choices->measure;
  choices->kept = choices->n - choices->f - (size_t)from_row;
  if (from_row) choices->forced = options->pivot;
  for (size_t i = 0; i < choices->n; i++) {
    if (i == choices->forced) continue;
    size_t c = add_candidate(&choices->numbers, i, !measure->finite[i] || (from_row && !measure->finite[options->pivot]));
    mpz_set(choices->numbers.value[c], measure->squares[i]);
    mpz_set(choices->numbers.weight[c], measure->squares[i]);
  }
  certigar_numbers_finish(&choices->numbers, &choices->nearness);
  return 1;
}

/* The most marks first; marks are counted, so nothing about them is near. */
int certigar_number_marks(certigar_choices *choices)
{
  certigar_plan *own = choices->own;
  uint64_t *marks = malloc(choices->n * sizeof *marks);
  certigar_plan_prepare(own, choices->input, NULL);
  int good = marks && certigar_judge_brsgd(own->selection, own, marks, &choices->kept);
  for (size_t i = 0; good && i < choices->n; i++) {
    choices->allowed[i] = own->selection->selected[i];
    if (marks[i] == UINT64_MAX) continue;
    size_t c = add_candidate(&choices->numbers, i, 0);
    mpz_set_ui(choices->numbers.value[c], marks[i]);
    mpz_neg(choices->numbers.value[c], choices->numbers.value[c]);
  }
  free(marks);
  certigar_numbers_finish(&choices->numbers, &choices->nearness);
  return good;
}

/* score = base - rho norm, size becomes |l| + |l_i| + rho norm. */
static void take_norm(const certigar_choices *choices, size_t i, mpq_t score, mpq_t size, mpq_t term)
{
  const certigar_measure *measure = choices->measure;
  mpq_t norm;
  mpq_init(norm);
  mpq_set_z(norm, measure->squares[i]);
  if (measure->exponent >= 0) {
    mpq_mul_2exp(norm, norm, (mp_bitcnt_t)measure->exponent);
  } else {
    mpq_div_2exp(norm, norm, (mp_bitcnt_t)-measure->exponent);
  }
  certigar_rational_get(&choices->plan->options.rho, term);
  mpq_mul(term, term, norm);
  mpq_sub(score, score, term);
  mpq_add(size, size, term);
  mpq_clear(norm);
}

/* to = number times scale, an integer. */
static void scale_up(mpz_t to, const mpq_t number, const mpz_t scale)
{
  mpz_divexact(to, scale, mpq_denref(number));
  mpz_mul(to, to, mpq_numref(number));
}

static void number_scores(certigar_choices *choices, mpq_t *scores, mpq_t *sizes)
{
  certigar_numbers *numbers = &choices->numbers;
  const certigar_options *options = &choices->plan->options;
  certigar_zeno_reader reader;
  mpq_t term;
  mpz_t scale;
  mpq_init(term);
  mpz_init_set_ui(scale, 1);
  certigar_zeno_reader_init(&reader, options);
  for (size_t i = 0; i < choices->n; i++) {
    int infinite = certigar_zeno_read(&reader, i, scores[i], sizes[i]);
    if (!choices->measure->finite[i]) infinite = -1;
    if (infinite == 0 && !options->scores) take_norm(choices, i, scores[i], sizes[i], term);
    mpz_lcm(scale, scale, mpq_denref(scores[i]));
    mpz_lcm(scale, scale, mpq_denref(sizes[i]));
    add_candidate(numbers, i, -infinite);
  }
  for (size_t i = 0; i < choices->n; i++) {
    scale_up(numbers->value[i], scores[i], scale);
    mpz_neg(numbers->value[i], numbers->value[i]); /* the greatest score is the least number */
    scale_up(numbers->weight[i], sizes[i], scale);
  }
  certigar_zeno_reader_clear(&reader);
  mpq_clear(term);
  mpz_clear(scale);
  certigar_numbers_finish(numbers, &choices->nearness);
}

int certigar_number_scores(certigar_choices *choices)
{
  size_t n = choices->n;
  mpq_t *scores = malloc(n * sizeof *scores), *sizes = malloc(n * sizeof *sizes);
  choices->measure = certigar_measure_new(choices->plan->dtype, choices->input, NULL, CERTIGAR_FROM_ZERO, choices->plan->options.threads);
  choices->kept = n - choices->f;
  choices->halves = 1;
  int good = scores && sizes && choices->measure;
  for (size_t i = 0; good && i < n; i++) mpq_inits(scores[i], sizes[i], (mpq_ptr)NULL);
  if (good) number_scores(choices, scores, sizes);
  for (size_t i = 0; good && i < n; i++) mpq_clears(scores[i], sizes[i], (mpq_ptr)NULL);
  free(scores);
  free(sizes);
  return good;
}

/* ---- the choices ---- */

/* The selection of a choice: nothing, if all of its rows are ones that are not allowed. Returns 0 to end the search. */
static int add_choice(void *context, const unsigned char *chosen)
{
  certigar_choices *choices = context;
  const certigar_numbers *numbers = &choices->numbers;
  size_t count = 0;
  memset(choices->set, 0, choices->bytes);
  for (size_t c = 0; c < numbers->count; c++) {
    if (!chosen[c] || !choices->allowed[numbers->rows[c]]) continue;
    certigar_set_flip(choices->set, numbers->rows[c]);
    count++;
  }
  if (choices->forced != SIZE_MAX) {
    certigar_set_flip(choices->set, choices->forced);
    count++;
  }
  if (count == 0) return 1;
  return certigar_choices_add(choices, choices->set);
}

static int find_choices(certigar_choices *choices)
{
  const certigar_numbers *numbers = &choices->numbers;
  unsigned char *chosen = calloc(numbers->count + 1, 1);
  if (!chosen) return 0;
  for (size_t a = 0; a < choices->kept; a++) chosen[numbers->order[a]] = 1;
  int going = add_choice(choices, chosen) && choices->found.count > 0; /* without a value of the rule there is nothing to compare with */
  free(chosen);
  return !going || certigar_near_choices(numbers, choices->kept, &choices->steps, add_choice, choices) >= 0;
}

/* The flags of the choice that has the selection: candidates that are not allowed are left over, and fill it up from the least. Returns whether there is
 * one. */
static int choice_of(const certigar_choices *choices, const unsigned char *set, unsigned char *chosen)
{
  const certigar_numbers *numbers = &choices->numbers;
  size_t missing = choices->kept, rows = 0, known = 0;
  for (size_t i = 0; i < choices->n; i++) rows += (size_t)certigar_set_has(set, i);
  for (size_t c = 0; c < numbers->count; c++) {
    chosen[c] = (unsigned char)certigar_set_has(set, numbers->rows[c]);
    if (chosen[c] && (!choices->allowed[numbers->rows[c]] || missing-- == 0)) return 0;
    known += chosen[c];
  }
  if (choices->forced != SIZE_MAX) known += (size_t)certigar_set_has(set, choices->forced);
  for (size_t a = 0; a < numbers->count && missing > 0; a++) {
    size_t c = numbers->order[a];
    if (choices->allowed[numbers->rows[c]]) continue;
    chosen[c] = 1;
    missing--;
  }
  return missing == 0 && known == rows && rows > 0 && (choices->forced == SIZE_MAX || certigar_set_has(set, choices->forced));
}

static int judge_choice(certigar_choices *choices, const unsigned char *set, int *admitted, mpq_t gap, int *finite)
{
  unsigned char *chosen = malloc(choices->numbers.count + 1);
  if (!chosen) return 0;
  if (choice_of(choices, set, chosen)) {
    *admitted = certigar_choice_is_near(&choices->numbers, chosen);
    *finite = certigar_choice_gap(&choices->numbers, chosen, choices->halves, gap);
  }
  free(chosen);
  return 1;
}

const certigar_kind certigar_one_choice = {find_choices, judge_choice};
