/* What became of one case, as the journal keeps it and the reports show it. */
#ifndef CERTIGAR_AUDIT_RECORD_H
#define CERTIGAR_AUDIT_RECORD_H

#include "case.h"
#include "protocol.h"

#include <jansson.h>

/* The verdicts come first, as certigar_verdict has them. */
typedef enum outcome {
  OUTCOME_CRASH = CERTIGAR_VERDICT_WRONG + 1,
  OUTCOME_TIMEOUT,
  OUTCOME_PROTOCOL,
  OUTCOME_ERROR,
  OUTCOME_NOT_RUN,
  OUTCOME_UNSUPPORTED,
  OUTCOME_NO_VALUE,
  OUTCOME_COUNT
} outcome;

const char *outcome_name(int of);

/* Whether it is for the program; against it; and whether nothing was judged (neither). */
int outcome_is_for(int of);
int outcome_is_against(int of);

/* How bad it is: the worst has the least rank. */
int outcome_rank(int of);

/* Ranges of errors in ULPs, and of margins. */
enum { ULPS_RANGES = 9, MARGIN_RANGES = 6, NO_MARGIN = MARGIN_RANGES };
extern const char *const ulps_names[ULPS_RANGES];
extern const char *const margin_names[MARGIN_RANGES];

typedef struct record {
  certigar_rule rule;
  size_t index, n, d, f;
  char generator[64];
  uint64_t seed;
  certigar_dtype dtype;
  int own; /* with the audit's own parameters, in place of a test vector's */
  int outcome;
  char reason[CERTIGAR_REASON_MAX + 1];
  char margin[64]; /* empty: the rule has none */
  int margin_range;
  uint32_t profiles; /* bit 1 << profile */
  size_t different, outside;
  uint64_t worst_ulps; /* UINT64_MAX: one of the two is not finite */
  size_t ulps[ULPS_RANGES];
  size_t milliseconds;
  char *tail; /* of standard error, where there is a finding; else NULL */
} record;

/* Starts a record with what the case is, over one that is clear. */
void record_start(record *r, const audit_case *c);

/* Judges an answer. Returns 0, or complains and returns an exit status. */
int record_judge(record *r, const audit_case *c, const answer *given);

void record_clear(record *r);

/* An object, NULL if there is no memory; and back: 0 if it is no such object. */
json_t *record_json(const record *r);
int record_from_json(record *r, const json_t *object);

#endif
