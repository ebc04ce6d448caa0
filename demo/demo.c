/* demo: real gradients, attacked, aggregated by every rule, and after every pre-aggregation, every bit checked against the reference.
 *
 * Exit status: 0 if every bit was right, 1 if one was not (or a guarantee was broken), 2 if the demo could not run.
 */
#include "accept.h"
#include "attacks.h"
#include "judge.h"
#include "naive.h"

#include "input.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>


static const char *const default_file = "data/fashion-lenet-gradients-n20.npy";

/* Beside the rules with their defaults. */
static const job others[] = {
    {"multi-bulyan iterated", CERTIGAR_MULTI_BULYAN, CERTIGAR_ITERATED, NO_STAGE},
    {"nnm, median", CERTIGAR_MEDIAN, CERTIGAR_ONE_PASS, STAGE_NNM},
    {"bucketing, median", CERTIGAR_MEDIAN, CERTIGAR_ONE_PASS, STAGE_BUCKETING},
    {"clip, median", CERTIGAR_MEDIAN, CERTIGAR_ONE_PASS, STAGE_CLIP},
    {"arc, median", CERTIGAR_MEDIAN, CERTIGAR_ONE_PASS, STAGE_ARC},
};

typedef struct totals {
  size_t checked, near, accepted, wrong, breaches;
} totals;

static void *memory(size_t bytes)
{
  void *taken = malloc(bytes);
  if (!taken) give_up("memory", "there is not enough");
  return taken;
}

static double percent(size_t part, size_t whole)
{
  return 100 * (double)part / (double)whole;
}

static void print_row(const demo *dm, const char *attack_name, const char *name, const verdict *v)
{
  printf("  %-9s %-21s %-12s %10.1f %%   ", attack_name, name, v->said, percent(v->outside, dm->d));
  if (isfinite(v->degrees))
    printf("%8.1f", v->degrees);
  else
    printf("%8s", "none");
  printf("   %12.1f\n", v->copies);
}

static void print_acceptance(const char *attack_name, const acceptance *a)
{
  printf("  %-9s %-21s %-12s accepts %zu of %zu honest rows", attack_name, "zeno++", a->wrong ? "DIFFERENT" : "EXACT", a->honest_accepted, a->honest);
  if (a->lies > 0) printf(", %zu of %zu others", a->lies_accepted, a->lies);
  printf("\n");
}

/* The rows of the file, in memory of their own. */
static void load(demo *dm, const char *path)
{
  certigar_message message;
  input in;
  if (!input_open(&in, path, NPY_MATRIX, &message)) give_up(path, message.text);
  const certigar_matrix *m = &in.matrix;
  if (in.dtype != CERTIGAR_FLOAT32 || m->byte_swapped || in.header.fortran_order || m->n < 4 * LIARS + 3 || m->n > ROWS_MAX)
    give_up(path, "the demo wants 19 to 64 rows of float32, one after another, in this processor's byte order");
  float *rows = memory(m->n * m->d * sizeof *rows);
  memcpy(rows, m->data, m->n * m->d * sizeof *rows);
  for (size_t k = 0; k < m->n * m->d; k++)
    if (!isfinite(rows[k])) give_up(path, "the demo wants finite values, and attacks them itself");
  dm->honest = rows;
  dm->n = m->n;
  dm->d = m->d;
  input_close(&in);
}

static size_t columns_of_zeros(const demo *dm)
{
  size_t columns = 0;
  for (size_t c = 0; c < dm->d; c++) {
    size_t zeros = 0;
    for (size_t i = 0; i < dm->n; i++) zeros += dm->honest[i * dm->d + c] == 0;
    columns += zeros == dm->n;
  }
  return columns;
}

static void introduce(const demo *dm, const char *path)
{
  printf("certigar demo: real gradients, attacked, aggregated, checked\n\n"
         "%zu workers train one network together, and a server makes one gradient of theirs. Each row of\n"
         "%s is the gradient of one worker: %zu numbers\n"
         "(%zu of them are zero in every row). Now workers",
         dm->n, path, dm->d, columns_of_zeros(dm));
  for (size_t j = 0; j < LIARS; j++) printf("%s %zu", j == 0 ? "" : j + 1 < LIARS ? "," : " and", liar_row(j, dm->n));
  printf(" turn Byzantine: they know what the\nothers send, and themselves send\n\n");
  for (size_t a = 0; a < attack_count; a++) printf("  %-9s %s\n", attacks[a].name, attacks[a].what);
  printf("\nEvery rule is told that there may be f = %d such workers, not which. average is no defence: it is there to compare with.\n\n", LIARS);
  printf("  %-9s %-21s %-12s %12s   %8s   %12s\n", "", "", "against the", "outside the", "angle to", "time, with a");
  printf("  %-9s %-21s %-12s %12s   %8s   %12s\n", "attack", "rule", "reference", "honest range", "the mean", "copy as 1");
}

