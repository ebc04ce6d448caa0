/* The server of Zeno++ in certigar.h against the reference: rows of every kind, and inequalities that are equalities, or miss them by a unit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "certigar.h"
#include "generate.h"
#include "selection.h"
#include "slow.h"

enum { CASES = SLOW ? 400 : 4000 }; /* of the same sequence */
enum { COLUMNS_MAX = 300, ROWS = 4 };

static const char *const numbers[] = {"1", "1/3", "0.1", "0x1p-40", "1e30", "1e-30", "2", "0"};
static const char *const rationals[] = {"1", "1/3", "1/10", "1/1099511627776", "1000000000000000000000000000000",
                                        "1/1000000000000000000000000000000", "2", "0"};
enum { NUMBERS = sizeof numbers / sizeof *numbers };

static void assert_says(const certigar_message *message, const char *text) {
  if (!strstr(message->text, text)) fail_msg("\"%s\" does not say \"%s\"", message->text, text);
}

/* ---- against the reference ---- */

typedef struct totals {
  size_t accepted, refused;
} totals;

/* epsilon as a text that makes row the border: -(gamma <g, u> - rho norm(u)^2) / gamma, from float32 integers small enough. */
static int border(const float *g, const float *u, size_t d, const char *rho, char *text, size_t size, int more) {
  int64_t inner = 0, norm = 0;
  for (size_t c = 0; c < d; c++) {
    inner += (int64_t)g[c] * (int64_t)u[c];
    norm += (int64_t)u[c] * (int64_t)u[c];
  }
  const int64_t epsilon = (strcmp(rho, "0") == 0 ? 0 : norm) - inner;
  if (epsilon <= 0) return 0;
  if (more == 0) snprintf(text, size, "%lld", (long long)epsilon);
  if (more < 0) snprintf(text, size, "%lld.99999999999999999999", (long long)epsilon - 1);
  if (more > 0) snprintf(text, size, "%lld.00000000000000000001", (long long)epsilon);
  return 1;
}

static int server_says(certigar_dtype dtype, size_t d, const char *gamma, const char *rho, const char *epsilon, const void *g, const void *u) {
  certigar_zeno_server *server;
  certigar_message message;
  int before = 1, accepted = -1;
  assert_int_equal(certigar_zeno_server_new(&server, dtype, d, gamma, rho, epsilon, &message), CERTIGAR_OK);
  assert_int_equal(certigar_zeno_server_test(server, u, &before, &message), CERTIGAR_OK);
  assert_int_equal(before, 0); /* no gradient yet */
  certigar_zeno_server_set_gradient(server, g);
  assert_int_equal(certigar_zeno_server_test(server, u, &accepted, NULL), CERTIGAR_OK);
  certigar_zeno_server_free(server);
  return accepted;
}

static void run_cases(certigar_dtype dtype, totals *t) {
  const size_t size = dtype == CERTIGAR_FLOAT32 ? 4 : 8;
  reference_context *context = reference_new(dtype == CERTIGAR_FLOAT32 ? REFERENCE_BINARY32 : REFERENCE_BINARY64);
  unsigned char *rows = malloc(ROWS * COLUMNS_MAX * size + 1);
  generate_random random = {20261121 + (uint64_t)dtype};
  mpq_t gamma, rho, epsilon;
  mpq_inits(gamma, rho, epsilon, NULL);
  for (size_t k = 0; k < CASES; k++) {
    const size_t d = 1 + (size_t)generate_below(&random, generate_below(&random, 4) ? 5 : COLUMNS_MAX);
    const generator *from = generate_below(&random, 4) ? &row_generators[generate_below(&random, row_generator_count)]
                                                       : &generators[generate_below(&random, generator_count)];
    generate(from, generate_next(&random), (generate_format)dtype, ROWS, 1, d, rows + 1); /* unaligned */
    const size_t a = (size_t)generate_below(&random, NUMBERS - 1), b = (size_t)generate_below(&random, NUMBERS), e = (size_t)generate_below(&random, NUMBERS);
    mpq_set_str(gamma, rationals[a], 10);
    mpq_set_str(rho, rationals[b], 10);
    mpq_set_str(epsilon, rationals[e], 10);
    for (size_t i = 1; i < ROWS; i++) {
      const void *g = rows + 1, *u = rows + 1 + i * d * size;
      const int expected = reference_zeno_accepts(context, gamma, rho, epsilon, d, g, u);
      assert_int_equal(server_says(dtype, d, numbers[a], numbers[b], numbers[e], g, u), expected);
      expected ? t->accepted++ : t->refused++;
    }
  }
  mpq_clears(gamma, rho, epsilon, NULL);
  free(rows);
  reference_free(context);
}

