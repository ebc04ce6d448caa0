/* Eigenvalues by Householder reflections to tridiagonal form, then QL steps with Wilkinson's shift (Wilkinson, Reinsch: Handbook for Automatic
 * Computation II, 1971; Golub, Van Loan: Matrix Computations, 8.3): see eigen.h.
 */
#include "eigen.h"
#include "gram.h"

enum { SCRATCH = 9, STEPS_MAX = 200 }; /* a value takes three or four steps, and one more for each tripling of the bits */

int certigar_eigen_init(certigar_eigen *eigen, size_t room, mpfr_prec_t bits)
{
  *eigen = (certigar_eigen){.room = room,
                            .values = certigar_reals_new(room, bits),
                            .vectors = certigar_reals_new(room * room, bits),
                            .work = certigar_reals_new(room * room, bits),
                            .off = certigar_reals_new(room, bits),
                            .reflector = certigar_reals_new(room, bits),
                            .image = certigar_reals_new(room, bits),
                            .scratch = certigar_reals_new(SCRATCH, bits)};
  return eigen->values && eigen->vectors && eigen->work && eigen->off && eigen->reflector && eigen->image && eigen->scratch;
}

void certigar_eigen_clear(certigar_eigen *eigen)
{
  certigar_reals_free(eigen->values, eigen->room);
  certigar_reals_free(eigen->vectors, eigen->room * eigen->room);
  certigar_reals_free(eigen->work, eigen->room * eigen->room);
  certigar_reals_free(eigen->off, eigen->room);
  certigar_reals_free(eigen->reflector, eigen->room);
  certigar_reals_free(eigen->image, eigen->room);
  certigar_reals_free(eigen->scratch, SCRATCH);
}

static void subtract_product(mpfr_ptr a, mpfr_srcptr x, mpfr_srcptr y, mpfr_ptr scratch)
{
  mpfr_mul(scratch, x, y, MPFR_RNDN);
  mpfr_sub(a, a, scratch, MPFR_RNDN);
}

static void add_product(mpfr_ptr a, mpfr_srcptr x, mpfr_srcptr y, mpfr_ptr scratch)
{
  mpfr_mul(scratch, x, y, MPFR_RNDN);
  mpfr_add(a, a, scratch, MPFR_RNDN);
}

/* ---- tridiagonal form ---- */

/* The reflector v of column c below the diagonal, and 2 / norm(v)^2; the element that the reflection leaves there goes to off[c].
 * Returns 0 if there is nothing to reflect. */
static int find_reflector(certigar_eigen *e, size_t c, mpfr_ptr factor)
{
  size_t k = e->k;
  mpfr_ptr norm = e->scratch[1], term = e->scratch[2];
  mpfr_set_zero(norm, 1);
  for (size_t i = c + 2; i < k; i++) {
    mpfr_set(e->reflector[i], e->work[i * k + c], MPFR_RNDN);
    add_product(norm, e->reflector[i], e->reflector[i], term);
  }
  mpfr_set(e->reflector[c + 1], e->work[(c + 1) * k + c], MPFR_RNDN);
  mpfr_set(e->off[c], e->reflector[c + 1], MPFR_RNDN);
  if (mpfr_zero_p(norm)) return 0;
  mpfr_set(factor, norm, MPFR_RNDN);
  add_product(norm, e->off[c], e->off[c], term);
  mpfr_sqrt(norm, norm, MPFR_RNDN);
  if (mpfr_sgn(e->off[c]) > 0) mpfr_neg(norm, norm, MPFR_RNDN); /* of the two signs the one that does not cancel */
  mpfr_sub(e->reflector[c + 1], e->off[c], norm, MPFR_RNDN);
  mpfr_set(e->off[c], norm, MPFR_RNDN);
  add_product(factor, e->reflector[c + 1], e->reflector[c + 1], term);
  mpfr_ui_div(factor, 2, factor, MPFR_RNDN);
  return 1;
}

