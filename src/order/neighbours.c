/* The neighbours of a round: see neighbours.h. */
#include "order/neighbours.h"

int certigar_bulyan_neighbours(int r, int f)
{
  int k = r - f - 2 > 1 ? r - f - 2 : 1;
  return k < r - 1 ? k : r - 1;
}
