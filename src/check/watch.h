/* Progress of judging, which comes after a run and counts on from it, and the caller's wish to stop. */
#ifndef CERTIGAR_WATCH_H
#define CERTIGAR_WATCH_H

#include "plan.h"

typedef struct certigar_watch {
  const certigar_plan *plan; /* the first of a chain, after its run */
  size_t done;               /* of plan->total */
  int stopped;
} certigar_watch;

enum { CERTIGAR_WATCH_COLUMNS = 4096 }; /* a multiple of what is looked at at a time: how often progress is told in a pass */

/* Says that so much more is done; returns whether to stop. */
static inline int certigar_watch_step(certigar_watch *watch, size_t more)
{
  const certigar_options *options = &watch->plan->options;
  watch->done += more;
  if (!watch->stopped && options->progress) watch->stopped = options->progress(options->context, watch->done, watch->plan->total) != 0;
  return watch->stopped;
}

/* In a pass over columns, before column c: whether to stop. advance: whether the pass is the one that counts. */
static inline int certigar_watch_column(certigar_watch *watch, size_t c, int advance)
{
  if (!watch || c == 0 || c % CERTIGAR_WATCH_COLUMNS != 0) return watch && watch->stopped;
  return certigar_watch_step(watch, advance ? CERTIGAR_WATCH_COLUMNS : 0);
}

#endif
