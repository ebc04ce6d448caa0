/* Distances of all pairs: see distances.h.
 *
 * The input is cut into segments, as many as n says and d allows, each summed by one thread from its beginning to its end and then joined in their
 * order: so the intervals do not depend on the number of threads. Exact sums do not depend on any order.
 */
#include "distances.h"

#include <stdlib.h>
#include <string.h>

enum { SEGMENTS_MAX = 64, SEGMENTS_MIN = 8, SEGMENT_BYTES = 1 << 25 };

struct certigar_distances {
  const certigar_kernels *kernels;
  size_t n, pair_count, segments, threads;
  certigar_pair_sum *sums;      /* pair_count for each segment; the first ones hold the totals after a run */
  unsigned char *finite;        /* n */
  int *group;                   /* n */
  /* exact distances of one row from those at rows */
  size_t row_count, *rows, (*pairs)[2];
  int64_t *squares;             /* square_limbs for each pair and thread */
  uint32_t *totals, *row;       /* natural numbers for each pair, and for each row */
  size_t evaluated;
  certigar_plan *plan;          /* of the pass in progress */
};

static size_t segment_count(size_t pair_count)
{
  size_t segments = SEGMENTS_MAX;
  while (segments > SEGMENTS_MIN && segments * pair_count > SEGMENT_BYTES / sizeof(certigar_pair_sum)) segments /= 2;
  return segments;
}

size_t certigar_distances_work_bytes(const certigar_plan *plan)
{
  size_t filter = plan->kernels->filter_bytes(plan->n), exact = plan->kernels->exact_bytes(plan->n);
  return filter > exact ? filter : exact;
}

void certigar_distances_free(certigar_distances *distances)
{
  if (!distances) return;
  free(distances->sums);
  free(distances->finite);
  free(distances->group);
  free(distances->rows);
  free(distances->pairs);
  free(distances->squares);
  free(distances->totals);
  free(distances->row);
  free(distances);
}

certigar_distances *certigar_distances_new(const certigar_plan *plan)
{
  size_t n = plan->n, natural_size = plan->kernels->natural_digits * sizeof(uint32_t);
  certigar_distances *made = calloc(1, sizeof *made);
  if (!made) return NULL;
  made->kernels = plan->kernels;
  made->n = n;
  made->threads = plan->options.threads;
  made->pair_count = n * (n - 1) / 2;
  made->segments = segment_count(made->pair_count);
  made->sums = calloc(made->segments * made->pair_count + 1, sizeof *made->sums);
  made->finite = malloc(n);
  made->group = malloc(n * sizeof *made->group);
  made->rows = malloc(n * sizeof *made->rows);
  made->pairs = malloc(n * sizeof *made->pairs);
  made->squares = calloc(n * made->threads, plan->kernels->square_limbs * sizeof *made->squares);
  made->totals = malloc(n * natural_size);
  made->row = malloc(n * natural_size);
  if (made->sums && made->finite && made->group && made->rows && made->pairs && made->squares && made->totals && made->row) return made;
  certigar_distances_free(made);
  return NULL;
}

/* The coordinates of segment s, whole blocks but for the last. */
static size_t segment_begin(const certigar_distances *distances, size_t d, size_t s)
{
  size_t blocks = (d - 1) / distances->kernels->block + 1;
  size_t begin = (blocks / distances->segments * s + blocks % distances->segments * s / distances->segments) * distances->kernels->block;
  return begin < d ? begin : d;
}

static void filter_segments(void *context, size_t w)
{
  certigar_distances *distances = context;
  certigar_plan *plan = distances->plan;
  size_t block = distances->kernels->block, d = plan->input->d;
  for (;;) {
    size_t s = atomic_fetch_add(&plan->next_chunk, 1);
    if (s >= distances->segments) return;
    certigar_filter_request request = {.input = plan->input,
                                       .f = (int)plan->options.f,
                                       .work = plan->requests[w].work,
                                       .nonfinite = plan->requests[w].nonfinite,
                                       .scale = 0,
                                       .pairs = distances->sums + s * distances->pair_count};
    size_t end = segment_begin(distances, d, s + 1);
    for (size_t first = segment_begin(distances, d, s); first < end && !atomic_load(&plan->stop); first += block) {
      size_t count = end - first < block ? end - first : block;
      distances->kernels->filter_block(&request, first, count);
      certigar_advance(plan, w, count);
    }
  }
}

static const certigar_pair_sum *pair_of(const certigar_distances *distances, size_t i, size_t j)
{
  return i > j ? &distances->sums[i * (i - 1) / 2 + j] : &distances->sums[j * (j - 1) / 2 + i];
}

static void join_segments(certigar_distances *distances)
{
  for (size_t s = 1; s < distances->segments; s++)
    for (size_t p = 0; p < distances->pair_count; p++)
      distances->kernels->pair_join(&distances->sums[p], &distances->sums[s * distances->pair_count + p]);
}

