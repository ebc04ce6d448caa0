/* What a worker keeps and sends, and what the server does with what the rule made of it.
 *
 * All arrays have d numbers and do not overlap. Arithmetic is binary32 with factors that are given in binary32;
 * tests/test_optimizer.c says by how many ULPs each step may differ from exact arithmetic.
 *
 * sgd    workers send g                                      model -= rate R(g)
 * resam  m = b1 m + (1 - b1) g, m_0 = 0; workers send m      model -= rate R(m)           (Farhadkhani et al. 2022; the thesis starts with 1)
 * adam   workers send g                                      m, v of R(g) at the server; model -= rate m' / (sqrt(v') + eps)
 * dra    m, v of g as in Adam; workers send q                model -= rate R(q)           (DRA/MRA thesis, Algorithm 19)
 *          q = m' / (sqrt(v') + eps)                           algorithm10, with m' = m / (1 - b1^t), v' = v / (1 - b2^t), t = 1, 2, ...
 *          q = m / sqrt(v + eps)                               eq3.1
 * mra    workers send m' and v'                              model -= rate R(m') / sqrt(R(v') + eps)        (Algorithm 20)
 */
#ifndef CERTIGAR_TRAIN_OPTIMIZER_H
#define CERTIGAR_TRAIN_OPTIMIZER_H

#include <stddef.h>

/* mean = beta mean + rest x, rest = 1 - beta */
/*@ requires arrays: \valid(mean + (0 .. d-1)) && \valid_read(x + (0 .. d-1));
    requires apart: \separated(mean + (0 .. d-1), x + (0 .. d-1));
    terminates \true; exits \false; assigns mean[0 .. d-1]; */
void average_in(float *mean, const float *x, size_t d, float beta, float rest);

/* mean = beta mean + rest x^2 */
/*@ requires arrays: \valid(mean + (0 .. d-1)) && \valid_read(x + (0 .. d-1));
    requires apart: \separated(mean + (0 .. d-1), x + (0 .. d-1));
    terminates \true; exits \false; assigns mean[0 .. d-1]; */
void average_in_squares(float *mean, const float *x, size_t d, float beta, float rest);

/* out = factor x */
/*@ requires arrays: \valid(out + (0 .. d-1)) && \valid_read(x + (0 .. d-1));
    requires apart: \separated(out + (0 .. d-1), x + (0 .. d-1));
    terminates \true; exits \false; assigns out[0 .. d-1]; */
void scaled(float *out, const float *x, size_t d, float factor);

/* Where a small number goes, so that nothing is divided by zero. */
typedef enum floor_kind { FLOOR_OUTSIDE, FLOOR_INSIDE } floor_kind;

/* out = (first m) / (sqrt(second v) + eps), or (first m) / sqrt(second v + eps). A negative v gives NaN. */
/*@ requires arrays: \valid(out + (0 .. d-1)) && \valid_read(m + (0 .. d-1)) && \valid_read(v + (0 .. d-1));
    requires apart: \separated(out + (0 .. d-1), m + (0 .. d-1)) && \separated(out + (0 .. d-1), v + (0 .. d-1));
    terminates \true; exits \false; assigns out[0 .. d-1]; */
void adam_direction(float *out, const float *m, const float *v, size_t d, float first, float second, float eps, floor_kind floor);

/* model -= rate x */
/*@ requires arrays: \valid(model + (0 .. d-1)) && \valid_read(x + (0 .. d-1));
    requires apart: \separated(model + (0 .. d-1), x + (0 .. d-1));
    terminates \true; exits \false; assigns model[0 .. d-1]; */
void descend(float *model, const float *x, size_t d, float rate);

/* x += factor y: the gradient of l2 regularisation, factor = 2 l2 for l2 norm(y)^2 or as the caller means it */
/*@ requires arrays: \valid(x + (0 .. d-1)) && \valid_read(y + (0 .. d-1));
    requires apart: \separated(x + (0 .. d-1), y + (0 .. d-1));
    terminates \true; exits \false; assigns x[0 .. d-1]; */
void add_scaled(float *x, const float *y, size_t d, float factor);

#endif
