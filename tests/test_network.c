/* Networks, compiled with binary64: every gradient against central differences of the loss; and one layer of each kind and the loss, forward and
 * back, against the plain formula, in 200 bits (MPFR) where there are sums or functions, else exactly. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <mpfr.h>

#include "network.h"

enum { BITS = 200 };
static const double relative = 1e-13; /* of the sum of magnitudes: far more than 64-bit sums of these lengths can lose */

static void fill(real *x, size_t count, uint64_t seed) {
  random_stream random = {seed};
  for (size_t i = 0; i < count; i++) x[i] = random_normal(&random);
}

/* ---- differences ---- */

static double loss_at(workspace *w, const network *net, const real *parameters, const real *in, const unsigned char *labels, size_t batch) {
  real statistics[64], *unused = calloc(net->parameter_count, sizeof *unused);
  assert_true(net->statistic_count <= 64);
  for (size_t i = 0; i < net->statistic_count; i++) statistics[i] = 0.5;
  double loss = network_learn(w, parameters, statistics, in, labels, batch, (random_stream){7}, unused).loss;
  free(unused);
  return loss;
}

static void check_gradient_within(const char *notation, shape in_shape, size_t classes, size_t batch, size_t batch_max) {
  network net;
  certigar_message message;
  assert_true(network_read(&net, notation, in_shape, classes, &message));
  size_t d = net.parameter_count;
  real *parameters = calloc(d, sizeof *parameters), *gradient = calloc(d, sizeof *gradient), *in = calloc(batch * shape_size(in_shape), sizeof *in);
  real statistics[64];
  unsigned char *labels = calloc(batch, 1);
  workspace *w = workspace_new(&net, batch_max);
  fill(in, batch * shape_size(in_shape), 3);
  for (size_t i = 0; i < batch; i++) labels[i] = (unsigned char)(i % classes);
  network_begin(&net, 1, parameters, statistics);
  network_learn(w, parameters, statistics, in, labels, batch, (random_stream){7}, gradient);
  for (size_t i = 0; i < d; i++) {
    real kept = parameters[i], h = 1e-6;
    parameters[i] = kept + h;
    double above = loss_at(w, &net, parameters, in, labels, batch);
    parameters[i] = kept - h;
    double below = loss_at(w, &net, parameters, in, labels, batch), difference = (above - below) / (2 * h);
    parameters[i] = kept;
    if (fabs(difference - gradient[i]) > 1e-7) fail_msg("%s: gradient %zu is %.12g, by differences %.12g", notation, i, gradient[i], difference);
  }
  workspace_free(w);
  free(parameters);
  free(gradient);
  free(in);
  free(labels);
}

static void check_gradient(const char *notation, shape in_shape, size_t classes, size_t batch) {
  check_gradient_within(notation, in_shape, classes, batch, batch);
}

static void gradients_are_slopes(void **state) {
  (void)state;
  check_gradient("L4", (shape){2, 3, 5, 0}, 4, 3);
  check_gradient("L7-R-L4", (shape){1, 6, 4, 0}, 4, 5);
  check_gradient("C3k3-R-M-C4k2p1-R-M-L6-R-L4", (shape){2, 9, 8, 0}, 4, 5);
  check_gradient("C3k3p1-R-B-C2k3p2-R-B-M3-D0.3-L5-R-D-L4", (shape){2, 7, 8, 0}, 4, 6);
  check_gradient("B-C2k1-L3", (shape){3, 2, 2, 0}, 3, 1);
}

static void batches_of_one_and_sizes_that_do_not_divide(void **state) {
  (void)state;
  check_gradient("M-L3", (shape){1, 5, 7, 0}, 3, 1);
  check_gradient("C1k5p4-M4-L2", (shape){1, 5, 5, 0}, 2, 2);
}

/* More columns than a convolution makes at once, of a batch that is smaller than there is memory for: the second part is of other places, and its
 * columns need more memory than those of a greatest batch. */
static void convolutions_go_part_by_part(void **state) {
  (void)state;
  check_gradient_within("C3k3p1-R-L3", (shape){8, 9, 8, 0}, 3, 9, 100);
  check_gradient_within("C2k5p2-L2", (shape){3, 7, 6, 0}, 2, 60, 60);
}

