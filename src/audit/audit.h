/* An audit under way: its cases, what became of them, and the evidence kept of what failed. */
#ifndef CERTIGAR_AUDIT_AUDIT_H
#define CERTIGAR_AUDIT_AUDIT_H

#include "journal.h"
#include "progress.h"
#include "record.h"

enum { WORST, SMALLEST, EVIDENCE_KINDS };
enum { PROFILES_MAX = 32 };

/* Ids of requests: those of the cases, from 1; then so many for each rule, to shrink its evidence; then those of cases that are asked again. */
enum { SHRINK_IDS = 1000, EVIDENCE_IDS = EVIDENCE_KINDS * SHRINK_IDS };

typedef struct audit {
  audit_settings settings;
  record *records; /* of rule r and case i: number r * cases + i; its generator is empty as long as it was not run */
  json_t *evidence[AUDIT_RULES_MAX][EVIDENCE_KINDS]; /* as the JSON result has it; NULL: not there, or not yet */
  process program;
  journal log;
  progress bar;
  size_t steps;
} audit;

/* What the records of one rule add up to. */
typedef struct tally {
  size_t outcomes[OUTCOME_COUNT], good, against, other; /* their sums: for, against, neither */
  size_t own;                                            /* judged with the audit's own parameters, in place of a test vector's */
  size_t ulps[ULPS_RANGES];
  size_t margins[MARGIN_RANGES][2]; /* for, against */
  size_t profiles[PROFILES_MAX];
  size_t milliseconds;
} tally;

void tally_rule(tally *t, const audit *a, size_t rule_at);

/* Whether nothing speaks against the program, and something was judged: of every rule if rules were named. */
int audit_passed(const audit *a);

/* The failing case of a rule that is the worst, or the smallest; NULL if there is none, or if the smallest is the worst. */
const record *audit_failure(const audit *a, size_t rule_at, int kind);

/* "worst" or "smallest". */
const char *evidence_name(int kind);

/* Shrinks a failing case, writes the files of it and describes it. Returns 0, or complains and returns an exit status. */
int evidence_make(audit *a, size_t rule_at, int kind, const record *failing);

/* Removes the files that an earlier audit left in a state directory. */
void evidence_remove(const char *state);

/* The reports: each writes to memory what the file is to hold. */
void report_json_write(FILE *to, const audit *a);
void report_junit_write(FILE *to, const audit *a);
void report_html_write(FILE *to, const audit *a);
void report_text_write(FILE *to, const audit *a);

#endif
