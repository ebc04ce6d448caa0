/* The mistakes of pre-aggregations. */
#include "float_parts.h"

#include <math.h>

/* The mean of the rows that are first in the space's order of row i's distances, row i at distance 0 or whatever the table says. */
static int mix(const wrong_input *in, const float_how *how, size_t count, double *rows)
{
  float_table(in, how);
  for (size_t i = 0; i < in->n; i++) {
    if (!how->by_value) in->space->table[i * in->n + i] = -1;
    float_order(in, in->space->table + i * in->n, 0);
    float_mean(in, in->space->order, count, rows + i * in->d);
  }
  return 1;
}

static int nnm_plain(const wrong_input *in, double *rows)
{
  static const float_how how = {0};
  return mix(in, &how, in->n - in->f, rows);
}

static int nnm_by_value(const wrong_input *in, double *rows)
{
  static const float_how how = {.by_value = 1};
  return mix(in, &how, in->n - in->f, rows);
}

static int nnm_gram(const wrong_input *in, double *rows)
{
  static const float_how how = {.gram = 1, .by_value = 1};
  return mix(in, &how, in->n - in->f, rows);
}

static int nnm_without_itself(const wrong_input *in, double *rows)
{
  static const float_how how = {0};
  return in->n - in->f > 1 && mix(in, &how, in->n - in->f - 1, rows);
}

/* A matrix of weights 1/(n-f) and 0, times the rows. */
static int nnm_by_weights(const wrong_input *in, double *rows)
{
  static const float_how how = {0};
  const size_t count = in->n - in->f;
  const wrong_space *space = in->space;
  float_table(in, &how);
  for (size_t i = 0; i < in->n; i++) {
    space->table[i * in->n + i] = -1;
    float_order(in, space->table + i * in->n, 0);
    for (size_t k = 0; k < in->n; k++) space->scores[space->order[k]] = k < count ? rounded(in, 1 / (double)count) : 0;
    for (size_t c = 0; c < in->d; c++) {
      double sum = 0;
      for (size_t j = 0; j < in->n; j++) sum = rounded(in, sum + rounded(in, space->scores[j] * value(in, j, c)));
      rows[i * in->d + c] = sum;
    }
  }
  return 1;
}

/* divisor 0: the bucket's own size. */
static int bucket(const wrong_input *in, size_t divisor, double *rows)
{
  for (size_t first = 0; first < in->n; first += in->s) {
    const size_t count = in->n - first < in->s ? in->n - first : in->s;
    for (size_t c = 0; c < in->d; c++) {
      const double sum = float_sum(in, c, in->permutation + first, count);
      rows[first / in->s * in->d + c] = rounded(in, sum / (double)(divisor > 0 ? divisor : count));
    }
  }
  return 1;
}

static int buckets_plain(const wrong_input *in, double *rows)
{
  return bucket(in, 0, rows);
}

static int buckets_divided_by_s(const wrong_input *in, double *rows)
{
  return bucket(in, in->s, rows);
}

static int buckets_in_order(const wrong_input *in, double *rows)
{
  for (size_t i = 0; i < in->n; i++) in->space->order[i] = i;
  wrong_input ordered = *in;
  ordered.permutation = in->space->order;
  return bucket(&ordered, 0, rows);
}

/* The space's scores: norms, whose squares may overflow or underflow. */
static void norms(const wrong_input *in)
{
  for (size_t i = 0; i < in->n; i++) {
    double sum = 0;
    for (size_t c = 0; c < in->d; c++) sum = rounded(in, sum + rounded(in, value(in, i, c) * value(in, i, c)));
    in->space->scores[i] = rounded(in, sqrt(sum));
  }
}

/* x min(1, tau / norm), of every row. */
static int clip_to(const wrong_input *in, double tau, double *rows)
{
  norms(in);
  for (size_t i = 0; i < in->n; i++) {
    const double norm = in->space->scores[i], factor = norm > tau ? rounded(in, tau / norm) : 1;
    for (size_t c = 0; c < in->d; c++) rows[i * in->d + c] = rounded(in, value(in, i, c) * factor);
  }
  return 1;
}

static int clip_plain(const wrong_input *in, double *rows)
{
  return clip_to(in, rounded(in, in->tau), rows);
}

/* The norm that comes after the cut greatest, a NaN among the greatest. */
static int adapt(const wrong_input *in, size_t cut, double *rows)
{
  norms(in);
  for (size_t i = 0; i < in->n; i++) in->space->column[i] = in->space->scores[i];
  float_sort(in->space->column, in->n);
  return clip_to(in, in->space->column[in->n - 1 - cut], rows);
}

static int arc_plain(const wrong_input *in, double *rows)
{
  return adapt(in, 2 * in->f * (in->n - in->f) / in->n, rows);
}

/* int((2 f / n) (n - f)) in doubles. */
static int arc_truncated(const wrong_input *in, double *rows)
{
  return adapt(in, (size_t)(2 * (double)in->f / (double)in->n * (double)(in->n - in->f)), rows);
}

static int arc_cut_f(const wrong_input *in, double *rows)
{
  return adapt(in, in->f, rows);
}

const wrong_stage wrong_stages[] = {
    {"plain arithmetic in the dtype", "PlainArithmetic", WRONG_NNM, nnm_plain},
    {"distances by a Gram matrix in the dtype", "GramDistances", WRONG_NNM, nnm_gram},
    {"a row is one of its nearest only by its distance", "SelfByValue", WRONG_NNM, nnm_by_value},
    {"n-f-1 rows, itself among them", "OneRowTooFew", WRONG_NNM, nnm_without_itself},
    {"rows that were left out get the weight 0", "ZeroTimesInfinity", WRONG_NNM, nnm_by_weights},
    {"plain arithmetic in the dtype", "PlainArithmetic", WRONG_BUCKETING, buckets_plain},
    {"the last bucket divided by s", "DividedByBucketSize", WRONG_BUCKETING, buckets_divided_by_s},
    {"no permutation", "NoPermutation", WRONG_BUCKETING, buckets_in_order},
    {"plain arithmetic in the dtype", "PlainArithmetic", WRONG_CLIP, clip_plain},
    {"plain arithmetic in the dtype", "PlainArithmetic", WRONG_ARC, arc_plain},
    {"int(2 f / n * (n - f)) norms left out", "IntTruncation", WRONG_ARC, arc_truncated},
    {"f norms left out", "FewNormsLeftOut", WRONG_ARC, arc_cut_f},
};
const size_t wrong_stage_count = sizeof wrong_stages / sizeof *wrong_stages;
