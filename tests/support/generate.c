/* Every value is built as an integer times a power of two in units (2^-149 or 2^-1074), so that midpoints, ties and cancellations can be
 * placed exactly. A generator either writes words one by one or builds a column and shuffles it, so that the rank of a value says
 * nothing about its row. No expression draws twice outside of nested calls: compilers differ in which operand they evaluate first. */
#include "generate.h"

#include "cases/parts.h"

/* ---- values by themselves ---- */

static void fill_noise(generate_matrix *m) {
  for (size_t i = 0; i < m->n; i++)
    for (size_t c = 0; c < m->d; c++) put(m, i, c, generate_next(&m->random) & (2 * sign_bit(m) - 1));
}

static void fill_exponents(generate_matrix *m) {
  for (size_t i = 0; i < m->n; i++)
    for (size_t c = 0; c < m->d; c++) put(m, i, c, random_finite(m));
}

static void fill_subnormals(generate_matrix *m) {
  for (size_t c = 0; c < m->d; c++) {
    const unsigned bits = (unsigned)below(m, fraction_bits(m) + 1); /* magnitudes below 2^bits, and now and then a small normal */
    for (size_t i = 0; i < m->n; i++) {
      const uint64_t exponent = one_in(m, 8) ? below(m, 4) : 0;
      put(m, i, c, either_sign(m, exponent << fraction_bits(m) | (random_fraction(m) & (((uint64_t)1 << bits) - 1))));
    }
  }
}

static void fill_largest(generate_matrix *m) {
  for (size_t c = 0; c < m->d; c++) {
    const int mixed = one_in(m, 2);
    const uint64_t sign = random_sign(m);
    for (size_t i = 0; i < m->n; i++) {
      const uint64_t largest = infinity(m) - 1, cut = below(m, fraction_bits(m));
      const uint64_t magnitude = one_in(m, 2) ? largest - below(m, 3) : largest ^ (random_fraction(m) >> cut);
      put(m, i, c, (mixed ? random_sign(m) : sign) | magnitude);
    }
  }
}

static void fill_zeros(generate_matrix *m) {
  for (size_t c = 0; c < m->d; c++) {
    const uint64_t kind = below(m, 4);
    for (size_t i = 0; i < m->n; i++) {
      uint64_t word = random_sign(m);
      if (kind == 1) word = sign_bit(m);
      if (kind == 2 && one_in(m, 4)) word |= 1 + below(m, 3);
      if (kind == 3 && one_in(m, 4)) word = random_finite(m);
      put(m, i, c, word);
    }
  }
}

static void fill_all_equal(generate_matrix *m) {
  for (size_t c = 0; c < m->d; c++) {
    uint64_t word = random_finite(m);
    if (one_in(m, 4)) word = either_sign(m, below(m, 2));
    if (one_in(m, 8)) word = either_sign(m, infinity(m) - below(m, 2));
    if (one_in(m, 16)) word = random_nan(m);
    for (size_t i = 0; i < m->n; i++) put(m, i, c, word);
  }
}

static void fill_few_values(generate_matrix *m) {
  for (size_t c = 0; c < m->d; c++) {
    uint64_t values[4];
    const size_t count = (size_t)(2 + below(m, 3));
    const uint64_t base = below(m, special_exponent(m) - 2) << fraction_bits(m);
    for (size_t v = 0; v < count; v++)
      values[v] = one_in(m, 3) ? random_finite(m) : either_sign(m, base + odd_fraction(m));
    for (size_t i = 0; i < m->n; i++) put(m, i, c, values[below(m, count)]);
  }
}

static void fill_ulps(generate_matrix *m) {
  for (size_t c = 0; c < m->d; c++) {
    const uint64_t sign = random_sign(m);
    uint64_t base = below(m, infinity(m) - 8);
    if (one_in(m, 2)) base = (1 + below(m, special_exponent(m) - 1)) << fraction_bits(m); /* a power of two: the ULP changes there */
    if (one_in(m, 8)) base = 4;
    const uint64_t spread = 2 + below(m, 4);
    if (base < spread) base = spread;
    for (size_t i = 0; i < m->n; i++) put(m, i, c, sign | (base - spread / 2 + below(m, spread)));
  }
}

static void fill_quantised(generate_matrix *m) {
  for (size_t c = 0; c < m->d; c++) {
    const int64_t shift = random_shift(m, 8);
    const uint64_t range = 1 + below(m, 20);
    for (size_t i = 0; i < m->n; i++) put(m, i, c, encode(m, (int64_t)below(m, 2 * range + 1) - (int64_t)range, shift));
  }
}

