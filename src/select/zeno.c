/* Zeno (Xie, Koyejo, Gupta 2019): the n-b rows of greatest score l - l_i - rho N_i, N_i the squared norm.
 *
 * Scores are rational numbers, or infinite; at first intervals, since the norms are. The
 * ends of the intervals are put in order, the greatest first, and go on as ranks in that order: order/places.h chooses by them, or says which rows
 * must take their exact norms.
 */
#include "selection.h"
#include "order/places.h"
#include "zeno_scores.h"

#include <stdlib.h>

typedef struct zeno_score {
  int infinite;              /* -1, +1; else 0, and */
  mpq_t base, lower, upper;  /* without the norm; lower <= score <= upper */
} zeno_score;

/* One end of the interval of a row. */
typedef struct zeno_end {
  const zeno_score *score;
  mpq_srcptr value;
  int64_t *rank; /* where its rank goes */
} zeno_end;

typedef struct zeno {
  certigar_selection *s;
  size_t n, kept;
  zeno_score *scores;
  zeno_end *ends;         /* 2 n */
  int64_t *first, *last;  /* the ranks of the upper and of the lower end of each: its place is between them */
  int *order, *place;     /* all rows, those kept in front */
  unsigned char *open;
  mpq_t rho;
} zeno;

/* What the scores are without the norms. */
static void read_scores(zeno *z, const certigar_options *options)
{
  certigar_zeno_reader reader;
  certigar_zeno_reader_init(&reader, options);
  if (!options->scores) certigar_rational_get(&options->rho, z->rho);
  for (size_t i = 0; i < z->n; i++) z->scores[i].infinite = certigar_zeno_read(&reader, i, z->scores[i].base, NULL);
  certigar_zeno_reader_clear(&reader);
  for (size_t i = 0; i < z->n; i++)
    if (!certigar_distances_finite(z->s->distances, i)) z->scores[i].infinite = -1;
}

/* ---- norms ---- */

/* end = base - rho norm, the norm a natural number. */
static void set_end(const zeno *z, mpq_t end, const mpq_t base, const uint32_t *norm)
{
  mpq_set_ui(end, 0, 1);
  certigar_natural_get(z->s->kernels, norm, mpq_numref(end));
  mpq_div_2exp(end, end, (mp_bitcnt_t)-z->s->kernels->natural_exponent);
  mpq_mul(end, end, z->rho);
  mpq_sub(end, base, end);
}

/* The intervals as far as the norms are known. */
static void bound_scores(zeno *z)
{
  uint32_t *least = z->s->row_lower, *greatest = z->s->row_upper;
  for (size_t i = 0; i < z->n; i++) {
    zeno_score *score = &z->scores[i];
    if (score->infinite != 0) continue;
    if (mpq_sgn(z->rho) == 0) {
      mpq_set(score->lower, score->base);
      mpq_set(score->upper, score->base);
    } else {
      certigar_distances_bounds(z->s->distances, i, i, least, greatest);
      set_end(z, score->lower, score->base, greatest);
      set_end(z, score->upper, score->base, least);
    }
  }
}

/* ---- ranks ---- */

/* The greatest first. */
static int by_value(const void *left, const void *right)
{
  const zeno_end *a = left, *b = right;
  if (a->score->infinite != 0 || b->score->infinite != 0) return b->score->infinite - a->score->infinite;
  return mpq_cmp(b->value, a->value);
}

/* Ranks the ends of all intervals; equal ends have the same rank. */
static void rank_ends(zeno *z)
{
  int64_t rank = 0;
  for (size_t i = 0; i < z->n; i++) {
    z->ends[2 * i] = (zeno_end){&z->scores[i], z->scores[i].upper, &z->first[i]};
    z->ends[2 * i + 1] = (zeno_end){&z->scores[i], z->scores[i].lower, &z->last[i]};
  }
  qsort(z->ends, 2 * z->n, sizeof *z->ends, by_value);
  for (size_t e = 0; e < 2 * z->n; e++) {
    if (e > 0) rank += by_value(&z->ends[e - 1], &z->ends[e]) != 0;
    *z->ends[e].rank = rank;
  }
}

