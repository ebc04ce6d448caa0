/* The worst cases of tests/worst/: one column a line, with the word that Python's fractions say it must give.
 *
 * certigar sees each column alone (d = 1), and as every one of 67 lanes, at every level of this processor, so that whole tiles and their
 * tails are met; the reference sees it once. The files are looked for in tests/worst, or in the directory that CERTIGAR_WORST names. */
#include "certigar.h"
#include "reference.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LANES = 67, LEAST_CASES = 60 }; /* at least 30 cases per rule and format */

typedef struct worst_case {
  int binary64;
  size_t n, f;
  int median; /* 0 midpoint, 1 lower, 2 upper: both APIs number them so */
  uint64_t *column;
  uint64_t expected;
  size_t ties;
} worst_case;

/* The next word of text, ended by a space or the end; NULL when there is none. */
static char *next_token(char **text) {
  while (**text == ' ' || **text == '\n') (*text)++;
  if (**text == '\0') return NULL;
  char *token = *text;
  while (**text != '\0' && **text != ' ' && **text != '\n') (*text)++;
  if (**text != '\0') *(*text)++ = '\0';
  return token;
}

static uint64_t number_after(char **text, const char *label, int base) {
  char *token = next_token(text);
  if (token == NULL || strncmp(token, label, strlen(label)) != 0) fail_msg("%s expected", label);
  char *end;
  errno = 0;
  const uint64_t number = strtoull(token + strlen(label), &end, base);
  if (errno != 0 || *end != '\0' || end == token + strlen(label)) fail_msg("a number after %s expected", label);
  return number;
}

/* format f=F median=KIND | words | word ties=T | comment */
static worst_case parse(char *text) {
  worst_case one = {0, 0, 0, 0, NULL, 0, 0};
  const size_t room = strlen(text) / 8 + 1;
  one.column = malloc(room * sizeof *one.column);
  assert_non_null(one.column);
  char *token = next_token(&text);
  assert_non_null(token);
  one.binary64 = strcmp(token, "binary64") == 0;
  assert_true(one.binary64 || strcmp(token, "binary32") == 0);
  one.f = (size_t)number_after(&text, "f=", 10);
  token = next_token(&text);
  assert_non_null(token);
  one.median = strcmp(token, "median=lower") == 0 ? 1 : strcmp(token, "median=upper") == 0 ? 2 : 0;
  assert_true(one.median != 0 || strcmp(token, "median=midpoint") == 0);
  token = next_token(&text);
  assert_string_equal(token, "|");
  while ((token = next_token(&text)) != NULL && strcmp(token, "|") != 0) {
    assert_int_equal(strlen(token), one.binary64 ? 16 : 8);
    assert_true(one.n < room);
    one.column[one.n++] = strtoull(token, NULL, 16);
  }
  one.expected = number_after(&text, "", 16);
  one.ties = (size_t)number_after(&text, "ties=", 10);
  return one;
}

static const certigar_level levels[] = {CERTIGAR_LEVEL_BASELINE, CERTIGAR_LEVEL_X86_64_V3, CERTIGAR_LEVEL_X86_64_V4};

/* The first word of d equal columns, 1 + the lane that differs from it in *differs, or 0. */
static uint64_t run_certigar(certigar_rule rule, const worst_case *one, size_t d, certigar_level level, size_t *differs,
                             certigar_certificate *certificate) {
  const size_t size = one->binary64 ? 8 : 4;
  unsigned char *rows = malloc(one->n * d * size), *out = malloc(d * size);
  assert_non_null(rows);
  assert_non_null(out);
  for (size_t i = 0; i < one->n; i++)
    for (size_t c = 0; c < d; c++) {
      const uint32_t narrow = (uint32_t)one->column[i];
      memcpy(rows + (i * d + c) * size, one->binary64 ? (const void *)&one->column[i] : (const void *)&narrow, size);
    }
  certigar_options *options = certigar_options_new();
  assert_non_null(options);
  certigar_options_set_f(options, one->f);
  certigar_options_set_median(options, (certigar_median_kind)one->median);
  certigar_options_set_level(options, level);
  certigar_plan *plan;
  certigar_message message;
  const certigar_dtype dtype = one->binary64 ? CERTIGAR_FLOAT64 : CERTIGAR_FLOAT32;
  if (certigar_plan_new(&plan, rule, dtype, one->n, options, &message) != CERTIGAR_OK) fail_msg("refused: %s", message.text);
  const certigar_matrix matrix = {.data = rows, .n = one->n, .d = d, .row_stride = (ptrdiff_t)(d * size), .column_stride = (ptrdiff_t)size};
  const certigar_status status = certigar_plan_run(plan, &matrix, out, certificate, &message);
  if (status != CERTIGAR_OK && status != CERTIGAR_NOT_FINITE) fail_msg("run: %s", message.text);
  *differs = 0;
  for (size_t c = 1; c < d; c++)
    if (memcmp(out, out + c * size, size) != 0) *differs = c + 1;
  uint64_t word = 0;
  if (one->binary64) {
    memcpy(&word, out, 8);
  } else {
    uint32_t narrow;
    memcpy(&narrow, out, 4);
    word = narrow;
  }
  certigar_plan_free(plan);
  certigar_options_free(options);
  free(out);
  free(rows);
  return word;
}

