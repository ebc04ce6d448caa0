/* The runs of each cell of a table as a picture: a curve for each choice that was run. */
#ifndef CERTIGAR_CLI_CELL_PLOT_H
#define CERTIGAR_CLI_CELL_PLOT_H

#include "run_queue.h"

/* Writes STATE/ROW_COLUMN.svg of every cell with a run. Returns 0, or complains and returns an exit status. */
int cell_plots(const run_queue *queue);

#endif
