/* BrSGD (Li et al., Algorithm 2): of the finite rows those with most marks (rules/brsgd_marks.h), C2, that are within 2T of the median, C1.
 *
 * Marks are counted exactly. Distances are intervals first (rules/brsgd_distance.h); a row of C2 whose interval holds 4T, since they are counted
 * twice, is measured exactly in one more pass. Every sum is one of integers, so nothing depends on the number of threads.
 */
#include "selection.h"
#include "order/limited.h"
#include "order/places.h"

#include <stdlib.h>
#include <string.h>

struct certigar_brsgd {
  certigar_plan *plan;
  size_t *rows, m;       /* the finite rows, ascending; what follows is of each of them, and first of each thread */
  uint64_t *marks;
  int64_t *limbs;        /* sums and slacks of distances since the carries were taken */
  mpz_t *distances;      /* and until then: 2 m numbers */
  int *order;            /* by marks: the most first, of equal ones the first row */
  unsigned char *chosen; /* whether the row is in C2 */
  unsigned char *wanted; /* whether the exact distance is */
  unsigned char *both;   /* whether it is in C1, too */
  unsigned char *within; /* whether the exact distance is at most the limit */
  mpz_t limit;           /* 4T, in units of the distances */
  void (*tile)(certigar_marks_request *request, size_t first, size_t count);
  int measures;          /* whether tile has to do with distances */
  int again;             /* the coordinates were counted for progress before */
};

/* ---- passes over the input ---- */

static void scan_chunks(void *context, size_t w)
{
  certigar_plan *plan = context;
  size_t lanes = plan->kernels->lanes, first, end;
  while (certigar_take_chunk(plan, &first, &end)) {
    for (size_t c = first; c < end; c += lanes) plan->kernels->scan_tile(&plan->requests[w], c, end - c < lanes ? end - c : lanes);
    certigar_advance(plan, w, 0);
  }
}

/* Lists the finite rows. */
static void find_finite(certigar_brsgd *b)
{
  certigar_plan *plan = b->plan;
  atomic_store(&plan->next_chunk, 0);
  certigar_parallel(plan->workers, plan->options.threads, scan_chunks, plan);
  for (size_t i = 0; i < plan->n; i++) {
    int nonfinite = 0;
    for (size_t w = 0; w < plan->options.threads; w++) nonfinite |= plan->requests[w].nonfinite[i];
    if (!nonfinite) b->rows[b->m++] = i;
  }
}

static void take_carries(certigar_brsgd *b, size_t w)
{
  size_t limbs = b->plan->kernels->distance_limbs;
  mpz_t sum;
  if (!b->measures) return;
  mpz_init(sum);
  for (size_t k = 2 * b->m * w; k < 2 * b->m * (w + 1); k++) {
    certigar_read_limbs(sum, b->limbs + k * limbs, limbs, 32);
    mpz_add(b->distances[k], b->distances[k], sum);
  }
  memset(b->limbs + 2 * b->m * w * limbs, 0, 2 * b->m * limbs * sizeof *b->limbs);
  mpz_clear(sum);
}

static void judge_chunks(void *context, size_t w)
{
  certigar_brsgd *b = context;
  certigar_plan *plan = b->plan;
  size_t lanes = plan->kernels->lanes, numbers = b->m * plan->kernels->distance_limbs, tiles = 0, first, end;
  certigar_marks_request request = {.input = plan->input, .work = plan->requests[w].work, .rows = b->rows, .row_count = b->m,
                                    .marks = b->marks + b->m * w, .wanted = b->wanted};
  if (b->measures) {
    request.sums = b->limbs + 2 * numbers * w;
    request.slack = request.sums + numbers;
  }
  while (certigar_take_chunk(plan, &first, &end)) {
    for (size_t c = first; c < end; c += lanes) b->tile(&request, c, end - c < lanes ? end - c : lanes);
    tiles += TILES_PER_CHUNK;
    if (tiles == CERTIGAR_MARKS_TILES) {
      take_carries(b, w);
      tiles = 0;
    }
    certigar_advance(plan, w, b->again ? 0 : end - first);
  }
  take_carries(b, w);
}

