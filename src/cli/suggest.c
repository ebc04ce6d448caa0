#include "suggest.h"

#include <string.h>

enum { LENGTH_MAX = 32 };

/* Levenshtein distance: insertions, deletions and substitutions of single bytes. */
static size_t edits(const char *a, const char *b)
{
  size_t row[LENGTH_MAX + 1], length = strlen(b);
  for (size_t j = 0; j <= length; j++) row[j] = j;
  for (size_t i = 0; a[i] != '\0'; i++) {
    size_t diagonal = row[0];
    row[0] = i + 1;
    for (size_t j = 0; j < length; j++) {
      size_t best = diagonal + (a[i] != b[j]);
      diagonal = row[j + 1];
      if (diagonal + 1 < best) best = diagonal + 1;
      if (row[j] + 1 < best) best = row[j] + 1;
      row[j + 1] = best;
    }
  }
  return row[length];
}

const char *suggest(const char *typed, const char *const *names, size_t count)
{
  const char *nearest = NULL;
  size_t least = 0;
  size_t typed_length = strlen(typed);
  for (size_t i = 0; i < count && typed_length <= LENGTH_MAX; i++) {
    size_t length = strlen(names[i]), shorter = length < typed_length ? length : typed_length;
    if (length > LENGTH_MAX) continue;
    size_t distance = edits(typed, names[i]);
    if (3 * distance > shorter || (nearest != NULL && distance >= least)) continue;
    nearest = names[i];
    least = distance;
  }
  return nearest;
}
