/* Subsets in lexicographical order: the last element that can grow grows by one, those after it follow closely. */
#include "subset.h"

void reference_first_subset(size_t k, size_t *subset) {
  for (size_t i = 0; i < k; i++) subset[i] = i;
}

int reference_next_subset(size_t n, size_t k, size_t *subset) {
  for (size_t i = k; i > 0; i--) {
    if (subset[i - 1] == n - k + (i - 1)) continue;
    subset[i - 1]++;
    for (size_t j = i; j < k; j++) subset[j] = subset[j - 1] + 1;
    return 1;
  }
  return 0;
}
