/* The server of zeno++ against the reference, on any gradient g and row u: the same decision, now and after other gradients; and where epsilon makes
 * the inequality an equality, accepted, with a little less, not.
 *
 *   byte 0  dtype, and twice the kind      1  gamma      2  rho      3  epsilon
 *   then g and u, as words (kind 0), or as small integers of a byte each (kind 1, of which the border is known)
 *
 * A difference prints the case and aborts; libFuzzer then writes the input to a file, and `build/fuzz/zeno_server FILE` runs it again.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "certigar.h"
#include "contexts.h"
#include "selection.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { HEADER = 4, COLUMNS_MAX = 600 };

/* gamma is one of all but the last, which is 0. */
static const char *const numbers[] = {"1", "1/3", "2", "3/7", "1/1099511627776", "1000000000000000000000000000000",
                                      "1/1000000000000000000000000000000", "0"};
enum { NUMBERS = sizeof numbers / sizeof *numbers };

typedef struct zeno_case {
  certigar_dtype dtype;
  int small;
  size_t d;
  const char *gamma, *rho;
  char epsilon[CERTIGAR_NUMBER_MAX + 1];
  unsigned char *g, *u; /* d values each, of their exact size */
} zeno_case;

static size_t size_of(certigar_dtype dtype)
{
  return dtype == CERTIGAR_FLOAT32 ? 4 : 8;
}

static void print_row(const zeno_case *one, const char *name, const unsigned char *row)
{
  printf("  %s:", name);
  for (size_t c = 0; c < one->d; c++) {
    uint64_t word = 0;
    memcpy(&word, row + c * size_of(one->dtype), size_of(one->dtype));
    printf(" %0*" PRIx64, 2 * (int)size_of(one->dtype), word);
  }
  printf("\n");
}

static _Noreturn void fail(const zeno_case *one, const char *what)
{
  const char *name = one->dtype == CERTIGAR_FLOAT32 ? "float32" : "float64";
  printf("\nFAILED zeno++ %s: %s\n  d = %zu, gamma %s, rho %s, epsilon %s\n", name, what, one->d, one->gamma, one->rho, one->epsilon);
  print_row(one, "g", one->g);
  print_row(one, "u", one->u);
  printf("  build/fuzz/zeno_server FILE, the file that libFuzzer names below\n");
  fflush(stdout);
  abort();
}

/* ---- the case ---- */

static void put_small(certigar_dtype dtype, int8_t value, unsigned char *to)
{
  const float narrow = value;
  const double wide = value;
  memcpy(to, dtype == CERTIGAR_FLOAT32 ? (const void *)&narrow : (const void *)&wide, size_of(dtype));
}

static unsigned char *row_of(const zeno_case *one, const uint8_t *bytes)
{
  unsigned char *row = malloc(one->d * size_of(one->dtype));
  if (!row) abort();
  if (one->small) {
    for (size_t c = 0; c < one->d; c++) put_small(one->dtype, (int8_t)bytes[c], row + c * size_of(one->dtype));
  } else {
    memcpy(row, bytes, one->d * size_of(one->dtype));
  }
  return row;
}

static int read_case(zeno_case *one, const uint8_t *bytes, size_t size)
{
  if (size < HEADER) return 0;
  *one = (zeno_case){.dtype = bytes[0] % 2 ? CERTIGAR_FLOAT64 : CERTIGAR_FLOAT32, .small = bytes[0] / 2 % 2};
  const size_t width = one->small ? 1 : size_of(one->dtype);
  one->d = (size - HEADER) / (2 * width);
  if (one->d > COLUMNS_MAX) one->d = COLUMNS_MAX;
  if (one->d == 0) return 0;
  one->gamma = numbers[bytes[1] % (NUMBERS - 1)];
  one->rho = numbers[bytes[2] % NUMBERS];
  strcpy(one->epsilon, numbers[bytes[3] % NUMBERS]);
  one->g = row_of(one, bytes + HEADER);
  one->u = row_of(one, bytes + HEADER + one->d * width);
  return 1;
}

/* ---- the decision ---- */

