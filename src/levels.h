/* Which kernels run: one set per format and instruction set, chosen at run time. */
#ifndef CERTIGAR_LEVELS_H
#define CERTIGAR_LEVELS_H

#include "kernels.h"

/* The kernels of that level, or NULL if this build or this processor has none. */
const certigar_kernels *certigar_kernels_of(certigar_dtype dtype, certigar_level level);

#endif
