/* Sets of k rows whose sum is near enough to k times the candidate, by a search with bounds: with some rows chosen, the rest can add no less than the
 * least and no more than the greatest values that are left. In a few columns, those that tell rows apart best; there values are integers from 0 to 2^40,
 * rounded down, and what rounding may add to the error is added to the tolerance: so no set is lost, and those that are left are verified.
 */
#include "apparent_parts.h"

#include <gmp.h>
#include <stdlib.h>

enum { COLUMNS = 16, SAMPLES = 1024, VALUE_BITS = 40, TABLE_MAX = 1 << 23 };

typedef struct search {
  certigar_apparent *a;
  size_t m, k, columns, room; /* rows, how many of them, columns in use, and at most */
  int64_t *values;          /* (p, c): of possible row p */
  int64_t target[COLUMNS], tolerance[COLUMNS];
  long merit[COLUMNS];      /* how many bits of their numbers tell the values apart */
  int64_t *least, *most;    /* (p, t, c): the sum of the t least, and greatest, values of rows p and later */
  int64_t sum[COLUMNS];
  size_t chosen, steps;
} search;

/* ---- columns ---- */

typedef struct column {
  mpz_t *values, candidate, least, most, size, scratch;
} column;

static void set_value(const certigar_format *format, uint64_t word, mpz_t value)
{
  mpz_set_ui(value, certigar_significand(format, word));
  mpz_mul_2exp(value, value, (mp_bitcnt_t)certigar_shift(format, word));
  if (word & format->sign) mpz_neg(value, value);
}

/* The input's column: its values, in units, their range and their greatest magnitude. */
static void read_column(const search *s, size_t c, column *out)
{
  const certigar_apparent *a = s->a;
  uint64_t word;
  set_value(a->format, certigar_word_at(a->format, a->candidate, c), out->candidate);
  for (size_t p = 0; p < s->m; p++) {
    certigar_load_words(a->format, a->input, a->possible[p], c, 1, &word);
    set_value(a->format, word, out->values[p]);
    if (p == 0 || mpz_cmp(out->values[p], out->least) < 0) mpz_set(out->least, out->values[p]);
    if (p == 0 || mpz_cmp(out->values[p], out->most) > 0) mpz_set(out->most, out->values[p]);
  }
  mpz_abs(out->size, mpz_cmpabs(out->least, out->most) > 0 ? out->least : out->most);
}

/* Takes the column in place number slot. k times the error is at most ((1 + u)^(k+1) - 1) k size + k^2 units, the first no more than
 * 2 (k+1) u k size since (k+1) u is less than 1. */
static void take_column(search *s, size_t slot, column *in)
{
  int u_bits = s->a->format->fraction_bits + 1;
  mpz_sub(in->most, in->most, in->least);
  size_t bits = mpz_sizeinbase(in->most, 2), shift = bits > VALUE_BITS ? bits - VALUE_BITS : 0;
  for (size_t p = 0; p < s->m; p++) {
    mpz_sub(in->scratch, in->values[p], in->least);
    mpz_fdiv_q_2exp(in->scratch, in->scratch, shift);
    s->values[p * s->room + slot] = (int64_t)mpz_get_ui(in->scratch);
  }
  mpz_sub(in->scratch, in->candidate, in->least);
  mpz_mul_ui(in->scratch, in->scratch, s->k);
  mpz_fdiv_q_2exp(in->scratch, in->scratch, shift);
  s->target[slot] = mpz_sizeinbase(in->scratch, 2) < 61 ? mpz_get_si(in->scratch) : mpz_sgn(in->scratch) < 0 ? -INT64_MAX / 4 : INT64_MAX / 4;
  mpz_mul_ui(in->size, in->size, 2 * (s->k + 1));
  mpz_mul_ui(in->size, in->size, s->k);
  mpz_cdiv_q_2exp(in->size, in->size, (mp_bitcnt_t)u_bits);
  mpz_add_ui(in->size, in->size, s->k * s->k);
  mpz_cdiv_q_2exp(in->size, in->size, shift);
  mpz_add_ui(in->size, in->size, s->k + 1);
  s->tolerance[slot] = mpz_sizeinbase(in->size, 2) < 61 ? mpz_get_si(in->size) : INT64_MAX / 4;
}

/* Where a column of this merit goes: beside the others, in place of the least, or nowhere (room). */
static size_t place_for(const search *s, long merit)
{
  size_t least = 0;
  if (s->columns < s->room) return s->columns;
  for (size_t slot = 1; slot < s->room; slot++)
    if (s->merit[slot] < s->merit[least]) least = slot;
  return s->merit[least] < merit ? least : s->room;
}