/* A becomes H A H with H = I - factor v v^T, below and right of c: A - v w^T - w v^T with p = factor A v and w = p - (factor/2) (v^T p) v. */
static void reflect(certigar_eigen *e, size_t c, mpfr_srcptr factor)
{
  size_t k = e->k;
  mpfr_ptr along = e->scratch[1], term = e->scratch[2];
  mpfr_set_zero(along, 1);
  for (size_t i = c + 1; i < k; i++) {
    mpfr_set_zero(e->image[i], 1);
    for (size_t j = c + 1; j < k; j++) add_product(e->image[i], e->work[i * k + j], e->reflector[j], term);
    mpfr_mul(e->image[i], e->image[i], factor, MPFR_RNDN);
    add_product(along, e->image[i], e->reflector[i], term);
  }
  mpfr_mul(along, along, factor, MPFR_RNDN);
  mpfr_div_2ui(along, along, 1, MPFR_RNDN);
  for (size_t i = c + 1; i < k; i++) subtract_product(e->image[i], along, e->reflector[i], term);
  for (size_t i = c + 1; i < k; i++)
    for (size_t j = c + 1; j <= i; j++) {
      subtract_product(e->work[i * k + j], e->reflector[i], e->image[j], term);
      subtract_product(e->work[i * k + j], e->image[i], e->reflector[j], term);
      mpfr_set(e->work[j * k + i], e->work[i * k + j], MPFR_RNDN);
    }
}

/* The rows of the vectors are those of the product of the reflections so far, transposed. */
static void reflect_vectors(certigar_eigen *e, size_t c, mpfr_srcptr factor)
{
  size_t k = e->k;
  mpfr_ptr along = e->scratch[1], term = e->scratch[2];
  for (size_t i = 0; i < k; i++) {
    mpfr_set_zero(along, 1);
    for (size_t j = c + 1; j < k; j++) add_product(along, e->vectors[j * k + i], e->reflector[j], term);
    mpfr_mul(along, along, factor, MPFR_RNDN);
    for (size_t j = c + 1; j < k; j++) subtract_product(e->vectors[j * k + i], along, e->reflector[j], term);
  }
}

static void make_tridiagonal(certigar_eigen *e, int vectors)
{
  size_t k = e->k;
  mpfr_ptr factor = e->scratch[0];
  for (size_t i = 0; vectors && i < k; i++)
    for (size_t j = 0; j < k; j++) mpfr_set_ui(e->vectors[i * k + j], i == j, MPFR_RNDN);
  for (size_t c = 0; c + 1 < k; c++) {
    if (!find_reflector(e, c, factor)) continue;
    reflect(e, c, factor);
    if (vectors) reflect_vectors(e, c, factor);
  }
  for (size_t i = 0; i < k; i++) mpfr_set(e->values[i], e->work[i * k + i], MPFR_RNDN);
  mpfr_set_zero(e->off[k - 1], 1);
}

/* ---- QL ---- */

/* Elements off the diagonal up to this count as 0: the greatest element times 2^-bits. */
static void find_negligible(certigar_eigen *e, mpfr_ptr limit)
{
  mpfr_set_zero(limit, 1);
  for (size_t i = 0; i < e->k; i++) {
    if (mpfr_cmpabs(e->values[i], limit) > 0) mpfr_abs(limit, e->values[i], MPFR_RNDN);
    if (mpfr_cmpabs(e->off[i], limit) > 0) mpfr_abs(limit, e->off[i], MPFR_RNDN);
  }
  mpfr_div_2ui(limit, limit, (unsigned long)mpfr_get_prec(limit), MPFR_RNDN);
}