/* The exponents of a column lie within 2^1 to 2^160 of each other, all fractions busy: sums of one or two machine words end there. */
static void fill_windows(generate_matrix *m) {
  for (size_t c = 0; c < m->d; c++) {
    const uint64_t fields = special_exponent(m) - 1;
    const uint64_t top = 1 + below(m, fields);
    uint64_t width = 1 + below(m, 160);
    if (width > top) width = top;
    for (size_t i = 0; i < m->n; i++) {
      const uint64_t exponent = top - below(m, width);
      put(m, i, c, either_sign(m, exponent << fraction_bits(m) | odd_fraction(m)));
    }
  }
}

/* ---- gradients ---- */

/* One column of gradients: a common part of the column, and the noise of each row a few bits below or above it. */
static void fill_gradient_column(generate_matrix *m, size_t c) {
  const int64_t centre = bell(m) * 64;
  const unsigned noise = (unsigned)below(m, 10);
  const int64_t bias = m->format == GENERATE_BINARY32 ? 149 : 1074;
  const int64_t shift = bias - 48 - (int64_t)below(m, 20); /* magnitudes of about 2^-28 to 2^-3 */
  for (size_t i = 0; i < m->n; i++) put(m, i, c, encode(m, centre + bell(m) * ((int64_t)1 << noise), shift));
}

static void fill_gradients(generate_matrix *m) {
  for (size_t c = 0; c < m->d; c++) fill_gradient_column(m, c);
}

/* Up to f of the rows, but at least one of them in a quarter of the matrices where f is 0; the last rows, or the first ones. */
static void attacked_rows(generate_matrix *m, size_t *first, size_t *count) {
  *count = m->f > 0 ? 1 + (size_t)below(m, m->f) : (size_t)one_in(m, 4);
  if (one_in(m, 8) && *count < m->n) (*count)++; /* one more than the rule tolerates, sometimes */
  *first = one_in(m, 2) ? 0 : m->n - *count;
}

static void fill_colluders(generate_matrix *m) {
  fill_gradients(m);
  size_t first, count;
  attacked_rows(m, &first, &count);
  const uint64_t kind = below(m, 5);
  for (size_t c = 0; c < m->d; c++) {
    const int64_t any_shift = random_shift(m, 20);
    const size_t victim = (first + count) % m->n;
    uint64_t word = get(m, victim, c);
    if (kind == 0) word ^= sign_bit(m);                           /* the opposite of an honest row */
    if (kind == 1) word = (word & ~(uint64_t)3) + below(m, 4);    /* a few ULP beside one */
    if (kind == 2) word = encode(m, bell(m), any_shift);             /* any scale */
    if (kind == 3) word = random_finite(m);                       /* kind 4: the row itself */
    for (size_t i = first; i < first + count; i++) put(m, i, c, word);
  }
}

static void fill_tiny_rows(generate_matrix *m) {
  fill_gradients(m);
  size_t first, count;
  attacked_rows(m, &first, &count);
  if (count == 0) count = 1; /* of no harm to the rule, hence always there */
  if (first + count > m->n) first = m->n - count;
  for (size_t i = first; i < first + count; i++)
    for (size_t c = 0; c < m->d; c++) {
      const uint64_t tiny = below(m, 20);
      put(m, i, c, either_sign(m, tiny << fraction_bits(m) | random_fraction(m)));
    }
}

static void fill_scaled_rows(generate_matrix *m) {
  fill_gradients(m);
  size_t first, count;
  attacked_rows(m, &first, &count);
  const uint64_t exponent = special_exponent(m) / 2 + below(m, special_exponent(m) / 2);
  for (size_t i = first; i < first + count; i++)
    for (size_t c = 0; c < m->d; c++) put(m, i, c, either_sign(m, exponent << fraction_bits(m) | random_fraction(m)));
}

static void fill_duplicate_rows(generate_matrix *m) {
  fill_gradients(m);
  const size_t sources = 1 + (size_t)below(m, m->n);
  for (size_t i = sources; i < m->n; i++) {
    const size_t source = (size_t)below(m, sources);
    for (size_t c = 0; c < m->d; c++) put(m, i, c, get(m, source, c));
  }
}

/* ---- infinities and NaN ---- */

