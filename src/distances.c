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
  uint32_t **exact;             /* n: of a row made exact, the n distances from it; else NULL */
  size_t evaluated;
  /* of an exact pass */
  size_t *rows, row_count;      /* the least of every group of finite rows */
  size_t (*pairs)[2], exact_count;
  int64_t *products;            /* product_limbs for each pair and thread */
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

static void forget_exact(certigar_distances *distances)
{
  for (size_t i = 0; distances->exact && i < distances->n; i++) {
    free(distances->exact[i]);
    distances->exact[i] = NULL;
  }
}

void certigar_distances_free(certigar_distances *distances)
{
  if (!distances) return;
  free(distances->sums);
  free(distances->finite);
  free(distances->group);
  forget_exact(distances);
  free(distances->exact);
  free(distances->rows);
  free(distances);
}

certigar_distances *certigar_distances_new(const certigar_plan *plan)
{
  size_t n = plan->n;
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
  made->exact = calloc(n, sizeof *made->exact);
  if (made->sums && made->finite && made->group && made->rows && made->exact) return made;
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
  forget_exact(distances);
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
  size_t digits = distances->kernels->natural_digits, size = digits * sizeof *lower;
  const uint32_t *of_i = distances->exact[distances->group[i]], *of_j = distances->exact[distances->group[j]];
  const uint32_t *exact = of_i ? of_i + j * digits : of_j ? of_j + i * digits : NULL;
  if (exact) {
    memcpy(lower, exact, size);
    memcpy(upper, exact, size);
  } else if (distances->group[i] == distances->group[j]) {
    memset(lower, 0, size);
    memset(upper, 0, size);
  } else if (!distances->finite[i] || !distances->finite[j]) {
    distances->kernels->natural_set_infinite(lower);
    distances->kernels->natural_set_infinite(upper);
  } else {
    distances->kernels->pair_bounds(pair_of(distances, i, j), lower, upper);
  }
}

/* ---- exact distances ---- */

enum { PAIRS_PER_PASS = 16384 };

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
                                    .pair_count = distances->exact_count,
                                    .products = distances->products + w * distances->exact_count * distances->kernels->product_limbs};
  while (!atomic_load(&plan->stop)) {
    size_t first = atomic_fetch_add(&plan->next_chunk, 1);
    if (first >= (d - 1) / chunk + 1) break;
    first *= chunk;
    size_t end = d - first < chunk ? d : first + chunk;
    for (size_t c = first; c < end; c += lanes) distances->kernels->exact_tile(&request, c, end - c < lanes ? end - c : lanes);
    certigar_advance(plan, w, 0);
  }
  distances->kernels->exact_end(&request);
}

static void list_rows(certigar_distances *distances)
{
  distances->row_count = 0;
  for (size_t i = 0; i < distances->n; i++)
    if (distances->finite[i] && distances->group[i] == (int)i) distances->rows[distances->row_count++] = i;
}

/* The products of each row with itself, then those of the rows first .. end-1 of the list with all others, each once: the rows before them
 * have had theirs, in this call (wanted) or an earlier one. */
static void list_pairs(certigar_distances *distances, const unsigned char *wanted, size_t first, size_t end)
{
  size_t count = 0;
  for (size_t a = 0; a < distances->row_count; a++, count++) distances->pairs[count][0] = distances->pairs[count][1] = a;
  for (size_t a = first; a < end; a++) {
    if (!wanted[distances->rows[a]]) continue;
    for (size_t b = 0; b < distances->row_count; b++) {
      size_t other = distances->rows[b];
      if (b == a || (distances->exact[other] && (b < a || !wanted[other]))) continue;
      distances->pairs[count][0] = a;
      distances->pairs[count++][1] = b;
    }
  }
  distances->exact_count = count;
}

