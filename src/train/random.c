#include "random.h"

#include "splitmix.h"

#include <math.h>

uint64_t random_word(random_stream *stream)
{
  return splitmix_next(&stream->state);
}

random_stream random_open(uint64_t seed, random_purpose purpose, uint64_t first, uint64_t second)
{
  random_stream stream = {seed};
  const uint64_t names[] = {(uint64_t)purpose, first, second};
  for (int i = 0; i < 3; i++) stream.state = random_word(&stream) ^ splitmix_mix(names[i] + UINT64_C(0x632be59bd9b4e019));
  return stream;
}

size_t random_below(random_stream *stream, size_t bound)
{
  uint64_t rest = UINT64_MAX % bound, x; /* words above UINT64_MAX - 1 - rest would favour small remainders, unless bound divides 2^64 */
  do x = random_word(stream);
  while (rest != bound - 1 && x >= UINT64_MAX - rest);
  return (size_t)(x % bound);
}

double random_unit(random_stream *stream)
{
  return ((double)(random_word(stream) >> 12) + 0.5) * 0x1p-52;
}

double random_normal(random_stream *stream)
{
  double radius = sqrt(-2 * log(random_unit(stream)));
  return radius * cos(6.283185307179586 * random_unit(stream));
}

double random_gamma(random_stream *stream, double shape)
{
  if (shape < 1) {
    double greater = random_gamma(stream, shape + 1); /* drawn first: in one product C would leave the order open */
    return greater * pow(random_unit(stream), 1 / shape);
  }
  double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
  for (;;) {
    double x = random_normal(stream), v = 1 + c * x;
    if (v <= 0) continue;
    v = v * v * v;
    if (log(random_unit(stream)) < x * x / 2 + d - d * v + d * log(v)) return d * v;
  }
}

void random_order(random_stream *stream, size_t *order, size_t count)
{
  for (size_t i = 0; i < count; i++) order[i] = i;
  for (size_t i = count; i > 1; i--) {
    size_t j = random_below(stream, i), kept = order[i - 1];
    order[i - 1] = order[j];
    order[j] = kept;
  }
}
