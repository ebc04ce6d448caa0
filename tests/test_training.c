/* Training runs on the generated data: the same run, bit for bit, with any number of threads and through any checkpoint; under attack average fails
 * where resilient rules do not, with every optimiser, rule and attack; what is out of range is refused by name; splits are what they say. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "train/asynchronous.h"
#include "train/checkpoint.h"

static const char small[] = "L20-R-L10", drawn[] = "C2k3-R-B-M-D0.3-L10"; /* the second with normalisation and dropout */
static dataset data;
static char folder[] = "/tmp/certigar-training-XXXXXX", path[64];

static int open_data(void **state) {
  certigar_message message;
  (void)state;
  if (!mkdtemp(folder)) return -1;
  snprintf(path, sizeof path, "%s/run", folder);
  return dataset_open(&data, "generated", ".", &message) ? 0 : -1;
}

static int close_data(void **state) {
  (void)state;
  dataset_free(&data);
  unlink(path);
  return rmdir(folder);
}

/* ---- a run ---- */

typedef struct bench {
  training_options options;
  network net;
  certigar_options *rule;
  training *run;
  asynchronous *server;
} bench;

static void bench_begin(bench *b, const char *model, size_t n, size_t f) {
  certigar_message message;
  *b = (bench){.options = {.n = n, .f = f, .batch = 25, .threads = 2, .seed = 1, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8, .l2 = 1e-4, .clip = 2,
                           .rate = 1, .rho = 0.0005, .validation = 25, .strength = NAN, .omniscient = -1, .rule = CERTIGAR_TRIMMED_MEAN}};
  assert_true(network_read(&b->net, model, data.in, data.classes, &message));
  b->rule = certigar_options_new();
  assert_non_null(b->rule);
  certigar_options_set_f(b->rule, f);
  b->options.data = &data;
  b->options.net = &b->net;
  b->options.rule_options = b->rule;
}

static void set_optimizer(bench *b, optimizer_kind kind, floor_kind dra) {
  b->options.optimizer = kind;
  b->options.dra = dra;
  if (kind != OPTIMIZER_SGD && kind != OPTIMIZER_RESAM) b->options.rate = 0.02;
}

/* The last q workers do what the name says. */
static void set_attack(bench *b, const char *name, size_t q) {
  const attack *found = attack_named(name);
  assert_non_null(found);
  b->options.q = q;
  if (strcmp(name, "label-flip") == 0) b->options.labels = LABELS_REVERSED;
  else if (strcmp(name, "label-permutation") == 0) b->options.labels = LABELS_PERMUTED;
  else b->options.attack = found;
}

static void open_run(bench *b) {
  certigar_message message;
  b->run = training_new(&b->options, &message);
  if (!b->run) fail_msg("%s", message.text);
}

static training_report go(bench *b, size_t steps) {
  certigar_message message;
  training_report report = {.finite = 1};
  for (size_t i = 0; i < steps; i++)
    if (!training_step(b->run, &report, &message)) fail_msg("%s", message.text);
  return report;
}

static void close_run(bench *b) {
  asynchronous_free(b->server);
  training_free(b->run);
  b->server = NULL;
  b->run = NULL;
}

static void bench_end(bench *b) {
  close_run(b);
  certigar_options_free(b->rule);
}

/* All that a run has reached. */
typedef struct snapshot {
  unsigned char *bytes;
  size_t size;
} snapshot;

static snapshot snapshot_of(training *run) {
  snapshot s = {NULL, 0};
  void *bytes;
  size_t size;
  for (size_t i = 0; training_state(run, i, &bytes, &size); i++) {
    s.bytes = realloc(s.bytes, s.size + size + 1);
    assert_non_null(s.bytes);
    memcpy(s.bytes + s.size, bytes, size);
    s.size += size;
  }
  return s;
}

static void assert_same(training *run, const snapshot *wanted) {
  snapshot got = snapshot_of(run);
  assert_int_equal(got.size, wanted->size);
  assert_memory_equal(got.bytes, wanted->bytes, got.size);
  free(got.bytes);
}

static const struct {
  optimizer_kind kind;
  floor_kind dra;
  const char *name;
  double clean, saved; /* accuracies to be reached, without and under attack */
} optimizers[] = {{OPTIMIZER_SGD, 0, "sgd", 0.72, 0.69},   {OPTIMIZER_RESAM, 0, "resam", 0.8, 0.78},
                  {OPTIMIZER_ADAM, 0, "adam", 0.9, 0.88},  {OPTIMIZER_MRA, 0, "mra", 0.82, 0.83},
                  {OPTIMIZER_DRA, FLOOR_OUTSIDE, "dra", 0.82, 0.83}, {OPTIMIZER_DRA, FLOOR_INSIDE, "dra, equation 3.1", 0.9, 0.7}};
