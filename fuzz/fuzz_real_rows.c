/* centered-clipping, caf and smea against the reference on arbitrary matrices: what judge_reals.h asks for, and the same bits with other threads and
 * another level.
 *
 * Any bytes are a case: those of a header are taken modulo their ranges, the words that follow are repeated until the matrix is full.
 *
 *   byte 0  rule            1  dtype         2  n - 1                3  f
 *        4  d - 1           5  level, and four times threads - 1, and eight times the layout
 *        6  of tau the digits, 0 for 1/3     7  its exponent, from the least to the greatest of the format and somewhat beyond
 *        8  iterations - 1, and eight times whether there is a centre: the words after those of the matrix, if they are finite
 *   then words of 4 or 8 bytes, little-endian, row after row
 *
 * A difference prints the matrix and aborts; libFuzzer then writes the input to a file, and `build/fuzz/real_rows FILE` runs it again.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "certigar.h"
#include "contexts.h"
#include "judge_reals.h"
#include "mutator.h"
#include "place.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned int seed);

enum { HEADER = 9, COLUMNS = 6, RULES = 3 };

typedef struct real_input {
  fuzz_case matrix; /* its rule is not looked at; the centre is row n of its words */
  real_case one;
  char tau[32];
  mpq_t tau_value;
  unsigned char centre[8 * COLUMNS];
} real_input;

static real_input *new_input(void)
{
  real_input *input = case_take(sizeof *input);
  mpq_init(input->tau_value);
  return input;
}

/* As far as the reference goes many times a second. */
static size_t rows_max(certigar_rule rule, certigar_dtype dtype)
{
  if (rule == CERTIGAR_CENTERED_CLIPPING) return 10;
  return dtype == CERTIGAR_FLOAT32 ? 7 : 5;
}

/* ---- bytes ---- */

static uint64_t word_at(const uint8_t *bytes, size_t size, size_t word_size, size_t i)
{
  size_t given = size < HEADER ? 0 : (size - HEADER) / word_size;
  uint64_t word = 0;
  for (size_t b = 0; given > 0 && b < word_size; b++) word |= (uint64_t)bytes[HEADER + i % given * word_size + b] << (8 * b);
  return word;
}

static void decode_tau(real_input *input, unsigned digits, int exponent)
{
  if (digits == 0) {
    strcpy(input->tau, "1/3");
    mpq_set_ui(input->tau_value, 1, 3);
    return;
  }
  snprintf(input->tau, sizeof input->tau, "0x%xp%d", digits, exponent);
  mpq_set_ui(input->tau_value, digits, 1);
  if (exponent >= 0) mpq_mul_2exp(input->tau_value, input->tau_value, (mp_bitcnt_t)exponent);
  if (exponent < 0) mpq_div_2exp(input->tau_value, input->tau_value, (mp_bitcnt_t)-exponent);
}

/* The centre is row n of the words, if every word of it is finite. */
static const void *decode_centre(real_input *input)
{
  const fuzz_case *m = &input->matrix;
  const size_t size = m->dtype == CERTIGAR_FLOAT32 ? 4 : 8;
  const uint64_t infinity = m->dtype == CERTIGAR_FLOAT32 ? UINT64_C(0x7f800000) : UINT64_C(0x7ff0000000000000);
  for (size_t c = 0; c < m->d; c++) {
    const uint64_t word = m->words[m->n * m->d + c];
    const uint32_t narrow = (uint32_t)word;
    if ((word & infinity) == infinity) return NULL;
    memcpy(input->centre + c * size, size == 4 ? (const void *)&narrow : (const void *)&word, size);
  }
  return input->centre;
}

static void decode(real_input *input, const uint8_t *bytes, size_t size)
{
  static const certigar_rule rules[RULES] = {CERTIGAR_CENTERED_CLIPPING, CERTIGAR_CAF, CERTIGAR_SMEA};
  uint8_t header[HEADER] = {0};
  fuzz_case *m = &input->matrix;
  memcpy(header, bytes, size < HEADER ? size : HEADER);
  real_case one = {.rule = rules[header[0] % RULES], .dtype = (certigar_dtype)(header[1] % 2)};
  one.n = 1 + header[2] % rows_max(one.rule, one.dtype);
  one.f = header[3] % ((one.n - 1) / 2 + 1);
  one.d = 1 + header[4] % COLUMNS;
  m->kind = CASE_OF_ROWS;
  m->rule = CERTIGAR_CGE; /* for the mutations, which know no other rules: one of any n > 2f */
  m->m = m->pivot = m->variant = 0;
  m->median = CERTIGAR_MIDPOINT;
  m->dtype = one.dtype;
  m->n = one.n;
  m->f = one.f;
  m->d = one.d;
  m->level = (certigar_level)(header[5] % 4);
  m->threads = 1 + header[5] / 4 % 2;
  m->layout = (case_layout)(header[5] / 8 % CASE_LAYOUTS);
  for (size_t i = 0; i < (one.n + 1) * one.d; i++) m->words[i] = word_at(bytes, size, one.dtype == CERTIGAR_FLOAT32 ? 4 : 8, i);
  if (one.rule == CERTIGAR_CENTERED_CLIPPING) {
    decode_tau(input, header[6], (header[7] - 128) * (one.dtype == CERTIGAR_FLOAT32 ? 2 : 10));
    one.tau = input->tau;
    one.tau_value = input->tau_value;
    one.iterations = 1 + header[8] % 8;
    one.centre = header[8] / 8 % 2 ? decode_centre(input) : NULL;
  }
  input->one = one;
}

