/* See judge_rows.h. */
#include "judge_rows.h"

#include "generate.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the rules ---- */

static void run_krum(reference_context *context, const row_case *one, void *out, reference_selection *report) {
  reference_krum(context, one->n, one->f, one->d, one->rows, out, report);
}

static void run_multi_krum(reference_context *context, const row_case *one, void *out, reference_selection *report) {
  reference_multi_krum(context, one->n, one->f, one->m > 0 ? one->m : one->n - one->f - 2, one->d, one->rows, out, report);
}

static void run_bulyan(reference_context *context, const row_case *one, void *out, reference_selection *report) {
  reference_bulyan(context, one->n, one->f, one->d, one->rows, out, report);
}

static void run_multi_bulyan(reference_context *context, const row_case *one, void *out, reference_selection *report) {
  reference_multi_bulyan(context, (reference_bulyan_variant)one->variant, one->n, one->f, one->d, one->rows, out, report);
}

static void run_mda(reference_context *context, const row_case *one, void *out, reference_selection *report) {
  reference_mda(context, one->n, one->f, one->d, one->rows, out, report);
}

static void run_cge(reference_context *context, const row_case *one, void *out, reference_selection *report) {
  reference_cge(context, one->n, one->f, one->d, one->rows, out, report);
}

static void run_monna(reference_context *context, const row_case *one, void *out, reference_selection *report) {
  reference_monna(context, one->n, one->f, one->pivot, one->d, one->rows, out, report);
}

/* The rational number of a text p, p/q or pe-q, or p 2^exponent. */
static void read_rational(mpq_ptr value, const char *text, int base, int exponent) {
  char digits[64];
  snprintf(digits, sizeof digits, "%s", text);
  char *power = base == 10 ? strstr(digits, "e-") : NULL;
  if (power != NULL) *power = '\0';
  mpq_set_str(value, digits, base);
  if (power != NULL) mpz_ui_pow_ui(mpq_denref(value), 10, strtoul(power + 2, NULL, 10));
  if (exponent >= 0) {
    mpq_mul_2exp(value, value, (mp_bitcnt_t)exponent);
  } else {
    mpq_div_2exp(value, value, (mp_bitcnt_t)-exponent);
  }
  mpq_canonicalize(value);
}

static int has_threshold(const row_case *one) {
  return strcmp(one->threshold, "inf") != 0;
}

static void run_brsgd(reference_context *context, const row_case *one, void *out, reference_selection *report) {
  mpq_t beta, threshold;
  mpq_inits(beta, threshold, (mpq_ptr)NULL);
  read_rational(beta, one->beta, 10, 0);
  if (has_threshold(one)) read_rational(threshold, one->threshold, 16, one->threshold_exponent);
  reference_brsgd(context, one->n, one->f, beta, has_threshold(one) ? threshold : NULL, one->d, one->rows, out, report);
  mpq_clears(beta, threshold, (mpq_ptr)NULL);
}

/* A score s is the decrease from the loss 0 to the loss -s. */
static void run_zeno(reference_context *context, const row_case *one, void *out, reference_selection *report) {
  uint64_t losses[ROW_CASE_LOSSES];
  mpq_t rho;
  mpq_init(rho);
  if (!one->complete) read_rational(rho, one->rho, 10, 0);
  for (size_t i = 0; i <= one->n; i++) losses[i] = one->losses[i] ^ (one->complete && i > 0 ? (uint64_t)1 << 63 : 0);
  reference_zeno(context, one->n, one->f, rho, losses, one->d, one->rows, out, report);
  mpq_clear(rho);
}

/* beta and rho, and so many ways to choose the other parameter for each. */
static const char *const betas[] = {"1/2", "1/3", "1e-1", "1/4", "49/100", "1e-9"};
static const char *const rhos[] = {"1", "0", "1/3", "1e-1", "1e-9", "1048576"};
enum { BETAS = sizeof betas / sizeof *betas, RHOS = sizeof rhos / sizeof *rhos, WAYS = 8 };

