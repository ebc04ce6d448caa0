#include "settings.h"

#include "certificate.h"
#include "options.h"
#include "parameters.h"
#include "report.h"
#include "rule_name.h"
#include "words.h"

#include <string.h>

enum { CASES_DEFAULT = 250, CASES_MAX = 100000, TIMEOUT_DEFAULT_MS = 10000, TIMEOUT_MAX_S = 1000000 };

enum { RULE, F, M, MEDIAN, PARAM, DTYPE, CASES, SEED, TIMEOUT, ENCODING, STATE, RESUME, REPORT, JSON, JUNIT, HELP, HELP_LETTER, COUNT };

static const option_spec specs[COUNT] = {
    [RULE] = {"--rule", "RULE", 1},
    [F] = {"-f", "F", 0},
    [M] = {"-m", "M", 0},
    [MEDIAN] = {"--median", "midpoint|lower|upper", 0},
    [PARAM] = {"--param", "KEY=VALUE", 1},
    [DTYPE] = {"--dtype", "float32|float64", 0},
    [CASES] = {"--cases", "N", 0},
    [SEED] = {"--seed", "S", 0},
    [TIMEOUT] = {"--timeout", "SECONDS", 0},
    [ENCODING] = {"--encoding", "npy|json", 0},
    [STATE] = {"--state", "DIR", 0},
    [RESUME] = {"--resume", NULL, 0},
    [REPORT] = {"--report", "OUT.html", 0},
    [JSON] = {"--json", "OUT.json", 0},
    [JUNIT] = {"--junit", "OUT.xml", 0},
    [HELP] = {"--help", NULL, 0},
    [HELP_LETTER] = {"-h", NULL, 0},
};

const char *encoding_name(encoding input)
{
  return input == ENCODING_JSON ? "json" : "npy";
}

static int add_rule(const char *name, audit_settings *out)
{
  certigar_rule rule;
  int status = rule_name_parse(name, &rule);
  if (status != 0) return status;
  for (size_t i = 0; i < out->rule_count; i++) {
    if (out->rules[i] == rule) return complain(STATUS_USAGE, "--rule %s is given twice", name);
  }
  out->rules[out->rule_count++] = rule;
  out->rules_named = 1;
  return 0;
}

static int parse_rules(const option_list *list, audit_settings *out)
{
  int status = 0;
  for (size_t i = 0; status == 0 && i < list->count; i++)
    if (list->which[i] == RULE) status = add_rule(list->values[i], out);
  if (out->rule_count > 0) return status;
  while (certigar_rule_name((certigar_rule)out->rule_count) != NULL) {
    out->rules[out->rule_count] = (certigar_rule)out->rule_count;
    out->rule_count++;
  }
  return status;
}

/* Parameters of one rule mean nothing to others. */
static int parse_parameters(const char *const *values, const option_list *list, audit_settings *out)
{
  request *asked = &out->parameters;
  int only = out->rules_named && out->rule_count == 1, status = 0;
  asked->rule = out->rules[0];
  for (size_t i = M; i <= PARAM; i++) {
    if (values[i] != NULL && !only) return complain(STATUS_USAGE, "%s goes with one --rule, whose parameter it is", specs[i].name);
    out->parameters_named |= values[i] != NULL;
  }
  for (size_t i = 0; status == 0 && i < list->count; i++)
    if (list->which[i] == PARAM) status = parameters_parse(list->values[i], asked);
  if (status != 0) return status;
  if (asked->scores[0] != '\0' || asked->centre[0] != '\0')
    return complain(STATUS_USAGE, "--param: an audit makes scores itself, and its centre is 0");
  if (values[M] != NULL && (asked->rule != CERTIGAR_MULTI_KRUM || !option_number(values[M], &asked->m) || asked->m < 1)) {
    return complain(STATUS_USAGE, "-m must be an integer M >= 1, for multi-krum only, got '%s'", values[M]);
  }
  if (values[MEDIAN] == NULL) return 0;
  for (certigar_median_kind kind = CERTIGAR_MIDPOINT; asked->rule == CERTIGAR_MEDIAN && kind <= CERTIGAR_UPPER; kind++) {
    asked->median = kind;
    if (strcmp(values[MEDIAN], certificate_median_name(kind)) == 0) return 0;
  }
  return complain(STATUS_USAGE, "--median must be midpoint, lower or upper, for the rule median only, got '%s'", values[MEDIAN]);
}

