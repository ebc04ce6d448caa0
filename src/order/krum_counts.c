/* Krum's counts: see krum_counts.h. */
#include "order/krum_counts.h"

size_t certigar_krum_neighbours(size_t n, size_t f)
{
  return n - f - 2;
}

size_t certigar_multi_krum_kept(size_t n, size_t f, size_t m)
{
  return m > 0 ? m : certigar_krum_neighbours(n, f);
}

size_t certigar_multi_bulyan_kept(size_t n, size_t f)
{
  return certigar_krum_neighbours(n, f) - f;
}
