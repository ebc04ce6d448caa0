/* The step that is not proved, tested: a word is worth what the compiler and the processor take it for (ledger: trust-bits).
 *
 * binary32: all 2^32 words. Floats in memory are read by src/exact/bits.c into words and by src/exact/key.c into keys, and each word is
 * compared with the float that the processor loads from the same bytes:
 *
 *   value     (double)x is exact, and equals significand times 2^(E-1) units by spec/rules.md, section 1, where the integer and the power
 *             of two, made by halving and doubling 1.0, are exact as well; so no bit of a float is looked at on this side
 *   back      the float that this product is has the very bits of the word
 *   sign      x < 0, or, for a zero, 1/x < 0
 *   others    E = 2^X - 1 is an infinity (equal to its half, not a zero) or a NaN (not equal to itself), as T says
 *   order     keys in ascending order are floats in ascending order, only -0 and +0 being equal
 *
 * binary64 (test_bits64.c includes this file): the same for words of all exponents with busy fractions, a hundred million of them.
 * Under -ffast-math a compiler may suppose that there are no infinities, NaN and negative zeros: floats are then compared without them.
 * Without optimisation, and with sanitizers, every 61st block of words is taken.
 */
#ifndef FORMAT
#define FORMAT 32
#endif

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <pthread.h>

#include "exact/bits.c"
#include "exact/key.c"

#include "generate.h"
#include "slow.h"

#if FORMAT == 32
typedef float real;
enum { F = 23, X = 8, UNIT = 149 }; /* the unit is 2^-149 */
#else
typedef double real;
enum { F = 52, X = 11, UNIT = 1074 };
#endif

enum { PART = SLOW ? 61 : 1 };

#ifdef __FAST_MATH__
enum { STRICT = 0 };
#else
enum { STRICT = 1 };
#endif

_Static_assert(sizeof(real) == sizeof(word) && sizeof(word) * 8 == 1 + X + F, "a float has the bits of its word");

/* ---- powers of two, without a look at their bits ---- */

enum { FIELDS = 1 << X };
static double power[FIELDS]; /* power[e]: 2^(e - UNIT) */

static void make_powers(void)
{
  volatile double p = 1.0; /* volatile: by the processor, not by the compiler */
  for (int e = UNIT; e > 0; e--) p /= 2;
  for (int e = 0; e < FIELDS - 2; e++) {
    power[e] = p;
    if (e < FIELDS - 3) p *= 2;
  }
}

/* ---- one block of LANES words ---- */

typedef enum mistake { NONE, READ, WRITTEN, KEY, VALUE, BACK, NEGATIVE, CLASS, FLAG } mistake;
static const char *const mistakes[] = {"nothing",
                                       "words_from_memory",
                                       "words_to_memory",
                                       "key_of_word, or word_of_key",
                                       "the value",
                                       "the bits of the value",
                                       "the sign",
                                       "infinity or NaN",
                                       "the flag of words that are not finite"};

typedef struct block {
  word words[LANES];
  real reals[LANES]; /* of the same bits */
} block;

/* What section 1 says of a word, with no help from src/. */
typedef struct meaning {
  word E, T;
  int negative;
} meaning;

static inline meaning meaning_of(word b)
{
  const word magnitude = b % ((word)1 << (X + F));
  return (meaning){.E = magnitude / ((word)1 << F), .T = magnitude % ((word)1 << F), .negative = b >= (word)1 << (X + F)};
}

static inline double value_of(meaning m)
{
  const word significand = m.E == 0 ? m.T : m.T + ((word)1 << F);
  const double value = (double)(int64_t)significand * power[m.E == 0 ? 0 : m.E - 1];
  return m.negative ? -value : value;
}

/* Values and signs of the finite words. Three loops that vectorise; where the block holds others, word by word. */
static int values_agree(const block *b)
{
  int wrong = 0;
  for (int l = 0; l < LANES; l++) {
    const meaning m = meaning_of(b->words[l]);
    const double value = value_of(m), seen = (double)b->reals[l];
    const real narrow = (real)value;
    word back;
    memcpy(&back, &narrow, sizeof back);
    wrong |= seen != value;
    wrong |= back != b->words[l] && (STRICT || value != 0);
    wrong |= (value == 0 ? 1 / b->reals[l] < 0 : b->reals[l] < 0) != m.negative && (STRICT || value != 0);
  }
  return !wrong;
}

static mistake check_word(word w, real x)
{
  const meaning m = meaning_of(w);
  if (m.E == FIELDS - 1) {
    const int is_nan = x != x, is_infinite = !is_nan && x == x / 2 && x != 0;
    if (STRICT && (is_nan != (m.T > 0) || is_infinite != (m.T == 0))) return CLASS;
    return STRICT && is_infinite && (x < 0) != m.negative ? NEGATIVE : NONE;
  }
  const double value = value_of(m);
  const real narrow = (real)value;
  word back;
  memcpy(&back, &narrow, sizeof back);
  if ((double)x != value) return VALUE;
  if (!STRICT && value == 0) return NONE;
  if (back != w) return BACK;
  return (value == 0 ? 1 / x < 0 : x < 0) != m.negative ? NEGATIVE : NONE;
}

