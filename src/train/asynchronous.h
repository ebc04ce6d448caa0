/* Zeno++ (Xie, Koyejo, Gupta 2020): answers come one at a time, from models that are up to so many steps old, and the server takes the one it tests
 * well: gamma <g, u> - rho norm(u)^2 >= -gamma epsilon, with g the gradient on a batch of its own, made anew every so many steps. gamma is the rate. */
#ifndef CERTIGAR_TRAIN_ASYNCHRONOUS_H
#define CERTIGAR_TRAIN_ASYNCHRONOUS_H

#include "training.h"

typedef struct asynchronous_options {
  double rho, epsilon;
  size_t staleness; /* an answer is for a model 0 to so many steps old, each with the same probability */
  size_t refresh;   /* g is made anew after so many steps, at least 1 */
  int accept_all;   /* test nothing: asynchronous SGD */
} asynchronous_options;

typedef struct asynchronous asynchronous;

/* On top of a run of plain SGD, which the caller frees afterwards. NULL and a message if something is out of range or there is no memory. */
asynchronous *asynchronous_new(training *run, const training_options *base, const asynchronous_options *options, certigar_message *message);
void asynchronous_free(asynchronous *server);

typedef struct arrival {
  size_t worker, age;
  int accepted;
  double loss;
} arrival;

/* One answer. */
void asynchronous_step(asynchronous *server, arrival *report);

#endif