/* 10, 0.5: at most three places after the point. */
static int parse_timeout(const char *text, size_t *milliseconds)
{
  char whole[24] = "", places[4] = "000";
  size_t length = strcspn(text, "."), seconds, rest = 0;
  const char *after = text[length] == '.' ? text + length + 1 : "";
  size_t decimals = strlen(after);
  if (length >= sizeof whole || decimals > 3 || (text[length] == '.' && decimals == 0)) return 0;
  memcpy(whole, text, length);
  memcpy(places, after, decimals);
  if (!option_number(whole, &seconds) || !option_number(places, &rest) || seconds > TIMEOUT_MAX_S) return 0;
  *milliseconds = 1000 * seconds + rest;
  return *milliseconds > 0;
}

static int parse_numbers(const char *const *values, audit_settings *out)
{
  size_t seed = 1;
  out->cases = CASES_DEFAULT;
  out->timeout_ms = TIMEOUT_DEFAULT_MS;
  if (values[F] != NULL && (!option_number(values[F], &out->parameters.f) || out->parameters.f > 1000)) {
    return complain(STATUS_USAGE, "-f must be an integer from 0 to 1000, got '%s'", values[F]);
  }
  out->has_f = values[F] != NULL || out->parameters.has_b;
  if (out->parameters.m > 1000 || out->parameters.pivot > 1000) return complain(STATUS_USAGE, "m and pivot can be at most 1000 in an audit");
  if (values[CASES] != NULL && (!option_number(values[CASES], &out->cases) || out->cases < 1 || out->cases > CASES_MAX)) {
    return complain(STATUS_USAGE, "--cases must be an integer from 1 to %d, got '%s'", CASES_MAX, values[CASES]);
  }
  if (values[SEED] != NULL && !option_number(values[SEED], &seed))
    return complain(STATUS_USAGE, "--seed must be an integer below 2^64, got '%s'", values[SEED]);
  out->seed = seed;
  if (values[TIMEOUT] != NULL && !parse_timeout(values[TIMEOUT], &out->timeout_ms)) {
    return complain(STATUS_USAGE, "--timeout must be a number of seconds from 0.001 to %d, such as 10 or 0.5, got '%s'", TIMEOUT_MAX_S,
                    values[TIMEOUT]);
  }
  return 0;
}

static int parse_names(const char *const *values, audit_settings *out)
{
  const char *encoding_asked = values[ENCODING];
  if (values[DTYPE] != NULL && !dtype_from_name(values[DTYPE], &out->dtype)) {
    return complain(STATUS_USAGE, "--dtype must be float32 or float64, got '%s'", values[DTYPE]);
  }
  out->has_dtype = values[DTYPE] != NULL;
  out->input = encoding_asked != NULL && strcmp(encoding_asked, "json") == 0 ? ENCODING_JSON : ENCODING_NPY;
  if (encoding_asked != NULL && strcmp(encoding_asked, encoding_name(out->input)) != 0) {
    return complain(STATUS_USAGE, "--encoding must be npy or json, got '%s'", encoding_asked);
  }
  return 0;
}

static int parse_outputs(const char *const *values, audit_settings *out)
{
  const char *files[] = {values[REPORT], values[JSON], values[JUNIT]};
  out->state = values[STATE] != NULL ? values[STATE] : "certigar-audit";
  out->resume = values[RESUME] != NULL;
  out->report = values[REPORT];
  out->json = values[JSON];
  out->junit = values[JUNIT];
  if (out->state[0] == '\0') return complain(STATUS_USAGE, "--state must be a directory, got ''");
  for (size_t i = 0; i < 3; i++) {
    if (files[i] != NULL && strcmp(files[i], "-") == 0)
      return complain(STATUS_USAGE, "an audit prints its own summary to standard output; give --report, --json and --junit files");
  }
  return 0;
}

int audit_settings_parse(int argc, char **argv, audit_settings *out)
{
  const char *values[COUNT];
  option_list list;
  size_t operands;
  memset(out, 0, sizeof *out);
  out->parameters.median = CERTIGAR_MIDPOINT;
  parameters_default(&out->parameters);
  int status = options_parse(argc, argv, "audit", specs, COUNT, values, &list, &operands);
  if (status != 0) return status;
  out->help = values[HELP] != NULL || values[HELP_LETTER] != NULL;
  if (out->help) return 0;
  if (operands == 0) return complain(STATUS_USAGE, "audit needs a program to run: certigar audit [OPTION...] -- PROGRAM ARGS...");
  if ((status = parse_rules(&list, out)) != 0) return status;
  if ((status = parse_parameters(values, &list, out)) != 0) return status;
  if ((status = parse_numbers(values, out)) != 0) return status;
  if ((status = parse_names(values, out)) != 0) return status;
  if ((status = parse_outputs(values, out)) != 0) return status;
  argv[operands] = NULL;
  out->program = argv;
  return 0;
}
