/* The kernels over a toy format of six bits, on every input of up to four rows: what is proved for all formats, seen on all inputs of one.
 *
 * A toy word is 1 sign, 3 exponent and 2 fraction bits in a byte, so all its finite values are integers of at most 224 units, and a sum of
 * a few of them is an int. Everything expected here is computed once more from spec/rules.md over such integers: the third
 * implementation of the rules, after src/ and reference/, and the only one that a reader can check by hand.
 *
 *   n = 1 to 4    all 64^n columns, all NaN words included; every rule, kind of median and f
 *   n = 5 to 9    all columns of the letters below, and random ones of all words
 *
 * Columns come in a scattered order, so that the lanes of a tile have nothing in common. The builds that `make check` adds take only the
 * first part of that order for n = 4 and up: an eighth, or a 32nd without optimisation or with sanitizers.
 *
 * `build/tests/test_toy RULE KIND F WORD...` (KIND 0 midpoint, 1 lower, 2 upper; words in hexadecimal) shows one column.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "generate.h"
#include "kernels.h"
#include "slow.h"

extern const certigar_kernels certigar_kernels_6_baseline;

#if defined __clang__ || defined __FAST_MATH__
enum { PART = SLOW ? 32 : 8 };
#else
enum { PART = SLOW ? 32 : 1 };
#endif

enum { FRACTION_BITS = 2, EXPONENT_BITS = 3, WORDS = 64, SIGN = 32, SPECIAL = 28, NAN_OUT = 30, ROWS = 9, LANES = 64 };

/* ---- the specification over integers: spec/rules.md, section 1 ---- */

static int is_nan(int word)
{
  return word % SIGN > SPECIAL;
}

static int is_finite(int word)
{
  return word % SIGN < SPECIAL;
}

/* The value of a magnitude, and of the first one that is not finite, by the same formula. */
static int value_of_magnitude(int magnitude)
{
  const int E = magnitude / (1 << FRACTION_BITS), T = magnitude % (1 << FRACTION_BITS);
  return E == 0 ? T : ((1 << FRACTION_BITS) + T) << (E - 1);
}

static int value(int word)
{
  return word >= SIGN ? -value_of_magnitude(word - SIGN) : value_of_magnitude(word);
}

/* The place of a word in the order: negative ones by descending magnitude, -0, +0, positive ones by magnitude, one place for all NaN. */
static int place(int word)
{
  return is_nan(word) ? WORDS : word >= SIGN ? -1 - word % SIGN : word;
}

/* RN(sum / k): the only magnitude that satisfies the definition. */
static int rounded(int sum, int k)
{
  const int twice = 2 * abs(sum);
  int found = -1, solutions = 0;
  for (int r = 0; r < SPECIAL; r++) {
    const int below = r > 0 ? k * (value_of_magnitude(r - 1) + value_of_magnitude(r)) : -1;
    const int above = k * (value_of_magnitude(r) + value_of_magnitude(r + 1));
    if (below > twice || twice > above || ((below == twice || twice == above) && r % 2 != 0)) continue;
    found = r;
    solutions++;
  }
  if (solutions != 1) fail_msg("%d magnitudes satisfy the definition of RN(%d / %d)", solutions, sum, k);
  return sum < 0 ? SIGN + found : found;
}

enum { SUM_MAX = ROWS * 224 };
static uint8_t rounded_sums[ROWS + 1][2 * SUM_MAX + 1];

static void tabulate_roundings(void)
{
  for (int k = 1; k <= ROWS; k++)
    for (int sum = -k * 224; sum <= k * 224; sum++) rounded_sums[k][SUM_MAX + sum] = (uint8_t)rounded(sum, k);
}

