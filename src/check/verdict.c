/* The names of verdicts. */
#include "certigar_check.h"

const char *certigar_verdict_name(certigar_verdict verdict)
{
  static const char *const names[] = {
      [CERTIGAR_VERDICT_EXACT] = "EXACT",         [CERTIGAR_VERDICT_TIE] = "TIE",         [CERTIGAR_VERDICT_ROUNDING] = "ROUNDING",
      [CERTIGAR_VERDICT_BREACH] = "BREACH",       [CERTIGAR_VERDICT_AMBIGUOUS] = "AMBIGUOUS", [CERTIGAR_VERDICT_PROFILE] = "PROFILE",
      [CERTIGAR_VERDICT_WRONG] = "WRONG",
  };
  return (unsigned)verdict < sizeof names / sizeof *names ? names[verdict] : NULL;
}
