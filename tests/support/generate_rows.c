/* Matrices for rules over distances: what matters is how rows lie to each other, not what stands in one column.
 *
 * Most are whole multiples of one power of two, so that scores tie exactly where they are meant to and differ by one unit where they are
 * meant to. Rows are shuffled at the end, so that a row's place says nothing about its part. */
#include "generate.h"

#include "cases/parts.h"

/* The shift at which 2^48 is about 1, or anywhere. */
static int64_t row_shift(generate_matrix *m) {
  const int64_t one = (m->format == GENERATE_BINARY32 ? 149 : 1074) - 48;
  return one_in(m, 3) ? random_shift(m, 52) : one;
}

/* How many rows an attacker has: up to f, sometimes one more, and two when f is 0 now and then. */
static size_t attackers(generate_matrix *m) {
  size_t count = (size_t)below(m, m->f + 2);
  if (m->f == 0 && one_in(m, 2)) count = (size_t)below(m, 3);
  return count < m->n ? count : m->n - 1;
}

/* ---- rows of noise ---- */

/* Around zero or a common gradient; each row's noise has a size of its own now and then. */
static void fill_row_gaussians(generate_matrix *m) {
  const int64_t shift = row_shift(m), around = one_in(m, 2) ? 0 : 16;
  const uint64_t sizes = one_in(m, 2) ? generate_next(&m->random) : 0;
  for (size_t c = 0; c < m->d; c++) {
    const int64_t centre = around * bell(m);
    for (size_t i = 0; i < m->n; i++) {
      const int64_t noise = bell(m) * ((int64_t)1 << (sizes >> i % 32 & 7));
      put(m, i, c, encode(m, centre + noise, shift));
    }
  }
}

static void fill_row_offset(generate_matrix *m) {
  const int64_t one = m->format == GENERATE_BINARY32 ? 149 : 1074;
  const unsigned fine = 13 + (unsigned)below(m, 15);            /* differences of 2^-13 to 2^-27 */
  const int64_t offset = (int64_t)1 << below(m, 21);            /* 1 to 10^6 */
  const int each = one_in(m, 2);                                /* the offset is of the same size in all columns, or of many sizes */
  for (size_t c = 0; c < m->d; c++) {
    const int64_t common = ((each ? 1 + (int64_t)below(m, (uint64_t)offset) : offset) * (one_in(m, 4) ? -1 : 1)) * ((int64_t)1 << fine);
    for (size_t i = 0; i < m->n; i++) {
      const int64_t difference = bell(m) / ((int64_t)1 << 27); /* up to 16 */
      put(m, i, c, encode(m, common * 8 + difference, one - (int64_t)fine - 3));
    }
  }
}

static void fill_row_largest(generate_matrix *m) {
  const int opposite = one_in(m, 2);
  const uint64_t ulps = one_in(m, 2) ? 3 : (uint64_t)1 << (fraction_bits(m) - 1);
  for (size_t c = 0; c < m->d; c++) {
    const uint64_t sign = random_sign(m);
    for (size_t i = 0; i < m->n; i++) {
      const uint64_t flip = opposite && i % 3 == 0 ? sign_bit(m) : 0;
      put(m, i, c, (sign ^ flip) | (infinity(m) - 1 - below(m, ulps)));
    }
  }
  shuffle_rows(m);
}

/* Units only, or units beside ones. */
static void fill_row_units(generate_matrix *m) {
  const uint64_t range = 1 + below(m, 20);
  const size_t large = one_in(m, 2) ? (size_t)below(m, m->d) : m->d;
  for (size_t i = 0; i < m->n; i++)
    for (size_t c = 0; c < m->d; c++) {
      const uint64_t units = below(m, range);
      put(m, i, c, either_sign(m, c == large ? units << fraction_bits(m) : units));
    }
}

/* ---- scores that tie ---- */

/* Row i is row 0 with its columns turned by i: D_ij depends on i - j alone, so all scores are equal. Columns left over are the same in all
 * rows. With fewer columns than rows: pairs of rows beside and opposite the middle. */
static void put_circle(generate_matrix *m) {
  const int64_t shift = row_shift(m);
  const uint64_t kind = below(m, 3);
  const size_t turns = m->d / m->n;
  for (size_t t = 0; t < turns; t++)
    for (size_t k = 0; k < m->n; k++) {
      const int64_t value = bell(m);
      uint64_t word = encode(m, kind == 0 ? value : value / ((int64_t)1 << 30), shift);
      if (kind == 2) word = random_finite(m);
      for (size_t i = 0; i < m->n; i++) put(m, i, t * m->n + (k + i) % m->n, word);
    }
  for (size_t c = turns * m->n; c < m->d; c++) {
    const int64_t middle = bell(m) / ((int64_t)1 << 20), step = 1 + (int64_t)below(m, 9);
    const int steps = turns == 0;
    for (size_t i = 0; i < m->n; i++) {
      const int64_t off = steps ? (int64_t)(i / 2 + 1) * step * (i % 2 == 0 ? 1 : -1) : 0;
      put(m, i, c, encode(m, middle + (i + 1 == m->n && m->n % 2 == 1 ? 0 : off), shift));
    }
  }
}

