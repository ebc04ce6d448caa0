/* What certigar check found, as JSON. Its keys are described in docs/man/certigar-check.1. */
#ifndef CERTIGAR_IO_FINDING_H
#define CERTIGAR_IO_FINDING_H

#include "certificate.h"
#include "certigar_check.h"

typedef struct finding_facts {
  const certigar_finding *finding;
  certificate_facts run; /* of the rule's own run; the result is the finding's */
  digest candidate;
} finding_facts;

/* The text, ending in a newline, in *size bytes to be freed with free; NULL if there is no memory. */
char *finding_text(const finding_facts *facts, size_t *size);

/* A word of the dtype as a hexadecimal floating-point number, as C writes it. */
enum { WORD_TEXT_MAX = 32 };
void word_text(char text[WORD_TEXT_MAX], certigar_dtype dtype, uint64_t word);

/* The value of a word, as C has it. */
double word_value(certigar_dtype dtype, uint64_t word);

#endif
