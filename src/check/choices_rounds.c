/* Rules of rounds. Bulyan: the winner of each round is taken; which rows are left decides what may come after, so a set of rows taken is looked at
 * once, whatever the order was in which they went. Multi-bulyan iterated: a round's mean is of one choice, its winner another.
 */
#include "choices_parts.h"

#include "order/neighbours.h"
#include "select/selection.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* One round: the candidates, their numbers, and those that may win, in the order of the rule. */
typedef struct turn {
  certigar_numbers numbers;
  size_t *winners, winner_count;
  unsigned char *chosen;
} turn;

static int open_round(turn *r, const certigar_choices *choices)
{
  int good = certigar_numbers_init(&r->numbers, choices->n);
  r->winners = malloc(choices->n * sizeof *r->winners);
  r->chosen = calloc(choices->n, 1);
  return good && r->winners && r->chosen;
}

static void close_round(turn *r)
{
  certigar_numbers_clear(&r->numbers);
  free(r->winners);
  free(r->chosen);
}

static int may_win(const certigar_numbers *numbers, size_t c)
{
  if (numbers->twin[c] != SIZE_MAX) return 0;
  for (size_t other = 0; other < numbers->count; other++)
    if (other != c && !certigar_may_precede(numbers, c, other)) return 0;
  return 1;
}

static void find_winners(turn *r)
{
  r->winner_count = 0;
  for (size_t a = 0; a < r->numbers.count; a++)
    if (may_win(&r->numbers, r->numbers.order[a])) r->winners[r->winner_count++] = r->numbers.order[a];
}

/* Scoring the rows of a round counts for n^2 of a search's steps. Returns 0 if none are left, but not before the rule's own selection was found. */
static int take_steps(certigar_choices *choices)
{
  size_t count = choices->n * choices->n;
  choices->steps = choices->steps > count ? choices->steps - count : 0;
  return choices->steps > 0 || choices->found.count == 0;
}

/* ---- bulyan ---- */

typedef struct bulyan {
  certigar_choices *choices;
  size_t theta;
  unsigned char *taken;   /* the set of rows that are */
  certigar_row_sets seen; /* such sets that were looked at */
  /* of a judgement: the set that must be taken, the greatest gap that may be ignored, and the least that is in the way, if there is one */
  const unsigned char *wanted;
  mpq_t limit, next, gap;
  int has_next, reached;
} bulyan;

static int bulyan_init(bulyan *b, certigar_choices *choices)
{
  *b = (bulyan){.choices = choices, .theta = choices->n - 2 * choices->f, .taken = calloc(choices->bytes, 1)};
  certigar_row_sets_init(&b->seen, choices->bytes);
  mpq_inits(b->limit, b->next, b->gap, (mpq_ptr)NULL);
  return b->taken != NULL;
}

static void bulyan_clear(bulyan *b)
{
  free(b->taken);
  certigar_row_sets_clear(&b->seen);
  mpq_clears(b->limit, b->next, b->gap, (mpq_ptr)NULL);
}

/* Whether the set taken is a new one; it counts as seen then. */
static int is_new(bulyan *b)
{
  int added = certigar_row_sets_add(&b->seen, b->taken);
  if (added < 0) b->choices->no_memory = 1;
  return added > 0 && take_steps(b->choices);
}

static void score_round(const bulyan *b, size_t t, turn *r)
{
  const certigar_choices *choices = b->choices;
  certigar_krum_numbers(choices, b->taken, (size_t)certigar_bulyan_neighbours((int)(choices->n - t), (int)choices->f), &r->numbers);
}

/* What may follow after t rounds. Returns 0 to end the search. */
static int follow(bulyan *b, size_t t)
{
  turn r;
  int going = open_round(&r, b->choices);
  if (!going) b->choices->no_memory = 1;
  if (going) {
    score_round(b, t, &r);
    find_winners(&r);
  }
  for (size_t a = 0; going && a < r.winner_count; a++) {
    size_t row = r.numbers.rows[r.winners[a]];
    certigar_set_flip(b->taken, row);
    if (t + 1 == b->theta) {
      going = certigar_choices_add(b->choices, b->taken);
    } else if (is_new(b)) {
      going = follow(b, t + 1);
    }
    certigar_set_flip(b->taken, row);
    going = going && !b->choices->no_memory && (b->choices->steps > 0 || b->choices->found.count == 0);
  }
  close_round(&r);
  return going;
}

static int find_sequences(certigar_choices *choices)
{
  bulyan b;
  int good = bulyan_init(&b, choices);
  if (good) follow(&b, 0);
  bulyan_clear(&b);
  return good;
}

/* The gap of a winner; one above the limit may become the next limit. Returns whether it is within the limit. */
static int within_limit(bulyan *b, turn *r, size_t c)
{
  r->chosen[c] = 1;
  int finite = certigar_choice_gap(&r->numbers, r->chosen, 0, b->gap);
  r->chosen[c] = 0;
  if (finite && mpq_cmp(b->gap, b->limit) <= 0) return 1;
  if (finite && (!b->has_next || mpq_cmp(b->gap, b->next) < 0)) {
    mpq_set(b->next, b->gap);
    b->has_next = 1;
  }
  return 0;
}

