/* certigar check: input, parameters, plan and candidate; the verdict; its reasons as text or JSON. */
#include "certigar_check.h"
#include "commands.h"
#include "digest.h"
#include "finding.h"
#include "json.h"
#include "report.h"
#include "result.h"
#include "setup.h"
#include "shell.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LIST_MAX = 40, WORST_SHOWN = 4 };

typedef struct job {
  int argc;
  char **argv; /* as it was given: parsing moves operands */
  setup set;
  vector candidate;
  output json;
  finding_facts facts;
  certigar_finding finding;
} job;

static int judge(job *work)
{
  certigar_message message = {""};
  progress_start(&work->set.bar);
  certigar_status status = certigar_check_run(work->set.plan, &work->set.in.matrix, work->candidate.values, &work->finding, &message);
  progress_end(&work->set.bar);
  work->facts.run.status = status;
  if (status == CERTIGAR_OK || status == CERTIGAR_NOT_FINITE) return 0;
  if (status == CERTIGAR_NO_VALUE) return complain(STATUS_NOT_FINITE, "there is nothing to compare with: %s", message.text);
  return complain(status == CERTIGAR_NO_MEMORY ? STATUS_OUTPUT : STATUS_USAGE, "%s", message.text);
}

/* ---- text ---- */

static int is_right(certigar_verdict verdict)
{
  return verdict == CERTIGAR_VERDICT_EXACT || verdict == CERTIGAR_VERDICT_TIE || verdict == CERTIGAR_VERDICT_ROUNDING;
}

/* About what a bound is, for people. */
static double approximate(certigar_bound bound)
{
  double value = bound.infinite ? INFINITY : ldexp((double)bound.significand, bound.exponent);
  return bound.negative ? -value : value;
}

static void print_rows(const char *what, const size_t *rows, size_t count)
{
  printf("%-14s", what);
  for (size_t i = 0; i < count && i < LIST_MAX; i++) printf(" %zu", rows[i]);
  printf(count > LIST_MAX ? " ... (%zu rows)\n" : "\n", count);
}

/* 2^bits, short. */
static void print_power(int bits)
{
  if (bits <= 16) {
    printf("%lu", 1ul << bits);
  } else {
    printf("2^%d", bits);
  }
}

/* How many are equal, then at most GROUPS groups of the classes up to the last that is not empty, then those that are not finite. */
static void print_ulps(const certigar_finding *finding)
{
  enum { GROUPS = 4, CLASSES = 64, NOT_FINITE = 65 };
  int first = 1, last = CLASSES;
  while (first <= CLASSES && finding->ulps_count[first] == 0) first++;
  while (last >= first && finding->ulps_count[last] == 0) last--;
  printf("%-14s %zu equal", "ULPs", finding->ulps_count[0]);
  int step = (last - first) / GROUPS + 1;
  for (int end = first + (last - first) % step; first <= last; end += step) {
    size_t count = 0;
    for (; first <= end; first++) count += finding->ulps_count[first];
    if (count == 0) continue;
    printf(", %zu below ", count);
    print_power(end);
  }
  if (finding->ulps_count[NOT_FINITE] > 0) printf(", %zu not finite", finding->ulps_count[NOT_FINITE]);
  printf("\n");
}

/* Whether there is a bound for each coordinate. */
static int bounds_coordinates(const job *work)
{
  return work->set.asked.rule != CERTIGAR_GEOMETRIC_MEDIAN;
}

static void print_difference(const job *work, const certigar_difference *of)
{
  certigar_dtype dtype = work->set.in.dtype;
  char candidate[WORD_TEXT_MAX], expected[WORD_TEXT_MAX], ulps[WORD_TEXT_MAX] = "not finite";
  int digits = dtype == CERTIGAR_FLOAT32 ? 9 : 17;
  word_text(candidate, dtype, of->candidate);
  word_text(expected, dtype, of->expected);
  if (of->ulps != UINT64_MAX) snprintf(ulps, sizeof ulps, "%" PRIu64 " ULP", of->ulps);
  printf("  at %zu: %s (%.*g), expected %s (%.*g): %s, error %.3g", of->coordinate, candidate, digits, word_value(dtype, of->candidate),
         expected, digits, word_value(dtype, of->expected), ulps, approximate(of->error));
  if (bounds_coordinates(work)) printf(", bound %.3g", approximate(of->bound));
  printf("\n");
}

/* Of an answer that is right it says nothing that others would give it too. */
static void print_profiles(const certigar_finding *finding)
{
  if (!finding->has_profile || is_right(finding->verdict)) return;
  printf("%-14s", "definitions");
  for (int p = 0; p < 32; p++)
    if (finding->profiles >> p & 1) printf(" %s", certigar_profile_name((certigar_profile)p));
  printf(finding->profile_exact ? " (%s bit for bit)\n" : " (up to rounding)\n", certigar_profile_name(finding->profile));
}

