/* See mpfr_state.h. */
#include "mpfr_state.h"

certigar_mpfr_state certigar_mpfr_enter(void)
{
  certigar_mpfr_state state = {mpfr_get_emin(), mpfr_get_emax(), mpfr_flags_save()};
  mpfr_set_emin(mpfr_get_emin_min());
  mpfr_set_emax(mpfr_get_emax_max());
  return state;
}

void certigar_mpfr_leave(certigar_mpfr_state state)
{
  mpfr_set_emin(state.least);
  mpfr_set_emax(state.greatest);
  mpfr_flags_restore(state.flags, MPFR_FLAGS_ALL);
}
