#include "table_text.h"

#include "run_record.h"

#include <math.h>

static int is_published(const table *t)
{
  for (size_t r = 0; r < t->row_count; r++)
    for (size_t c = 0; c < t->column_count; c++)
      if (!isnan(t->published[r][c])) return 1;
  return 0;
}

/* Accuracy, or steps to the goal and how many times those of the first row. */
static void add_outcome(text *out, const run_queue *q, size_t row, size_t column, size_t choice)
{
  const run_outcome *run = &q->done[row][column][choice], *base;
  size_t first;
  if (q->of->goal == 0) {
    text_add(out, " %.4f", run->accuracy);
  } else if (run->reached == 0) {
    text_add(out, " not reached");
  } else {
    text_add(out, " %zu", run->reached);
    base = run_queue_best(q, 0, column, &first) == q->of->choice_count ? &q->done[0][column][first] : NULL;
    if (base && base->reached) text_add(out, " = %.2f times", (double)run->reached / (double)base->reached);
  }
}

static void add_published(text *out, const table *of, size_t row, size_t column)
{
  const char *choice = of->published_choice[row][column];
  if (isnan(of->published[row][column])) text_add(out, " |");
  else if (of->goal > 0) text_add(out, " %.2f times |", of->published[row][column]);
  else text_add(out, " %.4f %s |", of->published[row][column], choice ? choice : "");
}

static void add_cell(text *out, const run_queue *q, size_t row, size_t column)
{
  size_t best = 0;
  const table *of = q->of;
  size_t known = run_queue_best(q, row, column, &best);
  if (known > 0) {
    add_outcome(out, q, row, column, best);
    text_add(out, " %s%s", of->choice_count > 1 ? of->choice_names[best] : "", q->done[row][column][best].broken_at ? " (not finite)" : "");
    if (known < of->choice_count) text_add(out, " (%zu of %zu run)", known, of->choice_count);
  } else if (table_has(of, row, column)) {
    text_add(out, " not run");
  }
  text_add(out, " |");
  if (is_published(of)) add_published(out, of, row, column);
}

static void add_head(text *out, const run_queue *q)
{
  const table *of = q->of;
  text_add(out, "# %s\n\n%s. ", of->title, of->source);
  if (of->goal > 0) text_add(out, "For each cell the steps to an accuracy of %g, how many times those of the first row that is", of->goal);
  else text_add(out, "For each cell the accuracy after the last step");
  if (of->choice_count > 1) text_add(out, ", and %s", of->best);
  if (is_published(of)) text_add(out, ": of these runs, then as published");
  text_add(out, ". An empty cell is not in the source.\n\n");
  if (of->note) text_add(out, "%s.\n\n", of->note);
  if (q->steps) text_add(out, "**Shortened: every run has %zu step%s, and not the table's own. No figure here stands for the source's.**\n\n", q->steps,
                         q->steps == 1 ? "" : "s");
}

static void add_table(text *out, const run_queue *q)
{
  const table *of = q->of;
  int published = is_published(of);
  text_add(out, "|");
  for (size_t c = 0; c < of->column_count; c++) text_add(out, " | %s%s", of->column_names[c], published ? " | published" : "");
  text_add(out, " |\n|---|");
  for (size_t c = 0; c < of->column_count; c++) text_add(out, published ? "---|---|" : "---|");
  for (size_t r = 0; r < of->row_count; r++) {
    text_add(out, "\n| %s |", of->row_names[r]);
    for (size_t c = 0; c < of->column_count; c++) add_cell(out, q, r, c);
  }
}

static void add_run(text *out, const run_queue *q, size_t row, size_t column, size_t choice)
{
  const table *of = q->of;
  const run_outcome *run = &q->done[row][column][choice];
  char path[RUN_PATH_SIZE];
  run_record made;
  run_queue_path(q, row, column, choice, path);
  if (!run->known || !run_record_read(&made, path)) return;
  text_add(out, "| %s, %s | %s | %.4f | ", of->row_names[row], of->column_names[column], of->choice_names[choice], run->accuracy);
  if (run->broken_at) text_add(out, "%zu", run->broken_at);
  text_add(out, " | %.12s | %zu + %zu | `%s` |\n", made.commit, made.train, made.test, made.arguments);
}

static void add_runs(text *out, const run_queue *q)
{
  const table *of = q->of;
  text_add(out, "\n\nAll runs, each with the commit of certigar that made it:\n\n"
                "| | | accuracy | not finite from step | commit | samples | arguments of certigar train |\n|---|---|---|---|---|---|---|\n");
  for (size_t r = 0; r < of->row_count; r++)
    for (size_t c = 0; c < of->column_count; c++)
      for (size_t k = 0; k < of->choice_count; k++) add_run(out, q, r, c, k);
}

void table_text(text *out, const run_queue *q)
{
  add_head(out, q);
  add_table(out, q);
  add_runs(out, q);
}
