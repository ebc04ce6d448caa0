#include "measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if defined __GLIBC__ && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
#include <malloc.h>
#define HEAP_IS_KNOWN 1
#else
#define HEAP_IS_KNOWN 0
#endif

enum { ROWS_MAX = 1000 };

static const double long_enough = 1.5; /* seconds */

_Noreturn void give_up(const char *what, const char *why)
{
  fprintf(stderr, "bench: %s: %s\n", what, why);
  exit(2);
}

void *memory(size_t bytes)
{
  void *taken = aligned_alloc(64, (bytes + 63) / 64 * 64);
  if (!taken) give_up("memory", "there is not enough");
  memset(taken, 1, bytes); /* so that no page is new to the first measurement */
  return taken;
}

double processor_seconds(void)
{
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

double median_of(double *values, int count)
{
  qsort(values, (size_t)count, sizeof *values, ascending);
  return values[count / 2];
}

/* Of zeno: those of the last workers are the greatest. */
static double scores[ROWS_MAX];

static certigar_plan *new_plan(const timing *t, certigar_dtype dtype, size_t n, size_t f, size_t d)
{
  certigar_options *options = certigar_options_new();
  certigar_plan *plan;
  certigar_message message;
  if (!options || n > ROWS_MAX) give_up("memory", "there is not enough");
  for (size_t i = 0; i < n; i++) scores[i] = (double)i;
  certigar_options_set_f(options, f);
  certigar_options_set_level(options, t->level);
  certigar_options_set_scores(options, scores);
  if (t->choose) t->choose(options, d);
  if (certigar_plan_new(&plan, t->rule, dtype, n, options, &message) != CERTIGAR_OK) give_up("plan", message.text);
  certigar_options_free(options);
  return plan;
}

/* The copy is called through a pointer that the compiler cannot see through, or it would leave it out. */
double time_of_copy(void *to, const void *from, size_t bytes)
{
  static void *(*volatile copy)(void *, const void *, size_t) = memcpy;
  const double start = processor_seconds();
  copy(to, from, bytes);
  return processor_seconds() - start;
}

/* Returns the time of the copy. */
static double run_once(timing *t, const certigar_matrix *rows, size_t bytes, void *copied, void *out)
{
  certigar_certificate certificate;
  const double copy = time_of_copy(copied, rows->data, bytes), start = processor_seconds();
  certigar_plan_run(t->plan, rows, out, &certificate, NULL);
  const double took = processor_seconds() - start;
  t->times[t->count++] = took;
  t->spent += took;
  t->wide = certificate.exact_evaluations;
  return copy;
}

void measure(timing *timings, size_t count, certigar_dtype dtype, const void *rows, size_t n, size_t f, size_t d, int repetitions,
             void *copied, void *out)
{
  const size_t size = dtype == CERTIGAR_FLOAT32 ? sizeof(float) : sizeof(double);
  const certigar_matrix matrix = {.data = rows, .n = n, .d = d, .row_stride = (ptrdiff_t)(d * size), .column_stride = (ptrdiff_t)size};
  for (timing *t = timings; t < timings + count; t++) {
    t->plan = new_plan(t, dtype, n, f, d);
    t->count = 0;
    t->spent = 0;
  }
  double *copies = memory(count * (size_t)repetitions * sizeof *copies);
  int copy_count = 0;
  for (int round = 0; round < repetitions; round++)
    for (timing *t = timings; t < timings + count; t++)
      if (t->count < 3 || t->spent < long_enough) copies[copy_count++] = run_once(t, &matrix, n * d * size, copied, out);
  const double copy = median_of(copies, copy_count);
  for (timing *t = timings; t < timings + count; t++) {
    const double time = median_of(t->times, t->count);
    t->copies = time / copy;
    t->nanoseconds = time * 1e9 / (double)d;
    certigar_plan_free(t->plan);
  }
  free(copies);
}

#if HEAP_IS_KNOWN
static size_t heap_bytes(void)
{
  const struct mallinfo2 heap = mallinfo2();
  return heap.uordblks + heap.hblkhd;
}

size_t plan_bytes(certigar_rule rule, certigar_dtype dtype, size_t n, size_t f, certigar_level level)
{
  const size_t before = heap_bytes();
  certigar_plan *plan = new_plan(&(timing){.rule = rule, .level = level}, dtype, n, f, 1);
  const size_t with = heap_bytes();
  certigar_plan_free(plan);
  return with - before;
}
#else
size_t plan_bytes(certigar_rule rule, certigar_dtype dtype, size_t n, size_t f, certigar_level level)
{
  (void)rule, (void)dtype, (void)n, (void)f, (void)level;
  return 0;
}
#endif
