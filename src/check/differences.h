/* The coordinates in which a candidate differs from the rule's output: how many, by how much, and which differ most. */
#ifndef CERTIGAR_DIFFERENCES_H
#define CERTIGAR_DIFFERENCES_H

#include "certigar_check.h"
#include "number.h"

typedef struct certigar_differences {
  certigar_finding *finding;                    /* different, outside, worst and ulps_count are filled */
  certigar_bound ratios[CERTIGAR_WORST_MAX];    /* error / bound of each of the worst */
} certigar_differences;

void certigar_differences_init(certigar_differences *differences, certigar_finding *finding);

/* Columns whose words are the same. */
void certigar_differences_skip(certigar_differences *differences, size_t count);

/* A column that differs, with the ratio of its error to its bound. Returns where its error and its bound are to be put, or NULL if others are worse. */
certigar_difference *certigar_differences_add(certigar_differences *differences, const certigar_format *format, size_t coordinate, uint64_t candidate,
                                              uint64_t expected, int outside, certigar_bound ratio);

#endif
