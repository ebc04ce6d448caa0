/* test_bits.c for binary64. */
#define FORMAT 64
#include "test_bits.c"
