/* One hash of all outputs over a fixed stream of inputs: the same for every compiler, flag, instruction set, thread count and state of the
 * floating-point unit.
 *
 * The stream: for each (n, f) below a matrix of 8349 columns, 363 from each of the generators of tests/support, with fixed seeds; so every
 * rule and dtype gives 100188 coordinates, more than two chunks of work per matrix. Signalling NaN of both signs are among the inputs.
 * The outputs of a rule, little-endian, and the counts of its certificate are hashed with SHA-256; tests/hashes.txt has the value expected for
 * every rule and dtype, and "all", the hash of those lines. They were written by the reference, not by the code under test.
 *
 * Each hash is computed at every instruction-set level of this processor with one thread and two, in all four rounding modes, with FTZ and
 * DAZ off and on, and with traps on invalid operations, divisions by zero and overflows. scripts/check.py does the same for other
 * compilers and flags. (Without optimisation, and with sanitizers, every setting is met, but not in every combination.)
 *
 * After an intended change of spec/rules.md or of the generators: build/tests/test_hash --write > tests/hashes.txt
 */
#include <fenv.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <nettle/sha2.h>
#if defined __x86_64__
#include <immintrin.h>
#endif

#include "certigar.h"
#include "generate.h"
#include "reference.h"
#include "slow.h"

enum { EVERYTHING = !SLOW };

static const char *const hashes_file = "tests/hashes.txt";

/* ---- the stream ---- */

static const struct {
  size_t n, f;
} shapes[] = {{1, 0}, {2, 0}, {3, 1}, {4, 1}, {5, 2}, {6, 0}, {7, 3}, {8, 2}, {11, 3}, {16, 7}, {20, 5}, {31, 10}};

enum { SHAPES = sizeof shapes / sizeof *shapes, COLUMNS = 363, DTYPES = 2 };

typedef struct stream {
  size_t d, size;
  certigar_dtype dtype;
  unsigned char *rows[SHAPES];
} stream;

static void *take(size_t size)
{
  void *memory = malloc(size);
  assert_non_null(memory);
  return memory;
}

static stream make_stream(certigar_dtype dtype)
{
  stream s = {.d = COLUMNS * generator_count, .size = dtype == CERTIGAR_FLOAT32 ? 4 : 8, .dtype = dtype};
  for (size_t m = 0; m < SHAPES; m++) {
    const size_t n = shapes[m].n, part = COLUMNS * s.size;
    unsigned char *from = take(n * part);
    s.rows[m] = take(n * s.d * s.size);
    for (size_t g = 0; g < generator_count; g++) {
      generate(&generators[g], 1000 * m + g, (generate_format)dtype, n, shapes[m].f, COLUMNS, from);
      for (size_t i = 0; i < n; i++) memcpy(s.rows[m] + i * s.d * s.size + g * part, from + i * part, part);
    }
    free(from);
  }
  return s;
}

static void free_stream(stream *s)
{
  for (size_t m = 0; m < SHAPES; m++) free(s->rows[m]);
}

static uint64_t word_at(const stream *s, const unsigned char *words, size_t index)
{
  uint32_t narrow;
  uint64_t word;
  memcpy(&narrow, words + index * s->size, sizeof narrow);
  if (s->size == 4) return narrow;
  memcpy(&word, words + index * s->size, sizeof word);
  return word;
}

/* ---- hashes ---- */

typedef struct line {
  char text[128]; /* what is hashed, and 64 hexadecimal digits */
} line;

typedef struct hash {
  struct sha256_ctx context;
} hash;

static void hash_number(hash *h, uint64_t number, size_t bytes)
{
  uint8_t little[8];
  for (size_t b = 0; b < bytes; b++) little[b] = (uint8_t)(number >> (8 * b));
  sha256_update(&h->context, bytes, little);
}

static void finish_hash(hash *h, const char *name, line *out)
{
  uint8_t digest[SHA256_DIGEST_SIZE];
  int at = snprintf(out->text, sizeof out->text, "%s ", name);
  sha256_digest(&h->context, sizeof digest, digest);
  for (size_t b = 0; b < sizeof digest; b++) at += snprintf(out->text + at, sizeof out->text - (size_t)at, "%02x", digest[b]);
}

/* ---- what is hashed: a rule over a stream, by certigar or by the reference ---- */

static const char *const dtype_names[DTYPES] = {"float32", "float64"};

static const struct {
  certigar_rule rule;
  certigar_median_kind median;
  const char *name;
} rules[] = {{CERTIGAR_AVERAGE, CERTIGAR_MIDPOINT, "average"},          {CERTIGAR_MEDIAN, CERTIGAR_MIDPOINT, "median-midpoint"},
             {CERTIGAR_MEDIAN, CERTIGAR_LOWER, "median-lower"},         {CERTIGAR_MEDIAN, CERTIGAR_UPPER, "median-upper"},
             {CERTIGAR_TRIMMED_MEAN, CERTIGAR_MIDPOINT, "trimmed-mean"}, {CERTIGAR_MEAMED, CERTIGAR_MIDPOINT, "meamed"}};

