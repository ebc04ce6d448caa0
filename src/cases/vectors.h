/* The test vectors of a rule or a pre-aggregation, as JSON: tests/vectors/README.md says what is in them. */
#ifndef CERTIGAR_CASES_VECTORS_H
#define CERTIGAR_CASES_VECTORS_H

#include "vector_case.h"

/* The text of the file of a subject, in *size bytes to be freed with free; NULL with the reason in *message. */
char *vectors_text(size_t subject, size_t *size, certigar_message *message);

#endif
