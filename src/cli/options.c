#include "options.h"

#include "report.h"
#include "suggest.h"

#include <stdint.h>
#include <string.h>

enum { SPECS_MAX = 64 };

static int unknown_option(const char *typed, size_t length, const char *command, const option_spec *specs, size_t count)
{
  const char *names[SPECS_MAX];
  char name[64];
  for (size_t i = 0; i < count; i++) names[i] = specs[i].name;
  size_t copied = length < sizeof name ? length : sizeof name - 1;
  memcpy(name, typed, copied);
  name[copied] = '\0';
  const char *meant = length < sizeof name ? suggest(name, names, count) : NULL;
  if (meant != NULL) return complain(STATUS_USAGE, "unknown option '%s'; did you mean '%s'?", name, meant);
  return complain(STATUS_USAGE, "unknown option '%s'; 'certigar help %s' lists the options", name, command);
}

/* The bytes of an argument that name the option: up to '=' for --name=value, two for -f2. */
static size_t name_length(const char *argument)
{
  return argument[1] == '-' ? strcspn(argument, "=") : 2;
}

int options_parse(int argc, char **argv, const char *command, const option_spec *specs, size_t count, const char **values,
                  option_list *list, size_t *operands)
{
  int ended = 0;
  *operands = 0;
  if (list != NULL) list->count = 0;
  for (size_t i = 0; i < count; i++) values[i] = NULL;
  for (int at = 0; at < argc; at++) {
    const char *argument = argv[at];
    if (ended || argument[0] != '-' || argument[1] == '\0') {
      argv[(*operands)++] = argv[at];
      continue;
    }
    if (strcmp(argument, "--") == 0) {
      ended = 1;
      continue;
    }
    size_t length = name_length(argument), which = 0;
    while (which < count && (strlen(specs[which].name) != length || strncmp(argument, specs[which].name, length) != 0)) which++;
    if (which == count) {
      return unknown_option(argument, argument[1] == '-' ? length : strlen(argument), command, specs, count);
    }
    const option_spec *spec = &specs[which];
    const char *first = values[which];
    if (first != NULL && !spec->repeats) return complain(STATUS_USAGE, "option '%s' is given twice", spec->name);
    const char *joined = argument[length] == '\0' ? NULL : argument + length + (argument[1] == '-');
    if (spec->value == NULL) {
      if (joined != NULL) return complain(STATUS_USAGE, "option '%s' takes no value, got '%s'", spec->name, joined);
      values[which] = "";
    } else if (joined != NULL) {
      values[which] = joined;
    } else if (at + 1 < argc) {
      values[which] = argv[++at];
    } else {
      return complain(STATUS_USAGE, "option '%s' needs a value: %s %s", spec->name, spec->name, spec->value);
    }
    if (!spec->repeats) continue;
    if (list->count == OPTION_REPEATS_MAX) return complain(STATUS_USAGE, "option '%s' is given too often", spec->name);
    list->which[list->count] = which;
    list->values[list->count++] = values[which];
    if (first != NULL) values[which] = first;
  }
  return 0;
}

const char *option_pair(const char *text, char *key, char *value, size_t size)
{
  size_t name = strcspn(text, "=,"), length;
  if (text[name] != '=' || name == 0 || name >= size) return NULL;
  const char *start = text + name + 1;
  length = strcspn(start, ",");
  if (length == 0 || length >= size) return NULL;
  memcpy(key, text, name);
  key[name] = '\0';
  memcpy(value, start, length);
  value[length] = '\0';
  if (start[length] == '\0') return start + length;
  return start[length + 1] == '\0' ? NULL : start + length + 1;
}

int option_number(const char *text, size_t *number)
{
  size_t value = 0;
  if (text[0] == '\0') return 0;
  for (; *text != '\0'; text++) {
    if (*text < '0' || *text > '9') return 0;
    size_t digit = (size_t)(*text - '0');
    if (value > (SIZE_MAX - digit) / 10) return 0;
    value = 10 * value + digit;
  }
  *number = value;
  return 1;
}
