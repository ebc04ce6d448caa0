/* Requests and answers, as docs/audit-protocol.md has them. */
#ifndef CERTIGAR_AUDIT_PROTOCOL_H
#define CERTIGAR_AUDIT_PROTOCOL_H

#include "case.h"
#include "process.h"

enum { ANSWER_TEXT_MAX = 511 };

typedef enum answer_kind { ANSWER_VALUES, ANSWER_UNSUPPORTED, ANSWER_ERROR, ANSWER_CRASH, ANSWER_TIMEOUT, ANSWER_PROTOCOL, ANSWER_NONE } answer_kind;

typedef struct answer {
  answer_kind kind; /* ANSWER_NONE: the program could not be started, or there is no memory */
  void *values;     /* of ANSWER_VALUES: d words of the dtype, in this processor's byte order; else NULL */
  char text[ANSWER_TEXT_MAX + 1];      /* else: what happened, or what the program said */
  char tail[4 * PROCESS_TAIL_MAX + 1]; /* of standard error */
  size_t milliseconds;
} answer;

/* The request for a case, *size bytes to be freed; NULL if there is no memory. */
unsigned char *protocol_request(const audit_case *c, const audit_settings *settings, size_t id, size_t *size);

/* The .npy file of n x d values (n = 0: a vector of d), *size bytes to be freed; NULL if there is no memory. */
unsigned char *protocol_npy(const void *values, certigar_dtype dtype, size_t n, size_t d, size_t *size);

/* Asks the program, started if it does not run; after a crash, a time limit or a broken protocol it does not run any more. */
void protocol_ask(process *p, const audit_case *c, const audit_settings *settings, size_t id, answer *out);

void answer_clear(answer *a);

#endif