/* ---- the plain formulas ---- */

typedef struct sum {
  mpfr_t value, magnitude;
} sum;

static void sum_open(sum *s) {
  mpfr_init2(s->value, BITS);
  mpfr_init2(s->magnitude, BITS);
  mpfr_set_ui(s->value, 0, MPFR_RNDN);
  mpfr_set_ui(s->magnitude, 0, MPFR_RNDN);
}

static void sum_add(sum *s, double a, double b) {
  mpfr_t product;
  mpfr_init2(product, BITS);
  mpfr_set_d(product, a, MPFR_RNDN);
  mpfr_mul_d(product, product, b, MPFR_RNDN);
  mpfr_add(s->value, s->value, product, MPFR_RNDN);
  mpfr_abs(product, product, MPFR_RNDN);
  mpfr_add(s->magnitude, s->magnitude, product, MPFR_RNDN);
  mpfr_clear(product);
}

static void sum_check(sum *s, double got, const char *what) {
  mpfr_sub_d(s->value, s->value, got, MPFR_RNDN);
  double error = fabs(mpfr_get_d(s->value, MPFR_RNDN)), bound = relative * mpfr_get_d(s->magnitude, MPFR_RNDU) + 1e-300;
  if (error > bound) fail_msg("%s: off by %.3g, allowed %.3g", what, error, bound);
  mpfr_clear(s->value);
  mpfr_clear(s->magnitude);
}

enum { N = 3, MOST = 4096 };

/* One layer with random contents, gone forward and back. */
typedef struct trial {
  network net;
  const layer *l;
  real parameters[MOST], in[MOST], out[MOST], kept[MOST], columns[1 << 16], gradient[MOST], out_gradient[MOST], in_gradient[MOST], statistics[64];
} trial;

static trial *open_layer(const char *notation, shape in) {
  trial *t = calloc(1, sizeof *t);
  certigar_message message;
  assert_true(network_read(&t->net, notation, in, 2, &message));
  t->l = &t->net.layers[0];
  fill(t->parameters, t->l->parameter_count, 11);
  fill(t->in, N * shape_size(t->l->in), 12);
  fill(t->out_gradient, N * shape_size(t->l->out), 13);
  return t;
}

static void go(trial *t, int training) {
  passage p = {.of = t->l, .batch = N, .training = training, .parameters = t->parameters, .statistics = t->statistics, .random = {14}, .in = t->in,
               .out = t->out, .kept = t->kept, .columns = t->columns, .gradient = t->gradient, .out_gradient = t->out_gradient,
               .in_gradient = t->in_gradient};
  t->l->kind->forward(&p);
  t->l->kind->backward(&p);
}

static trial *run_layer(const char *notation, shape in) {
  trial *t = open_layer(notation, in);
  go(t, 1);
  return t;
}

/* A number of a batch; 0 outside. */
static double at(const real *x, shape s, size_t n, size_t c, long y, long column) {
  if (y < 0 || column < 0 || y >= (long)s.height || column >= (long)s.width) return 0;
  return x[((c * s.height + (size_t)y) * s.width + (size_t)column) * N + n];
}

