/* Multi-Bulyan's iterated reading: each round makes a row, the mean of the best rows left, and its winner leaves. */
#include "float_parts.h"

/* The rows of least score among those left, into the first places of the space's order. */
static void rank_left(const wrong_input *in)
{
  const wrong_space *space = in->space;
  size_t count = 0;
  float_order(in, space->scores, 0);
  for (size_t k = 0; k < in->n; k++)
    if (!space->gone[space->order[k]]) space->order[count++] = space->order[k];
}

static void make_rounds(const wrong_input *in, const float_how *how, size_t rounds)
{
  const wrong_space *space = in->space;
  float_table(in, how);
  for (size_t k = 0; k < rounds; k++) {
    const size_t left = in->n - k, best = left > in->f + 2 ? left - in->f - 2 : 1;
    if (k == 0 || !how->stale) float_scores(in, how, best + how->more_neighbours);
    rank_left(in);
    float_mean(in, space->order, how->winner ? 1 : best, space->made + k * in->d);
    space->gone[space->order[0]] = 1;
  }
  for (size_t i = 0; i < in->n; i++) space->gone[i] = 0;
}

int float_iterated(const wrong_input *in, const float_how *how, certigar_median_kind kind, double *out)
{
  const wrong_space *space = in->space;
  const size_t rounds = in->n - 2 * in->f - 2 + how->more_rounds, kept = rounds - 2 * in->f + how->more_kept - how->less_kept;
  if (kept == 0 || kept > rounds) return 0;
  make_rounds(in, how, rounds);
  for (size_t c = 0; c < in->d; c++) {
    for (size_t k = 0; k < rounds; k++) space->column[k] = space->made[k * in->d + c];
    float_sort(space->column, rounds);
    out[c] = float_around(in, rounds, float_median(in, rounds, kind), kept);
  }
  return 1;
}
