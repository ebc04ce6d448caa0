/* The table of published definitions: spec/profiles.md, row by row. What is not said is 0, the first of its kind in profile.h. */
#include "profile.h"

#define OF(name, its_rule) .profile = CERTIGAR_##name, .rule = CERTIGAR_##its_rule
#define N_AT_LEAST(per_f, more) .n_per_f = per_f, .n_more = more

static const certigar_definition definitions[] = {
    /* byzfl: byzfl/aggregators/aggregators.py */
    {OF(BYZFL, AVERAGE), .how = HOW_COLUMNS},
    {OF(BYZFL, MEDIAN), .how = HOW_COLUMNS, .median = CERTIGAR_MIDPOINT, .column = COLUMN_NAN},
    {OF(BYZFL, TRIMMED_MEAN), N_AT_LEAST(2, 1), .how = HOW_COLUMNS},
    {OF(BYZFL, MEAMED), N_AT_LEAST(2, 1), .how = HOW_AROUND, .median = CERTIGAR_MIDPOINT},
    {OF(BYZFL, KRUM), N_AT_LEAST(2, 1), .how = HOW_KRUM, .power = POWER_SQUARED, .neighbours = NEAR_N_F_1, .self = SELF_FIRST, .odd = ODD_COMPUTED,
     .nan_wins = 1, .m = COUNT_ONE, .m_max = COUNT_ONE, .make = MAKE_ROW},
    {OF(BYZFL, MULTI_KRUM), N_AT_LEAST(2, 1), .how = HOW_KRUM, .power = POWER_SQUARED, .neighbours = NEAR_N_F_1, .self = SELF_FIRST,
     .odd = ODD_COMPUTED, .m = COUNT_N_F, .m_max = COUNT_N_F, .m_fixed = 1, .make = MAKE_MEAN},
    {OF(BYZFL, MDA), N_AT_LEAST(2, 1), .how = HOW_DIAMETER},
    {OF(BYZFL, MONNA), N_AT_LEAST(2, 1), .how = HOW_NEAREST},
    {OF(BYZFL, GEOMETRIC_MEDIAN), .how = HOW_WEISZFELD, .start = START_ZERO, .steps = 3, .nu = "0.1", .odd_rows = ROWS_DROP_INFINITE},
    {OF(BYZFL, CENTERED_CLIPPING), .how = HOW_CLIPPING, .odd_rows = ROWS_INFINITE_ZERO},
    {OF(BYZFL, CAF), .refused = "one step of power iteration from a random vector, so that no output is defined"},
    {OF(BYZFL, SMEA), .refused = "one step of power iteration from a random vector, so that no output is defined"},

    /* lpd-py: ByzantineMomentum/aggregators, the Python functions */
    {OF(LPD_PY, AVERAGE), .how = HOW_COLUMNS},
    {OF(LPD_PY, MEDIAN), .how = HOW_COLUMNS, .median = CERTIGAR_LOWER, .column = COLUMN_NAN},
    {OF(LPD_PY, TRIMMED_MEAN), N_AT_LEAST(2, 1), .f_min = 1, .how = HOW_COLUMNS},
    {OF(LPD_PY, MEAMED), N_AT_LEAST(2, 1), .f_min = 1, .how = HOW_AROUND, .median = CERTIGAR_LOWER},
    {OF(LPD_PY, KRUM), N_AT_LEAST(2, 3), .f_min = 1, .how = HOW_KRUM, .power = POWER_UNSQUARED, .neighbours = NEAR_N_F_1, .self = SELF_EXCLUDED,
     .odd = ODD_INFINITE, .m = COUNT_ONE, .m_max = COUNT_ONE, .make = MAKE_MEAN},
    {OF(LPD_PY, MULTI_KRUM), N_AT_LEAST(2, 3), .f_min = 1, .how = HOW_KRUM, .power = POWER_UNSQUARED, .neighbours = NEAR_N_F_1,
     .self = SELF_EXCLUDED, .odd = ODD_INFINITE, .m = COUNT_N_F_2, .m_max = COUNT_N_F_2, .make = MAKE_MEAN},
    {OF(LPD_PY, BULYAN), N_AT_LEAST(4, 3), .f_min = 1, .how = HOW_ROUNDS, .power = POWER_UNSQUARED, .neighbours = NEAR_N_F_2,
     .self = SELF_EXCLUDED, .odd = ODD_INFINITE, .theta_less = 2, .round = ROUND_BEST_FEWER, .update = UPDATE_NONE, .taken = TAKEN_LEFT_OUT,
     .failure = FAILS_ODD_NEEDED, .median = CERTIGAR_LOWER},
    {OF(LPD_PY, MDA), N_AT_LEAST(2, 1), .f_min = 1, .how = HOW_DIAMETER, .failure = FAILS_ODD_NEEDED},
    {OF(LPD_PY, CGE), N_AT_LEAST(1, 1), .how = HOW_NEAREST},

    /* lpd-native: Garfield/pytorch_impl/libs/native, on a processor */
    {OF(LPD_NATIVE, MEDIAN), .how = HOW_COLUMNS, .median = CERTIGAR_UPPER, .column = COLUMN_SKIPPED},
    {OF(LPD_NATIVE, KRUM), N_AT_LEAST(2, 3), .f_min = 1, .how = HOW_KRUM, .power = POWER_SQUARED, .neighbours = NEAR_N_F_2, .self = SELF_EXCLUDED,
     .odd = ODD_INFINITE, .m = COUNT_ONE, .m_max = COUNT_ONE, .make = MAKE_MEAN},
    {OF(LPD_NATIVE, MULTI_KRUM), N_AT_LEAST(2, 3), .f_min = 1, .how = HOW_KRUM, .power = POWER_SQUARED, .neighbours = NEAR_N_F_2,
     .self = SELF_EXCLUDED, .odd = ODD_INFINITE, .m = COUNT_N_F_2, .m_max = COUNT_N_F_2, .make = MAKE_MEAN},
    {OF(LPD_NATIVE, BULYAN), N_AT_LEAST(4, 3), .f_min = 1, .how = HOW_ROUNDS, .power = POWER_SQUARED, .neighbours = NEAR_N_F_2,
     .self = SELF_EXCLUDED, .odd = ODD_INFINITE, .theta_less = 2, .round = ROUND_BEST_FEWER, .update = UPDATE_FIRST_NEIGHBOURS,
     .taken = TAKEN_AFTER_FINITE, .median = CERTIGAR_UPPER},
    {OF(LPD_NATIVE, MDA), N_AT_LEAST(2, 1), .f_min = 1, .how = HOW_DIAMETER, .failure = FAILS_ODD_NEEDED},

    /* krum2: calicarpa/krum, krum/primitives/aggregators */
    {OF(KRUM2, AVERAGE), .how = HOW_COLUMNS},
    {OF(KRUM2, MEDIAN), .how = HOW_COLUMNS, .median = CERTIGAR_MIDPOINT, .column = COLUMN_QUANTILE},
    {OF(KRUM2, TRIMMED_MEAN), N_AT_LEAST(2, 1), .how = HOW_COLUMNS},
    {OF(KRUM2, KRUM), N_AT_LEAST(2, 3), .how = HOW_KRUM, .power = POWER_UNSQUARED, .neighbours = NEAR_N_F_2, .self = SELF_FIRST,
     .odd = ODD_COMPUTED, .m = COUNT_ONE, .m_max = COUNT_ONE, .make = MAKE_MEAN},
    {OF(KRUM2, MULTI_KRUM), N_AT_LEAST(2, 3), .how = HOW_KRUM, .power = POWER_UNSQUARED, .neighbours = NEAR_N_F_2, .self = SELF_FIRST,
     .odd = ODD_COMPUTED, .m = COUNT_NONE, .m_max = COUNT_N_F_2, .make = MAKE_MEAN},
    {OF(KRUM2, BULYAN), N_AT_LEAST(4, 3), .f_min = 1, .how = HOW_ROUNDS, .power = POWER_UNSQUARED, .neighbours = NEAR_R_1, .self = SELF_EXCLUDED,
     .odd = ODD_COMPUTED, .round = ROUND_BEST, .update = UPDATE_SURVIVORS, .taken = TAKEN_INFINITE, .median = CERTIGAR_LOWER},
    {OF(KRUM2, MDA), N_AT_LEAST(2, 1), .f_min = 1, .how = HOW_DIAMETER, .failure = FAILS_ODD_NEEDED},
    {OF(KRUM2, GEOMETRIC_MEDIAN), .how = HOW_WEISZFELD, .start = START_MEAN, .steps = 100, .nu = "0.1", .stop = "1e-6", .odd_rows = ROWS_NAN},

    /* flower-legacy: flwr/server/strategy/aggregate.py, the same number of examples for every client */
    {OF(FLOWER_LEGACY, AVERAGE), .how = HOW_COLUMNS},
    {OF(FLOWER_LEGACY, MEDIAN), .how = HOW_COLUMNS, .median = CERTIGAR_MIDPOINT, .column = COLUMN_NAN},
    {OF(FLOWER_LEGACY, TRIMMED_MEAN), N_AT_LEAST(2, 0), .how = HOW_COLUMNS},
    {OF(FLOWER_LEGACY, KRUM), .how = HOW_KRUM, .power = POWER_SQUARED, .neighbours = NEAR_N_F_2_FLOOR, .self = SELF_FIRST, .odd = ODD_COMPUTED,
     .nan_wins = 1, .m = COUNT_ONE, .m_max = COUNT_ONE, .make = MAKE_ROW},
    {OF(FLOWER_LEGACY, MULTI_KRUM), .how = HOW_KRUM, .power = POWER_SQUARED, .neighbours = NEAR_N_F_2_FLOOR, .self = SELF_FIRST,
     .odd = ODD_COMPUTED, .m = COUNT_NONE, .m_max = COUNT_N, .make = MAKE_MEAN},
    {OF(FLOWER_LEGACY, BULYAN), N_AT_LEAST(4, 3), .how = HOW_ROUNDS, .power = POWER_SQUARED, .neighbours = NEAR_R_F_2_FLOOR, .self = SELF_FIRST,
     .odd = ODD_COMPUTED, .nan_wins = 1, .round = ROUND_WINNER, .update = UPDATE_SURVIVORS, .taken = TAKEN_LEFT_OUT, .failure = FAILS_NAN_WINNER,
     .median = CERTIGAR_MIDPOINT},

    /* flower: flwr/serverapp/strategy, the same number of examples in every reply */
    {OF(FLOWER, AVERAGE), .how = HOW_COLUMNS},
    {OF(FLOWER, MEDIAN), .how = HOW_COLUMNS, .median = CERTIGAR_MIDPOINT, .column = COLUMN_NAN},
    {OF(FLOWER, TRIMMED_MEAN), N_AT_LEAST(2, 0), .how = HOW_COLUMNS},
    {OF(FLOWER, KRUM), .how = HOW_KRUM, .power = POWER_SQUARED, .neighbours = NEAR_N_F_2_FLOOR, .self = SELF_FIRST, .odd = ODD_NAN, .m = COUNT_ONE,
     .m_max = COUNT_ONE, .make = MAKE_ROW},
    {OF(FLOWER, MULTI_KRUM), .how = HOW_KRUM, .power = POWER_SQUARED, .neighbours = NEAR_N_F_2_FLOOR, .self = SELF_FIRST, .odd = ODD_NAN,
     .m = COUNT_ONE, .m_max = COUNT_N, .make = MAKE_MEAN},
    {OF(FLOWER, BULYAN), N_AT_LEAST(4, 3), .how = HOW_ROUNDS, .power = POWER_SQUARED, .neighbours = NEAR_N_F_2_FLOOR, .self = SELF_FIRST,
     .odd = ODD_NAN, .round = ROUND_NONE, .median = CERTIGAR_MIDPOINT},

    /* epfml: byzantine-robust-noniid-optimizer/codes/aggregator */
    {OF(EPFML, AVERAGE), .how = HOW_COLUMNS},
    {OF(EPFML, MEDIAN), .how = HOW_COLUMNS, .median = CERTIGAR_MIDPOINT, .column = COLUMN_NAN},
    {OF(EPFML, TRIMMED_MEAN), .f_lowered = 1, .how = HOW_COLUMNS, .column = COLUMN_TRIMMED},
    {OF(EPFML, KRUM), N_AT_LEAST(2, 2), .how = HOW_KRUM, .power = POWER_FOURTH, .neighbours = NEAR_N_F_2, .self = SELF_EXCLUDED,
     .odd = ODD_COMPUTED, .m = COUNT_ONE, .m_max = COUNT_ONE, .make = MAKE_SUM},
    {OF(EPFML, MULTI_KRUM), N_AT_LEAST(2, 2), .how = HOW_KRUM, .power = POWER_FOURTH, .neighbours = NEAR_N_F_2, .self = SELF_EXCLUDED,
     .odd = ODD_COMPUTED, .m = COUNT_NONE, .m_max = COUNT_N, .make = MAKE_SUM},
    {OF(EPFML, GEOMETRIC_MEDIAN), .how = HOW_WEISZFELD, .start = START_ZERO, .steps = 8, .nu = "0.1", .odd_rows = ROWS_NAN},
    {OF(EPFML, CENTERED_CLIPPING), .how = HOW_CLIPPING, .odd_rows = ROWS_NAN_WHOLE},

    /* torchjd: src/torchjd/aggregation */
    {OF(TORCHJD, AVERAGE), .how = HOW_COLUMNS},
    {OF(TORCHJD, TRIMMED_MEAN), N_AT_LEAST(2, 1), .how = HOW_COLUMNS},
    {OF(TORCHJD, KRUM), N_AT_LEAST(1, 3), .how = HOW_KRUM, .power = POWER_UNSQUARED, .neighbours = NEAR_N_F_2, .self = SELF_FIRST, .odd = ODD_NAN,
     .m = COUNT_ONE, .m_max = COUNT_ONE, .make = MAKE_MEAN, .column = COLUMN_PRODUCT},
    {OF(TORCHJD, MULTI_KRUM), N_AT_LEAST(1, 3), .how = HOW_KRUM, .power = POWER_UNSQUARED, .neighbours = NEAR_N_F_2, .self = SELF_FIRST,
     .odd = ODD_NAN, .m = COUNT_ONE, .m_max = COUNT_N, .make = MAKE_MEAN, .column = COLUMN_PRODUCT},

    /* fedml: python/fedml/core/security/defense, the same number of samples for every client */
    {OF(FEDML, AVERAGE), .how = HOW_COLUMNS},
    {OF(FEDML, MEDIAN), .how = HOW_COLUMNS, .median = CERTIGAR_LOWER, .column = COLUMN_NAN},
    {OF(FEDML, TRIMMED_MEAN), N_AT_LEAST(2, 1), .how = HOW_MIDDLE_ROWS},
    {OF(FEDML, KRUM), N_AT_LEAST(2, 3), .how = HOW_KRUM, .power = POWER_SQUARED, .neighbours = NEAR_N_F_2, .self = SELF_EXCLUDED,
     .odd = ODD_COMPUTED, .m = COUNT_ONE, .m_max = COUNT_ONE, .make = MAKE_ROW},
    {OF(FEDML, MULTI_KRUM), N_AT_LEAST(2, 3), .how = HOW_KRUM, .power = POWER_SQUARED, .neighbours = NEAR_N_F_2, .self = SELF_EXCLUDED,
     .odd = ODD_COMPUTED, .m = COUNT_ONE, .m_max = COUNT_N_2F_2, .make = MAKE_MEAN},
    {OF(FEDML, BULYAN), N_AT_LEAST(4, 3), .how = HOW_ROUNDS, .power = POWER_UNSQUARED, .neighbours = NEAR_R_F, .self = SELF_EXCLUDED,
     .odd = ODD_COMPUTED, .row_one_first = 1, .round = ROUND_WINNER, .update = UPDATE_SURVIVORS, .taken = TAKEN_LEFT_OUT, .failure = FAILS_LIMIT,
     .median = CERTIGAR_MIDPOINT, .kept_less = 1},
    {OF(FEDML, GEOMETRIC_MEDIAN), .how = HOW_FIRST_ROW},
    {OF(FEDML, CENTERED_CLIPPING), .refused = "the centre is a client drawn at random, so that no output is defined"},
};