static int has_rows_of_rule(const certigar_finding *finding)
{
  size_t count = finding->expected.selected_count;
  return finding->selection_known && finding->selected_count == count &&
         memcmp(finding->selected, finding->expected.selected, count * sizeof *finding->selected) == 0;
}

static void print_choices(const certigar_finding *finding)
{
  const certigar_certificate *expected = &finding->expected;
  if (finding->selection_known) print_rows("made of rows", finding->selected, finding->selected_count);
  if (expected->selected_count > 0 && !has_rows_of_rule(finding)) print_rows("rule's rows", expected->selected, expected->selected_count);
  if (expected->score_count > 0) printf("%-14s %.6g\n", "rule's margin", approximate(expected->margin));
  if (finding->admissible > 0) printf("%-14s %zu choices of exact ties tried, at most %zu\n", "ties", finding->admissible, finding->admissible_cap);
  if (finding->verdict == CERTIGAR_VERDICT_AMBIGUOUS)
    printf("%-14s %.6g, and the format can tell %.6g\n", "gap", approximate(finding->gap), approximate(finding->resolution));
  if (finding->honest_count > 0) print_rows("honest rows", finding->honest, finding->honest_count);
}

/* The same command line for certigar identify. */
static void print_identify(const job *work)
{
  printf("certigar identify");
  for (int a = 0; a < work->argc; a++) {
    const char *argument = work->argv[a];
    if (strcmp(argument, "--json") == 0) {
      a++;
    } else if (strncmp(argument, "--json=", 7) != 0) {
      putchar(' ');
      shell_word(stdout, argument);
    }
  }
}

static void print_next(const job *work)
{
  certigar_verdict verdict = work->finding.verdict;
  if (is_right(verdict)) return;
  printf("%-14s ", "next");
  if (verdict == CERTIGAR_VERDICT_AMBIGUOUS) {
    printf("compute the choice %sexactly, and check again\n", work->set.in.dtype == CERTIGAR_FLOAT32 ? "in float64, or " : "");
    return;
  }
  print_identify(work);
  printf("\n%15s%s\n", "", verdict == CERTIGAR_VERDICT_PROFILE ? "names what gives it" : "says how far it is from every published definition");
}

static int print_finding(const job *work)
{
  const certigar_finding *finding = &work->finding;
  size_t shown = finding->worst_count < WORST_SHOWN ? finding->worst_count : WORST_SHOWN;
  printf("%s: %s\n", certigar_verdict_name(finding->verdict), finding->reason);
  if (finding->different > 0) {
    printf("%-14s %zu of %zu differ", "coordinates", finding->different, work->set.in.header.d);
    if (bounds_coordinates(work)) printf(", %zu beyond rounding", finding->outside);
    printf("\n");
    print_ulps(finding);
  }
  for (size_t i = 0; i < shown; i++) print_difference(work, &finding->worst[i]);
  if (finding->different > shown) printf("  and %zu more\n", finding->different - shown);
  print_choices(finding);
  print_profiles(finding);
  print_next(work);
  return end_of_output();
}

/* ---- JSON ---- */

static int write_json(job *work)
{
  size_t size = 0;
  finding_facts *facts = &work->facts;
  digest_matrix(&facts->run.input, &work->set.in.matrix, work->set.in.dtype);
  facts->candidate = work->candidate.hash;
  facts->finding = &work->finding;
  facts->run.result = work->finding.expected;
  setup_facts(&work->set, &facts->run);
  char *text = finding_text(facts, &size);
  return result_write(&work->json, work->set.asked.json, text, size);
}

static int report(job *work)
{
  const char *json = work->set.asked.json;
  int status = json != NULL ? write_json(work) : 0;
  if (status == 0 && (json == NULL || strcmp(json, "-") != 0)) status = print_finding(work);
  if (status != 0) return status;
  return is_right(work->finding.verdict) ? STATUS_DONE : STATUS_VERDICT;
}

static int run(job *work)
{
  int status = setup_open(&work->set);
  if (status == 0) status = setup_read_candidate(&work->set, &work->candidate);
  if (status == 0) status = result_open(&work->json, work->set.asked.json);
  if (status == 0) status = judge(work);
  if (status == 0) status = report(work);
  output_discard(&work->json);
  vector_clear(&work->candidate);
  setup_close(&work->set);
  return status;
}

int command_check(int argc, char **argv)
{
  job work = {.argc = argc, .argv = malloc(((size_t)argc + 1) * sizeof *argv), .json = output_none};
  if (work.argv == NULL) return complain(STATUS_OUTPUT, "no memory for the command line");
  memcpy(work.argv, argv, (size_t)argc * sizeof *argv);
  int status = request_parse(REQUEST_CHECK, argc, argv, &work.set.asked);
  if (status == 0) status = work.set.asked.help ? command_help("check") : run(&work);
  free(work.argv);
  return status;
}
