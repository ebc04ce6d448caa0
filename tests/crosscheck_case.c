/* crosscheck: what all cases need: words, runs of certigar, reports of failures. */
#define _POSIX_C_SOURCE 200809L

#include "crosscheck.h"

#include "judge_rows.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_SHOWN = 256 }; /* of the matrix, when a rule over rows fails */

static const char *const dtype_names[DTYPES] = {"float32", "float64"};
static const char *const median_names[] = {"midpoint", "lower", "upper"};
static const char *const layout_names[LAYOUTS] = {"rows", "columns", "padded, unaligned rows", "rows in reverse", "other byte order"};

/* ---- words ---- */

size_t word_size(certigar_dtype dtype) {
  return dtype == CERTIGAR_FLOAT32 ? 4 : 8;
}

uint64_t load(certigar_dtype dtype, const void *words, size_t index) {
  uint64_t word = 0;
  if (dtype == CERTIGAR_FLOAT32) {
    uint32_t narrow;
    memcpy(&narrow, (const unsigned char *)words + 4 * index, 4);
    word = narrow;
  } else {
    memcpy(&word, (const unsigned char *)words + 8 * index, 8);
  }
  return word;
}

void store(certigar_dtype dtype, void *words, size_t index, uint64_t word) {
  if (dtype == CERTIGAR_FLOAT32) {
    const uint32_t narrow = (uint32_t)word;
    memcpy((unsigned char *)words + 4 * index, &narrow, 4);
  } else {
    memcpy((unsigned char *)words + 8 * index, &word, 8);
  }
}

unsigned fraction_bits(certigar_dtype dtype) {
  return dtype == CERTIGAR_FLOAT32 ? 23 : 52;
}

uint64_t sign_bit(certigar_dtype dtype) {
  return dtype == CERTIGAR_FLOAT32 ? UINT64_C(1) << 31 : UINT64_C(1) << 63;
}

uint64_t infinity(certigar_dtype dtype) {
  return dtype == CERTIGAR_FLOAT32 ? UINT64_C(0x7f800000) : UINT64_C(0x7ff0000000000000);
}

uint64_t magnitude(certigar_dtype dtype, uint64_t word) {
  return word & (sign_bit(dtype) - 1);
}

int is_finite(certigar_dtype dtype, uint64_t word) {
  return magnitude(dtype, word) < infinity(dtype);
}

int64_t rank_of(certigar_dtype dtype, uint64_t word) {
  const int64_t m = (int64_t)magnitude(dtype, word);
  return word >= sign_bit(dtype) ? -m : m;
}

const uint64_t not_scalable = UINT64_MAX;

uint64_t scaled(certigar_dtype dtype, uint64_t word, int64_t shift, uint64_t flip) {
  const unsigned F = fraction_bits(dtype);
  if (magnitude(dtype, word) == 0) return word ^ flip;
  const int64_t exponent = (int64_t)(magnitude(dtype, word) >> F);
  const int64_t special = (int64_t)(infinity(dtype) >> F);
  if (exponent < 1 || exponent >= special || exponent + shift < 1 || exponent + shift >= special) return not_scalable;
  return (shift < 0 ? word - ((uint64_t)-shift << F) : word + ((uint64_t)shift << F)) ^ flip;
}

/* ---- failures ---- */

void *room(buffer *b, size_t size) {
  if (size > b->size) {
    free(b->bytes);
    b->bytes = malloc(size);
    if (b->bytes == NULL) {
      fprintf(stderr, "crosscheck: no memory\n");
      exit(2);
    }
    b->size = size;
  }
  return b->bytes;
}

static pthread_mutex_t print_lock = PTHREAD_MUTEX_INITIALIZER;

static void print_words(worker *w, const test_case *t) {
  const int digits = (int)(2 * word_size(t->dtype));
  if (t->n * t->d > WORDS_SHOWN) return;
  for (size_t i = 0; i < t->n; i++) {
    printf("  row %zu:", i);
    for (size_t c = 0; c < t->d; c++) printf(" %0*" PRIx64, digits, load(t->dtype, w->rows.bytes, i * t->d + c));
    printf("\n");
  }
}

