/* Whole steps of every optimiser, several in a row, against the definitions in exact arithmetic (MPFR, 300 bits): from the gradients that the
 * workers of a run have to what they send, what the rule (the average) makes of that, the direction, and the model. The parameters of the definition
 * are those of the options, in binary64: that the trainer rounds them to binary32 is a part of its error.
 *
 * Errors are in units in the last place: of the result where nothing cancels, else of the greatest it could be with these magnitudes. The table says
 * how many may be lost within STEPS steps; the test prints how many were.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <mpfr.h>

#include "train/run.h"

enum { WORKERS = 3, STEPS = 12, BITS = 300 };

static dataset data;

static int open_data(void **state)
{
  certigar_message message;
  (void)state;
  return dataset_open(&data, "generated", ".", &message) ? 0 : -1;
}

static int close_data(void **state)
{
  (void)state;
  dataset_free(&data);
  return 0;
}

/* The unit in the last place of a magnitude. */
static double ulp(double magnitude)
{
  int exponent;
  frexp(magnitude, &exponent);
  return ldexp(1, exponent - 24 < -149 ? -149 : exponent - 24);
}

/* ---- exact numbers ---- */

/* A number, and how great it could be if all that it is made of had the same sign. */
typedef struct number {
  mpfr_t value, size;
} number;

static void number_init(number *x)
{
  mpfr_inits2(BITS, x->value, x->size, (mpfr_ptr)NULL);
  mpfr_set_zero(x->value, 1);
  mpfr_set_zero(x->size, 1);
}

static void number_clear(number *x)
{
  mpfr_clears(x->value, x->size, (mpfr_ptr)NULL);
}

static void number_set(number *x, double value)
{
  mpfr_set_d(x->value, value, MPFR_RNDN);
  mpfr_abs(x->size, x->value, MPFR_RNDN);
}

static void number_set_zero(number *x)
{
  number_set(x, 0);
}

static void number_add(number *x, const number *y)
{
  mpfr_add(x->value, x->value, y->value, MPFR_RNDN);
  mpfr_add(x->size, x->size, y->size, MPFR_RNDN);
}

/* factor > 0 */
static void number_multiply(number *x, const mpfr_t factor)
{
  mpfr_mul(x->value, x->value, factor, MPFR_RNDN);
  mpfr_mul(x->size, x->size, factor, MPFR_RNDN);
}

static void number_divide(number *x, const mpfr_t divisor)
{
  mpfr_div(x->value, x->value, divisor, MPFR_RNDN);
  mpfr_div(x->size, x->size, divisor, MPFR_RNDN);
}

/* mean = beta mean + (1 - beta) x^power */
static void number_average_in(number *mean, const number *x, double beta, unsigned long power)
{
  number term;
  mpfr_t factor;
  number_init(&term);
  mpfr_init2(factor, BITS);
  mpfr_pow_ui(term.value, x->value, power, MPFR_RNDN);
  mpfr_pow_ui(term.size, x->size, power, MPFR_RNDN);
  mpfr_set_ui(factor, 1, MPFR_RNDN);
  mpfr_sub_d(factor, factor, beta, MPFR_RNDN);
  number_multiply(&term, factor);
  mpfr_set_d(factor, beta, MPFR_RNDN);
  number_multiply(mean, factor);
  number_add(mean, &term);
  mpfr_clear(factor);
  number_clear(&term);
}

/* x / (1 - beta^t) */
static void number_unbias(number *x, double beta, unsigned long t)
{
  mpfr_t divisor;
  mpfr_init2(divisor, BITS);
  mpfr_set_d(divisor, beta, MPFR_RNDN);
  mpfr_pow_ui(divisor, divisor, t, MPFR_RNDN);
  mpfr_ui_sub(divisor, 1, divisor, MPFR_RNDN);
  number_divide(x, divisor);
  mpfr_clear(divisor);
}

/* m / (sqrt(v) + eps), or m / sqrt(v + eps) */
static void number_direct(number *m, const number *v, double eps, floor_kind floor)
{
  mpfr_t divisor;
  mpfr_init2(divisor, BITS);
  mpfr_add_d(divisor, v->value, floor == FLOOR_INSIDE ? eps : 0, MPFR_RNDN);
  mpfr_sqrt(divisor, divisor, MPFR_RNDN);
  mpfr_add_d(divisor, divisor, floor == FLOOR_INSIDE ? 0 : eps, MPFR_RNDN);
  number_divide(m, divisor);
  mpfr_clear(divisor);
}

/* ---- a run ---- */

enum { SENT, SECOND, AGGREGATE, DIRECTION, MODEL, PLACES };
static const char *const places[PLACES] = {"sent", "sent as second moment", "aggregate", "direction", "model"};

