/* crosscheck: certigar against the reference, bit for bit, on millions of hostile coordinates.
 *
 * A case is a matrix drawn from one 64-bit seed: generator, n, f, d, kind of median, layout in memory, threads and instruction set. The
 * case is run through certigar.h and through reference/, and output bits, status and certificate are compared. Then, on certigar's
 * output alone: the guarantees of spec/rules.md by their own definition; the same bits when the rows are permuted (and run with other
 * threads and another instruction set); the scaled output when the values are scaled by a power of two, or negated.
 */
#define _POSIX_C_SOURCE 200809L

#include "certigar.h"
#include "generate.h"
#include "reference.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
  RULES = 4,
  DTYPES = 2,
  REPORTS_MAX = 10, /* failures shown in full; all are counted */
  SPREAD_EVERY = 16 /* MeaMed's bound takes big integers: every so many columns */
};

static const char *const dtype_names[DTYPES] = {"float32", "float64"};
static const char *const median_names[] = {"midpoint", "lower", "upper"};

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
    "  --coordinates N   coordinates per rule and dtype (default 1000000)\n"
    "  --rule R          average, median, trimmed-mean or meamed (default: all)\n"
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

typedef enum layout { ROWS, COLUMNS, PADDED, REVERSED, SWAPPED, LAYOUTS } layout;
static const char *const layout_names[LAYOUTS] = {"rows", "columns", "padded, unaligned rows", "rows in reverse", "other byte order"};

typedef struct test_case {
  certigar_rule rule;
  certigar_dtype dtype;
  uint64_t seed;
  const generator *from;
  size_t n, f, d;
  certigar_median_kind median;
  layout where;
  size_t threads[2];         /* of the first run and of the permuted one */
  certigar_level levels[2];
  generate_random random;    /* for what follows */
} test_case;

/* The best level, or a named one that this processor has. */
static certigar_level draw_level(generate_random *random) {
  static const certigar_level levels[] = {CERTIGAR_LEVEL_BASELINE, CERTIGAR_LEVEL_X86_64_V3, CERTIGAR_LEVEL_X86_64_V4};
  const uint64_t drawn = generate_below(random, 6);
  if (drawn >= 3 || certigar_level_name(levels[drawn]) == NULL) return CERTIGAR_LEVEL_BEST;
  return levels[drawn];
}

/* n and f small above all, since most odd situations are there; large now and then. */
static test_case draw_case(int rule, int dtype, uint64_t seed, const generator *only) {
  test_case t = {.rule = (certigar_rule)rule, .dtype = (certigar_dtype)dtype, .seed = seed, .random = {seed}};
  generate_random *random = &t.random;
  t.from = &generators[generate_below(random, generator_count)];
  if (only != NULL) t.from = only;
  const uint64_t size = generate_below(random, 32);
  t.n = 1 + (size_t)generate_below(random, size < 16 ? 12 : size < 31 ? 64 : 1000);
  /* a few times beside a power of two up to 2^16, where sums may outgrow what they are kept in */
  if (generate_below(random, 1024) == 0) t.n = ((size_t)1 << (10 + generate_below(random, 7))) - 2 + (size_t)generate_below(random, 5);
  const size_t f_max = (t.n - 1) / 2;
  const uint64_t choice = generate_below(random, 4);
  t.f = choice == 0 ? 0 : choice == 1 ? f_max : (size_t)generate_below(random, f_max + 1);
  t.d = 1 + (size_t)generate_below(random, t.n > 1000 ? 2 : t.n > 64 ? 16 : generate_below(random, 2) ? 40 : 300);
  if (t.n <= 12 && generate_below(random, 32) == 0) t.d += (size_t)generate_below(random, 5000); /* many tiles, for the threads */
  t.median = (certigar_median_kind)generate_below(random, 3);
  t.where = generate_below(random, 2) ? ROWS : (layout)generate_below(random, LAYOUTS);
  for (int run = 0; run < 2; run++) {
    t.threads[run] = generate_below(random, 4) ? 1 : 1 + (size_t)generate_below(random, 4);
    t.levels[run] = draw_level(random);
  }
  return t;
}