/* One pass; what the threads found is added up in the first one's place. */
static void judge(certigar_brsgd *b, void (*tile)(certigar_marks_request *request, size_t first, size_t count))
{
  b->tile = tile;
  atomic_store(&b->plan->next_chunk, 0);
  certigar_parallel(b->plan->workers, b->plan->options.threads, judge_chunks, b);
  for (size_t w = 1; w < b->plan->options.threads; w++) {
    for (size_t k = 0; k < b->m && !b->again; k++) b->marks[k] += b->marks[b->m * w + k];
    for (size_t k = 0; k < 2 * b->m && b->measures; k++) mpz_add(b->distances[k], b->distances[k], b->distances[2 * b->m * w + k]);
  }
}

static int take_memory(certigar_brsgd *b)
{
  size_t threads = b->plan->options.threads, numbers = 2 * b->m * threads;
  b->marks = calloc(b->m * threads, sizeof *b->marks);
  b->order = malloc(b->m * sizeof *b->order);
  b->chosen = calloc(b->m, 1);
  b->wanted = calloc(b->m, 1);
  b->both = calloc(b->m, 1);
  b->within = calloc(b->m, 1);
  if (!b->marks || !b->order || !b->chosen || !b->wanted || !b->both || !b->within) return 0;
  if (!b->measures) return 1;
  b->limbs = calloc(numbers * b->plan->kernels->distance_limbs, sizeof *b->limbs);
  b->distances = malloc(numbers * sizeof *b->distances);
  for (size_t k = 0; b->distances && k < numbers; k++) mpz_init(b->distances[k]);
  return b->limbs && b->distances;
}

static void free_memory(certigar_brsgd *b)
{
  for (size_t k = 0; b->distances && k < 2 * b->m * b->plan->options.threads; k++) mpz_clear(b->distances[k]);
  free(b->distances);
  free(b->limbs);
  free(b->marks);
  free(b->order);
  free(b->chosen);
  free(b->wanted);
  free(b->both);
  free(b->within);
  free(b->rows);
}

/* ---- C2 ---- */

/* Chooses the rows with most marks, of equal ones the first; marks are fewer than 2^63, and known, so nothing is open. */
static int choose_rows(certigar_brsgd *b, size_t kept)
{
  int64_t *rank = malloc(b->m * sizeof *rank);
  int *place = malloc(b->m * sizeof *place);
  int good = rank && place;
  if (good) {
    for (size_t k = 0; k < b->m; k++) rank[k] = -(int64_t)b->marks[k];
    certigar_choose_places(rank, rank, (int)b->m, (int)kept, b->order, place, b->chosen, b->wanted);
  }
  free(rank);
  free(place);
  return good;
}

/* ceil(beta m) */
static size_t share_of(const certigar_rational *beta, size_t m)
{
  mpq_t share;
  mpq_init(share);
  certigar_rational_get(beta, share);
  mpz_mul_ui(mpq_numref(share), mpq_numref(share), m);
  mpz_cdiv_q(mpq_numref(share), mpq_numref(share), mpq_denref(share));
  size_t result = mpz_get_ui(mpq_numref(share));
  mpq_clear(share);
  return result;
}

static void report_marks(certigar_selection *s, const certigar_brsgd *b, size_t kept)
{
  mpq_t marks, distance;
  mpq_inits(marks, distance, (mpq_ptr)NULL);
  for (size_t k = 0; k < b->m; k++) {
    mpq_set_ui(marks, b->marks[k], 1);
    certigar_bound bound = certigar_bound_of_rational(marks, 0);
    s->scores[b->rows[k]] = (certigar_interval){bound, bound};
  }
  if (kept < b->m) {
    uint64_t last = b->marks[b->order[kept - 1]], next = b->marks[b->order[kept]];
    mpq_set_ui(marks, last, 1);
    mpq_set_ui(distance, last - next, 1);
    s->margin = certigar_rational_margin(distance, marks);
    s->ties += last == next;
  }
  mpq_clears(marks, distance, (mpq_ptr)NULL);
}

/* ---- C1 ---- */

/* The greatest integer that is at most 4T, in units of the format times 2^exponent. */
static void set_limit(certigar_brsgd *b, int exponent)
{
  mpq_t t;
  int shift = (b->plan->dtype == CERTIGAR_FLOAT32 ? 149 : 1074) + 2 - exponent;
  mpq_init(t);
  certigar_rational_get(&b->plan->options.threshold, t);
  mpq_mul_2exp(t, t, (mp_bitcnt_t)shift);
  mpz_fdiv_q(b->limit, mpq_numref(t), mpq_denref(t));
  mpq_clear(t);
}

