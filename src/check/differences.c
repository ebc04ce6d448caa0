/* See differences.h. */
#include "differences.h"

#include "select/selection.h"

#include <string.h>

enum { NOT_FINITE = 65 };

void certigar_differences_init(certigar_differences *differences, certigar_finding *finding)
{
  differences->finding = finding;
  finding->different = finding->outside = finding->worst_count = 0;
  memset(finding->ulps_count, 0, sizeof finding->ulps_count);
}

void certigar_differences_skip(certigar_differences *differences, size_t count)
{
  differences->finding->ulps_count[0] += count;
}

static size_t class_of(uint64_t ulps)
{
  size_t bits = 0;
  if (ulps == UINT64_MAX) return NOT_FINITE;
  for (; ulps > 0; ulps >>= 1) bits++;
  return bits;
}

static int is_worse(certigar_bound ratio, uint64_t ulps, certigar_bound other_ratio, uint64_t other_ulps)
{
  int order = certigar_bound_compare(ratio, other_ratio);
  return order > 0 || (order == 0 && ulps > other_ulps);
}

certigar_difference *certigar_differences_add(certigar_differences *differences, const certigar_format *format, size_t coordinate, uint64_t candidate,
                                              uint64_t expected, int outside, certigar_bound ratio)
{
  certigar_finding *finding = differences->finding;
  certigar_difference *worst = finding->worst;
  uint64_t ulps = certigar_ulps(format, candidate, expected);
  size_t at = finding->worst_count;
  finding->different++;
  finding->outside += outside != 0;
  finding->ulps_count[class_of(ulps)]++;
  if (at == CERTIGAR_WORST_MAX) {
    if (!is_worse(ratio, ulps, differences->ratios[at - 1], worst[at - 1].ulps)) return NULL;
    at--;
  } else {
    finding->worst_count++;
  }
  for (; at > 0 && is_worse(ratio, ulps, differences->ratios[at - 1], worst[at - 1].ulps); at--) {
    worst[at] = worst[at - 1];
    differences->ratios[at] = differences->ratios[at - 1];
  }
  differences->ratios[at] = ratio;
  worst[at] = (certigar_difference){.coordinate = coordinate, .candidate = candidate, .expected = expected, .ulps = ulps};
  return &worst[at];
}
