/* How a run went: a line for each step, as a CSV file, and as a picture. */
#ifndef CERTIGAR_TRAIN_HISTORY_H
#define CERTIGAR_TRAIN_HISTORY_H

#include "certigar.h"

#include <stddef.h>
#include <stdint.h>

typedef struct history_line {
  size_t step;
  double loss;
  double accuracy, test_loss; /* NAN: not evaluated after this step */
  int finite;                 /* the model */
  char selected[256];         /* rows, separated by blanks; cut short with ... */
} history_line;

typedef struct history {
  history_line *lines;
  size_t count, capacity;
} history;

int history_add(history *h, const history_line *line); /* returns 0 if there is no memory */
void history_free(history *h);

/* Columns step, loss, accuracy, test_loss, finite, selected; numbers so that they are read back as they were. Return 0 and a message. */
int history_write(const history *h, const char *path, certigar_message *message);
int history_read(history *h, const char *path, size_t last_step, certigar_message *message); /* lines up to that step, HISTORY_WHOLE: all */
#define HISTORY_WHOLE SIZE_MAX

/* Curves of accuracy over steps, as one SVG file: one for each history, with its name. */
typedef struct curve {
  const char *name;
  const history *of;
} curve;
int history_plot(const curve *curves, size_t count, const char *title, const char *path, certigar_message *message);

#endif