static int ask(const zeno_case *one, certigar_zeno_server *server, const unsigned char *gradient, const unsigned char *row)
{
  int accepted = -1;
  certigar_zeno_server_set_gradient(server, gradient);
  if (certigar_zeno_server_test(server, row, &accepted, NULL) != CERTIGAR_OK || accepted < 0 || accepted > 1) fail(one, "there is no answer");
  return accepted;
}

static int reference_says(const zeno_case *one, reference_context *context, const unsigned char *gradient, const unsigned char *row)
{
  mpq_t gamma, rho, epsilon;
  mpq_inits(gamma, rho, epsilon, (mpq_ptr)NULL);
  mpq_set_str(gamma, one->gamma, 10);
  mpq_set_str(rho, one->rho, 10);
  mpq_set_str(epsilon, one->epsilon, 10);
  const int accepted = reference_zeno_accepts(context, gamma, rho, epsilon, one->d, gradient, row);
  mpq_clears(gamma, rho, epsilon, (mpq_ptr)NULL);
  return accepted;
}

/* Both ways round, and the first again. Returns the first decision. */
static int check(const zeno_case *one, reference_context *context)
{
  certigar_zeno_server *server;
  certigar_message message;
  if (certigar_zeno_server_new(&server, one->dtype, one->d, one->gamma, one->rho, one->epsilon, &message) != CERTIGAR_OK) fail(one, message.text);
  const int first = ask(one, server, one->g, one->u), second = ask(one, server, one->u, one->g);
  if (first != reference_says(one, context, one->g, one->u)) fail(one, "the decision is not the reference's");
  if (second != reference_says(one, context, one->u, one->g)) fail(one, "the decision is not the reference's, g and u exchanged");
  if (first != ask(one, server, one->g, one->u)) fail(one, "another gradient in between changes the decision");
  certigar_zeno_server_free(server);
  return first;
}

/* ---- the border ---- */

/* epsilon = (rho norm(u)^2 - gamma <g, u>) / gamma, less that many parts in 10^15; 0 if it is negative, or its text too long. */
static int set_border(zeno_case *one, unsigned long less)
{
  mpq_t gamma, border, term;
  long inner = 0, norm = 0;
  char text[512];
  for (size_t c = 0; c < one->d; c++) {
    double g = 0, u = 0;
    float narrow[2] = {0, 0};
    if (one->dtype == CERTIGAR_FLOAT32) {
      memcpy(&narrow[0], one->g + 4 * c, 4);
      memcpy(&narrow[1], one->u + 4 * c, 4);
      g = narrow[0];
      u = narrow[1];
    } else {
      memcpy(&g, one->g + 8 * c, 8);
      memcpy(&u, one->u + 8 * c, 8);
    }
    inner += (long)g * (long)u;
    norm += (long)u * (long)u;
  }
  mpq_inits(gamma, border, term, (mpq_ptr)NULL);
  mpq_set_str(gamma, one->gamma, 10);
  mpq_set_str(border, one->rho, 10);
  mpq_set_si(term, norm, 1);
  mpq_mul(border, border, term);
  mpq_div(border, border, gamma);
  mpq_set_si(term, inner, 1);
  mpq_sub(border, border, term);
  mpq_set_ui(term, less, 1000000000000000);
  mpq_canonicalize(term);
  mpq_sub(border, border, term);
  const int length = gmp_snprintf(text, sizeof text, "%Qd", border), usable = mpq_sgn(border) >= 0 && length <= CERTIGAR_NUMBER_MAX;
  if (usable) memcpy(one->epsilon, text, (size_t)length + 1);
  mpq_clears(gamma, border, term, (mpq_ptr)NULL);
  return usable;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  zeno_case one;
  contexts_open(NULL);
  if (!read_case(&one, bytes, size)) return 0;
  (void)check(&one, contexts[one.dtype]);
  if (one.small && set_border(&one, 0) && !check(&one, contexts[one.dtype])) fail(&one, "an equality is not accepted");
  if (one.small && set_border(&one, 1) && check(&one, contexts[one.dtype])) fail(&one, "less than an equality is accepted");
  free(one.g);
  free(one.u);
  return 0;
}
