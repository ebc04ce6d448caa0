/* Distances of pairs of rows, with infinities and NaN: see pairs.h. */
#include "pairs.h"

#include "check/number.h"

#include <stdlib.h>
#include <string.h>

/* What a column does to the rows that are not finite, of which words are given. */
static void note_column(const certigar_format *format, size_t n, const unsigned char *finite, const uint64_t *words, size_t stride,
                        unsigned char *holds, unsigned char *nan_pairs)
{
  for (size_t i = 0; i < n; i++) {
    if (finite[i]) continue;
    uint64_t word = words[i * stride];
    if (certigar_word_is_finite(format, word)) continue;
    holds[i] |= certigar_word_is_nan(format, word) ? HOLDS_NAN : HOLDS_INFINITY;
    if (!nan_pairs) continue;
    for (size_t j = 0; j <= i; j++)
      if (!finite[j] && words[j * stride] == word) nan_pairs[i * n + j] = nan_pairs[j * n + i] = 1;
  }
}

static void spread_nans(size_t n, const unsigned char *holds, unsigned char *nan_pairs)
{
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++)
      if (holds[i] & HOLDS_NAN) nan_pairs[i * n + j] = nan_pairs[j * n + i] = 1;
}

void certigar_find_odd(const certigar_plan *plan, const certigar_selection *s, unsigned char *holds, unsigned char *nan_pairs)
{
  size_t n = plan->n, d = plan->input->d, odd = 0;
  const certigar_format *format = certigar_format_of(plan->dtype);
  unsigned char *finite = s->chosen; /* scratch that no choice uses now, as is the next */
  uint64_t *words = plan->requests[0].work;
  memset(holds, 0, n);
  if (nan_pairs) memset(nan_pairs, 0, n * n);
  for (size_t i = 0; i < n; i++) {
    finite[i] = (unsigned char)certigar_distances_finite(s->distances, i);
    odd += !finite[i];
  }
  for (size_t first = 0; odd > 0 && first < d && !atomic_load(&plan->stop); first += CERTIGAR_WORDS_MAX) {
    size_t count = d - first < CERTIGAR_WORDS_MAX ? d - first : CERTIGAR_WORDS_MAX;
    for (size_t i = 0; i < n; i++)
      if (!finite[i]) certigar_load_words(format, plan->input, i, first, count, words + i * CERTIGAR_WORDS_MAX);
    for (size_t c = 0; c < count; c++) note_column(format, n, finite, words + c, CERTIGAR_WORDS_MAX, holds, nan_pairs);
  }
  if (nan_pairs) spread_nans(n, holds, nan_pairs);
}

static void classify(certigar_pairs *pairs, certigar_odd odd)
{
  size_t n = pairs->n;
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++) {
      unsigned char *class = &pairs->odd[i * n + j];
      if (pairs->place[i] != SIZE_MAX && pairs->place[j] != SIZE_MAX) {
        *class = CLASS_FINITE;
      } else {
        *class = odd == ODD_NAN || (odd == ODD_COMPUTED && *class) ? CLASS_NAN : CLASS_INFINITE;
      }
    }
}

int certigar_pairs_init(certigar_pairs *pairs, certigar_odd odd, certigar_selection *s, certigar_plan *plan)
{
  size_t n = s->n;
  *pairs = (certigar_pairs){.n = n, .place = malloc(n * sizeof *pairs->place), .odd = malloc(n * n), .holds = malloc(n)};
  if (!certigar_gram_init(&pairs->gram, s, plan) || !pairs->place || !pairs->odd || !pairs->holds) return 0;
  for (size_t i = 0; i < n; i++) pairs->place[i] = SIZE_MAX;
  for (size_t a = 0; a < pairs->gram.m; a++) pairs->place[pairs->gram.rows[a]] = a;
  certigar_find_odd(plan, s, pairs->holds, pairs->odd);
  classify(pairs, odd);
  return 1;
}

void certigar_pairs_clear(certigar_pairs *pairs)
{
  certigar_gram_clear(&pairs->gram);
  free(pairs->place);
  free(pairs->odd);
  free(pairs->holds);
}

mpz_srcptr certigar_pair_distance(const certigar_pairs *pairs, size_t i, size_t j)
{
  return pairs->gram.distances[pairs->place[i] * pairs->gram.m + pairs->place[j]];
}
