/* Squared distances: see distances.h.
 *
 * The input is cut into segments, as many as the number of pairs says, each summed by one thread from its beginning to its end and then joined in
 * their order: so the intervals do not depend on the number of threads. Exact sums do not depend on any order.
 */
#include "distances.h"

#include <stdlib.h>
#include <string.h>

enum { SEGMENTS_MAX = 64, SEGMENTS_MIN = 8, SEGMENT_BYTES = 1 << 25 };
enum { PRODUCT_BYTES = 1 << 26 }; /* of the products of an exact pass, at most, if one distance needs no more */
enum { ROW_BYTES = 1 << 26 };     /* of the rows that an exact pass works on, in one thread, at most */

struct certigar_distances {
  const certigar_kernels *kernels;
  int centre;
  size_t n, pair_count, segments, threads;
  certigar_pair_sum *sums;      /* pair_count for each segment; the first ones hold the totals after a run */
  unsigned char *finite;        /* n flags */
  int *group;                   /* n */
  uint32_t **exact;             /* pair_count: the natural number, or NULL */
  unsigned char *wanted;        /* pair_count flags */
  size_t wanted_count, evaluated;
  int put_off;
  /* of an exact pass: the rows concerned and where they are among them, their products with themselves, and the pairs' */
  size_t *rows, *place, row_count;
  size_t (*products)[2], *pair_of, product_count, product_room;
  int64_t *sums_of_products;    /* for each thread */
  certigar_plan *plan;          /* of the pass in progress */
};

static size_t segment_count(size_t pair_count)
{
  size_t segments = SEGMENTS_MAX;
  while (segments > SEGMENTS_MIN && segments * pair_count > SEGMENT_BYTES / sizeof(certigar_pair_sum)) segments /= 2;
  return segments;
}

/* Of n rows, how many an exact pass can work on: all, or at least two. */
static size_t row_room(const certigar_kernels *kernels, size_t n)
{
  size_t room = ROW_BYTES / kernels->exact_bytes(1);
  if (room < 2) room = 2;
  return room < n ? room : n;
}

size_t certigar_distances_work_bytes(const certigar_plan *plan, int centre)
{
  size_t n = plan->n + 1, key_size = plan->kernels->value_size < sizeof(int32_t) ? sizeof(int32_t) : plan->kernels->value_size;
  size_t keys = centre == CERTIGAR_FROM_ZERO ? 0 : n * plan->kernels->block * key_size;
  size_t filter = plan->kernels->filter_bytes(n) + keys, exact = plan->kernels->exact_bytes(row_room(plan->kernels, n));
  return filter > exact ? filter : exact;
}

static void forget_exact(certigar_distances *distances)
{
  for (size_t p = 0; distances->exact && p < distances->pair_count; p++) {
    free(distances->exact[p]);
    distances->exact[p] = NULL;
  }
}

void certigar_distances_free(certigar_distances *distances)
{
  if (!distances) return;
  forget_exact(distances);
  free(distances->exact);
  free(distances->wanted);
  free(distances->sums);
  free(distances->finite);
  free(distances->group);
  free(distances->rows);
  free(distances->place);
  free(distances);
}

certigar_distances *certigar_distances_new(const certigar_plan *plan, int centre, int extra)
{
  size_t n = plan->n + (size_t)extra;
  certigar_distances *made = calloc(1, sizeof *made);
  if (!made) return NULL;
  made->kernels = plan->kernels;
  made->centre = centre;
  made->n = n;
  made->threads = plan->options.threads;
  made->pair_count = centre == CERTIGAR_ALL_PAIRS ? n * (n - 1) / 2 : n;
  made->segments = segment_count(made->pair_count);
  made->sums = calloc(made->segments * made->pair_count + 1, sizeof *made->sums);
  made->exact = calloc(made->pair_count + 1, sizeof *made->exact);
  made->wanted = calloc(made->pair_count + 1, 1);
  made->finite = malloc(n);
  made->group = malloc(n * sizeof *made->group);
  made->rows = malloc(n * sizeof *made->rows);
  made->place = malloc(n * sizeof *made->place);
  if (made->sums && made->exact && made->wanted && made->finite && made->group && made->rows && made->place) return made;
  certigar_distances_free(made);
  return NULL;
}

