#include "select/selection.h"

int certigar_weigh_geometric_median(certigar_selection *s, certigar_plan *plan)
{
  (void)s;
  plan->no_value = 1;
  return 1;
}

int certigar_geometric_median_gap(certigar_selection *s, certigar_plan *plan)
{
  (void)s;
  (void)plan;
  return 1;
}
