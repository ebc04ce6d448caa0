#include "split.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void split_free(split *s)
{
  free(s->first);
  free(s->which);
  *s = (split){0, NULL, NULL};
}

/* The samples of a class, and a random order of them; returns how many. */
static size_t class_members(const samples *from, size_t class, uint64_t seed, size_t *members, size_t *order)
{
  size_t count = 0;
  random_stream random = random_open(seed, RANDOM_SPLIT, class, 0);
  for (size_t i = 0; i < from->count; i++)
    if (from->labels[i] == class) members[count++] = i;
  random_order(&random, order, count);
  return count;
}

/* ends[w]: how many of count samples workers 0 to w have together, each a share that a Dirichlet distribution gave. */
static void deal(size_t *ends, size_t workers, size_t count, double alpha, uint64_t seed, size_t class, double *shares)
{
  random_stream random = random_open(seed, RANDOM_SPLIT, class, 1);
  double sum = 0, before = 0;
  for (size_t w = 0; w < workers; w++) sum += shares[w] = random_gamma(&random, alpha);
  if (!(sum > 0)) sum = shares[random_below(&random, workers)] = 1; /* all too small for a number: what the distribution tends to */
  for (size_t w = 0; w < workers; w++) {
    before += shares[w];
    ends[w] = w + 1 == workers ? count : (size_t)floor(before / sum * (double)count);
    if (ends[w] > count) ends[w] = count;
  }
}

static size_t least_class(const samples *from, size_t classes)
{
  size_t counts[256] = {0}, least = from->count;
  for (size_t i = 0; i < from->count; i++) counts[from->labels[i]]++;
  for (size_t c = 0; c < classes; c++) least = counts[c] < least ? counts[c] : least;
  return least;
}

/* The worker of each sample; workers for none. */
static int give_out(size_t *owner, const samples *from, size_t classes, size_t workers, double alpha, uint64_t seed)
{
  size_t *members = malloc(from->count * sizeof *members), *order = malloc(from->count * sizeof *order), *ends = malloc(workers * sizeof *ends);
  double *shares = malloc(workers * sizeof *shares);
  int good = members && order && ends && shares;
  size_t even = least_class(from, classes) / workers;
  for (size_t i = 0; good && i < from->count; i++) owner[i] = workers;
  for (size_t c = 0; good && c < classes; c++) {
    size_t count = class_members(from, c, seed, members, order), worker = 0;
    for (size_t w = 0; w < workers; w++) ends[w] = even * (w + 1);
    if (alpha > 0) deal(ends, workers, count, alpha, seed, c, shares);
    for (size_t i = 0; i < count; i++) {
      while (worker < workers && i >= ends[worker]) worker++;
      owner[members[order[i]]] = worker;
    }
  }
  free(members);
  free(order);
  free(ends);
  free(shares);
  return good;
}

int split_make(split *out, const samples *from, size_t classes, size_t workers, double alpha, uint64_t seed, certigar_message *message)
{
  size_t *owner = malloc(from->count * sizeof *owner), at = 0;
  *out = (split){workers, calloc(workers + 1, sizeof *out->first), malloc(from->count * sizeof *out->which)};
  int good = owner && out->first && out->which && give_out(owner, from, classes, workers, alpha, seed);
  if (!good) snprintf(message->text, sizeof message->text, "no memory to split %zu samples among %zu workers", from->count, workers);
  for (size_t w = 0; good && w < workers; w++) {
    for (size_t i = 0; i < from->count; i++)
      if (owner[i] == w) out->which[at++] = i;
    out->first[w + 1] = at;
    if (at > out->first[w]) continue;
    good = 0;
    snprintf(message->text, sizeof message->text, "worker %zu of %zu gets no sample; take fewer workers, a greater alpha or another seed", w, workers);
  }
  free(owner);
  if (!good) split_free(out);
  return good;
}

void split_batch(const split *s, size_t worker, uint64_t seed, size_t step, size_t batch, size_t *which, size_t *order)
{
  const size_t *own = s->which + s->first[worker];
  size_t count = s->first[worker + 1] - s->first[worker], round = SIZE_MAX;
  for (size_t i = 0; i < batch; i++) {
    size_t at = step * batch + i;
    if (at / count != round) {
      round = at / count;
      random_stream random = random_open(seed, RANDOM_BATCH, worker, round);
      random_order(&random, order, count);
    }
    which[i] = own[order[at % count]];
  }
}
