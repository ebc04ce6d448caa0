/* What a plan of a profile keeps between choosing and the tiles. */
#ifndef CERTIGAR_PROFILE_WORK_H
#define CERTIGAR_PROFILE_WORK_H

#include "profile.h"

/* Of a thread: rows of a tile, as words and as values of the dtype, and a request for these rows. */
typedef struct certigar_profile_scratch {
  uint64_t *words;        /* rows x CERTIGAR_WORDS_MAX */
  unsigned char *values;  /* rows x CERTIGAR_WORDS_MAX, with one row more, which may be infinite */
  unsigned char *odd;     /* rows flags */
} certigar_profile_scratch;

struct certigar_profile_work {
  int all_nan;            /* every value of the output is */
  int all_rows;           /* the mean of all rows, a NaN where one of them is not finite */
  unsigned char *holds;   /* n: what rows that are not finite hold (pairs.h), of definitions over the reals */
  size_t *whole;          /* n: scratch */
  certigar_profile_scratch *scratch; /* of each thread */
  size_t *identity;       /* n+1: 0, 1, ... */
};

#endif
