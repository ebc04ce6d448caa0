/* A row in fixed point: see quantise.h. */
#include "distance/quantise.h"
#include "exact/shift.h"

KERNEL int32_t row_scale(const key *restrict keys, int32_t least)
{
  key top = 0;
  for (int l = 0; l < LANES; l++) {
    key r = keys[l] < 0 ? -1 - keys[l] : keys[l];
    r = r < SPECIAL ? r : 0;
    top = r > top ? r : top;
  }
  key shift = top < FRACTION ? 0 : top / FRACTION - 1;
  return shift > least ? (int32_t)shift : least;
}

KERNEL int32_t quantum(key k, int32_t scale)
{
  key r = k < 0 ? -1 - k : k;
  r = r < SPECIAL ? r : 0;
  key shift = r < FRACTION ? 0 : r / FRACTION - 1;
  int32_t c = scale - (int32_t)shift + DROP;
  int32_t t = (int32_t)shift_right((uint64_t)(r - shift * FRACTION) * GRAIN, c < 63 ? c : 63);
  return k < -1 ? -1 - t : t;
}

KERNEL void quantise(const key *restrict keys, int32_t scale, int32_t *restrict q)
{
  for (int l = 0; l < LANES; l++) q[l] = quantum(keys[l], scale);
}
