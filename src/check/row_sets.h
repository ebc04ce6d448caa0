/* Sets of rows as bits, each kept once, in the order in which they were found. A key may be several sets, one after the other. */
#ifndef CERTIGAR_ROW_SETS_H
#define CERTIGAR_ROW_SETS_H

#include <stddef.h>

typedef struct certigar_row_sets {
  size_t bytes, count, room; /* of a key; keys, and how many there is memory for */
  unsigned char *keys;
  size_t *table, places;     /* hash table of key numbers plus 1, 0 where there is none */
} certigar_row_sets;

/* Keys of so many bytes, at first none. */
void certigar_row_sets_init(certigar_row_sets *sets, size_t bytes);
void certigar_row_sets_clear(certigar_row_sets *sets);

/* 1 if the key is a new one, 0 if it was there, -1 if there is no memory. Key number k begins at keys + k bytes. */
int certigar_row_sets_add(certigar_row_sets *sets, const unsigned char *key);

/* Whether the key is there. */
int certigar_row_sets_has(const certigar_row_sets *sets, const unsigned char *key);

/* Bytes for a set of n rows; the i-th of its bits. */
static inline size_t certigar_set_bytes(size_t n)
{
  return (n + 7) / 8;
}

static inline int certigar_set_has(const unsigned char *set, size_t i)
{
  return set[i / 8] >> i % 8 & 1;
}

static inline void certigar_set_flip(unsigned char *set, size_t i)
{
  set[i / 8] = (unsigned char)(set[i / 8] ^ 1 << i % 8);
}

#endif
