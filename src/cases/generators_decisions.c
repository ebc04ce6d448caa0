/* Inputs on which a changed rule decides otherwise, found by trying small integers.
 *
 * All columns hold the same number x_i in row i, up to their signs, so the distance of rows i and j is |x_i - x_j| times a factor that all have,
 * and so is every power of it: scores are sums of small integers. The first integers drawn on which the two rules have one least score each, in
 * different rows, are taken; the rows are these integers over 4.
 */
#include "generator_list.h"
#include "places.h"

enum { LINE_MAX = 40, TRIES = 2000, RANGE = 121 };

typedef struct line {
  size_t n;
  int64_t x[LINE_MAX];
  int gone[LINE_MAX];
} line;

/* Krum's scores with |x_i - x_j|^power, power <= 4. */
typedef struct variant {
  size_t neighbours;
  unsigned power;
} variant;

static void sort(int64_t *numbers, size_t count)
{
  for (size_t i = 1; i < count; i++) {
    const int64_t number = numbers[i];
    size_t at = i;
    for (; at > 0 && numbers[at - 1] > number; at--) numbers[at] = numbers[at - 1];
    numbers[at] = number;
  }
}

/* At most 40 (RANGE-1)^4 < 2^34. */
static int64_t score(const line *l, size_t i, variant v)
{
  int64_t powers[LINE_MAX], sum = 0;
  size_t count = 0;
  for (size_t j = 0; j < l->n; j++) {
    if (j == i || l->gone[j]) continue;
    const int64_t difference = l->x[i] > l->x[j] ? l->x[i] - l->x[j] : l->x[j] - l->x[i];
    int64_t power = 1;
    for (unsigned p = 0; p < v.power; p++) power *= difference;
    powers[count++] = power;
  }
  sort(powers, count);
  for (size_t k = 0; k < v.neighbours && k < count; k++) sum += powers[k];
  return sum;
}

/* The row of least score, of equal ones the first; *alone: no other has it. */
static size_t least(const line *l, variant v, int *alone)
{
  size_t best = l->n;
  int64_t lowest = 0;
  for (size_t i = 0; i < l->n; i++) {
    if (l->gone[i]) continue;
    const int64_t s = score(l, i, v);
    if (best < l->n && s == lowest) *alone = 0;
    if (best < l->n && s >= lowest) continue;
    best = i;
    lowest = s;
    *alone = 1;
  }
  return best;
}

static void draw(generate_matrix *m, line *l)
{
  *l = (line){.n = m->n};
  for (size_t i = 0; i < m->n; i++) l->x[i] = (int64_t)below(m, RANGE) - RANGE / 2;
}

static int put_line(generate_matrix *m, const line *l)
{
  for (size_t c = 0; c < m->d; c++) {
    const int64_t sign = one_in(m, 2) ? -1 : 1;
    for (size_t i = 0; i < m->n; i++) put(m, i, c, fixed(m, sign * l->x[i], 2));
  }
  return 1;
}

/* The right Krum has n-f-2 neighbours and squares. */
static int put_other_winner(generate_matrix *m, size_t more_neighbours, unsigned power)
{
  if (m->n < 2 * m->f + 3 || m->n > LINE_MAX) return 0;
  const variant right = {m->n - m->f - 2, 2}, wrong = {m->n - m->f - 2 + more_neighbours, power};
  for (int attempt = 0; attempt < TRIES; attempt++) {
    line l;
    int right_alone = 0, wrong_alone = 0;
    draw(m, &l);
    if (least(&l, right, &right_alone) != least(&l, wrong, &wrong_alone) && right_alone && wrong_alone) return put_line(m, &l);
  }
  return 0;
}

int case_fill_fourth_powers(generate_matrix *m)
{
  return put_other_winner(m, 0, 4);
}

int case_fill_plain_distances(generate_matrix *m)
{
  return put_other_winner(m, 0, 1);
}

int case_fill_one_neighbour_more(generate_matrix *m)
{
  return m->n - m->f > 1 && put_other_winner(m, 1, 2);
}

/* The rounds of bulyan, or the rows of least score at once: which rows are left over in the end. */
static void leave(line *l, size_t f, int rounds)
{
  int64_t scores[LINE_MAX];
  const variant first = {l->n - f - 2, 2};
  int alone;
  for (size_t i = 0; i < l->n; i++) scores[i] = score(l, i, first);
  for (size_t r = l->n; r > 2 * f; r--) {
    size_t best = l->n;
    if (rounds) {
      const variant now = {r > f + 3 ? r - f - 2 : 1, 2};
      best = least(l, now, &alone);
    } else {
      for (size_t i = 0; i < l->n; i++)
        if (!l->gone[i] && (best == l->n || scores[i] < scores[best])) best = i;
    }
    l->gone[best] = 1;
  }
}

int case_fill_one_shot(generate_matrix *m)
{
  if (m->f == 0 || m->n < 4 * m->f + 3 || m->n > LINE_MAX) return 0;
  for (int attempt = 0; attempt < TRIES; attempt++) {
    line rounds, at_once;
    draw(m, &rounds);
    at_once = rounds;
    leave(&rounds, m->f, 1);
    leave(&at_once, m->f, 0);
    if (memcmp(rounds.gone, at_once.gone, sizeof rounds.gone) != 0) return put_line(m, &rounds);
  }
  return 0;
}

static int put_known(generate_matrix *m, const int64_t *x, size_t n, size_t f)
{
  if (m->n != n || m->f != f) return 0;
  for (size_t i = 0; i < n; i++)
    for (size_t c = 0; c < m->d; c++) put(m, i, c, fixed(m, x[i], 0));
  return 1;
}

int case_fill_mixed_in(generate_matrix *m)
{
  static const int64_t x[] = {4, 3, 3, -2, -1, 2, 3};
  return put_known(m, x, 7, 1);
}

int case_fill_slow_filter(generate_matrix *m)
{
  static const int64_t x[] = {1, 1, 1, -1, -2};
  return put_known(m, x, 5, 2);
}