static void any_rows(void **state) {
  (void)state;
  totals t = {0, 0};
  run_cases(CERTIGAR_FLOAT32, &t);
  run_cases(CERTIGAR_FLOAT64, &t);
  assert_true(t.accepted > CASES / 4 && t.refused > CASES / 4);
}

/* Equality is accepted, 10^-20 less epsilon is not. */
static void borders(void **state) {
  (void)state;
  generate_random random = {7};
  float g[COLUMNS_MAX], u[COLUMNS_MAX];
  double wide_g[COLUMNS_MAX], wide_u[COLUMNS_MAX];
  size_t found = 0;
  for (size_t k = 0; k < CASES; k++) {
    const size_t d = 1 + (size_t)generate_below(&random, COLUMNS_MAX);
    for (size_t c = 0; c < d; c++) {
      wide_g[c] = g[c] = (float)generate_below(&random, 2001) - 1000;
      wide_u[c] = u[c] = (float)generate_below(&random, 2001) - 1000;
    }
    const char *rho = generate_below(&random, 2) ? "1" : "0";
    for (int more = -1; more <= 1; more++) {
      char epsilon[64];
      if (!border(g, u, d, rho, epsilon, sizeof epsilon, more)) continue;
      assert_int_equal(server_says(CERTIGAR_FLOAT32, d, "1", rho, epsilon, g, u), more >= 0);
      assert_int_equal(server_says(CERTIGAR_FLOAT64, d, "1", rho, epsilon, wide_g, wide_u), more >= 0);
      found++;
    }
  }
  assert_true(found > CASES);
}

/* An equality that holds by cancellation over the whole range of the format, and fails by the square of the smallest number. */
static void cancellation(void **state) {
  (void)state;
  const double g[3] = {0x1.fffffffffffffp1023, 0x1.fffffffffffffp1023, 0x1p-1074};
  double u[3] = {0x1p1000, -0x1p1000, 0x1p-1074};
  assert_int_equal(server_says(CERTIGAR_FLOAT64, 3, "1", "0", "0", g, u), 1);
  u[2] = 0;
  assert_int_equal(server_says(CERTIGAR_FLOAT64, 3, "1", "0", "0", g, u), 1);
  u[2] = -0x1p-1074;
  assert_int_equal(server_says(CERTIGAR_FLOAT64, 3, "1", "0", "0", g, u), 0);
  assert_int_equal(server_says(CERTIGAR_FLOAT64, 3, "1", "0", "0x1p-2148", g, u), 1); /* the square, exactly */
  assert_int_equal(server_says(CERTIGAR_FLOAT64, 3, "1", "0", "0x1p-2149", g, u), 0);
}

/* ---- what is not finite, and another gradient ---- */

