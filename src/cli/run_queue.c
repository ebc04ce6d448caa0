#include "run_queue.h"

#include "report.h"
#include "train/history.h"
#include "train_job.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 96 };

typedef struct cell {
  size_t row, column, choice;
} cell;

static void run_name(const table *t, cell c, char *out, size_t size)
{
  int has_choice = c.choice != TABLE_NO_CHOICE;
  snprintf(out, size, "%s_%s%s%s", t->row_names[c.row], t->column_names[c.column], has_choice ? "_" : "", has_choice ? t->choice_names[c.choice] : "");
  for (; *out; out++)
    if (!isalnum((unsigned char)*out) && !strchr("_.+-", *out)) *out = '-';
}

void run_queue_path(const run_queue *q, size_t row, size_t column, size_t choice, char out[RUN_PATH_SIZE])
{
  char name[256];
  run_name(q->of, (cell){row, column, choice}, name, sizeof name);
  snprintf(out, RUN_PATH_SIZE, "%s/%s.%s", q->state, name, choice == TABLE_NO_CHOICE ? "svg" : "csv");
}

void run_queue_arguments(const run_queue *q, size_t row, size_t column, size_t choice, char *out)
{
  const table *t = q->of;
  const char *const parts[] = {t->arguments, t->row_arguments[row], t->column_arguments[column], t->choice_arguments[choice]};
  size_t at = 0;
  out[0] = 0;
  for (size_t i = 0; i < 4 && at < RUN_LINE_SIZE; i++)
    if (parts[i][0]) at += (size_t)snprintf(out + at, RUN_LINE_SIZE - at, "%s%s", at ? " " : "", parts[i]);
}

/* line is cut up, and must live as long as the request. */
static int parse_run(const run_queue *q, cell c, char line[RUN_LINE_SIZE], train_request *asked)
{
  char *argv[WORDS_MAX];
  int count = 0;
  run_queue_arguments(q, c.row, c.column, c.choice, line);
  for (char *word = strtok(line, " "); word && count < WORDS_MAX - q->word_count; word = strtok(NULL, " ")) argv[count++] = word;
  for (int i = 0; i < q->word_count; i++) argv[count++] = (char *)(uintptr_t)q->words[i];
  int status = train_request_parse(count, argv, asked);
  if (q->steps) asked->run.steps = q->steps;
  return status;
}

static run_outcome outcome_of(const history *h, double goal)
{
  run_outcome out = {.known = 1};
  for (size_t i = 0; i < h->count; i++) {
    const history_line *line = &h->lines[i];
    if (!line->finite && out.broken_at == 0) out.broken_at = line->step;
    if (isnan(line->accuracy)) continue;
    out.accuracy = line->accuracy;
    if (goal > 0 && out.reached == 0 && line->accuracy >= goal) out.reached = line->step;
  }
  return out;
}

/* What a run's file says, if it is there, as long as the run, and judged at its end. */
static void read_run(run_queue *q, cell c)
{
  char path[RUN_PATH_SIZE], line[RUN_LINE_SIZE];
  certigar_message message;
  train_request asked;
  history h = {NULL, 0, 0};
  run_queue_path(q, c.row, c.column, c.choice, path);
  FILE *file = fopen(path, "r");
  if (!file) return;
  fclose(file);
  if (parse_run(q, c, line, &asked) == 0 && history_read(&h, path, asked.run.steps, &message) && !isnan(h.lines[h.count - 1].accuracy))
    q->done[c.row][c.column][c.choice] = outcome_of(&h, q->of->goal);
  history_free(&h);
}

static int run_cell(run_queue *q, cell c)
{
  char path[RUN_PATH_SIZE], line[RUN_LINE_SIZE];
  train_request asked;
  run_queue_path(q, c.row, c.column, c.choice, path);
  int status = parse_run(q, c, line, &asked);
  if (status != 0) return status;
  asked.csv = path;
  asked.checkpoint_every = SIZE_MAX;
  status = train_job(&asked, 1);
  if (status != STATUS_DONE && status != STATUS_NOT_FINITE) return status;
  read_run(q, c);
  return q->done[c.row][c.column][c.choice].known ? 0 : complain(STATUS_OUTPUT, "%s: the run that was written cannot be read", path);
}

static size_t total_of(const table *t)
{
  size_t total = 0;
  for (size_t r = 0; r < t->row_count; r++)
    for (size_t c = 0; c < t->column_count; c++) total += table_has(t, r, c) ? t->choice_count : 0;
  return total;
}

static void show(const run_queue *q, cell at, size_t number, size_t total)
{
  char name[256];
  const run_outcome *run = &q->done[at.row][at.column][at.choice];
  run_name(q->of, at, name, sizeof name);
  printf("%zu of %zu  %s  accuracy %.4f", number, total, name, run->accuracy);
  if (run->reached) printf("  %g after %zu steps", q->of->goal, run->reached);
  printf("%s\n", run->broken_at ? "  not finite" : "");
  fflush(stdout);
}

int run_queue_go(run_queue *q, size_t limit)
{
  const table *t = q->of;
  size_t total = total_of(t), number = 0;
  if (q->steps) printf("shortened: every run has %zu step%s\n", q->steps, q->steps == 1 ? "" : "s");
  for (size_t r = 0; r < t->row_count; r++)
    for (size_t c = 0; c < t->column_count; c++)
      for (size_t k = 0; k < t->choice_count && table_has(t, r, c); k++) {
        cell at = {r, c, k};
        read_run(q, at);
        number++;
        if (q->done[r][c][k].known || limit == 0) continue;
        int status = run_cell(q, at);
        if (status != 0) return status;
        limit--;
        show(q, at, number, total);
      }
  return 0;
}

void run_queue_list(const run_queue *q)
{
  const table *t = q->of;
  char line[RUN_LINE_SIZE];
  for (size_t r = 0; r < t->row_count; r++)
    for (size_t c = 0; c < t->column_count; c++)
      for (size_t k = 0; k < t->choice_count && table_has(t, r, c); k++) {
        run_queue_arguments(q, r, c, k, line);
        printf("certigar train %s\n", line);
      }
}

static int is_better(const run_outcome *a, const run_outcome *b, double goal)
{
  if (!a->broken_at != !b->broken_at) return !a->broken_at;
  if (goal > 0 && a->reached != b->reached) return a->reached != 0 && (b->reached == 0 || a->reached < b->reached);
  return a->accuracy > b->accuracy;
}

size_t run_queue_best(const run_queue *q, size_t row, size_t column, size_t *choice)
{
  const run_outcome *runs = q->done[row][column];
  size_t known = 0;
  for (size_t k = 0; k < q->of->choice_count; k++) {
    if (!runs[k].known) continue;
    if (known++ == 0 || is_better(&runs[k], &runs[*choice], q->of->goal)) *choice = k;
  }
  return known;
}
