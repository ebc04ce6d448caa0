/* See row_sets.h: keys in an array, found again through a hash table with open addressing that is at most half full. */
#include "row_sets.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

void certigar_row_sets_init(certigar_row_sets *sets, size_t bytes)
{
  *sets = (certigar_row_sets){.bytes = bytes};
}

void certigar_row_sets_clear(certigar_row_sets *sets)
{
  free(sets->keys);
  free(sets->table);
  *sets = (certigar_row_sets){.bytes = sets->bytes};
}

/* FNV-1a (Fowler, Noll, Vo). */
static uint64_t hash(const unsigned char *key, size_t bytes)
{
  uint64_t h = 0xcbf29ce484222325;
  for (size_t k = 0; k < bytes; k++) h = (h ^ key[k]) * 0x100000001b3;
  return h ^ h >> 32;
}

/* Where the key is in the table, or where there is room for it; places is a power of 2. */
static size_t place_of(const certigar_row_sets *sets, const unsigned char *key)
{
  size_t place = (size_t)hash(key, sets->bytes) & (sets->places - 1);
  while (sets->table[place] && memcmp(sets->keys + (sets->table[place] - 1) * sets->bytes, key, sets->bytes) != 0)
    place = (place + 1) & (sets->places - 1);
  return place;
}

/* Returns 0 if there is no memory. */
static int grow(certigar_row_sets *sets)
{
  size_t room = sets->room ? 2 * sets->room : 8, places = 4 * room;
  unsigned char *keys = realloc(sets->keys, room * sets->bytes);
  if (keys) sets->keys = keys;
  size_t *table = keys ? calloc(places, sizeof *table) : NULL;
  if (!table) return 0;
  free(sets->table);
  sets->table = table;
  sets->places = places;
  sets->room = room;
  for (size_t k = 0; k < sets->count; k++) sets->table[place_of(sets, sets->keys + k * sets->bytes)] = k + 1;
  return 1;
}

int certigar_row_sets_add(certigar_row_sets *sets, const unsigned char *key)
{
  if (sets->count == sets->room && !grow(sets)) return -1;
  size_t place = place_of(sets, key);
  if (sets->table[place]) return 0;
  memcpy(sets->keys + sets->count * sets->bytes, key, sets->bytes);
  sets->table[place] = ++sets->count;
  return 1;
}

int certigar_row_sets_has(const certigar_row_sets *sets, const unsigned char *key)
{
  return sets->places > 0 && sets->table[place_of(sets, key)] != 0;
}
