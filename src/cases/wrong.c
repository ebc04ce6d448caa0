/* The mistakes, and whose answers they are. */
#include "wrong.h"

#include "float_brsgd.h"
#include "float_parts.h"
#include "float_smea.h"

#include <math.h>

#define RULE(name) ((uint32_t)1 << CERTIGAR_##name)

enum { SCORED = RULE(KRUM) | RULE(MULTI_KRUM), AVERAGED = RULE(MULTI_KRUM) | RULE(MDA) | RULE(CGE) | RULE(MONNA) | RULE(ZENO) };

/* ---- rules that select rows ---- */

static int plain(const wrong_input *in, double *out)
{
  static const float_how how = {0};
  return float_answer(in, &how, CERTIGAR_MIDPOINT, out);
}

static int nan_is_least(const wrong_input *in, double *out)
{
  static const float_how how = {.nan_least = 1};
  return float_answer(in, &how, CERTIGAR_MIDPOINT, out);
}

static int gram(const wrong_input *in, double *out)
{
  static const float_how how = {.gram = 1};
  return float_answer(in, &how, CERTIGAR_MIDPOINT, out);
}

static int self_by_value(const wrong_input *in, double *out)
{
  static const float_how how = {.gram = 1, .by_value = 1};
  return float_answer(in, &how, CERTIGAR_MIDPOINT, out);
}

static int fourth_powers(const wrong_input *in, double *out)
{
  static const float_how how = {.power = 4};
  return float_answer(in, &how, CERTIGAR_MIDPOINT, out);
}

static int plain_distances(const wrong_input *in, double *out)
{
  static const float_how how = {.power = 1};
  return float_answer(in, &how, CERTIGAR_MIDPOINT, out);
}

static int one_neighbour_more(const wrong_input *in, double *out)
{
  static const float_how how = {.more_neighbours = 1};
  return float_answer(in, &how, CERTIGAR_MIDPOINT, out);
}

static int sum_for_mean(const wrong_input *in, double *out)
{
  static const float_how how = {0};
  const size_t count = float_select(in, &how);
  for (size_t c = 0; c < in->d; c++) out[c] = float_sum(in, c, in->space->kept, count);
  return count > 0;
}

/* The weights of the rows that are left out are 0, and the product is taken over all rows. */
static int zero_weights(const wrong_input *in, double *out)
{
  static const float_how how = {0};
  const wrong_space *space = in->space;
  const size_t count = float_select(in, &how);
  if (count == 0) return 0;
  for (size_t i = 0; i < in->n; i++) space->scores[i] = 0;
  for (size_t k = 0; k < count; k++) space->scores[space->kept[k]] = rounded(in, 1 / (double)count);
  for (size_t c = 0; c < in->d; c++) {
    out[c] = 0;
    for (size_t i = 0; i < in->n; i++) out[c] = rounded(in, out[c] + rounded(in, space->scores[i] * value(in, i, c)));
  }
  return 1;
}

static int divided_by_too_few(const wrong_input *in, double *out)
{
  static const float_how how = {0};
  const size_t count = float_select(in, &how);
  for (size_t c = 0; c < in->d; c++) out[c] = rounded(in, float_sum(in, c, in->space->kept, count) / (double)(in->n - 2 * in->f));
  return count > 0;
}

/* argsort in ascending order, read from the end: a NaN comes first. */
static int nan_score_is_greatest(const wrong_input *in, double *out)
{
  float_order(in, in->scores, 0);
  const size_t count = in->n - in->f;
  for (size_t k = 0; k < count; k++) in->space->kept[k] = in->space->order[in->n - 1 - k];
  float_mean(in, in->space->kept, count, out);
  return 1;
}

/* ---- bulyan ---- */

static int around_lower_median(const wrong_input *in, double *out)
{
  static const float_how how = {0};
  return float_answer(in, &how, CERTIGAR_LOWER, out);
}

static int around_upper_median(const wrong_input *in, double *out)
{
  static const float_how how = {0};
  return float_answer(in, &how, CERTIGAR_UPPER, out);
}

/* The n-2f rows of least score of one pass of Krum. */
static size_t select_at_once(const wrong_input *in)
{
  const size_t count = in->n - 2 * in->f;
  static const float_how how = {0};
  float_table(in, &how);
  float_scores(in, &how, in->n - in->f - 2);
  float_order(in, in->space->scores, 0);
  for (size_t k = 0; k < count; k++) in->space->kept[k] = in->space->order[k];
  return count;
}