static int mean(const uint8_t *words, int k)
{
  int nan = 0, plus = 0, minus = 0, sum = 0;
  for (int i = 0; i < k; i++) {
    if (is_nan(words[i]))
      nan = 1;
    else if (is_finite(words[i]))
      sum += value(words[i]);
    else if (words[i] >= SIGN)
      minus = 1;
    else
      plus = 1;
  }
  if (nan || (plus && minus)) return NAN_OUT;
  return plus ? SPECIAL : minus ? SIGN + SPECIAL : rounded_sums[k][SUM_MAX + sum];
}

/* ---- the rules: section 4. x is the column in its order ---- */

static int meamed(const uint8_t *x, int n, int f, int *tie)
{
  const int a = x[(n - 1) / 2], b = x[n / 2];
  uint8_t closest[ROWS];
  int finite = 0, distance[WORDS];
  *tie = 0;
  for (int i = 0; i < n; i++)
    if (is_finite(x[i])) closest[finite++] = x[i];
  if (!is_finite(a) || !is_finite(b) || finite < n - f) return NAN_OUT;
  /* by twice the distance to the median; the smaller value first, which is where it already is */
  for (int i = 0; i < finite; i++) distance[closest[i]] = abs(2 * value(closest[i]) - value(a) - value(b));
  for (int i = 1; i < finite; i++)
    for (int j = i; j > 0 && distance[closest[j]] < distance[closest[j - 1]]; j--) {
      const uint8_t other = closest[j];
      closest[j] = closest[j - 1];
      closest[j - 1] = other;
    }
  for (int i = 0; i < n - f; i++)
    for (int j = n - f; j < finite; j++)
      if (distance[closest[i]] == distance[closest[j]] && value(closest[i]) != value(closest[j])) *tie = 1;
  return mean(closest, n - f);
}

typedef struct setting {
  certigar_rule rule;
  int median, f;
} setting;

static int expected(const setting *s, const uint8_t *x, int n, int *tie)
{
  int word = 0;
  *tie = 0;
  switch (s->rule) {
    case CERTIGAR_AVERAGE: word = mean(x, n); break;
    case CERTIGAR_TRIMMED_MEAN: word = mean(x + s->f, n - 2 * s->f); break;
    case CERTIGAR_MEAMED: word = meamed(x, n, s->f, tie); break;
    case CERTIGAR_MEDIAN:
      if (s->median == CERTIGAR_MIDPOINT && n % 2 == 0)
        word = mean(x + n / 2 - 1, 2);
      else
        word = x[s->median == CERTIGAR_UPPER ? n / 2 : (n - 1) / 2];
      break;
    default: fail_msg("%s is no rule of columns", certigar_rule_name(s->rule));
  }
  return is_nan(word) ? NAN_OUT : word;
}

static void sort(uint8_t *x, int n)
{
  for (int i = 1; i < n; i++)
    for (int j = i; j > 0 && place(x[j]) < place(x[j - 1]); j--) {
      const uint8_t other = x[j];
      x[j] = x[j - 1];
      x[j - 1] = other;
    }
}

/* ---- tiles ---- */

typedef struct tile {
  int n, lanes;
  uint8_t rows[ROWS][LANES];
  uint64_t columns, exact, ties;
} tile;

static const char *const rule_names[] = {"average", "median", "trimmed-mean", "meamed"};

static _Noreturn void report(const tile *t, const setting *s, int lane, const char *what, int got, int wanted)
{
  fprintf(stderr, "FAILED toy %s, median kind %d, n = %d, f = %d, lane %d: %s is %02x, expected %02x\n  build/tests/test_toy %s %d %d",
          rule_names[s->rule], s->median, t->n, s->f, lane, what, (unsigned)got, (unsigned)wanted, rule_names[s->rule], s->median, s->f);
  for (int i = 0; i < t->n; i++) fprintf(stderr, " %02x", t->rows[i][lane]);
  fprintf(stderr, "\n");
  fail();
  abort();
}

