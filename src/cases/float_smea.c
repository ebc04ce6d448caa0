/* smea: the set of rows that spreads least along any one direction. */
#include "float_smea.h"

#include "float_parts.h"

#include <math.h>

enum { ROWS_MAX = 16, STEPS = 100 };

/* The space's made rows: first those of a set less their mean, then two vectors. */
typedef struct spread {
  const wrong_input *in;
  double *rows, *v, *w;
  size_t count;
} spread;

static spread centred(const wrong_input *in, const size_t *set, size_t count, int uncentred)
{
  spread s = {.in = in, .rows = in->space->made, .count = count};
  s.v = s.rows + in->n * in->d;
  s.w = s.v + in->d;
  float_mean(in, set, count, s.v);
  for (size_t k = 0; k < count; k++)
    for (size_t c = 0; c < in->d; c++) s.rows[k * in->d + c] = uncentred ? value(in, set[k], c) : rounded(in, value(in, set[k], c) - s.v[c]);
  return s;
}

static double norm(const wrong_input *in, const double *v)
{
  double sum = 0;
  for (size_t c = 0; c < in->d; c++) sum = rounded(in, sum + rounded(in, v[c] * v[c]));
  return rounded(in, sqrt(sum));
}

/* w becomes the sum of <v, x> x over the rows. */
static void multiply(const spread *s)
{
  const wrong_input *in = s->in;
  for (size_t c = 0; c < in->d; c++) s->w[c] = 0;
  for (size_t k = 0; k < s->count; k++) {
    const double *x = s->rows + k * in->d;
    double product = 0;
    for (size_t c = 0; c < in->d; c++) product = rounded(in, product + rounded(in, s->v[c] * x[c]));
    for (size_t c = 0; c < in->d; c++) s->w[c] = rounded(in, s->w[c] + rounded(in, product * x[c]));
  }
}

/* Power iteration: the norm of the last step, of a unit vector, is the greatest eigenvalue if there were enough. */
static double greatest_eigenvalue(const spread *s, int steps)
{
  const wrong_input *in = s->in;
  double eigenvalue = 0;
  for (size_t c = 0; c < in->d; c++) s->v[c] = 1 + (double)c / 8; /* seldom orthogonal to what is sought */
  for (int step = 0; step < steps; step++) {
    const double length = norm(in, s->v);
    for (size_t c = 0; c < in->d; c++) s->v[c] = length > 0 ? rounded(in, s->v[c] / length) : 0;
    multiply(s);
    eigenvalue = norm(in, s->w);
    for (size_t c = 0; c < in->d; c++) s->v[c] = s->w[c];
  }
  return eigenvalue;
}

static double trace(const spread *s)
{
  double sum = 0;
  for (size_t k = 0; k < s->count * s->in->d; k++) sum = rounded(s->in, sum + rounded(s->in, s->rows[k] * s->rows[k]));
  return sum;
}

static double measure(const wrong_input *in, const smea_how *how, const size_t *set, size_t count)
{
  const spread s = centred(in, set, count, how->uncentred);
  return how->trace ? trace(&s) : greatest_eigenvalue(&s, how->one_step ? 1 : STEPS);
}

int float_smea(const wrong_input *in, const smea_how *how, double *out)
{
  const wrong_space *space = in->space;
  size_t rows[ROWS_MAX], set[ROWS_MAX], places[ROWS_MAX], count = 0;
  double least = INFINITY;
  if (in->n > ROWS_MAX) return 0;
  for (size_t i = 0; i < in->n; i++) {
    int finite = 1;
    for (size_t c = 0; c < in->d; c++) finite &= isfinite(value(in, i, c)) != 0;
    if (finite) rows[count++] = i;
  }
  const size_t dropped = in->n - count, cut = how->cuts_f ? in->f : in->f > dropped ? in->f - dropped : 0;
  if (count <= cut) return 0;
  for (size_t k = 0; k < count - cut; k++) {
    places[k] = k;
    space->kept[k] = rows[k];
  }
  do {
    for (size_t k = 0; k < count - cut; k++) set[k] = rows[places[k]];
    const double found = measure(in, how, set, count - cut);
    if (!(found < least)) continue;
    least = found;
    for (size_t k = 0; k < count - cut; k++) space->kept[k] = set[k];
  } while (float_next_set(places, count - cut, count));
  float_mean(in, space->kept, count - cut, out);
  return 1;
}