/* Puts word(m, kind) at up to f + 1 random rows of most columns; in some columns anywhere. */
static void poison_columns(generate_matrix *m, uint64_t (*word)(generate_matrix *m, uint64_t kind)) {
  for (size_t c = 0; c < m->d; c++) {
    const uint64_t kind = below(m, 4);
    uint64_t count = below(m, m->f + 2);
    if (one_in(m, 16)) count = below(m, m->n + 1);
    for (uint64_t k = 0; k < count; k++) {
      const size_t row = (size_t)below(m, m->n);
      put(m, row, c, word(m, kind));
    }
  }
}

static uint64_t an_infinity(generate_matrix *m, uint64_t kind) {
  if (kind == 0) return infinity(m);
  if (kind == 1) return sign_bit(m) | infinity(m);
  return random_sign(m) | infinity(m);
}

static uint64_t a_nan(generate_matrix *m, uint64_t kind) {
  return kind == 3 && one_in(m, 2) ? an_infinity(m, 2) : random_nan(m);
}

static void fill_infinities(generate_matrix *m) {
  fill_gradients(m);
  poison_columns(m, an_infinity);
}

static void fill_nans(generate_matrix *m) {
  fill_gradients(m);
  poison_columns(m, a_nan);
}

static void fill_nonfinite_rows(generate_matrix *m) {
  fill_gradients(m);
  size_t first, count;
  attacked_rows(m, &first, &count);
  const uint64_t kind = below(m, 4);
  for (size_t i = first; i < first + count; i++)
    for (size_t c = 0; c < m->d; c++)
      if (kind != 3 || one_in(m, 16)) put(m, i, c, kind == 0 ? random_nan(m) : an_infinity(m, kind));
}

/* ---- cancellations ---- */

/* x and -x, or -x one ULP off, in pairs; a small value where the rows are odd. */
static void fill_cancellations(generate_matrix *m) {
  for (size_t c = 0; c < m->d; c++) {
    const int near = one_in(m, 2);
    size_t i = 0;
    for (; i + 1 < m->n; i += 2) {
      const uint64_t word = random_finite(m) & ~(uint64_t)1; /* even, so that the next magnitude is finite */
      put(m, i, c, word);
      put(m, i + 1, c, (word ^ sign_bit(m)) | (near && one_in(m, 4) ? 1 : 0));
    }
    if (i < m->n) put(m, i, c, one_in(m, 2) ? either_sign(m, below(m, 3)) : random_finite(m));
    shuffle_column(m, c);
  }
}

/* ---- rounding boundaries ---- */

/* Writes k values at row 0 of column c whose sum is k (2a + 1) half ULPs: their mean lies in the middle of two neighbours. k >= 2.
 *
 * All but two are even numbers near the target (even: so that they fit F + 1 bits). The remainder is split into a multiple of 16,
 * which fits although it is larger, and a small rest. spare: values left to the caller; the sum is as if they were there and 0. */
static int64_t put_midpoint(generate_matrix *m, size_t c, size_t k, size_t spare) {
  const unsigned F = fraction_bits(m);
  const int64_t shift = random_shift(m, 10);
  int64_t target = (int64_t)((((uint64_t)1 << F) | odd_fraction(m)) * 2 + 1);
  if (one_in(m, 4)) target = (int64_t)(((uint64_t)2 << F) + 1 + 2 * below(m, 4));
  const int negative = one_in(m, 2);
  const size_t terms = k - spare - 2; /* near the target; two more hold the remainder (2 + spare) target - drift */
  int64_t remainder = target * (int64_t)(2 + spare);
  for (size_t i = 0; i < terms; i++) {
    const int64_t limit = (target >> 3) / (int64_t)k;
    const int64_t half = (int64_t)below(m, (uint64_t)limit + 1), drift = 1 + 2 * (one_in(m, 2) ? half : -half);
    const int64_t value = target + drift; /* even, since both are odd */
    /* above 2^(F+2) the values must be multiples of 4; there the drift gives way */
    const int64_t fitting = value >= (int64_t)4 << F ? value & ~(int64_t)3 : value;
    remainder += target - fitting;
    put(m, i, c, encode(m, negative ? -fitting : fitting, shift));
  }
  const int64_t rest = remainder % 16 + 16 * (int64_t)below(m, 1u << 10);
  put(m, terms, c, encode(m, negative ? rest - remainder : remainder - rest, shift));
  put(m, terms + 1, c, encode(m, negative ? -rest : rest, shift));
  return shift;
}

