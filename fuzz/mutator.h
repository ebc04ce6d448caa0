/* Cases for the fuzzing of rules: their encoding as bytes, and mutations that know what breaks aggregation rules.
 *
 * There are two kinds of rules, of columns and of rows (those that select rows), and a fuzzer for each. Any bytes are a case: the eight bytes of a header are taken modulo their ranges, the words that follow are repeated until the matrix is
 * full (so a short input can cross a tile), and where there is none they are zero.
 *
 *   byte 0  rule     1  median kind   2  dtype       3  n - 1
 *        4  f        5  d - 1         6  level       7  threads - 1, and twice the layout
 *   of the kind of rows: byte 0 counts in the list of rules in mutator.c, byte 1 is m, the pivot, the variant or the choice, byte 3 counts from the rule's least n, and byte 5, from 128, widths around
 *   512, where blocks end
 *   then words of 4 or 8 bytes, little-endian, row after row
 */
#ifndef MUTATOR_H
#define MUTATOR_H

#include <stddef.h>
#include <stdint.h>

#include "certigar.h"

enum {
  CASE_ROWS_MAX = 40, /* of the kind of rows: half of it, and a few of wide ones */
  CASE_COLUMNS_MAX = 80,
  CASE_WIDE = 500, /* CASE_WIDE + 0 to 127: columns of the kind of rows */
  CASE_WORDS_MAX = 8 * (CASE_WIDE + 128),
  CASE_PARAMETERS = 64, /* more than a rule has values of its parameter that differ */
  CASE_HEADER = 8
};

typedef enum case_kind { CASE_OF_COLUMNS, CASE_OF_ROWS } case_kind;

typedef enum case_layout { CASE_ROWS, CASE_COLUMNS, CASE_REVERSED, CASE_SWAPPED, CASE_LAYOUTS } case_layout;

typedef struct fuzz_case {
  case_kind kind;
  certigar_rule rule;
  size_t m, pivot, variant, choice; /* of the kind of rows */
  certigar_median_kind median;
  certigar_dtype dtype;
  certigar_level level;
  case_layout layout;
  size_t n, f, d, threads;
  uint64_t words[CASE_WORDS_MAX]; /* row i, column c at i * d + c */
} fuzz_case;

void case_decode(fuzz_case *one, case_kind kind, const uint8_t *bytes, size_t size);

/* Writes at most room bytes, room >= CASE_HEADER; returns how many. Words that do not fit are left out. */
size_t case_encode(const fuzz_case *one, uint8_t *bytes, size_t room);

/* Changes the case in one way or several. The seed says which. */
void case_mutate(fuzz_case *one, uint64_t seed);

/* What libFuzzer asks of a custom mutator: mutates the case that the bytes are, or now and then the bytes. */
size_t case_mutate_bytes(case_kind kind, uint8_t *bytes, size_t size, size_t room, unsigned int seed);

/* libFuzzer's own mutations, of bytes. */
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t room);

#endif