enum { RULES = sizeof rules / sizeof *rules, LINES = DTYPES * RULES + DTYPES + 1 };

typedef struct counts {
  int not_finite;
  size_t nonfinite_rows, nonfinite_outputs, ties;
} counts;

/* How a rule runs. */
typedef struct mode {
  certigar_level level;
  size_t threads;
  int rounding, flush, traps;
} mode;

static void describe_mode(const mode *m, char *text, size_t room)
{
  const char *rounding = m->rounding == FE_TONEAREST  ? "nearest"
                         : m->rounding == FE_UPWARD   ? "up"
                         : m->rounding == FE_DOWNWARD ? "down"
                                                      : "zero";
  snprintf(text, room, "level %s, %zu thread%s, rounding to %s, FTZ and DAZ %s, traps %s", certigar_level_name(m->level), m->threads,
           m->threads > 1 ? "s" : "", rounding, m->flush ? "on" : "off", m->traps ? "on" : "off");
}

static void run_certigar(const stream *s, size_t shape, size_t rule, const mode *m, void *out, counts *found)
{
  certigar_options *options = certigar_options_new();
  certigar_plan *plan = NULL;
  certigar_certificate certificate;
  assert_non_null(options);
  certigar_options_set_f(options, shapes[shape].f);
  certigar_options_set_median(options, rules[rule].median);
  certigar_options_set_threads(options, m->threads);
  certigar_options_set_level(options, m->level);
  assert_int_equal(certigar_plan_new(&plan, rules[rule].rule, s->dtype, shapes[shape].n, options, NULL), CERTIGAR_OK);
  const certigar_matrix matrix = {.data = s->rows[shape],
                                  .n = shapes[shape].n,
                                  .d = s->d,
                                  .row_stride = (ptrdiff_t)(s->d * s->size),
                                  .column_stride = (ptrdiff_t)s->size};
  fenv_t before;
  fegetenv(&before);
  fesetround(m->rounding);
#if defined __x86_64__
  if (m->flush) _mm_setcsr(_mm_getcsr() | 0x8040); /* FTZ and DAZ; threads that are started inherit them */
#endif
#if defined __GLIBC__
  if (m->traps) {
    feclearexcept(FE_ALL_EXCEPT);
    feenableexcept(FE_INVALID | FE_DIVBYZERO | FE_OVERFLOW);
  }
#endif
  const certigar_status status = certigar_plan_run(plan, &matrix, out, &certificate, NULL);
  fesetenv(&before);
  assert_true(status == CERTIGAR_OK || status == CERTIGAR_NOT_FINITE);
  *found = (counts){status == CERTIGAR_NOT_FINITE, certificate.nonfinite_row_count, certificate.nonfinite_outputs, certificate.ties};
  certigar_plan_free(plan);
  certigar_options_free(options);
}

static void run_reference(reference_context *context, const stream *s, size_t shape, size_t rule, void *out, counts *found)
{
  reference_report report;
  reference_aggregate(context, (reference_rule)rules[rule].rule, (reference_median_kind)rules[rule].median, shapes[shape].n, shapes[shape].f,
                      s->d, s->rows[shape], out, NULL, &report);
  *found = (counts){report.not_finite, report.nonfinite_rows, report.nonfinite_outputs, report.ties};
}

/* One line of tests/hashes.txt; without a mode, by the reference. */
static void hash_rule(const stream *s, size_t rule, const mode *m, line *out)
{
  unsigned char *outputs = take(s->d * s->size);
  reference_context *context = m ? NULL : reference_new((reference_format)s->dtype);
  hash h;
  char name[48];
  sha256_init(&h.context);
  for (size_t shape = 0; shape < SHAPES; shape++) {
    counts found;
    if (m)
      run_certigar(s, shape, rule, m, outputs, &found);
    else
      run_reference(context, s, shape, rule, outputs, &found);
    for (size_t c = 0; c < s->d; c++) hash_number(&h, word_at(s, outputs, c), s->size);
    hash_number(&h, (uint64_t)found.not_finite, 8);
    hash_number(&h, found.nonfinite_rows, 8);
    hash_number(&h, found.nonfinite_outputs, 8);
    hash_number(&h, found.ties, 8);
  }
  snprintf(name, sizeof name, "%s %s", rules[rule].name, dtype_names[s->dtype]);
  finish_hash(&h, name, out);
  if (context) reference_free(context);
  free(outputs);
}

