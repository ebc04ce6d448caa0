/* Which published definitions give a candidate, as JSON. Its keys are described in docs/man/certigar-identify.1. */
#ifndef CERTIGAR_IO_IDENTIFICATION_H
#define CERTIGAR_IO_IDENTIFICATION_H

#include "certificate.h"

typedef enum match_kind { MATCH_SAME, MATCH_ROUNDING, MATCH_DIFFERENT, MATCH_NONE } match_kind;

/* What is known of one definition. */
typedef struct match {
  match_kind kind;
  size_t different;       /* coordinates whose words differ, NaN as one word */
  uint64_t worst_ulps;    /* UINT64_MAX: one of the two is not finite */
  size_t worst;           /* a coordinate with that */
  certigar_message reason; /* of MATCH_NONE */
} match;

enum { MATCHES_MAX = CERTIGAR_FEDML + 1 };

typedef struct identification_facts {
  certificate_facts run; /* rule, parameters, n, d, dtype, input */
  digest candidate;
  match matches[MATCHES_MAX]; /* of each profile */
} identification_facts;

/* "exact", "rounding", "different", "none". */
const char *match_name(match_kind kind);

/* The text, ending in a newline, in *size bytes to be freed with free; NULL if there is no memory. */
char *identification_text(const identification_facts *facts, size_t *size);

#endif
