/* Attacks: what each sends is what its definition says, on rows of whole numbers where that is plain to see, and honest rows are left alone. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "attacks/attacks.h"
#include "certigar.h"

enum { N = 9, Q = 3, D = 40, HONEST = N - Q };

static float rows[N * D], before[N * D];

static void fill(uint64_t seed, double offset) {
  random_stream random = {seed};
  for (int i = 0; i < N * D; i++) before[i] = (float)(offset + random_normal(&random));
  memcpy(rows, before, sizeof rows);
}

static attack_case case_of(const char *name) {
  const attack *found = attack_named(name);
  assert_non_null(found);
  return (attack_case){.rows = rows, .n = N, .d = D, .q = Q, .f = Q, .omniscient = found->omniscient, .strength = found->strength, .random = {5}};
}

static void send(const char *name) {
  fill(1, 0.5);
  attack_case a = case_of(name);
  attack_named(name)->send(&a);
  assert_memory_equal(rows, before, HONEST * D * sizeof *rows);
}

static double mean_of(const float *x, int first, int count, int i) {
  double sum = 0;
  for (int r = first; r < first + count; r++) sum += (double)x[r * D + i];
  return sum / count;
}

static double deviation_of(const float *x, int first, int count, int i) {
  double sum = 0, mean = mean_of(x, first, count, i);
  for (int r = first; r < first + count; r++) sum += pow((double)x[r * D + i] - mean, 2);
  return sqrt(sum / (count - 1));
}

static void assert_near(double got, double wanted) {
  if (!(fabs(got - wanted) <= 1e-6 * (1 + fabs(wanted)))) fail_msg("%.9g, wanted %.9g", got, wanted);
}

static void assert_sent(double (*wanted)(int attacker, int i)) {
  for (int k = 0; k < Q; k++)
    for (int i = 0; i < D; i++) assert_near((double)rows[(HONEST + k) * D + i], wanted(k, i));
}

static double little(int k, int i) { return (double)before[(HONEST + k) * D + i] - deviation_of(before, HONEST, Q, i); }
static double alie(int k, int i) {
  (void)k;
  return mean_of(before, 0, HONEST, i) - alie_strength(N, Q) * deviation_of(before, 0, HONEST, i);
}
static double empire(int k, int i) { return -0.9 * (double)before[(HONEST + k) * D + i]; }
static double sign_flip(int k, int i) { return -(double)before[(HONEST + k) * D + i]; }
static double scale(int k, int i) { return 1e10 * (double)before[(HONEST + k) * D + i]; }
static double ipm(int k, int i) { return (void)k, -0.1 * mean_of(before, 0, HONEST, i); }
static double negation(int k, int i) { return (void)k, -1e10 * HONEST * mean_of(before, 0, HONEST, i); }
static double mimic(int k, int i) { return (void)k, (double)before[i]; }

static void definitions(void **state) {
  (void)state;
  const struct {
    const char *name;
    double (*wanted)(int, int);
  } cases[] = {{"little", little},        {"alie", alie}, {"empire", empire},           {"sign-flip", sign_flip},
               {"gradient-scale", scale}, {"ipm", ipm},   {"model-negation", negation}, {"mimic", mimic}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    send(cases[i].name);
    assert_sent(cases[i].wanted);
  }
}

static void constants(void **state) {
  (void)state;
  send("inf");
  for (int i = HONEST * D; i < N * D; i++) assert_true(rows[i] > 3e38f);
  send("minus-inf");
  for (int i = HONEST * D; i < N * D; i++) assert_true(rows[i] < -3e38f);
  send("nan");
  for (int i = HONEST * D; i < N * D; i++) {
    uint32_t bits;
    memcpy(&bits, &rows[i], sizeof bits);
    assert_true((bits & 0x7fffffff) > 0x7f800000);
  }
  send("gaussian");
  double squares = 0;
  for (int i = HONEST * D; i < N * D; i++) squares += pow((double)rows[i], 2) / (Q * D);
  assert_true(150 * 150 < squares && squares < 250 * 250);
}

/* Baruch et al. 2019: n = 50, 24 of them corrupted: s = 2, and z is the quantile of 24/26; 12 of them: s = 14, of 24/38. */
static void alie_has_the_published_factor(void **state) {
  (void)state;
  assert_near(alie_strength(50, 24), 1.4260768722);
  assert_near(alie_strength(50, 12), 0.3360381404);
}

static double square(const float *x, const float *y) {
  double sum = 0;
  for (int i = 0; i < D; i++) sum += pow((double)x[i] - (double)y[i], 2);
  return sum;
}

