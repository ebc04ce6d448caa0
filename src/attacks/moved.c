#include "moved.h"
#include "seen.h"

#include <math.h>
#include <stdlib.h>

/* Nothing that is not finite is further. */
static double moved(void *context, const void *rows)
{
  const moved_search *s = context;
  size_t item = s->is_double ? sizeof(double) : sizeof(float);
  certigar_matrix matrix = {.data = rows, .n = s->n, .d = s->d, .row_stride = (ptrdiff_t)(item * s->d), .column_stride = (ptrdiff_t)item};
  certigar_status status = certigar_plan_run(s->plan, &matrix, s->result, NULL, NULL);
  if (status != CERTIGAR_OK && status != CERTIGAR_NOT_FINITE) return 0;
  double sum = 0;
  for (size_t i = 0; i < s->d; i++) {
    double by = attack_value(s->result, s->is_double, i) - s->honest[i];
    sum += by * by;
  }
  return isfinite(sum) ? sum : HUGE_VAL;
}

int moved_open(moved_search *out, attack_case *a, certigar_plan *plan, void *result)
{
  size_t honest = a->n - a->q;
  *out = (moved_search){plan, result, calloc(a->d + 1, sizeof *out->honest), a->n, a->d, a->is_double};
  if (!out->honest) return 0;
  for (size_t row = 0; row < honest; row++)
    for (size_t i = 0; i < a->d; i++) out->honest[i] += attack_value(a->rows, a->is_double, row * a->d + i) / (double)honest;
  a->objective = moved;
  a->context = out;
  return 1;
}

void moved_close(moved_search *search)
{
  free(search->honest);
}