enum { OPTIMIZERS = sizeof optimizers / sizeof *optimizers };

/* ---- the same run ---- */

static void threads_change_nothing(void **state) {
  (void)state;
  for (size_t which = 0; which < 2 * OPTIMIZERS; which++) {
    snapshot first = {NULL, 0};
    double loss, first_loss = 0;
    static const size_t threads[] = {1, 2, 5};
    for (int i = 0; i < 3; i++) {
      bench b;
      bench_begin(&b, which % 2 ? drawn : small, 7, 2);
      set_optimizer(&b, optimizers[which / 2].kind, optimizers[which / 2].dra);
      set_attack(&b, "gaussian", 2);
      b.options.threads = threads[i];
      certigar_options_set_threads(b.rule, threads[i]);
      open_run(&b);
      go(&b, 4);
      training_accuracy(b.run, &loss);
      if (i == 0) first = snapshot_of(b.run), first_loss = loss;
      assert_same(b.run, &first);
      assert_memory_equal(&loss, &first_loss, sizeof loss);
      bench_end(&b);
    }
    free(first.bytes);
  }
}

static void another_seed_is_another_run(void **state) {
  (void)state;
  bench b;
  bench_begin(&b, small, 5, 1);
  open_run(&b);
  go(&b, 1);
  snapshot first = snapshot_of(b.run);
  close_run(&b);
  b.options.seed = 2;
  open_run(&b);
  go(&b, 1);
  snapshot second = snapshot_of(b.run);
  assert_memory_not_equal(first.bytes, second.bytes, first.size);
  free(first.bytes);
  free(second.bytes);
  bench_end(&b);
}

static void write_run(bench *b, const char *description) {
  certigar_message message;
  if (!checkpoint_write(b->run, description, path, &message)) fail_msg("%s", message.text);
}

static void read_run(bench *b, const char *description) {
  certigar_message message;
  if (!checkpoint_read(b->run, description, path, &message)) fail_msg("%s", message.text);
}

static void a_resumed_run_is_the_same(void **state) {
  (void)state;
  enum { STEPS = 4 };
  for (size_t which = 0; which < 2 * OPTIMIZERS; which++) {
    bench b;
    bench_begin(&b, which % 2 ? drawn : small, 7, 2);
    set_optimizer(&b, optimizers[which / 2].kind, optimizers[which / 2].dra);
    set_attack(&b, "gaussian", 2);
    b.options.rate_every = 2;
    open_run(&b);
    go(&b, STEPS);
    snapshot whole = snapshot_of(b.run);
    for (size_t at = 0; at <= STEPS; at++) {
      close_run(&b);
      open_run(&b);
      go(&b, at);
      write_run(&b, "one");
      close_run(&b);
      open_run(&b);
      read_run(&b, "one");
      assert_int_equal(training_steps_done(b.run), at);
      go(&b, STEPS - at);
      assert_same(b.run, &whole);
    }
    free(whole.bytes);
    bench_end(&b);
  }
}

/* ---- damaged checkpoints ---- */

static unsigned char *file_bytes(size_t *size) {
  FILE *file = fopen(path, "rb");
  struct stat status;
  assert_non_null(file);
  assert_int_equal(fstat(fileno(file), &status), 0);
  *size = (size_t)status.st_size;
  unsigned char *bytes = malloc(*size + 1);
  assert_int_equal(fread(bytes, 1, *size, file), *size);
  fclose(file);
  return bytes;
}

static void assert_refused(bench *b, const snapshot *before, const unsigned char *bytes, size_t size, const char *description, const char *why) {
  certigar_message message = {""};
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, size, file), size);
  assert_int_equal(fclose(file), 0);
  if (checkpoint_read(b->run, description, path, &message)) fail_msg("taken, though it is %s", why);
  assert_non_null(strstr(message.text, path));
  if (!strstr(message.text, why)) fail_msg("'%s' does not say '%s'", message.text, why);
  assert_same(b->run, before);
}

