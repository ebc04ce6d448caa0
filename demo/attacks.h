/* What Byzantine workers send: rows that replace honest ones. */
#ifndef DEMO_ATTACKS_H
#define DEMO_ATTACKS_H

#include <stddef.h>

enum { LIARS = 4, ROWS_MAX = 64 };

typedef struct attack {
  const char *name, *what;
  int lies; /* 0: nobody attacks */
  /* the value that liar number j sends in a coordinate where the honest values have this mean and standard deviation */
  float (*value)(size_t j, double mean, double deviation);
} attack;

extern const attack attacks[];
extern const size_t attack_count;
extern const attack *const attack_by_nan;

/* Row number of liar j among n rows: spread out, since nobody promises that they come last. */
size_t liar_row(size_t j, size_t n);
int is_liar(size_t row, size_t n);

/* attacked: the n x d honest rows with those of the liars replaced. */
void attack_rows(const attack *a, const float *honest, size_t n, size_t d, float *attacked);

#endif