static void convolution_is_the_formula(void **state) {
  (void)state;
  trial *t = run_layer("C3k3p1-L2", (shape){2, 5, 4, 0});
  const layer *l = t->l;
  long k = 3, p = 1;
  for (size_t c = 0; c < 3; c++)
    for (size_t n = 0; n < N; n++)
      for (long y = 0; y < (long)l->out.height; y++)
        for (long x = 0; x < (long)l->out.width; x++) {
          sum s;
          sum_open(&s);
          sum_add(&s, t->parameters[3 * 2 * 9 + c], 1);
          for (size_t b = 0; b < 2; b++)
            for (long i = 0; i < k; i++)
              for (long j = 0; j < k; j++)
                sum_add(&s, t->parameters[((c * 2 + b) * 3 + (size_t)i) * 3 + (size_t)j], at(t->in, l->in, n, b, y + i - p, x + j - p));
          sum_check(&s, at(t->out, l->out, n, c, y, x), "convolution");
        }
  for (size_t c = 0; c < 3; c++)
    for (size_t b = 0; b < 2; b++)
      for (long i = 0; i < k; i++)
        for (long j = 0; j < k; j++) {
          sum s;
          sum_open(&s);
          for (size_t n = 0; n < N; n++)
            for (long y = 0; y < (long)l->out.height; y++)
              for (long x = 0; x < (long)l->out.width; x++)
                sum_add(&s, at(t->out_gradient, l->out, n, c, y, x), at(t->in, l->in, n, b, y + i - p, x + j - p));
          sum_check(&s, t->gradient[((c * 2 + b) * 3 + (size_t)i) * 3 + (size_t)j], "gradient of a weight");
        }
  for (size_t c = 0; c < 3; c++) {
    sum s;
    sum_open(&s);
    for (size_t i = 0; i < l->out.height * l->out.width * N; i++) sum_add(&s, t->out_gradient[c * l->out.height * l->out.width * N + i], 1);
    sum_check(&s, t->gradient[3 * 2 * 9 + c], "gradient of an offset");
  }
  for (size_t b = 0; b < 2; b++)
    for (size_t n = 0; n < N; n++)
      for (long y = 0; y < (long)l->in.height; y++)
        for (long x = 0; x < (long)l->in.width; x++) {
          sum s;
          sum_open(&s);
          for (size_t c = 0; c < 3; c++)
            for (long i = 0; i < k; i++)
              for (long j = 0; j < k; j++)
                sum_add(&s, at(t->out_gradient, l->out, n, c, y - i + p, x - j + p), t->parameters[((c * 2 + b) * 3 + (size_t)i) * 3 + (size_t)j]);
          sum_check(&s, at(t->in_gradient, l->in, n, b, y, x), "gradient of what goes into a convolution");
        }
  free(t);
}

static void linear_is_the_formula(void **state) {
  (void)state;
  trial *t = run_layer("L2", (shape){2, 3, 2, 0});
  size_t inputs = 12;
  for (size_t n = 0; n < N; n++)
    for (size_t o = 0; o < 2; o++) {
      sum s;
      sum_open(&s);
      sum_add(&s, t->parameters[2 * inputs + o], 1);
      for (size_t i = 0; i < inputs; i++) sum_add(&s, t->parameters[o * inputs + i], at(t->in, t->l->in, n, i / 6, (long)(i % 6 / 2), (long)(i % 2)));
      sum_check(&s, t->out[o * N + n], "linear");
    }
  for (size_t i = 0; i < inputs; i++)
    for (size_t o = 0; o < 2; o++) {
      sum s;
      sum_open(&s);
      for (size_t n = 0; n < N; n++) sum_add(&s, t->out_gradient[o * N + n], at(t->in, t->l->in, n, i / 6, (long)(i % 6 / 2), (long)(i % 2)));
      sum_check(&s, t->gradient[o * inputs + i], "gradient of a linear weight");
    }
  for (size_t o = 0; o < 2; o++) {
    sum s;
    sum_open(&s);
    for (size_t n = 0; n < N; n++) sum_add(&s, t->out_gradient[o * N + n], 1);
    sum_check(&s, t->gradient[2 * inputs + o], "gradient of a linear offset");
  }
  for (size_t i = 0; i < inputs; i++)
    for (size_t n = 0; n < N; n++) {
      sum s;
      sum_open(&s);
      for (size_t o = 0; o < 2; o++) sum_add(&s, t->out_gradient[o * N + n], t->parameters[o * inputs + i]);
      sum_check(&s, at(t->in_gradient, t->l->in, n, i / 6, (long)(i % 6 / 2), (long)(i % 2)), "gradient of what goes into a linear layer");
    }
  free(t);
}