static void what_is_no_checkpoint_is_refused(void **state) {
  (void)state;
  bench b;
  size_t size, head = strlen("certigar-checkpoint 1\none\n");
  certigar_message message;
  bench_begin(&b, "L10", 5, 1);
  open_run(&b);
  go(&b, 2);
  write_run(&b, "one");
  unsigned char *bytes = file_bytes(&size);
  close_run(&b);
  open_run(&b);
  go(&b, 1);
  snapshot before = snapshot_of(b.run);
  bytes[size] = 0;
  for (size_t at = 0; at < size; at += at < 100 || at + 100 > size ? 1 : 101) { /* one bit each */
    bytes[at] ^= (unsigned char)(1 << at % 8);
    assert_refused(&b, &before, bytes, size, "one", at < 22 ? "not a checkpoint" : at < head ? "other options" : "damaged");
    bytes[at] ^= (unsigned char)(1 << at % 8);
    if (at % 5 == 0) assert_refused(&b, &before, bytes, at, "one", at < 22 ? "not a checkpoint" : at < head ? "other options" : "damaged");
  }
  assert_refused(&b, &before, bytes, size + 1, "one", "damaged");
  assert_refused(&b, &before, bytes, size, "two", "other options");
  assert_refused(&b, &before, bytes, size, "on", "other options");
  assert_refused(&b, &before, bytes, size, "one more", "other options");
  unlink(path);
  assert_false(checkpoint_read(b.run, "one", path, &message));
  assert_non_null(strstr(message.text, "not there"));
  assert_false(checkpoint_read(b.run, "one", folder, &message));
  assert_false(checkpoint_write(b.run, "one", "/nowhere/at/all", &message));
  assert_same(b.run, &before);
  free(bytes);
  free(before.bytes);
  bench_end(&b);
}

/* ---- under attack ----
 *
 * What is wanted of an accuracy is 0.04 to 0.1 below the least that was seen with five of OpenBLAS's kernels and slightly changed l2: sums that round
 * otherwise lead elsewhere, with the rules that take values of several workers most. */

typedef struct end {
  double accuracy;
  int finite;
} end;

static end reach(bench *b, certigar_rule rule, size_t steps) {
  b->options.rule = rule;
  open_run(b);
  end e = {.finite = go(b, steps).finite};
  e.accuracy = training_accuracy(b->run, NULL);
  close_run(b);
  return e;
}

/* A rule is at what guessing gives, or broken. */
static void assert_lost(bench *b, certigar_rule rule, size_t steps, const char *what) {
  end poor = reach(b, rule, steps);
  if (poor.accuracy > 0.2) fail_msg("%s: %s is at %.3f", what, certigar_rule_name(rule), poor.accuracy);
}

static void assert_learns(bench *b, certigar_rule rule, size_t steps, double wanted, const char *what) {
  end good = reach(b, rule, steps);
  if (!good.finite || good.accuracy < wanted) fail_msg("%s: %s is at %.3f, wanted %.3f", what, certigar_rule_name(rule), good.accuracy, wanted);
}

/* Average is lost; the rule is well above. */
static void assert_saved(bench *b, certigar_rule rule, size_t steps, double wanted, const char *what) {
  assert_lost(b, CERTIGAR_AVERAGE, steps, what);
  assert_learns(b, rule, steps, wanted, what);
}

static void every_optimizer(void **state) {
  (void)state;
  for (size_t i = 0; i < OPTIMIZERS; i++) {
    bench b;
    bench_begin(&b, small, 9, 2);
    set_optimizer(&b, optimizers[i].kind, optimizers[i].dra);
    assert_learns(&b, CERTIGAR_AVERAGE, 40, optimizers[i].clean, optimizers[i].name);
    set_attack(&b, "gaussian", 2);
    assert_saved(&b, CERTIGAR_TRIMMED_MEAN, 40, optimizers[i].saved, optimizers[i].name);
    bench_end(&b);
  }
}

static void every_attack(void **state) {
  (void)state;
  static const struct {
    const char *name;
    double strength;
  } cases[] = {{"little", 20},      {"alie", 20},         {"empire", 4},       {"ipm", 4},     {"sign-flip", 4},  {"inf", NAN},
               {"minus-inf", NAN},  {"nan", NAN},         {"gaussian", 200},   {"min-max", 20}, {"leeway", 100}, {"model-negation", 1e10},
               {"gradient-scale", -1e10}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    bench b;
    bench_begin(&b, small, 9, 2);
    set_attack(&b, cases[i].name, 2);
    b.options.strength = cases[i].strength;
    assert_saved(&b, CERTIGAR_MDA, 40, 0.73, cases[i].name);
    bench_end(&b);
  }
  for (int i = 0; i < 2; i++) { /* made for the rule in use: average is lost, the rule is hurt */
    bench b;
    bench_begin(&b, small, 9, 2);
    set_attack(&b, i ? "empire-search" : "little-search", 2);
    assert_saved(&b, CERTIGAR_MDA, 40, i ? 0.48 : 0.43, "a searched attack");
    bench_end(&b);
  }
}