static void choose_columns(search *s, column *one)
{
  const certigar_apparent *a = s->a;
  size_t count = a->column_count, samples = count < SAMPLES ? count : SAMPLES;
  for (size_t k = 0; k < samples; k++) {
    size_t c = count / samples * k + count % samples * k / samples;
    read_column(s, a->columns ? a->columns[c] : c, one);
    mpz_sub(one->scratch, one->most, one->least);
    long merit = (long)mpz_sizeinbase(one->scratch, 2) + a->format->fraction_bits - (long)mpz_sizeinbase(one->size, 2);
    size_t slot = place_for(s, merit);
    if (slot == s->room) continue;
    take_column(s, slot, one);
    s->merit[slot] = merit;
    if (slot == s->columns) s->columns++;
  }
}

/* ---- sums that are left ---- */

static int64_t *entry(const search *s, int64_t *table, size_t p, size_t t)
{
  return table + (p * (s->k + 1) + t) * s->room;
}

/* sorted: the values of rows p and later in one column, ascending. */
static void fill_sums(search *s, size_t slot, int64_t *sorted)
{
  for (size_t p = s->m + 1; p-- > 0;) {
    size_t count = s->m - p;
    if (count > 0) {
      size_t q = count - 1;
      int64_t value = s->values[p * s->room + slot];
      for (; q > 0 && sorted[q - 1] > value; q--) sorted[q] = sorted[q - 1];
      sorted[q] = value;
    }
    int64_t least = 0, most = 0;
    for (size_t t = 0; t <= s->k && t <= count; t++) {
      entry(s, s->least, p, t)[slot] = least;
      entry(s, s->most, p, t)[slot] = most;
      if (t == count) break;
      least += sorted[t];
      most += sorted[count - 1 - t];
    }
  }
}

static int may_be_right(const search *s, size_t p)
{
  size_t t = s->k - s->chosen;
  if (t > s->m - p) return 0;
  const int64_t *least = entry(s, s->least, p, t), *most = entry(s, s->most, p, t);
  for (size_t slot = 0; slot < s->columns; slot++) {
    int64_t off = s->target[slot] - s->sum[slot];
    if (least[slot] > off + s->tolerance[slot] || most[slot] < off - s->tolerance[slot]) return 0;
  }
  return 1;
}

/* ---- the search ---- */

/* Rows p and later. Returns 1 if the answer was found. */
static int extend(search *s, size_t p)
{
  if (s->steps == 0 || !may_be_right(s, p)) return 0;
  s->steps--;
  if (s->chosen == s->k) return certigar_apparent_verify(s->a);
  s->a->rows[s->chosen++] = s->a->possible[p];
  for (size_t slot = 0; slot < s->columns; slot++) s->sum[slot] += s->values[p * s->room + slot];
  int found = extend(s, p + 1);
  for (size_t slot = 0; slot < s->columns; slot++) s->sum[slot] -= s->values[p * s->room + slot];
  s->chosen--;
  return found || extend(s, p + 1);
}

static int column_init(column *c, size_t m)
{
  c->values = malloc(m * sizeof *c->values);
  for (size_t p = 0; c->values && p < m; p++) mpz_init(c->values[p]);
  mpz_inits(c->candidate, c->least, c->most, c->size, c->scratch, (mpz_ptr)NULL);
  return c->values != NULL;
}

static void column_clear(column *c, size_t m)
{
  for (size_t p = 0; c->values && p < m; p++) mpz_clear(c->values[p]);
  free(c->values);
  mpz_clears(c->candidate, c->least, c->most, c->size, c->scratch, (mpz_ptr)NULL);
}

int certigar_apparent_search(certigar_apparent *a, size_t steps)
{
  search s = {.a = a, .m = a->count, .k = a->k, .steps = steps};
  size_t sums = (s.m + 1) * (s.k + 1);
  int found = -1;
  column one;
  if (sums > TABLE_MAX) return 0;
  s.room = TABLE_MAX / sums < COLUMNS ? TABLE_MAX / sums : COLUMNS;
  int64_t *sorted = malloc(s.m * sizeof *sorted);
  s.values = malloc(s.m * s.room * sizeof *s.values);
  s.least = malloc(sums * s.room * sizeof *s.least);
  s.most = malloc(sums * s.room * sizeof *s.most);
  if (column_init(&one, s.m) && sorted && s.values && s.least && s.most) {
    choose_columns(&s, &one);
    for (size_t slot = 0; slot < s.columns; slot++) fill_sums(&s, slot, sorted);
    found = extend(&s, 0);
  }
  column_clear(&one, s.m);
  free(sorted);
  free(s.values);
  free(s.least);
  free(s.most);
  return found;
}
