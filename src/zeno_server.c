/* Zeno++ (Xie, Koyejo, Gupta 2020): a row u is accepted if gamma <g, u> - rho norm(u)^2 >= -gamma epsilon, g the gradient of the server's own loss.
 *
 * Both inner products are exact (distance/planes.h), and so are the rational numbers that they are compared with.
 */
#include "plan.h"

#include <stdlib.h>
#include <string.h>

struct certigar_zeno_server {
  const certigar_kernels *kernels;
  size_t d;
  mpq_t gamma, rho, bound; /* bound = -gamma epsilon */
  unsigned char *gradient; /* d values */
  int usable;              /* a gradient was set, and is finite */
  void *work;
  int64_t *products;       /* <g, u> and <u, u> */
};

static certigar_matrix one_row(const certigar_zeno_server *server, const void *row)
{
  return (certigar_matrix){.data = row, .n = 1, .d = server->d, .column_stride = (ptrdiff_t)server->kernels->value_size};
}

static size_t coordinates_from(const certigar_zeno_server *server, size_t first, size_t most)
{
  return server->d - first < most ? server->d - first : most;
}

static int is_finite(const certigar_zeno_server *server, const void *row)
{
  certigar_matrix matrix = one_row(server, row);
  unsigned char nonfinite = 0;
  certigar_tile_request request = {.input = &matrix, .nonfinite = &nonfinite};
  size_t lanes = server->kernels->lanes;
  for (size_t c = 0; c < server->d && !nonfinite; c += lanes) server->kernels->scan_tile(&request, c, coordinates_from(server, c, lanes));
  return !nonfinite;
}

/* ---- parameters ---- */

static certigar_status bad_parameter(certigar_message *message, const char *name, const char *text, const char *range)
{
  return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "zeno++: %s = %.*s, must be a number %s", name, CERTIGAR_NUMBER_MAX, text, range);
}

/* A number that is not negative, in value. */
static int read_number(const char *text, mpq_t value)
{
  certigar_rational number;
  if (!certigar_rational_set(&number, text) || certigar_rational_is_infinite(&number)) return 0;
  certigar_rational_get(&number, value);
  return mpq_sgn(value) >= 0;
}

static certigar_status read_parameters(certigar_zeno_server *server, const char *gamma, const char *rho, const char *epsilon,
                                       certigar_message *message)
{
  if (!read_number(gamma, server->gamma) || mpq_sgn(server->gamma) == 0) return bad_parameter(message, "gamma", gamma, "> 0");
  if (!read_number(rho, server->rho)) return bad_parameter(message, "rho", rho, ">= 0");
  if (!read_number(epsilon, server->bound)) return bad_parameter(message, "epsilon", epsilon, ">= 0");
  mpq_mul(server->bound, server->bound, server->gamma);
  mpq_neg(server->bound, server->bound);
  return CERTIGAR_OK;
}

/* ---- making and ending ---- */

static int take_memory(certigar_zeno_server *server)
{
  size_t work = (server->kernels->exact_bytes(2) + 63) / 64 * 64;
  server->gradient = malloc(server->d * server->kernels->value_size);
  server->work = aligned_alloc(64, work);
  server->products = malloc(2 * server->kernels->product_limbs * sizeof *server->products);
  return server->gradient && server->work && server->products;
}

void certigar_zeno_server_free(certigar_zeno_server *server)
{
  if (!server) return;
  mpq_clears(server->gamma, server->rho, server->bound, (mpq_ptr)NULL);
  free(server->gradient);
  free(server->work);
  free(server->products);
  free(server);
}

certigar_status certigar_zeno_server_new(certigar_zeno_server **server, certigar_dtype dtype, size_t d, const char *gamma, const char *rho,
                                         const char *epsilon, certigar_message *message)
{
  if (message) message->text[0] = 0;
  *server = NULL;
  if (dtype != CERTIGAR_FLOAT32 && dtype != CERTIGAR_FLOAT64)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "zeno++: dtype is %d, must be float32 or float64", (int)dtype);
  const certigar_kernels *kernels = certigar_kernels_of(dtype, CERTIGAR_LEVEL_BEST);
  if (d < 1 || d > SIZE_MAX / kernels->value_size)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "zeno++: d = %zu coordinates, must be 1 to %zu", d, SIZE_MAX / kernels->value_size);
  certigar_zeno_server *made = calloc(1, sizeof *made);
  if (!made) return certigar_refuse(message, CERTIGAR_NO_MEMORY, "zeno++: no memory");
  made->kernels = kernels;
  made->d = d;
  mpq_inits(made->gamma, made->rho, made->bound, (mpq_ptr)NULL);
  certigar_status status = read_parameters(made, gamma, rho, epsilon, message);
  if (status == CERTIGAR_OK && !take_memory(made))
    status = certigar_refuse(message, CERTIGAR_NO_MEMORY, "zeno++: no memory for d = %zu coordinates", d);
  if (status == CERTIGAR_OK) {
    *server = made;
  } else {
    certigar_zeno_server_free(made);
  }
  return status;
}

void certigar_zeno_server_set_gradient(certigar_zeno_server *server, const void *gradient)
{
  memcpy(server->gradient, gradient, server->d * server->kernels->value_size);
  server->usable = is_finite(server, server->gradient);
}

/* ---- the test ---- */

/* The products of the row, number 0, and of the gradient, the extra row, number 1. */
static void multiply(certigar_zeno_server *server, const void *row)
{
  static const size_t rows[2] = {0, 1}, pairs[2][2] = {{0, 1}, {0, 0}};
  certigar_matrix matrix = one_row(server, row);
  certigar_exact_request request = {.input = &matrix, .extra = server->gradient, .work = server->work, .rows = rows, .row_count = 2,
                                    .pairs = pairs, .pair_count = 2, .products = server->products};
  memset(server->products, 0, 2 * server->kernels->product_limbs * sizeof *server->products);
  size_t block = server->kernels->block;
  for (size_t c = 0; c < server->d; c += block) server->kernels->exact_tile(&request, c, coordinates_from(server, c, block));
  server->kernels->exact_end(&request);
}

/* value = factor times product number p, as a real number. */
static void scale_product(const certigar_zeno_server *server, size_t p, const mpq_t factor, mpq_t value)
{
  const certigar_kernels *kernels = server->kernels;
  mpq_set_ui(value, 0, 1);
  certigar_read_limbs(mpq_numref(value), server->products + p * kernels->product_limbs, kernels->product_limbs, kernels->product_bits);
  mpq_div_2exp(value, value, (mp_bitcnt_t)-kernels->natural_exponent);
  mpq_mul(value, value, factor);
}

certigar_status certigar_zeno_server_test(certigar_zeno_server *server, const void *row, int *accepted, certigar_message *message)
{
  mpq_t score, term;
  if (message) message->text[0] = 0;
  *accepted = 0;
  if (!server->usable || !is_finite(server, row)) return CERTIGAR_OK;
  multiply(server, row);
  mpq_inits(score, term, (mpq_ptr)NULL);
  scale_product(server, 0, server->gamma, score);
  scale_product(server, 1, server->rho, term);
  mpq_sub(score, score, term);
  *accepted = mpq_cmp(score, server->bound) >= 0;
  mpq_clears(score, term, (mpq_ptr)NULL);
  return CERTIGAR_OK;
}
