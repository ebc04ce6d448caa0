/* certigar_attack.h as a program meets it: every attack on rows of whole numbers whose result is seen at a glance, what each option does, what is
 * refused, and in which words. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "certigar_attack.h"
#include "train/random.h"

enum { N = 5, Q = 2, D = 2, HONEST = N - Q, SIZE = N * D, ATTACKS = CERTIGAR_ATTACK_EMPIRE_SEARCH + 1 };

/* Honest mean (3, 10), deviation (2, 0); the attackers' own (3, 6), (sqrt 2, sqrt 8). */
static const double before[SIZE] = {1, 10, 3, 10, 5, 10, 2, 4, 4, 8};

static float narrow[SIZE];
static double wide[SIZE];
static certigar_message message;

static certigar_attack_options *options_new(void)
{
  certigar_attack_options *options = certigar_attack_options_new();
  assert_non_null(options);
  return options;
}

static certigar_plan *plan_of(certigar_rule rule, certigar_dtype dtype, size_t n, certigar_options *options)
{
  certigar_plan *plan;
  assert_int_equal(certigar_plan_new(&plan, rule, dtype, n, options, &message), CERTIGAR_OK);
  return plan;
}

/* Both types of rows, the options' plan being for one of them at most. */
static certigar_status send(certigar_attack attack, int is_double, size_t n, size_t q, const certigar_attack_options *options)
{
  for (int i = 0; i < SIZE; i++) {
    narrow[i] = (float)before[i];
    wide[i] = before[i];
  }
  strcpy(message.text, "of an earlier call");
  certigar_status status = is_double ? certigar_attack_f64(attack, wide, n, D, q, options, &message)
                                     : certigar_attack_f32(attack, narrow, n, D, q, options, &message);
  for (int i = 0; i < SIZE && is_double; i++) narrow[i] = (float)wide[i];
  if (status == CERTIGAR_OK) assert_string_equal(message.text, "");
  return status;
}

static void assert_row(const char *what, int row, double first, double second)
{
  double wanted[D] = {first, second};
  for (int c = 0; c < D; c++) {
    double got = (double)narrow[row * D + c];
    if (!(fabs(got - wanted[c]) <= 1e-6 * fabs(wanted[c]))) fail_msg("%s: row %d holds %.9g, wanted %.9g", what, row, got, wanted[c]);
  }
}

static void assert_honest_rows_alone(void)
{
  for (int i = 0; i < HONEST * D; i++) assert_true((double)narrow[i] == before[i]);
}

/* Sends to rows of both types; the two attackers' rows. */
static void assert_sends(certigar_attack attack, const certigar_attack_options *options, const double wanted[4])
{
  for (int is_double = 0; is_double < 2; is_double++) {
    if (send(attack, is_double, N, Q, options) != CERTIGAR_OK) fail_msg("%s", message.text);
    assert_honest_rows_alone();
    assert_row(certigar_attack_name(attack), HONEST, wanted[0], wanted[1]);
    assert_row(certigar_attack_name(attack), HONEST + 1, wanted[2], wanted[3]);
  }
}

/* ---- what is known of attacks ---- */

static void names(void **state)
{
  static const char *const wanted[ATTACKS] = {
      "little", "alie", "empire", "ipm", "sign-flip", "label-flip", "label-permutation", "inf", "minus-inf", "nan", "gaussian", "model-negation",
      "gradient-scale", "mimic", "min-max", "leeway", "little-search", "empire-search"};
  (void)state;
  for (int i = 0; i < ATTACKS; i++) {
    certigar_attack found = (certigar_attack)-1;
    assert_string_equal(certigar_attack_name((certigar_attack)i), wanted[i]);
    assert_int_equal(certigar_attack_from_name(wanted[i], &found), 1);
    assert_int_equal(found, i);
  }
  certigar_attack kept = CERTIGAR_ATTACK_NAN;
  assert_null(certigar_attack_name((certigar_attack)ATTACKS));
  assert_null(certigar_attack_name((certigar_attack)-1));
  assert_int_equal(certigar_attack_from_name("none", &kept), 0);
  assert_int_equal(kept, CERTIGAR_ATTACK_NAN);
}

static unsigned bit(certigar_attack attack)
{
  return 1u << attack;
}