static void run_setting(tile *t, const setting *s, uint8_t sorted[LANES][ROWS])
{
  static _Alignas(64) unsigned char work[1 << 16];
  unsigned char nonfinite[ROWS] = {0};
  uint8_t out[LANES];
  const certigar_matrix input = {.data = t->rows, .n = (size_t)t->n, .d = LANES, .row_stride = LANES, .column_stride = 1};
  certigar_tile_request request = {
      .input = &input, .rule = s->rule, .median = (certigar_median_kind)s->median, .f = s->f, .work = work, .nonfinite = nonfinite};
  certigar_kernels_6_baseline.tile(&request, 0, (size_t)t->lanes, out);

  size_t ties = 0, nonfinite_outputs = 0;
  for (int l = 0; l < t->lanes; l++) {
    int tie;
    const int wanted = expected(s, sorted[l], t->n, &tie);
    if (out[l] != wanted) report(t, s, l, "the output", out[l], wanted);
    ties += (size_t)tie;
    nonfinite_outputs += !is_finite(wanted);
  }
  if (request.ties != ties) report(t, s, 0, "the number of ties of the tile", (int)request.ties, (int)ties);
  if (request.nonfinite_outputs != nonfinite_outputs)
    report(t, s, 0, "the number of nonfinite outputs of the tile", (int)request.nonfinite_outputs, (int)nonfinite_outputs);
  for (int i = 0; i < t->n; i++) {
    int wanted = 0;
    for (int l = 0; l < t->lanes; l++) wanted |= !is_finite(t->rows[i][l]);
    if (nonfinite[i] != wanted) report(t, s, 0, "the flag of a nonfinite row", nonfinite[i], wanted);
  }
  t->exact += request.exact_evaluations;
  t->ties += ties;
}

/* All rules, kinds and f on the columns of the tile; average and median must not mind f. */
static void run_tile(tile *t)
{
  uint8_t sorted[LANES][ROWS];
  const int f_max = (t->n - 1) / 2;
  for (int l = 0; l < t->lanes; l++) {
    for (int i = 0; i < t->n; i++) sorted[l][i] = t->rows[i][l];
    sort(sorted[l], t->n);
  }
  const int f = (int)(t->columns / LANES % (uint64_t)(f_max + 1));
  run_setting(t, &(setting){CERTIGAR_AVERAGE, 0, f}, sorted);
  for (int kind = CERTIGAR_MIDPOINT; kind <= CERTIGAR_UPPER; kind++) run_setting(t, &(setting){CERTIGAR_MEDIAN, kind, f}, sorted);
  for (int kept = 0; kept <= f_max; kept++) {
    run_setting(t, &(setting){CERTIGAR_TRIMMED_MEAN, 0, kept}, sorted);
    run_setting(t, &(setting){CERTIGAR_MEAMED, 0, kept}, sorted);
  }
  t->columns += (uint64_t)t->lanes;
  t->lanes = 0;
}

/* Columns number 0, step, 2 step, ... modulo all: each once, since the step is a prime that does not divide their number. */
static void all_columns(int n, const uint8_t *letters, unsigned count, uint64_t part, tile *t)
{
  const uint64_t step = 2654435761;
  uint64_t all = 1;
  for (int i = 0; i < n; i++) all *= count;
  t->n = n;
  t->lanes = 0;
  for (uint64_t c = 0; c < (all + part - 1) / part; c++) {
    uint64_t number = c * step % all;
    for (int i = 0; i < n; i++, number /= count) t->rows[i][t->lanes] = letters[number % count];
    if (++t->lanes == LANES) run_tile(t);
  }
  if (t->lanes > 0) run_tile(t);
}

/* ---- tests ---- */

static const uint8_t all_words[WORDS] = {
    0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
    32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};

static void one_to_three_rows(void **state)
{
  (void)state;
  tile t = {0};
  for (int n = 1; n <= 3; n++) all_columns(n, all_words, WORDS, 1, &t);
  assert_int_equal(t.columns, 64 + 64 * 64 + 64 * 64 * 64);
  assert_true(t.exact > 0 && t.ties > 0); /* the wide accumulator and the ties were met */
}