static const row_rule rules[] = {
    {"krum", 2, 3, 150, .one_selection = 1, .choices = 1, .reference = run_krum},
    {"multi-krum", 2, 3, 150, .one_selection = 1, .has_m = 1, .choices = 1, .reference = run_multi_krum},
    {"bulyan", 4, 3, 30, .choices = 1, .reference = run_bulyan},
    {"multi-bulyan", 4, 3, 30, .has_variant = 1, .choices = 1, .reference = run_multi_bulyan},
    {"mda", 2, 1, 12, .one_selection = 1, .no_scores = 1, .choices = 1, .reference = run_mda},
    {"cge", 2, 1, 150, .one_selection = 1, .from_one = 1, .choices = 1, .reference = run_cge},
    {"monna", 2, 1, 150, .one_selection = 1, .from_one = 1, .has_pivot = 1, .choices = 1, .reference = run_monna},
    {"brsgd", 2, 1, 150, .one_selection = 1, .from_one = 1, .choices = BETAS * WAYS, .scores_in = NUMBERS, .not_negated = 1, .reference = run_brsgd},
    {"zeno", 1, 1, 150, .one_selection = 1, .from_one = 1, .choices = RHOS * WAYS, .scores_in = NUMBERS, .reference = run_zeno},
};

const row_rule *row_rule_of(certigar_rule rule) {
  const char *name = certigar_rule_name(rule);
  for (size_t i = 0; name != NULL && i < sizeof rules / sizeof *rules; i++)
    if (strcmp(rules[i].name, name) == 0) return &rules[i];
  return NULL;
}

void row_case_fit(row_case *one) {
  const row_rule *rule = row_rule_of(one->rule);
  one->f %= (one->n - rule->rows_more) / rule->rows_per_f + 1;
  one->m = rule->has_m ? one->m % (one->n - one->f - 1) : 0;
  one->pivot = rule->has_pivot ? one->pivot % one->n : 0;
  one->variant = rule->has_variant ? one->variant % 2 : 0;
  one->choice %= rule->choices;
}

/* ---- words ---- */

static uint64_t magnitude_of(const row_case *one, size_t i, size_t c, int *negative) {
  const size_t at = i * one->d + c;
  uint64_t word;
  uint32_t narrow;
  if (one->dtype == CERTIGAR_FLOAT32) {
    memcpy(&narrow, (const unsigned char *)one->rows + 4 * at, sizeof narrow);
    word = (uint64_t)narrow << 32;
  } else {
    memcpy(&word, (const unsigned char *)one->rows + 8 * at, sizeof word);
  }
  *negative = word >> 63 != 0;
  return word & INT64_MAX;
}

static int row_is_finite(const row_case *one, size_t i) {
  const uint64_t infinity = one->dtype == CERTIGAR_FLOAT32 ? UINT64_C(0x7f800000) << 32 : UINT64_C(0x7ff) << 52;
  int negative;
  for (size_t c = 0; c < one->d; c++)
    if (magnitude_of(one, i, c, &negative) >= infinity) return 0;
  return 1;
}

/* As numbers: zeros of both signs are the same. */
static int rows_are_equal(const row_case *one, size_t i, size_t j) {
  for (size_t c = 0; c < one->d; c++) {
    int a_negative, b_negative;
    const uint64_t a = magnitude_of(one, i, c, &a_negative), b = magnitude_of(one, j, c, &b_negative);
    if (a != b || (a != 0 && a_negative != b_negative)) return 0;
  }
  return 1;
}

/* ---- exact numbers ---- */

static int64_t unit_exponent(certigar_dtype dtype) {
  return dtype == CERTIGAR_FLOAT32 ? -149 : -1074;
}

/* significand 2^exponent, exactly. */
static void value_of(const certigar_bound *bound, int64_t exponent, mpq_ptr value) {
  mpz_set_ui(mpq_numref(value), bound->significand);
  mpz_set_ui(mpq_denref(value), 1);
  if (bound->negative) mpq_neg(value, value);
  exponent += bound->exponent;
  if (exponent >= 0) {
    mpq_mul_2exp(value, value, (mp_bitcnt_t)exponent);
  } else {
    mpq_div_2exp(value, value, (mp_bitcnt_t)-exponent);
  }
}

/* ---- parameters made for the rows ---- */

static uint64_t seed_of(const row_case *one) {
  uint64_t seed = 14695981039346656037U + one->choice;
  const unsigned char *bytes = one->rows;
  for (size_t i = 0; i < one->n * one->d * (one->dtype == CERTIGAR_FLOAT32 ? 4 : 8); i++) seed = (seed ^ bytes[i]) * 1099511628211U;
  return seed;
}

