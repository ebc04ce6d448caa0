/* certigar identify: one run for each published definition, compared with the candidate. */
#include "check/number.h"
#include "commands.h"
#include "identification.h"
#include "output.h"
#include "report.h"
#include "setup.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct job {
  setup set;
  vector candidate;
  output json;
  unsigned char *values; /* of a run */
  identification_facts facts;
} job;

/* ---- comparison ---- */

/* 2^8 times a value, in units of the last place of a value with this shift, which is at most one less than its own, cut. */
static int64_t scaled(const certigar_format *format, uint64_t word, int shift)
{
  int64_t significand = (int64_t)certigar_significand(format, word);
  int up = certigar_shift(format, word) - shift + 8;
  significand = up >= 0 ? significand << up : up > -63 ? significand >> -up : 0;
  return word & format->sign ? -significand : significand;
}

/* The greatest shift of a finite value in column c. */
static int greatest_shift(const job *work, const certigar_format *format, size_t c)
{
  int shift = 0;
  for (size_t i = 0; i < work->set.in.header.n; i++) {
    uint64_t word;
    certigar_load_words(format, &work->set.in.matrix, i, c, 1, &word);
    if (certigar_word_is_finite(format, word) && certigar_shift(format, word) > shift) shift = certigar_shift(format, word);
  }
  return shift;
}

/* Whether y may be a rounded x: both finite, and no farther apart than n + 1 units in the last place of the greatest of x and the values of the
 * column. (A sum of n values and a division are n roundings in floating point.) */
static int is_rounding(const job *work, const certigar_format *format, size_t c, uint64_t x, uint64_t y)
{
  if (!certigar_word_is_finite(format, x) || !certigar_word_is_finite(format, y)) return 0;
  int shift = greatest_shift(work, format, c), own = certigar_shift(format, x);
  if (own > shift) shift = own; /* of a sum */
  if (certigar_shift(format, y) > shift + 1) return 0;
  int64_t apart = scaled(format, x, shift) - scaled(format, y, shift), most = ((int64_t)work->set.in.header.n + 1) << 8;
  return -most <= apart && apart <= most;
}

static void compare(const job *work, match *found)
{
  const certigar_format *format = certigar_format_of(work->set.in.dtype);
  found->kind = MATCH_SAME;
  for (size_t c = 0; c < work->set.in.header.d; c++) {
    uint64_t x = certigar_word_at(format, work->values, c), y = certigar_word_at(format, work->candidate.values, c);
    if (certigar_word_is_same(format, x, y)) continue;
    uint64_t ulps = certigar_ulps(format, x, y);
    if (found->different++ == 0 || ulps > found->worst_ulps) {
      found->worst_ulps = ulps;
      found->worst = c;
    }
    if (found->kind == MATCH_DIFFERENT) continue;
    found->kind = is_rounding(work, format, c, x, y) ? MATCH_ROUNDING : MATCH_DIFFERENT;
  }
}

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
    status = certigar_plan_run(plan, &work->set.in.matrix, work->values, NULL, &found->reason);
    progress_end(&work->set.bar);
  }
  certigar_plan_free(plan);
  if (status == CERTIGAR_NO_MEMORY) return complain(STATUS_OUTPUT, "%s: no memory", certigar_profile_name(profile));
  found->kind = MATCH_NONE;
  if (status == CERTIGAR_OK || status == CERTIGAR_NOT_FINITE) compare(work, found);
  return 0;
}

static int try_all(job *work)
{
  size_t bytes = work->set.in.header.d * work->set.in.header.item_size;
  int status = 0;
  work->values = malloc(bytes);
  if (work->values == NULL) return complain(STATUS_OUTPUT, "no memory for %zu values", work->set.in.header.d);
  for (int p = 0; status == 0 && p < MATCHES_MAX; p++) status = try_profile(work, (certigar_profile)p);
  return status;
}

/* ---- what is said ---- */

static int complain_output(const job *work, const certigar_message *message)
{
  return complain(STATUS_OUTPUT, "%s: %s", setup_display(work->set.asked.json, "standard output"), message->text);
}

static void print_match(certigar_profile profile, const match *of, size_t d)
{
  char ulps[48] = "one of them not finite";
  if (of->worst_ulps != UINT64_MAX) snprintf(ulps, sizeof ulps, "up to %" PRIu64 " ULP", of->worst_ulps);
  printf("%-14s ", certigar_profile_name(profile));
  switch (of->kind) {
    case MATCH_SAME: printf("matches bit for bit\n"); break;
    case MATCH_ROUNDING: printf("within rounding: %zu of %zu coordinates differ, by %s at %zu\n", of->different, d, ulps, of->worst); break;
    case MATCH_DIFFERENT: printf("differs in %zu of %zu coordinates, by %s at %zu\n", of->different, d, ulps, of->worst); break;
    default: printf("no: %s\n", of->reason.text); break;
  }
}

static int write_json(job *work)
{
  certigar_message message;
  size_t size = 0;
  identification_facts *facts = &work->facts;
  digest_matrix(&facts->run.input, &work->set.in.matrix, work->set.in.dtype);
  facts->candidate = work->candidate.hash;
  setup_facts(&work->set, &facts->run);
  facts->run.result.selected_count = work->set.asked.m;
  char *text = identification_text(facts, &size);
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
  int status = json != NULL ? write_json(work) : 0, some = 0;
  for (int p = 0; p < MATCHES_MAX; p++) {
    const match *found = &work->facts.matches[p];
    some |= found->kind == MATCH_SAME || found->kind == MATCH_ROUNDING;
    if (status == 0 && (json == NULL || strcmp(json, "-") != 0)) print_match((certigar_profile)p, found, work->set.in.header.d);
  }
  if (status == 0) status = end_of_output();
  return status != 0 ? status : some ? STATUS_DONE : STATUS_VERDICT;
}

int command_identify(int argc, char **argv)
{
  certigar_message message;
  job work = {.json = output_none};
  int status = request_parse(REQUEST_IDENTIFY, argc, argv, &work.set.asked);
  if (status != 0) return status;
  if (work.set.asked.help) return command_help("identify");
  status = setup_read(&work.set);
  if (status == 0) status = setup_read_candidate(&work.set, &work.candidate);
  if (status == 0 && work.set.asked.json != NULL && !output_open(&work.json, work.set.asked.json, &message)) status = complain_output(&work, &message);
  if (status == 0) status = try_all(&work);
  if (status == 0) status = report(&work);
  free(work.values);
  output_discard(&work.json);
  vector_clear(&work.candidate);
  setup_close(&work.set);
  return status;
}
