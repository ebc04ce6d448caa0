#include "contexts.h"

#include "certigar.h"

reference_context *contexts[2];

int contexts_open(void **state) {
  (void)state;
  if (!contexts[CERTIGAR_FLOAT32]) contexts[CERTIGAR_FLOAT32] = reference_new(REFERENCE_BINARY32);
  if (!contexts[CERTIGAR_FLOAT64]) contexts[CERTIGAR_FLOAT64] = reference_new(REFERENCE_BINARY64);
  return 0;
}

int contexts_close(void **state) {
  (void)state;
  for (int i = 0; i < 2; i++) {
    reference_free(contexts[i]);
    contexts[i] = NULL;
  }
  return 0;
}
