/* Words as hexadecimal text, exactly: 0x1.8p+3, -0x0p+0, inf; what C's strtod and Python's float.fromhex read. */
#ifndef CERTIGAR_IO_HEXADECIMAL_H
#define CERTIGAR_IO_HEXADECIMAL_H

#include "json.h"

/* A word of the dtype, in the low bits. The quiet NaN of spec/rules.md is nan; another one is nan: and the word, as nan:0x7fa00001. */
void hexadecimal_word(certigar_dtype dtype, uint64_t word, char text[BOUND_TEXT_MAX]);

#endif