static void fill_tied_rows(generate_matrix *m) {
  put_circle(m);
  shuffle_rows(m);
}

/* A tie but for a unit, in squared units, or an ULP somewhere. */
static void fill_near_ties(generate_matrix *m) {
  put_circle(m);
  const size_t c = (size_t)below(m, m->d), row = (size_t)below(m, m->n);
  const uint64_t kind = below(m, 3), units = 1 + below(m, 2);
  if (kind == 0) {
    put(m, row, c, get(m, row, c) ^ 1);
  } else {
    const uint64_t common = kind == 1 ? 0 : (uint64_t)1 << fraction_bits(m); /* a column by itself: a unit beside zeros, or beside other units */
    for (size_t i = 0; i < m->n; i++) put(m, i, c, common);
    put(m, row, c, common + units);
    if (one_in(m, 2)) put(m, (size_t)below(m, m->n), c, common + 1);
  }
  shuffle_rows(m);
}

static void fill_row_integers(generate_matrix *m) {
  const int64_t shift = row_shift(m);
  const uint64_t range = 1 + below(m, one_in(m, 2) ? 2 : 8);
  for (size_t i = 0; i < m->n; i++)
    for (size_t c = 0; c < m->d; c++) put(m, i, c, encode(m, (int64_t)below(m, 2 * range + 1) - (int64_t)range, shift));
}

/* Two or three heaps of equal rows, or of rows an ULP apart. */
static void fill_heaps(generate_matrix *m) {
  const size_t heaps = 2 + (size_t)below(m, 2);
  fill_row_integers(m);
  for (size_t i = heaps; i < m->n; i++) {
    copy_row(m, i % heaps, i);
    if (one_in(m, 8)) {
      const size_t c = (size_t)below(m, m->d);
      put(m, i, c, get(m, i, c) ^ 1);
    }
  }
  shuffle_rows(m);
}

static void fill_row_zeros(generate_matrix *m) {
  const uint64_t rare = 1 + below(m, 30);
  for (size_t i = 0; i < m->n; i++)
    for (size_t c = 0; c < m->d; c++) {
      const uint64_t units = below(m, 8 * rare) == 0 ? 1 + below(m, 2) : 0;
      put(m, i, c, either_sign(m, units));
    }
}

/* ---- rows nearly equal ---- */

static void fill_one_ulp(generate_matrix *m) {
  const int anywhere = one_in(m, 3);
  fill_row_gaussians(m);
  for (size_t c = 0; anywhere && c < m->d; c++) put(m, 0, c, random_finite(m));
  for (size_t i = 1; i < m->n; i++) {
    copy_row(m, 0, i);
    if (one_in(m, 4)) continue;
    const size_t c = (size_t)below(m, m->d);
    const uint64_t word = get(m, i, c), less = one_in(m, 2) && (word & ~sign_bit(m)) > 0;
    put(m, i, c, less ? word - 1 : word + ((word & ~sign_bit(m)) + 1 < infinity(m)));
  }
  shuffle_rows(m);
}

/* A part common to all rows that takes every digit of a block's scale, and differences far below it that decide. */
static void fill_hidden(generate_matrix *m) {
  const unsigned depth = 20 + (unsigned)below(m, 100);
  fill_row_gaussians(m);
  const size_t column = (size_t)below(m, m->d);
  const uint64_t every = 1 + below(m, 600);
  for (size_t c = 0; c < m->d; c++) {
    if ((c + column) % every != 0 && c != column) continue;
    const uint64_t common = random_sign(m) | (special_exponent(m) / 2 + 40 < special_exponent(m) ? special_exponent(m) / 2 + 40 : 1) << fraction_bits(m);
    const size_t odd = (size_t)below(m, 4 * m->n);
    for (size_t i = 0; i < m->n; i++) put(m, i, c, i == odd ? common ^ 1 : common);
  }
  for (size_t i = 0; i < m->n; i++) /* the others far below it */
    for (size_t c = 0; c < m->d; c++) {
      const uint64_t word = get(m, i, c), field = (word & ~sign_bit(m)) >> fraction_bits(m);
      if (field > depth && field < special_exponent(m) / 2 + 30) put(m, i, c, word - ((uint64_t)depth << fraction_bits(m)));
    }
}

/* ---- attackers ---- */

static void fill_row_colluders(generate_matrix *m) {
  fill_row_gaussians(m);
  const size_t count = attackers(m);
  const uint64_t kind = below(m, 4);
  for (size_t c = 0; count > 0 && c < m->d; c++) {
    uint64_t word = get(m, m->n - 1, c);
    if (kind == 0) word ^= sign_bit(m);
    if (kind == 1) word ^= below(m, 2);
    if (kind == 2) word = random_finite(m);
    put(m, 0, c, word); /* kind 3: an honest row, repeated */
  }
  for (size_t i = 1; i < count; i++) copy_row(m, 0, i);
  shuffle_rows(m);
}