static void normalisation_is_the_formula(void **state) {
  (void)state;
  trial *t = run_layer("B-L2", (shape){2, 3, 2, 0});
  enum { COUNT = N * 6 };
  mpfr_t mean, variance, x;
  mpfr_inits2(BITS, mean, variance, x, (mpfr_ptr)NULL);
  for (size_t c = 0; c < 2; c++) {
    const real *in = t->in + c * COUNT;
    mpfr_set_ui(mean, 0, MPFR_RNDN);
    mpfr_set_ui(variance, 0, MPFR_RNDN);
    for (int i = 0; i < COUNT; i++) mpfr_add_d(mean, mean, in[i], MPFR_RNDN);
    mpfr_div_ui(mean, mean, COUNT, MPFR_RNDN);
    for (int i = 0; i < COUNT; i++) {
      mpfr_d_sub(x, in[i], mean, MPFR_RNDN);
      mpfr_sqr(x, x, MPFR_RNDN);
      mpfr_add(variance, variance, x, MPFR_RNDN);
    }
    mpfr_div_ui(variance, variance, COUNT, MPFR_RNDN);
    assert_true(fabs(t->statistics[c] - 0.1 * mpfr_get_d(mean, MPFR_RNDN)) < 1e-13);
    assert_true(fabs(t->statistics[2 + c] - 0.1 * mpfr_get_d(variance, MPFR_RNDN) * COUNT / (COUNT - 1)) < 1e-13);
    mpfr_add_d(variance, variance, 1e-5, MPFR_RNDN);
    mpfr_sqrt(variance, variance, MPFR_RNDN);
    for (int i = 0; i < COUNT; i++) {
      mpfr_d_sub(x, in[i], mean, MPFR_RNDN);
      mpfr_div(x, x, variance, MPFR_RNDN);
      mpfr_mul_d(x, x, t->parameters[c], MPFR_RNDN);
      mpfr_add_d(x, x, t->parameters[2 + c], MPFR_RNDN);
      assert_true(fabs(t->out[c * COUNT + (size_t)i] - mpfr_get_d(x, MPFR_RNDN)) < 1e-12);
    }
  }
  mpfr_clears(mean, variance, x, (mpfr_ptr)NULL);
  free(t);
}

/* With x' = (x - mean) / sqrt(variance + 10^-5) and g what comes back: of the scale sum g x', of the offset sum g, of x
 * scale / sqrt(variance + 10^-5) (g - mean of g - x' mean of g x'). */
static void normalisation_goes_back_by_the_formula(void **state) {
  (void)state;
  trial *t = run_layer("B-L2", (shape){2, 3, 2, 0});
  enum { COUNT = N * 6 };
  mpfr_t mean, root, along, total, y, x[COUNT];
  mpfr_inits2(BITS, mean, root, along, total, y, (mpfr_ptr)NULL);
  for (int i = 0; i < COUNT; i++) mpfr_init2(x[i], BITS);
  for (size_t c = 0; c < 2; c++) {
    const real *in = t->in + c * COUNT, *g = t->out_gradient + c * COUNT;
    mpfr_set_zero(mean, 1);
    mpfr_set_zero(root, 1);
    mpfr_set_zero(along, 1);
    mpfr_set_zero(total, 1);
    for (int i = 0; i < COUNT; i++) mpfr_add_d(mean, mean, in[i], MPFR_RNDN);
    mpfr_div_ui(mean, mean, COUNT, MPFR_RNDN);
    for (int i = 0; i < COUNT; i++) {
      mpfr_d_sub(x[i], in[i], mean, MPFR_RNDN);
      mpfr_sqr(y, x[i], MPFR_RNDN);
      mpfr_add(root, root, y, MPFR_RNDN);
    }
    mpfr_div_ui(root, root, COUNT, MPFR_RNDN);
    mpfr_add_d(root, root, 1e-5, MPFR_RNDN);
    mpfr_sqrt(root, root, MPFR_RNDN);
    for (int i = 0; i < COUNT; i++) {
      mpfr_div(x[i], x[i], root, MPFR_RNDN);
      mpfr_mul_d(y, x[i], g[i], MPFR_RNDN);
      mpfr_add(along, along, y, MPFR_RNDN);
      mpfr_add_d(total, total, g[i], MPFR_RNDN);
    }
    assert_true(fabs(t->gradient[c] - mpfr_get_d(along, MPFR_RNDN)) < 1e-13);
    assert_true(fabs(t->gradient[2 + c] - mpfr_get_d(total, MPFR_RNDN)) < 1e-13);
    mpfr_div_ui(along, along, COUNT, MPFR_RNDN);
    mpfr_div_ui(total, total, COUNT, MPFR_RNDN);
    for (int i = 0; i < COUNT; i++) {
      mpfr_mul(y, x[i], along, MPFR_RNDN);
      mpfr_add(y, y, total, MPFR_RNDN);
      mpfr_d_sub(y, g[i], y, MPFR_RNDN);
      mpfr_mul_d(y, y, t->parameters[c], MPFR_RNDN);
      mpfr_div(y, y, root, MPFR_RNDN);
      assert_true(fabs(t->in_gradient[c * COUNT + (size_t)i] - mpfr_get_d(y, MPFR_RNDN)) < 1e-13);
    }
  }
  for (int i = 0; i < COUNT; i++) mpfr_clear(x[i]);
  mpfr_clears(mean, root, along, total, y, (mpfr_ptr)NULL);
  free(t);
}

