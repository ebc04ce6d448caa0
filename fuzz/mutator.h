/* Cases for the fuzzing of rules: their encoding as bytes, and mutations that know what breaks aggregation rules.
 *
 * Any bytes are a case: the eight bytes of a header are taken modulo their ranges, the words that follow are repeated until the matrix is
 * full (so a short input can cross a tile), and where there is none they are zero.
 *
 *   byte 0  rule     1  median kind   2  dtype       3  n - 1
 *        4  f        5  d - 1         6  level       7  threads - 1, and twice the layout
 *   then words of 4 or 8 bytes, little-endian, row after row
 */
#ifndef MUTATOR_H
#define MUTATOR_H

#include <stddef.h>
#include <stdint.h>

#include "certigar.h"

enum { CASE_ROWS_MAX = 40, CASE_COLUMNS_MAX = 80, CASE_HEADER = 8 };

typedef enum case_layout { CASE_ROWS, CASE_COLUMNS, CASE_REVERSED, CASE_SWAPPED, CASE_LAYOUTS } case_layout;

typedef struct fuzz_case {
  certigar_rule rule;
  certigar_median_kind median;
  certigar_dtype dtype;
  certigar_level level;
  case_layout layout;
  size_t n, f, d, threads;
  uint64_t words[CASE_ROWS_MAX * CASE_COLUMNS_MAX]; /* row i, column c at i * d + c */
} fuzz_case;

void case_decode(fuzz_case *one, const uint8_t *bytes, size_t size);

/* Writes at most room bytes, room >= CASE_HEADER; returns how many. Words that do not fit are left out. */
size_t case_encode(const fuzz_case *one, uint8_t *bytes, size_t room);

/* Changes the case in one way or several. The seed says which. */
void case_mutate(fuzz_case *one, uint64_t seed);

#endif