static uint64_t nth_case_seed(const settings *s, int rule, int dtype, uint64_t index) {
  generate_random random = {s->seed};
  random.state = generate_next(&random) ^ (uint64_t)(2 * rule + dtype);
  random.state = generate_next(&random) + index;
  return generate_next(&random);
}

/* ---- words ---- */

static size_t word_size(certigar_dtype dtype) {
  return dtype == CERTIGAR_FLOAT32 ? 4 : 8;
}

static uint64_t load(certigar_dtype dtype, const void *words, size_t index) {
  uint64_t word = 0;
  if (dtype == CERTIGAR_FLOAT32) {
    uint32_t narrow;
    memcpy(&narrow, (const unsigned char *)words + 4 * index, 4);
    word = narrow;
  } else {
    memcpy(&word, (const unsigned char *)words + 8 * index, 8);
  }
  return word;
}

static void store(certigar_dtype dtype, void *words, size_t index, uint64_t word) {
  if (dtype == CERTIGAR_FLOAT32) {
    const uint32_t narrow = (uint32_t)word;
    memcpy((unsigned char *)words + 4 * index, &narrow, 4);
  } else {
    memcpy((unsigned char *)words + 8 * index, &word, 8);
  }
}

static unsigned fraction_bits(certigar_dtype dtype) {
  return dtype == CERTIGAR_FLOAT32 ? 23 : 52;
}

static uint64_t sign_bit(certigar_dtype dtype) {
  return dtype == CERTIGAR_FLOAT32 ? UINT64_C(1) << 31 : UINT64_C(1) << 63;
}

static uint64_t infinity(certigar_dtype dtype) {
  return dtype == CERTIGAR_FLOAT32 ? UINT64_C(0x7f800000) : UINT64_C(0x7ff0000000000000);
}

static uint64_t magnitude(certigar_dtype dtype, uint64_t word) {
  return word & (sign_bit(dtype) - 1);
}

static int is_finite(certigar_dtype dtype, uint64_t word) {
  return magnitude(dtype, word) < infinity(dtype);
}

/* Orders finite words by value: -0 and +0 are both 0, neighbours differ by 1. */
static int64_t rank_of(certigar_dtype dtype, uint64_t word) {
  const int64_t m = (int64_t)magnitude(dtype, word);
  return word >= sign_bit(dtype) ? -m : m;
}

/* ---- a worker: the memory of one case at a time ---- */

typedef struct tally {
  uint64_t coordinates, cases, failed;
} tally;

typedef struct buffer {
  void *bytes;
  size_t size;
} buffer;

typedef struct worker {
  struct work *work;
  reference_context *contexts[DTYPES];
  buffer rows, placed, changed, out, again, expected, ranks, flags, failed_columns;
} worker;

typedef struct work {
  const settings *s;
  int rule, dtype;
  uint64_t next_index, claimed;
  int done; /* a replayed case was taken */
  tally counts;
  int reports;
  pthread_mutex_t lock;
} work;

static void *room(buffer *b, size_t size) {
  if (size > b->size) {
    free(b->bytes);
    b->bytes = malloc(size);
    if (b->bytes == NULL) {
      fprintf(stderr, "crosscheck: no memory\n");
      exit(2);
    }
    b->size = size;
  }
  return b->bytes;
}

static pthread_mutex_t print_lock = PTHREAD_MUTEX_INITIALIZER;

