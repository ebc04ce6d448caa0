/* Vertex covers of small size: may some rows be taken away so that no forbidden pair is left?
 *
 * A bounded search tree: rows of one forbidden pair lose their partner, paths and cycles are counted, and otherwise the row in most pairs goes, or all
 * its partners do; with k rows to take, fewer than 1.47^k + 1 branches.
 */
#ifndef CERTIGAR_COVER_H
#define CERTIGAR_COVER_H

#include <stddef.h>
#include <stdint.h>

typedef struct certigar_graph {
  size_t n, words;
  uint64_t *adjacent; /* n sets of words */
  uint64_t *stack;    /* n + 2 sets */
} certigar_graph;

/* Returns 0 if there is no memory. */
int certigar_graph_init(certigar_graph *graph, size_t n);
void certigar_graph_free(certigar_graph *graph);
void certigar_graph_clear(certigar_graph *graph);
void certigar_graph_join(certigar_graph *graph, size_t i, size_t j);

/* Whether taking at most budget rows from the set alive leaves no pair; alive: words of a set, unchanged. */
int certigar_graph_has_cover(certigar_graph *graph, const uint64_t *alive, size_t budget);

#endif
