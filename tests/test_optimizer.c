/* Steps of the optimisers against exact arithmetic (MPFR, 300 bits), in units in the last place: of the result where nothing cancels, else of the
 * greatest of the numbers that are added. 10^5 random numbers each, of magnitudes from 2^-40 to 2^40, some of them 0. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <mpfr.h>

#include "train/optimizer.h"
#include "train/random.h"

enum { COUNT = 100000, BITS = 300 };

static float first[COUNT], second[COUNT], out[COUNT], before[COUNT];

static float draw(random_stream *random, int positive) {
  if (random_below(random, 50) == 0) return 0;
  double magnitude = ldexp(0.5 + random_unit(random) / 2, (int)random_below(random, 80) - 40);
  return (float)(positive || random_below(random, 2) ? magnitude : -magnitude);
}

static void fill(float *x, uint64_t seed, int positive) {
  random_stream random = {seed};
  for (int i = 0; i < COUNT; i++) x[i] = draw(&random, positive);
}

/* The unit in the last place of a magnitude. */
static double ulp(double magnitude) {
  int exponent;
  frexp(magnitude, &exponent);
  return ldexp(1, exponent - 24 < -149 ? -149 : exponent - 24);
}

static void check(const char *what, int i, mpfr_t exact, float got, double magnitude, double allowed) {
  mpfr_sub_d(exact, exact, (double)got, MPFR_RNDN);
  double error = fabs(mpfr_get_d(exact, MPFR_RNDN)) / ulp(magnitude);
  if (error > allowed)
    fail_msg("%s: %a and %a (before: %a) gave %a, off by %.3f ULP, allowed %.2f", what, (double)first[i], (double)second[i], (double)before[i],
             (double)got, error, allowed);
}

static void averages(void **state) {
  (void)state;
  const float beta = 0.99f, rest = (float)(1 - 0.99);
  mpfr_t x, y;
  mpfr_inits2(BITS, x, y, (mpfr_ptr)NULL);
  for (int squares = 0; squares < 2; squares++) {
    fill(first, 1, 0);
    fill(before, 2, squares);
    memcpy(out, before, sizeof out);
    (squares ? average_in_squares : average_in)(out, first, COUNT, beta, rest);
    for (int i = 0; i < COUNT; i++) {
      mpfr_set_d(x, (double)before[i], MPFR_RNDN);
      mpfr_mul_d(x, x, (double)beta, MPFR_RNDN);
      mpfr_set_d(y, (double)first[i], MPFR_RNDN);
      if (squares) mpfr_sqr(y, y, MPFR_RNDN);
      mpfr_mul_d(y, y, (double)rest, MPFR_RNDN);
      double greatest = fmax(fabs(mpfr_get_d(x, MPFR_RNDN)), fabs(mpfr_get_d(y, MPFR_RNDN)));
      mpfr_add(x, x, y, MPFR_RNDN);
      check(squares ? "average of squares" : "average", i, x, out[i], greatest, 2.5);
    }
  }
  mpfr_clears(x, y, (mpfr_ptr)NULL);
}

static void directions(void **state) {
  (void)state;
  mpfr_t x, y;
  mpfr_inits2(BITS, x, y, (mpfr_ptr)NULL);
  fill(first, 3, 0);
  fill(second, 4, 1);
  for (int inside = 0; inside < 2; inside++) {
    const float m = 1.7f, v = 1.3f, eps = 1e-8f;
    adam_direction(out, first, second, COUNT, m, v, eps, inside ? FLOOR_INSIDE : FLOOR_OUTSIDE);
    for (int i = 0; i < COUNT; i++) {
      mpfr_set_d(x, (double)first[i], MPFR_RNDN);
      mpfr_mul_d(x, x, (double)m, MPFR_RNDN);
      mpfr_set_d(y, (double)second[i], MPFR_RNDN);
      mpfr_mul_d(y, y, (double)v, MPFR_RNDN);
      if (inside) mpfr_add_d(y, y, (double)eps, MPFR_RNDN);
      mpfr_sqrt(y, y, MPFR_RNDN);
      if (!inside) mpfr_add_d(y, y, (double)eps, MPFR_RNDN);
      mpfr_div(x, x, y, MPFR_RNDN);
      check("direction", i, x, out[i], fabs(mpfr_get_d(x, MPFR_RNDN)), 3);
    }
  }
  mpfr_clears(x, y, (mpfr_ptr)NULL);
}

static void steps(void **state) {
  (void)state;
  mpfr_t x, y;
  mpfr_inits2(BITS, x, y, (mpfr_ptr)NULL);
  for (int up = 0; up < 2; up++) {
    fill(first, 5, 0);
    fill(before, 6, 0);
    memcpy(out, before, sizeof out);
    (up ? add_scaled : descend)(out, first, COUNT, 0.3f);
    for (int i = 0; i < COUNT; i++) {
      mpfr_set_d(y, (double)first[i], MPFR_RNDN);
      mpfr_mul_d(y, y, up ? (double)0.3f : -(double)0.3f, MPFR_RNDN);
      double greatest = fmax(fabs((double)before[i]), fabs(mpfr_get_d(y, MPFR_RNDN)));
      mpfr_add_d(x, y, (double)before[i], MPFR_RNDN);
      check(up ? "sum" : "step", i, x, out[i], greatest, 2);
    }
  }
  scaled(out, first, COUNT, 0.3f);
  for (int i = 0; i < COUNT; i++) {
    mpfr_set_d(x, (double)first[i], MPFR_RNDN);
    mpfr_mul_d(x, x, (double)0.3f, MPFR_RNDN);
    check("product", i, x, out[i], fabs(mpfr_get_d(x, MPFR_RNDN)), 0.5);
  }
  mpfr_clears(x, y, (mpfr_ptr)NULL);
}

static void a_negative_second_moment_gives_nan(void **state) {
  (void)state;
  const float m = 1, v = -1e-6f;
  float got;
  uint32_t bits;
  adam_direction(&got, &m, &v, 1, 1, 1, 1e-8f, FLOOR_INSIDE);
  memcpy(&bits, &got, sizeof bits);
  assert_true((bits & 0x7fffffff) > 0x7f800000);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(averages), cmocka_unit_test(directions), cmocka_unit_test(steps),
                                     cmocka_unit_test(a_negative_second_moment_gives_nan)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
