/* The sqrt(d) leeway of the Multi-Bulyan paper (El-Mhamdi, Guerraoui, section 2.3 and the proof of Theorem 2), on rows of normal numbers.
 *
 * Honest rows have independent normal numbers of variance 1, so they are about sqrt(2d) apart, and Krum takes a row whose distance in one column alone
 * is of that order: the leeway. Bulyan's columns are those of its own selection near their median, so that such a column is cut to the order of 1, that
 * is O(1/sqrt(d)) of how far rows are apart. The paper proves bounds and publishes no figures.
 */
#ifndef CERTIGAR_CLI_REPRODUCE_LEEWAY_H
#define CERTIGAR_CLI_REPRODUCE_LEEWAY_H

#include <stddef.h>

extern const char leeway_title[];

/* Measures for the first so many of d = 10^2 .. 10^6, and writes STATE/leeway.csv and STATE/table.md. Returns 0, or complains and returns an exit
 * status. */
int reproduce_leeway(const char *state, size_t limit);

#endif
