/* certigar identify: one run for each published definition, compared with the candidate. */
#include "commands.h"
#include "identification.h"
#include "report.h"
#include "result.h"
#include "setup.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

typedef struct job {
  setup set;
  vector candidate;
  output json;
  identification_facts facts;
} job;

/* Returns 0, or complains and returns an exit status. */
static int try_profile(job *work, certigar_profile profile)
{
  certigar_plan *plan;
  match *found = &work->facts.matches[profile];
  certigar_median_kind asked = work->set.asked.median;
  if (profile != CERTIGAR_PAPER) work->set.asked.median = CERTIGAR_MIDPOINT; /* each has its own */
  certigar_status status = setup_plan(&work->set, profile, &plan, &found->reason);
  work->set.asked.median = asked;
  if (status == CERTIGAR_OK) {
    progress_start(&work->set.bar);
    status = certigar_compare_run(plan, &work->set.in.matrix, work->candidate.values, &found->comparison, &found->reason);
    progress_end(&work->set.bar);
  }
  certigar_plan_free(plan);
  if (status == CERTIGAR_NO_MEMORY) return complain(STATUS_OUTPUT, "%s: no memory", certigar_profile_name(profile));
  found->none = status != CERTIGAR_OK && status != CERTIGAR_NOT_FINITE;
  return 0;
}

static int try_all(job *work)
{
  int status = 0;
  for (int p = 0; status == 0 && p < MATCHES_MAX; p++) status = try_profile(work, (certigar_profile)p);
  return status;
}

/* ---- what is said ---- */

static void print_match(certigar_profile profile, const match *of, size_t d)
{
  const certigar_comparison *found = &of->comparison;
  char ulps[48] = "one of them not finite";
  if (found->worst_ulps != UINT64_MAX) snprintf(ulps, sizeof ulps, "up to %" PRIu64 " ULP", found->worst_ulps);
  printf("%-14s ", certigar_profile_name(profile));
  if (of->none) {
    printf("no: %s\n", of->reason.text);
  } else if (found->match == CERTIGAR_MATCH_EXACT) {
    printf("matches bit for bit\n");
  } else {
    static const char *const how[] = {
        [CERTIGAR_MATCH_TIE] = "another choice of an exact tie: ", [CERTIGAR_MATCH_ROUNDING] = "within rounding: ", [CERTIGAR_MATCH_DIFFERENT] = "differs in "};
    const char *differ = found->match == CERTIGAR_MATCH_DIFFERENT ? "" : " differ";
    printf("%s%zu of %zu coordinates%s, by %s at %zu\n", how[found->match], found->different, d, differ, ulps, found->worst);
  }
}

static int write_json(job *work)
{
  size_t size = 0;
  identification_facts *facts = &work->facts;
  digest_matrix(&facts->run.input, &work->set.in.matrix, work->set.in.dtype);
  facts->candidate = work->candidate.hash;
  setup_facts(&work->set, &facts->run);
  facts->run.result.selected_count = work->set.asked.m;
  char *text = identification_text(facts, &size);
  return result_write(&work->json, work->set.asked.json, text, size);
}

static int report(job *work)
{
  const char *json = work->set.asked.json;
  int status = json != NULL ? write_json(work) : 0, some = 0;
  for (int p = 0; p < MATCHES_MAX; p++) {
    const match *found = &work->facts.matches[p];
    some |= !found->none && found->comparison.match != CERTIGAR_MATCH_DIFFERENT;
    if (status == 0 && (json == NULL || strcmp(json, "-") != 0)) print_match((certigar_profile)p, found, work->set.in.header.d);
  }
  if (status == 0) status = end_of_output();
  return status != 0 ? status : some ? STATUS_DONE : STATUS_VERDICT;
}

int command_identify(int argc, char **argv)
{
  job work = {.json = output_none};
  int status = request_parse(REQUEST_IDENTIFY, argc, argv, &work.set.asked);
  if (status != 0) return status;
  if (work.set.asked.help) return command_help("identify");
  status = setup_read(&work.set);
  if (status == 0) status = setup_read_candidate(&work.set, &work.candidate);
  if (status == 0) status = result_open(&work.json, work.set.asked.json);
  if (status == 0) status = try_all(&work);
  if (status == 0) status = report(&work);
  output_discard(&work.json);
  vector_clear(&work.candidate);
  setup_close(&work.set);
  return status;
}
