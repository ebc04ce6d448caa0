/* The facts are those of spec/profiles.md, checked at the commits named there. */
#include "notes.h"

#include <string.h>

#define BYZFL "ByzFL 69bd1ac"
#define MOMENTUM "ByzantineMomentum 1ef2c84"
#define GARFIELD "Garfield f784cfd, native code"
#define FLOWER "Flower fdef7af"
#define EPFML "epfml byzantine-robust-noniid-optimizer 0e27349"
#define BLADES "Blades 711e8df"
#define FEDML "FedML 03e11df"
#define TORCHJD "TorchJD 46962c2"
#define LIBRARY "FL-Byzantine-Library 32922ca"

const case_note case_notes[] = {
    /* what an input is */
    {"Everyday", "nothing special: an implementation that is wrong here is wrong", {NULL}},
    {"AtBound", "n is the least that the rule takes with this f", {NULL}},
    {"NoByzantine", "f = 0", {MOMENTUM ", trimmed mean: f >= 1 is needed and not checked (read)", BYZFL ", CAF: no value for f = 0 (run)"}},
    {"Tied", "an exact tie: other outputs than the expected one are admissible; the smaller row, or value, first gives the expected one",
     {BYZFL ", over all orders of 0, 1, 2, 3, 4 Krum with f = 1 gives 1, 2 or 3 (run)"}},
    {"Cancellation", "rows far from zero and near each other: differences must be taken before squares", {NULL}},
    {"Spread", "numbers of every size in one matrix", {NULL}},
    {"Collusion", "Byzantine rows that agree among themselves", {NULL}},
    {"Overflow", "numbers whose sums, differences or squares overflow, though the result does not", {NULL}},
    {"Scale", "rows scaled up or down", {NULL}},
    {"Subnormal", "numbers that are flushed to zero by some processors' settings, and whose squares underflow", {NULL}},
    {"NanRow", "a NaN in up to f rows", {BYZFL ", Krum (run)", FLOWER ", Krum, and Bulyan, which raises an error (run)"}},
    {"InfinityRow", "an infinity in up to f rows",
     {TORCHJD ", Krum (run)", BYZFL ", centered clipping: NaN (run)", EPFML ", trimmed mean and RFA: NaN (run)"}},
    {"BeyondF", "more than f rows that are not finite: the status says so", {NULL}},
    {"AllEqual", "all rows equal", {NULL}},
    {"SignedZero", "zeros of both signs: a value chosen by rank keeps its sign, a mean that is zero is +0", {NULL}},
    {"Duplicates", "rows that are there more than once", {FLOWER ", legacy Bulyan looks rows up by their values (read)"}},
    {"NearTie", "numbers that differ by an ULP where a choice depends on it", {NULL}},
    {"Sums", "sums in which terms cancel, swallow each other or end between two numbers", {NULL}},
    {"EvenMedian", "two middle values that are far apart", {NULL}},
    {"Filter", "the filter of caf must look at rows with a weight only, or it need not end",
     {"Allouah et al., ICML 2025, the algorithm as published (spec/rules.md, section 9)"}},
    {"MixedIn", "multi-bulyan's iterated reading mixes a Byzantine row in", {NULL}},
    /* what an answer does */
    {"PlainArithmetic", "the rule as commonly written, in the arithmetic of the dtype: right but for rounding, unless something overflows or cancels",
     {NULL}},
    {"NanIsLeast", "argmin takes a NaN for the least score", {BYZFL ", Krum, NumPy and torch (run)", FLOWER ", legacy Krum (run)"}},
    {"GramDistances", "squared distances as |a|^2 + |b|^2 - 2<a, b> in the dtype lose what the offset takes",
     {FLOWER ", Krum and MultiKrum of the Message API (run)", BYZFL ", through torch.cdist for n > 25 (run)",
      TORCHJD ", Krum: roots of negative numbers (run)"}},
    {"SelfByValue", "a row takes the least of its distances for that to itself",
     {BYZFL ", Krum (read)", FLOWER ", Krum, legacy and Message API (read)", TORCHJD ", Krum (read)", "krum, the rewrite of 2026 (read)"}},
    {"FourthPowers", "squared distances are squared again", {EPFML ", Krum (run)", BLADES ", its copy (run)"}},
    {"PlainDistances", "scores sum distances, not their squares",
     {MOMENTUM ", Garfield and krum d6846af, Python code (read)", "krum, the rewrite of 2026 (read)", TORCHJD ", Krum (read)"}},
    {"OneNeighbourMore", "n-f-1 neighbours in place of n-f-2", {BYZFL ", Krum (read)", MOMENTUM ", Garfield and krum d6846af, Python code (read)"}},
    {"SumForMean", "the selected rows are summed and not divided", {EPFML ", Multi-Krum (run)"}},
    {"ZeroTimesInfinity", "the output is a product with weights, 0 for the rows that were left out, and 0 times an infinity or a NaN is a NaN",
     {TORCHJD ", Krum (run)"}},
    {"DividedByTooFew", "the mean of n-f rows is divided by n-2f", {"Fabris, thesis of 2023, MDA as printed (spec/rules.md, section 9)"}},
    {"NanIsGreatest", "argsort puts a NaN last, and is read from the end", {NULL}},
    {"LowerMedian", "the lower of two middle values in place of their mean",
     {MOMENTUM ", Garfield and krum d6846af, torch.median (read)", FEDML ", median (read)"}},
    {"UpperMedian", "the upper of two middle values in place of their mean",
     {GARFIELD ", median and Bulyan (read)", "AggregaThor e885f92, Bulyan (read)"}},
    {"NanPoisons", "a NaN in a column, or in a row that should have been dropped, makes the output a NaN",
     {BYZFL ", median (read), centered clipping (run)", MOMENTUM ", median, said to bear NaN (read)", FLOWER ", FedMedian by np.median (read)"}},
    {"FiniteValuesOnly", "the median of the finite values, 0 if there are none", {GARFIELD ", median on the CPU (read)"}},
    {"Subtraction", "the trimmed mean as the sum of all less the extremes", {EPFML ", trimmed mean (run)", BLADES " (run)", LIBRARY " (run)"}},
    {"IntTruncation", "a count that is truncated from a product in floating point",
     {FLOWER ", FedTrimmedAvg: int(beta n) (read)", BYZFL ", ARC: first off at n = 242, f = 33 (run)"}},
    {"EmptySlice", "a slice of f from each end is empty for f = 0", {MOMENTUM ", trimmed mean (read)"}},
    {"OneShot", "the rows of Bulyan are taken at once from one pass of Krum",
     {FLOWER ", Bulyan of the Message API (run)", LIBRARY ", Bulyan (read)"}},
    {"OneValueTooFew", "Bulyan keeps one value less around the median", {FEDML ", Bulyan (read)"}},
    {"ThreeSteps", "the geometric median after three steps from zero, distances floored at 0.1", {BYZFL ", GeometricMedian (read)"}},
    {"CompoundWeights", "each step of the geometric median multiplies its weights by the last ones: another fixed point",
     {BLADES ", geometric median (run)", FEDML ", geometric median (run)"}},
    {"NoFilter", "the mean of all rows: the loop never runs", {NULL}},
    {"StrictlyAbove", "a value equal to its column's mean is not counted as up", {NULL}},
    {"StaleScores", "Bulyan's scores stay those of the first round, when all rows were there",
     {MOMENTUM ", Bulyan: the code that takes a row's distances away is never reached (run)"}},
    {"WinnerForMean", "a round of the iterated multi-bulyan makes its winner in place of the mean of the best rows", {NULL}},
    {"TwoRoundsMore", "n-2f rounds, those of bulyan, in place of n-2f-2", {"krum, the rewrite of 2026, Bulyan (run)"}},
    {"TwoValuesMore", "n-4f values around the median, as of bulyan's n-2f rows, of n-2f-2", {NULL}},
    {"MedianForMean", "a row is up if it is not below the column's median, in place of its mean", {NULL}},
    {"EuclideanDistances", "the limit is taken to be of Euclidean distances, not of sums of differences", {NULL}},
    {"HalfLimit", "rows may be as far as T from the median, not 2T", {NULL}},
    {"BelowLimit", "a row at the limit is left out", {NULL}},
    {"ShareOfAllRows", "a share of all rows has most marks, though some were dropped", {NULL}},
    {"TraceForEigenvalue", "the sum of a covariance's eigenvalues, which is easy to have, in place of the greatest", {NULL}},
    {"OneStep", "the eigenvalue by one step of power iteration from a vector that knows nothing of the rows",
     {BYZFL ", CAF and SMEA: from a random vector (read)"}},
    {"NotCentred", "second moments in place of covariances", {NULL}},
    {"DroppedRowsNotCounted", "rows that are not finite are dropped, and f more are left out", {NULL}},
    {"DiameterForEigenvalue", "minimum diameter averaging under another name", {NULL}},
    {"OneRowTooFew", "nearest neighbour mixing over n-f-1 rows", {NULL}},
    {"DividedByBucketSize", "the last bucket is divided by s, not by its own size",
     {BYZFL ", the formula of its documentation; its code is right (read)"}},
    {"NoPermutation", "buckets in the order of the input though a seed was given", {FEDML ", bucketing is never shuffled (read)"}},
    {"FewNormsLeftOut", "adaptive clipping to the (f+1)-th greatest norm", {NULL}},
};
const size_t case_note_count = sizeof case_notes / sizeof *case_notes;

