/* bench_step: a step of training, and the aggregation in it, on demand, so that another program can be timed in turn with it (bench/step.py).
 *
 * The network of the DRA/MRA thesis for MNIST, 15 workers with batches of 25 and f = 5, as in its Table 4.1, on random pixels: time does not depend on
 * what is on the pictures. For each line of standard input one step; prints two lines: the seconds of the step, and the seconds that the rule takes for
 * the step's rows, run once more. At the end of input it ends.
 *
 * usage: bench_step RULE THREADS
 */
#include "train/dataset.h"
#include "train/training.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { WORKERS = 15, LIARS = 5, BATCH = 25, SIDE = 28, CLASSES = 10, SAMPLES = WORKERS * CLASSES * 361 };

static _Noreturn void give_up(const char *why)
{
  fprintf(stderr, "bench_step: %s\n", why);
  exit(2);
}

static double now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void fill(samples *out)
{
  random_stream random = random_open(1, RANDOM_DATA, 0, 0);
  if (!dataset_allocate(out, SAMPLES, SIDE * SIDE)) give_up("no memory");
  for (size_t i = 0; i < SAMPLES * SIDE * SIDE; i++) out->pixels[i] = (unsigned char)random_word(&random);
  for (size_t i = 0; i < SAMPLES; i++) out->labels[i] = (unsigned char)(i % CLASSES);
}

static void time_step(training *run, certigar_plan *plan, float *out)
{
  certigar_message message;
  training_report report;
  size_t n, d;
  double start = now();
  if (!training_step(run, &report, &message)) give_up(message.text);
  double step = now() - start;
  const float *rows = training_sent(run, &n, &d);
  certigar_matrix matrix = {.data = rows, .n = n, .d = d, .row_stride = (ptrdiff_t)(d * sizeof *rows), .column_stride = sizeof *rows};
  start = now();
  if (certigar_plan_run(plan, &matrix, out, NULL, &message) != CERTIGAR_OK) give_up(message.text);
  printf("%.9f\n%.9f\n", step, now() - start);
  fflush(stdout);
}

int main(int argc, char **argv)
{
  dataset data = {.in = {1, SIDE, SIDE, 0}, .classes = CLASSES, .mean = {(real)0.5}, .deviation = {(real)0.3}};
  network net;
  certigar_message message;
  certigar_plan *plan;
  certigar_options *options = certigar_options_new();
  if (argc != 3) give_up("usage: bench_step RULE THREADS");
  long threads = strtol(argv[2], NULL, 10);
  if (!options || threads < 1 || threads > 64) give_up("THREADS must be 1 to 64");
  fill(&data.train);
  fill(&data.test);
  if (!network_read(&net, network_named("mnist"), data.in, CLASSES, &message)) give_up(message.text);
  certigar_options_set_f(options, LIARS);
  certigar_options_set_threads(options, (size_t)threads);
  training_options asked = {.data = &data, .net = &net, .n = WORKERS, .f = LIARS, .batch = BATCH, .threads = (size_t)threads, .seed = 1, .rate = 0.75,
                            .beta1 = 0.99, .beta2 = 0.999, .eps = 1e-8, .l2 = 1e-4, .clip = 2, .rule_options = options,
                            .strength = NAN, .omniscient = -1};
  if (!certigar_rule_from_name(argv[1], &asked.rule)) give_up("no such rule");
  if (certigar_plan_new(&plan, asked.rule, CERTIGAR_FLOAT32, WORKERS, options, &message) != CERTIGAR_OK) give_up(message.text);
  training *run = training_new(&asked, &message);
  float *out = malloc(net.parameter_count * sizeof *out);
  if (!run || !out) give_up(run ? "no memory" : message.text);
  for (int c; (c = getchar()) != EOF;)
    if (c == '\n') time_step(run, plan, out);
  free(out);
  training_free(run);
  certigar_plan_free(plan);
  certigar_options_free(options);
  dataset_free(&data);
  return 0;
}