/* The sums of all threads, in the place of the first one's. */
static void join_products(certigar_distances *distances)
{
  size_t limbs = distances->exact_count * distances->kernels->product_limbs;
  for (size_t w = 1; w < distances->threads; w++)
    for (size_t i = 0; i < limbs; i++) distances->products[i] += distances->products[w * limbs + i];
}

/* The distance of a pair to both rows' tables and to those who equal them. */
static void store_distance(certigar_distances *distances, size_t i, size_t j, const uint32_t *total)
{
  size_t digits = distances->kernels->natural_digits;
  if (!distances->exact[i]) return;
  for (size_t b = 0; b < distances->n; b++)
    if (distances->finite[b] && distances->group[b] == (int)j) memcpy(distances->exact[i] + b * digits, total, digits * sizeof *total);
}

static void store_products(certigar_distances *distances, uint32_t *total)
{
  size_t limbs = distances->kernels->product_limbs, digits = distances->kernels->natural_digits;
  for (size_t p = distances->row_count; p < distances->exact_count; p++) {
    size_t a = distances->pairs[p][0], b = distances->pairs[p][1];
    memset(total, 0, digits * sizeof *total);
    distances->kernels->distance_total(distances->products + a * limbs, distances->products + b * limbs, distances->products + p * limbs, total);
    store_distance(distances, distances->rows[a], distances->rows[b], total);
    store_distance(distances, distances->rows[b], distances->rows[a], total);
  }
  distances->evaluated += distances->exact_count - distances->row_count;
}

/* A table of 0 for the row itself and its equals, infinity for rows that are not finite, and what other tables know; the rest is to come. */
static int make_table(certigar_distances *distances, size_t row)
{
  size_t digits = distances->kernels->natural_digits;
  uint32_t *table = calloc(distances->n, digits * sizeof *table);
  for (size_t j = 0; table && j < distances->n; j++) {
    const uint32_t *other = distances->exact[distances->group[j]];
    if (!distances->finite[j]) {
      distances->kernels->natural_set_infinite(table + j * digits);
    } else if (other) {
      memcpy(table + j * digits, other + row * digits, digits * sizeof *table);
    }
  }
  distances->exact[row] = table;
  return table != NULL;
}

static int exact_pass(certigar_distances *distances, certigar_plan *plan, const unsigned char *wanted, size_t first, size_t end)
{
  list_pairs(distances, wanted, first, end);
  size_t limbs = distances->exact_count * distances->kernels->product_limbs;
  distances->products = calloc(limbs, distances->threads * sizeof *distances->products);
  if (!distances->products) return 0;
  distances->plan = plan;
  atomic_store(&plan->next_chunk, 0);
  certigar_parallel(plan->workers, distances->threads, exact_chunks, distances);
  join_products(distances);
  return 1;
}

int certigar_distances_refine(certigar_distances *distances, certigar_plan *plan, const unsigned char *open)
{
  size_t n = distances->n, rows_per_pass = PAIRS_PER_PASS / n + 1;
  unsigned char *wanted = calloc(n, 1);
  uint32_t *total = malloc(distances->kernels->natural_digits * sizeof *total);
  list_rows(distances);
  distances->pairs = malloc((distances->row_count + rows_per_pass * n) * sizeof *distances->pairs);
  int good = wanted && total && distances->pairs;
  for (size_t i = 0; good && i < n; i++) {
    size_t group = (size_t)distances->group[i];
    if (!open[i] || !distances->finite[i] || distances->exact[group]) continue;
    wanted[group] = 1;
    good = make_table(distances, group);
  }
  for (size_t a = 0, end; good && a < distances->row_count && !atomic_load(&plan->stop); a = end) {
    size_t count = 0;
    for (end = a; end < distances->row_count && count < rows_per_pass; end++) count += wanted[distances->rows[end]];
    if (count == 0) continue;
    good = exact_pass(distances, plan, wanted, a, end);
    if (good) store_products(distances, total);
    free(distances->products);
  }
  free(distances->pairs);
  free(total);
  free(wanted);
  return good;
}
