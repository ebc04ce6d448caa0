/* The certificate: what was computed, by what, from what, as JSON. Its keys are described in docs/man/certigar-aggregate.1. */
#ifndef CERTIGAR_IO_CERTIFICATE_H
#define CERTIGAR_IO_CERTIFICATE_H

#include "certigar_check.h"
#include "digest.h"

typedef struct certificate_facts {
  certigar_rule rule;
  certigar_profile profile;
  certigar_median_kind median; /* of the median rule only */
  size_t f, n, d;
  size_t pivot;             /* of monna only */
  certigar_variant variant; /* of multi-bulyan only */
  const char *tolerance;        /* of geometric-median only */
  const char *beta, *threshold; /* of brsgd only */
  const char *tau;              /* of centered-clipping only, as the next two */
  size_t iterations;
  const digest *centre; /* NULL: zero */
  const digest *scores; /* of zeno only */
  const char *pre[8];       /* pre-aggregations, as on the command line */
  size_t pre_count;
  certigar_dtype dtype;
  certigar_status status; /* CERTIGAR_OK, CERTIGAR_NOT_FINITE or CERTIGAR_NO_VALUE */
  certigar_certificate result;
  digest input, output; /* output is empty if there is none */
} certificate_facts;

/* "midpoint", "lower", "upper": also the names on the command line. */
const char *certificate_median_name(certigar_median_kind kind);

/* "float32", "float64". */
const char *dtype_name(certigar_dtype dtype);

/* The text of the certificate, ending in a newline, in *size bytes to be freed with free; NULL if there is no memory. */
char *certificate_text(const certificate_facts *facts, size_t *size);

#endif