/* Rows times 2^33 (1e10), 2^-100 (1e-30), or another power of two that leaves their words numbers. */
static void fill_row_scales(generate_matrix *m) {
  fill_row_gaussians(m);
  const size_t count = 1 + attackers(m);
  for (size_t i = 0; i < count && i < m->n; i++) {
    const uint64_t which = below(m, 3);
    const int64_t shift = which == 0 ? 33 : which == 1 ? -100 : (int64_t)below(m, 200) - 100;
    for (size_t c = 0; c < m->d; c++) {
      const uint64_t word = get(m, i, c);
      int64_t field = (int64_t)((word & ~sign_bit(m)) >> fraction_bits(m)) + shift;
      if ((word & ~sign_bit(m)) == 0) continue;
      if (field < 0) field = 0;
      if (field >= (int64_t)special_exponent(m)) field = (int64_t)special_exponent(m) - 1;
      put(m, i, c, (word & ~infinity(m)) | (uint64_t)field << fraction_bits(m));
    }
  }
  shuffle_rows(m);
}

/* A NaN or infinity in a few rows, up to all, in one column or in all of them; the rows are the others' neighbours or far from them. */
static void fill_row_nonfinite(generate_matrix *m) {
  if (one_in(m, 2)) {
    fill_row_integers(m);
  } else {
    fill_row_gaussians(m);
  }
  size_t count = (size_t)below(m, m->f + 3);
  if (one_in(m, 4)) count = (size_t)below(m, m->n + 1);
  if (count > m->n) count = m->n;
  for (size_t i = 0; i < count; i++) {
    const uint64_t where = below(m, 4);
    const size_t column = where == 0 ? 0 : where == 1 ? m->d - 1 : (size_t)below(m, m->d);
    for (size_t c = 0; c < m->d; c++) {
      const uint64_t nan = random_nan(m), word = one_in(m, 2) ? nan : random_sign(m) | infinity(m);
      if (c == column || where == 3) put(m, i, c, word);
    }
  }
  shuffle_rows(m);
}

/* ---- sums and medians of columns ---- */

/* A column of mean b: pairs b + e and b - e, and b itself in the rows left over. One pair may be 2b and 0, or, so that b is the rounded mean only, a
 * number far below it in place of the 0. */
static void put_mean_column(generate_matrix *m, size_t c) {
  const int64_t shift = row_shift(m), b = (int64_t)below(m, 4096) - 2048;
  const size_t pairs = (size_t)below(m, m->n / 2 + 1);
  const int few = one_in(m, 2);
  for (size_t i = 0; i < m->n; i++) put(m, i, c, encode(m, b, shift));
  for (size_t k = 0; k < pairs; k++) {
    const int64_t e = few ? (int64_t)below(m, 3) : (int64_t)below(m, 4096);
    put(m, 2 * k, c, encode(m, b + e, shift));
    put(m, 2 * k + 1, c, encode(m, b - e, shift));
  }
  if (pairs > 0 && one_in(m, 2)) {
    const uint64_t field = one_in(m, 2) ? 0 : below(m, special_exponent(m) / 2);
    put(m, 0, c, encode(m, 2 * b, shift));
    put(m, 1, c, one_in(m, 3) ? 0 : random_sign(m) | field << fraction_bits(m) | (field == 0));
  }
  if (one_in(m, 2)) shuffle_column(m, c);
}

static void fill_at_mean(generate_matrix *m) {
  for (size_t c = 0; c < m->d; c++) put_mean_column(m, c);
  shuffle_rows(m);
}

/* ---- the table ---- */

const generator row_generators[] = {
    {"row-gaussians", "the everyday case: rows of noise around a common gradient", fill_row_gaussians},
    {"row-offset", "cancellation: a common offset of 1 to 10^6, differences of 10^-4 to 10^-8", fill_row_offset},
    {"row-largest", "squares that overflow: coordinates near the largest finite number, of one sign or both", fill_row_largest},
    {"row-units", "squares that underflow: coordinates of a few units", fill_row_units},
    {"tied-rows", "scores equal by symmetry: ties that only exact distances can tell from near ties", fill_tied_rows},
    {"near-ties", "scores apart by a unit of the exact integer: a choice by rounded scores", fill_near_ties},
    {"row-integers", "exact ties among small integers", fill_row_integers},
    {"heaps", "heaps of equal rows: distances of 0, groups of equals", fill_heaps},
    {"row-zeros", "rows that differ in the signs of zeros alone, which are at distance 0 but not the same bits", fill_row_zeros},
    {"one-ulp", "rows equal but for one ULP in one coordinate", fill_one_ulp},
    {"hidden", "differences far below a block's largest values", fill_hidden},
    {"row-colluders", "f identical rows", fill_row_colluders},
    {"row-scales", "rows scaled by 10^10 and by 10^-30", fill_row_scales},
    {"row-nonfinite", "rows that are not finite, up to f, more, and all, in every place", fill_row_nonfinite},
    {"at-mean", "values equal to the mean of their column, or to the rounded mean of one that is not", fill_at_mean},
};

const size_t row_generator_count = sizeof row_generators / sizeof row_generators[0];
