#include "history.h"

#include "text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char head[] = "step,loss,accuracy,test_loss,finite,selected";

int history_add(history *h, const history_line *line)
{
  if (h->count == h->capacity) {
    size_t capacity = h->capacity ? 2 * h->capacity : 256;
    history_line *more = realloc(h->lines, capacity * sizeof *more);
    if (!more) return 0;
    h->lines = more;
    h->capacity = capacity;
  }
  h->lines[h->count++] = *line;
  return 1;
}

void history_free(history *h)
{
  free(h->lines);
  *h = (history){NULL, 0, 0};
}

/* A number, or nothing for a NaN. */
static void add_optional(text *t, double value)
{
  if (!isnan(value)) text_add(t, "%.17g", value);
}

int history_write(const history *h, const char *path, certigar_message *message)
{
  text t = text_none;
  text_add(&t, "%s\n", head);
  for (size_t i = 0; i < h->count; i++) {
    const history_line *line = &h->lines[i];
    text_add(&t, "%zu,%.17g,", line->step, line->loss);
    add_optional(&t, line->accuracy);
    text_add(&t, ",");
    add_optional(&t, line->test_loss);
    text_add(&t, ",%d,%s\n", line->finite, line->selected);
  }
  return text_write(&t, path, message);
}

static double optional(const char **at)
{
  char *end;
  double value = **at == ',' ? NAN : strtod(*at, &end);
  const char *comma = strchr(*at, ',');
  *at = comma ? comma + 1 : *at + strlen(*at);
  return value;
}

static int parse(const char *at, history_line *line)
{
  double finite;
  *line = (history_line){.step = strtoul(at, NULL, 10)};
  const char *comma = strchr(at, ',');
  if (!comma) return 0;
  at = comma + 1;
  line->loss = optional(&at);
  line->accuracy = optional(&at);
  line->test_loss = optional(&at);
  finite = optional(&at);
  if (finite != 0 && finite != 1) return 0;
  line->finite = finite == 1;
  snprintf(line->selected, sizeof line->selected, "%.*s", (int)strcspn(at, "\n"), at);
  return 1;
}

int history_read(history *h, const char *path, size_t last_step, certigar_message *message)
{
  FILE *file = fopen(path, "r");
  char bytes[2048];
  history_line line;
  int good = file && fgets(bytes, sizeof bytes, file);
  if (good && bytes[0] == '#') good = fgets(bytes, sizeof bytes, file) != NULL; /* what made the file */
  good = good && strncmp(bytes, head, sizeof head - 1) == 0;
  while (good && fgets(bytes, sizeof bytes, file)) {
    good = parse(bytes, &line);
    if (good && line.step <= last_step) good = line.step == h->count + 1 && history_add(h, &line);
  }
  if (file) fclose(file);
  if (last_step == HISTORY_WHOLE) {
    if (!good || h->count == 0) snprintf(message->text, sizeof message->text, "%.160s: cannot be read, or is no CSV file of a training run", path);
    return good && h->count > 0;
  }
  if (!good || h->count != last_step) {
    snprintf(message->text, sizeof message->text, "%.160s: not the file of this run, or without some of its first %zu steps", path, last_step);
    return 0;
  }
  return 1;
}
