/* MPFR's range of exponents and flags belong to the thread that calls, and may be set to anything: rules compute with the widest range, and leave both
 * as they were. */
#ifndef CERTIGAR_MPFR_STATE_H
#define CERTIGAR_MPFR_STATE_H

#include <mpfr.h>

typedef struct certigar_mpfr_state {
  mpfr_exp_t least, greatest;
  mpfr_flags_t flags;
} certigar_mpfr_state;

certigar_mpfr_state certigar_mpfr_enter(void);
void certigar_mpfr_leave(certigar_mpfr_state state);

#endif