/* Wrong labels do not ruin an average, they hold it back. Mimic sends nothing that is wrong: with even data it takes weight and no more. */
static void attacks_that_only_hold_back(void **state) {
  (void)state;
  static const char *const names[] = {"label-flip", "label-permutation", "mimic"};
  for (int i = 0; i < 3; i++) {
    bench b;
    bench_begin(&b, small, 11, 4);
    end clean = reach(&b, CERTIGAR_AVERAGE, 40);
    set_attack(&b, names[i], 4);
    end hurt = reach(&b, CERTIGAR_AVERAGE, 40), saved = reach(&b, CERTIGAR_MDA, 40);
    if (hurt.accuracy >= clean.accuracy) fail_msg("%s does nothing: %.3f", names[i], hurt.accuracy);
    if (i < 2 && saved.accuracy < hurt.accuracy + (i ? 0.09 : 0.2)) fail_msg("%s: mda %.3f, average %.3f", names[i], saved.accuracy, hurt.accuracy);
    bench_end(&b);
  }
}

/* Krum moves along one worker's gradient, Bulyan and Multi-Bulyan along few values of each coordinate: they learn more slowly than the others. */
static double wanted_of(certigar_rule rule) {
  static const double wanted[] = {
      [CERTIGAR_MEDIAN] = 0.66, [CERTIGAR_TRIMMED_MEAN] = 0.5, [CERTIGAR_MEAMED] = 0.6, [CERTIGAR_KRUM] = 0.36, [CERTIGAR_MULTI_KRUM] = 0.71,
      [CERTIGAR_BULYAN] = 0.5, [CERTIGAR_MULTI_BULYAN] = 0.58, [CERTIGAR_MDA] = 0.6, [CERTIGAR_CGE] = 0.6, [CERTIGAR_MONNA] = 0.6,
      [CERTIGAR_GEOMETRIC_MEDIAN] = 0.72, [CERTIGAR_BRSGD] = 0.63, [CERTIGAR_ZENO] = 0.6, [CERTIGAR_CENTERED_CLIPPING] = 0.66, [CERTIGAR_CAF] = 0.62,
      [CERTIGAR_SMEA] = 0.6};
  if (rule >= sizeof wanted / sizeof *wanted || !(wanted[rule] > 0)) fail_msg("%s: say what it is to reach", certigar_rule_name(rule));
  return wanted[rule];
}

static void every_rule(void **state) {
  (void)state;
  for (certigar_rule rule = CERTIGAR_AVERAGE; certigar_rule_name(rule); rule++) {
    if (rule == CERTIGAR_AVERAGE) continue;
    bench b;
    bench_begin(&b, small, 11, 2);
    certigar_options_set_beta(b.rule, "1/2");
    certigar_options_set_threshold(b.rule, "inf");
    certigar_options_set_tau(b.rule, "100");
    certigar_options_set_iterations(b.rule, 1);
    set_attack(&b, "model-negation", 2);
    assert_saved(&b, rule, 40, wanted_of(rule), certigar_rule_name(rule));
    bench_end(&b);
  }
}

static void pre_aggregations(void **state) {
  (void)state;
  static const char *const names[] = {"nnm", "arc", "clip", "bucketing"};
  static const double wanted[] = {0.69, 0.65, 0.66, 0.66};
  for (int kind = 0; kind < 4; kind++) {
    bench b;
    bench_begin(&b, small, 12, 2);
    set_attack(&b, "model-negation", 2);
    assert_lost(&b, CERTIGAR_AVERAGE, 40, names[kind]);
    if (kind == 0) certigar_options_add_nnm(b.rule);
    if (kind == 1) certigar_options_add_arc(b.rule);
    if (kind == 2) certigar_options_add_clip(b.rule, "1");
    if (kind == 3) certigar_options_add_bucketing(b.rule, 2, NULL);
    assert_learns(&b, CERTIGAR_TRIMMED_MEAN, 40, wanted[kind], names[kind]);
    bench_end(&b);
  }
}

/* What lengthens the rows of attackers does nothing after arc and clip, even to the average. */
static void pre_aggregations_that_save_the_average(void **state) {
  (void)state;
  for (int kind = 0; kind < 2; kind++) {
    bench b;
    bench_begin(&b, small, 12, 2);
    set_attack(&b, "model-negation", 2);
    if (kind == 0) certigar_options_add_arc(b.rule);
    else certigar_options_add_clip(b.rule, "1");
    assert_learns(&b, CERTIGAR_AVERAGE, 40, 0.67, kind ? "clip" : "arc");
    bench_end(&b);
  }
}

