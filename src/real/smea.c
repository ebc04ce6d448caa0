#include "select/selection.h"

int certigar_select_smea(certigar_selection *s, certigar_plan *plan)
{
  (void)s;
  plan->no_value = 1;
  return 1;
}