typedef struct trial {
  const char *name;
  optimizer_kind kind;
  floor_kind dra;
  double beta1, beta2, eps;
  double allowed[PLACES]; /* ULPs; 0: there is no such number */
} trial;

typedef struct bench {
  const trial *of;
  training *run;
  double worst[PLACES];
  number *first, *second; /* moments, of each worker or of the server, and of each parameter */
} bench;

static void check(bench *b, int place, size_t i, const number *exact, float got)
{
  mpfr_t error;
  mpfr_init2(error, BITS);
  mpfr_sub_d(error, exact->value, (double)got, MPFR_RNDN);
  double ulps = fabs(mpfr_get_d(error, MPFR_RNDN)) / ulp(mpfr_get_d(exact->size, MPFR_RNDN));
  mpfr_clear(error);
  if (!(ulps <= b->worst[place])) b->worst[place] = ulps;
  if (!(ulps <= b->of->allowed[place]))
    fail_msg("%s, step %zu, parameter %zu: %s is %a, off by %.3f ULP, allowed %.2f", b->of->name, (size_t)b->run->done, i, places[place],
             (double)got, ulps, b->of->allowed[place]);
}

/* What worker w sends for parameter i in step t; second: of mra. */
static void send_exactly(bench *b, size_t w, size_t i, unsigned long t, number *sent, number *second)
{
  const trial *o = b->of;
  number *m = &b->first[w * b->run->d + i], *v = &b->second[w * b->run->d + i], g;
  number_init(&g);
  number_set(&g, (double)b->run->gradients[w * b->run->d + i]);
  number_set_zero(sent);
  number_set_zero(second);
  if (o->kind == OPTIMIZER_SGD || o->kind == OPTIMIZER_ADAM) {
    number_add(sent, &g);
  } else {
    number_average_in(m, &g, o->beta1, 1);
    number_average_in(v, &g, o->beta2, 2);
    number_add(sent, m);
    number_add(second, v);
  }
  if (o->kind == OPTIMIZER_MRA || (o->kind == OPTIMIZER_DRA && o->dra == FLOOR_OUTSIDE)) {
    number_unbias(sent, o->beta1, t);
    number_unbias(second, o->beta2, t);
  }
  if (o->kind == OPTIMIZER_DRA) number_direct(sent, second, o->eps, o->dra);
  number_clear(&g);
}

/* Where the server goes, from the mean of what was sent. */
static void direct_exactly(bench *b, size_t i, unsigned long t, number *along, number *second)
{
  const trial *o = b->of;
  if (o->kind == OPTIMIZER_ADAM) {
    number *m = &b->first[i], *v = &b->second[i];
    number_average_in(m, along, o->beta1, 1);
    number_average_in(v, along, o->beta2, 2);
    number_set_zero(along);
    number_set_zero(second);
    number_add(along, m);
    number_add(second, v);
    number_unbias(along, o->beta1, t);
    number_unbias(second, o->beta2, t);
    number_direct(along, second, o->eps, FLOOR_OUTSIDE);
  }
  if (o->kind == OPTIMIZER_MRA) number_direct(along, second, o->eps, FLOOR_INSIDE);
}

static void check_parameter(bench *b, size_t i, unsigned long t, double rate, float before)
{
  const training *run = b->run;
  number along, along_second, sent, second;
  mpfr_t factor;
  mpfr_init2(factor, BITS);
  number *const own[] = {&along, &along_second, &sent, &second};
  for (int k = 0; k < 4; k++) number_init(own[k]);
  for (size_t w = 0; w < WORKERS; w++) {
    send_exactly(b, w, i, t, &sent, &second);
    check(b, SENT, i, &sent, run->sent[w * run->d + i]);
    if (b->of->kind == OPTIMIZER_MRA) check(b, SECOND, i, &second, run->sent_second[w * run->d + i]);
    number_add(&along, &sent);
    number_add(&along_second, &second);
  }
  mpfr_set_ui(factor, WORKERS, MPFR_RNDN);
  number_divide(&along, factor);
  number_divide(&along_second, factor);
  check(b, AGGREGATE, i, &along, run->aggregate[i]);
  direct_exactly(b, i, t, &along, &along_second);
  if (b->of->allowed[DIRECTION] > 0) check(b, DIRECTION, i, &along, run->direction[i]);
  mpfr_set_d(factor, rate, MPFR_RNDN);
  number_multiply(&along, factor);
  mpfr_neg(along.value, along.value, MPFR_RNDN);
  number_set(&sent, (double)before);
  number_add(&along, &sent);
  check(b, MODEL, i, &along, run->model[i]);
  for (int k = 0; k < 4; k++) number_clear(own[k]);
  mpfr_clear(factor);
}

