/* What is different in a profile's clip and arc: how many norms are above the threshold, and rows with infinities. */
#include "check/number.h"
#include "pairs.h"

#include <string.h>

/* (2f/n) (n-f) as binary64 arithmetic gives it, cut. */
static size_t rounded_count(size_t n, size_t f)
{
  mpfr_t count;
  mpfr_init2(count, 53);
  mpfr_set_ui(count, 2 * f, MPFR_RNDN); /* exactly: f <= 2^24 */
  mpfr_div_ui(count, count, n, MPFR_RNDN);
  mpfr_mul_ui(count, count, n - f, MPFR_RNDN);
  size_t cut = mpfr_get_ui(count, MPFR_RNDZ);
  mpfr_clear(count);
  return cut;
}

size_t certigar_arc_count(const certigar_plan *plan)
{
  size_t n = plan->n, f = plan->options.f;
  const certigar_stage_definition *definition = certigar_stage_definition_of(plan->options.profile, STAGE_ARC);
  return definition && definition->rounded_count ? rounded_count(n, f) : 2 * f * (n - f) / n;
}

void certigar_profile_cut(certigar_selection *s, const certigar_plan *plan, int limited)
{
  const certigar_stage_definition *definition = certigar_stage_definition_of(plan->options.profile, (int)plan->options.stages[0].kind);
  memset(s->cut, 0, s->n);
  if (!definition || !definition->clips_infinite || !limited) return;
  certigar_find_odd(plan, s, s->cut, NULL);
  for (size_t i = 0; i < s->n; i++) s->cut[i] = s->cut[i] == HOLDS_INFINITY;
}

/* A finite value times 0 is a zero of its sign, an infinity times 0 a NaN. */
static void cut_words(const certigar_format *format, size_t count, unsigned char *row)
{
  for (size_t c = 0; c < count; c++) {
    uint64_t word = certigar_word_at(format, row, c);
    uint64_t cut = certigar_word_is_finite(format, word) ? word & format->sign : format->quiet_nan;
    uint32_t narrow = (uint32_t)cut;
    memcpy(row + c * format->size, format->size == sizeof cut ? (const void *)&cut : &narrow, format->size);
  }
}

void certigar_profile_cut_tile(const certigar_plan *plan, size_t count, unsigned char *out, size_t row_bytes)
{
  const certigar_selection *s = plan->selection;
  for (size_t i = 0; i < s->n; i++)
    if (s->cut[i]) cut_words(certigar_format_of(plan->dtype), count, out + i * row_bytes);
}