/* The value of a finite word, in units. */
static void unit_value(const row_case *one, size_t i, size_t c, mpz_ptr value) {
  int negative;
  uint64_t word = magnitude_of(one, i, c, &negative) >> (one->dtype == CERTIGAR_FLOAT32 ? 32 : 0);
  const unsigned fraction_bits = one->dtype == CERTIGAR_FLOAT32 ? 23 : 52;
  const uint64_t exponent = word >> fraction_bits;
  if (exponent > 0) word = (word & (((uint64_t)1 << fraction_bits) - 1)) | (uint64_t)1 << fraction_bits;
  mpz_set_ui(value, word);
  if (exponent > 1) mpz_mul_2exp(value, value, (mp_bitcnt_t)exponent - 1);
  if (negative) mpz_neg(value, value);
}

static int compare_z(const void *left, const void *right) {
  return mpz_cmp(*(const mpz_t *)left, *(const mpz_t *)right);
}

/* Twice the sum of the distances of row j to the medians of the finite rows, in units. */
static void median_distance(const row_case *one, size_t j, mpz_ptr distance) {
  mpz_t column[ROW_CASE_LOSSES], value;
  size_t m = 0;
  mpz_init(value);
  mpz_set_ui(distance, 0);
  for (size_t i = 0; i < one->n; i++) mpz_init(column[i]);
  for (size_t c = 0; c < one->d; c++) {
    m = 0;
    for (size_t i = 0; i < one->n; i++)
      if (row_is_finite(one, i)) unit_value(one, i, c, column[m++]);
    qsort(column, m, sizeof *column, compare_z);
    unit_value(one, j, c, value);
    mpz_mul_ui(value, value, 2);
    mpz_sub(value, value, column[(m - 1) / 2]);
    mpz_sub(value, value, column[m / 2]);
    mpz_abs(value, value);
    mpz_add(distance, distance, value);
  }
  for (size_t i = 0; i < one->n; i++) mpz_clear(column[i]);
  mpz_clear(value);
}

/* No limit, a number, or about half the distance of a finite row: exactly, by a unit or much less of it too small, by a unit too great, or some. */
static void fill_threshold(row_case *one, size_t way, generate_random *random) {
  mpz_t distance;
  size_t j = (size_t)generate_below(random, one->n);
  strcpy(one->threshold, way == 0 ? "inf" : "1");
  one->threshold_exponent = way == 1 ? (int)generate_below(random, 100) - 50 : -9000;
  while (j < one->n && !row_is_finite(one, j)) j++;
  if (way < 2 || j == one->n) return;
  mpz_init(distance);
  median_distance(one, j, distance);
  mpz_mul_2exp(distance, distance, 60);
  one->threshold_exponent = (int)unit_exponent(one->dtype) - 62; /* 4T is the distance, which has so many bits more */
  if (way == 4) mpz_sub_ui(distance, distance, 1);
  if (way == 5) mpz_sub_ui(distance, distance, (unsigned long)1 << 60);
  if (way == 6) mpz_add_ui(distance, distance, (unsigned long)1 << 60);
  if (way == 7) mpz_mul_ui(distance, distance, 3);
  size_t bits = mpz_sizeinbase(distance, 2), spare = mpz_sgn(distance) > 0 ? mpz_scan1(distance, 0) : 0;
  if (bits - spare > 160) spare = bits - 160;
  mpz_fdiv_q_2exp(distance, distance, (mp_bitcnt_t)spare);
  if (mpz_sgn(distance) > 0) {
    mpz_get_str(one->threshold, 16, distance);
    one->threshold_exponent += (int)spare;
  }
  mpz_clear(distance);
}

static uint64_t any_double(generate_random *random) {
  static const uint64_t some[] = {0, UINT64_C(1) << 63, UINT64_C(0x3ff0000000000000), UINT64_C(0xbff0000000000000), UINT64_C(0x7ff0000000000000),
                                  UINT64_C(0xfff0000000000000), UINT64_C(0x7ff8000000000000), UINT64_C(0xfff0000000000001), 1,
                                  UINT64_C(0x8000000000000001), UINT64_C(0x7fefffffffffffff), UINT64_C(0xffefffffffffffff)};
  const uint64_t which = generate_below(random, 3 * sizeof some / sizeof *some);
  return which < sizeof some / sizeof *some ? some[which] : generate_next(random);
}

