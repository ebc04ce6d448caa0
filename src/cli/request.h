/* What an aggregate command line asks for, read and checked as far as that goes without the input. */
#ifndef CERTIGAR_CLI_REQUEST_H
#define CERTIGAR_CLI_REQUEST_H

#include "certigar.h"

enum { PRE_MAX = 8 };

/* A pre-aggregation: nnm, or bucketing with its parameters. */
typedef struct pre_request {
  const char *text; /* as typed */
  int bucketing;
  size_t s;
  int has_seed;
  uint64_t seed;
} pre_request;

typedef struct request {
  int help; /* nothing but this is set then */
  certigar_rule rule;
  size_t f, threads;
  size_t m; /* 0: the rule's default */
  size_t pivot;                 /* of monna */
  certigar_variant variant;     /* of multi-bulyan */
  pre_request pre[PRE_MAX];
  size_t pre_count;
  certigar_median_kind median;
  certigar_level level;
  const char *input;
  const char *npy;  /* NULL: none is written */
  const char *json; /* NULL: none is written */
} request;

/* Returns 0, or complains and returns an exit status. The request points into argv. */
int request_parse(int argc, char **argv, request *out);

#endif
