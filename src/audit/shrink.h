/* The shortest input that a bounded search finds for which a program's answer has the same outcome: fewer columns, fewer rows, a smaller f, simpler
 * values, each kept only if the outcome stays. After A. Zeller, R. Hildebrandt: Simplifying and Isolating Failure-Inducing Input (2002), greedily. */
#ifndef CERTIGAR_AUDIT_SHRINK_H
#define CERTIGAR_AUDIT_SHRINK_H

#include "record.h"

typedef struct shrunk {
  audit_case input;
  answer given; /* the program's answer to it */
  record verdict;
  size_t requests;
  int reproduced; /* 0: the outcome did not come again when the case was asked once more; the input is the case's own */
} shrunk;

/* Shrinks a case whose outcome is known. next_id counts the requests of the audit. Returns 0, or complains and returns an exit status. */
int shrink(shrunk *out, process *p, const audit_case *from, const record *known, const audit_settings *settings, size_t *next_id);

void shrunk_clear(shrunk *s);

#endif
