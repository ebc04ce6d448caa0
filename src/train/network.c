/* A batch's way through a network and back. */
#include "network.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct workspace {
  const network *net;
  size_t batch_max;
  real **values;    /* layer_count + 1: what goes into each layer, and what comes out of the last; values[0] is the caller's */
  real **kept;      /* of each layer */
  real *columns;
  real *gradient[2]; /* of what goes into a layer, and of what comes out */
  real *statistics;  /* of an evaluation, which changes none */
};

static void *reals(size_t count)
{
  return calloc(count + 1, sizeof(real));
}

void workspace_free(workspace *w)
{
  if (!w) return;
  for (size_t i = 0; i < w->net->layer_count; i++) {
    if (w->values) free(w->values[i + 1]);
    if (w->kept) free(w->kept[i]);
  }
  free(w->values);
  free(w->kept);
  free(w->columns);
  free(w->gradient[0]);
  free(w->gradient[1]);
  free(w->statistics);
  free(w);
}

static int take_memory(workspace *w)
{
  size_t columns = 0, widest = 0, count = w->net->layer_count;
  w->values = calloc(count + 1, sizeof *w->values);
  w->kept = calloc(count, sizeof *w->kept);
  if (!w->values || !w->kept) return 0;
  for (size_t i = 0; i < count; i++) {
    const layer *l = &w->net->layers[i];
    w->values[i + 1] = reals(w->batch_max * shape_size(l->out));
    w->kept[i] = reals(w->batch_max * l->kept_size);
    if (!w->values[i + 1] || !w->kept[i]) return 0;
    size_t needed = l->kind->scratch ? l->kind->scratch(l, w->batch_max) : 0;
    columns = columns > needed ? columns : needed;
    widest = widest > shape_size(l->in) ? widest : shape_size(l->in);
    widest = widest > shape_size(l->out) ? widest : shape_size(l->out);
  }
  w->columns = reals(columns);
  w->gradient[0] = reals(w->batch_max * widest);
  w->gradient[1] = reals(w->batch_max * widest);
  w->statistics = reals(w->net->statistic_count);
  return w->columns && w->gradient[0] && w->gradient[1] && w->statistics;
}

workspace *workspace_new(const network *net, size_t batch_max)
{
  workspace *w = calloc(1, sizeof *w);
  if (!w) return NULL;
  w->net = net;
  w->batch_max = batch_max;
  if (take_memory(w)) return w;
  workspace_free(w);
  return NULL;
}

void network_begin(const network *net, uint64_t seed, real *parameters, real *statistics)
{
  for (size_t i = 0; i < net->layer_count; i++) {
    const layer *l = &net->layers[i];
    random_stream random = random_open(seed, RANDOM_PARAMETERS, i, 0);
    double bound = l->inputs ? 1 / sqrt((double)l->inputs) : 0;
    for (size_t p = 0; p < l->parameter_count; p++)
      parameters[p] = l->inputs ? (real)(bound * (2 * random_unit(&random) - 1)) : p < l->parameter_count / 2;
    for (size_t p = 0; p < l->statistic_count; p++) statistics[p] = p >= l->statistic_count / 2;
    parameters += l->parameter_count;
    statistics += l->statistic_count;
  }
}

/* One sample's outputs, and what goes with them, stand a batch apart. The loss, and the gradient of it: the probabilities less 1 at the label. */
static double cross_entropy(const real *outputs, size_t batch, size_t classes, size_t label, real *gradient)
{
  real greatest = outputs[0];
  double sum = 0;
  for (size_t c = 1; c < classes; c++) greatest = outputs[c * batch] > greatest ? outputs[c * batch] : greatest;
  for (size_t c = 0; c < classes; c++) sum += (double)real_exp(outputs[c * batch] - greatest);
  for (size_t c = 0; c < classes; c++) gradient[c * batch] = (real)((double)real_exp(outputs[c * batch] - greatest) / sum) - (c == label);
  return log(sum) - (double)(outputs[label * batch] - greatest);
}

static int is_correct(const real *outputs, size_t batch, size_t classes, size_t label)
{
  real its = outputs[label * batch];
  if (isnan(its)) return 0;
  for (size_t c = 0; c < classes; c++)
    if (c < label ? outputs[c * batch] >= its : outputs[c * batch] > its) return 0;
  return 1;
}

static outcome judge(workspace *w, const unsigned char *labels, size_t batch)
{
  outcome result = {0, 0};
  size_t classes = w->net->classes;
  const real *outputs = w->values[w->net->layer_count];
  for (size_t n = 0; n < batch; n++) {
    result.loss += cross_entropy(outputs + n, batch, classes, labels[n], w->gradient[0] + n) / (double)batch;
    result.correct += (size_t)is_correct(outputs + n, batch, classes, labels[n]);
  }
  return result;
}

/* In several sums, since a single one would wait for each addition. */
real layer_sum(const real *x, size_t count)
{
  real part[16] = {0}, total = 0;
  for (; count >= 16; count -= 16, x += 16)
    for (int k = 0; k < 16; k++) part[k] += x[k];
  for (size_t k = 0; k < count; k++) part[k] += x[k];
  for (int k = 0; k < 16; k++) total += part[k];
  return total;
}

static passage passage_of(workspace *w, size_t i, size_t batch, int training, random_stream random)
{
  uint64_t own = random.state + i * UINT64_C(0xd1342543de82ef95);
  return (passage){.of = &w->net->layers[i], .batch = batch, .training = training, .random = {own}, .in = w->values[i], .out = w->values[i + 1],
                .kept = w->kept[i], .columns = w->columns};
}

static void go_forward(workspace *w, const real *parameters, real *statistics, const real *in, size_t batch, int training, random_stream random)
{
  w->values[0] = (real *)(uintptr_t)in; /* only read */
  for (size_t i = 0; i < w->net->layer_count; i++) {
    passage s = passage_of(w, i, batch, training, random);
    s.parameters = parameters;
    s.statistics = statistics;
    s.of->kind->forward(&s);
    parameters += s.of->parameter_count;
    statistics += s.of->statistic_count;
  }
}

static void go_back(workspace *w, const real *parameters, size_t batch, random_stream random, real *gradient)
{
  parameters += w->net->parameter_count;
  memset(gradient, 0, w->net->parameter_count * sizeof *gradient);
  gradient += w->net->parameter_count;
  real *from = w->gradient[0], *to = w->gradient[1];
  for (size_t i = w->net->layer_count; i-- > 0;) {
    passage s = passage_of(w, i, batch, 1, random);
    s.parameters = parameters -= s.of->parameter_count;
    s.gradient = gradient -= s.of->parameter_count;
    s.out_gradient = from;
    s.in_gradient = i > 0 ? to : NULL;
    s.of->kind->backward(&s);
    real *kept = from;
    from = to;
    to = kept;
  }
}

outcome network_judge(workspace *w, const real *parameters, const real *statistics, const real *in, const unsigned char *labels, size_t batch)
{
  for (size_t i = 0; i < w->net->statistic_count; i++) w->statistics[i] = statistics[i];
  go_forward(w, parameters, w->statistics, in, batch, 0, (random_stream){0});
  return judge(w, labels, batch);
}

outcome network_learn(workspace *w, const real *parameters, real *statistics, const real *in, const unsigned char *labels, size_t batch,
                      random_stream random, real *gradient)
{
  go_forward(w, parameters, statistics, in, batch, 1, random);
  outcome result = judge(w, labels, batch);
  for (size_t i = 0; i < batch * w->net->classes; i++) w->gradient[0][i] /= (real)batch;
  go_back(w, parameters, batch, random, gradient);
  return result;
}
