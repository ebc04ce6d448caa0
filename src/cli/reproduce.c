/* certigar reproduce: the runs of a paper's table, one after the other, each kept as it ends, so that a queue that is stopped goes on where it was;
 * then the table beside the published one. */
#include "commands.h"
#include "options.h"
#include "report.h"
#include "suggest.h"
#include "train/history.h"
#include "train/tables.h"
#include "train_job.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DATA_DIR, STATE, LIMIT, THREADS, STEPS, HELP, HELP_LETTER, COUNT };

static const option_spec specs[COUNT] = {
    [DATA_DIR] = {"--data-dir", "DIRECTORY", 0}, [STATE] = {"--state", "DIRECTORY", 0}, [LIMIT] = {"--limit", "RUNS", 0},
    [THREADS] = {"--threads", "T", 0},           [STEPS] = {"--steps", "T", 0},         [HELP] = {"--help", NULL, 0},
    [HELP_LETTER] = {"-h", NULL, 0},
};

enum { WORDS_MAX = 96, PATH_SIZE = 4096, LINE_SIZE = 1024 };

typedef struct cell {
  size_t row, column, choice;
} cell;

typedef struct outcome_of_run {
  int known;
  double accuracy;
  size_t broken_at; /* 0: the model was finite all the time */
} outcome_of_run;

typedef struct queue {
  const table *of;
  const char *state;
  const char *words[4]; /* more options of each run: where the data is, threads */
  int word_count;
  size_t steps;         /* 0: the table's */
  outcome_of_run done[ROWS_MAX][COLUMNS_MAX][CHOICES_MAX];
} queue;

static void run_name(const table *t, cell c, char *out, size_t size)
{
  snprintf(out, size, "%s_%s_%s", t->row_names[c.row], t->column_names[c.column], t->choice_names[c.choice]);
  for (; *out; out++)
    if (*out == ' ' || *out == '/') *out = '-';
}

static void run_path(const queue *q, cell c, char *out, size_t size)
{
  char name[256];
  run_name(q->of, c, name, sizeof name);
  snprintf(out, size, "%s/%s.csv", q->state, name);
}

/* The arguments of a run; line is cut up, and must live as long as the request. */
static int parse_run(const queue *q, cell c, char *line, size_t size, train_request *asked)
{
  const table *t = q->of;
  char *argv[WORDS_MAX];
  int count = 0;
  snprintf(line, size, "%s %s %s %s", t->arguments, t->row_arguments[c.row], t->column_arguments[c.column], t->choice_arguments[c.choice]);
  for (char *word = strtok(line, " "); word && count < WORDS_MAX - q->word_count; word = strtok(NULL, " ")) argv[count++] = word;
  for (int i = 0; i < q->word_count; i++) argv[count++] = (char *)(uintptr_t)q->words[i];
  int status = train_request_parse(count, argv, asked);
  if (q->steps) asked->run.steps = q->steps;
  return status;
}

/* What a run's file says, if it is there, as long as the run, and judged at its end. */
static void read_run(queue *q, cell c)
{
  char path[PATH_SIZE], line[LINE_SIZE];
  certigar_message message;
  train_request asked;
  history h = {NULL, 0, 0};
  outcome_of_run *out = &q->done[c.row][c.column][c.choice];
  run_path(q, c, path, sizeof path);
  FILE *file = fopen(path, "r");
  if (!file) return;
  fclose(file);
  if (parse_run(q, c, line, sizeof line, &asked) != 0 || !history_read(&h, path, asked.run.steps, &message) || isnan(h.lines[h.count - 1].accuracy)) {
    history_free(&h);
    return;
  }
  *out = (outcome_of_run){.known = 1};
  for (size_t i = 0; i < h.count; i++) {
    if (!h.lines[i].finite && out->broken_at == 0) out->broken_at = h.lines[i].step;
    if (!isnan(h.lines[i].accuracy)) out->accuracy = h.lines[i].accuracy;
  }
  history_free(&h);
}