/* rho times the squared norm of a finite row, cut to a double. */
static uint64_t scaled_norm(const row_case *one, size_t i) {
  mpz_t value, norm;
  mpq_t scaled, rho;
  uint64_t word;
  mpz_inits(value, norm, (mpz_ptr)NULL);
  mpq_inits(scaled, rho, (mpq_ptr)NULL);
  for (size_t c = 0; c < one->d; c++) {
    unit_value(one, i, c, value);
    mpz_addmul(norm, value, value);
  }
  mpq_set_z(scaled, norm);
  mpq_div_2exp(scaled, scaled, (mp_bitcnt_t)(-2 * unit_exponent(one->dtype)));
  read_rational(rho, one->rho, 10, 0);
  mpq_mul(scaled, scaled, rho);
  const double cut = mpq_get_d(scaled);
  memcpy(&word, &cut, sizeof word);
  mpz_clears(value, norm, (mpz_ptr)NULL);
  mpq_clears(scaled, rho, (mpq_ptr)NULL);
  return word;
}

/* Losses 0 and -rho N_i, so that all scores are nearly 0, or 1 and some integer; or anything. Scores: any, or integers. */
static void fill_losses(row_case *one, size_t way, generate_random *random) {
  static const uint64_t small[] = {0, UINT64_C(0x3ff0000000000000), UINT64_C(0x4000000000000000), UINT64_C(0x8000000000000000)};
  one->complete = way < 2;
  for (size_t i = 0; i <= one->n; i++) {
    const int norm = i > 0 && way >= 4 && row_is_finite(one, i - 1);
    one->losses[i] = way % 2 == 0 ? small[generate_below(random, 4)] : any_double(random);
    if (way >= 4 && (way != 7 || i == 0)) one->losses[i] = 0;
    if (norm && way < 7) one->losses[i] = scaled_norm(one, i - 1) ^ (uint64_t)1 << 63;
    if (norm && way == 5 && generate_below(random, 2)) one->losses[i] ^= 1;
    if (norm && way == 6 && generate_below(random, 4) == 0) one->losses[i] += generate_below(random, 3) - 1;
  }
  if (one->complete) one->losses[0] = 0;
}

void row_case_fill(row_case *one) {
  generate_random random = {seed_of(one)};
  one->beta = betas[one->choice / WAYS % BETAS];
  one->rho = rhos[one->choice / WAYS % RHOS];
  if (one->rule == CERTIGAR_BRSGD) fill_threshold(one, one->choice % WAYS, &random);
  if (one->rule == CERTIGAR_ZENO) fill_losses(one, one->choice % WAYS, &random);
}

static double loss_of(void *context, size_t row) {
  const uint64_t *losses = context;
  double loss;
  memcpy(&loss, &losses[row == SIZE_MAX ? 0 : row + 1], sizeof loss);
  return loss;
}

/* rho times 2^rho_exponent as text: in hexadecimal with a power of two if that is exact. Returns 0 if it is too long. */
static int write_rho(const row_case *one, char text[CERTIGAR_NUMBER_MAX + 1]) {
  const size_t size = CERTIGAR_NUMBER_MAX + 1;
  mpq_t rho;
  int length = snprintf(text, size, "%s", one->rho);
  mpq_init(rho);
  read_rational(rho, one->rho, 10, 0);
  if (one->rho_exponent != 0 && mpz_cmp_ui(mpq_denref(rho), 1) == 0) {
    length = gmp_snprintf(text, size, "0x%Zxp%d", mpq_numref(rho), one->rho_exponent);
  } else if (one->rho_exponent != 0) {
    read_rational(rho, one->rho, 10, one->rho_exponent);
    length = gmp_snprintf(text, size, "%Qd", rho);
  }
  mpq_clear(rho);
  return length < (int)size;
}

void row_case_set(const row_case *one, certigar_options *options) {
  char text[CERTIGAR_NUMBER_MAX + 1] = "inf";
  certigar_options_set_f(options, one->f);
  certigar_options_set_m(options, one->m);
  certigar_options_set_pivot(options, one->pivot);
  certigar_options_set_variant(options, one->variant == 0 ? CERTIGAR_ONE_PASS : CERTIGAR_ITERATED);
  if (one->rule == CERTIGAR_BRSGD) {
    if (has_threshold(one)) snprintf(text, sizeof text, "0x%sp%d", one->threshold, one->threshold_exponent);
    if (!certigar_options_set_beta(options, one->beta) || !certigar_options_set_threshold(options, text)) abort();
  } else if (one->rule == CERTIGAR_ZENO && one->complete) {
    certigar_options_set_scores(options, (const double *)(const void *)&one->losses[1]);
  } else if (one->rule == CERTIGAR_ZENO) {
    if (!write_rho(one, text) || !certigar_options_set_loss(options, text, loss_of, (void *)(uintptr_t)one->losses)) abort();
  }
}