/* Marks a column as failed (or, with column = d, the matrix, without words) and shows it, with all that is needed to run it again. */
static void report_failure(worker *w, const test_case *t, size_t column, const char *what, uint64_t got, uint64_t wanted) {
  unsigned char *failed = w->failed_columns.bytes;
  failed[column] = 1;
  pthread_mutex_lock(&print_lock);
  if (w->work->reports++ < REPORTS_MAX) {
    const int digits = (int)(2 * word_size(t->dtype));
    printf("FAILED %s %s: %s\n", certigar_rule_name(t->rule), dtype_names[t->dtype], what);
    printf("  n = %zu, f = %zu, d = %zu, median %s, generator %s, layout: %s, threads %zu and %zu, levels %d and %d\n", t->n, t->f, t->d,
           median_names[t->median], t->from->name, layout_names[t->where], t->threads[0], t->threads[1], (int)t->levels[0],
           (int)t->levels[1]);
    if (column < t->d) {
      printf("  column %zu:", column);
      for (size_t i = 0; i < t->n; i++) printf(" %0*" PRIx64, digits, load(t->dtype, w->rows.bytes, i * t->d + column));
      printf("\n  got      %0*" PRIx64 "\n  expected %0*" PRIx64, digits, got, digits, wanted);
      if (is_finite(t->dtype, got) && is_finite(t->dtype, wanted)) {
        const int64_t a = rank_of(t->dtype, got), b = rank_of(t->dtype, wanted);
        const uint64_t ulps = a > b ? (uint64_t)a - (uint64_t)b : (uint64_t)b - (uint64_t)a;
        printf("   %" PRIu64 " ULP apart", ulps);
      }
      printf("\n");
    }
    printf("  crosscheck --rule %s --dtype %s%s%s --case %016" PRIx64 "\n", certigar_rule_name(t->rule), dtype_names[t->dtype],
           w->work->s->only != NULL ? " --generator " : "", w->work->s->only != NULL ? w->work->s->only->name : "", t->seed);
    fflush(stdout);
  }
  pthread_mutex_unlock(&print_lock);
}

/* ---- running certigar ---- */

static certigar_plan *new_plan(worker *w, const test_case *t, int run) {
  certigar_plan *plan = NULL;
  certigar_message message = {""};
  certigar_options *options = certigar_options_new();
  if (options == NULL) {
    fprintf(stderr, "crosscheck: no memory\n");
    exit(2);
  }
  certigar_options_set_f(options, t->f);
  certigar_options_set_median(options, t->median);
  certigar_options_set_threads(options, t->threads[run]);
  certigar_options_set_level(options, t->levels[run]);
  const certigar_status status = certigar_plan_new(&plan, t->rule, t->dtype, t->n, options, &message);
  certigar_options_free(options);
  if (status != CERTIGAR_OK) {
    char what[400];
    snprintf(what, sizeof what, "certigar_plan_new gives status %d: %s", (int)status, message.text);
    report_failure(w, t, t->d, what, 0, 0);
    return NULL;
  }
  return plan;
}

/* The n x d words in another layout; what lies between rows is noise. */
static certigar_matrix place(worker *w, const test_case *t, const void *rows) {
  const size_t size = word_size(t->dtype);
  certigar_matrix matrix = {rows, t->n, t->d, (ptrdiff_t)(t->d * size), (ptrdiff_t)size, 0};
  if (t->where == ROWS) return matrix;
  const size_t stride = t->where == PADDED ? t->d * size + 13 : t->d * size;
  unsigned char *bytes = room(&w->placed, t->n * stride + 16);
  memset(bytes, 0xff, t->n * stride + 16);
  for (size_t i = 0; i < t->n; i++)
    for (size_t c = 0; c < t->d; c++) {
      const unsigned char *from = (const unsigned char *)rows + (i * t->d + c) * size;
      switch (t->where) {
      case COLUMNS: memcpy(bytes + (c * t->n + i) * size, from, size); break;
      case PADDED: memcpy(bytes + 3 + i * stride + c * size, from, size); break;
      case REVERSED: memcpy(bytes + (t->n - 1 - i) * stride + c * size, from, size); break;
      case SWAPPED:
        for (size_t b = 0; b < size; b++) bytes[i * stride + c * size + b] = from[size - 1 - b];
        break;
      case ROWS:
      case LAYOUTS: break;
      }
    }
  matrix.data = bytes;
  matrix.row_stride = (ptrdiff_t)stride;
  if (t->where == COLUMNS) {
    matrix.row_stride = (ptrdiff_t)size;
    matrix.column_stride = (ptrdiff_t)(t->n * size);
  }
  if (t->where == PADDED) matrix.data = bytes + 3;
  if (t->where == REVERSED) {
    matrix.data = bytes + (t->n - 1) * stride;
    matrix.row_stride = -(ptrdiff_t)stride;
  }
  matrix.byte_swapped = t->where == SWAPPED;
  return matrix;
}

