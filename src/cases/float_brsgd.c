/* brsgd: the rows with the most marks of those that are not too far from the median. */
#include "float_brsgd.h"

#include "float_parts.h"

#include <math.h>

/* In the space's kept rows. */
static size_t finite_rows(const wrong_input *in)
{
  size_t count = 0;
  for (size_t i = 0; i < in->n; i++) {
    int finite = 1;
    for (size_t c = 0; c < in->d; c++) finite &= isfinite(value(in, i, c)) != 0;
    if (finite) in->space->kept[count++] = i;
  }
  return count;
}

/* A column's marks, in the space's scores, less one for each; and its part of the distances, in the space's row. */
static void add_column(const wrong_input *in, const brsgd_how *how, size_t c, size_t count)
{
  const wrong_space *space = in->space;
  float_column(in, c, space->kept, count);
  const double median = float_median(in, count, how->lower_median ? CERTIGAR_LOWER : CERTIGAR_MIDPOINT);
  const double level = how->by_median ? median : rounded(in, float_sum(in, c, space->kept, count) / (double)count);
  size_t up = 0;
  for (int pass = 0; pass < 2; pass++) {
    for (size_t k = 0; k < count; k++) {
      const size_t i = space->kept[k];
      const int is_up = how->strict ? value(in, i, c) > level : value(in, i, c) >= level;
      if (pass == 0) up += (size_t)is_up;
      else if (is_up == (2 * up >= count)) space->scores[i] -= 1;
    }
  }
  for (size_t k = 0; k < count; k++) {
    const size_t i = space->kept[k];
    const double away = fabs(rounded(in, value(in, i, c) - median));
    space->row[i] = rounded(in, space->row[i] + (how->euclidean ? rounded(in, away * away) : away));
  }
}

int float_brsgd(const wrong_input *in, const brsgd_how *how, double *out)
{
  const wrong_space *space = in->space;
  const size_t count = finite_rows(in);
  const double limit = rounded(in, how->half_limit ? in->threshold : 2 * in->threshold);
  const double most = in->beta * (double)(how->share_of_all ? in->n : count);
  size_t chosen = 0;
  for (size_t i = 0; i < in->n; i++) {
    space->scores[i] = NAN; /* last */
    space->row[i] = 0;
  }
  for (size_t k = 0; k < count; k++) space->scores[space->kept[k]] = 0;
  for (size_t c = 0; count > 0 && c < in->d; c++) add_column(in, how, c, count);
  float_order(in, space->scores, 0);
  const size_t marked = (size_t)(how->truncated ? floor(most) : ceil(most));
  for (size_t k = 0; k < marked && k < count; k++) {
    const size_t i = space->order[k];
    const double away = how->euclidean ? rounded(in, sqrt(space->row[i])) : space->row[i];
    if (how->below_limit ? away < limit : away <= limit) space->order[chosen++] = i;
  }
  float_mean(in, space->order, chosen, out);
  return chosen > 0;
}
