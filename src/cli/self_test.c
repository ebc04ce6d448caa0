/* The self-test of certigar info: does this binary, on this machine, give the known answers, with every instruction set there is?
 *
 * Every answer is asked for in several layouts: alone, and as one of many equal columns, enough to fill the widest kernel and leave a rest,
 * in C and in Fortran order, in this processor's byte order and in the other one. */
#include "certigar.h"
#include "commands.h"
#include "report.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 33, COLUMNS_MAX = 331 };

typedef enum pre_stage { NO_PRE, PRE_NNM, PRE_BUCKETING, PRE_ARC } pre_stage;

typedef struct known_answer {
  const char *what;
  pre_stage pre;
  certigar_rule rule;
  certigar_dtype dtype;
  certigar_median_kind median;
  size_t f, n;
  double scores[ROWS_MAX]; /* of zeno */
  uint64_t column[ROWS_MAX];
  uint64_t expected;
  size_t tie, nonfinite_rows;
  certigar_status status;
} known_answer;

#include "self_test_cases.h"

typedef struct layout {
  size_t d;
  int fortran_order, byte_swapped;
} layout;

static const layout layouts[] = {{1, 0, 0}, {COLUMNS_MAX, 0, 0}, {COLUMNS_MAX, 0, 1}, {COLUMNS_MAX, 1, 0}, {COLUMNS_MAX, 1, 1}};

typedef struct bench {
  unsigned char input[ROWS_MAX * COLUMNS_MAX * 8];
  unsigned char output[COLUMNS_MAX * 8];
} bench;

static void store_word(unsigned char *bytes, uint64_t word, size_t item, int byte_swapped)
{
  unsigned char stored[8];
  uint32_t narrow = (uint32_t)word;
  if (item == 4) {
    memcpy(stored, &narrow, 4);
  } else {
    memcpy(stored, &word, 8);
  }
  for (size_t i = 0; i < item; i++) bytes[i] = stored[byte_swapped ? item - 1 - i : i];
}

static uint64_t load_word(const unsigned char *bytes, size_t item)
{
  uint32_t narrow;
  uint64_t word;
  if (item == 4) {
    memcpy(&narrow, bytes, 4);
    return narrow;
  }
  memcpy(&word, bytes, 8);
  return word;
}

static certigar_matrix lay_out(bench *memory, const known_answer *known, const layout *how, size_t item)
{
  ptrdiff_t size = (ptrdiff_t)item;
  certigar_matrix matrix = {.data = memory->input,
                            .n = known->n,
                            .d = how->d,
                            .row_stride = how->fortran_order ? size : size * (ptrdiff_t)how->d,
                            .column_stride = how->fortran_order ? size * (ptrdiff_t)known->n : size,
                            .byte_swapped = how->byte_swapped};
  for (size_t i = 0; i < known->n; i++) {
    for (size_t c = 0; c < how->d; c++) {
      unsigned char *at = memory->input + matrix.row_stride * (ptrdiff_t)i + matrix.column_stride * (ptrdiff_t)c;
      store_word(at, known->column[i], item, how->byte_swapped);
    }
  }
  return matrix;
}

/* The first wrong word of the output, or the expected word. */
static uint64_t compare(const bench *memory, const known_answer *known, size_t d, size_t item)
{
  for (size_t c = 0; c < d; c++) {
    uint64_t word = load_word(memory->output + c * item, item);
    if (word != known->expected) return word;
  }
  return known->expected;
}

static int report(const known_answer *known, const layout *how, const char *level, const char *what, uint64_t expected, uint64_t got)
{
  printf("  %s: %s f = %zu, n = %zu, d = %zu, %s order%s, %s: %s: expected 0x%" PRIx64 ", got 0x%" PRIx64 "\n", level,
         certigar_rule_name(known->rule), known->f, known->n, how->d, how->fortran_order ? "Fortran" : "C",
         how->byte_swapped ? ", byte-swapped" : "", known->what, what, expected, got);
  return 0;
}

static int check_layout(bench *memory, certigar_plan *plan, const known_answer *known, const layout *how, const char *level)
{
  size_t item = known->dtype == CERTIGAR_FLOAT32 ? 4 : 8;
  certigar_certificate result;
  memset(&result, 0, sizeof result);
  memset(memory->output, 0x55, sizeof memory->output);
  certigar_matrix matrix = lay_out(memory, known, how, item);
  certigar_status status = certigar_plan_run(plan, &matrix, memory->output, &result, NULL);
  uint64_t word = compare(memory, known, how->d, item);
  if (word != known->expected) return report(known, how, level, "output", known->expected, word);
  if (status != known->status) return report(known, how, level, "status", (uint64_t)known->status, (uint64_t)status);
  if (result.ties != known->tie * how->d) return report(known, how, level, "ties", known->tie * how->d, result.ties);
  if (result.nonfinite_row_count != known->nonfinite_rows) {
    return report(known, how, level, "non-finite rows", known->nonfinite_rows, result.nonfinite_row_count);
  }
  return 1;
}

/* Bucketing takes two rows at a time. Returns 0 where there is no memory. */
static int set_pre(certigar_options *options, pre_stage pre)
{
  switch (pre) {
    case PRE_NNM: return certigar_options_add_nnm(options);
    case PRE_BUCKETING: return certigar_options_add_bucketing(options, 2, NULL);
    case PRE_ARC: return certigar_options_add_arc(options);
    default: return 1;
  }
}

static int check_answer(bench *memory, const known_answer *known, certigar_level level)
{
  certigar_plan *plan = NULL;
  certigar_message message = {""};
  certigar_options *options = certigar_options_new();
  certigar_status status = CERTIGAR_NO_MEMORY;
  if (options != NULL) {
    certigar_options_set_f(options, known->f);
    certigar_options_set_median(options, known->median);
    certigar_options_set_level(options, level);
    certigar_options_set_scores(options, known->scores);
    if (set_pre(options, known->pre)) status = certigar_plan_new(&plan, known->rule, known->dtype, known->n, options, &message);
    certigar_options_free(options);
  }
  if (status != CERTIGAR_OK) {
    printf("  %s: %s: no plan: %s\n", certigar_level_name(level), known->what, message.text);
    return 0;
  }
  int ok = 1;
  for (size_t i = 0; ok && i < sizeof layouts / sizeof *layouts; i++) {
    ok = check_layout(memory, plan, known, &layouts[i], certigar_level_name(level));
  }
  certigar_plan_free(plan);
  return ok;
}

int self_test(void)
{
  static const certigar_level levels[] = {CERTIGAR_LEVEL_BASELINE, CERTIGAR_LEVEL_X86_64_V3, CERTIGAR_LEVEL_X86_64_V4};
  static const char *const level_names[] = {"baseline", "x86-64-v3", "x86-64-v4"};
  static bench memory;
  size_t count = sizeof known_answers / sizeof *known_answers, passed = 0, failed = 0;
  for (size_t l = 0; l < sizeof levels / sizeof *levels; l++) {
    if (certigar_level_name(levels[l]) == NULL) {
      printf("%s: not on this processor\n", level_names[l]);
      continue;
    }
    size_t right = 0;
    for (size_t i = 0; i < count; i++) right += (size_t)check_answer(&memory, &known_answers[i], levels[l]);
    printf("%s: %zu of %zu known answers\n", level_names[l], right, count);
    passed += right;
    failed += count - right;
  }
  printf("%zu passed, %zu failed\n", passed, failed);
  int status = end_of_output();
  if (status != 0) return status;
  return failed == 0 && passed > 0 ? STATUS_DONE : STATUS_VERDICT;
}
