/* Answers of the reference, for tests/test_selection.py: reads matrices from standard input, writes a line for each.
 *
 *   in:  RULE BITS n f d PARAMETER... WORD...     words in hexadecimal, row after row; rationals as p/q
 *   out: selected|scores|selection ties|column ties|margin|non-finite rows|status|words of the output
 *        of a pre-aggregation: ties|words
 */
#include "selection.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void fail(const char *message) {
  fprintf(stderr, "reference_selection: %s\n", message);
  exit(2);
}

static size_t read_size(void) {
  size_t number;
  if (scanf("%zu", &number) != 1) fail("a number is missing");
  return number;
}

static void *allocate(size_t size) {
  void *memory = malloc(size > 0 ? size : 1);
  if (memory == NULL) fail("no memory");
  return memory;
}

static void read_words(unsigned bits, size_t count, void *words) {
  for (size_t i = 0; i < count; i++) {
    uint64_t word;
    if (scanf("%" SCNx64, &word) != 1) fail("a word is missing");
    const uint32_t half = (uint32_t)word;
    if (bits == 32) {
      memcpy((unsigned char *)words + 4 * i, &half, 4);
    } else {
      memcpy((unsigned char *)words + 8 * i, &word, 8);
    }
  }
}

static void print_words(unsigned bits, size_t count, const void *words) {
  for (size_t i = 0; i < count; i++) {
    uint32_t half;
    uint64_t word;
    if (bits == 32) {
      memcpy(&half, (const unsigned char *)words + 4 * i, 4);
      word = half;
    } else {
      memcpy(&word, (const unsigned char *)words + 8 * i, 8);
    }
    printf("%s%" PRIx64, i > 0 ? " " : "", word);
  }
}

static void print_extended(const reference_extended *number) {
  if (number->infinite != 0) {
    printf(number->infinite < 0 ? "-inf" : "inf");
  } else {
    gmp_printf("%Qx", number->value);
  }
}

static void print_report(unsigned bits, size_t n, size_t d, const reference_selection *report, const void *out) {
  for (size_t k = 0; k < report->count; k++) printf("%s%zu", k > 0 ? " " : "", report->rows[k]);
  printf("|");
  for (size_t i = 0; i < n; i++) {
    if (i > 0) printf(" ");
    if (report->has_score[i]) {
      print_extended(&report->scores[i]);
    } else {
      printf("-");
    }
  }
  printf("|%zu|%zu|", report->selection_ties, report->column_ties);
  print_extended(&report->margin);
  printf("|%zu|%d|", report->nonfinite_rows, report->not_finite);
  if (report->no_value) {
    printf("none");
  } else {
    print_words(bits, d, out);
  }
}

/* The rules: what stands between d and the words is read by each. */
static void answer(const char *rule, reference_context *context, unsigned bits, size_t n, size_t f, size_t d) {
  const size_t size = bits / 8;
  void *rows = allocate(n * d * size), *out = allocate(n * d * size);
  reference_selection *report = reference_selection_new(n);
  int is_rule = 1;
  if (strcmp(rule, "multi-krum") == 0) {
    const size_t m = read_size();
    read_words(bits, n * d, rows);
    reference_multi_krum(context, n, f, m, d, rows, out, report);
  } else if (strcmp(rule, "monna") == 0) {
    const size_t pivot = read_size();
    read_words(bits, n * d, rows);
    reference_monna(context, n, f, pivot, d, rows, out, report);
  } else if (strcmp(rule, "nnm") == 0) {
    read_words(bits, n * d, rows);
    const size_t ties = reference_nnm(context, n, f, d, rows, out);
    printf("%zu|", ties);
    print_words(bits, n * d, out);
    is_rule = 0;
  } else {
    read_words(bits, n * d, rows);
    if (strcmp(rule, "krum") == 0) {
      reference_krum(context, n, f, d, rows, out, report);
    } else if (strcmp(rule, "bulyan") == 0) {
      reference_bulyan(context, n, f, d, rows, out, report);
    } else if (strcmp(rule, "multi-bulyan") == 0) {
      reference_multi_bulyan(context, REFERENCE_ONE_PASS, n, f, d, rows, out, report);
    } else if (strcmp(rule, "multi-bulyan-iterated") == 0) {
      reference_multi_bulyan(context, REFERENCE_ITERATED, n, f, d, rows, out, report);
    } else if (strcmp(rule, "mda") == 0) {
      reference_mda(context, n, f, d, rows, out, report);
    } else if (strcmp(rule, "cge") == 0) {
      reference_cge(context, n, f, d, rows, out, report);
    } else {
      fail("no such rule");
    }
  }
  if (is_rule) print_report(bits, n, d, report, out);
  printf("\n");
  reference_selection_free(report);
  free(out);
  free(rows);
}

int main(void) {
  reference_context *binary32 = reference_new(REFERENCE_BINARY32), *binary64 = reference_new(REFERENCE_BINARY64);
  char rule[64];
  while (scanf("%63s", rule) == 1) {
    const unsigned bits = (unsigned)read_size();
    const size_t n = read_size(), f = read_size(), d = read_size();
    answer(rule, bits == 32 ? binary32 : binary64, bits, n, f, d);
  }
  reference_free(binary32);
  reference_free(binary64);
  return ferror(stdout) || fflush(stdout) != 0;
}