static void traits(void **state)
{
  unsigned omniscient = 0, on_labels = 0, has_strength = 0, has_target = 0, searches = 0, needs_two = 0;
  certigar_attack_traits t = {.summary = NULL};
  (void)state;
  assert_int_equal(certigar_attack_describe((certigar_attack)ATTACKS, &t), 0);
  assert_null(t.summary);
  for (unsigned i = 0; i < ATTACKS; i++) {
    assert_int_equal(certigar_attack_describe((certigar_attack)i, &t), 1);
    assert_true(strlen(t.summary) > 5 && t.least_seen >= 1);
    omniscient |= (unsigned)t.omniscient << i;
    on_labels |= (unsigned)t.on_labels << i;
    has_strength |= (unsigned)t.has_strength << i;
    has_target |= (unsigned)t.has_target << i;
    searches |= (unsigned)t.searches << i;
    needs_two |= (unsigned)(t.least_seen == 2) << i;
    assert_int_equal(t.has_strength, !isnan(certigar_attack_strength((certigar_attack)i, N, Q)));
  }
  const unsigned searched = bit(CERTIGAR_ATTACK_LITTLE_SEARCH) | bit(CERTIGAR_ATTACK_EMPIRE_SEARCH);
  const unsigned labels = bit(CERTIGAR_ATTACK_LABEL_FLIP) | bit(CERTIGAR_ATTACK_LABEL_PERMUTATION);
  const unsigned far = bit(CERTIGAR_ATTACK_ALIE) | bit(CERTIGAR_ATTACK_MIMIC) | bit(CERTIGAR_ATTACK_MIN_MAX) | bit(CERTIGAR_ATTACK_LEEWAY) | searched;
  assert_int_equal(on_labels, labels);
  assert_int_equal(searches, searched);
  assert_int_equal(has_target, bit(CERTIGAR_ATTACK_MIMIC) | bit(CERTIGAR_ATTACK_LEEWAY));
  assert_int_equal(needs_two, far | bit(CERTIGAR_ATTACK_LITTLE));
  assert_int_equal(omniscient, far | bit(CERTIGAR_ATTACK_IPM) | bit(CERTIGAR_ATTACK_MODEL_NEGATION));
  assert_int_equal(has_strength, (1u << ATTACKS) - 1 - labels - bit(CERTIGAR_ATTACK_INF) - bit(CERTIGAR_ATTACK_MINUS_INF) - bit(CERTIGAR_ATTACK_NAN) -
                                     bit(CERTIGAR_ATTACK_MIMIC));
}

/* Baruch et al. 2019 have z of 50 workers, 24 and 12 of them corrupted. */
static void strengths(void **state)
{
  (void)state;
  assert_true(certigar_attack_strength(CERTIGAR_ATTACK_EMPIRE, N, Q) == 0.9);
  assert_true(certigar_attack_strength(CERTIGAR_ATTACK_GRADIENT_SCALE, 1, 1) == -1e10);
  assert_true(fabs(certigar_attack_strength(CERTIGAR_ATTACK_ALIE, 50, 24) - 1.4260768722) < 1e-9);
  assert_true(fabs(certigar_attack_strength(CERTIGAR_ATTACK_ALIE, 50, 12) - 0.3360381404) < 1e-9);
  assert_true(isnan(certigar_attack_strength(CERTIGAR_ATTACK_ALIE, 5, 5)));
  assert_true(isnan(certigar_attack_strength(CERTIGAR_ATTACK_ALIE, 5, 0)));
  assert_true(isnan(certigar_attack_strength((certigar_attack)ATTACKS, N, Q)));
}

/* ---- what is sent ---- */