typedef struct flagged {
  const char *generator, *flag;
} flagged;

static const flagged generators[] = {
    {"gradients", "Everyday"}, {"integers", "Everyday"}, {"decimals", "Sums"}, {"offset-1", "Cancellation"}, {"offset-1e3", "Cancellation"},
    {"offset-1e6", "Cancellation"}, {"spread", "Spread"}, {"colluders", "Collusion"}, {"close-colluders", "Collusion"}, {"clusters", "Collusion"},
    {"largest-rows", "Overflow"}, {"largest", "Overflow"}, {"largest-opposed", "Overflow"}, {"scaled-up", "Scale"}, {"scaled-down", "Scale"},
    {"subnormal-rows", "Subnormal"}, {"subnormals", "Subnormal"}, {"units-beside-ones", "Subnormal"}, {"nan-row", "NanRow"}, {"nan-rows", "NanRow"},
    {"nan-coordinate", "NanRow"}, {"nan-payloads", "NanRow"}, {"inf-rows", "InfinityRow"}, {"minus-inf-rows", "InfinityRow"},
    {"both-infs", "InfinityRow"}, {"inf-coordinate", "InfinityRow"}, {"beyond-f", "BeyondF"}, {"all-nan", "BeyondF"}, {"all-equal", "AllEqual"},
    {"zeros", "SignedZero"}, {"heaps", "Duplicates"}, {"duplicates", "Duplicates"}, {"far-middles", "EvenMedian"}, {"one-ulp", "NearTie"},
    {"near-ties", "NearTie"}, {"consecutive", "NearTie"}, {"subtraction", "Subtraction"}, {"opposites", "Sums"}, {"midpoints", "Sums"},
    {"fourth-powers", "FourthPowers"}, {"plain-distances", "PlainDistances"}, {"one-neighbour-more", "OneNeighbourMore"}, {"one-shot", "OneShot"},
    {"mixed-in", "MixedIn"}, {"slow-filter", "Filter"},
};

/* Those of exact ties among numbers that are nothing else have the flag of ties, if there is one. */
const char *case_flag_of_generator(const char *name)
{
  for (size_t i = 0; i < sizeof generators / sizeof *generators; i++) {
    if (strcmp(generators[i].generator, name) == 0) return generators[i].flag;
  }
  return "Everyday";
}
