/* See spread.h. */
#include "spread.h"

#include <stdlib.h>

int certigar_spread_init(certigar_spread *spread, size_t room)
{
  *spread = (certigar_spread){.room = room};
  mpz_inits(spread->range.low, spread->range.high, spread->range.magnitudes, (mpz_ptr)NULL);
  spread->low = malloc(room * sizeof *spread->low);
  spread->high = malloc(room * sizeof *spread->high);
  spread->ends = malloc(2 * room * sizeof *spread->ends);
  if (!spread->ends) return 0;
  for (size_t i = 0; i < 2 * room; i++) mpz_init(spread->ends[i]);
  return spread->low && spread->high;
}

void certigar_spread_clear(certigar_spread *spread)
{
  for (size_t i = 0; spread->ends && i < 2 * spread->room; i++) mpz_clear(spread->ends[i]);
  mpz_clears(spread->range.low, spread->range.high, spread->range.magnitudes, (mpz_ptr)NULL);
  free(spread->ends);
  free(spread->low);
  free(spread->high);
}

void certigar_spread_set(certigar_spread *spread, const certigar_format *format, const uint64_t *words, const mpz_t *radii, const size_t *rows,
                         size_t count, size_t stride)
{
  spread->count = 0;
  for (size_t i = 0; i < count; i++) {
    uint64_t word = words[i * stride];
    mpz_srcptr radius = radii[(rows ? rows[i] : i) * stride];
    if (!certigar_word_is_finite(format, word)) continue;
    mpz_ptr low = spread->ends[spread->count], high = spread->ends[spread->room + spread->count];
    certigar_set_drifting(high, format, word);
    mpz_sub(low, high, radius);
    mpz_add(high, high, radius);
    spread->low[spread->count] = low;
    spread->high[spread->count++] = high;
  }
}

static int ascending(const void *a, const void *b)
{
  return mpz_cmp(*(const mpz_ptr *)a, *(const mpz_ptr *)b);
}

void certigar_spread_sort(certigar_spread *spread)
{
  qsort(spread->low, spread->count, sizeof *spread->low, ascending);
  qsort(spread->high, spread->count, sizeof *spread->high, ascending);
}

mpz_srcptr certigar_spread_magnitude(const certigar_spread *spread, size_t j)
{
  return mpz_cmpabs(spread->low[j], spread->high[j]) > 0 ? spread->low[j] : spread->high[j];
}

void certigar_spread_sum(certigar_spread *spread, size_t first, size_t k)
{
  certigar_range *range = &spread->range;
  mpz_set_ui(range->low, 0);
  mpz_set_ui(range->high, 0);
  mpz_set_ui(range->magnitudes, 0);
  for (size_t j = first; j < first + k; j++) {
    mpz_srcptr greatest = certigar_spread_magnitude(spread, j);
    mpz_add(range->low, range->low, spread->low[j]);
    mpz_add(range->high, range->high, spread->high[j]);
    if (mpz_sgn(greatest) < 0) {
      mpz_sub(range->magnitudes, range->magnitudes, greatest);
    } else {
      mpz_add(range->magnitudes, range->magnitudes, greatest);
    }
  }
}