/* ---- the checks ---- */

static void check_count(worker *w, const test_case *t, const char *name, size_t got, size_t wanted) {
  if (got == wanted) return;
  char what[200];
  snprintf(what, sizeof what, "%s is %zu, expected %zu", name, got, wanted);
  report_failure(w, t, t->d, what, 0, 0);
}

static void check_certificate(worker *w, const test_case *t, certigar_status status, const certigar_certificate *certificate,
                              const reference_report *report) {
  check_count(w, t, "the status", (size_t)status, report->not_finite ? CERTIGAR_NOT_FINITE : CERTIGAR_OK);
  check_count(w, t, "nonfinite_row_count", certificate->nonfinite_row_count, report->nonfinite_rows);
  check_count(w, t, "nonfinite_outputs", certificate->nonfinite_outputs, report->nonfinite_outputs);
  check_count(w, t, "ties", certificate->ties, report->ties);
  if (certificate->exact_evaluations > t->d)
    check_count(w, t, "exact_evaluations, which is at most d,", certificate->exact_evaluations, t->d);
  if (certificate->nonfinite_row_count != report->nonfinite_rows) return;
  const unsigned char *nonfinite = w->flags.bytes;
  size_t k = 0;
  for (size_t i = 0; i < t->n; i++) {
    if (!nonfinite[i]) continue;
    check_count(w, t, "an entry of nonfinite_rows", certificate->nonfinite_rows[k], i);
    k++;
  }
}

static void check_bits(worker *w, const test_case *t, const char *what, const void *got, const void *wanted) {
  const size_t size = word_size(t->dtype);
  if (memcmp(got, wanted, t->d * size) == 0) return;
  for (size_t c = 0; c < t->d; c++) {
    const uint64_t a = load(t->dtype, got, c), b = load(t->dtype, wanted, c);
    if (a != b) report_failure(w, t, c, what, a, b);
  }
}

static int by_rank(const void *left, const void *right) {
  const int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
  return (a > b) - (a < b);
}

/* The ranks of the finite values of column c, ascending. */
static size_t sorted_ranks(worker *w, const test_case *t, size_t c) {
  int64_t *ranks = room(&w->ranks, t->n * sizeof *ranks);
  size_t count = 0;
  for (size_t i = 0; i < t->n; i++) {
    const uint64_t word = load(t->dtype, w->rows.bytes, i * t->d + c);
    if (is_finite(t->dtype, word)) ranks[count++] = rank_of(t->dtype, word);
  }
  if (count > 0) qsort(ranks, count, sizeof *ranks, by_rank);
  return count;
}

/* |mean - M| <= s, the least spread max_H - min_H over the sets H of n-f finite rows; RN is monotone, hence
 * RN(M - s) <= output <= RN(M + s), as far as these are numbers of the format. */