static uint64_t run_reference(certigar_rule rule, const worst_case *one, size_t *ties) {
  reference_context *context = reference_new(one->binary64 ? REFERENCE_BINARY64 : REFERENCE_BINARY32);
  int tie = 0;
  uint64_t word = 0;
  switch (rule) {
  case CERTIGAR_AVERAGE: word = reference_average(context, one->column, one->n); break;
  case CERTIGAR_MEDIAN: word = reference_median(context, (reference_median_kind)one->median, one->column, one->n); break;
  case CERTIGAR_TRIMMED_MEAN: word = reference_trimmed_mean(context, one->column, one->n, one->f); break;
  case CERTIGAR_MEAMED: word = reference_meamed(context, one->column, one->n, one->f, &tie); break;
  default: fail_msg("%s is no rule of columns", certigar_rule_name(rule));
  }
  *ties = (size_t)tie;
  reference_free(context);
  return word;
}

static FILE *open_cases(const char *rule) {
  const char *directory = getenv("CERTIGAR_WORST");
  char path[4096];
  const int length = snprintf(path, sizeof path, "%s/%s.txt", directory != NULL ? directory : "tests/worst", rule);
  assert_true(length > 0 && (size_t)length < sizeof path);
  FILE *file = fopen(path, "r");
  if (file == NULL) fail_msg("%s: %s (run from the top of the repository, or set CERTIGAR_WORST)", path, strerror(errno));
  return file;
}

static void the_worst_cases(void **state) {
  const certigar_rule rule = **(const certigar_rule **)state;
  const char *name = certigar_rule_name(rule);
  FILE *file = open_cases(name);
  size_t cases = 0, failures = 0, number = 0;
  static char line[1 << 16], shown[1 << 16];
  while (fgets(line, sizeof line, file) != NULL) {
    number++;
    assert_non_null(strchr(line, '\n'));
    if (line[0] == '#' || line[0] == '\n') continue;
    memcpy(shown, line, sizeof shown);
    const worst_case one = parse(line);
    cases++;

    size_t ties;
    const uint64_t reference = run_reference(rule, &one, &ties);
    if (reference != one.expected || ties != one.ties) {
      failures++;
      print_error("%s.txt:%zu: the reference gives %016llx ties=%zu\n%s", name, number, (unsigned long long)reference, ties, shown);
    }
    for (size_t l = 0; l < sizeof levels / sizeof levels[0]; l++) {
      if (certigar_level_name(levels[l]) == NULL) continue;
      for (size_t d = 1; d <= LANES; d += LANES - 1) {
        size_t differs;
        certigar_certificate certificate;
        const uint64_t word = run_certigar(rule, &one, d, levels[l], &differs, &certificate);
        if (word == one.expected && differs == 0 && certificate.ties == one.ties * d) continue;
        failures++;
        print_error("%s.txt:%zu: certigar gives %016llx in %zu lanes at %s, ties=%zu", name, number, (unsigned long long)word, d,
                    certigar_level_name(levels[l]), certificate.ties);
        if (differs > 0) print_error(", lane %zu differs from lane 0", differs - 1);
        print_error("\n%s", shown);
      }
    }
    free(one.column);
  }
  fclose(file);
  if (failures > 0) fail_msg("%zu of %zu cases of %s", failures, cases, name);
  assert_true(cases >= LEAST_CASES);
}

int main(void) {
  static certigar_rule rules[] = {CERTIGAR_AVERAGE, CERTIGAR_MEDIAN, CERTIGAR_TRIMMED_MEAN, CERTIGAR_MEAMED};
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_prestate(the_worst_cases, &rules[0]),
      cmocka_unit_test_prestate(the_worst_cases, &rules[1]),
      cmocka_unit_test_prestate(the_worst_cases, &rules[2]),
      cmocka_unit_test_prestate(the_worst_cases, &rules[3]),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
