#include "asynchronous.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STALENESS_MAX = 1000 };

struct asynchronous {
  training *run;
  const training_options *base;
  asynchronous_options options;
  size_t d;
  float *models;   /* staleness + 1 of them: the model of step t at t mod (staleness + 1) */
  float *gradient; /* g */
  certigar_zeno_server *zeno;
  int has_gradient; /* zeno has g */
};

void asynchronous_free(asynchronous *server)
{
  if (!server) return;
  certigar_zeno_server_free(server->zeno);
  free(server->models);
  free(server->gradient);
  free(server);
}

static void exact_text(double value, char *text, size_t size)
{
  snprintf(text, size, "%a", value);
}

static int open_server(asynchronous *server, certigar_message *message)
{
  char gamma[CERTIGAR_NUMBER_MAX + 1], rho[CERTIGAR_NUMBER_MAX + 1], epsilon[CERTIGAR_NUMBER_MAX + 1];
  exact_text(server->base->rate, gamma, sizeof gamma);
  exact_text(server->options.rho, rho, sizeof rho);
  exact_text(server->options.epsilon, epsilon, sizeof epsilon);
  return certigar_zeno_server_new(&server->zeno, CERTIGAR_FLOAT32, server->d, gamma, rho, epsilon, message) == CERTIGAR_OK;
}

/* Answers come alone, so an attacker has its own to go by. */
static int fits(const training_options *base, certigar_message *message)
{
  if (base->omniscient > 0) {
    snprintf(message->text, sizeof message->text, "attackers of zeno++ cannot be omniscient: answers come one at a time, and each has its own to go by");
    return 0;
  }
  if (!base->attack || base->attack->least_seen < 2) return 1;
  snprintf(message->text, sizeof message->text, "attack = %s, must be one that needs one row alone: answers to zeno++ come one at a time",
           base->attack->name);
  return 0;
}

asynchronous *asynchronous_new(training *run, const training_options *base, const asynchronous_options *options, certigar_message *message)
{
  asynchronous *server = calloc(1, sizeof *server);
  message->text[0] = 0;
  int good = server && options->refresh >= 1 && base->validation >= 1 && options->staleness <= STALENESS_MAX && fits(base, message);
  if (good) {
    *server = (asynchronous){.run = run, .base = base, .options = *options, .d = base->net->parameter_count};
    server->models = calloc((options->staleness + 1) * server->d + 1, sizeof *server->models);
    server->gradient = calloc(server->d + 1, sizeof *server->gradient);
    good = server->models && server->gradient && open_server(server, message);
  }
  if (good) {
    training_keep(run, server->models, (options->staleness + 1) * server->d * sizeof *server->models);
    training_keep(run, server->gradient, server->d * sizeof *server->gradient);
    return server;
  }
  if (!message->text[0] && options->staleness > STALENESS_MAX)
    snprintf(message->text, sizeof message->text, "staleness = %zu, must be at most %d", options->staleness, STALENESS_MAX);
  else if (!message->text[0])
    snprintf(message->text, sizeof message->text, "refresh = %zu and validation = %zu, must be at least 1; or no memory for zeno++", options->refresh,
             base->validation);
  asynchronous_free(server);
  return NULL;
}

void asynchronous_step(asynchronous *server, arrival *report)
{
  size_t t = training_steps_done(server->run), kept = server->options.staleness + 1, d = server->d;
  random_stream random = random_open(server->base->seed, RANDOM_ARRIVAL, t, 0);
  memcpy(server->models + t % kept * d, training_model(server->run), d * sizeof *server->models);
  *report = (arrival){.worker = random_below(&random, server->base->n)};
  report->age = random_below(&random, kept); /* after the worker: in one list C would leave the order open */
  if (report->age > t) report->age = t;
  if (t % server->options.refresh == 0) {
    training_server_gradient(server->run, server->gradient);
    server->has_gradient = 0;
  }
  if (!server->has_gradient) certigar_zeno_server_set_gradient(server->zeno, server->gradient);
  server->has_gradient = 1; /* one that was read from a checkpoint too */
  const float *row = training_answer(server->run, report->worker, server->models + (t - report->age) % kept * d, &report->loss);
  report->accepted = server->options.accept_all;
  if (!report->accepted) certigar_zeno_server_test(server->zeno, row, &report->accepted, NULL);
  training_accept(server->run, report->accepted ? row : NULL);
}
