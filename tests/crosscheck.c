/* crosscheck: certigar against the reference, bit for bit, on millions of hostile coordinates.
 *
 * A case is a matrix drawn from one 64-bit seed: generator, n, f, d, the rule's parameters, layout in memory, threads and instruction set.
 * The case is run through certigar.h and through reference/, and output bits, status and certificate are compared; then what must hold
 * between certigar's own results. crosscheck_columns.c and crosscheck_rows.c say what, for each kind of rules.
 */
#define _POSIX_C_SOURCE 200809L

#include "crosscheck.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { ROWS_SHARE = 16 }; /* of the coordinates, of rules that select rows: their reference takes n^2 big integers for each */

static const char *const dtype_names[DTYPES] = {"float32", "float64"};

/* ---- the command line ---- */

typedef struct settings {
  uint64_t coordinates; /* per rule and dtype */
  uint64_t seed;
  size_t threads;
  int rule, dtype; /* -1: all */
  const generator *only;
  int replay; /* one case: the one with the seed below */
  uint64_t case_seed;
} settings;

static const char usage[] =
    "usage: crosscheck [options]\n"
    "Compares certigar with the reference, bit for bit, and checks the guarantees.\n"
    "  --coordinates N   coordinates per rule and dtype, a 16th of it for rules that select rows (default 1000000)\n"
    "  --rule R          average, median, krum, ... (default: all)\n"
    "  --dtype T         float32 or float64 (default: both)\n"
    "  --generator G     only this generator of matrices; 'list' names them all\n"
    "  --seed S          seed of the cases (default 1)\n"
    "  --threads T       cases run at a time (default: one per processor)\n"
    "  --case X          one case, as a failure names it (hexadecimal); needs --rule and --dtype\n"
    "Ends with 'N passed, M failed', counting coordinates. Exit status: 0 all passed, 1 a failure, 2 wrong usage.\n";

static _Noreturn void refuse(const char *message, const char *what) {
  fprintf(stderr, "crosscheck: %s: %s\n%s", message, what, usage);
  exit(2);
}

static uint64_t parse_number(const char *text, int base, const char *option) {
  char *end;
  errno = 0;
  const uint64_t number = strtoull(text, &end, base);
  if (errno != 0 || end == text || *end != '\0' || *text == '-') refuse("not a number", option);
  return number;
}

static settings parse_arguments(int count, char **arguments) {
  settings s = {1000000, 1, 1, -1, -1, NULL, 0, 0};
  const long processors = sysconf(_SC_NPROCESSORS_ONLN);
  if (processors > 1) s.threads = (size_t)processors;
  for (int i = 1; i < count; i++) {
    const char *option = arguments[i];
    if (strcmp(option, "--help") == 0) {
      fputs(usage, stdout);
      exit(0);
    }
    const char *value = i + 1 < count ? arguments[++i] : NULL;
    if (value == NULL) refuse("unknown option, or one without its value", option);
    if (strcmp(option, "--coordinates") == 0) {
      s.coordinates = parse_number(value, 10, option);
    } else if (strcmp(option, "--seed") == 0) {
      s.seed = parse_number(value, 10, option);
    } else if (strcmp(option, "--threads") == 0) {
      s.threads = (size_t)parse_number(value, 10, option);
      if (s.threads < 1 || s.threads > 256) refuse("1 to 256 threads", value);
    } else if (strcmp(option, "--rule") == 0) {
      certigar_rule rule;
      if (!certigar_rule_from_name(value, &rule)) refuse("no such rule", value);
      s.rule = (int)rule;
    } else if (strcmp(option, "--dtype") == 0) {
      s.dtype = strcmp(value, "float32") == 0 ? 0 : strcmp(value, "float64") == 0 ? 1 : -1;
      if (s.dtype < 0) refuse("no such dtype", value);
    } else if (strcmp(option, "--generator") == 0) {
      s.only = generator_from_name(value);
      if (s.only == NULL) {
        for (size_t g = 0; g < generator_count; g++) printf("%-16s %s\n", generators[g].name, generators[g].catches);
        for (size_t g = 0; g < row_generator_count; g++) printf("%-16s %s\n", row_generators[g].name, row_generators[g].catches);
        exit(strcmp(value, "list") == 0 ? 0 : 2);
      }
    } else if (strcmp(option, "--case") == 0) {
      s.replay = 1;
      s.case_seed = parse_number(value, 16, option);
    } else {
      refuse("unknown option", option);
    }
  }
  if (s.replay && (s.rule < 0 || s.dtype < 0)) refuse("--rule and --dtype are needed with", "--case");
  return s;
}