static void hash_inputs(const stream *s, line *out)
{
  hash h;
  char name[48];
  sha256_init(&h.context);
  for (size_t shape = 0; shape < SHAPES; shape++)
    for (size_t i = 0; i < shapes[shape].n * s->d; i++) hash_number(&h, word_at(s, s->rows[shape], i), s->size);
  snprintf(name, sizeof name, "inputs %s", dtype_names[s->dtype]);
  finish_hash(&h, name, out);
}

static void hash_lines(const line *lines, size_t count, line *out)
{
  hash h;
  sha256_init(&h.context);
  for (size_t i = 0; i < count; i++) {
    sha256_update(&h.context, strlen(lines[i].text), (const uint8_t *)lines[i].text);
    sha256_update(&h.context, 1, (const uint8_t *)"\n");
  }
  finish_hash(&h, "all", out);
}

static size_t line_of(certigar_dtype dtype, size_t rule)
{
  return (size_t)dtype * (1 + RULES) + 1 + rule;
}

static void write_hashes(void)
{
  line lines[LINES];
  for (int dtype = 0; dtype < DTYPES; dtype++) {
    stream s = make_stream((certigar_dtype)dtype);
    hash_inputs(&s, &lines[line_of(s.dtype, 0) - 1]);
    for (size_t rule = 0; rule < RULES; rule++) hash_rule(&s, rule, NULL, &lines[line_of(s.dtype, rule)]);
    free_stream(&s);
  }
  hash_lines(lines, LINES - 1, &lines[LINES - 1]);
  printf("# SHA-256 of all outputs over the fixed stream of tests/test_hash.c, computed by reference/.\n"
         "# Written by: build/tests/test_hash --write > tests/hashes.txt\n");
  for (size_t i = 0; i < LINES; i++) printf("%s\n", lines[i].text);
}

/* ---- failures: the first output that the reference sees otherwise ---- */

static void show_difference(const stream *s, size_t rule, const mode *m)
{
  unsigned char *got = take(s->d * s->size), *wanted = take(s->d * s->size);
  reference_context *context = reference_new((reference_format)s->dtype);
  const int digits = (int)(2 * s->size);
  int shown = 0;
  for (size_t shape = 0; shape < SHAPES && !shown; shape++) {
    counts ours, theirs;
    run_certigar(s, shape, rule, m, got, &ours);
    run_reference(context, s, shape, rule, wanted, &theirs);
    for (size_t c = 0; c < s->d && !shown; c++) {
      if (word_at(s, got, c) == word_at(s, wanted, c)) continue;
      fprintf(stderr, "  n = %zu, f = %zu, generator %s, column %zu:", shapes[shape].n, shapes[shape].f, generators[c / COLUMNS].name, c);
      for (size_t i = 0; i < shapes[shape].n; i++) fprintf(stderr, " %0*" PRIx64, digits, word_at(s, s->rows[shape], i * s->d + c));
      fprintf(stderr, "\n  got      %0*" PRIx64 "\n  expected %0*" PRIx64 "\n", digits, word_at(s, got, c), digits, word_at(s, wanted, c));
      shown = 1;
    }
    if (!shown && (ours.not_finite != theirs.not_finite || ours.nonfinite_rows != theirs.nonfinite_rows ||
                   ours.nonfinite_outputs != theirs.nonfinite_outputs || ours.ties != theirs.ties)) {
      fprintf(stderr, "  n = %zu, f = %zu: status, rows, outputs not finite, and ties are %d %zu %zu %zu, expected %d %zu %zu %zu\n",
              shapes[shape].n, shapes[shape].f, ours.not_finite, ours.nonfinite_rows, ours.nonfinite_outputs, ours.ties, theirs.not_finite,
              theirs.nonfinite_rows, theirs.nonfinite_outputs, theirs.ties);
      shown = 1;
    }
  }
  if (!shown) fprintf(stderr, "  certigar agrees with the reference: the specification has changed, or %s is out of date\n", hashes_file);
  fprintf(stderr, "  build/tests/test_hash\n");
  reference_free(context);
  free(got);
  free(wanted);
}

/* ---- the test ---- */

static line expected[LINES];
static stream streams[DTYPES];

static int read_hashes(void **state)
{
  (void)state;
  FILE *file = fopen(hashes_file, "r");
  size_t count = 0;
  if (!file) {
    fprintf(stderr, "test_hash: %s cannot be read; run it from the top of the tree\n", hashes_file);
    return -1;
  }
  line one;
  while (count < LINES && fgets(one.text, sizeof one.text, file)) {
    one.text[strcspn(one.text, "\n")] = 0;
    if (one.text[0] != '#') expected[count++] = one;
  }
  fclose(file);
  if (count < LINES) fprintf(stderr, "test_hash: %s has %zu lines, %d are needed\n", hashes_file, count, LINES);
  for (int dtype = 0; dtype < DTYPES; dtype++) streams[dtype] = make_stream((certigar_dtype)dtype);
  return count < LINES ? -1 : 0;
}