/* Three attackers are one more than the rule is told, but without a seed the last four rows make two buckets. */
static void attackers_share_buckets(void **state) {
  (void)state;
  bench b;
  bench_begin(&b, small, 12, 2);
  set_attack(&b, "model-negation", 3);
  assert_lost(&b, CERTIGAR_TRIMMED_MEAN, 40, "without buckets");
  certigar_options_add_bucketing(b.rule, 2, NULL);
  assert_learns(&b, CERTIGAR_TRIMMED_MEAN, 40, 0.48, "buckets of two");
  bench_end(&b);
}

/* Half of them with BrSGD, which is told one less, the most it takes; 12 of 20 with Zeno, whose server has samples of its own. */
static void half_of_them_and_more(void **state) {
  (void)state;
  static const char *const names[] = {"gaussian", "gradient-scale"};
  bench b;
  for (int i = 0; i < 2; i++) {
    bench_begin(&b, small, 20, 9);
    certigar_options_set_beta(b.rule, "1/2");
    certigar_options_set_threshold(b.rule, "inf");
    set_attack(&b, names[i], 10);
    assert_saved(&b, CERTIGAR_BRSGD, 40, 0.73, names[i]);
    bench_end(&b);
  }
  bench_begin(&b, small, 20, 0);
  set_attack(&b, "sign-flip", 12);
  assert_lost(&b, CERTIGAR_AVERAGE, 40, "12 of 20");
  certigar_options_set_f(b.rule, b.options.f = 12);
  assert_learns(&b, CERTIGAR_ZENO, 40, 0.58, "12 of 20");
  bench_end(&b);
}

static void a_negative_second_moment(void **state) {
  (void)state;
  static const char *const names[] = {"little", "empire"};
  for (int i = 0; i < 2; i++) {
    bench b;
    bench_begin(&b, small, 9, 3);
    set_optimizer(&b, OPTIMIZER_MRA, 0);
    set_attack(&b, names[i], 3);
    end broken = reach(&b, CERTIGAR_AVERAGE, 10);
    assert_false(broken.finite);
    assert_true(broken.accuracy <= 0);
    b.options.drop_negative = 1;
    assert_learns(&b, CERTIGAR_AVERAGE, 40, 0.8, names[i]);
    bench_end(&b);
  }
}

/* What is dropped is left out: the run is that of the others alone, and the rows selected are numbered as they came. */
static void dropping_is_leaving_out(void **state) {
  (void)state;
  bench b;
  bench_begin(&b, small, 9, 3);
  set_optimizer(&b, OPTIMIZER_MRA, 0);
  set_attack(&b, "empire", 3);
  b.options.drop_negative = 1;
  b.options.rule = CERTIGAR_KRUM;
  open_run(&b);
  training_report report = go(&b, 1);
  size_t n, d;
  const float *sent = training_sent(b.run, &n, &d);
  assert_int_equal(report.dropped, 3);
  assert_int_equal(report.selected_count, 1);
  certigar_options *rest = certigar_options_new();
  float *out = malloc(d * sizeof *out);
  assert_int_equal(certigar_aggregate_f32(CERTIGAR_KRUM, sent, 6, d, rest, out, NULL), CERTIGAR_OK);
  certigar_options_free(rest);
  size_t same = 0;
  while (memcmp(sent + same * d, out, d * sizeof *out) != 0) assert_true(++same < 6);
  assert_int_equal(report.selected[0], same);
  free(out);
  bench_end(&b);
}

static void the_loss_of_an_evaluation_that_is_nan_counts_as_wrong(void **state) {
  (void)state;
  bench b;
  bench_begin(&b, small, 5, 1);
  set_attack(&b, "nan", 1);
  end e = reach(&b, CERTIGAR_AVERAGE, 1);
  assert_false(e.finite);
  assert_true(e.accuracy <= 0);
  bench_end(&b);
}

/* ---- zeno++ ---- */

static const asynchronous_options patient = {.rho = 0.0005, .epsilon = 0.02, .staleness = 4, .refresh = 2};

static void open_server(bench *b, const asynchronous_options *options) {
  certigar_message message;
  open_run(b);
  b->server = asynchronous_new(b->run, &b->options, options, &message);
  if (!b->server) fail_msg("%s", message.text);
}

typedef struct answers {
  size_t honest, honest_accepted, byzantine, byzantine_accepted, oldest;
} answers;

static answers go_on(bench *b, size_t steps) {
  answers a = {0, 0, 0, 0, 0};
  for (size_t i = 0; i < steps; i++) {
    arrival report;
    asynchronous_step(b->server, &report);
    int honest = report.worker < b->options.n - b->options.q;
    *(honest ? &a.honest : &a.byzantine) += 1;
    *(honest ? &a.honest_accepted : &a.byzantine_accepted) += report.accepted != 0;
    if (report.age > a.oldest) a.oldest = report.age;
    assert_true(report.age <= training_steps_done(b->run) - 1);
  }
  return a;
}