row_case row_case_permuted(const row_case *one, const size_t *from) {
  row_case moved = *one;
  for (size_t i = 0; i < one->n; i++) {
    if (from[i] == one->pivot) moved.pivot = i;
    if (one->rule == CERTIGAR_ZENO) moved.losses[1 + i] = one->losses[1 + from[i]];
  }
  return moved;
}

int row_case_scale(row_case *one, int64_t shift) {
  char text[CERTIGAR_NUMBER_MAX + 1];
  one->threshold_exponent += (int)shift;
  one->rho_exponent -= 2 * (int)shift; /* losses do not grow with the rows, so that rho times a squared norm must not either */
  return one->rule != CERTIGAR_ZENO || one->complete || write_rho(one, text);
}

/* ---- bounds ---- */

/* How a bound lies to an exact number: negative, 0, positive as it is less, equal, greater. exponent: of the number's unit. */
static int compare_bound(const certigar_bound *bound, int64_t exponent, const reference_extended *exact) {
  if (bound->infinite || exact->infinite) return (bound->infinite ? bound->negative ? -1 : 1 : 0) - exact->infinite;
  mpq_t value;
  mpq_init(value);
  value_of(bound, -exponent, value);
  const int order = mpq_cmp(value, exact->value);
  mpq_clear(value);
  return order;
}

static void print_bound(char *text, size_t size, const certigar_bound *bound) {
  if (bound->infinite) {
    snprintf(text, size, "%sinf", bound->negative ? "-" : "");
  } else {
    snprintf(text, size, "%s%016" PRIx64 " 2^%d", bound->negative ? "-" : "", bound->significand, bound->exponent);
  }
}

static void print_exact(char *text, size_t size, const reference_extended *exact) {
  if (exact->infinite) {
    snprintf(text, size, exact->infinite < 0 ? "-inf" : "inf");
  } else if (gmp_snprintf(text, size, "%#Qx", exact->value) >= (int)size) {
    snprintf(text, size, "about %.17g", mpq_get_d(exact->value));
  }
}

static int same_bound(const certigar_bound *a, const certigar_bound *b) {
  return a->infinite == b->infinite && (a->negative == b->negative || (!a->infinite && a->significand == 0)) && (a->infinite || (a->significand == b->significand && (a->significand == 0 || a->exponent == b->exponent)));
}

/* ---- the certificate against the reference ---- */

static void check_count(const row_case *one, const char *what, size_t got, size_t wanted) {
  char got_text[32], wanted_text[32];
  if (got == wanted) return;
  snprintf(got_text, sizeof got_text, "%zu", got);
  snprintf(wanted_text, sizeof wanted_text, "%zu", wanted);
  one->complain(one->context, what, got_text, wanted_text);
}

static void check_selected(const row_case *one, const char *what, const certigar_certificate *certificate, const size_t *rows,
                           size_t count) {
  char got[512] = "", wanted[512] = "";
  size_t used = 0;
  int same = certificate->selected_count == count && certificate->selected != NULL;
  for (size_t k = 0; same && k < count; k++) same = certificate->selected[k] == rows[k];
  if (same) return;
  for (size_t k = 0; certificate->selected != NULL && k < certificate->selected_count && used + 8 < sizeof got; k++)
    used += (size_t)snprintf(got + used, sizeof got - used, " %zu", certificate->selected[k]);
  used = 0;
  for (size_t k = 0; k < count && used + 8 < sizeof wanted; k++) used += (size_t)snprintf(wanted + used, sizeof wanted - used, " %zu", rows[k]);
  one->complain(one->context, what, got, wanted);
}

