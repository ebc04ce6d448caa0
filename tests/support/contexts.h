/* A reference of each format, for the tests and fuzzers that want no other: contexts[CERTIGAR_FLOAT32] and contexts[CERTIGAR_FLOAT64]. */
#ifndef CONTEXTS_H
#define CONTEXTS_H

#include "reference.h"

extern reference_context *contexts[2];

/* Open what is not open yet, or close both; as the set-up and tear-down of cmocka, which do not fail. */
int contexts_open(void **state);
int contexts_close(void **state);

#endif
