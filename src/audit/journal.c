#include "journal.h"

#include "certificate.h"
#include "clean.h"
#include "identity.h"
#include "report.h"
#include "words.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- which audit it is ---- */

json_t *journal_program(const audit_settings *settings)
{
  json_t *list = json_array();
  for (char **argument = settings->program; *argument != NULL; argument++) {
    size_t length = strlen(*argument), room = 4 * length + 1;
    char *text = malloc(room);
    if (text == NULL) break;
    clean_text(text, room, *argument, length);
    json_array_append_new(list, json_string(text));
    free(text);
  }
  return list;
}

static json_t *parameters(const audit_settings *settings)
{
  const request *asked = &settings->parameters;
  return json_pack("{s:I, s:s, s:I, s:s, s:s, s:s, s:s, s:s, s:I}", "m", (json_int_t)asked->m, "median", certificate_median_name(asked->median),
                   "pivot", (json_int_t)asked->pivot, "variant", asked->variant == CERTIGAR_ITERATED ? "iterated" : "one-pass", "tolerance",
                   asked->tolerance, "beta", asked->beta, "threshold", asked->threshold, "tau", asked->tau, "iterations",
                   (json_int_t)asked->iterations);
}

json_t *journal_settings(const audit_settings *settings)
{
  char seed[24];
  json_t *rules = json_array();
  for (size_t i = 0; i < settings->rule_count; i++) json_array_append_new(rules, json_string(certigar_rule_name(settings->rules[i])));
  snprintf(seed, sizeof seed, "%" PRIu64, settings->seed);
  return json_pack("{s:o, s:b, s:o, s:o, s:I, s:s, s:I, s:s, s:o}", "rules", rules, "named", settings->rules_named, "f",
                   settings->has_f ? json_integer((json_int_t)settings->parameters.f) : json_null(), "dtype",
                   settings->has_dtype ? json_string(dtype_name(settings->dtype)) : json_null(), "cases", (json_int_t)settings->cases, "seed",
                   seed, "timeout_ms", (json_int_t)settings->timeout_ms, "encoding", encoding_name(settings->input), "parameters",
                   parameters(settings));
}

json_t *journal_build(void)
{
  return json_pack("{s:s, s:s, s:s, s:s}", "version", CERTIGAR_VERSION, "commit", CERTIGAR_COMMIT, "spec_version", CERTIGAR_SPEC_VERSION,
                   "proof_manifest_sha256", CERTIGAR_MANIFEST_SHA256);
}

static json_t *identity(const audit_settings *settings)
{
  return json_pack("{s:i, s:o, s:o, s:o}", "certigar_audit", 1, "program", journal_program(settings), "settings", journal_settings(settings), "build",
                   journal_build());
}

/* ---- the file ---- */

static int complain_file(const journal *j, const char *what)
{
  return complain(STATUS_OUTPUT, "%s: %s: %s", j->path, what, strerror(errno));
}

static char *read_all(int fd, size_t *size)
{
  struct stat status;
  if (fstat(fd, &status) != 0) return NULL;
  char *text = malloc((size_t)status.st_size + 1);
  *size = 0;
  while (text != NULL && *size < (size_t)status.st_size) {
    ssize_t done = pread(fd, text + *size, (size_t)status.st_size - *size, (off_t)*size);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) break;
    *size += (size_t)done;
  }
  return text;
}

/* The first line must be that of this audit: *same says so. */
static int read_lines(journal *j, const char *text, size_t size, const json_t *own, journal_reader reader, void *context)
{
  size_t at = 0, count = 0;
  while (at < size) {
    size_t length = (size_t)((const char *)memchr(text + at, '\n', size - at) - (text + at));
    json_t *line = json_loadb(text + at, length, 0, NULL);
    int good = json_is_object(line);
    if (count == 0 && good && !json_equal(line, own)) {
      json_decref(line);
      return complain(STATUS_USAGE, "%s is of another audit: its program, options or build differ (see its first line); give another --state",
                      j->path);
    }
    j->finished = good && json_is_true(json_object_get(line, "finished"));
    if (count > 0 && good && !j->finished) good = reader(context, line);
    json_decref(line);
    if (!good) return complain(STATUS_INPUT, "%s: line %zu is damaged; remove the journal to begin again", j->path, count + 1);
    at += length + 1;
    count++;
  }
  return 0;
}

static size_t count_lines(const char *text, size_t size)
{
  size_t count = 0;
  for (size_t i = 0; i < size; i++) count += text[i] == '\n';
  return count;
}

static int ends_finished(const char *text, size_t size)
{
  static const char last[] = "\n{\"finished\": true}\n";
  return size >= sizeof last - 1 && memcmp(text + size - (sizeof last - 1), last, sizeof last - 1) == 0;
}

static int take(journal *j, const audit_settings *settings, char *text, size_t size, journal_reader reader, void *context)
{
  size_t whole = size;
  while (whole > 0 && text[whole - 1] != '\n') whole--;
  if (!settings->resume && count_lines(text, whole) > 1 && !ends_finished(text, whole)) {
    return complain(STATUS_USAGE, "%s is of an audit that was not finished; --resume goes on with it, or remove it, or give another --state",
                    j->path);
  }
  if (!settings->resume) whole = 0;
  if (whole != size && ftruncate(j->fd, (off_t)whole) != 0) return complain_file(j, "cannot be written");
  json_t *own = identity(settings);
  int status = whole == 0 ? journal_append(j, json_incref(own)) : read_lines(j, text, whole, own, reader, context);
  json_decref(own);
  return status;
}

int journal_open(journal *j, const audit_settings *settings, journal_reader reader, void *context)
{
  size_t size;
  *j = (journal){.fd = -1};
  if (snprintf(j->path, sizeof j->path, "%s/journal.jsonl", settings->state) >= (int)sizeof j->path) {
    return complain(STATUS_USAGE, "--state: a name of less than %d bytes is needed", FILE_NAME_MAX - 16);
  }
  if (mkdir(settings->state, 0777) != 0 && errno != EEXIST)
    return complain(STATUS_OUTPUT, "%s: cannot be made: %s", settings->state, strerror(errno));
  j->fd = open(j->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (j->fd < 0) return complain_file(j, "cannot be opened");
  if (flock(j->fd, LOCK_EX | LOCK_NB) != 0) return complain(STATUS_USAGE, "%s is in use by another audit; give another --state", j->path);
  char *text = read_all(j->fd, &size);
  if (text == NULL) return complain_file(j, "cannot be read");
  int status = take(j, settings, text, size, reader, context);
  free(text);
  return status;
}

int journal_append(journal *j, json_t *line)
{
  char *text = line != NULL ? json_dumps(line, 0) : NULL;
  json_decref(line);
  if (text == NULL) return complain(STATUS_OUTPUT, "%s: no memory for a line", j->path);
  size_t length = strlen(text);
  text[length] = '\n'; /* in place of the end: its length is known */
  ssize_t done;
  do done = write(j->fd, text, length + 1);
  while (done < 0 && errno == EINTR);
  free(text);
  if (done == (ssize_t)length + 1) return 0;
  if (done >= 0) errno = ENOSPC;
  return complain_file(j, "cannot be written");
}

void journal_close(journal *j)
{
  if (j->fd >= 0) close(j->fd);
  j->fd = -1;
}