static void four_rows(void **state)
{
  (void)state;
  tile t = {0};
  all_columns(4, all_words, WORDS, PART, &t);
  assert_int_equal(t.columns, 64 * 64 * 64 * 64 / PART);
  assert_true(t.exact > 0 && t.ties > 0);
}

/* Two lists of letters: what is not finite and what overflows; and what rounds, ties and cancels. */
static void five_to_nine_rows(void **state)
{
  (void)state;
  static const uint8_t extremes[] = {0x1b, 0x1c, 0x3c, 0x01, 0x3f, 0x3b, 0x20, 0x1d, 0x00, 0x17, 0x38, 0x04, 0x0a};
  static const uint8_t ordinary[] = {0x01, 0x09, 0x22, 0x12, 0x27, 0x00, 0x34, 0x20, 0x0e, 0x05, 0x1b, 0x2d, 0x13};
  static const unsigned letters[] = {13, 9, 7, 6, 5}; /* so many of them for n = 5, 6, ... */
  tile t = {0};
  for (int n = 5; n <= ROWS; n++) {
    all_columns(n, extremes, letters[n - 5], PART, &t);
    all_columns(n, ordinary, letters[n - 5], PART, &t);
  }
  assert_true(t.exact > 0 && t.ties > 0);
}

/* All pairs, and triples at random, with weights of sixteenths: the sum of weights times values, divided by 16. */
static void weigh_tile(const tile *t, const int *sixteenths)
{
  static _Alignas(64) unsigned char work[1 << 16];
  uint8_t out[LANES];
  uint32_t weights[2 * ROWS];
  size_t rows[ROWS];
  const certigar_matrix input = {.data = t->rows, .n = (size_t)t->n, .d = LANES, .row_stride = LANES, .column_stride = 1};
  certigar_tile_request request = {.input = &input, .work = work};
  for (int i = 0; i < t->n; i++) {
    rows[i] = (size_t)i;
    weights[2 * i] = (uint32_t)sixteenths[i] % 16 << 28;
    weights[2 * i + 1] = (uint32_t)sixteenths[i] / 16;
  }
  certigar_kernels_6_baseline.weighted_tile(&request, rows, (size_t)t->n, weights, 2, 0, LANES, out);
  for (int l = 0; l < LANES; l++) {
    int sum = 0;
    for (int i = 0; i < t->n; i++) sum += sixteenths[i] * value(t->rows[i][l]);
    if (out[l] == rounded(sum, 16)) continue;
    fprintf(stderr, "FAILED toy weighted sum %d / 16: %02x, expected %02x\n", sum, out[l], (unsigned)rounded(sum, 16));
    fail();
  }
}

static void weighted_sums(void **state)
{
  (void)state;
  generate_random random = {5};
  tile t = {.n = 2};
  for (int first = 0; first < WORDS; first++)
    for (int part = 0; part <= 16 && is_finite(first); part++) {
      for (int l = 0; l < LANES; l++) {
        t.rows[0][l] = (uint8_t)first;
        t.rows[1][l] = is_finite(l) ? (uint8_t)l : 0;
      }
      weigh_tile(&t, (const int[]){part, 16 - part});
    }
  t.n = 3;
  for (int i = 0; i < 20000 / PART; i++) {
    const int a = (int)generate_below(&random, 17), b = (int)generate_below(&random, (uint64_t)(17 - a));
    for (int row = 0; row < t.n; row++)
      for (int l = 0; l < LANES; l++) t.rows[row][l] = (uint8_t)(generate_below(&random, SPECIAL) + SIGN * generate_below(&random, 2));
    weigh_tile(&t, (const int[]){a, b, (int)generate_below(&random, (uint64_t)(17 - a - b))});
  }
}

