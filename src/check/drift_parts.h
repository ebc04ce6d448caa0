/* What drift.c and drift_scale.c share. */
#ifndef CERTIGAR_DRIFT_PARTS_H
#define CERTIGAR_DRIFT_PARTS_H

#include "drift.h"

/* What a row is scaled by: a number from low 2^-bits to high 2^-bits, at most 1; or surely nothing. */
struct certigar_drift_scale {
  int fixed;
  mp_bitcnt_t bits;
  mpz_t low, high;
};

int certigar_drift_is_scaling(const certigar_stage *stage); /* clip, arc */

/* Makes the block of columns first .. first+count-1 of the matrix that this stage of the chain has (number of them all: that the rule has). */
void certigar_drift_make(certigar_drift *drift, size_t stage, size_t first, size_t count);

/* The scales of a stage, whose matrix has n rows; those of stages before it are known. Returns 0 if there is no memory. */
int certigar_drift_find_scales(certigar_drift *drift, const certigar_plan *plan, size_t stage);

/* From made to next: radii of scaled rows, whose words are there. */
void certigar_drift_scale_rows(certigar_drift *drift, const certigar_drift_scale *scales, size_t n, size_t count);

#endif