static void check_spread(worker *w, const test_case *t, size_t c, uint64_t word) {
  reference_context *context = w->contexts[t->dtype];
  uint64_t *column = malloc(2 * t->n * sizeof *column);
  if (column == NULL) exit(2);
  uint64_t *sorted = column + t->n;
  for (size_t i = 0; i < t->n; i++) column[i] = load(t->dtype, w->rows.bytes, i * t->d + c);
  reference_sort(context, column, t->n, sorted);
  mpz_t twice_median, spread, difference, bound, largest;
  mpz_inits(twice_median, spread, difference, bound, largest, (mpz_ptr)NULL);
  reference_value(context, sorted[(t->n - 1) / 2], twice_median);
  reference_value(context, sorted[t->n / 2], difference);
  mpz_add(twice_median, twice_median, difference);

  size_t finite = 0;
  for (size_t i = 0; i < t->n; i++)
    if (is_finite(t->dtype, sorted[i])) sorted[finite++] = sorted[i];
  const size_t kept = t->n - t->f;
  for (size_t i = 0; i + kept <= finite; i++) { /* the least spread is that of neighbours in the order */
    reference_value(context, sorted[i + kept - 1], difference);
    reference_value(context, sorted[i], bound);
    mpz_sub(difference, difference, bound);
    if (i == 0 || mpz_cmp(difference, spread) < 0) mpz_set(spread, difference);
  }
  reference_value(context, infinity(t->dtype) - 1, largest);
  mpz_mul_ui(spread, spread, 2);
  mpz_mul_ui(largest, largest, 2);
  for (int side = -1; side <= 1; side += 2) {
    if (side < 0) {
      mpz_sub(bound, twice_median, spread);
    } else {
      mpz_add(bound, twice_median, spread);
    }
    if (mpz_cmpabs(bound, largest) > 0) continue;
    const uint64_t limit = reference_rn(context, bound, 2);
    const int64_t rank = rank_of(t->dtype, word), limit_rank = rank_of(t->dtype, limit);
    if (side < 0 ? rank < limit_rank : rank > limit_rank)
      report_failure(w, t, c, "the output is farther from the median than the spread of some n-f finite rows", word, limit);
  }
  mpz_clears(twice_median, spread, difference, bound, largest, (mpz_ptr)NULL);
  free(column);
}

/* The guarantees of spec/rules.md. With b values that are not finite, x the n-b finite ones ascending, and b <= f: of all sets H of n-f
 * finite rows the greatest min_H is x_(f-b) (H the highest ones) and the least max_H is x_(n-f-1) (H the lowest ones). */
static void check_guarantee(worker *w, const test_case *t, size_t c, uint64_t word) {
  const size_t finite = sorted_ranks(w, t, c);
  const int64_t *x = w->ranks.bytes;
  const size_t bad = t->n - finite;
  const uint64_t reference = load(t->dtype, w->expected.bytes, c);
  if (t->rule == CERTIGAR_AVERAGE) {
    if (bad > 0) return;
    if (!is_finite(t->dtype, word) || rank_of(t->dtype, word) < x[0] || rank_of(t->dtype, word) > x[t->n - 1])
      report_failure(w, t, c, "the mean of finite values is outside of their range", word, reference);
    return;
  }
  if (bad > t->f) return; /* no set H */
  if (t->rule == CERTIGAR_MEAMED) {
    if (c % SPREAD_EVERY == 0 && is_finite(t->dtype, word)) check_spread(w, t, c, word);
    return;
  }
  if (!is_finite(t->dtype, word)) {
    report_failure(w, t, c, "at most f values are not finite, but the output is not finite", word, reference);
    return;
  }
  const int64_t rank = rank_of(t->dtype, word);
  if (rank < x[t->f - bad] || rank > x[t->n - t->f - 1])
    report_failure(w, t, c, "the output is outside of [min_H, max_H] for some set H of n-f finite rows", word, reference);
}

/* The rows in another order, other threads, another level: the same bits, by the same path. */
static void check_permuted(worker *w, test_case *t, size_t exact_evaluations) {
  const size_t size = word_size(t->dtype), row = t->d * size;
  unsigned char *permuted = room(&w->changed, t->n * row);
  memcpy(permuted, w->rows.bytes, t->n * row);
  for (size_t i = t->n - 1; i > 0; i--) {
    const size_t j = (size_t)generate_below(&t->random, i + 1);
    for (size_t b = 0; b < row; b++) {
      const unsigned char byte = permuted[i * row + b];
      permuted[i * row + b] = permuted[j * row + b];
      permuted[j * row + b] = byte;
    }
  }
  certigar_plan *plan = new_plan(w, t, 1);
  if (plan == NULL) return;
  const certigar_matrix matrix = {permuted, t->n, t->d, (ptrdiff_t)row, (ptrdiff_t)size, 0};
  certigar_certificate certificate = {0};
  const certigar_status status = certigar_plan_run(plan, &matrix, w->again.bytes, &certificate, NULL);
  certigar_plan_free(plan);
  if (status != CERTIGAR_OK && status != CERTIGAR_NOT_FINITE) {
    check_count(w, t, "the status with permuted rows", (size_t)status, CERTIGAR_OK);
    return;
  }
  check_bits(w, t, "permuted rows give other bits", w->again.bytes, w->out.bytes);
  check_count(w, t, "exact_evaluations with permuted rows", certificate.exact_evaluations, exact_evaluations);
}