static void an_asynchronous_server_tells_workers_apart(void **state) {
  (void)state;
  bench b;
  bench_begin(&b, small, 10, 0);
  b.options.rule = CERTIGAR_AVERAGE;
  b.options.rate = 0.3;
  b.options.validation = 100;
  set_attack(&b, "sign-flip", 8);
  open_server(&b, &patient);
  answers a = go_on(&b, 400);
  double accuracy = training_accuracy(b.run, NULL);
  close_run(&b);
  assert_int_equal(a.oldest, patient.staleness);
  if (a.byzantine_accepted * 15 > a.byzantine || a.honest_accepted * 10 < a.honest * 9 || accuracy < 0.5)
    fail_msg("accepted %zu of %zu honest and %zu of %zu Byzantine answers; accuracy %.3f", a.honest_accepted, a.honest, a.byzantine_accepted, a.byzantine,
             accuracy);
  asynchronous_options trusting = patient;
  trusting.accept_all = 1;
  open_server(&b, &trusting);
  go_on(&b, 400);
  accuracy = training_accuracy(b.run, NULL);
  if (accuracy > 0.2) fail_msg("with all answers accepted: %.3f", accuracy);
  bench_end(&b);
}

static void an_asynchronous_server_goes_on(void **state) {
  (void)state;
  enum { STEPS = 11 };
  for (int which = 0; which < 2; which++) {
    bench b;
    bench_begin(&b, which ? drawn : small, 6, 0);
    b.options.rule = CERTIGAR_AVERAGE;
    b.options.rate = 0.3;
    set_attack(&b, "gaussian", 2);
    open_server(&b, &patient);
    go_on(&b, STEPS);
    snapshot whole = snapshot_of(b.run);
    for (size_t at = 0; at <= STEPS; at++) {
      close_run(&b);
      open_server(&b, &patient);
      go_on(&b, at);
      write_run(&b, "server");
      close_run(&b);
      open_server(&b, &patient);
      read_run(&b, "server");
      go_on(&b, STEPS - at);
      assert_same(b.run, &whole);
    }
    free(whole.bytes);
    bench_end(&b);
  }
}

/* The worker is drawn before the age, whatever the compiler. */
static void arrivals_are_drawn_in_order(void **state) {
  (void)state;
  bench b;
  bench_begin(&b, "L10", 6, 0);
  b.options.rule = CERTIGAR_AVERAGE;
  open_server(&b, &patient);
  for (size_t t = 0; t < 20; t++) {
    random_stream random = random_open(b.options.seed, RANDOM_ARRIVAL, t, 0);
    arrival report;
    asynchronous_step(b.server, &report);
    assert_int_equal(report.worker, random_below(&random, 6));
    size_t age = random_below(&random, patient.staleness + 1);
    assert_int_equal(report.age, age < t ? age : t);
  }
  bench_end(&b);
}

static void an_asynchronous_server_refuses(void **state) {
  (void)state;
  certigar_message message;
  bench b;
  bench_begin(&b, "L10", 6, 0);
  b.options.rule = CERTIGAR_AVERAGE;
  open_run(&b);
  asynchronous_options wrong = patient;
  wrong.refresh = 0;
  assert_null(asynchronous_new(b.run, &b.options, &wrong, &message));
  assert_non_null(strstr(message.text, "refresh = 0"));
  wrong = patient;
  wrong.staleness = SIZE_MAX;
  assert_null(asynchronous_new(b.run, &b.options, &wrong, &message));
  assert_non_null(strstr(message.text, "staleness"));
  wrong = patient;
  wrong.rho = -1;
  assert_null(asynchronous_new(b.run, &b.options, &wrong, &message));
  assert_non_null(strstr(message.text, "rho"));
  close_run(&b);
  set_attack(&b, "ipm", 2);
  b.options.omniscient = 1;
  open_run(&b);
  assert_null(asynchronous_new(b.run, &b.options, &patient, &message));
  assert_non_null(strstr(message.text, "omniscient"));
  close_run(&b);
  b.options.omniscient = -1;
  set_attack(&b, "mimic", 2);
  open_run(&b);
  assert_null(asynchronous_new(b.run, &b.options, &patient, &message));
  assert_non_null(strstr(message.text, "mimic"));
  bench_end(&b);
}

/* ---- what is out of range ---- */

static void assert_out_of_range(bench *b, const char *name) {
  certigar_message message = {""};
  training *run = training_new(&b->options, &message);
  if (run) fail_msg("%s was taken", name);
  if (!strstr(message.text, name)) fail_msg("'%s' does not name %s", message.text, name);
}