static int at_once(const wrong_input *in, double *out)
{
  const size_t count = select_at_once(in);
  for (size_t c = 0; c < in->d; c++) {
    float_column(in, c, in->space->kept, count);
    out[c] = float_around(in, count, float_median(in, count, CERTIGAR_MIDPOINT), count - 2 * in->f);
  }
  return 1;
}

static int at_once_then_trimmed(const wrong_input *in, double *out)
{
  const size_t count = select_at_once(in);
  for (size_t c = 0; c < in->d; c++) {
    double sum = 0;
    float_column(in, c, in->space->kept, count);
    for (size_t k = in->f; k < count - in->f; k++) sum = rounded(in, sum + in->space->column[k]);
    out[c] = rounded(in, sum / (double)(count - 2 * in->f));
  }
  return 1;
}

static int one_value_too_few(const wrong_input *in, double *out)
{
  static const float_how how = {0};
  const size_t count = float_select(in, &how), kept = count - 2 * in->f - 1;
  for (size_t c = 0; c < in->d; c++) {
    float_column(in, c, in->space->kept, count);
    out[c] = float_around(in, count, float_median(in, count, CERTIGAR_MIDPOINT), kept);
  }
  return 1;
}

/* ---- columns ---- */

/* Applies a function to every column, sorted with every NaN last. */
static int each_column(const wrong_input *in, double *out, double (*answer)(const wrong_input *in))
{
  for (size_t i = 0; i < in->n; i++) in->space->order[i] = i;
  for (size_t c = 0; c < in->d; c++) {
    float_column(in, c, in->space->order, in->n);
    out[c] = answer(in);
  }
  return 1;
}

static double mean_between(const wrong_input *in, size_t first, size_t end)
{
  double sum = 0;
  for (size_t k = first; k < end; k++) sum = rounded(in, sum + in->space->column[k]);
  return rounded(in, sum / (double)(end - first));
}

static double plain_column(const wrong_input *in)
{
  switch (in->rule) {
    case CERTIGAR_MEDIAN: return float_median(in, in->n, in->median);
    case CERTIGAR_TRIMMED_MEAN: return mean_between(in, in->f, in->n - in->f);
    case CERTIGAR_MEAMED: return float_around(in, in->n, float_median(in, in->n, CERTIGAR_MIDPOINT), in->n - in->f);
    default: return mean_between(in, 0, in->n);
  }
}

static int plain_columns(const wrong_input *in, double *out)
{
  return each_column(in, out, plain_column);
}

static double median_of_kind(const wrong_input *in, certigar_median_kind kind)
{
  const double middle = float_median(in, in->n, kind);
  return in->rule == CERTIGAR_MEDIAN ? middle : float_around(in, in->n, middle, in->n - in->f);
}

static double lower_column(const wrong_input *in)
{
  return median_of_kind(in, CERTIGAR_LOWER);
}

static double upper_column(const wrong_input *in)
{
  return median_of_kind(in, CERTIGAR_UPPER);
}

static int is_midpoint(const wrong_input *in)
{
  return in->n % 2 == 0 && (in->rule != CERTIGAR_MEDIAN || in->median == CERTIGAR_MIDPOINT);
}

static int lower_median(const wrong_input *in, double *out)
{
  return is_midpoint(in) && each_column(in, out, lower_column);
}

static int upper_median(const wrong_input *in, double *out)
{
  return is_midpoint(in) && each_column(in, out, upper_column);
}

static double poisoned_column(const wrong_input *in)
{
  return isnan(in->space->column[in->n - 1]) ? NAN : plain_column(in);
}

static int nan_poisons(const wrong_input *in, double *out)
{
  return each_column(in, out, poisoned_column);
}

static double finite_column(const wrong_input *in)
{
  size_t count = 0;
  for (size_t k = 0; k < in->n; k++)
    if (isfinite(in->space->column[k])) in->space->column[count++] = in->space->column[k];
  return count > 0 ? in->space->column[count / 2] : 0;
}

static int finite_values_only(const wrong_input *in, double *out)
{
  return each_column(in, out, finite_column);
}

/* In the order of the rows, as torch.sum of what is not sorted. */
static int by_subtraction(const wrong_input *in, double *out)
{
  for (size_t i = 0; i < in->n; i++) in->space->order[i] = i;
  for (size_t c = 0; c < in->d; c++) {
    const double sum = float_sum(in, c, in->space->order, in->n);
    double lowest = 0, highest = 0;
    float_column(in, c, in->space->order, in->n);
    for (size_t k = 0; k < in->f; k++) {
      lowest = rounded(in, lowest + in->space->column[k]);
      highest = rounded(in, highest + in->space->column[in->n - 1 - k]);
    }
    out[c] = rounded(in, rounded(in, rounded(in, sum - highest) - lowest) / (double)(in->n - 2 * in->f));
  }
  return 1;
}

