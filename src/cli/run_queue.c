#include "run_queue.h"

#include "identity.h"
#include "report.h"
#include "result.h"
#include "run_record.h"
#include "shell.h"
#include "train/history.h"
#include "train_job.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WORDS_MAX = 96 };

typedef struct cell {
  size_t row, column, choice;
} cell;

/* A run's files: the one it is kept in, and, until that is there, its lines so far and a checkpoint. */
typedef struct run_files {
  char kept[RUN_PATH_SIZE], lines[RUN_PATH_SIZE + 16], checkpoint[RUN_PATH_SIZE + 16];
} run_files;

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

static void name_files(const run_queue *q, cell c, run_files *out)
{
  run_queue_path(q, c.row, c.column, c.choice, out->kept);
  snprintf(out->lines, sizeof out->lines, "%s.part", out->kept);
  snprintf(out->checkpoint, sizeof out->checkpoint, "%s.checkpoint", out->kept);
}

/* The checkpoint first: it is never there without its lines. */
static void remove_unfinished(const run_files *files)
{
  unlink(files->checkpoint);
  unlink(files->lines);
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

/* What there is to know of a run before it is made; a record of it must say the same of the arguments. */
static void record_arguments(const run_queue *q, cell c, char *out)
{
  run_queue_arguments(q, c.row, c.column, c.choice, out);
  size_t at = strlen(out);
  if (q->steps) snprintf(out + at, RUN_LINE_SIZE - at, ", but --steps %zu", q->steps);
}

static int complain_samples(const char *path, size_t train, size_t others)
{
  return complain(STATUS_INPUT, "%s: on %zu training samples, where other runs of this table have %zu; take another --state, or the --data-dir of those",
                  path, train, others);
}

/* made: what the file at that path says, NULL if it does not say. train: the training samples of all runs, 0 before the first. */
static int check_record(const run_queue *q, cell c, const char *path, const run_record *made, size_t *train)
{
  char wanted[RUN_LINE_SIZE];
  record_arguments(q, c, wanted);
  if (!made) return complain(STATUS_INPUT, "%s: does not say which run it is of; move it away, or take another --state", path);
  if (strcmp(made->arguments, wanted) != 0)
    return complain(STATUS_INPUT, "%s: of another run, certigar train %s; move it away, or take another --state", path, made->arguments);
  if (*train && *train != made->train) return complain_samples(path, made->train, *train);
  *train = made->train;
  return 0;
}

static int read_lines(run_queue *q, cell c, const char *path)
{
  char line[RUN_LINE_SIZE];
  certigar_message message;
  train_request asked;
  history h = {NULL, 0, 0};
  int status = parse_run(q, c, line, &asked);
  if (status != 0) return status;
  if (!history_read(&h, path, asked.run.steps, &message)) status = complain(STATUS_INPUT, "%s", message.text);
  else if (isnan(h.lines[h.count - 1].accuracy)) status = complain(STATUS_INPUT, "%s: has no accuracy after the last step", path);
  else q->done[c.row][c.column][c.choice] = outcome_of(&h, q->of->goal);
  history_free(&h);
  return status;
}

/* What a run's file says, if it is there, or its checkpoint; one that is not of this run is refused. What is kept needs no checkpoint. */
static int read_run(run_queue *q, cell c, size_t *train)
{
  run_files files;
  run_record made;
  name_files(q, c, &files);
  int is_kept = access(files.kept, F_OK) == 0;
  if (!is_kept && access(files.checkpoint, F_OK) != 0) return 0;
  const char *path = is_kept ? files.kept : files.checkpoint;
  int is_said = is_kept ? run_record_read(&made, path) : run_record_of_checkpoint(&made, path);
  int status = check_record(q, c, path, is_said ? &made : NULL, train);
  if (!is_kept || status != 0) return status;
  status = read_lines(q, c, path);
  if (status == 0) remove_unfinished(&files);
  return status;
}

/* Of this build and the data that is there, which are read once: all runs of a table have the same. */
static int make_record(const train_request *asked, run_record *out)
{
  dataset data;
  certigar_message message;
  if (out->train) return 0;
  if (!dataset_open(&data, asked->data, asked->directory, &message)) return complain(STATUS_INPUT, "%s (--data-dir says where it is)", message.text);
  snprintf(out->commit, sizeof out->commit, "%s", CERTIGAR_COMMIT);
  out->train = data.train.count;
  out->test = data.test.count;
  dataset_free(&data);
  return 0;
}

/* From a checkpoint of another commit a run begins again: its file says which one made it. */
static int can_resume(const run_files *files, const run_record *now)
{
  run_record then;
  return run_record_of_checkpoint(&then, files->checkpoint) && strcmp(then.commit, now->commit) == 0;
}

/* Trains, or goes on training, until the lines are all there. */
static int train_cell(const run_queue *q, cell c, const run_files *files, const run_record *made, train_request *asked)
{
  char name[256], record[RUN_RECORD_LINE_SIZE];
  run_name(q->of, c, name, sizeof name);
  run_record_line(made, record);
  asked->csv = files->lines;
  asked->checkpoint = files->checkpoint;
  asked->resume = can_resume(files, made);
  if (!asked->resume) remove_unfinished(files);
  int status = train_job(asked, &(table_run){name, record});
  return status == STATUS_NOT_FINITE ? STATUS_DONE : status;
}

static int run_cell(run_queue *q, cell c, size_t *train, run_record *made)
{
  char line[RUN_LINE_SIZE];
  run_files files;
  certigar_message message;
  train_request asked;
  name_files(q, c, &files);
  int status = parse_run(q, c, line, &asked);
  if (status == 0) status = make_record(&asked, made);
  if (status != 0) return status;
  if (*train && *train != made->train) return complain_samples(files.kept, made->train, *train);
  record_arguments(q, c, made->arguments);
  status = train_cell(q, c, &files, made, &asked);
  if (status != 0) return status;
  if (!run_record_write(made, files.lines, files.kept, &message)) return complain_output(files.kept, &message);
  return read_run(q, c, train);
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

/* All of them first: that a file is of another run is better met before the others are made than after. */
static int read_runs(run_queue *q, size_t *train)
{
  const table *t = q->of;
  int status = 0;
  for (size_t r = 0; r < t->row_count; r++)
    for (size_t c = 0; c < t->column_count; c++)
      for (size_t k = 0; k < t->choice_count && table_has(t, r, c) && status == 0; k++) status = read_run(q, (cell){r, c, k}, train);
  return status;
}

int run_queue_go(run_queue *q, size_t limit)
{
  const table *t = q->of;
  size_t total = total_of(t), number = 0, train = 0;
  run_record made = {.train = 0};
  run_queue whole = *q; /* of which this queue may have some rows, columns and choices */
  whole.of = table_named(t->name);
  int status = read_runs(&whole, &train);
  if (status == 0) status = read_runs(q, &train);
  if (status != 0) return status;
  for (size_t r = 0; r < t->row_count; r++)
    for (size_t c = 0; c < t->column_count; c++)
      for (size_t k = 0; k < t->choice_count && table_has(t, r, c); k++) {
        cell at = {r, c, k};
        number++;
        if (q->done[r][c][k].known || limit == 0) continue;
        status = run_cell(q, at, &train, &made);
        if (status != 0) return status;
        limit--;
        show(q, at, number, total);
      }
  return 0;
}

/* A run's arguments, the number of steps that was asked for in place of the table's. */
static void print_arguments(const run_queue *q, char line[RUN_LINE_SIZE])
{
  int is_steps = 0;
  for (char *word = strtok(line, " "); word; word = strtok(NULL, " ")) {
    if (is_steps && q->steps) printf(" %zu", q->steps);
    else printf(" %s", word);
    is_steps = strcmp(word, "--steps") == 0;
  }
  for (int i = 0; i < q->word_count; i++) {
    putchar(' ');
    shell_word(stdout, q->words[i]);
  }
}

void run_queue_list(const run_queue *q)
{
  const table *t = q->of;
  char line[RUN_LINE_SIZE];
  for (size_t r = 0; r < t->row_count; r++)
    for (size_t c = 0; c < t->column_count; c++)
      for (size_t k = 0; k < t->choice_count && table_has(t, r, c); k++) {
        run_queue_arguments(q, r, c, k, line);
        printf("certigar train");
        print_arguments(q, line);
        putchar('\n');
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