/* Lanes 0 to 63 in turn are the last one of the tile, so the padding is met as well. */
static void random_columns(void **state)
{
  (void)state;
  generate_random random = {7};
  tile t = {0};
  for (int i = 0; i < 64 * 1000 / PART; i++) {
    t.n = 5 + i / 64 % 5;
    const int words = generate_below(&random, 2) ? WORDS : 2 + (int)generate_below(&random, 6);
    const int first = (int)generate_below(&random, WORDS);
    for (; t.lanes <= i % LANES; t.lanes++)
      for (int row = 0; row < t.n; row++) t.rows[row][t.lanes] = (uint8_t)((first + (int)generate_below(&random, (uint64_t)words)) % WORDS);
    run_tile(&t);
  }
  assert_true(t.exact > 0 && t.ties > 0);
}

/* The values of section 1 by hand. */
static void values_by_hand(void **state)
{
  (void)state;
  assert_int_equal(value(0x03), 3);          /* the largest subnormal number */
  assert_int_equal(value(0x04), 4);          /* the smallest normal one */
  assert_int_equal(value(0x29), -10);        /* -(4 + 1) 2 */
  assert_int_equal(value(0x1b), 224);        /* the largest: (4 + 3) 2^5 */
  assert_int_equal(rounded(9, 1), 0x08);     /* between 8 and 10, ties to even */
  assert_int_equal(rounded(11, 1), 0x0a);    /* between 10 and 12 */
  assert_int_equal(rounded(-1, 2), SIGN);    /* half of the least unit, to a zero that keeps its sign */
  assert_int_equal(rounded(3, 2), 0x02);
  assert_int_equal(rounded(2016, 9), 0x1b);
  assert_int_equal(rounded(0, 5), 0x00);
}

/* ---- one column, to look at ---- */

static int show(int count, char **arguments)
{
  uint8_t rows[ROWS], x[ROWS], out[LANES];
  unsigned char nonfinite[ROWS] = {0};
  static _Alignas(64) unsigned char work[1 << 16];
  certigar_rule rule;
  const int n = count - 3;
  if (n < 1 || n > ROWS || !certigar_rule_from_name(arguments[0], &rule)) return 2;
  const setting s = {rule, atoi(arguments[1]), atoi(arguments[2])};
  for (int i = 0; i < n; i++) rows[i] = x[i] = (uint8_t)(strtoul(arguments[3 + i], NULL, 16) % WORDS);
  sort(x, n);
  const certigar_matrix input = {.data = rows, .n = (size_t)n, .d = 1, .row_stride = 1, .column_stride = 1};
  certigar_tile_request request = {
      .input = &input, .rule = rule, .median = (certigar_median_kind)s.median, .f = s.f, .work = work, .nonfinite = nonfinite};
  if (s.median < 0 || s.median > 2 || s.f < 0 || 2 * s.f >= n) return 2;
  certigar_kernels_6_baseline.tile(&request, 0, 1, out);
  int tie;
  const int wanted = expected(&s, x, n, &tie);
  for (int i = 0; i < n; i++) {
    printf(i > 0 ? ", %02x = " : "%02x = ", x[i]);
    if (is_finite(x[i]))
      printf("%d", value(x[i]));
    else
      printf(is_nan(x[i]) ? "NaN" : x[i] < SIGN ? "infinity" : "-infinity");
  }
  printf("\n");
  printf("kernel   %02x, ties %zu, wide accumulator %zu\nexpected %02x, ties %d\n", out[0], request.ties, request.exact_evaluations,
         (unsigned)wanted, tie);
  return out[0] != wanted || request.ties != (size_t)tie;
}

int main(int count, char **arguments)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(values_by_hand), cmocka_unit_test(one_to_three_rows), cmocka_unit_test(four_rows),
                                     cmocka_unit_test(five_to_nine_rows), cmocka_unit_test(weighted_sums),
                                     cmocka_unit_test(random_columns)};
  tabulate_roundings();
  if (count > 1) return show(count - 1, arguments + 1);
  return cmocka_run_group_tests_name("toy format", tests, NULL, NULL);
}