/* The key of a word, by the order of section 1: words of positive sign in their own order from 0 up, of negative sign from -1 down. */
static int key_agrees(word w, key k)
{
  const meaning m = meaning_of(w);
  const word magnitude = w % ((word)1 << (X + F));
  if (m.E == FIELDS - 1 && m.T > 0) return k == QUIET_NAN;
  return k == (m.negative ? -1 - (key)magnitude : (key)magnitude) && word_of_key(k) == w;
}

static _Noreturn void report(mistake what, word w)
{
  fprintf(stderr, "FAILED test_bits: %s of word %0*llx\n  build/tests/test_bits%s %llx\n", mistakes[what], 2 * (int)sizeof w,
          (unsigned long long)w, FORMAT == 32 ? "" : "64", (unsigned long long)w);
  exit(1);
}

static void check_block(const block *b)
{
  word words[LANES];
  key keys[LANES];
  unsigned char written[sizeof b->words];
  int wrong = 0, special = 0;
  words_from_memory((const unsigned char *)b->reals, sizeof(real), 0, LANES, words);
  words_to_memory(words, LANES, written);
  const int flag = keys_of_words(words, keys);
  for (int l = 0; l < LANES; l++) {
    wrong |= words[l] != b->words[l];
    wrong |= !key_agrees(words[l], keys[l]);
    special |= meaning_of(words[l]).E == FIELDS - 1;
  }
  if (!wrong && !special && !flag && memcmp(written, b->reals, sizeof written) == 0 && values_agree(b)) return;
  for (int l = 0; l < LANES; l++) {
    if (words[l] != b->words[l]) report(READ, b->words[l]);
    if (!key_agrees(words[l], keys[l])) report(KEY, b->words[l]);
    const mistake found = check_word(b->words[l], b->reals[l]);
    if (found != NONE) report(found, b->words[l]);
  }
  if (memcmp(written, b->reals, sizeof written) != 0) report(WRITTEN, b->words[0]);
  if (flag != special) report(FLAG, b->words[0]);
}

/* LANES + 1 neighbours in the order, from key k on: floats that ascend. */
static void check_order(key k)
{
  real reals[LANES + 1];
  int wrong = 0;
  for (int l = 0; l <= LANES; l++) {
    const word w = word_of_key(k + l);
    memcpy(&reals[l], &w, sizeof w);
  }
  for (int l = 0; l < LANES; l++) {
    const int zeros = k + l == -1; /* -0, and +0 after it */
    wrong |= zeros ? reals[l] < reals[l + 1] || reals[l] > reals[l + 1] : !(reals[l] < reals[l + 1]);
  }
  if (wrong) report(KEY, word_of_key(k));
}

/* ---- all words of binary32; many of binary64 ---- */

static void put(block *b, int l, word w)
{
  b->words[l] = w;
  memcpy(&b->reals[l], &w, sizeof w);
}

typedef struct share {
  uint64_t first, end; /* blocks */
  pthread_t thread;
} share;

#if FORMAT == 32

enum { WORDS = 1 << (X + F - 6 + 1) }; /* blocks of 64 words */
_Static_assert(LANES == 64, "blocks of 64 words");

static void *work(void *argument)
{
  const share *mine = argument;
  block b;
  for (uint64_t i = mine->first; i < mine->end; i++) {
    if (i % PART != 0 && i > 1) continue;
    for (int l = 0; l < LANES; l++) put(&b, l, (word)(i * LANES + (uint64_t)l));
    check_block(&b);
    /* as many keys: from the lowest finite number on, as long as key + LANES is finite */
    const int64_t k = -(int64_t)SPECIAL + (int64_t)(i * LANES);
    if (k + LANES < SPECIAL) check_order((key)k);
  }
  return NULL;
}

static const uint64_t blocks = WORDS;

#else

/* Words around every exponent, and random ones; and the neighbours in the order of each. */
static void *work(void *argument)
{
  const share *mine = argument;
  block b;
  generate_random random = {mine->first};
  for (uint64_t i = mine->first; i < mine->end; i++) {
    if (i % PART != 0) continue;
    const word exponent = (word)(i % (FIELDS / 8)) * 8;
    for (int l = 0; l < LANES; l++) {
      const word E = exponent + (word)(l % 8), noise = (word)generate_next(&random), fraction = ((word)1 << F) - 1;
      const word T[4] = {noise & 3, fraction - (noise & 3), (word)1 << noise % F, noise & fraction};
      put(&b, l, (l >= 32 ? SIGN : 0) | E << F | T[l / 8 % 4]);
    }
    check_block(&b);
    for (int l = 0; l < LANES; l += 16) {
      const key k = key_of_word(b.words[l]);
      if (k + LANES < (key)SPECIAL) check_order(k);
    }
  }
  return NULL;
}

