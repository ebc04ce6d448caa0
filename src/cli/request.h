/* What a command line that runs a rule asks for, read and checked as far as that goes without the input. */
#ifndef CERTIGAR_CLI_REQUEST_H
#define CERTIGAR_CLI_REQUEST_H

#include "certigar_check.h"

#include <limits.h>

enum { PRE_MAX = 8, FILE_NAME_MAX = PATH_MAX };

/* A number, as typed. */
typedef char number_text[CERTIGAR_NUMBER_MAX + 1];

/* A pre-aggregation and its parameters. */
typedef struct pre_request {
  const char *text; /* as typed */
  enum { PRE_NNM, PRE_BUCKETING, PRE_CLIP, PRE_ARC } kind;
  size_t s; /* of bucketing, as the next two */
  int has_seed;
  uint64_t seed;
  number_text tau; /* of clip */
} pre_request;

typedef struct request {
  int help; /* nothing but this is set then */
  certigar_rule rule;
  certigar_profile profile; /* of aggregate */
  size_t f, threads;
  size_t m; /* 0: the rule's default */
  size_t pivot;                 /* of monna */
  certigar_variant variant;     /* of multi-bulyan */
  number_text tolerance;        /* of geometric-median; empty: the default of the input's type */
  number_text beta, threshold;  /* of brsgd */
  number_text tau;              /* of centered-clipping, as the next two */
  size_t iterations;
  char centre[FILE_NAME_MAX];   /* a file; empty: none */
  char scores[FILE_NAME_MAX];   /* of zeno: a file */
  int has_b;                    /* f was given as b, of zeno */
  unsigned given;               /* a bit for each parameter that was given (parameters.c) */
  pre_request pre[PRE_MAX];
  size_t pre_count;
  certigar_median_kind median;
  certigar_level level;
  const char *input;
  const char *candidate; /* of check and identify */
  const char *npy;  /* NULL: none is written */
  const char *json; /* NULL: none is written */
} request;

/* Which subcommand: RULE INPUT.npy, with -o and --profile; or RULE INPUT.npy CANDIDATE.npy. */
typedef enum request_kind { REQUEST_AGGREGATE, REQUEST_CHECK, REQUEST_IDENTIFY } request_kind;

/* Returns 0, or complains and returns an exit status. The request points into argv. */
int request_parse(request_kind kind, int argc, char **argv, request *out);

/* A rule and its options as another subcommand has them; NULL: not given. */
typedef struct rule_words {
  const char *rule, *f, *m, *median, *threads;
  const char *params[PRE_MAX], *pres[PRE_MAX]; /* of --param and --pre, in their order */
  size_t param_count, pre_count;
} rule_words;

/* Reads them, but asks for no files that zeno and centered-clipping take. Returns as above. */
int request_parse_rule(const rule_words *words, request *out);

#endif