/* Outside training it is a line for each channel, and the statistics stay. */
static void normalisation_with_running_statistics(void **state) {
  (void)state;
  trial *t = open_layer("B-L2", (shape){2, 3, 2, 0});
  enum { COUNT = N * 6 };
  const real statistics[4] = {0.3, -2, 0.7, 5};
  memcpy(t->statistics, statistics, sizeof statistics);
  go(t, 0);
  assert_memory_equal(t->statistics, statistics, sizeof statistics);
  mpfr_t slope, y;
  mpfr_inits2(BITS, slope, y, (mpfr_ptr)NULL);
  for (size_t c = 0; c < 2; c++) {
    mpfr_set_d(slope, statistics[2 + c], MPFR_RNDN);
    mpfr_add_d(slope, slope, 1e-5, MPFR_RNDN);
    mpfr_rec_sqrt(slope, slope, MPFR_RNDN);
    mpfr_mul_d(slope, slope, t->parameters[c], MPFR_RNDN);
    for (size_t i = c * COUNT; i < (c + 1) * COUNT; i++) {
      mpfr_set_d(y, t->in[i], MPFR_RNDN);
      mpfr_sub_d(y, y, statistics[c], MPFR_RNDN);
      mpfr_mul(y, y, slope, MPFR_RNDN);
      mpfr_add_d(y, y, t->parameters[2 + c], MPFR_RNDN);
      assert_true(fabs(t->out[i] - mpfr_get_d(y, MPFR_RNDN)) < 1e-13);
      mpfr_mul_d(y, slope, t->out_gradient[i], MPFR_RNDN);
      assert_true(fabs(t->in_gradient[i] - mpfr_get_d(y, MPFR_RNDN)) < 1e-13);
    }
  }
  mpfr_clears(slope, y, (mpfr_ptr)NULL);
  free(t);
}

/* The first greatest of each square has it all; what belongs to no square has nothing. Whole numbers from 0 to 3 make ties. */
static void pooling_is_the_formula(void **state) {
  (void)state;
  static const struct {
    const char *notation;
    long kernel;
  } cases[] = {{"M-L2", 2}, {"M3-L2", 3}};
  for (int k = 0; k < 2; k++) {
    trial *t = open_layer(cases[k].notation, (shape){2, 7, 5, 0});
    const layer *l = t->l;
    long kernel = cases[k].kernel;
    real wanted[MOST] = {0};
    for (size_t i = 0; i < N * shape_size(l->in); i++) t->in[i] = floor(fabs(fmod(100 * t->in[i], 4)));
    for (size_t i = 0; i < N * shape_size(l->in); i++) t->in_gradient[i] = 77;
    go(t, 1);
    assert_int_equal(l->out.height, 7 / kernel);
    assert_int_equal(l->out.width, 5 / kernel);
    for (size_t c = 0; c < 2; c++)
      for (size_t n = 0; n < N; n++)
        for (long y = 0; y < (long)l->out.height; y++)
          for (long x = 0; x < (long)l->out.width; x++) {
            long row = y * kernel, column = x * kernel;
            for (long i = kernel * kernel; i-- > 0;) /* from the last, so that the first of equal ones remains */
              if (at(t->in, l->in, n, c, y * kernel + i / kernel, x * kernel + i % kernel) >= at(t->in, l->in, n, c, row, column)) {
                row = y * kernel + i / kernel;
                column = x * kernel + i % kernel;
              }
            assert_true(at(t->out, l->out, n, c, y, x) == at(t->in, l->in, n, c, row, column));
            wanted[((c * l->in.height + (size_t)row) * l->in.width + (size_t)column) * N + n] = at(t->out_gradient, l->out, n, c, y, x);
          }
    for (size_t i = 0; i < N * shape_size(l->in); i++) assert_true(t->in_gradient[i] == wanted[i]);
    free(t);
  }
}

