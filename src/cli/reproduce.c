/* certigar reproduce: a table of a paper again, run by run, beside the published one. */
#include "cell_plot.h"
#include "commands.h"
#include "options.h"
#include "report.h"
#include "result.h"
#include "reproduce_leeway.h"
#include "suggest.h"
#include "table_choice.h"
#include "table_text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { DATA_DIR, STATE, LIMIT, THREADS, STEPS, ROW, COLUMN, CHOICE, LIST, HELP, HELP_LETTER, COUNT };

static const option_spec specs[COUNT] = {
    [DATA_DIR] = {"--data-dir", "DIRECTORY", 0}, [STATE] = {"--state", "DIRECTORY", 0}, [LIMIT] = {"--limit", "RUNS", 0},
    [THREADS] = {"--threads", "T", 0},           [STEPS] = {"--steps", "T", 0},         [ROW] = {"--row", "NAME", 1},
    [COLUMN] = {"--column", "NAME", 1},          [CHOICE] = {"--choice", "NAME", 1},    [LIST] = {"--list", NULL, 0},
    [HELP] = {"--help", NULL, 0},                [HELP_LETTER] = {"-h", NULL, 0},
};

static const char leeway[] = "leeway";

static int list_tables(void)
{
  for (size_t i = 0; i < table_count; i++) printf("%-27s %s (%s)\n", tables[i]->name, tables[i]->title, tables[i]->source);
  printf("%-27s %s\n", leeway, leeway_title);
  return end_of_output();
}

static int unknown_table(const char *typed)
{
  const char *names[64];
  for (size_t i = 0; i < table_count; i++) names[i] = tables[i]->name;
  names[table_count] = leeway;
  const char *meant = suggest(typed, names, table_count + 1);
  if (meant) return complain(STATUS_USAGE, "no table '%s'; did you mean '%s'?", typed, meant);
  return complain(STATUS_USAGE, "no table '%s'; 'certigar reproduce' lists them", typed);
}

static void add_option(run_queue *q, const char *name, const char *value)
{
  if (!value) return;
  q->words[q->word_count++] = name;
  q->words[q->word_count++] = value;
}

static int make_directory(const char *state)
{
  if (strlen(state) > RUN_PATH_SIZE - 256) return complain(STATUS_USAGE, "--state must be at most %d bytes, got %zu", RUN_PATH_SIZE - 256, strlen(state));
  if (mkdir(state, 0777) != 0 && errno != EEXIST) return complain(STATUS_OUTPUT, "%s: %s", state, strerror(errno));
  return 0;
}

/* The names that were given with an option that repeats. */
static table_names names_of(const option_list *list, size_t option, const char *names[OPTION_REPEATS_MAX])
{
  size_t count = 0;
  for (size_t i = 0; i < list->count; i++)
    if (list->which[i] == option) names[count++] = list->values[i];
  return (table_names){names, count};
}

static int choose_runs(table_choice *out, const table *of, const option_list *list)
{
  const char *rows[OPTION_REPEATS_MAX], *columns[OPTION_REPEATS_MAX], *choices[OPTION_REPEATS_MAX];
  return table_choose(out, of, names_of(list, ROW, rows), names_of(list, COLUMN, columns), names_of(list, CHOICE, choices));
}

/* Runs what was chosen; the table has what there is of all. */
static int run_table(run_queue *q, const table *chosen, size_t limit)
{
  char path[RUN_PATH_SIZE];
  certigar_message message;
  text t = text_none;
  run_queue some = *q;
  some.of = chosen;
  int status = run_queue_go(&some, limit);
  if (status == 0) status = run_queue_go(q, 0);
  if (status != 0) return status;
  if ((status = cell_plots(q)) != 0) return status;
  table_text(&t, q);
  snprintf(path, sizeof path, "%s/table.md", q->state);
  if (!text_write(&t, path, &message)) return complain_output(path, &message);
  if (q->steps) printf("shortened: every run has %zu step%s\n", q->steps, q->steps == 1 ? "" : "s");
  printf("%s\n", path);
  return 0;
}

int command_reproduce(int argc, char **argv)
{
  run_queue q = {.of = NULL};
  table_choice some;
  option_list list;
  const char *values[COUNT];
  size_t operands, limit = SIZE_MAX;
  int status = options_parse(argc, argv, "reproduce", specs, COUNT, values, &list, &operands);
  if (status != 0) return status;
  if (values[HELP] || values[HELP_LETTER]) return command_help("reproduce");
  if (operands == 0) return list_tables();
  if (operands > 1) return complain(STATUS_USAGE, "unexpected operand '%s'; reproduce takes one table", argv[1]);
  int is_leeway = strcmp(argv[0], leeway) == 0;
  if (!is_leeway && !(q.of = table_named(argv[0]))) return unknown_table(argv[0]);
  if (is_leeway && (values[DATA_DIR] || values[STEPS] || values[LIST] || list.count))
    return complain(STATUS_USAGE, "leeway trains nothing: leave --data-dir, --steps, --row, --column, --choice and --list out;"
                                  " --limit says for how many d");
  if (!is_leeway && (status = choose_runs(&some, q.of, &list)) != 0) return status;
  if (values[LIMIT] && !option_number(values[LIMIT], &limit)) return complain(STATUS_USAGE, "--limit must be a whole number, got '%s'", values[LIMIT]);
  q.state = values[STATE] ? values[STATE] : argv[0];
  if (values[STEPS] && (!option_number(values[STEPS], &q.steps) || q.steps < 1))
    return complain(STATUS_USAGE, "--steps must be a whole number, at least 1, got '%s'", values[STEPS]);
  add_option(&q, "--data-dir", values[DATA_DIR]);
  add_option(&q, "--threads", values[THREADS]);
  if (values[LIST]) {
    q.of = &some.chosen;
    run_queue_list(&q);
    return end_of_output();
  }
  if ((status = make_directory(q.state)) != 0) return status;
  status = is_leeway ? reproduce_leeway(q.state, limit) : run_table(&q, &some.chosen, limit);
  int ended = end_of_output();
  return status != 0 ? status : ended;
}
