/* The kernels of each instruction set, and what this processor can run. */
#include "levels.h"

extern const certigar_kernels certigar_kernels_32_baseline, certigar_kernels_64_baseline;
#ifndef CERTIGAR_NO_X86
extern const certigar_kernels certigar_kernels_32_x86_64_v3, certigar_kernels_64_x86_64_v3;
extern const certigar_kernels certigar_kernels_32_x86_64_v4, certigar_kernels_64_x86_64_v4;
#endif

static const certigar_kernels *baseline(certigar_dtype dtype)
{
  return dtype == CERTIGAR_FLOAT32 ? &certigar_kernels_32_baseline : &certigar_kernels_64_baseline;
}

static const certigar_kernels *v3(certigar_dtype dtype)
{
#ifndef CERTIGAR_NO_X86
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma"))
    return dtype == CERTIGAR_FLOAT32 ? &certigar_kernels_32_x86_64_v3 : &certigar_kernels_64_x86_64_v3;
#endif
  (void)dtype;
  return NULL;
}

static const certigar_kernels *v4(certigar_dtype dtype)
{
#ifndef CERTIGAR_NO_X86
  if (v3(dtype) && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512cd"))
    return dtype == CERTIGAR_FLOAT32 ? &certigar_kernels_32_x86_64_v4 : &certigar_kernels_64_x86_64_v4;
#endif
  (void)dtype;
  return NULL;
}

const certigar_kernels *certigar_kernels_of(certigar_dtype dtype, certigar_level level)
{
  const certigar_kernels *found;
  switch (level) {
    case CERTIGAR_LEVEL_BASELINE: return baseline(dtype);
    case CERTIGAR_LEVEL_X86_64_V3: return v3(dtype);
    case CERTIGAR_LEVEL_X86_64_V4: return v4(dtype);
    case CERTIGAR_LEVEL_BEST:
      found = v4(dtype);
      if (!found) found = v3(dtype);
      return found ? found : baseline(dtype);
  }
  return NULL;
}

const char *certigar_level_name(certigar_level level)
{
  const certigar_kernels *kernels = certigar_kernels_of(CERTIGAR_FLOAT32, level);
  if (!kernels) return NULL;
  if (kernels == v4(CERTIGAR_FLOAT32)) return "x86-64-v4";
  if (kernels == v3(CERTIGAR_FLOAT32)) return "x86-64-v3";
  return "baseline";
}
