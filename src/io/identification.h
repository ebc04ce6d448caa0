/* Which published definitions give a candidate, as JSON. Its keys are described in docs/man/certigar-identify.1. */
#ifndef CERTIGAR_IO_IDENTIFICATION_H
#define CERTIGAR_IO_IDENTIFICATION_H

#include "certificate.h"

/* What is known of one definition. */
typedef struct match {
  int none; /* it does not have the rule, does not take the parameters, or has no value: */
  certigar_message reason;
  certigar_comparison comparison; /* unless that */
} match;

enum { MATCHES_MAX = CERTIGAR_FEDML + 1 };

typedef struct identification_facts {
  certificate_facts run; /* rule, parameters, n, d, dtype, input */
  digest candidate;
  match matches[MATCHES_MAX]; /* of each profile */
} identification_facts;

/* The text, ending in a newline, in *size bytes to be freed with free; NULL if there is no memory. */
char *identification_text(const identification_facts *facts, size_t *size);

#endif
