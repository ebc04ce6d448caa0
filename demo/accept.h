/* zeno++ on attacked rows: which ones the server of certigar.h accepts, and whether the reference says the same of each. */
#ifndef DEMO_ACCEPT_H
#define DEMO_ACCEPT_H

#include "judge.h"

typedef struct acceptance {
  size_t honest, lies;                   /* rows sent to the server, */
  size_t honest_accepted, lies_accepted; /* accepted, */
  size_t wrong;                          /* and decided otherwise than by the reference */
} acceptance;

/* Row 0 is the server's own gradient; the others are sent. */
acceptance accept_rows(demo *dm, int lies);

#endif
