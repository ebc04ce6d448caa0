/* certigar vectors: the test vectors of a rule, of a pre-aggregation, or of all. */
#include "cases/vectors.h"

#include "commands.h"
#include "options.h"
#include "report.h"
#include "result.h"
#include "suggest.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

enum { DIRECTORY, HELP, HELP_LETTER, COUNT, SUBJECTS_MAX = 32 };

static const option_spec specs[COUNT] = {
    [DIRECTORY] = {"-o", "DIRECTORY", 0},
    [HELP] = {"--help", NULL, 0},
    [HELP_LETTER] = {"-h", NULL, 0},
};

static int unknown_subject(const char *typed)
{
  const char *names[SUBJECTS_MAX];
  const size_t count = vector_subject_count();
  for (size_t i = 0; i < count; i++) names[i] = vector_subject_name(i);
  const char *meant = suggest(typed, names, count);
  if (meant != NULL) return complain(STATUS_USAGE, "no vectors of '%s'; did you mean '%s'?", typed, meant);
  return complain(STATUS_USAGE, "no vectors of '%s'; there are those of each rule, and of nnm, bucketing, clip and arc", typed);
}

/* Into DIRECTORY/NAME.json; to standard output if there is no directory. */
static int write_subject(size_t subject, const char *directory)
{
  certigar_message message;
  char path[PATH_MAX];
  size_t size = 0;
  const char *name = vector_subject_name(subject);
  const int length = directory == NULL ? snprintf(path, sizeof path, "-") : snprintf(path, sizeof path, "%s/%s.json", directory, name);
  if (length < 0 || (size_t)length >= sizeof path) return complain(STATUS_USAGE, "-o %s: the name is too long", directory);
  char *text = vectors_text(subject, &size, &message);
  if (text == NULL) return complain(STATUS_OUTPUT, "%s: %s", name, message.text);
  const int status = output_write(path, text, size, &message) ? 0 : complain_output(path, &message);
  free(text);
  return status;
}

int command_vectors(int argc, char **argv)
{
  const char *values[COUNT];
  size_t operands, subject = 0;
  int status = options_parse(argc, argv, "vectors", specs, COUNT, values, NULL, &operands);
  if (status != 0) return status;
  if (values[HELP] != NULL || values[HELP_LETTER] != NULL) return command_help("vectors");
  if (operands > 1) return complain(STATUS_USAGE, "unexpected operand '%s'; vectors takes one rule or pre-aggregation", argv[1]);
  if (operands == 0 && values[DIRECTORY] == NULL) return complain(STATUS_USAGE, "vectors needs a rule, or -o DIRECTORY for the files of all");
  if (operands == 1) {
    if (!vector_subject_from_name(argv[0], &subject)) return unknown_subject(argv[0]);
    return write_subject(subject, values[DIRECTORY]);
  }
  for (; status == 0 && subject < vector_subject_count(); subject++) status = write_subject(subject, values[DIRECTORY]);
  return status;
}