static void check_scores(const row_case *one, const char *what, const certigar_certificate *certificate, const size_t *from,
                         const reference_selection *report) {
  const int any = !row_rule_of(one->rule)->no_scores, numbers = row_rule_of(one->rule)->scores_in == NUMBERS;
  if (any != (certificate->scores != NULL)) {
    one->complain(one->context, what, any ? "no scores" : "scores", any ? "scores" : "no scores");
    return;
  }
  check_count(one, "score_count", certificate->score_count, any ? one->n : 0);
  const int64_t unit = numbers ? 0 : 2 * unit_exponent(one->dtype);
  reference_extended none = {.infinite = -1};
  for (size_t i = 0; any && i < one->n; i++) {
    const certigar_interval *score = &certificate->scores[i];
    const size_t row = from != NULL ? from[i] : i;
    const reference_extended *exact = report->has_score[row] ? &report->scores[row] : &none;
    if (!report->has_score[row] && one->rule != CERTIGAR_BRSGD) continue;
    if (compare_bound(&score->lower, unit, exact) <= 0 && compare_bound(&score->upper, unit, exact) >= 0) continue;
    char got[128], wanted[2048], title[160];
    snprintf(title, sizeof title, "%s: the score of row %zu is not in its interval", what, i);
    print_bound(got, sizeof got, &score->lower);
    snprintf(got + strlen(got), sizeof got - strlen(got), " .. ");
    print_bound(got + strlen(got), sizeof got - strlen(got), &score->upper);
    print_exact(wanted, sizeof wanted, exact);
    snprintf(wanted + strlen(wanted), sizeof wanted - strlen(wanted), "%s", numbers ? "" : " squared units");
    one->complain(one->context, title, got, wanted);
  }
}

/* Pairs of finite rows that differ as numbers. */
static size_t different_pairs(const row_case *one) {
  size_t rows = 0;
  for (size_t i = 0; i < one->n; i++) {
    int first = row_is_finite(one, i);
    for (size_t j = 0; first && j < i; j++) first = !rows_are_equal(one, i, j);
    rows += (size_t)first;
  }
  return rows * (rows - (rows > 0)) / 2;
}

static int scores_are_exact(const row_case *one, const certigar_certificate *certificate) {
  int points = certificate->scores != NULL;
  for (size_t i = 0; points && i < one->n; i++) points = same_bound(&certificate->scores[i].lower, &certificate->scores[i].upper);
  return points || (!row_rule_of(one->rule)->from_one && certificate->exact_distances == different_pairs(one));
}

/* margin >= exact (1 - 2^-60), and infinite if that is */
static int is_near(const certigar_bound *margin, const reference_extended *exact) {
  if (margin->infinite || exact->infinite) return margin->infinite && exact->infinite;
  mpq_t value, least;
  mpq_inits(value, least, (mpq_ptr)NULL);
  value_of(margin, 0, value);
  mpq_div_2exp(least, exact->value, 60);
  mpq_sub(least, exact->value, least);
  const int near = mpq_cmp(value, least) >= 0;
  mpq_clears(value, least, (mpq_ptr)NULL);
  return near;
}

static void check_margin(const row_case *one, const char *what, const certigar_certificate *certificate,
                         const reference_selection *report) {
  const certigar_bound *margin = &certificate->margin;
  const char *wrong = NULL;
  if (compare_bound(margin, 0, &report->margin) > 0) {
    wrong = "the margin is greater than the exact one";
  } else if (report->selection_ties == 0 && !margin->infinite && margin->significand == 0) {
    wrong = "no tie, but a margin of zero";
  } else if (row_rule_of(one->rule)->one_selection && scores_are_exact(one, certificate) && !is_near(margin, &report->margin)) {
    wrong = "the scores are exact, the margin is not";
  }
  if (wrong == NULL) return;
  char got[128], wanted[2048], title[160];
  snprintf(title, sizeof title, "%s: %s", what, wrong);
  print_bound(got, sizeof got, margin);
  print_exact(wanted, sizeof wanted, &report->margin);
  one->complain(one->context, title, got, wanted);
}

static void check_nonfinite(const row_case *one, const certigar_certificate *certificate) {
  for (size_t i = 0, k = 0; i < one->n; i++)
    if (!row_is_finite(one, i)) check_count(one, "an entry of nonfinite_rows", certificate->nonfinite_rows[k++], i);
}

void judge_choice(const row_case *one, const certigar_certificate *certificate, const reference_selection *report) {
  check_selected(one, "the selected rows differ", certificate, report->rows, report->count);
  check_scores(one, "certigar and the reference", certificate, NULL, report);
  check_margin(one, "certigar and the reference", certificate, report);
}

