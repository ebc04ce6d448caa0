/* The table of generators, and the order of their rows. */
#include "generators.h"

#include "generator_list.h"
#include "parts.h"

static int make(int (*fill)(generate_matrix *m), certigar_dtype dtype, size_t n, size_t f, size_t d, uint64_t seed, void *rows)
{
  generate_matrix m = {dtype == CERTIGAR_FLOAT32 ? GENERATE_BINARY32 : GENERATE_BINARY64, n, f, d, rows, {seed}};
  if (!fill(&m)) return 0;
  if (seed != 0) shuffle_rows(&m);
  return 1;
}

#define CASE_MAKE(function, name, comment) \
  static int make_##function(certigar_dtype dtype, size_t n, size_t f, size_t d, uint64_t seed, void *rows) \
  { \
    return make(case_fill_##function, dtype, n, f, d, seed, rows); \
  }
CASE_GENERATORS(CASE_MAKE)

#define CASE_ROW(function, name, comment) {name, comment, make_##function},
const case_generator case_generators[] = {CASE_GENERATORS(CASE_ROW)};
const size_t case_generator_count = sizeof case_generators / sizeof *case_generators;

const case_generator *case_generator_from_name(const char *name)
{
  for (size_t i = 0; i < case_generator_count; i++) {
    if (strcmp(case_generators[i].name, name) == 0) return &case_generators[i];
  }
  return NULL;
}
