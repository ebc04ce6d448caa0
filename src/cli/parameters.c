#include "parameters.h"

#include "options.h"
#include "report.h"
#include "suggest.h"

#include <stdio.h>
#include <string.h>

typedef struct parameter {
  const char *key;
  certigar_rule rule;
  int (*set)(const char *value, request *out); /* returns 0, or complains and returns an exit status */
} parameter;

void parameters_default(request *out)
{
  strcpy(out->beta, "1/2");
  strcpy(out->threshold, "inf");
  strcpy(out->tau, "100");
  out->iterations = 1;
}

/* The library says what a number is. */
int parameters_number(const char *value, number_text text)
{
  certigar_options *options = certigar_options_new();
  int good = options != NULL && certigar_options_set_tau(options, value);
  certigar_options_free(options);
  if (good) strcpy(text, value);
  return good;
}

static int set_number(const char *key, const char *range, const char *value, number_text text)
{
  if (parameters_number(value, text)) return 0;
  return complain(STATUS_USAGE, "--param %s must be a number such as 0.1, 1/3 or 1e-9 (of at most 63 characters, exponents from -9999 to 9999), %s, got '%s'", key, range, value);
}

static int set_variant(const char *value, request *out)
{
  out->variant = strcmp(value, "iterated") == 0 ? CERTIGAR_ITERATED : CERTIGAR_ONE_PASS;
  if (out->variant == CERTIGAR_ITERATED || strcmp(value, "one-pass") == 0) return 0;
  return complain(STATUS_USAGE, "--param variant must be one-pass or iterated, got '%s'", value);
}

static int set_pivot(const char *value, request *out)
{
  return option_number(value, &out->pivot) ? 0 : complain(STATUS_USAGE, "--param pivot must be a row, 0 to n-1, got '%s'", value);
}

static int set_tolerance(const char *value, request *out)
{
  return set_number("tolerance", "greater than 0", value, out->tolerance);
}

static int set_beta(const char *value, request *out)
{
  return set_number("beta", "greater than 0 and at most 1/2", value, out->beta);
}

static int set_threshold(const char *value, request *out)
{
  return set_number("threshold", "greater than 0, or inf", value, out->threshold);
}

static int set_b(const char *value, request *out)
{
  out->has_b = 1;
  return option_number(value, &out->f) ? 0 : complain(STATUS_USAGE, "--param b must be an integer from 0 to n-1, got '%s'", value);
}

static int set_scores(const char *value, request *out)
{
  strcpy(out->scores, value);
  return 0;
}

static int set_tau(const char *value, request *out)
{
  return set_number("tau", "greater than 0", value, out->tau);
}

static int set_iterations(const char *value, request *out)
{
  if (option_number(value, &out->iterations)) return 0;
  return complain(STATUS_USAGE, "--param iterations must be an integer from 1 to %d, got '%s'", CERTIGAR_ITERATIONS_MAX, value);
}

static int set_centre(const char *value, request *out)
{
  strcpy(out->centre, value);
  return 0;
}

static const parameter known[] = {
    {"variant", CERTIGAR_MULTI_BULYAN, set_variant},
    {"pivot", CERTIGAR_MONNA, set_pivot},
    {"tolerance", CERTIGAR_GEOMETRIC_MEDIAN, set_tolerance},
    {"beta", CERTIGAR_BRSGD, set_beta},
    {"threshold", CERTIGAR_BRSGD, set_threshold},
    {"b", CERTIGAR_ZENO, set_b},
    {"scores", CERTIGAR_ZENO, set_scores},
    {"tau", CERTIGAR_CENTERED_CLIPPING, set_tau},
    {"iterations", CERTIGAR_CENTERED_CLIPPING, set_iterations},
    {"centre", CERTIGAR_CENTERED_CLIPPING, set_centre},
};

enum { KNOWN = sizeof known / sizeof *known };

/* "zeno has no parameter 'score'; did you mean 'scores'?" */
static int unknown(const char *key, certigar_rule rule)
{
  const char *names[KNOWN], *name = certigar_rule_name(rule), *owner = NULL;
  char list[128] = "";
  size_t count = 0, length = 0;
  for (size_t i = 0; i < KNOWN; i++) {
    if (strcmp(known[i].key, key) == 0) owner = certigar_rule_name(known[i].rule);
    if (known[i].rule != rule) continue;
    length += (size_t)snprintf(list + length, sizeof list - length, "%s%s", count > 0 ? ", " : "", known[i].key);
    names[count++] = known[i].key;
  }
  const char *meant = suggest(key, names, count);
  if (meant != NULL) return complain(STATUS_USAGE, "%s has no parameter '%s'; did you mean '%s'?", name, key, meant);
  if (owner != NULL) return complain(STATUS_USAGE, "%s has no parameter '%s', which is of %s", name, key, owner);
  return complain(STATUS_USAGE, "%s has no parameter '%s'; it has %s", name, key, count > 0 ? list : "none");
}

static int set(const char *key, const char *value, request *out)
{
  size_t which = 0;
  while (which < KNOWN && (known[which].rule != out->rule || strcmp(known[which].key, key) != 0)) which++;
  if (which == KNOWN) return unknown(key, out->rule);
  if (out->given >> which & 1) return complain(STATUS_USAGE, "--param %s is given twice", key);
  out->given |= 1U << which;
  return known[which].set(value, out);
}

int parameters_parse(const char *text, request *out)
{
  char key[FILE_NAME_MAX], value[FILE_NAME_MAX];
  if (strlen(text) >= FILE_NAME_MAX) return complain(STATUS_USAGE, "--param takes at most %d bytes, got %zu", FILE_NAME_MAX - 1, strlen(text));
  for (const char *rest = text; *rest != '\0';) {
    rest = option_pair(rest, key, value, FILE_NAME_MAX);
    if (rest == NULL) return complain(STATUS_USAGE, "--param must be KEY=VALUE, or some joined by commas, got '%s'", text);
    int status = set(key, value, out);
    if (status != 0) return status;
  }
  return 0;
}

int parameters_complete(const request *asked)
{
  const char *file = asked->scores[0] != '\0' ? asked->scores : asked->centre;
  if (asked->rule == CERTIGAR_ZENO && asked->scores[0] == '\0') {
    return complain(STATUS_USAGE, "zeno needs --param scores=FILE.npy: the score of each row");
  }
  if (strcmp(file, "-") == 0 && strcmp(asked->input, "-") == 0) {
    return complain(STATUS_USAGE, "the input and a parameter: only one of them can be standard input");
  }
  return 0;
}