/* int(beta n) for beta = f / n: a product that is rounded below f loses one. */
static double truncated_count_column(const wrong_input *in)
{
  const size_t cut = (size_t)((double)in->f / (double)in->n * (double)in->n);
  return mean_between(in, cut, in->n - cut);
}

static int truncated_count(const wrong_input *in, double *out)
{
  return each_column(in, out, truncated_count_column);
}

/* x[f:-f] is empty for f = 0, and the mean of nothing is a NaN. */
static int empty_slice(const wrong_input *in, double *out)
{
  for (size_t c = 0; in->f == 0 && c < in->d; c++) out[c] = NAN;
  return in->f == 0;
}

/* ---- rules over real numbers ---- */

/* The Euclidean distance of row i to a point. */
static double distance_to(const wrong_input *in, size_t i, const double *point)
{
  double sum = 0;
  for (size_t c = 0; c < in->d; c++) {
    const double difference = rounded(in, value(in, i, c) - point[c]);
    sum = rounded(in, sum + rounded(in, difference * difference));
  }
  return rounded(in, sqrt(sum));
}

/* The rows' mean by these weights, in out. */
static void weighted(const wrong_input *in, const double *weights, double *out)
{
  double total = 0;
  for (size_t i = 0; i < in->n; i++) total = rounded(in, total + weights[i]);
  for (size_t c = 0; c < in->d; c++) {
    double sum = 0;
    for (size_t i = 0; i < in->n; i++) sum = rounded(in, sum + rounded(in, weights[i] * value(in, i, c)));
    out[c] = rounded(in, sum / total);
  }
}

/* Three steps of Weiszfeld's iteration from zero, with distances of at least 0.1. */
static int three_steps(const wrong_input *in, double *out)
{
  for (size_t c = 0; c < in->d; c++) out[c] = 0;
  for (int step = 0; step < 3; step++) {
    for (size_t i = 0; i < in->n; i++) in->space->scores[i] = rounded(in, 1 / fmax(distance_to(in, i, out), rounded(in, 0.1)));
    weighted(in, in->space->scores, out);
  }
  return 1;
}

/* Each step's weights are multiplied by those of the step before. */
static int compound_weights(const wrong_input *in, double *out)
{
  for (size_t i = 0; i < in->n; i++) in->space->scores[i] = rounded(in, 1 / (double)in->n);
  weighted(in, in->space->scores, out);
  for (int step = 0; step < 20; step++) {
    double total = 0;
    for (size_t i = 0; i < in->n; i++) {
      in->space->scores[i] = rounded(in, in->space->scores[i] / fmax(distance_to(in, i, out), rounded(in, 1e-6)));
      total = rounded(in, total + in->space->scores[i]);
    }
    for (size_t i = 0; i < in->n; i++) in->space->scores[i] = rounded(in, in->space->scores[i] / total);
    weighted(in, in->space->scores, out);
  }
  return 1;
}

/* All rows, whether they are finite or not. */
static int clips_all_rows(const wrong_input *in, double *out)
{
  for (size_t c = 0; c < in->d; c++) out[c] = in->centre != NULL ? in->centre[c] : 0;
  for (size_t step = 0; step < in->iterations && step < 100; step++) {
    for (size_t i = 0; i < in->n; i++) in->space->scores[i] = rounded(in, fmin(1, rounded(in, in->tau / distance_to(in, i, out))));
    for (size_t c = 0; c < in->d; c++) {
      double sum = 0;
      for (size_t i = 0; i < in->n; i++) sum = rounded(in, sum + rounded(in, in->space->scores[i] * rounded(in, value(in, i, c) - out[c])));
      out[c] = rounded(in, out[c] + rounded(in, sum / (double)in->n));
    }
  }
  return 1;
}

/* No row is ever filtered. */
static int mean_of_all(const wrong_input *in, double *out)
{
  for (size_t i = 0; i < in->n; i++) in->space->order[i] = i;
  float_mean(in, in->space->order, in->n, out);
  return 1;
}

/* ---- rounds of multi-bulyan ---- */

static int rounds(const wrong_input *in, const float_how *how, double *out)
{
  return in->variant == CERTIGAR_ITERATED && float_iterated(in, how, CERTIGAR_MIDPOINT, out);
}

