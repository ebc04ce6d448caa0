/* The numbers of the trainer: binary32; binary64 in the tests, where gradients are compared with differences. */
#ifndef CERTIGAR_TRAIN_REAL_H
#define CERTIGAR_TRAIN_REAL_H

#include <cblas.h>

#ifdef TRAIN_DOUBLE
typedef double real;
#define real_gemm cblas_dgemm
#define real_exp exp
#define real_log log
#define real_sqrt sqrt
#else
typedef float real;
#define real_gemm cblas_sgemm
#define real_exp expf
#define real_log logf
#define real_sqrt sqrtf
#endif

#endif