static int run_cell(queue *q, cell c)
{
  char path[PATH_SIZE], line[LINE_SIZE];
  train_request asked;
  train_result result;
  run_path(q, c, path, sizeof path);
  int status = parse_run(q, c, line, sizeof line, &asked);
  if (status != 0) return status;
  asked.csv = path;
  asked.checkpoint_every = SIZE_MAX;
  status = train_job(&asked, 1, &result);
  if (status != STATUS_DONE && status != STATUS_NOT_FINITE) return status;
  q->done[c.row][c.column][c.choice] = (outcome_of_run){1, result.accuracy, result.broken_at};
  return 0;
}

/* ---- the table ---- */

static int is_better(const outcome_of_run *a, const outcome_of_run *b)
{
  if (!a->broken_at != !b->broken_at) return !a->broken_at;
  return a->accuracy > b->accuracy;
}

/* The best choice of a cell: an accuracy that was reached with a model that stayed finite before one that was not. Returns 0 if a run is missing. */
static int best_of(const queue *q, size_t row, size_t column, size_t *choice)
{
  const outcome_of_run *runs = q->done[row][column];
  *choice = 0;
  for (size_t k = 0; k < q->of->choice_count; k++) {
    if (!runs[k].known) return 0;
    if (is_better(&runs[k], &runs[*choice])) *choice = k;
  }
  return 1;
}

static int is_published(const table *t)
{
  for (size_t r = 0; r < t->row_count; r++)
    for (size_t c = 0; c < t->column_count; c++)
      if (!isnan(t->published[r][c])) return 1;
  return 0;
}

static void add_cell(text *t, const queue *q, size_t row, size_t column)
{
  size_t best;
  const table *of = q->of;
  const char *published = of->published_choice[row][column];
  if (best_of(q, row, column, &best)) {
    const outcome_of_run *run = &q->done[row][column][best];
    text_add(t, " %.4f %s%s |", run->accuracy, of->choice_count > 1 ? of->choice_names[best] : "", run->broken_at ? " (not finite)" : "");
  } else {
    text_add(t, " (not all run) |");
  }
  if (!is_published(of)) return;
  if (isnan(of->published[row][column])) text_add(t, " |");
  else text_add(t, " %.4f %s |", of->published[row][column], published ? published : "");
}

static int write_table(const queue *q)
{
  const table *of = q->of;
  char path[PATH_SIZE];
  certigar_message message;
  text t = text_none;
  int published = is_published(of);
  text_add(&t, "# %s\n\n%s. For each cell the accuracy after the last step%s%s.\n\n|", of->title, of->source,
           of->choice_count > 1 ? ", and the best rule" : "", published ? ": of these runs, then as published" : "");
  for (size_t c = 0; c < of->column_count; c++) text_add(&t, " | %s%s", of->column_names[c], published ? " | published" : "");
  text_add(&t, " |\n|---|");
  for (size_t c = 0; c < of->column_count; c++) text_add(&t, published ? "---|---|" : "---|");
  for (size_t r = 0; r < of->row_count; r++) {
    text_add(&t, "\n| %s |", of->row_names[r]);
    for (size_t c = 0; c < of->column_count; c++) add_cell(&t, q, r, c);
  }
  text_add(&t, "\n\nAll runs:\n\n| | | accuracy | not finite from step | arguments of certigar train |\n|---|---|---|---|---|\n");
  for (size_t r = 0; r < of->row_count; r++)
    for (size_t c = 0; c < of->column_count; c++)
      for (size_t k = 0; k < of->choice_count; k++) {
        const outcome_of_run *run = &q->done[r][c][k];
        if (!run->known) continue;
        text_add(&t, "| %s, %s | %s | %.4f | ", of->row_names[r], of->column_names[c], of->choice_names[k], run->accuracy);
        if (run->broken_at) text_add(&t, "%zu", run->broken_at);
        text_add(&t, " | `%s %s %s %s", of->arguments, of->row_arguments[r], of->column_arguments[c], of->choice_arguments[k]);
        if (q->steps) text_add(&t, ", but --steps %zu", q->steps);
        text_add(&t, "` |\n");
      }
  snprintf(path, sizeof path, "%s/table.md", q->state);
  if (!text_write(&t, path, &message)) return complain(STATUS_OUTPUT, "%s", message.text);
  printf("%s\n", path);
  return 0;
}

