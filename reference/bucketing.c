/* bucketing: row b of ceil(n/s) is the mean of the rows p_(bs), ..., p_(min(n, (b+1)s) - 1) of a permutation p.
 *
 * The permutation of a seed: Fisher-Yates from i = n-1 down to 1, j = x mod (i+1), x from SplitMix64, drawn again when
 * x >= 2^64 - (2^64 mod (i+1)). */
#include "select.h"

#include <stdlib.h>

static uint64_t split_mix(uint64_t *state) {
  *state += UINT64_C(0x9e3779b97f4a7c15);
  const uint64_t z = *state;
  const uint64_t z1 = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  const uint64_t z2 = (z1 ^ (z1 >> 27)) * UINT64_C(0x94d049bb133111eb);
  return z2 ^ (z2 >> 31);
}

/* Whether x >= 2^64 - (2^64 mod k). */
static int is_in_the_last_part(uint64_t x, uint64_t k) {
  mpz_t limit, whole, drawn;
  mpz_inits(limit, whole, drawn, (mpz_ptr)NULL);
  mpz_ui_pow_ui(whole, 2, 64);
  mpz_mod_ui(limit, whole, k);
  mpz_sub(limit, whole, limit);
  mpz_import(drawn, 1, 1, sizeof x, 0, 0, &x);
  const int last = mpz_cmp(drawn, limit) >= 0;
  mpz_clears(limit, whole, drawn, (mpz_ptr)NULL);
  return last;
}

void reference_permutation(uint64_t seed, size_t n, size_t *permutation) {
  uint64_t state = seed;
  for (size_t i = 0; i < n; i++) permutation[i] = i;
  for (size_t i = n; i-- > 1;) {
    uint64_t x = split_mix(&state);
    while (is_in_the_last_part(x, i + 1)) x = split_mix(&state);
    const size_t j = (size_t)(x % (i + 1)), moved = permutation[i];
    permutation[i] = permutation[j];
    permutation[j] = moved;
  }
}

size_t reference_bucketing(reference_context *context, size_t n, size_t s, const size_t *permutation, size_t d, const void *rows,
                           void *out) {
  if (s < 1 || s > n) reference_fail("bucketing: 1 <= s <= n is needed");
  for (size_t i = 0; i < n; i++) {
    size_t times = 0;
    for (size_t k = 0; k < n; k++) times += permutation[k] == i;
    if (times != 1) reference_fail("bucketing: every row must be in the permutation once");
  }
  const size_t row_size = d * reference_word_size(context), buckets = (n + s - 1) / s;
  for (size_t b = 0; b < buckets; b++) {
    const size_t first = b * s, end = first + s < n ? first + s : n;
    reference_mean_of(context, d, rows, &permutation[first], end - first, (unsigned char *)out + b * row_size);
  }
  return buckets;
}