static const certigar_stage_definition stages[] = {
    {.profile = CERTIGAR_BYZFL, .kind = STAGE_NNM, N_AT_LEAST(1, 1)},
    {.profile = CERTIGAR_BYZFL, .kind = STAGE_BUCKETING, .permutes = 1},
    {.profile = CERTIGAR_BYZFL, .kind = STAGE_CLIP, .clips_infinite = 1},
    {.profile = CERTIGAR_BYZFL, .kind = STAGE_ARC, N_AT_LEAST(1, 0), .clips_infinite = 1, .rounded_count = 1},
    {.profile = CERTIGAR_EPFML, .kind = STAGE_BUCKETING, .permutes = 1},
    {.profile = CERTIGAR_FEDML, .kind = STAGE_BUCKETING},
};

const certigar_definition *certigar_definition_of(certigar_profile profile, certigar_rule rule)
{
  for (size_t i = 0; i < sizeof definitions / sizeof *definitions; i++)
    if (definitions[i].profile == profile && definitions[i].rule == rule) return &definitions[i];
  return NULL;
}

const certigar_stage_definition *certigar_stage_definition_of(certigar_profile profile, int kind)
{
  for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
    if (stages[i].profile == profile && stages[i].kind == kind) return &stages[i];
  return NULL;
}