/* The shift, less the diagonal element at end: d_end - d_first + e_first / (g + sign(g) sqrt(g^2 + 1)), g = (d_(first+1) - d_first) / 2 e_first. */
static void find_shift(certigar_eigen *e, size_t first, size_t end, mpfr_ptr g)
{
  mpfr_ptr root = e->scratch[1];
  mpfr_sub(g, e->values[first + 1], e->values[first], MPFR_RNDN);
  mpfr_div(g, g, e->off[first], MPFR_RNDN);
  mpfr_div_2ui(g, g, 1, MPFR_RNDN);
  mpfr_sqr(root, g, MPFR_RNDN);
  mpfr_add_ui(root, root, 1, MPFR_RNDN);
  mpfr_sqrt(root, root, MPFR_RNDN);
  if (mpfr_sgn(g) < 0) mpfr_neg(root, root, MPFR_RNDN);
  mpfr_add(g, g, root, MPFR_RNDN);
  mpfr_div(g, e->off[first], g, MPFR_RNDN);
  mpfr_add(g, g, e->values[end], MPFR_RNDN);
  mpfr_sub(g, g, e->values[first], MPFR_RNDN);
}

static void rotate_vectors(certigar_eigen *e, size_t i, mpfr_srcptr s, mpfr_srcptr c)
{
  mpfr_ptr a = e->scratch[1], b = e->scratch[2];
  for (size_t j = 0; j < e->k; j++) {
    mpfr_ptr low = e->vectors[i * e->k + j], high = e->vectors[(i + 1) * e->k + j];
    mpfr_mul(a, s, low, MPFR_RNDN);
    mpfr_mul(b, c, high, MPFR_RNDN);
    mpfr_add(a, a, b, MPFR_RNDN);
    mpfr_mul(b, s, high, MPFR_RNDN);
    mpfr_mul(low, c, low, MPFR_RNDN);
    mpfr_sub(low, low, b, MPFR_RNDN);
    mpfr_set(high, a, MPFR_RNDN);
  }
}

/* One step on the block first .. end, from its end upwards. */
static void ql_step(certigar_eigen *e, size_t first, size_t end, int vectors)
{
  mpfr_ptr f = e->scratch[1], r = e->scratch[2], g = e->scratch[3], s = e->scratch[4], c = e->scratch[5], p = e->scratch[6], b = e->scratch[7];
  find_shift(e, first, end, g);
  mpfr_set_ui(s, 1, MPFR_RNDN);
  mpfr_set_ui(c, 1, MPFR_RNDN);
  mpfr_set_zero(p, 1);
  for (size_t i = end; i-- > first;) {
    mpfr_mul(f, s, e->off[i], MPFR_RNDN);
    mpfr_mul(b, c, e->off[i], MPFR_RNDN);
    mpfr_hypot(r, f, g, MPFR_RNDN);
    mpfr_set(e->off[i + 1], r, MPFR_RNDN);
    if (mpfr_zero_p(r)) { /* the block falls apart here */
      mpfr_sub(e->values[i + 1], e->values[i + 1], p, MPFR_RNDN);
      mpfr_set_zero(e->off[end], 1);
      return;
    }
    mpfr_div(s, f, r, MPFR_RNDN);
    mpfr_div(c, g, r, MPFR_RNDN);
    mpfr_sub(g, e->values[i + 1], p, MPFR_RNDN);
    mpfr_sub(r, e->values[i], g, MPFR_RNDN);
    mpfr_mul(r, r, s, MPFR_RNDN);
    mpfr_mul(f, c, b, MPFR_RNDN);
    mpfr_mul_2ui(f, f, 1, MPFR_RNDN);
    mpfr_add(r, r, f, MPFR_RNDN);
    mpfr_mul(p, s, r, MPFR_RNDN);
    mpfr_add(e->values[i + 1], g, p, MPFR_RNDN);
    mpfr_mul(g, c, r, MPFR_RNDN);
    mpfr_sub(g, g, b, MPFR_RNDN);
    if (vectors) rotate_vectors(e, i, s, c);
  }
  mpfr_sub(e->values[first], e->values[first], p, MPFR_RNDN);
  mpfr_set(e->off[first], g, MPFR_RNDN);
  mpfr_set_zero(e->off[end], 1);
}

