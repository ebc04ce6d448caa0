/* The same work in several threads, the calling one among them as worker 0. A thread that cannot be started leaves its share to the others. */
#ifndef CERTIGAR_PARALLEL_H
#define CERTIGAR_PARALLEL_H

#include <pthread.h>
#include <stddef.h>

typedef struct certigar_worker {
  pthread_t thread;
  int started;
  size_t index;
  void (*work)(void *context, size_t worker);
  void *context;
} certigar_worker;

/* workers: room for so many; work(context, w) must take what there is to do until nothing is left. */
void certigar_parallel(certigar_worker *workers, size_t threads, void (*work)(void *context, size_t worker), void *context);

#endif