static int first_scores(const wrong_input *in, double *out)
{
  static const float_how how = {.stale = 1};
  return rounds(in, &how, out);
}

static int winners(const wrong_input *in, double *out)
{
  static const float_how how = {.winner = 1};
  return rounds(in, &how, out);
}

static int two_rounds_more(const wrong_input *in, double *out)
{
  static const float_how how = {.more_rounds = 2};
  return rounds(in, &how, out);
}

static int two_values_more(const wrong_input *in, double *out)
{
  static const float_how how = {.more_kept = 2};
  return rounds(in, &how, out);
}

static int one_value_less(const wrong_input *in, double *out)
{
  static const float_how how = {.less_kept = 1};
  return rounds(in, &how, out);
}

/* ---- brsgd ---- */

static int brsgd_plain(const wrong_input *in, double *out)
{
  static const brsgd_how how = {0};
  return float_brsgd(in, &how, out);
}

static int strictly_above(const wrong_input *in, double *out)
{
  static const brsgd_how how = {.strict = 1};
  return float_brsgd(in, &how, out);
}

static int above_the_median(const wrong_input *in, double *out)
{
  static const brsgd_how how = {.by_median = 1};
  return float_brsgd(in, &how, out);
}

static int from_lower_median(const wrong_input *in, double *out)
{
  static const brsgd_how how = {.lower_median = 1};
  return float_brsgd(in, &how, out);
}

static int euclidean(const wrong_input *in, double *out)
{
  static const brsgd_how how = {.euclidean = 1};
  return float_brsgd(in, &how, out);
}

static int half_the_limit(const wrong_input *in, double *out)
{
  static const brsgd_how how = {.half_limit = 1};
  return float_brsgd(in, &how, out);
}

static int below_the_limit(const wrong_input *in, double *out)
{
  static const brsgd_how how = {.below_limit = 1};
  return float_brsgd(in, &how, out);
}

static int truncated_marks(const wrong_input *in, double *out)
{
  static const brsgd_how how = {.truncated = 1};
  return float_brsgd(in, &how, out);
}

static int share_of_all(const wrong_input *in, double *out)
{
  static const brsgd_how how = {.share_of_all = 1};
  return float_brsgd(in, &how, out);
}

/* ---- smea ---- */

static int smea_plain(const wrong_input *in, double *out)
{
  static const smea_how how = {0};
  return float_smea(in, &how, out);
}

static int least_trace(const wrong_input *in, double *out)
{
  static const smea_how how = {.trace = 1};
  return float_smea(in, &how, out);
}

static int one_step(const wrong_input *in, double *out)
{
  static const smea_how how = {.one_step = 1};
  return float_smea(in, &how, out);
}

static int uncentred(const wrong_input *in, double *out)
{
  static const smea_how how = {.uncentred = 1};
  return float_smea(in, &how, out);
}

static int cuts_f(const wrong_input *in, double *out)
{
  static const smea_how how = {.cuts_f = 1};
  return float_smea(in, &how, out);
}

/* As mda does; rows that are not finite are in no set while there are others. */
static int least_diameter(const wrong_input *in, double *out)
{
  static const float_how how = {0};
  wrong_input as_mda = *in;
  as_mda.rule = CERTIGAR_MDA;
  return float_answer(&as_mda, &how, CERTIGAR_MIDPOINT, out);
}