static void print_column(worker *w, const test_case *t, size_t column, uint64_t got, uint64_t wanted) {
  const int digits = (int)(2 * word_size(t->dtype));
  printf("  column %zu:", column);
  for (size_t i = 0; i < t->n; i++) printf(" %0*" PRIx64, digits, load(t->dtype, w->rows.bytes, i * t->d + column));
  printf("\n  got      %0*" PRIx64 "\n  expected %0*" PRIx64, digits, got, digits, wanted);
  if (is_finite(t->dtype, got) && is_finite(t->dtype, wanted)) {
    const int64_t a = rank_of(t->dtype, got), b = rank_of(t->dtype, wanted);
    const uint64_t ulps = a > b ? (uint64_t)a - (uint64_t)b : (uint64_t)b - (uint64_t)a;
    printf("   %" PRIu64 " ULP apart", ulps);
  }
  printf("\n");
}

static void begin_report(const test_case *t, const char *what) {
  printf("FAILED %s %s: %s\n", certigar_rule_name(t->rule), dtype_names[t->dtype], what);
  printf("  n = %zu, f = %zu, d = %zu, ", t->n, t->f, t->d);
  if ((int)t->rule < COLUMN_RULES) {
    printf("median %s", median_names[t->median]);
  } else {
    printf("m = %zu, pivot %zu, variant %zu, choice %zu", t->m, t->pivot, t->variant, t->choice);
  }
  printf(", generator %s, layout: %s, threads %zu and %zu, levels %d and %d\n", t->from->name, layout_names[t->where], t->threads[0],
         t->threads[1], (int)t->levels[0], (int)t->levels[1]);
}

static void end_report(const worker *w, const test_case *t) {
  printf("  crosscheck --rule %s --dtype %s%s%s --case %016" PRIx64 "\n", certigar_rule_name(t->rule), dtype_names[t->dtype],
         w->work->only != NULL ? " --generator " : "", w->work->only != NULL ? w->work->only->name : "", t->seed);
  fflush(stdout);
}

void report_failure(worker *w, const test_case *t, size_t column, const char *what, uint64_t got, uint64_t wanted) {
  unsigned char *failed = w->failed_columns.bytes;
  failed[column] = 1;
  pthread_mutex_lock(&print_lock);
  if (w->work->reports++ < REPORTS_MAX) {
    begin_report(t, what);
    if (column < t->d) print_column(w, t, column, got, wanted);
    if ((int)t->rule >= COLUMN_RULES) print_words(w, t);
    end_report(w, t);
  }
  pthread_mutex_unlock(&print_lock);
}

void report_matrix(worker *w, const test_case *t, const char *what, const char *got, const char *wanted) {
  unsigned char *failed = w->failed_columns.bytes;
  failed[t->d] = 1;
  pthread_mutex_lock(&print_lock);
  if (w->work->reports++ < REPORTS_MAX) {
    begin_report(t, what);
    printf("  got      %s\n  expected %s\n", got, wanted);
    print_words(w, t);
    end_report(w, t);
  }
  pthread_mutex_unlock(&print_lock);
}

/* ---- running certigar ---- */

/* The best level, or a named one that this processor has. */
static certigar_level draw_level(generate_random *random) {
  static const certigar_level levels[] = {CERTIGAR_LEVEL_BASELINE, CERTIGAR_LEVEL_X86_64_V3, CERTIGAR_LEVEL_X86_64_V4};
  const uint64_t drawn = generate_below(random, 6);
  if (drawn >= 3 || certigar_level_name(levels[drawn]) == NULL) return CERTIGAR_LEVEL_BEST;
  return levels[drawn];
}

void draw_machine(test_case *t) {
  t->where = generate_below(&t->random, 2) ? ROWS : (layout)generate_below(&t->random, LAYOUTS);
  for (int run = 0; run < 2; run++) {
    t->threads[run] = generate_below(&t->random, 4) ? 1 : 1 + (size_t)generate_below(&t->random, 4);
    t->levels[run] = draw_level(&t->random);
  }
}

