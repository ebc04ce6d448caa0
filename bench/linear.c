/* The growth with d: see linear.h. The rows repeat a block of values; a reader copies from it. */
#include "linear.h"
#include "inputs.h"
#include "measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROWS = 20, LIARS = 4, PERIOD = 1 << 16, SIZES = 5, BAR = 40 };

static void read_block(void *context, size_t row, size_t first, size_t count, void *values)
{
  const float *block = (const float *)context + row * PERIOD;
  for (size_t done = 0; done < count;) {
    const size_t at = (first + done) % PERIOD, part = count - done < PERIOD - at ? count - done : PERIOD - at;
    memcpy((float *)values + done, block + at, part * sizeof(float));
    done += part;
  }
}

static double megabytes(void)
{
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (double)usage.ru_maxrss / 1024;
}

static double run(certigar_plan *plan, const char *name, float *block, size_t d, float *out)
{
  const certigar_matrix rows = {.n = ROWS, .d = d, .read = read_block, .context = block};
  const double start = processor_seconds();
  if (certigar_plan_run(plan, &rows, out, NULL, NULL) != CERTIGAR_OK) give_up(name, "is not done");
  return processor_seconds() - start;
}

static void report_rule(certigar_rule rule, float *block, int markdown)
{
  const char *name = certigar_rule_name(rule);
  certigar_options *options = certigar_options_new();
  certigar_plan *plan;
  if (!options) give_up("memory", "there is not enough");
  certigar_options_set_f(options, LIARS);
  if (certigar_plan_new(&plan, rule, CERTIGAR_FLOAT32, ROWS, options, NULL) != CERTIGAR_OK) give_up("plan", "there is none");
  certigar_options_free(options);
  printf("\n%s of %d rows of float32, one thread, by d; the rows come from a reader and are in no memory, the output is\n\n", name, ROWS);
  printf(markdown ? "| d | seconds | nanoseconds per coordinate | megabytes beyond the output |\n|---|---|---|---|\n"
                  : "  %12s %10s %16s %22s\n",
         "d", "seconds", "ns/coordinate", "MB beyond the output");
  double first = 0;
  for (size_t d = 10000, k = 0; k < SIZES; d *= 10, k++) {
    float *out = memory(d * sizeof *out);
    const double took = run(plan, name, block, d, out), each = took * 1e9 / (double)d, beyond = megabytes() - (double)d * sizeof *out / 1048576;
    if (k == 0) first = each;
    printf(markdown ? "| %zu | %.3f | %.1f | %.0f |\n" : "  %12zu %10.3f %16.1f %22.0f  ", d, took, each, beyond);
    for (int b = 0; !markdown && b < BAR && b < (int)(each / first * BAR / 2); b++) printf("=");
    if (!markdown) printf("\n");
    fflush(stdout);
    free(out);
  }
  certigar_plan_free(plan);
}

/* In a process of its own, since the most memory that a process has had is all that the system tells. */
static void report_apart(certigar_rule rule, float *block, int markdown)
{
  int status;
  fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    report_rule(rule, block, markdown);
    fflush(stdout);
    _exit(0);
  }
  if (child < 0 || waitpid(child, &status, 0) != child || status != 0) give_up("growth", "its process failed");
}

void report_growth(int markdown)
{
  float *block = memory((size_t)ROWS * PERIOD * sizeof *block);
  fill_input(ORDINARY, CERTIGAR_KRUM, CERTIGAR_FLOAT32, ROWS, LIARS, PERIOD, block);
  report_apart(CERTIGAR_KRUM, block, markdown);
  report_apart(CERTIGAR_MULTI_BULYAN, block, markdown);
  free(block);
}
