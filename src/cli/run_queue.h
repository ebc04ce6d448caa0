/* The runs of a table, one after the other, each kept as it ends, with a checkpoint until then: a queue that is stopped goes on where it was. */
#ifndef CERTIGAR_CLI_RUN_QUEUE_H
#define CERTIGAR_CLI_RUN_QUEUE_H

#include "train/tables.h"

typedef struct run_outcome {
  int known;
  double accuracy;  /* after the last step that was judged */
  size_t broken_at; /* the first step after which the model was not finite; 0: it was all the time */
  size_t reached;   /* the first step after which the accuracy was the table's goal; 0: none was */
} run_outcome;

typedef struct run_queue {
  const table *of;
  const char *state;    /* the directory of the runs' files */
  const char *words[4]; /* more options of each run: where the data is, threads */
  int word_count;
  size_t steps;         /* 0: the table's */
  run_outcome done[ROWS_MAX][COLUMNS_MAX][CHOICES_MAX];
} run_queue;

enum { RUN_PATH_SIZE = 4096, RUN_LINE_SIZE = 1024 };

/* Finds what has been run, runs what has not, up to so many runs, and says so line by line. Returns 0, or complains and returns an exit status. */
int run_queue_go(run_queue *queue, size_t limit);

/* Prints the runs as commands, with the steps and the options that each is given. */
void run_queue_list(const run_queue *queue);

/* The arguments of one run, at most RUN_LINE_SIZE - 1 characters. */
void run_queue_arguments(const run_queue *queue, size_t row, size_t column, size_t choice, char *out);

/* STATE/ROW_COLUMN_CHOICE.csv, where a run is kept; without a choice (TABLE_NO_CHOICE) STATE/ROW_COLUMN.svg, the picture of a cell. */
enum { TABLE_NO_CHOICE = CHOICES_MAX };
void run_queue_path(const run_queue *queue, size_t row, size_t column, size_t choice, char out[RUN_PATH_SIZE]);

/* Of a cell: how many of its choices are known, and which of them is the best. A model that stayed finite is better than one that did not; then the
 * greater accuracy is, or the fewer steps to the goal. */
size_t run_queue_best(const run_queue *queue, size_t row, size_t column, size_t *choice);

#endif