/* ---- one case ---- */

static void fail(const real_input *input, const char *what)
{
  const fuzz_case *m = &input->matrix;
  const int digits = m->dtype == CERTIGAR_FLOAT32 ? 8 : 16;
  printf("\nFAILED %s %s: %s\n", certigar_rule_name(input->one.rule), m->dtype == CERTIGAR_FLOAT32 ? "float32" : "float64", what);
  printf("  n = %zu, f = %zu, d = %zu, tau %s, iterations %zu, level %d, threads %zu, layout %d\n", m->n, m->f, m->d,
         input->one.tau ? input->one.tau : "-", input->one.iterations, (int)m->level, m->threads, (int)m->layout);
  for (size_t i = 0; i < m->n + (input->one.centre != NULL); i++) {
    printf("  %s %zu:", i < m->n ? "row" : "centre", i);
    for (size_t c = 0; c < m->d; c++) printf(" %0*" PRIx64, digits, m->words[i * m->d + c]);
    printf("\n");
  }
  printf("  build/fuzz/real_rows FILE, the file that libFuzzer names below\n");
  fflush(stdout);
  abort();
}

static certigar_status aggregate(const real_input *input, certigar_level level, size_t threads, case_layout layout, unsigned char *out,
                                 certigar_certificate *certificate, certigar_plan **plan)
{
  unsigned char *placed;
  certigar_options *options = certigar_options_new();
  if (!options) abort();
  real_case_set(&input->one, options);
  certigar_options_set_threads(options, threads);
  certigar_options_set_level(options, certigar_level_name(level) ? level : CERTIGAR_LEVEL_BEST);
  if (certigar_plan_new(plan, input->one.rule, input->one.dtype, input->one.n, options, NULL) != CERTIGAR_OK) fail(input, "no plan");
  certigar_options_free(options);
  const certigar_matrix matrix = case_place(&input->matrix, layout, NULL, &placed);
  const certigar_status status = certigar_plan_run(*plan, &matrix, out, certificate, NULL);
  free(placed);
  return status;
}

static void run_case(real_input *input, uint64_t seed)
{
  contexts_open(NULL);
  const fuzz_case *m = &input->matrix;
  const size_t size = m->d * (m->dtype == CERTIGAR_FLOAT32 ? 4 : 8);
  unsigned char *rows, *out = case_take(size), *again = case_take(size);
  certigar_certificate certificate;
  certigar_plan *plan;
  int open;
  memset(out, 0, size);
  memset(again, 0, size);
  case_place(m, CASE_ROWS, NULL, &rows);
  input->one.rows = rows;
  const certigar_status status = aggregate(input, m->level, m->threads, m->layout, out, &certificate, &plan);
  const char *wrong = judge_reals(contexts[m->dtype], &input->one, status, out, &certificate, &open);
  if (wrong) fail(input, wrong);
  certigar_plan_free(plan);
  if (aggregate(input, (certigar_level)(seed % 4), 4 - m->threads, CASE_ROWS, again, NULL, &plan) != status)
    fail(input, "other threads or another level give another status");
  if (memcmp(out, again, size) != 0) fail(input, "other threads or another level give other bits");
  certigar_plan_free(plan);
  free(rows);
  free(out);
  free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  static real_input *input;
  uint64_t seed = 0;
  if (!input) input = new_input();
  decode(input, bytes, size);
  for (size_t i = 0; i < size; i++) seed = 31 * seed + bytes[i];
  run_case(input, seed);
  return 0;
}

/* ---- mutations: those of matrices (mutator.h), and of the header ---- */

static size_t encode(const real_input *input, const uint8_t *header, uint8_t *bytes, size_t room)
{
  const fuzz_case *m = &input->matrix;
  const size_t most = rows_max(input->one.rule, m->dtype), n = m->n < most ? m->n : most, d = m->d < COLUMNS ? m->d : COLUMNS;
  const size_t word_size = m->dtype == CERTIGAR_FLOAT32 ? 4 : 8;
  memcpy(bytes, header, HEADER);
  bytes[1] = (uint8_t)m->dtype;
  bytes[2] = (uint8_t)(n - 1);
  bytes[3] = (uint8_t)m->f;
  bytes[4] = (uint8_t)(d - 1);
  bytes[5] = (uint8_t)((size_t)m->level + 4 * (m->threads - 1) + 8 * (size_t)m->layout);
  size_t size = HEADER;
  for (size_t i = 0; i < n + (m->n > n); i++)
    for (size_t c = 0; c < d && size + word_size <= room; c++)
      for (size_t b = 0; b < word_size; b++) bytes[size++] = (uint8_t)(m->words[i * m->d + c] >> (8 * b));
  return size;
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t room, unsigned int seed)
{
  static real_input *input;
  uint8_t header[HEADER] = {0};
  if (!input) input = new_input();
  if (seed % 16 == 0 || room < HEADER) return LLVMFuzzerMutate(bytes, size, room);
  memcpy(header, bytes, size < HEADER ? size : HEADER);
  if (seed % 4 == 1) header[0] = (uint8_t)(seed / 16 % RULES);
  if (seed % 4 == 2) header[6 + seed / 16 % 3] = (uint8_t)(seed >> 8);
  memcpy(bytes, header, size < HEADER ? size : HEADER);
  decode(input, bytes, size);
  case_mutate(&input->matrix, seed);
  return encode(input, header, bytes, room);
}
