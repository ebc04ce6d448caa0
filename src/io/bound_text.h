/* A bound as text: significand 2^exponent in hexadecimal, as 0x1.8p+3 or -inf, with an exponent that no double needs to hold. */
#ifndef CERTIGAR_IO_BOUND_TEXT_H
#define CERTIGAR_IO_BOUND_TEXT_H

#include "certigar.h"

enum { BOUND_TEXT_SIZE = 64 };

void bound_text(char text[BOUND_TEXT_SIZE], certigar_bound bound);

#endif