/* Whether the wanted rows that are left may all be taken, ignoring no gap above the limit. */
static int reach(bulyan *b, size_t t)
{
  turn r;
  int found = t == b->theta;
  if (found) return 1;
  if (!open_round(&r, b->choices)) {
    b->choices->no_memory = 1;
  } else {
    score_round(b, t, &r);
    for (size_t a = 0; a < r.numbers.count && !found && !b->choices->no_memory; a++) {
      size_t c = r.numbers.order[a], row = r.numbers.rows[c];
      if (!certigar_set_has(b->wanted, row) || r.numbers.twin[c] != SIZE_MAX || !within_limit(b, &r, c)) continue;
      certigar_set_flip(b->taken, row);
      found = (t + 1 == b->theta || is_new(b)) && reach(b, t + 1);
      certigar_set_flip(b->taken, row);
    }
  }
  close_round(&r);
  return found;
}

/* In place of the rows of a set as many first ones of those that are equal to them. */
static void take_first_twins(const certigar_choices *choices, const unsigned char *set, unsigned char *wanted)
{
  memset(wanted, 0, choices->bytes);
  for (size_t i = 0; i < choices->n; i++) {
    size_t first = i;
    if (!certigar_set_has(set, i)) continue;
    for (size_t j = i; j != SIZE_MAX; j = choices->equal[j])
      if (!certigar_set_has(wanted, j)) first = j;
    certigar_set_flip(wanted, first);
  }
}

/* The least gap that is enough: 0, then the next one that is in the way, and so on. */
static int judge_sequence(certigar_choices *choices, const unsigned char *set, int *admitted, mpq_t gap, int *finite)
{
  bulyan b;
  size_t rows = 0, steps = choices->steps;
  mpq_t resolution;
  unsigned char *wanted = malloc(choices->bytes);
  int good = bulyan_init(&b, choices) && wanted;
  for (size_t i = 0; i < choices->n; i++) rows += (size_t)certigar_set_has(set, i);
  if (good && rows == b.theta) {
    take_first_twins(choices, set, wanted);
    b.wanted = wanted;
    choices->steps = CERTIGAR_SEARCH_STEPS;
    do {
      if (b.has_next) mpq_set(b.limit, b.next);
      b.has_next = 0;
      certigar_row_sets_clear(&b.seen);
      b.reached = reach(&b, 0);
    } while (!b.reached && b.has_next && choices->steps > 0 && !choices->no_memory);
    mpq_init(resolution);
    certigar_resolution(choices, resolution);
    *finite = b.reached;
    mpq_set(gap, b.limit);
    *admitted = b.reached ? mpq_cmp(gap, resolution) <= 0 : choices->steps > 0 || mpq_cmp(b.limit, resolution) > 0 ? 0 : -1;
    mpq_clear(resolution);
    choices->steps = steps;
    good = !choices->no_memory;
    choices->no_memory = 0;
  }
  bulyan_clear(&b);
  free(wanted);
  return good;
}

const certigar_kind certigar_rounds = {find_sequences, judge_sequence};

/* ---- multi-bulyan, iterated ---- */

typedef struct rounds {
  certigar_choices *choices;
  unsigned char *taken, *key;
  size_t t;
  turn *open; /* of each t */
} rounds;

static int next_round(rounds *p);

/* A choice of the rows of round t's mean; then every winner. */
static int take_mean(void *context, const unsigned char *chosen)
{
  rounds *p = context;
  certigar_choices *choices = p->choices;
  turn *r = &p->open[p->t];
  unsigned char *set = p->key + p->t * choices->bytes;
  int going = take_steps(choices);
  memset(set, 0, choices->bytes);
  for (size_t c = 0; c < r->numbers.count; c++)
    if (chosen[c]) certigar_set_flip(set, r->numbers.rows[c]);
  if (p->t + 1 == choices->parts) return going && certigar_choices_add(choices, p->key);
  for (size_t a = 0; going && a < r->winner_count; a++) {
    size_t row = r->numbers.rows[r->winners[a]];
    certigar_set_flip(p->taken, row);
    p->t++;
    going = next_round(p);
    p->t--;
    certigar_set_flip(p->taken, row);
  }
  return going;
}

static int next_round(rounds *p)
{
  certigar_choices *choices = p->choices;
  size_t best = choices->n - p->t - choices->f - 2;
  turn *r = &p->open[p->t];
  certigar_krum_numbers(choices, p->taken, best, &r->numbers);
  find_winners(r);
  int going = certigar_near_choices(&r->numbers, best, &choices->steps, take_mean, p);
  if (going < 0) choices->no_memory = 1;
  return going > 0;
}

static int find_rounds(certigar_choices *choices)
{
  rounds p = {.choices = choices,
              .taken = calloc(choices->bytes, 1),
              .key = calloc(choices->parts, choices->bytes),
              .open = calloc(choices->parts, sizeof *p.open)};
  int good = p.taken && p.key && p.open;
  for (size_t t = 0; good && t < choices->parts; t++) good = open_round(&p.open[t], choices);
  if (good) next_round(&p);
  for (size_t t = 0; p.open && t < choices->parts; t++) close_round(&p.open[t]);
  free(p.open);
  free(p.key);
  free(p.taken);
  return good;
}

/* Whether a selection that was listed has these rows. */
static int judge_rounds(certigar_choices *choices, const unsigned char *set, int *admitted, mpq_t gap, int *finite)
{
  unsigned char *all = malloc(choices->bytes);
  (void)gap;
  if (!all) return 0;
  *finite = *admitted = 0;
  for (size_t k = 0; k < choices->found.count && !*admitted; k++) {
    memset(all, 0, choices->bytes);
    for (size_t b = 0; b < choices->found.bytes; b++) all[b % choices->bytes] |= choices->found.keys[k * choices->found.bytes + b];
    *admitted = memcmp(all, set, choices->bytes) == 0;
  }
  if (!*admitted && choices->capped) *admitted = -1;
  free(all);
  return 1;
}

const certigar_kind certigar_mean_rounds = {find_rounds, judge_rounds};
