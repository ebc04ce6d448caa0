/* What a training run refuses. */
#include "run.h"

#include <float.h>
#include <math.h>
#include <stdio.h>

enum { BATCH_MAX = 10000 };

int options_refuse(certigar_message *message, const char *what, double got, const char *range)
{
  snprintf(message->text, sizeof message->text, "%s = %g, must be %s", what, got, range);
  return 0;
}

/* Numbers that go into float may not become infinite there, nor a rate 0. */
static int is_float(double x)
{
  return x >= 0 && x <= (double)FLT_MAX;
}

/* What goes together. */
static int is_possible(const training_options *o, certigar_message *message)
{
  const char *wrong = NULL;
  int omniscient = byzantine_sees_all(o);
  size_t seen = omniscient ? o->n - o->q : o->q;
  if (o->rule == CERTIGAR_ZENO && o->optimizer == OPTIMIZER_MRA)
    wrong = "zeno scores a step along what a worker sends, and the second moments of mra are none";
  if (o->rule == CERTIGAR_MONNA && o->drop_negative) wrong = "monna has a row that it trusts, and drop-negative would leave rows out";
  if (o->attack && o->q > 0 && seen < o->attack->least_seen)
    wrong = omniscient ? "this attack needs two honest workers to see"
                       : "this attack goes by how far attackers' rows are apart: it needs two of them, or to be omniscient";
  if (o->attack && o->target > 0 && o->target >= attack_targets(o->attack, seen, o->net->parameter_count))
    wrong = "target must be a row that the attackers see, or a parameter of the model, counted from 0";
  if (o->attack && o->attack->searches && !omniscient)
    wrong = "an attack that searches tries the rule on all rows, so it must see the honest ones: it must be omniscient";
  if (!wrong) return 1;
  snprintf(message->text, sizeof message->text, "%s", wrong);
  return 0;
}

int options_check(const training_options *o, certigar_message *message)
{
  char range[64];
  snprintf(range, sizeof range, "1 to the %zu training samples", o->data->train.count);
  if (o->n < 1 || o->n > o->data->train.count) return options_refuse(message, "workers", (double)o->n, range);
  if (o->q >= o->n) return options_refuse(message, "byzantine", (double)o->q, "less than the number of workers");
  if (o->batch < 1 || o->batch > BATCH_MAX) return options_refuse(message, "batch", (double)o->batch, "1 to 10000");
  if (o->validation > BATCH_MAX) return options_refuse(message, "validation", (double)o->validation, "at most 10000");
  if (!is_float(o->rate) || !((float)o->rate > 0)) return options_refuse(message, "rate", o->rate, "greater than 0, and a float");
  if (o->alpha != 0 && !(o->alpha >= 1e-6 && o->alpha <= 1e6)) return options_refuse(message, "alpha", o->alpha, "0, or 1e-6 to 1e6");
  if (!(o->beta1 >= 0 && o->beta1 < 1)) return options_refuse(message, "beta1", o->beta1, "0 to less than 1");
  if (!(o->beta2 >= 0 && o->beta2 < 1)) return options_refuse(message, "beta2", o->beta2, "0 to less than 1");
  if (!is_float(o->eps)) return options_refuse(message, "eps", o->eps, "at least 0, and a float");
  if (!is_float(o->l2)) return options_refuse(message, "l2", o->l2, "at least 0, and a float");
  if (!(o->clip >= 0)) return options_refuse(message, "clip", o->clip, "at least 0");
  if (o->rule == CERTIGAR_ZENO && !(o->rho >= 0)) return options_refuse(message, "rho", o->rho, "at least 0");
  if (o->rule == CERTIGAR_ZENO && o->validation < 1) return options_refuse(message, "validation", 0, "at least 1");
  return is_possible(o, message);
}
