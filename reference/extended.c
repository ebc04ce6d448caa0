/* Exact numbers with infinities: -infinity < every rational < +infinity, and an infinity equals itself. */
#include "select.h"

#include <stdlib.h>

reference_extended *reference_extended_new(size_t count) {
  reference_extended *numbers = reference_allocate(count, sizeof *numbers);
  for (size_t i = 0; i < count; i++) mpq_init(numbers[i].value);
  return numbers;
}

void reference_extended_free(reference_extended *numbers, size_t count) {
  for (size_t i = 0; i < count; i++) mpq_clear(numbers[i].value);
  free(numbers);
}

void reference_extended_set(reference_extended *to, const reference_extended *from) {
  to->infinite = from->infinite;
  mpq_set(to->value, from->value);
}

void reference_extended_set_z(reference_extended *to, mpz_srcptr from) {
  to->infinite = 0;
  mpq_set_z(to->value, from);
}

void reference_extended_set_infinite(reference_extended *to, int sign) {
  to->infinite = sign;
  mpq_set_ui(to->value, 0, 1);
}

void reference_extended_add(reference_extended *sum, const reference_extended *term) {
  if (sum->infinite * term->infinite < 0) reference_fail("infinities of both signs are added");
  if (sum->infinite == 0 && term->infinite != 0) {
    reference_extended_set_infinite(sum, term->infinite);
  } else if (sum->infinite == 0) {
    mpq_add(sum->value, sum->value, term->value);
  }
}

int reference_extended_compare(const reference_extended *a, const reference_extended *b) {
  if (a->infinite != 0 || b->infinite != 0) return (a->infinite > b->infinite) - (a->infinite < b->infinite);
  return mpq_cmp(a->value, b->value);
}