static void definitions(void **state)
{
  static const double z = 0.4307272993; /* the quantile of 2/3: one of three honest rows lies beyond */
  const struct {
    certigar_attack attack;
    double sent[4];
  } cases[] = {
      {CERTIGAR_ATTACK_LITTLE, {2 - sqrt(2), 4 - sqrt(8), 4 - sqrt(2), 8 - sqrt(8)}},
      {CERTIGAR_ATTACK_ALIE, {3 - 2 * z, 10, 3 - 2 * z, 10}},
      {CERTIGAR_ATTACK_EMPIRE, {-1.8, -3.6, -3.6, -7.2}},
      {CERTIGAR_ATTACK_IPM, {-0.3, -1, -0.3, -1}},
      {CERTIGAR_ATTACK_SIGN_FLIP, {-2, -4, -4, -8}},
      {CERTIGAR_ATTACK_MODEL_NEGATION, {-9e10, -3e11, -9e10, -3e11}},
      {CERTIGAR_ATTACK_GRADIENT_SCALE, {2e10, 4e10, 4e10, 8e10}},
      {CERTIGAR_ATTACK_MIMIC, {1, 10, 1, 10}},
      {CERTIGAR_ATTACK_MIN_MAX, {1, 10, 1, 10}}, /* as far from (5, 10) as (1, 10) is */
      {CERTIGAR_ATTACK_LEEWAY, {7, 10, 7, 10}},  /* as far from (5, 10), the nearest row, as honest rows are from theirs */
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_sends(cases[i].attack, NULL, cases[i].sent);
  for (int is_double = 0; is_double < 2; is_double++)
    for (int c = 0; c < Q * D; c++) {
      assert_int_equal(send(CERTIGAR_ATTACK_INF, is_double, N, Q, NULL), CERTIGAR_OK);
      assert_true(narrow[HONEST * D + c] > 3.5e38);
      assert_int_equal(send(CERTIGAR_ATTACK_MINUS_INF, is_double, N, Q, NULL), CERTIGAR_OK);
      assert_true(narrow[HONEST * D + c] < -3.5e38);
      assert_int_equal(send(CERTIGAR_ATTACK_NAN, is_double, N, Q, NULL), CERTIGAR_OK);
      assert_true(isnan(narrow[HONEST * D + c]));
      assert_honest_rows_alone();
    }
}

static void options_say_otherwise(void **state)
{
  (void)state;
  certigar_attack_options *options = options_new();
  certigar_attack_options_set_strength(options, 2);
  assert_sends(CERTIGAR_ATTACK_IPM, options, (const double[]){-6, -20, -6, -20});
  assert_sends(CERTIGAR_ATTACK_ALIE, options, (const double[]){-1, 10, -1, 10});
  certigar_attack_options_set_omniscient(options, 0);
  assert_sends(CERTIGAR_ATTACK_IPM, options, (const double[]){-6, -12, -6, -12});
  certigar_attack_options_set_omniscient(options, 7);
  assert_sends(CERTIGAR_ATTACK_LITTLE, options, (const double[]){-2, 4, 0, 8});
  certigar_attack_options_free(options);

  options = options_new();
  certigar_attack_options_set_target(options, 2);
  assert_sends(CERTIGAR_ATTACK_MIMIC, options, (const double[]){5, 10, 5, 10});
  certigar_attack_options_set_target(options, 1);
  assert_sends(CERTIGAR_ATTACK_LEEWAY, options, (const double[]){3, 12, 3, 12}); /* g^2, of the row at the mean, is below 4 */
  certigar_attack_options_set_f(options, 0);
  assert_sends(CERTIGAR_ATTACK_LEEWAY, options, (const double[]){3, 10 + sqrt(2), 3, 10 + sqrt(2)}); /* 4 + 2 g^2, of the two nearest, is below 8 */
  certigar_attack_options_free(options);
  certigar_attack_options_free(NULL);
}

/* The stream is that of a run of certigar train. */
static void the_seed_and_the_step_decide_the_noise(void **state)
{
  (void)state;
  certigar_attack_options *options = options_new();
  assert_int_equal(send(CERTIGAR_ATTACK_GAUSSIAN, 0, N, Q, NULL), CERTIGAR_OK);
  for (uint64_t seed = 0; seed < 2; seed++)
    for (uint64_t step = 0; step < 2; step++) {
      random_stream random = random_open(seed, RANDOM_ATTACK, step, 0);
      certigar_attack_options_set_seed(options, seed, step);
      assert_int_equal(send(CERTIGAR_ATTACK_GAUSSIAN, 0, N, Q, options), CERTIGAR_OK);
      assert_honest_rows_alone();
      for (int i = HONEST * D; i < SIZE; i++) assert_true(narrow[i] == (float)(200 * random_normal(&random)));
      float first[SIZE];
      memcpy(first, narrow, sizeof first);
      assert_int_equal(send(CERTIGAR_ATTACK_GAUSSIAN, 0, N, Q, NULL), CERTIGAR_OK);
      assert_int_equal(memcmp(first, narrow, sizeof first) == 0, seed == 0 && step == 0);
    }
  certigar_attack_options_free(options);
}

/* An average moves with the rows: each of the 15 steps helps, and is twice the one before. */
static void a_search_goes_as_far_as_the_rule_goes_along(void **state)
{
  (void)state;
  certigar_attack_options *options = options_new();
  for (int is_double = 0; is_double < 2; is_double++) {
    certigar_plan *plan = plan_of(CERTIGAR_AVERAGE, is_double ? CERTIGAR_FLOAT64 : CERTIGAR_FLOAT32, N, NULL);
    certigar_attack_options_set_plan(options, plan);
    assert_int_equal(send(CERTIGAR_ATTACK_EMPIRE_SEARCH, is_double, N, Q, options), CERTIGAR_OK);
    assert_honest_rows_alone();
    for (int row = HONEST; row < N; row++) assert_row("empire-search", row, -32766 * 3, -32766 * 10);
    assert_int_equal(send(CERTIGAR_ATTACK_LITTLE_SEARCH, is_double, N, Q, options), CERTIGAR_OK);
    assert_honest_rows_alone();
    for (int row = HONEST; row < N; row++) assert_row("little-search", row, 3 - 32767 * 2, 10);
    certigar_plan_free(plan);
  }
  certigar_attack_options_free(options);
}

/* Rows of which all are the attackers', one alone, and rows without columns. */
static void few_rows(void **state)
{
  float one[1] = {3}, none[1] = {7};
  (void)state;
  assert_int_equal(certigar_attack_f32(CERTIGAR_ATTACK_SIGN_FLIP, one, 1, 1, 1, NULL, NULL), CERTIGAR_OK);
  assert_true(one[0] == -3);
  assert_int_equal(send(CERTIGAR_ATTACK_LITTLE, 0, 2, 2, NULL), CERTIGAR_OK);
  assert_row("little", 0, 1 - sqrt(2), 10);
  assert_int_equal(certigar_attack_f32(CERTIGAR_ATTACK_INF, none, 3, 0, 1, NULL, NULL), CERTIGAR_OK);
  assert_true(none[0] == 7);
}

static void labels(void **state)
{
  size_t taken[10], again[10], other[10];
  unsigned found = 0;
  (void)state;
  assert_int_equal(certigar_attack_labels(CERTIGAR_ATTACK_LABEL_FLIP, 10, 1, taken, &message), CERTIGAR_OK);
  for (size_t y = 0; y < 10; y++) assert_int_equal(taken[y], 9 - y);
  assert_int_equal(certigar_attack_labels(CERTIGAR_ATTACK_LABEL_PERMUTATION, 10, 1, taken, &message), CERTIGAR_OK);
  assert_int_equal(certigar_attack_labels(CERTIGAR_ATTACK_LABEL_PERMUTATION, 10, 1, again, NULL), CERTIGAR_OK);
  assert_int_equal(certigar_attack_labels(CERTIGAR_ATTACK_LABEL_PERMUTATION, 10, 2, other, NULL), CERTIGAR_OK);
  for (size_t y = 0; y < 10; y++) found |= 1u << taken[y];
  assert_int_equal(found, (1u << 10) - 1);
  assert_memory_equal(taken, again, sizeof taken);
  assert_true(memcmp(taken, other, sizeof taken) != 0);
  assert_int_equal(certigar_attack_labels(CERTIGAR_ATTACK_NAN, 10, 1, again, &message), CERTIGAR_BAD_PARAMETER);
  assert_string_equal(message.text, "nan is an attack on rows, not on labels");
  assert_memory_equal(taken, again, sizeof taken);
}

/* ---- what is refused ---- */

static void assert_refused(certigar_attack attack, size_t n, size_t q, const certigar_attack_options *options, const char *said)
{
  for (int is_double = 0; is_double < 2; is_double++) {
    assert_int_equal(send(attack, is_double, n, q, options), CERTIGAR_BAD_PARAMETER);
    for (int i = 0; i < SIZE; i++) assert_true((double)narrow[i] == before[i]);
    if (!strstr(message.text, said)) fail_msg("'%s' does not say '%s'", message.text, said);
  }
}

static void wrong_attacks_and_shapes(void **state)
{
  (void)state;
  assert_refused((certigar_attack)ATTACKS, N, Q, NULL, "attack is 18, which is no attack");
  assert_refused((certigar_attack)-1, N, Q, NULL, "attack is -1, which is no attack");
  assert_refused(CERTIGAR_ATTACK_LABEL_FLIP, N, Q, NULL, "label-flip is an attack on labels, not on rows");
  assert_refused(CERTIGAR_ATTACK_NAN, 0, 1, NULL, "nan: n = 0 rows, must be 1 to 16777216");
  assert_refused(CERTIGAR_ATTACK_NAN, CERTIGAR_ROWS_MAX + 1, 1, NULL, "n = 16777217");
  assert_refused(CERTIGAR_ATTACK_NAN, N, 0, NULL, "nan: q = 0 with n = 5 rows, must be 1 to 5");
  assert_refused(CERTIGAR_ATTACK_NAN, N, N + 1, NULL, "q = 6 with n = 5 rows, must be 1 to 5");
  assert_refused(CERTIGAR_ATTACK_IPM, N, N, NULL, "ipm: q = 5 with n = 5 rows, must be 1 to 4, since attackers are omniscient");
  assert_refused(CERTIGAR_ATTACK_LITTLE, N, 1, NULL, "little: q = 1 with n = 5 rows: attackers that are not omniscient see 1, must see at least 2");
  assert_refused(CERTIGAR_ATTACK_MIN_MAX, N, 4, NULL, "min-max: q = 4 with n = 5 rows: attackers that are omniscient see 1, must see at least 2");
  assert_int_equal(certigar_attack_f64(CERTIGAR_ATTACK_NAN, wide, 2, SIZE_MAX / 15, 1, NULL, &message), CERTIGAR_BAD_PARAMETER);
  assert_non_null(strstr(message.text, "d = 1229782938247303441 coordinates with n = 2 rows, must be 0 to 1152921504606846975"));
}

static void wrong_options(void **state)
{
  (void)state;
  certigar_attack_options *options = options_new();
  certigar_attack_options_set_strength(options, 3);
  assert_refused(CERTIGAR_ATTACK_MIMIC, N, Q, options, "mimic has no strength, but one is given: 3");
  certigar_attack_options_set_strength(options, NAN);
  assert_refused(CERTIGAR_ATTACK_IPM, N, Q, options, "ipm: strength = nan, must be a number");
  certigar_attack_options_free(options);

  options = options_new();
  certigar_attack_options_set_omniscient(options, 0);
  assert_refused(CERTIGAR_ATTACK_ALIE, N, N, options, "alie: strength = nan, must be a number; with q = n it has none of its own");
  assert_refused(CERTIGAR_ATTACK_LITTLE_SEARCH, N, Q, options, "little-search: omniscient = 0, but it tries the rule on all rows");
  certigar_attack_options_set_target(options, 2);
  assert_refused(CERTIGAR_ATTACK_NAN, N, Q, options, "nan has no target, but one is given: 2");
  assert_refused(CERTIGAR_ATTACK_MIMIC, N, Q, options, "mimic: target = 2, must be less than the 2 rows that attackers see");
  assert_refused(CERTIGAR_ATTACK_LEEWAY, N, Q, options, "leeway: target = 2, must be less than the 2 columns");
  certigar_attack_options_free(options);
}

static int stop(void *context, size_t done, size_t total)
{
  (void)done;
  (void)total;
  return ++*(int *)context > 0;
}

static void wrong_plans(void **state)
{
  int asked = 0;
  (void)state;
  certigar_attack_options *options = options_new();
  certigar_options *rule = certigar_options_new();
  assert_non_null(rule);
  certigar_options_set_progress(rule, stop, &asked);
  certigar_plan *stopped = plan_of(CERTIGAR_KRUM, CERTIGAR_FLOAT32, N, rule), *longer = plan_of(CERTIGAR_MEDIAN, CERTIGAR_FLOAT32, N + 1, NULL);
  assert_refused(CERTIGAR_ATTACK_EMPIRE_SEARCH, N, Q, options, "empire-search: no plan is given");
  certigar_attack_options_set_plan(options, longer);
  assert_refused(CERTIGAR_ATTACK_EMPIRE_SEARCH, N, Q, options, "n = 5 rows, but the plan was made for 6");
  certigar_attack_options_set_plan(options, stopped);
  assert_refused(CERTIGAR_ATTACK_NAN, N, Q, options, "nan searches for nothing, but the plan of a rule is given");
  assert_int_equal(send(CERTIGAR_ATTACK_EMPIRE_SEARCH, 1, N, Q, options), CERTIGAR_BAD_PARAMETER);
  assert_non_null(strstr(message.text, "rows are float64, but the plan was made for others"));
  assert_int_equal(asked, 0);
  certigar_status status = send(CERTIGAR_ATTACK_EMPIRE_SEARCH, 0, N, Q, options);
  assert_int_equal(asked, 1);
  for (int i = 0; i < SIZE; i++) assert_true((double)narrow[i] == before[i]);
  assert_int_equal(status, CERTIGAR_STOPPED);
  certigar_plan_free(stopped);
  certigar_plan_free(longer);
  certigar_options_free(rule);
  certigar_attack_options_free(options);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(names),
      cmocka_unit_test(traits),
      cmocka_unit_test(strengths),
      cmocka_unit_test(definitions),
      cmocka_unit_test(options_say_otherwise),
      cmocka_unit_test(the_seed_and_the_step_decide_the_noise),
      cmocka_unit_test(a_search_goes_as_far_as_the_rule_goes_along),
      cmocka_unit_test(few_rows),
      cmocka_unit_test(labels),
      cmocka_unit_test(wrong_attacks_and_shapes),
      cmocka_unit_test(wrong_options),
      cmocka_unit_test(wrong_plans),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