#define REFUSED(name, member, value)     \
  do {                                   \
    bench b;                             \
    bench_begin(&b, "L10", 7, 2);        \
    b.options.member = value;            \
    assert_out_of_range(&b, name);       \
    bench_end(&b);                       \
  } while (0)

static void parameters_out_of_range(void **state) {
  (void)state;
  REFUSED("workers", n, 0);
  REFUSED("workers", n, 6001);
  REFUSED("workers", n, (size_t)1 << 61);
  REFUSED("byzantine", q, 7);
  REFUSED("batch", batch, 0);
  REFUSED("batch", batch, SIZE_MAX);
  REFUSED("validation", validation, SIZE_MAX);
  REFUSED("rate", rate, 0);
  REFUSED("rate", rate, -1);
  REFUSED("rate", rate, 1e-60);
  REFUSED("rate", rate, HUGE_VAL);
  REFUSED("rate", rate, 1e39);
  REFUSED("alpha", alpha, -1);
  REFUSED("alpha", alpha, HUGE_VAL);
  REFUSED("beta1", beta1, 1);
  REFUSED("beta1", beta1, -0.5);
  REFUSED("beta2", beta2, 1);
  REFUSED("eps", eps, -1e-9);
  REFUSED("l2", l2, -1);
  REFUSED("l2", l2, 1e200);
  REFUSED("clip", clip, -1);
}

static void what_does_not_go_together(void **state) {
  (void)state;
  bench b;
  bench_begin(&b, "L10", 7, 2);
  b.options.rule = CERTIGAR_ZENO;
  b.options.validation = 0;
  assert_out_of_range(&b, "validation");
  b.options.validation = 25;
  b.options.rho = -1;
  assert_out_of_range(&b, "rho");
  b.options.rho = 0;
  b.options.optimizer = OPTIMIZER_MRA;
  assert_out_of_range(&b, "zeno");
  b.options.rule = CERTIGAR_MONNA;
  b.options.drop_negative = 1;
  assert_out_of_range(&b, "monna");
  bench_end(&b);
  bench_begin(&b, "L10", 7, 0); /* what drop-negative may leave: 7 rows less two, of which Multi-Krum cannot average four */
  b.options.rule = CERTIGAR_MULTI_KRUM;
  b.options.optimizer = OPTIMIZER_MRA;
  certigar_options_set_m(b.rule, 4);
  set_attack(&b, "empire", 2);
  open_run(&b);
  close_run(&b);
  b.options.drop_negative = 1;
  assert_out_of_range(&b, "drop-negative may leave 5 rows");
  bench_end(&b);
  bench_begin(&b, "L10", 7, 4);
  assert_out_of_range(&b, "f = 4");
  b.options.rule = CERTIGAR_KRUM;
  certigar_options_set_f(b.rule, 3);
  assert_out_of_range(&b, "2f+3");
  bench_end(&b);
  bench_begin(&b, "L10", 7, 2);
  set_attack(&b, "little", 1);
  assert_out_of_range(&b, "two");
  set_attack(&b, "little-search", 2);
  b.options.omniscient = 0;
  assert_out_of_range(&b, "tries the rule on all rows");
  bench_end(&b);
}

/* ---- splits ---- */

static samples labelled(const size_t *counts) {
  samples s = {0, NULL, NULL};
  for (size_t c = 0; c < 10; c++) s.count += counts[c];
  s.labels = malloc(s.count);
  size_t at = 0;
  for (size_t round = 0; at < s.count; round++) /* classes mixed */
    for (size_t c = 0; c < 10; c++)
      if (round < counts[c]) s.labels[at++] = (unsigned char)c;
  return s;
}

static const size_t mnist[10] = {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949};

/* No sample twice; returns how many are used. */
static size_t used(const split *s, const samples *from) {
  unsigned char *seen = calloc(from->count, 1);
  for (size_t i = 0; i < s->first[s->workers]; i++) {
    assert_true(s->which[i] < from->count);
    assert_int_equal(seen[s->which[i]]++, 0);
  }
  free(seen);
  return s->first[s->workers];
}

static void an_even_split(void **state) {
  (void)state;
  samples from = labelled(mnist);
  split s;
  certigar_message message;
  assert_true(split_make(&s, &from, 10, 15, 0, 1, &message));
  assert_int_equal(used(&s, &from), 15 * 10 * 361);
  for (size_t w = 0; w < 15; w++) {
    size_t counts[10] = {0};
    for (size_t i = s.first[w]; i < s.first[w + 1]; i++) counts[from.labels[s.which[i]]]++;
    for (size_t c = 0; c < 10; c++) assert_int_equal(counts[c], 361);
  }
  split_free(&s);
  assert_false(split_make(&s, &from, 10, 5422, 0, 1, &message));
  assert_non_null(strstr(message.text, "gets no sample"));
  free(from.labels);
}