/* ---- cases ---- */

static test_case draw_case(int rule, int dtype, uint64_t seed, const generator *only) {
  test_case t = {.rule = (certigar_rule)rule, .dtype = (certigar_dtype)dtype, .seed = seed, .random = {seed}};
  if (rule < COLUMN_RULES) {
    draw_column_case(&t, only);
  } else {
    draw_row_case(&t, only);
  }
  return t;
}

static uint64_t nth_case_seed(const settings *s, int rule, int dtype, uint64_t index) {
  generate_random random = {s->seed};
  random.state = generate_next(&random) ^ (uint64_t)(2 * rule + dtype);
  random.state = generate_next(&random) + index;
  return generate_next(&random);
}

/* Runs one case; the number of coordinates that failed. */
static size_t run_case(worker *w, test_case *t) {
  const size_t size = word_size(t->dtype);
  room(&w->rows, t->n * t->d * size);
  room(&w->out, t->d * size);
  room(&w->again, t->d * size);
  room(&w->expected, t->d * size);
  room(&w->flags, t->n);
  memset(room(&w->failed_columns, t->d + 1), 0, t->d + 1);
  generate(t->from, generate_next(&t->random), (generate_format)t->dtype, t->n, t->f < t->n - t->f ? t->f : (t->n - 1) / 2, t->d,
           w->rows.bytes);
  if ((int)t->rule < COLUMN_RULES) {
    run_column_case(w, t);
  } else {
    run_row_case(w, t);
  }
  const unsigned char *failed = w->failed_columns.bytes;
  size_t count = 0;
  for (size_t c = 0; c < t->d; c++) count += failed[c];
  return count == 0 && failed[t->d] ? 1 : count; /* a failure of the matrix counts as one coordinate */
}

/* ---- all cases of one rule and dtype ---- */

typedef struct tally {
  uint64_t coordinates, cases, failed;
} tally;

typedef struct task {
  const settings *s;
  int rule, dtype;
  uint64_t wanted; /* coordinates */
  uint64_t next_index, claimed;
  int done; /* a replayed case was taken */
  tally counts;
  work shared;
  pthread_mutex_t lock;
} task;

/* Cases are dealt in order of their number until they hold the coordinates wanted, so their set does not depend on the threads. */
static int next_case(task *all, test_case *t) {
  int taken = 0;
  pthread_mutex_lock(&all->lock);
  if (all->s->replay) {
    if (!all->done) *t = draw_case(all->rule, all->dtype, all->s->case_seed, all->s->only);
    taken = !all->done;
    all->done = 1;
  } else if (all->claimed < all->wanted) {
    *t = draw_case(all->rule, all->dtype, nth_case_seed(all->s, all->rule, all->dtype, all->next_index++), all->s->only);
    all->claimed += t->d;
    taken = 1;
  }
  pthread_mutex_unlock(&all->lock);
  return taken;
}