certigar_plan *new_plan(worker *w, const test_case *t, const row_case *rows, int run) {
  certigar_plan *plan = NULL;
  certigar_message message = {""};
  certigar_options *options = certigar_options_new();
  if (options == NULL) {
    fprintf(stderr, "crosscheck: no memory\n");
    exit(2);
  }
  certigar_options_set_f(options, t->f);
  if (rows != NULL) row_case_set(rows, options);
  certigar_options_set_median(options, t->median);
  certigar_options_set_threads(options, t->threads[run]);
  certigar_options_set_level(options, t->levels[run]);
  const certigar_status status = certigar_plan_new(&plan, t->rule, t->dtype, t->n, options, &message);
  certigar_options_free(options);
  if (status != CERTIGAR_OK) {
    char what[400];
    snprintf(what, sizeof what, "certigar_plan_new gives status %d: %s", (int)status, message.text);
    report_failure(w, t, t->d, what, 0, 0);
    return NULL;
  }
  return plan;
}

certigar_matrix contiguous(const test_case *t, const void *rows) {
  const size_t size = word_size(t->dtype);
  return (certigar_matrix){.data = rows, .n = t->n, .d = t->d, .row_stride = (ptrdiff_t)(t->d * size), .column_stride = (ptrdiff_t)size};
}

certigar_matrix place(worker *w, const test_case *t, const void *rows) {
  const size_t size = word_size(t->dtype);
  certigar_matrix matrix = contiguous(t, rows);
  if (t->where == ROWS) return matrix;
  const size_t stride = t->where == PADDED ? t->d * size + 13 : t->d * size;
  unsigned char *bytes = room(&w->placed, t->n * stride + 16);
  memset(bytes, 0xff, t->n * stride + 16);
  for (size_t i = 0; i < t->n; i++)
    for (size_t c = 0; c < t->d; c++) {
      const unsigned char *from = (const unsigned char *)rows + (i * t->d + c) * size;
      switch (t->where) {
      case COLUMNS: memcpy(bytes + (c * t->n + i) * size, from, size); break;
      case PADDED: memcpy(bytes + 3 + i * stride + c * size, from, size); break;
      case REVERSED: memcpy(bytes + (t->n - 1 - i) * stride + c * size, from, size); break;
      case SWAPPED:
        for (size_t b = 0; b < size; b++) bytes[i * stride + c * size + b] = from[size - 1 - b];
        break;
      case ROWS:
      case LAYOUTS: break;
      }
    }
  matrix.data = bytes;
  matrix.row_stride = (ptrdiff_t)stride;
  if (t->where == COLUMNS) {
    matrix.row_stride = (ptrdiff_t)size;
    matrix.column_stride = (ptrdiff_t)(t->n * size);
  }
  if (t->where == PADDED) matrix.data = bytes + 3;
  if (t->where == REVERSED) {
    matrix.data = bytes + (t->n - 1) * stride;
    matrix.row_stride = -(ptrdiff_t)stride;
  }
  matrix.byte_swapped = t->where == SWAPPED;
  return matrix;
}

int run_plan(worker *w, const test_case *t, certigar_plan *plan, const certigar_matrix *matrix, void *out, certigar_certificate *certificate,
             certigar_status *status) {
  certigar_message message = {""};
  memset(out, UNTOUCHED, t->d * word_size(t->dtype));
  memset(certificate, 0xa5, sizeof *certificate);
  *status = certigar_plan_run(plan, matrix, out, certificate, &message);
  if (*status == CERTIGAR_OK || *status == CERTIGAR_NOT_FINITE || *status == CERTIGAR_NO_VALUE) return 1;
  char what[400];
  snprintf(what, sizeof what, "certigar_plan_run gives status %d: %s", (int)*status, message.text);
  report_failure(w, t, t->d, what, 0, 0);
  return 0;
}

/* ---- comparisons ---- */

void check_count(worker *w, const test_case *t, const char *name, size_t got, size_t wanted) {
  if (got == wanted) return;
  char what[200];
  snprintf(what, sizeof what, "%s is %zu, expected %zu", name, got, wanted);
  report_failure(w, t, t->d, what, 0, 0);
}

void check_bits(worker *w, const test_case *t, const char *what, const void *got, const void *wanted) {
  const size_t size = word_size(t->dtype);
  if (memcmp(got, wanted, t->d * size) == 0) return;
  for (size_t c = 0; c < t->d; c++) {
    const uint64_t a = load(t->dtype, got, c), b = load(t->dtype, wanted, c);
    if (a != b) report_failure(w, t, c, what, a, b);
  }
}