static int go(queue *q, size_t limit)
{
  const table *t = q->of;
  size_t total = t->row_count * t->column_count * t->choice_count, done = 0;
  for (size_t r = 0; r < t->row_count; r++)
    for (size_t c = 0; c < t->column_count; c++)
      for (size_t k = 0; k < t->choice_count; k++) {
        cell at = {r, c, k};
        char name[256];
        outcome_of_run *run = &q->done[r][c][k];
        run_name(t, at, name, sizeof name);
        read_run(q, at);
        done++;
        if (run->known || limit == 0) continue;
        int status = run_cell(q, at);
        if (status != 0) return status;
        limit--;
        printf("%zu of %zu  %s  accuracy %.4f%s\n", done, total, name, run->accuracy, run->broken_at ? "  not finite" : "");
        fflush(stdout);
      }
  return write_table(q);
}

static int list_tables(void)
{
  for (size_t i = 0; i < table_count; i++) printf("%-18s %s (%s)\n", tables[i].name, tables[i].title, tables[i].source);
  return end_of_output();
}

static int unknown_table(const char *typed)
{
  const char *names[64];
  for (size_t i = 0; i < table_count; i++) names[i] = tables[i].name;
  const char *meant = suggest(typed, names, table_count);
  if (meant) return complain(STATUS_USAGE, "no table '%s'; did you mean '%s'?", typed, meant);
  return complain(STATUS_USAGE, "no table '%s'; 'certigar reproduce' lists them", typed);
}

static void add_option(queue *q, const char *name, const char *value)
{
  if (!value) return;
  q->words[q->word_count++] = name;
  q->words[q->word_count++] = value;
}

int command_reproduce(int argc, char **argv)
{
  queue q = {.of = NULL};
  const char *values[COUNT];
  size_t operands, limit = SIZE_MAX;
  int status = options_parse(argc, argv, "reproduce", specs, COUNT, values, NULL, &operands);
  if (status != 0) return status;
  if (values[HELP] || values[HELP_LETTER]) return command_help("reproduce");
  if (operands == 0) return list_tables();
  if (operands > 1) return complain(STATUS_USAGE, "unexpected operand '%s'; reproduce takes one table", argv[1]);
  if (!(q.of = table_named(argv[0]))) return unknown_table(argv[0]);
  if (values[LIMIT] && !option_number(values[LIMIT], &limit)) return complain(STATUS_USAGE, "--limit must be a whole number, got '%s'", values[LIMIT]);
  q.state = values[STATE] ? values[STATE] : argv[0];
  if (values[STEPS] && (!option_number(values[STEPS], &q.steps) || q.steps < 1))
    return complain(STATUS_USAGE, "--steps must be a whole number, at least 1, got '%s'", values[STEPS]);
  add_option(&q, "--data-dir", values[DATA_DIR]);
  add_option(&q, "--threads", values[THREADS]);
  if (strlen(q.state) > PATH_SIZE - 256) return complain(STATUS_USAGE, "--state must be at most %d bytes, got %zu", PATH_SIZE - 256, strlen(q.state));
  if (mkdir(q.state, 0777) != 0 && errno != EEXIST) return complain(STATUS_OUTPUT, "%s: %s", q.state, strerror(errno));
  status = go(&q, limit);
  int ended = end_of_output();
  return status != 0 ? status : ended;
}
