#include "attacks.h"

#include <math.h>
#include <string.h>

static float send_infinity(size_t j, double mean, double deviation)
{
  (void)j, (void)mean, (void)deviation;
  return INFINITY;
}

static float send_nan(size_t j, double mean, double deviation)
{
  (void)mean, (void)deviation;
  return j % 2 ? -NAN : NAN;
}

static float send_little(size_t j, double mean, double deviation)
{
  (void)j;
  return (float)(mean - 1.5 * deviation);
}

static float send_empire(size_t j, double mean, double deviation)
{
  (void)j, (void)deviation;
  return (float)(-10 * mean);
}

const attack attacks[] = {
    {"none", "the gradients they computed: nobody attacks", 0, NULL},
    {"infinity", "+infinity in every coordinate", 1, send_infinity},
    {"NaN", "not-a-number in every coordinate, of either sign", 1, send_nan},
    {"Little", "mean - 1.5 standard deviations of the honest rows: a lie that looks honest (Baruch et al. 2019)", 1, send_little},
    {"Empire", "-10 times the mean of the honest rows: uphill for downhill (Xie et al. 2020)", 1, send_empire},
};
const size_t attack_count = sizeof attacks / sizeof *attacks;
const attack *const attack_by_nan = &attacks[2];

size_t liar_row(size_t j, size_t n)
{
  return j * n / LIARS + n / (2 * LIARS) + 1;
}

int is_liar(size_t row, size_t n)
{
  for (size_t j = 0; j < LIARS; j++)
    if (liar_row(j, n) == row) return 1;
  return 0;
}

/* The attackers know what the honest workers send in coordinate c. */
static void spy(const float *honest, size_t n, size_t d, size_t c, double *mean, double *deviation)
{
  double sum = 0, squares = 0, count = (double)(n - LIARS);
  for (size_t i = 0; i < n; i++)
    if (!is_liar(i, n)) sum += honest[i * d + c];
  *mean = sum / count;
  for (size_t i = 0; i < n; i++)
    if (!is_liar(i, n)) squares += (honest[i * d + c] - *mean) * (honest[i * d + c] - *mean);
  *deviation = sqrt(squares / (count - 1));
}

void attack_rows(const attack *a, const float *honest, size_t n, size_t d, float *attacked)
{
  memcpy(attacked, honest, n * d * sizeof *honest);
  if (!a->lies) return;
  for (size_t c = 0; c < d; c++) {
    double mean, deviation;
    spy(honest, n, d, c, &mean, &deviation);
    for (size_t j = 0; j < LIARS; j++) attacked[liar_row(j, n) * d + c] = a->value(j, mean, deviation);
  }
}
