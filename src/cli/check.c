/* certigar check: input, parameters, plan and candidate; the verdict; its reasons as text or JSON. */
#include "certigar_check.h"
#include "commands.h"
#include "digest.h"
#include "finding.h"
#include "json.h"
#include "output.h"
#include "report.h"
#include "setup.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LIST_MAX = 40 };

typedef struct job {
  setup set;
  vector candidate;
  output json;
  finding_facts facts;
  certigar_finding finding;
} job;

static int complain_output(const job *work, const certigar_message *message)
{
  return complain(STATUS_OUTPUT, "%s: %s", setup_display(work->set.asked.json, "standard output"), message->text);
}

static int open_json(job *work)
{
  certigar_message message;
  if (work->set.asked.json == NULL || output_open(&work->json, work->set.asked.json, &message)) return 0;
  return complain_output(work, &message);
}

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

static void print_ulps(const certigar_finding *finding)
{
  printf("%-14s %zu of 0", "ULPs", finding->ulps_count[0]);
  for (int k = 1; k <= 64; k++) {
    if (finding->ulps_count[k] == 0) continue;
    uint64_t least = (uint64_t)1 << (k - 1), most = least - 1 + least;
    if (k == 1) {
      printf(", %zu of 1", finding->ulps_count[k]);
    } else {
      printf(", %zu of %" PRIu64 " to %" PRIu64, finding->ulps_count[k], least, most);
    }
  }
  if (finding->ulps_count[65] > 0) printf(", %zu not finite", finding->ulps_count[65]);
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

static void print_profiles(const certigar_finding *finding)
{
  if (!finding->has_profile) return;
  printf("%-14s", "definitions");
  for (int p = 0; p < 32; p++)
    if (finding->profiles >> p & 1) printf(" %s", certigar_profile_name((certigar_profile)p));
  printf(finding->profile_exact ? " (%s bit for bit)\n" : " (up to rounding)\n", certigar_profile_name(finding->profile));
}

static void print_choices(const certigar_finding *finding)
{
  const certigar_certificate *expected = &finding->expected;
  if (finding->selection_known) print_rows("made of rows", finding->selected, finding->selected_count);
  if (expected->selected_count > 0) print_rows("rule's rows", expected->selected, expected->selected_count);
  if (expected->score_count > 0) printf("%-14s %.6g\n", "rule's margin", approximate(expected->margin));
  if (finding->admissible > 0) printf("%-14s %zu choices of exact ties tried, at most %zu\n", "ties", finding->admissible, finding->admissible_cap);
  if (finding->verdict == CERTIGAR_VERDICT_AMBIGUOUS)
    printf("%-14s %.6g, and the format can tell %.6g\n", "gap", approximate(finding->gap), approximate(finding->resolution));
  if (finding->honest_count > 0) print_rows("honest rows", finding->honest, finding->honest_count);
}

static int print_finding(const job *work)
{
  const certigar_finding *finding = &work->finding;
  printf("%s: %s\n", certigar_verdict_name(finding->verdict), finding->reason);
  if (finding->different > 0) {
    printf("%-14s %zu of %zu differ", "coordinates", finding->different, work->set.in.header.d);
    if (bounds_coordinates(work)) printf(", %zu beyond rounding", finding->outside);
    printf("\n");
    print_ulps(finding);
  }
  for (size_t i = 0; i < finding->worst_count; i++) print_difference(work, &finding->worst[i]);
  print_choices(finding);
  print_profiles(finding);
  return end_of_output();
}

/* ---- JSON ---- */

static int write_json(job *work)
{
  certigar_message message;
  size_t size = 0;
  finding_facts *facts = &work->facts;
  digest_matrix(&facts->run.input, &work->set.in.matrix, work->set.in.dtype);
  facts->candidate = work->candidate.hash;
  facts->finding = &work->finding;
  facts->run.result = work->finding.expected;
  setup_facts(&work->set, &facts->run);
  char *text = finding_text(facts, &size);
  if (text == NULL) return complain(STATUS_OUTPUT, "%s: no memory for its contents", setup_display(work->set.asked.json, "standard output"));
  void *memory = output_reserve(&work->json, size, &message);
  if (memory != NULL) memcpy(memory, text, size);
  free(text);
  if (memory == NULL || !output_finish(&work->json, &message) || !output_publish(&work->json, &message)) return complain_output(work, &message);
  return 0;
}

static int report(job *work)
{
  const char *json = work->set.asked.json;
  int status = json != NULL ? write_json(work) : 0;
  if (status == 0 && (json == NULL || strcmp(json, "-") != 0)) status = print_finding(work);
  if (status != 0) return status;
  switch (work->finding.verdict) {
    case CERTIGAR_VERDICT_EXACT:
    case CERTIGAR_VERDICT_TIE:
    case CERTIGAR_VERDICT_ROUNDING: return STATUS_DONE;
    default: return STATUS_VERDICT;
  }
}

int command_check(int argc, char **argv)
{
  job work = {.json = output_none};
  int status = request_parse(REQUEST_CHECK, argc, argv, &work.set.asked);
  if (status != 0) return status;
  if (work.set.asked.help) return command_help("check");
  status = setup_open(&work.set);
  if (status == 0) status = setup_read_candidate(&work.set, &work.candidate);
  if (status == 0) status = open_json(&work);
  if (status == 0) status = judge(&work);
  if (status == 0) status = report(&work);
  output_discard(&work.json);
  vector_clear(&work.candidate);
  setup_close(&work.set);
  return status;
}
