/* Vertex covers: see cover.h. */
#include "cover.h"

#include <stdlib.h>
#include <string.h>

int certigar_graph_init(certigar_graph *graph, size_t n)
{
  graph->n = n;
  graph->words = (n + 63) / 64;
  graph->adjacent = calloc(n * graph->words, sizeof *graph->adjacent);
  graph->stack = calloc((n + 2) * graph->words, sizeof *graph->stack);
  return graph->adjacent && graph->stack;
}

void certigar_graph_free(certigar_graph *graph)
{
  free(graph->adjacent);
  free(graph->stack);
}

void certigar_graph_clear(certigar_graph *graph)
{
  memset(graph->adjacent, 0, graph->n * graph->words * sizeof *graph->adjacent);
}

static int has(const uint64_t *set, size_t i)
{
  return (int)(set[i / 64] >> i % 64 & 1);
}

static void take(uint64_t *set, size_t i)
{
  set[i / 64] &= ~(1ULL << i % 64);
}

void certigar_graph_join(certigar_graph *graph, size_t i, size_t j)
{
  graph->adjacent[i * graph->words + j / 64] |= 1ULL << j % 64;
  graph->adjacent[j * graph->words + i / 64] |= 1ULL << i % 64;
}

/* How many partners row i has in the set; and the first one, if any. */
static size_t degree(const certigar_graph *graph, const uint64_t *alive, size_t i)
{
  size_t count = 0;
  for (size_t w = 0; w < graph->words; w++) count += (size_t)__builtin_popcountll(graph->adjacent[i * graph->words + w] & alive[w]);
  return count;
}

static size_t partner(const certigar_graph *graph, const uint64_t *alive, size_t i)
{
  for (size_t w = 0; w < graph->words; w++) {
    uint64_t both = graph->adjacent[i * graph->words + w] & alive[w];
    if (both) return 64 * w + (size_t)__builtin_ctzll(both);
  }
  return graph->n;
}

/* Rows in two pairs at most make paths and cycles; those with a row in one pair are gone before, so cycles are left: of e pairs, (e + 1) / 2 rows. */
static int cycles_fit(const certigar_graph *graph, uint64_t *alive, size_t budget)
{
  for (size_t i = 0; i < graph->n; i++) {
    if (!has(alive, i)) continue;
    size_t length = 0;
    for (size_t at = i; at < graph->n; at = partner(graph, alive, at)) {
      take(alive, at);
      length++;
    }
    if (length > 1) {
      if ((length + 1) / 2 > budget) return 0;
      budget -= (length + 1) / 2;
    }
  }
  return 1;
}

static int search(certigar_graph *graph, size_t depth, size_t budget)
{
  uint64_t *alive = graph->stack + depth * graph->words, *below = alive + graph->words;
  size_t most, greatest, last;
  for (;;) {
    size_t pairs = 0;
    most = last = graph->n;
    greatest = 0;
    for (size_t i = 0; i < graph->n; i++) {
      size_t partners = has(alive, i) ? degree(graph, alive, i) : 0;
      pairs += partners;
      if (partners == 1) last = i;
      if (partners > greatest) {
        greatest = partners;
        most = i;
      }
    }
    if (greatest == 0) return 1;
    if (budget == 0 || pairs > 2 * budget * greatest) return 0;
    if (last == graph->n) break;
    take(alive, partner(graph, alive, last));
    budget--;
  }
  if (greatest <= 2) return cycles_fit(graph, alive, budget);
  memcpy(below, alive, graph->words * sizeof *below);
  take(below, most);
  if (search(graph, depth + 1, budget - 1)) return 1;
  if (greatest > budget) return 0;
  for (size_t w = 0; w < graph->words; w++) below[w] = alive[w] & ~graph->adjacent[most * graph->words + w];
  return search(graph, depth + 1, budget - greatest);
}

int certigar_graph_has_cover(certigar_graph *graph, const uint64_t *alive, size_t budget)
{
  memcpy(graph->stack, alive, graph->words * sizeof *alive);
  return search(graph, 0, budget);
}