static void rectifier_is_the_formula(void **state) {
  (void)state;
  trial *t = open_layer("R-L2", (shape){2, 3, 4, 0});
  size_t size = N * shape_size(t->l->in), positive = 0;
  t->in[0] = 0;
  t->in[1] = -INFINITY;
  t->in[2] = INFINITY;
  go(t, 1);
  for (size_t i = 0; i < size; i++) {
    positive += t->in[i] > 0;
    assert_true(t->out[i] == (t->in[i] > 0 ? t->in[i] : 0));
    assert_true(t->in_gradient[i] == (t->in[i] > 0 ? t->out_gradient[i] : 0));
  }
  assert_true(positive > 10 && positive < size - 10);
  free(t);
}

/* A number goes with the probability 3/8, or becomes 8/5 of itself, as what comes back there does; outside training nothing happens. */
static void dropout_is_the_formula(void **state) {
  (void)state;
  trial *t = open_layer("D0.375-L2", (shape){10, 10, 10, 0});
  size_t size = N * shape_size(t->l->in), gone = 0;
  random_stream random = {14};
  go(t, 1);
  for (size_t i = 0; i < size; i++) {
    real factor = random_unit(&random) < 0.375 ? 0 : 1.6;
    gone += factor == 0;
    assert_true(t->in[i] != 0 && t->out_gradient[i] != 0);
    assert_true(t->out[i] == t->in[i] * factor);
    assert_true(t->in_gradient[i] == t->out_gradient[i] * factor);
  }
  assert_true(fabs((double)gone / (double)size - 0.375) < 0.035); /* four deviations */
  go(t, 0);
  assert_memory_equal(t->out, t->in, size * sizeof *t->in);
  assert_memory_equal(t->in_gradient, t->out_gradient, size * sizeof *t->in);
  free(t);
}

/* Of outputs x and a label y: log sum exp(x_c) - x_y, and back to x_c: exp(x_c) / sum exp - [c = y]. As the inputs are 0, the outputs are the
 * offsets, and the gradients of outputs those of offsets. */
static void cross_entropy_is_the_formula(void **state) {
  (void)state;
  static const real outputs[][3] = {{700, -50, 699}, {0, 0, 0}, {1, 2, 3}, {-3, 0.5, -1000}, {1e-9, -1e-9, 0}, {40, 0, -40}};
  enum { CASES = sizeof outputs / sizeof *outputs };
  network net;
  certigar_message message;
  assert_true(network_read(&net, "L3", (shape){1, 1, 1, 0}, 3, &message));
  const real in[1] = {0};
  real statistics[1] = {0}; /* there are none */
  workspace *w = workspace_new(&net, 1);
  mpfr_t total, term;
  mpfr_inits2(BITS, total, term, (mpfr_ptr)NULL);
  for (int k = 0; k < CASES; k++)
    for (unsigned char label = 0; label < 3; label++) {
      real parameters[6] = {0, 0, 0, outputs[k][0], outputs[k][1], outputs[k][2]}, gradient[6];
      outcome judged = network_judge(w, parameters, statistics, in, &label, 1);
      outcome got = network_learn(w, parameters, statistics, in, &label, 1, (random_stream){0}, gradient);
      size_t first = 0;
      for (size_t c = 1; c < 3; c++) first = outputs[k][c] > outputs[k][first] ? c : first;
      mpfr_set_zero(total, 1);
      for (int c = 0; c < 3; c++) {
        mpfr_set_d(term, outputs[k][c], MPFR_RNDN);
        mpfr_exp(term, term, MPFR_RNDN);
        mpfr_add(total, total, term, MPFR_RNDN);
      }
      for (int c = 0; c < 3; c++) {
        mpfr_set_d(term, outputs[k][c], MPFR_RNDN);
        mpfr_exp(term, term, MPFR_RNDN);
        mpfr_div(term, term, total, MPFR_RNDN);
        mpfr_sub_d(term, term, c == label, MPFR_RNDN);
        assert_true(fabs(gradient[3 + c] - mpfr_get_d(term, MPFR_RNDN)) < 1e-15);
      }
      mpfr_log(total, total, MPFR_RNDN);
      mpfr_sub_d(total, total, outputs[k][label], MPFR_RNDN);
      assert_true(fabs(got.loss - mpfr_get_d(total, MPFR_RNDN)) <= 1e-15 * fmax(1, mpfr_get_d(total, MPFR_RNDN)));
      assert_true(judged.loss == got.loss);
      assert_int_equal(got.correct, label == first);
      assert_int_equal(judged.correct, label == first);
    }
  mpfr_clears(total, term, (mpfr_ptr)NULL);
  workspace_free(w);
}

