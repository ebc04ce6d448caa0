/* Memory in large pages: see large.h. A system that has none, or refuses them, gives ordinary ones. */
#include "large.h"

#include <stdlib.h>
#include <sys/mman.h>

enum { LARGE_PAGE = 1 << 21, SMALL_ALIGNMENT = 64 };

void *certigar_large_new(size_t bytes)
{
  void *made;
  if (posix_memalign(&made, bytes < LARGE_PAGE ? SMALL_ALIGNMENT : LARGE_PAGE, bytes) != 0) return NULL;
#ifdef MADV_HUGEPAGE
  if (bytes >= LARGE_PAGE) (void)madvise(made, bytes / LARGE_PAGE * LARGE_PAGE, MADV_HUGEPAGE);
#endif
  return made;
}
