/* Memory for whole matrices: large pages where the system has them, as filling small ones one by one takes longer than what is written to them. */
#ifndef CERTIGAR_LARGE_H
#define CERTIGAR_LARGE_H

#include <stddef.h>

/* bytes > 0, aligned to 64 at least; NULL if there is none. To be freed with free. */
void *certigar_large_new(size_t bytes);

#endif