const wrong_rule wrong_rules[] = {
    {"plain arithmetic in the dtype", "PlainArithmetic", AVERAGED | RULE(KRUM) | RULE(BULYAN) | RULE(MULTI_BULYAN), plain},
    {"plain arithmetic in the dtype", "PlainArithmetic", RULE(AVERAGE) | RULE(MEDIAN) | RULE(TRIMMED_MEAN) | RULE(MEAMED), plain_columns},
    {"argmin picks the NaN row", "NanIsLeast", RULE(KRUM), nan_is_least},
    {"distances by a Gram matrix in the dtype", "GramDistances", SCORED | RULE(BULYAN) | RULE(MULTI_BULYAN) | RULE(MDA) | RULE(MONNA), gram},
    {"a row finds itself by its least Gram distance", "SelfByValue", SCORED, self_by_value},
    {"fourth powers of distances", "FourthPowers", SCORED, fourth_powers},
    {"distances that are not squared", "PlainDistances", SCORED | RULE(BULYAN) | RULE(MULTI_BULYAN), plain_distances},
    {"n-f-1 neighbours", "OneNeighbourMore", SCORED | RULE(MULTI_BULYAN), one_neighbour_more},
    {"the sum in place of the mean", "SumForMean", AVERAGED, sum_for_mean},
    {"rows that were left out get the weight 0", "ZeroTimesInfinity", AVERAGED | RULE(KRUM), zero_weights},
    {"divided by n-2f", "DividedByTooFew", RULE(MDA), divided_by_too_few},
    {"the greatest score is a NaN", "NanIsGreatest", RULE(ZENO), nan_score_is_greatest},
    {"the lower median", "LowerMedian", RULE(BULYAN) | RULE(MULTI_BULYAN), around_lower_median},
    {"the upper median", "UpperMedian", RULE(BULYAN) | RULE(MULTI_BULYAN), around_upper_median},
    {"n-2f rows at once", "OneShot", RULE(BULYAN), at_once},
    {"n-2f rows at once, then their trimmed mean", "OneShot", RULE(BULYAN), at_once_then_trimmed},
    {"n-4f-1 values around the median", "OneValueTooFew", RULE(BULYAN), one_value_too_few},
    {"the lower median", "LowerMedian", RULE(MEDIAN) | RULE(MEAMED), lower_median},
    {"the upper median", "UpperMedian", RULE(MEDIAN), upper_median},
    {"a NaN makes the median a NaN", "NanPoisons", RULE(MEDIAN) | RULE(MEAMED), nan_poisons},
    {"the upper median of the finite values, 0 if there are none", "FiniteValuesOnly", RULE(MEDIAN), finite_values_only},
    {"the sum of all less the f lowest and the f highest", "Subtraction", RULE(TRIMMED_MEAN), by_subtraction},
    {"int(f / n * n) values cut on each side", "IntTruncation", RULE(TRIMMED_MEAN), truncated_count},
    {"the slice f:-f for f = 0", "EmptySlice", RULE(TRIMMED_MEAN), empty_slice},
    {"three steps from zero with a floor of 0.1", "ThreeSteps", RULE(GEOMETRIC_MEDIAN), three_steps},
    {"weights that compound", "CompoundWeights", RULE(GEOMETRIC_MEDIAN), compound_weights},
    {"rows that are not finite are kept", "NanPoisons", RULE(CENTERED_CLIPPING), clips_all_rows},
    {"no row is filtered", "NoFilter", RULE(CAF) | RULE(SMEA), mean_of_all},
    {"scores of the first round in every round", "StaleScores", RULE(MULTI_BULYAN), first_scores},
    {"a round makes its winner", "WinnerForMean", RULE(MULTI_BULYAN), winners},
    {"n-2f rounds", "TwoRoundsMore", RULE(MULTI_BULYAN), two_rounds_more},
    {"n-4f values around the median of n-2f-2", "TwoValuesMore", RULE(MULTI_BULYAN), two_values_more},
    {"n-4f-3 values around the median", "OneValueTooFew", RULE(MULTI_BULYAN), one_value_less},
    {"plain arithmetic in the dtype", "PlainArithmetic", RULE(BRSGD), brsgd_plain},
    {"a value at the mean is below it", "StrictlyAbove", RULE(BRSGD), strictly_above},
    {"up is above the median", "MedianForMean", RULE(BRSGD), above_the_median},
    {"distances from the lower median", "LowerMedian", RULE(BRSGD), from_lower_median},
    {"Euclidean distances from the median", "EuclideanDistances", RULE(BRSGD), euclidean},
    {"T in place of 2T", "HalfLimit", RULE(BRSGD), half_the_limit},
    {"a row at the limit is too far", "BelowLimit", RULE(BRSGD), below_the_limit},
    {"floor of beta m rows", "IntTruncation", RULE(BRSGD), truncated_marks},
    {"beta n rows of the m that are finite", "ShareOfAllRows", RULE(BRSGD), share_of_all},
    {"plain arithmetic in the dtype", "PlainArithmetic", RULE(SMEA), smea_plain},
    {"the least trace of a covariance", "TraceForEigenvalue", RULE(SMEA), least_trace},
    {"one step of power iteration", "OneStep", RULE(SMEA), one_step},
    {"no mean is taken from the rows", "NotCentred", RULE(SMEA), uncentred},
    {"f rows left out of those that are finite", "DroppedRowsNotCounted", RULE(SMEA), cuts_f},
    {"the least diameter", "DiameterForEigenvalue", RULE(SMEA), least_diameter},
};
const size_t wrong_rule_count = sizeof wrong_rules / sizeof *wrong_rules;