/* Chooses the rows; takes exact norms as long as it must. Returns 0 if there is no memory. A run that is stopped chooses nothing. */
static int decide(zeno *z, certigar_plan *plan)
{
  certigar_selection *s = z->s;
  while (!atomic_load(&plan->stop)) {
    bound_scores(z);
    rank_ends(z);
    if (certigar_choose_places(z->first, z->last, (int)z->n, (int)z->kept, z->order, z->place, s->selected, z->open)) return 1;
    for (size_t i = 0; i < z->n; i++)
      if (z->open[i]) certigar_distances_want(s->distances, i, i);
    if (!certigar_distances_refine(s->distances, plan)) return 0;
  }
  return 1;
}

/* ---- the report ---- */

static void report_scores(const zeno *z)
{
  for (size_t i = 0; i < z->n; i++) {
    const zeno_score *score = &z->scores[i];
    certigar_bound infinite = {.infinite = 1, .negative = score->infinite < 0};
    z->s->scores[i] = score->infinite != 0 ? (certigar_interval){infinite, infinite}
                                           : (certigar_interval){certigar_bound_of_rational(score->lower, 0), certigar_bound_of_rational(score->upper, 1)};
  }
}

/* The last row kept is the one with the least lower end, the first left out the one with the greatest upper end: their scores are no nearer. The score
 * of the last one kept is at most the least of the upper ends. */
static certigar_bound margin_of(const zeno *z)
{
  int last = z->order[z->kept - 1], least = last, next = z->order[z->kept];
  const zeno_score *scores = z->scores;
  mpq_t distance, divisor;
  if (scores[last].infinite != 0 || scores[next].infinite != 0)
    return (certigar_bound){.infinite = scores[last].infinite != scores[next].infinite};
  for (size_t k = 0; k < z->kept; k++)
    if (z->first[z->order[k]] > z->first[least]) least = z->order[k];
  for (size_t k = z->kept; k < z->n; k++)
    if (z->first[z->order[k]] < z->first[next]) next = z->order[k];
  mpq_inits(distance, divisor, (mpq_ptr)NULL);
  mpq_sub(distance, scores[last].lower, scores[next].upper);
  mpq_abs(divisor, scores[last].lower);
  if (mpq_cmp(scores[least].upper, divisor) > 0) mpq_set(divisor, scores[least].upper);
  certigar_bound margin = certigar_rational_margin(distance, divisor);
  mpq_clears(distance, divisor, (mpq_ptr)NULL);
  return margin;
}

static void report(const zeno *z)
{
  certigar_selection *s = z->s;
  report_scores(z);
  if (z->kept == z->n) return;
  s->margin = margin_of(z);
  s->ties += z->last[z->order[z->kept - 1]] == z->last[z->order[z->kept]];
}

/* ---- the rule ---- */

static int take_memory(zeno *z)
{
  z->scores = calloc(z->n, sizeof *z->scores);
  z->ends = malloc(2 * z->n * sizeof *z->ends);
  z->first = malloc(z->n * sizeof *z->first);
  z->last = malloc(z->n * sizeof *z->last);
  z->order = malloc(z->n * sizeof *z->order);
  z->place = malloc(z->n * sizeof *z->place);
  z->open = malloc(z->n);
  return z->scores && z->ends && z->first && z->last && z->order && z->place && z->open;
}

static void free_memory(zeno *z)
{
  free(z->scores);
  free(z->ends);
  free(z->first);
  free(z->last);
  free(z->order);
  free(z->place);
  free(z->open);
}

int certigar_select_zeno(certigar_selection *s, certigar_plan *plan)
{
  zeno z = {.s = s, .n = s->n, .kept = s->n - plan->options.f};
  if (atomic_load(&plan->stop)) return 1;
  int good = take_memory(&z);
  if (good) {
    mpq_init(z.rho);
    for (size_t i = 0; i < z.n; i++) mpq_inits(z.scores[i].base, z.scores[i].lower, z.scores[i].upper, (mpq_ptr)NULL);
    read_scores(&z, &plan->options);
    good = decide(&z, plan);
    if (good && !atomic_load(&plan->stop)) report(&z);
    for (size_t i = 0; i < z.n; i++) mpq_clears(z.scores[i].base, z.scores[i].lower, z.scores[i].upper, (mpq_ptr)NULL);
    mpq_clear(z.rho);
  }
  free_memory(&z);
  return good;
}