/* word * 2^shift, of a zero or a normal number that stays one (not_scalable: otherwise). */
static const uint64_t not_scalable = UINT64_MAX;

static uint64_t scaled(certigar_dtype dtype, uint64_t word, int64_t shift, uint64_t flip) {
  const unsigned F = fraction_bits(dtype);
  if (magnitude(dtype, word) == 0) return word ^ flip;
  const int64_t exponent = (int64_t)(magnitude(dtype, word) >> F);
  const int64_t special = (int64_t)(infinity(dtype) >> F);
  if (exponent < 1 || exponent >= special || exponent + shift < 1 || exponent + shift >= special) return not_scalable;
  return (shift < 0 ? word - ((uint64_t)-shift << F) : word + ((uint64_t)shift << F)) ^ flip;
}

/* Columns times a power of two, or minus one, give the output times the same, away from the subnormal numbers, where the ULP no longer
 * scales: output fields of 2 and more (a mean just below field 1 may round up into it). */
static void check_scaled(worker *w, test_case *t, certigar_plan *plan, size_t ties) {
  const int64_t exponents = t->dtype == CERTIGAR_FLOAT32 ? 255 : 2047;
  const uint64_t span = generate_below(&t->random, 2) ? 20 : (uint64_t)exponents;
  const int64_t shift = (int64_t)generate_below(&t->random, 2 * span + 1) - (int64_t)span;
  /* negation reverses the order: it exchanges the lower and upper median, and the two sides of a tie */
  const int may_flip = (t->rule != CERTIGAR_MEDIAN || t->median == CERTIGAR_MIDPOINT) && ties == 0;
  const uint64_t flip = may_flip && generate_below(&t->random, 2) ? sign_bit(t->dtype) : 0;
  const unsigned F = fraction_bits(t->dtype);
  const size_t size = word_size(t->dtype);
  void *rows = room(&w->changed, t->n * t->d * size);
  uint64_t *wanted = room(&w->ranks, t->d * sizeof *wanted);
  size_t columns = 0;
  for (size_t c = 0; c < t->d; c++) {
    const uint64_t word = load(t->dtype, w->out.bytes, c);
    wanted[c] = scaled(t->dtype, word, shift, flip);
    if (wanted[c] != not_scalable &&
        (magnitude(t->dtype, word) >> F < 2 || magnitude(t->dtype, wanted[c]) >> F < 2))
      wanted[c] = not_scalable;
    for (size_t i = 0; i < t->n && wanted[c] != not_scalable; i++)
      if (scaled(t->dtype, load(t->dtype, w->rows.bytes, i * t->d + c), shift, flip) == not_scalable) wanted[c] = not_scalable;
    for (size_t i = 0; i < t->n; i++) {
      const uint64_t value = load(t->dtype, w->rows.bytes, i * t->d + c);
      store(t->dtype, rows, i * t->d + c, wanted[c] == not_scalable ? value : scaled(t->dtype, value, shift, flip));
    }
    columns += wanted[c] != not_scalable;
  }
  if (columns == 0) return;
  const certigar_matrix matrix = {rows, t->n, t->d, (ptrdiff_t)(t->d * size), (ptrdiff_t)size, 0};
  (void)certigar_plan_run(plan, &matrix, w->again.bytes, NULL, NULL);
  char what[200];
  snprintf(what, sizeof what, "values times %s2^%" PRId64 " give another output than the same multiple", flip ? "-" : "", shift);
  for (size_t c = 0; c < t->d; c++) {
    const uint64_t got = load(t->dtype, w->again.bytes, c);
    if (wanted[c] != not_scalable && got != wanted[c]) report_failure(w, t, c, what, got, wanted[c]);
  }
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
  memset(w->out.bytes, 0xa5, t->d * size);
  generate(t->from, generate_next(&t->random), (generate_format)t->dtype, t->n, t->f, t->d, w->rows.bytes);

  reference_report report;
  reference_aggregate(w->contexts[t->dtype], (reference_rule)t->rule, (reference_median_kind)t->median, t->n, t->f, t->d, w->rows.bytes,
                      w->expected.bytes, w->flags.bytes, &report);

  certigar_plan *plan = new_plan(w, t, 0);
  if (plan != NULL) {
    const certigar_matrix matrix = place(w, t, w->rows.bytes);
    certigar_certificate certificate;
    memset(&certificate, 0xa5, sizeof certificate);
    certigar_message message = {""};
    const certigar_status status = certigar_plan_run(plan, &matrix, w->out.bytes, &certificate, &message);
    if (status != CERTIGAR_OK && status != CERTIGAR_NOT_FINITE) {
      char what[400];
      snprintf(what, sizeof what, "certigar_plan_run gives status %d: %s", (int)status, message.text);
      report_failure(w, t, t->d, what, 0, 0);
    } else {
      check_bits(w, t, "certigar and the reference differ", w->out.bytes, w->expected.bytes);
      check_certificate(w, t, status, &certificate, &report);
      for (size_t c = 0; c < t->d; c++) check_guarantee(w, t, c, load(t->dtype, w->out.bytes, c));
      check_permuted(w, t, certificate.exact_evaluations);
      check_scaled(w, t, plan, report.ties);
    }
    certigar_plan_free(plan);
  }
  const unsigned char *failed = w->failed_columns.bytes;
  size_t count = 0;
  for (size_t c = 0; c < t->d; c++) count += failed[c];
  return count == 0 && failed[t->d] ? 1 : count; /* a failure of the matrix counts as one coordinate */
}

