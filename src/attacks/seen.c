#include "seen.h"

#include <math.h>

double attack_value(const void *rows, int is_double, size_t at)
{
  return is_double ? ((const double *)rows)[at] : (double)((const float *)rows)[at];
}

static double value(const attack_case *a, size_t row, size_t i)
{
  return attack_value(a->rows, a->is_double, row * a->d + i);
}

seen attack_seen(const attack_case *a)
{
  size_t honest = a->n - a->q;
  return a->omniscient && honest > 0 ? (seen){a, 0, honest} : (seen){a, honest, a->q};
}

double seen_value(const seen *s, size_t row, size_t i)
{
  return value(s->of, s->first + row, i);
}

double attack_own(const attack_case *a, size_t k, size_t i)
{
  return value(a, a->n - a->q + k, i);
}

void attack_send(attack_case *a, size_t k, size_t i, double x)
{
  size_t at = (a->n - a->q + k) * a->d + i;
  if (a->is_double) ((double *)a->rows)[at] = x;
  else ((float *)a->rows)[at] = (float)x;
}

double seen_mean(const seen *s, size_t i)
{
  double sum = 0;
  for (size_t r = 0; r < s->count; r++) sum += seen_value(s, r, i);
  return sum / (double)s->count;
}

double seen_deviation(const seen *s, size_t i)
{
  double mean = seen_mean(s, i), sum = 0;
  for (size_t r = 0; r < s->count; r++) sum += (seen_value(s, r, i) - mean) * (seen_value(s, r, i) - mean);
  return s->count > 1 ? sqrt(sum / (double)(s->count - 1)) : 0;
}

double seen_square(const seen *s, size_t i, size_t j)
{
  double sum = 0;
  for (size_t c = 0; c < s->of->d; c++) {
    double difference = seen_value(s, i, c) - seen_value(s, j, c);
    sum += difference * difference;
  }
  return sum;
}

double seen_square_to_mean(const seen *s, size_t i)
{
  double sum = 0;
  for (size_t c = 0; c < s->of->d; c++) {
    double difference = seen_value(s, i, c) - seen_mean(s, c);
    sum += difference * difference;
  }
  return sum;
}

void send_alike(attack_case *a, double (*wanted)(const attack_case *a, const seen *s, size_t i))
{
  seen s = attack_seen(a);
  if (a->q == 0) return;
  for (size_t i = 0; i < a->d; i++) { /* of a column everything is read before anything is written */
    double x = wanted(a, &s, i);
    for (size_t k = 0; k < a->q; k++) attack_send(a, k, i, x);
  }
}
