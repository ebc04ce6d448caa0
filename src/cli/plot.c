/* certigar plot: the accuracy of several training runs, from their CSV files, as one picture. */
#include "commands.h"
#include "options.h"
#include "picture_name.h"
#include "report.h"
#include "result.h"

#include "train/history.h"

#include <math.h>
#include <string.h>

enum { OUTPUT, TITLE, HELP, HELP_LETTER, COUNT };
enum { CURVES_MAX = 12, NAME_MAX_BYTES = 64 }; /* more than twelve names do not fit beside the picture */

static const option_spec specs[COUNT] = {
    [OUTPUT] = {"-o", "OUT.svg", 0}, [TITLE] = {"--title", "TEXT", 0}, [HELP] = {"--help", NULL, 0}, [HELP_LETTER] = {"-h", NULL, 0}};

typedef struct named_run {
  char name[NAME_MAX_BYTES];
  history lines;
} named_run;

/* NAME=FILE, or FILE, whose name is that of the run then. */
static int read_run(const char *operand, named_run *out)
{
  certigar_message message = {""};
  const char *equals = strchr(operand, '='), *path = equals ? equals + 1 : operand, *slash = strrchr(path, '/');
  const char *name = equals ? operand : slash ? slash + 1 : path;
  size_t length = equals ? (size_t)(equals - operand) : strcspn(name, ".");
  if (length == 0 || length >= sizeof out->name)
    return complain(STATUS_USAGE, "'%s': a run has a name of 1 to %zu bytes, NAME=RUN.csv", operand, sizeof out->name - 1);
  memcpy(out->name, name, length);
  if (!history_read(&out->lines, path, HISTORY_WHOLE, &message)) return complain(STATUS_INPUT, "%s", message.text);
  for (size_t i = 0; i < out->lines.count; i++)
    if (!isnan(out->lines.lines[i].accuracy)) return 0;
  return complain(STATUS_INPUT, "%s: no step of it has an accuracy", path);
}

static int draw(named_run *runs, size_t count, const char *title, const char *path)
{
  certigar_message message = {""};
  curve curves[CURVES_MAX];
  for (size_t i = 0; i < count; i++) curves[i] = (curve){runs[i].name, &runs[i].lines};
  return history_plot(curves, count, title, path, &message) ? 0 : complain_output(path, &message);
}

int command_plot(int argc, char **argv)
{
  const char *values[COUNT];
  size_t count;
  named_run runs[CURVES_MAX] = {{{0}, {0}}};
  int status = options_parse(argc, argv, "plot", specs, COUNT, values, NULL, &count);
  if (status != 0) return status;
  if (values[HELP] || values[HELP_LETTER]) return command_help("plot");
  if (count == 0 || count > CURVES_MAX) return complain(STATUS_USAGE, "plot takes 1 to %d runs, NAME=RUN.csv, got %zu", CURVES_MAX, count);
  if (!values[OUTPUT]) return complain(STATUS_USAGE, "plot needs -o OUT.svg");
  if (strcmp(values[OUTPUT], "-") != 0 && (status = picture_name_check("-o", values[OUTPUT])) != 0) return status;
  for (size_t i = 0; i < count && status == 0; i++) status = read_run(argv[i], &runs[i]);
  if (status == 0) status = draw(runs, count, values[TITLE] ? values[TITLE] : "Accuracy", values[OUTPUT]);
  for (size_t i = 0; i < count; i++) history_free(&runs[i].lines);
  return status;
}