static const uint64_t blocks = 1 << 21;

#endif

static void every_word(void **state)
{
  (void)state;
  enum { THREADS_MAX = 16 };
  const long processors = sysconf(_SC_NPROCESSORS_ONLN);
  const uint64_t threads = processors < 1 ? 1 : processors > THREADS_MAX ? THREADS_MAX : (uint64_t)processors;
  share shares[THREADS_MAX];
  for (uint64_t t = 0; t < threads; t++) {
    shares[t].first = blocks / threads * t;
    shares[t].end = t + 1 == threads ? blocks : blocks / threads * (t + 1);
    assert_int_equal(pthread_create(&shares[t].thread, NULL, work, &shares[t]), 0);
  }
  for (uint64_t t = 0; t < threads; t++) assert_int_equal(pthread_join(shares[t].thread, NULL), 0);
}

/* Around both zeros, the infinities and the ends of the subnormal numbers: every neighbourhood, in all builds. */
static void order_at_the_ends(void **state)
{
  (void)state;
  const key from[] = {-FRACTION - LANES / 2, -LANES / 2, -1, 0, FRACTION - LANES / 2, (key)SPECIAL - LANES - 1};
  for (size_t i = 0; i < sizeof from / sizeof *from; i++) check_order(from[i]);
  if (STRICT) check_order(-1 - (key)SPECIAL);
  if (STRICT) check_order((key)SPECIAL - LANES);
}

/* Values with a gap between them, in the other byte order, fewer than a tile: the other words are +0, and nothing else is read. */
static void strides_and_byte_order(void **state)
{
  (void)state;
  generate_random random = {FORMAT};
  const ptrdiff_t size = (ptrdiff_t)sizeof(word), strides[] = {size, size + 1, 3 * size, -size, -size - 3};
  for (size_t s = 0; s < sizeof strides / sizeof *strides; s++)
    for (int swapped = 0; swapped <= 1; swapped++)
      for (int count = 1; count <= LANES; count++) {
        const ptrdiff_t stride = strides[s], reach = (stride < 0 ? -stride : stride) * (count - 1);
        unsigned char *memory = malloc((size_t)(reach + size)), *first = memory + (stride < 0 ? reach : 0), expected[sizeof(word)];
        word words[LANES], given[LANES];
        assert_non_null(memory);
        for (int l = 0; l < count; l++) {
          given[l] = (word)generate_next(&random);
          memcpy(expected, &given[l], sizeof(word));
          for (ptrdiff_t b = 0; b < size; b++) first[l * stride + b] = expected[swapped ? size - 1 - b : b];
        }
        words_from_memory(first, stride, swapped, count, words);
        for (int l = 0; l < LANES; l++) assert_true(words[l] == (l < count ? given[l] : 0));
        free(memory);
      }
}

/* Words whose values everyone knows. */
static void known_words(void **state)
{
  (void)state;
  static const struct {
    word bits;
    real value;
  } known[] = {
#if FORMAT == 32
      {0x00000001, 0x1p-149F},      {0x007fffff, 0x0.fffffep-126F}, {0x00800000, 0x1p-126F}, {0x3f800000, 1.0F},
      {0xbfc00000, -1.5F},          {0x40490fdb, 3.14159274F},      {0x7f7fffff, 0x1.fffffep127F},
#else
      {0x0000000000000001, 0x1p-1074},  {0x000fffffffffffff, 0x0.fffffffffffffp-1022},  {0x0010000000000000, 0x1p-1022},
      {0x3ff0000000000000, 1.0},        {0xbff8000000000000, -1.5},                     {0x400921fb54442d18, 3.141592653589793},
      {0x7fefffffffffffff, 0x1.fffffffffffffp1023},
#endif
  };
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    real value;
    memcpy(&value, &known[i].bits, sizeof value);
    assert_true(value == known[i].value);
    assert_true((double)value == value_of(meaning_of(known[i].bits)));
  }
}

int main(int count, char **arguments)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(known_words), cmocka_unit_test(order_at_the_ends),
                                     cmocka_unit_test(strides_and_byte_order), cmocka_unit_test(every_word)};
  make_powers();
  if (count > 1) { /* one word */
    block b;
    for (int l = 0; l < LANES; l++) put(&b, l, (word)strtoull(arguments[1], NULL, 16));
    check_block(&b);
    printf("%.17g, key %lld\n", (double)b.reals[0], (long long)key_of_word(b.words[0]));
    return 0;
  }
  return cmocka_run_group_tests_name(FORMAT == 32 ? "binary32 words" : "binary64 words", tests, NULL, NULL);
}
