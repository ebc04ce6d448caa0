#include "cell_plot.h"

#include "result.h"
#include "train/history.h"

#include <stdio.h>

/* Returns how many of the cell's runs were read; those that were not have no lines. */
static size_t read_runs(const run_queue *q, size_t row, size_t column, history *runs, curve *curves)
{
  size_t count = 0;
  for (size_t k = 0; k < q->of->choice_count; k++) {
    char path[RUN_PATH_SIZE];
    certigar_message message;
    if (!q->done[row][column][k].known) continue;
    run_queue_path(q, row, column, k, path);
    if (history_read(&runs[k], path, HISTORY_WHOLE, &message)) curves[count++] = (curve){q->of->choice_names[k], &runs[k]};
  }
  return count;
}

static int plot(const run_queue *q, size_t row, size_t column)
{
  char path[RUN_PATH_SIZE], title[256];
  certigar_message message;
  history runs[CHOICES_MAX] = {{NULL, 0, 0}};
  curve curves[CHOICES_MAX];
  int good = 1;
  size_t count = read_runs(q, row, column, runs, curves);
  snprintf(title, sizeof title, "%s: %s, %s", q->of->name, q->of->row_names[row], q->of->column_names[column]);
  run_queue_path(q, row, column, TABLE_NO_CHOICE, path);
  if (count > 0) good = history_plot(curves, count, title, path, &message);
  for (size_t k = 0; k < CHOICES_MAX; k++) history_free(&runs[k]);
  return good ? 0 : complain_output(path, &message);
}

int cell_plots(const run_queue *q)
{
  for (size_t r = 0; r < q->of->row_count; r++)
    for (size_t c = 0; c < q->of->column_count; c++) {
      int status = plot(q, r, c);
      if (status != 0) return status;
    }
  return 0;
}
