/* The attacks by name. */
#include "attacks.h"

#include <math.h>
#include <string.h>

const attack attacks[] = {
  {"little", 1, 0, 0, 2, attack_little, "its own row less a standard deviation of what it sees (DRA/MRA thesis)"},
  {"alie", NAN, 1, 0, 2, attack_alie, "honest mean less z standard deviations, z from n and f (Baruch et al. 2019)"},
  {"empire", 0.9, 0, 0, 1, attack_multiple, "-0.9 times its own row (DRA/MRA thesis)"},
  {"ipm", 0.1, 1, 0, 1, attack_ipm, "-0.1 times the honest mean (Xie et al. 2020)"},
  {"sign-flip", 1, 0, 0, 1, attack_multiple, "-1 times its own row"},
  {"label-flip", NAN, 0, 0, 1, NULL, "learns from the labels 9 - y (label shift in BrSGD)"},
  {"label-permutation", NAN, 0, 0, 1, NULL, "learns from labels under a random permutation"},
  {"inf", NAN, 0, 0, 1, attack_infinity, "+infinity everywhere"},
  {"minus-inf", NAN, 0, 0, 1, attack_minus_infinity, "-infinity everywhere"},
  {"nan", NAN, 0, 0, 1, attack_nan, "NaN everywhere"},
  {"gaussian", 200, 0, 0, 1, attack_gaussian, "normal noise of standard deviation 200 (BrSGD)"},
  {"model-negation", 1e10, 1, 0, 1, attack_model_negation, "-1e10 times the sum of the honest rows (BrSGD)"},
  {"gradient-scale", -1e10, 0, 0, 1, attack_multiple, "1e10 times its own row (BrSGD)"},
  {"mimic", NAN, 1, 0, 2, attack_mimic, "a copy of one honest row (Karimireddy et al. 2022)"},
  {"min-max", 1, 1, 0, 2, attack_min_max, "honest mean less deviations, as far as the honest rows are from each other (Shejwalkar, Houmansadr 2021)"},
  {"leeway", 1, 1, 0, 2, attack_leeway, "honest mean with one column moved as far as Krum lets it (El Mhamdi et al. 2018)"},
  {"little-search", 1, 1, 1, 2, attack_little_searched, "honest mean less the multiple of the deviation that moves the rule farthest"},
  {"empire-search", 1, 1, 1, 2, attack_empire_searched, "the multiple of the honest mean that moves the rule farthest"},
};
const size_t attack_count = sizeof attacks / sizeof *attacks;

int attack_takes_strength(const attack *a)
{
  return !isnan(a->strength) || a->send == attack_alie;
}

int attack_takes_target(const attack *a)
{
  return a->send == attack_mimic || a->send == attack_leeway;
}

size_t attack_targets(const attack *a, size_t rows_seen, size_t d)
{
  return a->send == attack_mimic ? rows_seen : a->send == attack_leeway ? d : 1;
}

const attack *attack_named(const char *name)
{
  for (size_t i = 0; i < attack_count; i++)
    if (strcmp(name, attacks[i].name) == 0) return &attacks[i];
  return NULL;
}