/* Of a batch they are means. */
static void losses_and_gradients_of_a_batch_are_means(void **state) {
  (void)state;
  network net;
  certigar_message message;
  enum { BATCH = 5, INPUTS = 4, PARAMETERS = 3 * INPUTS + 3 };
  assert_true(network_read(&net, "L3", (shape){INPUTS, 1, 1, 0}, 3, &message));
  assert_int_equal(net.parameter_count, PARAMETERS);
  real parameters[PARAMETERS], in[INPUTS * BATCH], one[INPUTS], statistics[1] = {0};
  real gradient[PARAMETERS], single[PARAMETERS], wanted[PARAMETERS] = {0};
  const unsigned char labels[BATCH] = {0, 2, 1, 1, 2};
  double loss = 0;
  size_t correct = 0;
  workspace *w = workspace_new(&net, BATCH);
  fill(parameters, PARAMETERS, 21);
  fill(in, INPUTS * BATCH, 22);
  for (size_t n = 0; n < BATCH; n++) {
    for (size_t i = 0; i < INPUTS; i++) one[i] = in[i * BATCH + n];
    outcome got = network_learn(w, parameters, statistics, one, &labels[n], 1, (random_stream){0}, single);
    loss += got.loss / BATCH;
    correct += got.correct;
    for (size_t p = 0; p < PARAMETERS; p++) wanted[p] += single[p] / BATCH;
  }
  outcome got = network_learn(w, parameters, statistics, in, labels, BATCH, (random_stream){0}, gradient);
  assert_true(fabs(got.loss - loss) < 1e-14);
  assert_int_equal(got.correct, correct);
  for (size_t p = 0; p < PARAMETERS; p++) assert_true(fabs(gradient[p] - wanted[p]) < 1e-14);
  workspace_free(w);
}

static void what_is_no_network_is_refused(void **state) {
  (void)state;
  static const char *const wrong[] = {"", "L3", "X", "C-L2", "C4k9-L2", "M9-L2", "L2-", "-L2", "C4k3p3-L2", "L4-C2-L2", "L4-M-L2", "L4-B-L2", "D1-L2",
                                      "D-0.5-L2", "R", "L2-R", "C99999-L2", "Lk-L2", "C3k-L2", "B2-L2", "L0-L2"};
  network net;
  certigar_message message;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
    if (network_read(&net, wrong[i], (shape){1, 4, 4, 0}, 2, &message)) fail_msg("'%s' was taken for a network", wrong[i]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(gradients_are_slopes),         cmocka_unit_test(batches_of_one_and_sizes_that_do_not_divide),
      cmocka_unit_test(convolutions_go_part_by_part),
      cmocka_unit_test(convolution_is_the_formula),   cmocka_unit_test(linear_is_the_formula),
      cmocka_unit_test(normalisation_is_the_formula), cmocka_unit_test(normalisation_goes_back_by_the_formula),
      cmocka_unit_test(normalisation_with_running_statistics),
      cmocka_unit_test(pooling_is_the_formula),       cmocka_unit_test(rectifier_is_the_formula),
      cmocka_unit_test(dropout_is_the_formula),       cmocka_unit_test(cross_entropy_is_the_formula),
      cmocka_unit_test(losses_and_gradients_of_a_batch_are_means),
      cmocka_unit_test(what_is_no_network_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