/* Columns: sent, sent as second moment, aggregate, direction, model. */
static const trial trials[] = {
    {"sgd", OPTIMIZER_SGD, 0, 0.9, 0.999, 1e-8, {0.01, 0, 0.5, 0, 2}},
    {"resam", OPTIMIZER_RESAM, 0, 0.9, 0.999, 1e-8, {6, 0, 4, 0, 2}},
    {"adam", OPTIMIZER_ADAM, 0, 0.9, 0.999, 1e-8, {0.01, 0, 0.5, 6, 5}},
    {"dra", OPTIMIZER_DRA, FLOOR_OUTSIDE, 0.9, 0.999, 1e-8, {8, 0, 6, 0, 5}},
    {"dra, equation 3.1", OPTIMIZER_DRA, FLOOR_INSIDE, 0.9, 0.999, 1e-8, {9, 0, 5, 0, 4}},
    {"mra", OPTIMIZER_MRA, 0, 0.9, 0.999, 1e-8, {6, 10, 4, 5, 4}},
    {"adam, other parameters", OPTIMIZER_ADAM, 0, 0.3, 0.7, 1e-3, {0.01, 0, 0.5, 6, 5}},
    {"dra, other parameters", OPTIMIZER_DRA, FLOOR_OUTSIDE, 0.3, 0.7, 1e-3, {7, 0, 6, 0, 5}},
    {"dra, equation 3.1, other parameters", OPTIMIZER_DRA, FLOOR_INSIDE, 0.3, 0.7, 1e-3, {5, 0, 4, 0, 4}},
    {"mra, other parameters", OPTIMIZER_MRA, 0, 0.3, 0.7, 1e-3, {5, 7, 4, 5, 4}},
};

static void try(const trial *of)
{
  network net;
  certigar_message message;
  training_report report;
  assert_true(network_read(&net, "L10", data.in, data.classes, &message));
  const training_options options = {.data = &data, .net = &net, .n = WORKERS, .batch = 5, .threads = 2, .seed = 1, .optimizer = of->kind,
                                    .dra = of->dra, .rate = 0.03, .rate_every = 5, .beta1 = of->beta1, .beta2 = of->beta2, .eps = of->eps,
                                    .l2 = 1e-4, .clip = 2, .rule = CERTIGAR_AVERAGE, .strength = NAN, .omniscient = -1};
  bench b = {.of = of, .run = training_new(&options, &message)};
  if (!b.run) fail_msg("%s", message.text);
  size_t d = b.run->d;
  float *before = malloc(d * sizeof *before);
  b.first = malloc(WORKERS * d * sizeof *b.first);
  b.second = malloc(WORKERS * d * sizeof *b.second);
  for (size_t i = 0; i < WORKERS * d; i++) {
    number_init(&b.first[i]);
    number_init(&b.second[i]);
  }
  for (unsigned long t = 1; t <= STEPS; t++) {
    memcpy(before, b.run->model, d * sizeof *before);
    assert_true(training_step(b.run, &report, &message));
    for (size_t i = 0; i < d; i++) check_parameter(&b, i, t, 0.03 / (double)(1 + (t - 1) / 5), before[i]);
  }
  printf("  %s:", of->name);
  for (int place = 0; place < PLACES; place++)
    if (of->allowed[place] > 0) printf(" %s %.2f;", places[place], b.worst[place]);
  puts(" ULPs at most");
  for (size_t i = 0; i < WORKERS * d; i++) {
    number_clear(&b.first[i]);
    number_clear(&b.second[i]);
  }
  free(b.first);
  free(b.second);
  free(before);
  training_free(b.run);
}

static void whole_steps(void **state)
{
  (void)state;
  for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) try(&trials[i]);
  mpfr_free_cache();
}

/* ---- the correction of moments that began with 0 ---- */

/* 1 - beta^t is taken in binary64, where little is lost while beta is no nearer to 1 than people have it. */
static void unbias_is_rounded_well(void **state)
{
  static const double betas[] = {0, 0.1, 0.3, 0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999};
  static const double allowed = 0.501;
  number exact;
  (void)state;
  number_init(&exact);
  for (size_t k = 0; k < sizeof betas / sizeof *betas; k++)
    for (unsigned long t = 1; t <= 1000000; t += 1 + t / 10) {
      number_set(&exact, 1);
      number_unbias(&exact, betas[k], t);
      float got = worker_unbias(betas[k], t);
      mpfr_sub_d(exact.value, exact.value, (double)got, MPFR_RNDN);
      double ulps = fabs(mpfr_get_d(exact.value, MPFR_RNDN)) / ulp(mpfr_get_d(exact.size, MPFR_RNDN));
      if (!(ulps <= allowed)) fail_msg("beta = %g, t = %lu: %a is off by %.4f ULP, allowed %.4f", betas[k], t, (double)got, ulps, allowed);
    }
  number_clear(&exact);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(whole_steps), cmocka_unit_test(unbias_is_rounded_well)};
  return cmocka_run_group_tests(tests, open_data, close_data);
}
