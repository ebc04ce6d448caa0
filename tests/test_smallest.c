/* The last step of mda by itself (src/order/smallest.h): it must not take any distance but the least diameter, and it must select the first set.
 *
 * Small integers as distances of up to 9 rows, so that many are equal; every pair is proposed as the diameter, and all sets are tried.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "generate.h"
#include "order/smallest.h"

enum { N = 9, CASES = 3000 };

typedef struct sets {
  int n, f, distance[N][N];
  int least, count;    /* the least diameter, and how many sets have it */
  unsigned first;      /* the first of them: row 0 is the highest of n bits */
} sets;

static int holds(const sets *s, unsigned set, int i) {
  return set >> (s->n - 1 - i) & 1;
}

/* The diameter of a set; -1 if it has not n-f rows. */
static int diameter(const sets *s, unsigned set) {
  int rows = 0, greatest = 0;
  for (int i = 0; i < s->n; i++) {
    if (!holds(s, set, i)) continue;
    rows++;
    for (int j = 0; j < i; j++)
      if (holds(s, set, j) && s->distance[i][j] > greatest) greatest = s->distance[i][j];
  }
  return rows == s->n - s->f ? greatest : -1;
}

/* Ascending lists in lexicographic order are these numbers in descending order. */
static void enumerate(sets *s) {
  s->count = 0;
  for (unsigned set = (1U << s->n) - 1; set > 0; set--) {
    int d = diameter(s, set);
    if (d < 0) continue;
    if (s->count == 0 || d < s->least) {
      s->least = d;
      s->first = set;
      s->count = 0;
    }
    s->count += d == s->least;
  }
}

static sets random_sets(generate_random *random) {
  sets s = {.n = 2 + (int)generate_below(random, N - 1)};
  int greatest = 1 + (int)generate_below(random, 12);
  s.f = (int)generate_below(random, (uint64_t)(s.n + 1) / 2);
  for (int i = 0; i < s.n; i++)
    for (int j = 0; j < i; j++) s.distance[i][j] = s.distance[j][i] = (int)generate_below(random, (uint64_t)greatest + 1);
  enumerate(&s);
  return s;
}

typedef struct scratch {
  int64_t classes[N * N], rank[N * N];
  unsigned char selected[N], linked[N * N];
  int32_t mark[N], out[N], known[N];
  uint32_t degree[N];
} scratch;

static int propose(const sets *s, int distance, int worse, scratch *m) {
  memset(m, 0x55, sizeof *m);
  for (int i = 1, p = 0; i < s->n; i++)
    for (int j = 0; j < i; j++, p++) {
      int d = s->distance[i][j];
      m->classes[p] = d > distance ? 2 : d == distance && !(worse && p % 2) ? 1 : 0;
    }
  return certigar_smallest_set(m->classes, s->n, s->f, m->rank, m->selected, m->linked, m->mark, m->degree, m->out, m->known);
}

static void judge(const sets *s, scratch *m) {
  for (int i = 0; i < s->n; i++) assert_int_equal(m->selected[i], holds(s, s->first, i));
  if (s->f == 0) return;
  assert_int_equal(certigar_smallest_tied(m->rank, s->n, s->f, m->selected, m->linked, m->mark, m->degree), s->count > 1);
}

static void only_the_least_diameter_is_taken(void **state) {
  (void)state;
  generate_random random = {.state = 7};
  int taken = 0;
  for (int c = 0; c < CASES; c++) {
    sets s = random_sets(&random);
    for (int d = 0; d <= 12; d++) {
      scratch m;
      int good = propose(&s, d, 0, &m);
      assert_int_equal(good, d == s.least);
      if (good) judge(&s, &m);
      taken += good;
    }
  }
  assert_int_equal(taken, CASES);
}

/* With less known of the pairs it may refuse, but never take another set. */
static void less_known_is_never_wrong(void **state) {
  (void)state;
  generate_random random = {.state = 8};
  int taken = 0, refused = 0;
  for (int c = 0; c < CASES; c++) {
    sets s = random_sets(&random);
    for (int d = 0; d <= 12; d++) {
      scratch m;
      if (propose(&s, d, 1, &m)) {
        assert_int_equal(d, s.least);
        judge(&s, &m);
        taken++;
      } else if (d == s.least) {
        refused++;
      }
    }
  }
  assert_true(taken > CASES / 4 && refused > CASES / 100);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(only_the_least_diameter_is_taken),
      cmocka_unit_test(less_known_is_never_wrong),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