int certigar_side_of_limit(const certigar_brsgd *b, int k)
{
  mpz_t end;
  mpz_init(end);
  mpz_sub(end, b->distances[k], b->distances[b->m + (size_t)k]);
  int beyond = mpz_cmp(end, b->limit) > 0;
  mpz_addmul_ui(end, b->distances[b->m + (size_t)k], 3);
  int within = mpz_cmp(end, b->limit) <= 0;
  mpz_clear(end);
  return within ? -1 : beyond;
}

int certigar_measure_wanted(certigar_brsgd *b, const unsigned char *wanted, int n, unsigned char *within)
{
  for (size_t k = 0; k < 2 * b->m * b->plan->options.threads; k++) mpz_set_ui(b->distances[k], 0);
  b->again = 1;
  judge(b, b->plan->kernels->distances_tile);
  if (atomic_load(&b->plan->stop)) return 0;
  set_limit(b, 0);
  for (int k = 0; k < n; k++) within[k] = wanted[k] && mpz_cmp(b->distances[k], b->limit) <= 0;
  return 1;
}

static void select_by_distance(certigar_selection *s, certigar_brsgd *b)
{
  mpz_init(b->limit);
  set_limit(b, b->plan->kernels->near_exponent);
  int measured = certigar_select_limited(b, b->chosen, (int)b->m, b->both, b->wanted, b->within);
  mpz_clear(b->limit);
  for (size_t k = 0; k < b->m; k++) s->selected[b->rows[k]] = b->both[k];
  if (measured > 0) s->exact_distances += (size_t)measured;
}

/* ---- the rule ---- */

static int select_rows(certigar_selection *s, certigar_brsgd *b)
{
  certigar_plan *plan = b->plan;
  if (!take_memory(b)) return 0;
  judge(b, b->measures ? plan->kernels->near_distances_tile : plan->kernels->marks_tile);
  if (atomic_load(&plan->stop)) return 1;
  size_t kept = share_of(&plan->options.beta, b->m), selected = 0;
  if (!choose_rows(b, kept)) return 0;
  report_marks(s, b, kept);
  for (size_t k = 0; k < b->m; k++) s->selected[b->rows[k]] = b->chosen[k];
  if (b->measures) select_by_distance(s, b);
  for (size_t i = 0; i < s->n; i++) selected += s->selected[i];
  plan->no_value = selected == 0;
  return 1;
}

int certigar_select_brsgd(certigar_selection *s, certigar_plan *plan)
{
  certigar_brsgd b = {.plan = plan, .rows = malloc(plan->n * sizeof *b.rows), .measures = !certigar_rational_is_infinite(&plan->options.threshold)};
  if (!b.rows) return 0;
  find_finite(&b);
  for (size_t i = 0; i < s->n; i++) s->scores[i] = (certigar_interval){certigar_minus_infinity, certigar_minus_infinity};
  plan->no_value = b.m == 0;
  int good = b.m == 0 || atomic_load(&plan->stop) || select_rows(s, &b);
  free_memory(&b);
  return good;
}

int certigar_judge_brsgd(certigar_selection *s, certigar_plan *plan, uint64_t *marks, size_t *kept)
{
  certigar_brsgd b = {.plan = plan, .rows = malloc(plan->n * sizeof *b.rows), .measures = !certigar_rational_is_infinite(&plan->options.threshold)};
  if (!b.rows) return 0;
  memset(s->selected, 0, s->n);
  for (size_t i = 0; i < s->n; i++) marks[i] = UINT64_MAX;
  find_finite(&b);
  int good = b.m == 0 || take_memory(&b);
  *kept = share_of(&plan->options.beta, b.m);
  if (good && b.m > 0) {
    judge(&b, b.measures ? plan->kernels->near_distances_tile : plan->kernels->marks_tile);
    for (size_t k = 0; k < b.m; k++) {
      marks[b.rows[k]] = b.marks[k];
      b.chosen[k] = s->selected[b.rows[k]] = 1;
    }
    if (b.measures) select_by_distance(s, &b);
  }
  free_memory(&b);
  return good;
}