static void *run_worker(void *argument) {
  task *all = argument;
  worker w = {.work = &all->shared};
  w.contexts[0] = reference_new(REFERENCE_BINARY32);
  w.contexts[1] = reference_new(REFERENCE_BINARY64);
  test_case t;
  while (next_case(all, &t)) {
    const size_t failed = run_case(&w, &t);
    pthread_mutex_lock(&all->lock);
    all->counts.cases++;
    all->counts.coordinates += t.d;
    all->counts.failed += failed;
    if (all->counts.cases % 64 == 0 && isatty(STDERR_FILENO))
      fprintf(stderr, "\r%s %s: %" PRIu64 " of %" PRIu64 " coordinates, %" PRIu64 " failed ", certigar_rule_name((certigar_rule)all->rule),
              dtype_names[all->dtype], all->counts.coordinates, all->wanted, all->counts.failed);
    pthread_mutex_unlock(&all->lock);
  }
  for (int i = 0; i < DTYPES; i++) reference_free(w.contexts[i]);
  buffer *buffers[] = {&w.rows, &w.placed, &w.changed, &w.out, &w.again, &w.expected, &w.ranks, &w.flags, &w.failed_columns};
  for (size_t i = 0; i < sizeof buffers / sizeof buffers[0]; i++) free(buffers[i]->bytes);
  return NULL;
}

static double seconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static tally run_all(const settings *s, int rule, int dtype) {
  task all = {.s = s, .rule = rule, .dtype = dtype, .wanted = s->coordinates, .shared = {.only = s->only}};
  if (rule >= COLUMN_RULES) all.wanted = (s->coordinates + ROWS_SHARE - 1) / ROWS_SHARE;
  pthread_mutex_init(&all.lock, NULL);
  const double start = seconds_now();
  pthread_t threads[256];
  size_t started = 0;
  for (size_t i = 1; i < s->threads; i++)
    if (pthread_create(&threads[started], NULL, run_worker, &all) == 0) started++;
  run_worker(&all);
  for (size_t i = 0; i < started; i++) pthread_join(threads[i], NULL);
  pthread_mutex_destroy(&all.lock);
  const double seconds = seconds_now() - start;
  if (isatty(STDERR_FILENO)) fprintf(stderr, "\r%70s\r", "");
  printf("%-12s %s: %" PRIu64 " coordinates in %" PRIu64 " cases, %" PRIu64 " failed, %.1f s\n", certigar_rule_name((certigar_rule)rule),
         dtype_names[dtype], all.counts.coordinates, all.counts.cases, all.counts.failed, seconds);
  fflush(stdout);
  return all.counts;
}

/* The test of a rule of which more than one output is right; NULL for all others, which are judged here, bit for bit. */
static const char *test_of(certigar_rule rule) {
  switch (rule) {
    case CERTIGAR_GEOMETRIC_MEDIAN: return "tests/test_geometric_median.c";
    case CERTIGAR_CENTERED_CLIPPING:
    case CERTIGAR_CAF:
    case CERTIGAR_SMEA: return "tests/test_real_rows.c";
    default: return NULL;
  }
}

int main(int count, char **arguments) {
  const settings s = parse_arguments(count, arguments);
  uint64_t passed = 0, failed = 0;
  for (int rule = 0; certigar_rule_name((certigar_rule)rule) != NULL; rule++) {
    const char *elsewhere = test_of((certigar_rule)rule);
    if (elsewhere != NULL) {
      printf("%s: judged by %s\n", certigar_rule_name((certigar_rule)rule), elsewhere);
      continue;
    }
    if (rule >= COLUMN_RULES && !is_row_rule((certigar_rule)rule)) {
      printf("FAILED %s: crosscheck_rows.c does not know this rule\n", certigar_rule_name((certigar_rule)rule));
      failed++;
      continue;
    }
    for (int dtype = 0; dtype < DTYPES; dtype++) {
      if ((s.rule >= 0 && rule != s.rule) || (s.dtype >= 0 && dtype != s.dtype)) continue;
      const tally counts = run_all(&s, rule, dtype);
      passed += counts.coordinates - counts.failed;
      failed += counts.failed;
    }
  }
  printf("%" PRIu64 " passed, %" PRIu64 " failed\n", passed, failed);
  return failed > 0;
}