void judge_certificate(const row_case *one, certigar_status status, const certigar_certificate *certificate, const reference_selection *report) {
  check_count(one, "the status", (size_t)status,
              report->no_value ? CERTIGAR_NO_VALUE : report->not_finite ? CERTIGAR_NOT_FINITE : CERTIGAR_OK);
  check_count(one, "nonfinite_row_count", certificate->nonfinite_row_count, report->nonfinite_rows);
  check_count(one, "nonfinite_outputs", certificate->nonfinite_outputs, report->nonfinite_outputs);
  check_count(one, "ties", certificate->ties, report->selection_ties + report->column_ties);
  const size_t means = one->variant > 0 ? (one->n + 1) * one->d : one->d; /* of every round, and of their rows */
  if (certificate->exact_evaluations > means) check_count(one, "exact_evaluations, at most so many", certificate->exact_evaluations, means);
  const size_t distances = row_rule_of(one->rule)->from_one ? one->n : different_pairs(one);
  if (certificate->exact_distances > distances) check_count(one, "exact_distances, at most so many", certificate->exact_distances, distances);
  if (certificate->nonfinite_row_count == report->nonfinite_rows) check_nonfinite(one, certificate);
  judge_choice(one, certificate, report);
}

/* ---- between results of certigar ---- */

void judge_same(const row_case *one, const char *what, const certigar_certificate *got, const certigar_certificate *wanted) {
  char title[200];
  const struct {
    const char *name;
    size_t got, wanted;
  } counts[] = {{"ties", got->ties, wanted->ties},
                {"nonfinite_row_count", got->nonfinite_row_count, wanted->nonfinite_row_count},
                {"nonfinite_outputs", got->nonfinite_outputs, wanted->nonfinite_outputs},
                {"exact_evaluations", got->exact_evaluations, wanted->exact_evaluations},
                {"exact_distances", got->exact_distances, wanted->exact_distances}};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
    snprintf(title, sizeof title, "%s: %s", what, counts[i].name);
    check_count(one, title, counts[i].got, counts[i].wanted);
  }
  snprintf(title, sizeof title, "%s: selected", what);
  check_selected(one, title, got, wanted->selected, wanted->selected_count);
  if (!same_bound(&got->margin, &wanted->margin)) {
    char got_text[128], wanted_text[128];
    snprintf(title, sizeof title, "%s: margin", what);
    print_bound(got_text, sizeof got_text, &got->margin);
    print_bound(wanted_text, sizeof wanted_text, &wanted->margin);
    one->complain(one->context, title, got_text, wanted_text);
  }
  snprintf(title, sizeof title, "%s: another score, of the row that", what);
  for (size_t i = 0; got->scores != NULL && wanted->scores != NULL && i < one->n; i++)
    if (!same_bound(&got->scores[i].lower, &wanted->scores[i].lower) || !same_bound(&got->scores[i].upper, &wanted->scores[i].upper))
      check_count(one, title, i, one->n);
}

void judge_permuted(const row_case *one, const size_t *from, const certigar_certificate *certificate, const certigar_certificate *first,
                    const reference_selection *report) {
  if (report->selection_ties == 0) {
    size_t *selected = malloc(one->n * sizeof *selected), count = 0;
    if (selected == NULL) abort();
    for (size_t i = 0; i < one->n; i++)
      for (size_t k = 0; k < report->count; k++)
        if (report->rows[k] == from[i]) selected[count++] = i;
    check_selected(one, "permuted rows: others are selected", certificate, selected, count);
    check_count(one, "permuted rows: exact_evaluations", certificate->exact_evaluations, first->exact_evaluations);
    free(selected);
  } else if (!row_rule_of(one->rule)->one_selection) {
    return; /* each choice may lead to others */
  }
  check_count(one, "permuted rows: ties", certificate->ties, first->ties);
  check_scores(one, "permuted rows", certificate, from, report);
  check_margin(one, "permuted rows", certificate, report);
}

void judge_scaled(const row_case *one, const char *what, const certigar_certificate *certificate, size_t ties, const reference_selection *report) {
  check_selected(one, what, certificate, report->rows, report->count);
  if (one->variant == 0) check_count(one, "ties of the scaled matrix", certificate->ties, ties); /* else rounded means tie, which may be subnormal */
  if (compare_bound(&certificate->margin, 0, &report->margin) > 0)
    one->complain(one->context, "the margin of the scaled matrix is greater than the exact one", "", "");
}