/* Where the distance of rows i and j stands, i != j; or that of row i and the centre. */
static size_t index_of(const certigar_distances *distances, size_t i, size_t j)
{
  if (distances->centre != CERTIGAR_ALL_PAIRS) return i;
  return i > j ? i * (i - 1) / 2 + j : j * (j - 1) / 2 + i;
}

/* ---- the filter ---- */

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
                                       .extra = distances->n > plan->n ? plan->extra : NULL,
                                       .centre = distances->centre,
                                       .f = certigar_kernel_f(plan),
                                       .work = plan->requests[w].work,
                                       .nonfinite = plan->requests[w].nonfinite,
                                       .scale = 0,
                                       .sharp = !plan->next && plan->rule == CERTIGAR_GEOMETRIC_MEDIAN,
                                       .pairs = distances->sums + s * distances->pair_count};
    size_t end = s + 1 == distances->segments ? d : segment_begin(distances, d, s + 1);
    for (size_t first = segment_begin(distances, d, s); first < end && !atomic_load(&plan->stop); first += block) {
      size_t count = end - first < block ? end - first : block;
      distances->kernels->filter_block(&request, first, count);
      certigar_advance(plan, w, count);
    }
  }
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
    size_t j = distances->centre == CERTIGAR_ALL_PAIRS && distances->finite[i] ? 0 : i;
    while (j < i && !(distances->finite[j] && distances->sums[index_of(distances, i, j)].same)) j++;
    distances->group[i] = (int)j;
  }
}