static int forget(void **state)
{
  (void)state;
  for (int dtype = 0; dtype < DTYPES; dtype++) free_stream(&streams[dtype]);
  return 0;
}

static void inputs_are_the_same(void **state)
{
  (void)state;
  size_t signalling[2] = {0, 0}, subnormal = 0;
  for (int dtype = 0; dtype < DTYPES; dtype++) {
    line found;
    const stream *s = &streams[dtype];
    const unsigned F = dtype == CERTIGAR_FLOAT32 ? 23 : 52;
    hash_inputs(s, &found);
    assert_string_equal(found.text, expected[line_of(s->dtype, 0) - 1].text);
    for (size_t shape = 0; shape < SHAPES; shape++)
      for (size_t i = 0; i < shapes[shape].n * s->d; i++) {
        const uint64_t word = word_at(s, s->rows[shape], i), negative = word >> (8 * s->size - 1);
        const uint64_t magnitude = word - (negative << (8 * s->size - 1));
        const uint64_t T = magnitude & (((uint64_t)1 << F) - 1);
        const int special = magnitude >> F == (dtype == CERTIGAR_FLOAT32 ? 255 : 2047);
        signalling[negative] += special && T > 0 && T >> (F - 1) == 0;
        subnormal += magnitude >> F == 0 && T > 0;
      }
  }
  assert_true(signalling[0] > 1000 && signalling[1] > 1000 && subnormal > 1000);
  line all;
  hash_lines(expected, LINES - 1, &all);
  assert_string_equal(all.text, expected[LINES - 1].text);
}

static void check_mode(const mode *m)
{
  for (int dtype = 0; dtype < DTYPES; dtype++)
    for (size_t rule = 0; rule < RULES; rule++) {
      const line *wanted = &expected[line_of((certigar_dtype)dtype, rule)];
      line found;
      hash_rule(&streams[dtype], rule, m, &found);
      if (strcmp(found.text, wanted->text) == 0) continue;
      char text[160];
      describe_mode(m, text, sizeof text);
      fprintf(stderr, "FAILED test_hash: %s\n  got      %s\n  expected %s\n", text, found.text, wanted->text);
      show_difference(&streams[dtype], rule, m);
      fail();
    }
}

static const int roundings[] = {FE_TONEAREST, FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
static const certigar_level levels[] = {CERTIGAR_LEVEL_BASELINE, CERTIGAR_LEVEL_X86_64_V3, CERTIGAR_LEVEL_X86_64_V4};

/* The levels of this processor. */
static size_t find_levels(certigar_level *found)
{
  size_t count = 0;
  for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
    if (certigar_level_name(levels[i])) found[count++] = levels[i];
  return count;
}

static void every_level(void **state)
{
  (void)state;
  certigar_level have[3];
  const size_t count = find_levels(have);
  for (size_t i = 0; i < count; i++)
    for (size_t threads = 1; threads <= 2; threads++)
      if (EVERYTHING || threads == 1 + i % 2) check_mode(&(mode){have[i], threads, FE_TONEAREST, 0, 0});
}

/* The levels and threads alternate through the states of the floating-point unit. */
static void every_floating_point_state(void **state)
{
  (void)state;
  certigar_level have[3];
  const size_t count = find_levels(have);
  size_t run = 0;
  for (size_t r = 0; r < sizeof roundings / sizeof *roundings; r++)
    for (int flush = 0; flush <= 1; flush++) {
      if (!EVERYTHING && flush != (int)(r % 2)) continue;
      for (size_t level = 0; level < count; level++)
        if (EVERYTHING || level == r % count) check_mode(&(mode){have[level], 1 + run++ % 2, roundings[r], flush, 0});
    }
}

static void traps_are_not_met(void **state)
{
  (void)state;
  certigar_level have[3];
  const size_t count = find_levels(have);
  for (size_t level = 0; level < count; level++)
    if (EVERYTHING || level == 0) check_mode(&(mode){have[level], 1 + level % 2, FE_TONEAREST, 0, 1});
}

int main(int count, char **arguments)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(inputs_are_the_same), cmocka_unit_test(every_level),
                                     cmocka_unit_test(every_floating_point_state), cmocka_unit_test(traps_are_not_met)};
  if (count > 1 && strcmp(arguments[1], "--write") == 0) {
    write_hashes();
    return 0;
  }
  return cmocka_run_group_tests_name("hash of all outputs", tests, read_hashes, forget);
}