static void min_max_goes_just_as_far_as_the_honest_rows(void **state) {
  (void)state;
  double greatest = 0, farthest = 0;
  send("min-max");
  for (int i = 0; i < HONEST; i++) {
    farthest = fmax(farthest, square(&rows[HONEST * D], &rows[i * D]));
    for (int j = 0; j < i; j++) greatest = fmax(greatest, square(&rows[i * D], &rows[j * D]));
  }
  assert_true(fabs(farthest / greatest - 1) < 1e-5);
}

/* Krum takes the attackers' row just below the leeway, and an honest one a little above it. */
static void leeway_is_what_krum_leaves(void **state) {
  (void)state;
  certigar_options *options = certigar_options_new();
  certigar_options_set_f(options, Q);
  for (int above = 0; above < 2; above++) {
    float out[D];
    fill(1, 0.5);
    attack_case a = case_of("leeway");
    a.strength = above ? 1.01 : 0.999;
    a.target = 7;
    attack_named("leeway")->send(&a);
    assert_int_equal(certigar_aggregate_f32(CERTIGAR_KRUM, rows, N, D, options, out, NULL), CERTIGAR_OK);
    assert_int_equal(memcmp(out, &rows[HONEST * D], sizeof out) == 0, !above);
    double moved = (double)rows[HONEST * D + 7] - mean_of(before, 0, HONEST, 7);
    assert_true(moved > sqrt(D) / 2);
  }
  certigar_options_free(options);
}

static double output_moved(void *context, const void *x) {
  float out[D];
  double sum = 0;
  assert_int_equal(certigar_aggregate_f32(CERTIGAR_TRIMMED_MEAN, x, N, D, context, out, NULL), CERTIGAR_OK);
  for (int i = 0; i < D; i++) sum += pow((double)out[i] - mean_of(before, 0, HONEST, i), 2);
  return sum;
}

static void a_search_moves_the_rule_no_less_than_its_first_step(void **state) {
  (void)state;
  certigar_options *options = certigar_options_new();
  certigar_options_set_f(options, Q);
  const char *const names[] = {"little-search", "empire-search"};
  for (int i = 0; i < 2; i++) {
    fill(1, 0.5);
    attack_case a = case_of(names[i]);
    a.objective = output_moved;
    a.context = options;
    attack_named(names[i])->send(&a);
    double best = output_moved(options, rows);
    assert_memory_equal(rows, before, HONEST * D * sizeof *rows);
    for (int k = 0; k < Q; k++)
      for (int c = 0; c < D; c++)
        rows[(HONEST + k) * D + c] =
            (float)(i ? 0 : mean_of(before, 0, HONEST, c) - deviation_of(before, 0, HONEST, c));
    assert_true(best >= output_moved(options, rows));
  }
  certigar_options_free(options);
}

/* The same rows as doubles give the same, but for the last rounding. */
static void doubles_too(void **state) {
  (void)state;
  static double wide[N * D];
  for (size_t which = 0; which < attack_count; which++) {
    if (!attacks[which].send || attacks[which].searches) continue;
    send(attacks[which].name);
    for (int i = 0; i < N * D; i++) wide[i] = (double)before[i];
    attack_case a = case_of(attacks[which].name);
    a.rows = wide;
    a.is_double = 1;
    attacks[which].send(&a);
    for (int i = 0; i < N * D; i++) {
      float got = (float)wide[i];
      assert_memory_equal(&got, &rows[i], sizeof got);
    }
  }
}

static void one_attacker_among_few(void **state) {
  (void)state;
  for (size_t i = 0; i < attack_count; i++) {
    if (!attacks[i].send || attacks[i].searches) continue;
    float two[2] = {1, 2};
    attack_case a = {.rows = two, .n = 2, .d = 1, .q = 1, .omniscient = attacks[i].omniscient, .strength = attacks[i].strength, .random = {1}};
    attacks[i].send(&a);
    assert_true(two[0] == 1);
    float one = 3;
    a = (attack_case){.rows = &one, .n = 1, .d = 1, .q = 1, .omniscient = attacks[i].omniscient, .strength = attacks[i].strength, .random = {1}};
    attacks[i].send(&a);
  }
  assert_null(attack_named("none"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(definitions),
      cmocka_unit_test(constants),
      cmocka_unit_test(alie_has_the_published_factor),
      cmocka_unit_test(min_max_goes_just_as_far_as_the_honest_rows),
      cmocka_unit_test(leeway_is_what_krum_leaves),
      cmocka_unit_test(a_search_moves_the_rule_no_less_than_its_first_step),
      cmocka_unit_test(doubles_too),
      cmocka_unit_test(one_attacker_among_few),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
