/* zeno++ (spec/rules.md, section 7): u is accepted if <g, u> - norm(u)^2 / 100 >= 0: gamma = 1, rho = 1/100, epsilon = 0. Batches here are small, and
 * of two honest gradients the norms are far greater than the inner product: with zeno's 1/4 hardly one would pass. */
#include "accept.h"
#include "selection.h"

static int reference_says(demo *dm, const float *gradient, const float *row)
{
  mpq_t gamma, rho, epsilon;
  mpq_inits(gamma, rho, epsilon, (mpq_ptr)NULL);
  mpq_set_ui(gamma, 1, 1);
  mpq_set_ui(rho, 1, 100);
  const int accepted = reference_zeno_accepts(dm->reference, gamma, rho, epsilon, dm->d, gradient, row);
  mpq_clears(gamma, rho, epsilon, (mpq_ptr)NULL);
  return accepted;
}

acceptance accept_rows(demo *dm, int lies)
{
  acceptance found = {0};
  certigar_zeno_server *server;
  certigar_message message;
  if (certigar_zeno_server_new(&server, CERTIGAR_FLOAT32, dm->d, "1", "1/100", "0", &message) != CERTIGAR_OK) give_up("zeno++", message.text);
  certigar_zeno_server_set_gradient(server, dm->attacked);
  for (size_t i = 1; i < dm->n; i++) {
    const float *row = dm->attacked + i * dm->d;
    const int lie = lies && is_liar(i, dm->n);
    int accepted;
    if (certigar_zeno_server_test(server, row, &accepted, &message) != CERTIGAR_OK) give_up("zeno++", message.text);
    found.wrong += accepted != reference_says(dm, dm->attacked, row);
    *(lie ? &found.lies : &found.honest) += 1;
    *(lie ? &found.lies_accepted : &found.honest_accepted) += accepted != 0;
  }
  certigar_zeno_server_free(server);
  return found;
}
