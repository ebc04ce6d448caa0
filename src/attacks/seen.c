#include "seen.h"

#include <math.h>
#include <string.h>

seen attack_seen(const attack_case *a)
{
  size_t honest = a->n - a->q;
  if (a->omniscient && honest > 0) return (seen){a->rows, honest};
  return (seen){a->rows + honest * a->d, a->q};
}

float *attack_row(const attack_case *a, size_t k)
{
  return a->rows + (a->n - a->q + k) * a->d;
}

double seen_mean(const seen *s, size_t d, size_t i)
{
  double sum = 0;
  for (size_t r = 0; r < s->count; r++) sum += (double)s->rows[r * d + i];
  return sum / (double)s->count;
}

double seen_deviation(const seen *s, size_t d, size_t i)
{
  double mean = seen_mean(s, d, i), sum = 0;
  for (size_t r = 0; r < s->count; r++) sum += ((double)s->rows[r * d + i] - mean) * ((double)s->rows[r * d + i] - mean);
  return s->count > 1 ? sqrt(sum / (double)(s->count - 1)) : 0;
}

double seen_square(const seen *s, size_t d, size_t i, size_t j)
{
  double sum = 0;
  for (size_t c = 0; c < d; c++) {
    double difference = (double)s->rows[i * d + c] - (double)s->rows[j * d + c];
    sum += difference * difference;
  }
  return sum;
}

double seen_square_to_mean(const seen *s, size_t d, size_t i)
{
  double sum = 0;
  for (size_t c = 0; c < d; c++) {
    double difference = (double)s->rows[i * d + c] - seen_mean(s, d, c);
    sum += difference * difference;
  }
  return sum;
}

void send_alike(attack_case *a, double (*value)(const attack_case *a, const seen *s, size_t i))
{
  seen s = attack_seen(a);
  float *row = attack_row(a, 0); /* of a column every row is read before it is written */
  for (size_t i = 0; i < a->d; i++) row[i] = (float)value(a, &s, i);
  for (size_t k = 1; k < a->q; k++) memcpy(attack_row(a, k), row, a->d * sizeof *row);
}