static void find_groups(certigar_distances *distances)
{
  for (size_t i = 0; i < distances->n; i++) {
    size_t j = 0;
    while (j < i && !(distances->finite[i] && distances->finite[j] && pair_of(distances, i, j)->same)) j++;
    distances->group[i] = (int)j;
  }
}

void certigar_distances_run(certigar_distances *distances, certigar_plan *plan)
{
  for (size_t p = 0; p < distances->segments * distances->pair_count; p++) distances->sums[p] = (certigar_pair_sum){.same = 1};
  distances->plan = plan;
  distances->evaluated = 0;
  atomic_store(&plan->next_chunk, 0);
  certigar_parallel(plan->workers, distances->threads, filter_segments, distances);
  for (size_t i = 0; i < distances->n; i++) {
    distances->finite[i] = 1;
    for (size_t w = 0; w < distances->threads; w++)
      if (plan->requests[w].nonfinite[i]) distances->finite[i] = 0;
  }
  join_segments(distances);
  find_groups(distances);
}

int certigar_distances_finite(const certigar_distances *distances, size_t row)
{
  return distances->finite[row];
}

const int *certigar_distances_groups(const certigar_distances *distances)
{
  return distances->group;
}

size_t certigar_distances_evaluated(const certigar_distances *distances)
{
  return distances->evaluated;
}

void certigar_distances_bounds(const certigar_distances *distances, size_t i, size_t j, uint32_t *lower, uint32_t *upper)
{
  size_t size = distances->kernels->natural_digits * sizeof *lower;
  if (distances->group[i] == distances->group[j]) {
    memset(lower, 0, size);
    memset(upper, 0, size);
  } else if (!distances->finite[i] || !distances->finite[j]) {
    distances->kernels->natural_set_infinite(lower);
    distances->kernels->natural_set_infinite(upper);
  } else {
    distances->kernels->pair_bounds(pair_of(distances, i, j), lower, upper);
  }
}

static void exact_chunks(void *context, size_t w)
{
  certigar_distances *distances = context;
  certigar_plan *plan = distances->plan;
  size_t lanes = distances->kernels->lanes, d = plan->input->d, chunk = lanes * TILES_PER_CHUNK;
  certigar_exact_request request = {.input = plan->input,
                                    .work = plan->requests[w].work,
                                    .rows = distances->rows,
                                    .row_count = distances->row_count,
                                    .pairs = (const size_t(*)[2])distances->pairs,
                                    .pair_count = distances->row_count - 1,
                                    .sums = distances->squares + w * distances->n * distances->kernels->square_limbs};
  while (!atomic_load(&plan->stop)) {
    size_t first = atomic_fetch_add(&plan->next_chunk, 1);
    if (first >= (d - 1) / chunk + 1) return;
    first *= chunk;
    size_t end = d - first < chunk ? d : first + chunk;
    for (size_t c = first; c < end; c += lanes) distances->kernels->exact_tile(&request, c, end - c < lanes ? end - c : lanes);
    certigar_advance(plan, w, 0);
  }
}

/* rows[0] is the row's group; the others are the groups of the other finite rows, each once. */
static void list_pairs(certigar_distances *distances, size_t row)
{
  distances->row_count = 0;
  distances->rows[distances->row_count++] = (size_t)distances->group[row];
  for (size_t j = 0; j < distances->n; j++) {
    if (distances->group[j] != (int)j || distances->group[j] == distances->group[row] || !distances->finite[j]) continue;
    distances->pairs[distances->row_count - 1][0] = 0;
    distances->pairs[distances->row_count - 1][1] = distances->row_count;
    distances->rows[distances->row_count++] = j;
  }
}

const uint32_t *certigar_distances_exact(certigar_distances *distances, certigar_plan *plan, size_t row)
{
  const certigar_kernels *kernels = distances->kernels;
  size_t digits = kernels->natural_digits;
  list_pairs(distances, row);
  distances->plan = plan;
  atomic_store(&plan->next_chunk, 0);
  size_t limbs = distances->n * kernels->square_limbs;
  memset(distances->squares, 0, distances->threads * limbs * sizeof *distances->squares);
  certigar_parallel(plan->workers, distances->threads, exact_chunks, distances);
  memset(distances->totals, 0, distances->n * digits * sizeof *distances->totals);
  for (size_t w = 0; w < distances->threads; w++) {
    certigar_exact_request request = {.pair_count = distances->row_count - 1, .sums = distances->squares + w * limbs};
    kernels->exact_end(&request, distances->totals);
  }
  distances->evaluated += distances->row_count - 1;

  for (size_t j = 0; j < distances->n; j++) {
    uint32_t *to = distances->row + j * digits;
    memset(to, 0, digits * sizeof *to);
    if (!distances->finite[j] || !distances->finite[row]) {
      if (j != row) kernels->natural_set_infinite(to);
      continue;
    }
    for (size_t p = 1; p < distances->row_count; p++)
      if ((int)distances->rows[p] == distances->group[j]) memcpy(to, distances->totals + (p - 1) * digits, digits * sizeof *to);
  }
  return distances->row;
}