void certigar_distances_run(certigar_distances *distances, certigar_plan *plan)
{
  for (size_t p = 0; p < distances->segments * distances->pair_count; p++) distances->sums[p] = (certigar_pair_sum){.same = 1};
  forget_exact(distances);
  certigar_distances_forget_wants(distances);
  distances->evaluated = 0;
  distances->plan = plan;
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

/* ---- what is known ---- */

const int *certigar_distances_groups(const certigar_distances *distances)
{
  return distances->group;
}

int certigar_distances_finite(const certigar_distances *distances, size_t i)
{
  return distances->finite[i];
}

size_t certigar_distances_evaluated(const certigar_distances *distances)
{
  return distances->evaluated;
}

/* Whether the distance is 0 because the rows are equal; whether it is infinite. */
static int is_zero(const certigar_distances *distances, size_t i, size_t j)
{
  if (distances->centre == CERTIGAR_ALL_PAIRS) return distances->group[i] == distances->group[j];
  if (distances->centre == CERTIGAR_FROM_ZERO) return 0;
  return (int)i == distances->centre || (distances->finite[i] && distances->finite[distances->centre] && distances->sums[i].same);
}

static int is_infinite(const certigar_distances *distances, size_t i, size_t j)
{
  if (!distances->finite[i]) return 1;
  if (distances->centre == CERTIGAR_FROM_ZERO) return 0;
  return !distances->finite[distances->centre == CERTIGAR_ALL_PAIRS ? j : (size_t)distances->centre];
}

/* The rows that stand for i and j: the least ones equal to them. */
static size_t index_of_groups(const certigar_distances *distances, size_t i, size_t j)
{
  if (distances->centre != CERTIGAR_ALL_PAIRS) return i;
  return index_of(distances, (size_t)distances->group[i], (size_t)distances->group[j]);
}

void certigar_distances_bounds(const certigar_distances *distances, size_t i, size_t j, uint32_t *lower, uint32_t *upper)
{
  size_t size = distances->kernels->natural_digits * sizeof *lower;
  if (is_zero(distances, i, j)) {
    memset(lower, 0, size);
    memset(upper, 0, size);
    return;
  }
  if (is_infinite(distances, i, j)) {
    distances->kernels->natural_set_infinite(lower);
    distances->kernels->natural_set_infinite(upper);
    return;
  }
  size_t p = index_of_groups(distances, i, j);
  if (distances->exact[p]) {
    memcpy(lower, distances->exact[p], size);
    memcpy(upper, distances->exact[p], size);
  } else {
    distances->kernels->pair_bounds(&distances->sums[p], lower, upper);
  }
}

/* ---- exact distances ---- */

void certigar_distances_want(certigar_distances *distances, size_t i, size_t j)
{
  if (is_zero(distances, i, j) || is_infinite(distances, i, j)) return;
  size_t p = index_of_groups(distances, i, j);
  if (distances->exact[p] || distances->wanted[p]) return;
  distances->wanted[p] = 1;
  distances->wanted_count++;
}

void certigar_distances_put_off(certigar_distances *distances, int put_off)
{
  distances->put_off = put_off;
}

int certigar_distances_are_put_off(const certigar_distances *distances)
{
  return distances->put_off;
}

void certigar_distances_forget_wants(certigar_distances *distances)
{
  memset(distances->wanted, 0, distances->pair_count);
  distances->wanted_count = 0;
}

static void exact_chunks(void *context, size_t w)
{
  certigar_distances *distances = context;
  certigar_plan *plan = distances->plan;
  size_t block = distances->kernels->block, first, end;
  certigar_exact_request request = {.input = plan->input,
                                    .extra = plan->extra,
                                    .work = plan->requests[w].work,
                                    .rows = distances->rows,
                                    .row_count = distances->row_count,
                                    .pairs = (const size_t(*)[2])distances->products,
                                    .pair_count = distances->product_count,
                                    .products = distances->sums_of_products + w * distances->product_count * distances->kernels->product_limbs};
  while (certigar_take_chunk(plan, &first, &end)) {
    for (size_t c = first; c < end; c += block) distances->kernels->exact_tile(&request, c, end - c < block ? end - c : block);
    certigar_advance(plan, w, 0);
  }
  distances->kernels->exact_end(&request);
}

/* The place of a row among those concerned: its product with itself stands there too. */
static size_t place_row(certigar_distances *distances, size_t i)
{
  if (distances->place[i] == SIZE_MAX) {
    distances->place[i] = distances->row_count;
    distances->rows[distances->row_count++] = i;
  }
  return distances->place[i];
}

/* Lists a pair that is wanted, if there is room for its product and its rows. */
static void list_pair(certigar_distances *distances, size_t p, size_t i, size_t j)
{
  size_t rows = distances->row_count + (distances->place[i] == SIZE_MAX) + (j != i && distances->place[j] == SIZE_MAX);
  if (!distances->wanted[p] || distances->product_count == distances->product_room || rows > row_room(distances->kernels, distances->n)) return;
  distances->wanted[p] = 0;
  distances->wanted_count--;
  distances->products[distances->product_count][0] = place_row(distances, i);
  distances->products[distances->product_count][1] = place_row(distances, j);
  distances->pair_of[distances->product_count++] = p;
}

/* The pairs of rows, those of two groups of rows after one another: when there is room for two groups only, a pass takes all pairs of some two. */
static void list_pairs(certigar_distances *distances)
{
  size_t n = distances->n, room = row_room(distances->kernels, n), size = room < n ? room / 2 : n;
  for (size_t a = 0; a < n; a += size)
    for (size_t b = 0; b <= a; b += size)
      for (size_t i = a; i < a + size && i < n; i++)
        for (size_t j = b; j < b + size && j < i; j++) list_pair(distances, index_of(distances, i, j), i, j);
}

/* The pairs of a pass, as many as there is room for: their rows, then the products of the rows with themselves in front. */
static void list_pass(certigar_distances *distances)
{
  size_t n = distances->n;
  distances->row_count = 0;
  distances->product_count = n;
  for (size_t i = 0; i < n; i++) distances->place[i] = SIZE_MAX;
  if (distances->centre == CERTIGAR_ALL_PAIRS) {
    list_pairs(distances);
  } else {
    for (size_t i = 0; i < n; i++) list_pair(distances, i, i, distances->centre == CERTIGAR_FROM_ZERO ? i : (size_t)distances->centre);
  }
  size_t moved = n - distances->row_count;
  for (size_t a = 0; a < distances->row_count; a++) distances->products[a][0] = distances->products[a][1] = a;
  distances->product_count -= moved;
  memmove(distances->products + distances->row_count, distances->products + n, (distances->product_count - distances->row_count) * sizeof *distances->products);
  memmove(distances->pair_of + distances->row_count, distances->pair_of + n, (distances->product_count - distances->row_count) * sizeof *distances->pair_of);
}

/* The sums of all threads, in the place of the first one's. */
static void join_products(certigar_distances *distances)
{
  size_t limbs = distances->product_count * distances->kernels->product_limbs;
  for (size_t w = 1; w < distances->threads; w++)
    for (size_t i = 0; i < limbs; i++) distances->sums_of_products[i] += distances->sums_of_products[w * limbs + i];
}

/* Returns 0 if there is no memory. */
static int store_distances(certigar_distances *distances)
{
  const int64_t *sums = distances->sums_of_products;
  size_t limbs = distances->kernels->product_limbs;
  int64_t *nothing = calloc(limbs, sizeof *nothing);
  int good = nothing != NULL;
  for (size_t q = distances->row_count; good && q < distances->product_count; q++) {
    const int64_t *xx = sums + distances->products[q][0] * limbs, *yy = sums + distances->products[q][1] * limbs, *xy = sums + q * limbs;
    uint32_t *total = calloc(distances->kernels->natural_digits, sizeof *total);
    good = total != NULL;
    if (!good) break;
    if (distances->centre == CERTIGAR_FROM_ZERO) yy = xy = nothing;
    distances->kernels->distance_total(xx, yy, xy, total);
    distances->exact[distances->pair_of[q]] = total;
    distances->evaluated++;
  }
  free(nothing);
  return good;
}

static int exact_pass(certigar_distances *distances)
{
  list_pass(distances);
  distances->sums_of_products = calloc(distances->product_count * distances->kernels->product_limbs, distances->threads * sizeof(int64_t));
  if (!distances->sums_of_products) return 0;
  atomic_store(&distances->plan->next_chunk, 0);
  certigar_parallel(distances->plan->workers, distances->threads, exact_chunks, distances);
  join_products(distances);
  int good = atomic_load(&distances->plan->stop) || store_distances(distances); /* sums that a stop cut short are no distances */
  free(distances->sums_of_products);
  return good;
}

int certigar_distances_refine(certigar_distances *distances, certigar_plan *plan)
{
  size_t bytes = distances->kernels->product_limbs * sizeof(int64_t) * distances->threads, room = PRODUCT_BYTES / bytes + 1;
  if (room > distances->wanted_count) room = distances->wanted_count;
  distances->plan = plan;
  distances->product_room = distances->n + room;
  distances->products = malloc(distances->product_room * sizeof *distances->products);
  distances->pair_of = malloc(distances->product_room * sizeof *distances->pair_of);
  int good = distances->products && distances->pair_of;
  while (good && distances->wanted_count > 0 && !atomic_load(&plan->stop)) good = exact_pass(distances);
  free(distances->products);
  free(distances->pair_of);
  return good;
}

int certigar_distances_refine_some(certigar_distances *distances, certigar_plan *plan)
{
  size_t before = distances->evaluated;
  return !distances->put_off && certigar_distances_refine(distances, plan) && distances->evaluated > before && !atomic_load(&plan->stop);
}