void certigar_eigen_find(certigar_eigen *e, const mpfr_t *matrix, size_t k, int vectors)
{
  mpfr_ptr limit = e->scratch[8];
  e->k = k;
  for (size_t i = 0; i < k * k; i++) mpfr_set(e->work[i], matrix[i], MPFR_RNDN);
  make_tridiagonal(e, vectors);
  find_negligible(e, limit);
  for (size_t first = 0; first < k; first++)
    for (int step = 0; step < STEPS_MAX; step++) {
      size_t end = first;
      while (end + 1 < k && mpfr_cmpabs(e->off[end], limit) > 0) end++;
      if (end == first) break;
      ql_step(e, first, end, vectors);
    }
  size_t greatest = 0;
  for (size_t i = 1; i < k; i++)
    if (mpfr_greater_p(e->values[i], e->values[greatest])) greatest = i;
  mpfr_swap(e->values[0], e->values[greatest]);
  for (size_t j = 0; vectors && j < k; j++) mpfr_swap(e->vectors[j], e->vectors[greatest * k + j]);
}

/* ---- how far that is from the truth ---- */

/* norm += the square of x. */
static void add_square(mpfr_ptr norm, mpfr_srcptr x, mpfr_ptr term)
{
  mpfr_sqr(term, x, MPFR_RNDU);
  mpfr_add(norm, norm, term, MPFR_RNDU);
}

/* bound = sqrt(bound) + 4 k^2 2^-bits size: what the sums of k products are off by is less than k 2^-bits times the norms of their factors, and the
 * norm of the vectors is less than 2 sqrt(k). */
static void finish_norm(const certigar_eigen *e, mpfr_ptr bound, mpfr_srcptr size, mpfr_ptr term)
{
  mpfr_sqrt(bound, bound, MPFR_RNDU);
  mpfr_mul_ui(term, size, 4 * e->k, MPFR_RNDU);
  mpfr_mul_ui(term, term, e->k, MPFR_RNDU);
  mpfr_div_2ui(term, term, (unsigned long)mpfr_get_prec(e->scratch[0]), MPFR_RNDU);
  mpfr_add(bound, bound, term, MPFR_RNDU);
}

void certigar_eigen_check(certigar_eigen *e, const mpfr_t *matrix, mpfr_ptr residual, mpfr_ptr skew)
{
  size_t k = e->k;
  mpfr_ptr sum = e->scratch[0], term = e->scratch[1], size = e->scratch[2];
  mpfr_set_zero(residual, 1);
  mpfr_set_zero(skew, 1);
  mpfr_set_zero(size, 1);
  for (size_t i = 0; i < k * k; i++) add_square(size, matrix[i], term);
  mpfr_sqrt(size, size, MPFR_RNDU);
  for (size_t v = 0; v < k; v++) {
    for (size_t i = 0; i < k; i++) {
      mpfr_set_zero(sum, 1);
      for (size_t j = 0; j < k; j++) add_product(sum, matrix[i * k + j], e->vectors[v * k + j], term);
      subtract_product(sum, e->values[v], e->vectors[v * k + i], term);
      add_square(residual, sum, term);
    }
    for (size_t w = 0; w <= v; w++) {
      mpfr_set_zero(sum, 1);
      for (size_t j = 0; j < k; j++) add_product(sum, e->vectors[v * k + j], e->vectors[w * k + j], term);
      if (v == w) mpfr_sub_ui(sum, sum, 1, MPFR_RNDN);
      add_square(skew, sum, term);
      if (v != w) add_square(skew, sum, term);
    }
  }
  finish_norm(e, residual, size, term);
  mpfr_set_ui(size, 1, MPFR_RNDN);
  finish_norm(e, skew, size, term);
}
