#include "targets.h"

#include <stdio.h>

void judge(tally *t, const char *what, certigar_level level, double measured, double bound)
{
  const int met = measured <= bound;
  printf("  %-6s %6.2f, at most %4.1f   %-9s  %s\n", met ? "met" : "MISSED", measured, bound, certigar_level_name(level), what);
  if (met)
    t->met++;
  else
    t->missed++;
}

void print_tally(const tally *t)
{
  printf("%d targets met, %d missed\n", t->met, t->missed);
}
