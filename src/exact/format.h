/* The format of one instantiation: binary32, binary64, or a toy of 6 bits whose every input can be tried.
 *
 * Every kernel is compiled, and proved, once per format: -DFORMAT=32, 64 or 6. A word holds the bits of a value; a key is a
 * signed integer in the order of the values (exact/key.h); a magnitude is a word without its sign (spec/rules.md, section 1).
 */
#ifndef CERTIGAR_FORMAT_H
#define CERTIGAR_FORMAT_H

#include <stdint.h>

#ifndef FORMAT
#error "compile with -DFORMAT=32, -DFORMAT=64 or -DFORMAT=6"
#endif

#if FORMAT == 32
typedef uint32_t word;
typedef int32_t key;
#define SIGN 0x80000000U      /* 2^(X+F): the weight of the sign bit */
#define FRACTION 0x800000     /* 2^F */
#define SPECIAL 0x7f800000    /* the magnitude of an infinity; greater ones are NaN */
#define QUIET_NAN 0x7fc00000  /* the magnitude, and the key, of every NaN that goes out */
#define SHIFT_MAX 253         /* the greatest Shift of a finite magnitude */
#define SIGNIFICAND_BITS 24   /* F + 1 */
#elif FORMAT == 64
typedef uint64_t word;
typedef int64_t key;
#define SIGN 0x8000000000000000U
#define FRACTION 0x10000000000000
#define SPECIAL 0x7ff0000000000000
#define QUIET_NAN 0x7ff8000000000000
#define SHIFT_MAX 2045
#define SIGNIFICAND_BITS 53
#elif FORMAT == 6
typedef uint8_t word;
typedef int32_t key;
#define SIGN 0x20U
#define FRACTION 0x4
#define SPECIAL 0x1c
#define QUIET_NAN 0x1e
#define SHIFT_MAX 5
#define SIGNIFICAND_BITS 3
#endif

enum { LANES = 64 };               /* coordinates that one tile holds */
enum { ROWS_MAX = 16777216 };      /* 2^24: the greatest number of rows */

typedef key row[LANES];            /* one worker's part of a tile */

/* Kernels are compiled as one unit per format and instruction set, and proved file by file. */
#ifdef __FRAMAC__
#define KERNEL
#else
#define KERNEL static inline
#endif

#endif