static void gradients_serve_until_the_next(void **state) {
  (void)state;
  const uint32_t nan_bits = 0x7fc00000, infinity_bits = 0xff800000;
  float good[2] = {1, 2}, bad[2] = {1, 0}, u[2] = {1, 0}, infinite[2] = {0, 0}, back[2] = {-1, 0};
  memcpy(&bad[1], &nan_bits, 4);
  memcpy(&infinite[0], &infinity_bits, 4);
  certigar_zeno_server *server;
  int accepted = 0;
  assert_int_equal(certigar_zeno_server_new(&server, CERTIGAR_FLOAT32, 2, "1", "1", "0", NULL), CERTIGAR_OK);
  const struct {
    const float *gradient, *row;
    int accepted;
  } steps[] = {{good, u, 1}, {good, back, 0}, {good, bad, 0}, {good, infinite, 0}, {bad, u, 0}, {good, u, 1}, {infinite, u, 0}, {back, back, 1}, {back, u, 0}};
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    float passing[2];
    memcpy(passing, steps[i].gradient, sizeof passing);
    certigar_zeno_server_set_gradient(server, passing);
    memset(passing, 0, sizeof passing); /* it was copied */
    assert_int_equal(certigar_zeno_server_test(server, steps[i].row, &accepted, NULL), CERTIGAR_OK);
    assert_int_equal(accepted, steps[i].accepted);
  }
  certigar_zeno_server_free(server);
  certigar_zeno_server_free(NULL);
}

/* ---- refusals ---- */

static void bad_parameters_are_refused(void **state) {
  (void)state;
  const struct {
    certigar_dtype dtype;
    size_t d;
    const char *gamma, *rho, *epsilon, *what, *range;
  } refusals[] = {
      {(certigar_dtype)2, 1, "1", "1", "1", "dtype is 2", "float32 or float64"},
      {CERTIGAR_FLOAT32, 0, "1", "1", "1", "d = 0", "1 to"},
      {CERTIGAR_FLOAT64, SIZE_MAX, "1", "1", "1", "d = ", "1 to"},
      {CERTIGAR_FLOAT32, 3, "0", "1", "1", "gamma = 0", "> 0"},
      {CERTIGAR_FLOAT32, 3, "-1e-9", "1", "1", "gamma = -1e-9", "> 0"},
      {CERTIGAR_FLOAT32, 3, "inf", "1", "1", "gamma = inf", "> 0"},
      {CERTIGAR_FLOAT32, 3, "one", "1", "1", "gamma = one", "> 0"},
      {CERTIGAR_FLOAT32, 3, "1", "-1/3", "1", "rho = -1/3", ">= 0"},
      {CERTIGAR_FLOAT32, 3, "1", "inf", "1", "rho = inf", ">= 0"},
      {CERTIGAR_FLOAT32, 3, "1", "", "1", "rho = ", ">= 0"},
      {CERTIGAR_FLOAT64, 3, "1", "0", "-1", "epsilon = -1", ">= 0"},
      {CERTIGAR_FLOAT64, 3, "1", "0", "1e-10000", "epsilon = 1e-10000", ">= 0"},
  };
  for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
    certigar_zeno_server *server = (certigar_zeno_server *)&server;
    certigar_message message;
    assert_int_equal(certigar_zeno_server_new(&server, refusals[i].dtype, refusals[i].d, refusals[i].gamma, refusals[i].rho, refusals[i].epsilon, &message),
                     CERTIGAR_BAD_PARAMETER);
    assert_null(server);
    assert_says(&message, "zeno++: ");
    assert_says(&message, refusals[i].what);
    assert_says(&message, refusals[i].range);
    assert_int_equal(certigar_zeno_server_new(&server, refusals[i].dtype, refusals[i].d, refusals[i].gamma, refusals[i].rho, refusals[i].epsilon, NULL),
                     CERTIGAR_BAD_PARAMETER);
  }
}

static void no_memory_is_said(void **state) {
  (void)state;
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
  skip(); /* the sanitizers end the program instead */
#else
  certigar_zeno_server *server;
  certigar_message message;
  assert_int_equal(certigar_zeno_server_new(&server, CERTIGAR_FLOAT64, SIZE_MAX / 16, "1", "1", "1", &message), CERTIGAR_NO_MEMORY);
  assert_null(server);
  assert_says(&message, "no memory");
#endif
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(any_rows),
                                     cmocka_unit_test(borders),
                                     cmocka_unit_test(cancellation),
                                     cmocka_unit_test(gradients_serve_until_the_next),
                                     cmocka_unit_test(bad_parameters_are_refused),
                                     cmocka_unit_test(no_memory_is_said)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