/* The other n - k rows of column c, values to be dropped: low ones below, the rest above all that put_midpoint wrote, often not finite. */
static void put_outliers(generate_matrix *m, size_t c, size_t k, size_t low, int64_t shift) {
  const unsigned F = fraction_bits(m);
  const int finite = one_in(m, 2);
  for (size_t i = k; i < m->n; i++) {
    const uint64_t sign = i - k < low ? sign_bit(m) : 0;
    uint64_t exponent = (uint64_t)shift + 9 + below(m, 40);
    if (exponent >= special_exponent(m)) exponent = special_exponent(m) - 1;
    uint64_t word = sign | exponent << F | random_fraction(m);
    if (!finite && one_in(m, 2)) word = sign | infinity(m);
    if (!finite && sign == 0 && one_in(m, 4)) word = random_nan(m);
    put(m, i, c, word);
  }
}

/* The numbers of values that the rules average: n, n - 2f, n - f, 2. low: how many of the others are dropped from below. */
static size_t random_kept(generate_matrix *m, size_t *low) {
  size_t k = m->n;
  switch (below(m, 4)) {
  case 0: break;
  case 1: k = m->n - 2 * m->f; break;
  case 2: k = m->n - m->f; break;
  default: k = m->n % 2 == 0 ? 2 : m->n - 2 * m->f; break;
  }
  *low = k == m->n - m->f ? (size_t)below(m, m->f + 1) : (m->n - k) / 2;
  return k;
}

static void fill_midpoints(generate_matrix *m) {
  for (size_t c = 0; c < m->d; c++) {
    size_t low;
    const size_t k = random_kept(m, &low);
    int64_t shift = random_shift(m, 10);
    if (k >= 2) {
      shift = put_midpoint(m, c, k, 0);
    } else {
      put(m, 0, c, encode(m, bell(m), shift));
    }
    put_outliers(m, c, k, low, shift);
    shuffle_column(m, c);
  }
}

/* A midpoint, and one or two of the k values that decide: +-tiny, far below it; or x - x (the midpoint again) and x less its last bit - x,
 * where x itself may reach far above the half ULP, so that its last bit falls at any place below, as the end of a window does. */
static void fill_near_midpoints(generate_matrix *m) {
  for (size_t c = 0; c < m->d; c++) {
    size_t low;
    const size_t k = random_kept(m, &low);
    const size_t spare = k < 3 ? 0 : k < 4 ? 1 : 1 + (size_t)below(m, 2);
    int64_t shift = random_shift(m, 10);
    if (k >= 2) {
      shift = put_midpoint(m, c, k, spare);
    } else {
      put(m, 0, c, encode(m, bell(m), shift));
    }
    uint64_t tiny = random_sign(m);
    if (spare > 0) {
      /* its leading bit: from there down (2^shift units are the half ULP), often the unit itself */
      const uint64_t top = (uint64_t)shift + (spare > 1 ? fraction_bits(m) - 2 : 0), reach = one_in(m, 2) && top > 100 ? 100 : top;
      const int64_t leading = one_in(m, 4) ? 0 : (int64_t)(top - below(m, reach + 1));
      tiny |= encode(m, 1, leading);
      if (one_in(m, 2) && leading > (int64_t)fraction_bits(m) + 1) tiny |= random_fraction(m);
      put(m, k - 1, c, tiny);
    }
    if (spare > 1) {
      uint64_t other = tiny ^ sign_bit(m);
      if (one_in(m, 2) && (other & ~sign_bit(m)) > 0) other--;
      put(m, k - 2, c, other);
    }
    put_outliers(m, c, k, low, shift);
    shuffle_column(m, c);
  }
}

/* ---- ties of MeaMed ---- */

/* Pairs M - delta, M + delta around a middle M = centre / 2, most deltas equal: the cut falls between equally close values. */
static void fill_symmetric(generate_matrix *m) {
  for (size_t c = 0; c < m->d; c++) {
    const int64_t shift = random_shift(m, 8);
    const int64_t deltas = 1 + (int64_t)below(m, 4);
    int64_t twice_middle = (int64_t)below(m, 65) - 32;
    if (m->n % 2 == 1 && twice_middle % 2 != 0) twice_middle++; /* an odd number of rows has its middle among them */
    const int64_t off = twice_middle % 2 != 0 ? 1 : 2;          /* twice a distance: odd or even as the middle is */
    size_t i = 0;
    if (m->n % 2 == 1) put(m, i++, c, encode(m, twice_middle / 2, shift));
    for (; i + 1 < m->n; i += 2) {
      const int64_t twice_delta = off + 2 * (int64_t)below(m, (uint64_t)deltas);
      put(m, i, c, encode(m, (twice_middle - twice_delta) / 2, shift));
      put(m, i + 1, c, encode(m, (twice_middle + twice_delta) / 2, shift));
    }
    if (one_in(m, 4)) { /* one value an ULP away from its place */
      const size_t row = (size_t)below(m, m->n);
      put(m, row, c, get(m, row, c) ^ 1);
    }
    shuffle_column(m, c);
  }
}