static void explain(const demo *dm)
{
  printf("\n"
         "reference EXACT: all bits of all %zu coordinates are those of an independent implementation on big integers\n"
         "          and MPFR, which shares no code with certigar. Else: how many coordinates differ.\n"
         "          (smea: of the rows that it selected; no other set has a lesser eigenvalue, by doubles.)\n"
         "          ULP: centered-clipping (tau = %s, %d iterations) and caf may be off by one ULP of the greatest value in the\n"
         "          column; this is the most that a coordinate is.\n"
         "          gap: the sum of distances at the geometric median exceeds the least sum by no more than this share of it, by a\n"
         "          bound that is rounded outward, and by the least sum that the reference finds.\n"
         "outside   coordinates below every honest value or above every one. For median and trimmed-mean there can be\n"
         "          none, whatever f workers send: that is proved of their definitions and kernels (SOUNDNESS.md).\n"
         "angle     between the result and the mean of the honest rows, in degrees: 0 is the same direction, 90 says\n"
         "          nothing, 180 is the opposite. Honest gradients of small batches are far apart themselves.\n"
         "time      one thread, instruction set %s. The copy is memcpy of the same rows, here in cache.\n"
         "\n"
         "zeno scores each row by row 0, as if that were the gradient of the server's own data; so does zeno++, which decides of\n"
         "each row by itself. nnm, bucketing (means of %d rows at a time), clip (tau = %s) and arc are pre-aggregations, here before the median,\n"
         "which then need not stay within the honest range.\n",
         dm->d, CLIPPING_TAU, CLIPPING_ITERATIONS, certigar_level_name(CERTIGAR_LEVEL_BEST), BUCKET, CLIPPING_TAU);
}

/* What the same jobs give when they are written with floats. */
static void show_naive(demo *dm)
{
  naive_mean(dm->honest, dm->n, dm->d, 0, dm->out);
  naive_mean(dm->honest, dm->n, dm->d, 1, dm->expected);
  const size_t order = differing(dm->out, dm->expected, dm->d);
  reference_aggregate(dm->reference, REFERENCE_AVERAGE, REFERENCE_MIDPOINT, dm->n, 0, dm->d, dm->honest, dm->expected, NULL, NULL);
  printf("\nThe same in plain float32 code, to compare. Results depend on the order in which the rows come:\n"
         "  mean, no attack: %zu coordinates differ when the rows come in reverse; %zu are not the exact mean, rounded.\n",
         order, differing(dm->out, dm->expected, dm->d));
  attack_rows(attack_by_nan, dm->honest, dm->n, dm->d, dm->attacked);
  naive_median(dm->attacked, dm->n, dm->d, 0, dm->out);
  naive_median(dm->attacked, dm->n, dm->d, 1, dm->expected);
  printf("  median, sorted with <, NaN attack: %zu coordinates differ when the rows come in reverse.\n",
         differing(dm->out, dm->expected, dm->d));
}

static void show(demo *dm, const attack *a, const job *what, totals *t)
{
  const verdict v = judge(dm, a->lies, what);
  print_row(dm, a->name, what->name, &v);
  fflush(stdout);
  if (is_real(what->rule))
    t->near++;
  else
    t->checked += dm->d;
  t->wrong += v.wrong;
  if (what->before == NO_STAGE && (what->rule == CERTIGAR_MEDIAN || what->rule == CERTIGAR_TRIMMED_MEAN)) t->breaches += v.outside;
}

int main(int count, char **arguments)
{
  const char *path = count > 1 ? arguments[1] : default_file;
  totals t = {0};
  demo dm;
  load(&dm, path);
  dm.attacked = memory(dm.n * dm.d * sizeof(float));
  dm.copied = memory(dm.n * dm.d * sizeof(float));
  dm.out = memory(dm.d * sizeof(float));
  dm.expected = memory(dm.d * sizeof(float));
  dm.reference = reference_new(REFERENCE_BINARY32);
  introduce(&dm, path);
  for (size_t a = 0; a < attack_count; a++) {
    attack_rows(&attacks[a], dm.honest, dm.n, dm.d, dm.attacked);
    printf("\n");
    for (certigar_rule rule = CERTIGAR_AVERAGE; certigar_rule_name(rule); rule++) {
      const job what = {certigar_rule_name(rule), rule, CERTIGAR_ONE_PASS, NO_STAGE};
      show(&dm, &attacks[a], &what, &t);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) show(&dm, &attacks[a], &others[i], &t);
    const acceptance server = accept_rows(&dm, attacks[a].lies);
    print_acceptance(attacks[a].name, &server);
    t.accepted += server.honest + server.lies;
    t.wrong += server.wrong;
  }
  explain(&dm);
  show_naive(&dm);
  printf("\n");
  if (t.wrong > 0) {
    printf("FAILED: %zu coordinates or decisions are not what the reference says.\n", t.wrong);
  } else if (t.breaches > 0) {
    printf("FAILED: median or trimmed-mean left the honest range in %zu coordinates.\n", t.breaches);
  } else {
    printf("Shown: %zu coordinates, all that have prescribed bits, are right to the last bit; %zu results of rules over real numbers\n"
           "are within the distance that spec/rules.md allows; %zu decisions of zeno++ are right; median and trimmed-mean stayed within the\n"
           "honest range.\n",
           t.checked, t.near, t.accepted);
  }
  reference_free(dm.reference);
  free(dm.honest);
  free(dm.attacked);
  free(dm.copied);
  free(dm.out);
  free(dm.expected);
  return t.wrong > 0 || t.breaches > 0;
}