/* ---- all cases of one rule and dtype ---- */

/* Cases are dealt in order of their number until they hold the coordinates wanted, so their set does not depend on the threads. */
static int next_case(work *all, test_case *t) {
  int taken = 0;
  pthread_mutex_lock(&all->lock);
  if (all->s->replay) {
    if (!all->done) *t = draw_case(all->rule, all->dtype, all->s->case_seed, all->s->only);
    taken = !all->done;
    all->done = 1;
  } else if (all->claimed < all->s->coordinates) {
    *t = draw_case(all->rule, all->dtype, nth_case_seed(all->s, all->rule, all->dtype, all->next_index++), all->s->only);
    all->claimed += t->d;
    taken = 1;
  }
  pthread_mutex_unlock(&all->lock);
  return taken;
}

static void *run_worker(void *argument) {
  work *all = argument;
  worker w = {.work = all};
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
              dtype_names[all->dtype], all->counts.coordinates, all->s->coordinates, all->counts.failed);
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
  work all = {.s = s, .rule = rule, .dtype = dtype};
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

int main(int count, char **arguments) {
  const settings s = parse_arguments(count, arguments);
  uint64_t passed = 0, failed = 0;
  for (int rule = 0; rule < RULES; rule++)
    for (int dtype = 0; dtype < DTYPES; dtype++) {
      if ((s.rule >= 0 && rule != s.rule) || (s.dtype >= 0 && dtype != s.dtype)) continue;
      const tally counts = run_all(&s, rule, dtype);
      passed += counts.coordinates - counts.failed;
      failed += counts.failed;
    }
  printf("%" PRIu64 " passed, %" PRIu64 " failed\n", passed, failed);
  return failed > 0;
}