/* x and -x around a median that is not zero but far below their ULP: |x - M| and |-x - M| differ, their rounded values do not. */
static void fill_lopsided(generate_matrix *m) {
  for (size_t c = 0; c < m->d; c++) {
    const size_t middles = m->n % 2 == 1 ? 1 : 2;
    uint64_t magnitude = (special_exponent(m) / 4 + below(m, special_exponent(m) / 2)) << fraction_bits(m);
    magnitude |= odd_fraction(m);
    size_t i = 0;
    for (; i < middles && i < m->n; i++)
      put(m, i, c, either_sign(m, one_in(m, 2) ? below(m, 3) : below(m, magnitude >> 1)));
    for (; i + 1 < m->n; i += 2) {
      const uint64_t ulps = one_in(m, 4) ? below(m, 2) : 0;
      put(m, i, c, magnitude + ulps);
      put(m, i + 1, c, sign_bit(m) | magnitude);
    }
    if (i < m->n) put(m, i, c, random_sign(m) | magnitude);
    shuffle_column(m, c);
  }
}

/* ---- the table ---- */

const generator generators[] = {
    {"noise", "a class of words that was forgotten: every bit pattern, uniformly", fill_noise},
    {"exponents", "a window or a shift that supposes values of similar scale: all finite exponents, uniformly", fill_exponents},
    {"subnormals", "a hidden bit that is not there, flush to zero, halves of the least unit", fill_subnormals},
    {"largest", "a sum that overflows where its mean does not", fill_largest},
    {"zeros", "the sign of a zero, -0 ordered or counted as different from +0", fill_zeros},
    {"all-equal", "a mean of k equal values that is not that value; a spread of zero", fill_all_equal},
    {"few-values", "ranks and ties among duplicates", fill_few_values},
    {"ulps", "comparisons of rounded values: neighbours one ULP apart, across powers of two", fill_ulps},
    {"quantised", "exact ties of the rounding and of the distances: small integers", fill_quantised},
    {"windows", "bits lost at the end of one or two machine words: exponents spread over 1 to 160", fill_windows},
    {"gradients", "the everyday case: bell-shaped values around a common gradient", fill_gradients},
    {"colluders", "many identical rows, beside, opposite or far from the honest ones", fill_colluders},
    {"tiny-rows", "a slow or wrong path when one row's bits lie far below all others", fill_tiny_rows},
    {"scaled-rows", "a row scaled by 1e10 or more that swallows the others' bits", fill_scaled_rows},
    {"duplicate-rows", "rows sent twice", fill_duplicate_rows},
    {"infinities", "infinities of one or both signs that are averaged, or not trimmed", fill_infinities},
    {"nans", "NaN of both signs, quiet and signalling, with payloads, that are ordered by their bits or copied", fill_nans},
    {"nonfinite-rows", "whole rows of NaN or infinities, up to f of them and one more", fill_nonfinite_rows},
    {"cancellations", "huge values that cancel and leave an ULP or nothing", fill_cancellations},
    {"midpoints", "roundTiesToEven: means exactly between two neighbours", fill_midpoints},
    {"near-midpoints", "a sticky bit lost: midpoints decided by a term far below, or by two that cancel", fill_near_midpoints},
    {"symmetric", "ties of MeaMed: values placed symmetrically around the median", fill_symmetric},
    {"lopsided", "distances that are rounded: a median far below the ULP of the values around it", fill_lopsided},
};

const size_t generator_count = sizeof generators / sizeof generators[0];

void generate(const generator *g, uint64_t seed, generate_format format, size_t n, size_t f, size_t d, void *rows) {
  generate_matrix matrix = {format, n, f, d, rows, {seed}};
  g->fill(&matrix);
}

const generator *generator_from_name(const char *name) {
  for (size_t i = 0; i < generator_count; i++)
    if (strcmp(generators[i].name, name) == 0) return &generators[i];
  for (size_t i = 0; i < row_generator_count; i++)
    if (strcmp(row_generators[i].name, name) == 0) return &row_generators[i];
  return NULL;
}