static void a_dirichlet_split(void **state) {
  (void)state;
  samples from = labelled(mnist);
  certigar_message message;
  static const double alphas[] = {0.1, 1, 1e6};
  for (int i = 0; i < 3; i++) {
    split s;
    assert_true(split_make(&s, &from, 10, 17, alphas[i], 1, &message));
    assert_int_equal(used(&s, &from), from.count);
    double spread = 0; /* of the shares of class 0: (17 shares: their squares add up to 1/17 if even, to 1 if one has all) */
    for (size_t w = 0; w < 17; w++) {
      double count = 0;
      for (size_t k = s.first[w]; k < s.first[w + 1]; k++) count += from.labels[s.which[k]] == 0;
      spread += count / 5923 * count / 5923;
    }
    if (i == 0) assert_true(spread > 0.15);
    if (i == 2) assert_true(spread < 1 / 17.0 + 1e-3);
    split_free(&s);
  }
  split one;
  assert_true(split_make(&one, &from, 10, 1, 1e-6, 3, &message)); /* gamma numbers that are all 0 */
  assert_int_equal(used(&one, &from), from.count);
  split_free(&one);
  free(from.labels);
}

/* A gamma number of a shape below 1 is made of one of a greater shape, drawn first, and a uniform one, whatever the compiler. */
static void gamma_numbers_are_drawn_in_order(void **state) {
  (void)state;
  random_stream random = random_open(1, RANDOM_SPLIT, 0, 1), same = random;
  for (int i = 0; i < 100; i++) {
    double greater = random_gamma(&same, 0.1 + 1), wanted = greater * pow(random_unit(&same), 1 / 0.1), got = random_gamma(&random, 0.1);
    assert_memory_equal(&got, &wanted, sizeof got);
  }
}

/* Each time a worker has gone through its samples it has had every one, in another order. */
static void batches_go_round(void **state) {
  (void)state;
  size_t counts[10] = {7, 7, 7, 7, 7, 7, 7, 7, 7, 7}, order[70], all[3 * 35];
  samples from = labelled(counts);
  split s;
  certigar_message message;
  assert_true(split_make(&s, &from, 10, 2, 0, 1, &message));
  assert_int_equal(s.first[2] - s.first[1], 30);
  for (size_t step = 0; step < 15; step++) split_batch(&s, 1, 1, step, 4, all + 4 * step, order);
  for (int round = 0; round < 2; round++) {
    int seen[70] = {0};
    for (int i = 0; i < 30; i++) assert_int_equal(seen[all[30 * round + i]]++, 0);
  }
  assert_memory_not_equal(all, all + 30, 30 * sizeof *all);
  split_batch(&s, 1, 1, 0, 100, all, order); /* more than it has */
  split_free(&s);
  free(from.labels);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(threads_change_nothing),
      cmocka_unit_test(another_seed_is_another_run),
      cmocka_unit_test(a_resumed_run_is_the_same),
      cmocka_unit_test(what_is_no_checkpoint_is_refused),
      cmocka_unit_test(every_optimizer),
      cmocka_unit_test(every_attack),
      cmocka_unit_test(attacks_that_only_hold_back),
      cmocka_unit_test(every_rule),
      cmocka_unit_test(pre_aggregations),
      cmocka_unit_test(pre_aggregations_that_save_the_average),
      cmocka_unit_test(attackers_share_buckets),
      cmocka_unit_test(half_of_them_and_more),
      cmocka_unit_test(a_negative_second_moment),
      cmocka_unit_test(dropping_is_leaving_out),
      cmocka_unit_test(the_loss_of_an_evaluation_that_is_nan_counts_as_wrong),
      cmocka_unit_test(an_asynchronous_server_tells_workers_apart),
      cmocka_unit_test(an_asynchronous_server_goes_on),
      cmocka_unit_test(arrivals_are_drawn_in_order),
      cmocka_unit_test(an_asynchronous_server_refuses),
      cmocka_unit_test(parameters_out_of_range),
      cmocka_unit_test(what_does_not_go_together),
      cmocka_unit_test(an_even_split),
      cmocka_unit_test(a_dirichlet_split),
      cmocka_unit_test(gamma_numbers_are_drawn_in_order),
      cmocka_unit_test(batches_go_round),
  };
  return cmocka_run_group_tests(tests, open_data, close_data);
}
