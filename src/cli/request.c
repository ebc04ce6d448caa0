#include "request.h"

#include "certificate.h"
#include "options.h"
#include "parameters.h"
#include "report.h"
#include "rule_name.h"

#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { THREADS_MAX = 1024, WORD_MAX = 64 };

/* The last ones are not for all. */
enum { F, M, MEDIAN, PARAM, PRE, THREADS, LEVEL, JSON, HELP, HELP_LETTER, COMMON_COUNT, OUTPUT = COMMON_COUNT, PROFILE, COUNT };

static const option_spec specs[COUNT] = {
    [F] = {"-f", "F", 0},
    [M] = {"-m", "M", 0},
    [MEDIAN] = {"--median", "midpoint|lower|upper", 0},
    [PARAM] = {"--param", "KEY=VALUE", 1},
    [PRE] = {"--pre", "nnm|bucketing:s=S[,seed=X]|clip:tau=T|arc", 1},
    [THREADS] = {"--threads", "T", 0},
    [LEVEL] = {"--level", "baseline|x86-64-v3|x86-64-v4", 0},
    [JSON] = {"--json", "FILE", 0},
    [HELP] = {"--help", NULL, 0},
    [HELP_LETTER] = {"-h", NULL, 0},
    [OUTPUT] = {"-o", "OUT.npy", 0},
    [PROFILE] = {"--profile", "NAME", 0},
};

/* The processors that this process may use, which taskset or a container may have restricted. */
static size_t count_cores(void)
{
  cpu_set_t set;
  long count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : sysconf(_SC_NPROCESSORS_ONLN);
  return count < 1 ? 1 : count > THREADS_MAX ? THREADS_MAX : (size_t)count;
}

static int parse_median(const char *value, request *out)
{
  if (value == NULL) return 0;
  if (out->rule != CERTIGAR_MEDIAN) {
    return complain(STATUS_USAGE, "--median applies to the rule median only, not to %s", certigar_rule_name(out->rule));
  }
  for (certigar_median_kind kind = CERTIGAR_MIDPOINT; kind <= CERTIGAR_UPPER; kind++) {
    if (strcmp(value, certificate_median_name(kind)) != 0) continue;
    out->median = kind;
    return 0;
  }
  return complain(STATUS_USAGE, "--median must be midpoint, lower or upper, got '%s'", value);
}

static int parse_profile(const char *value, request *out)
{
  char names[256] = "";
  size_t length = 0;
  if (value == NULL || certigar_profile_from_name(value, &out->profile)) return 0;
  for (int p = 0; certigar_profile_name((certigar_profile)p) != NULL; p++)
    length += (size_t)snprintf(names + length, sizeof names - length, "%s%s", p > 0 ? ", " : "", certigar_profile_name((certigar_profile)p));
  return complain(STATUS_USAGE, "--profile must be one of %s, got '%s'", names, value);
}

static int parse_level(const char *value, request *out)
{
  static const char *const names[] = {
      [CERTIGAR_LEVEL_BASELINE] = "baseline", [CERTIGAR_LEVEL_X86_64_V3] = "x86-64-v3", [CERTIGAR_LEVEL_X86_64_V4] = "x86-64-v4"};
  if (value == NULL) return 0;
  for (certigar_level level = CERTIGAR_LEVEL_BASELINE; level <= CERTIGAR_LEVEL_X86_64_V4; level++) {
    if (strcmp(value, names[level]) != 0) continue;
    if (certigar_level_name(level) == NULL) {
      return complain(STATUS_USAGE, "--level %s: not on this processor, whose best is %s", value, certigar_level_name(CERTIGAR_LEVEL_BEST));
    }
    out->level = level;
    return 0;
  }
  return complain(STATUS_USAGE, "--level must be baseline, x86-64-v3 or x86-64-v4, got '%s'", value);
}

static int parse_numbers(const char *const *values, request *out)
{
  if (values[F] != NULL && !option_number(values[F], &out->f)) {
    return complain(STATUS_USAGE, "-f must be an integer F >= 0 with %s less than the number of rows, got '%s'",
                    out->rule == CERTIGAR_ZENO ? "F" : "2 F", values[F]);
  }
  if (values[F] != NULL && out->has_b) return complain(STATUS_USAGE, "-f and --param b are the same parameter of zeno; give one of them");
  if (values[M] != NULL) {
    if (out->rule != CERTIGAR_MULTI_KRUM) return complain(STATUS_USAGE, "-m applies to multi-krum only, not to %s", certigar_rule_name(out->rule));
    if (!option_number(values[M], &out->m) || out->m < 1) {
      return complain(STATUS_USAGE, "-m must be an integer from 1 to n-f-2 (of profiles: as they say), got '%s'", values[M]);
    }
  }
  if (values[THREADS] == NULL) {
    out->threads = count_cores();
  } else if (!option_number(values[THREADS], &out->threads) || out->threads < 1 || out->threads > THREADS_MAX) {
    return complain(STATUS_USAGE, "--threads must be an integer from 1 to %d, got '%s'", THREADS_MAX, values[THREADS]);
  }
  return 0;
}

static int parse_outputs(const char *const *values, request *out)
{
  out->npy = values[OUTPUT] == NULL && values[JSON] == NULL ? "-" : values[OUTPUT];
  int npy_to_stdout = out->npy != NULL && strcmp(out->npy, "-") == 0;
  if (npy_to_stdout && out->json != NULL && strcmp(out->json, "-") == 0) {
    return complain(STATUS_USAGE, "-o - and --json -: only one of them can go to standard output");
  }
  if (npy_to_stdout && isatty(STDOUT_FILENO)) {
    return complain(STATUS_USAGE, "standard output is a terminal; give -o OUT.npy or --json FILE, or redirect it");
  }
  return 0;
}

static int parse_seed(const char *text, pre_request *pre)
{
  size_t seed;
  if (!option_number(text, &seed)) return 0;
  pre->seed = seed;
  pre->has_seed = 1;
  return 1;
}

static int parse_bucketing(const char *text, pre_request *pre)
{
  char key[WORD_MAX], value[WORD_MAX];
  for (const char *rest = text; *rest != '\0';) {
    rest = option_pair(rest, key, value, WORD_MAX);
    int good = rest != NULL && ((strcmp(key, "s") == 0 && option_number(value, &pre->s)) || (strcmp(key, "seed") == 0 && parse_seed(value, pre)));
    if (!good) return complain(STATUS_USAGE, "--pre bucketing takes s=S and seed=X, integers, joined by a comma, got '%s'", pre->text);
  }
  return 0;
}

static int parse_clip(const char *text, pre_request *pre)
{
  if (strncmp(text, "tau=", 4) == 0 && parameters_number(text + 4, pre->tau)) return 0;
  return complain(STATUS_USAGE, "--pre clip takes tau=T, which must be a number such as 0.1, 1/3 or 1e-9, greater than 0, got '%s'", pre->text);
}

static int parse_pre(const char *text, request *out)
{
  if (out->pre_count == PRE_MAX) return complain(STATUS_USAGE, "--pre is given more than %d times", PRE_MAX);
  pre_request *pre = &out->pre[out->pre_count++];
  *pre = (pre_request){.text = text, .kind = PRE_NNM};
  if (strcmp(text, "nnm") == 0) return 0;
  pre->kind = PRE_ARC;
  if (strcmp(text, "arc") == 0) return 0;
  pre->kind = PRE_BUCKETING;
  if (strncmp(text, "bucketing:", 10) == 0) return parse_bucketing(text + 10, pre);
  pre->kind = PRE_CLIP;
  if (strncmp(text, "clip:", 5) == 0) return parse_clip(text + 5, pre);
  return complain(STATUS_USAGE, "--pre must be nnm, bucketing:s=S or bucketing:s=S,seed=X, clip:tau=T, or arc, got '%s'", text);
}

static int parse_repeated(const option_list *list, request *out)
{
  int status = 0;
  for (size_t i = 0; status == 0 && i < list->count; i++)
    status = list->which[i] == PARAM ? parameters_parse(list->values[i], out) : parse_pre(list->values[i], out);
  return status;
}

static const char *const commands[] = {[REQUEST_AGGREGATE] = "aggregate", [REQUEST_CHECK] = "check", [REQUEST_IDENTIFY] = "identify"};

static int parse_operands(request_kind kind, size_t operands, char **argv, request *out)
{
  const char *command = commands[kind];
  int judges = kind != REQUEST_AGGREGATE;
  size_t wanted = judges ? 3 : 2;
  char what[64];
  int status;
  snprintf(what, sizeof what, judges ? "%s needs a rule, an input and a candidate" : "%s needs a rule and an input", command);
  if (operands == 0) return rule_name_missing(what);
  if ((status = rule_name_parse(argv[0], &out->rule)) != 0) return status;
  if (operands < 2) return complain(STATUS_USAGE, "%s needs an input file after the rule; - is standard input", command);
  if (operands < wanted) return complain(STATUS_USAGE, "%s needs a candidate file after the input; - is standard input", command);
  if (operands > wanted) {
    return complain(STATUS_USAGE, "unexpected operand '%s'; %s takes a rule and %s", argv[wanted], command,
                    judges ? "two files, input and candidate" : "one input file");
  }
  out->input = argv[1];
  out->candidate = judges ? argv[2] : NULL;
  if (judges && strcmp(out->input, "-") == 0 && strcmp(out->candidate, "-") == 0) {
    return complain(STATUS_USAGE, "input and candidate: only one of them can be standard input");
  }
  return 0;
}

int request_parse(request_kind kind, int argc, char **argv, request *out)
{
  const char *values[COUNT] = {NULL};
  option_list list;
  size_t operands;
  memset(out, 0, sizeof *out);
  out->median = CERTIGAR_MIDPOINT;
  out->level = CERTIGAR_LEVEL_BEST;
  parameters_default(out);
  int status = options_parse(argc, argv, commands[kind], specs, kind == REQUEST_AGGREGATE ? COUNT : COMMON_COUNT, values, &list, &operands);
  if (status != 0) return status;
  out->help = values[HELP] != NULL || values[HELP_LETTER] != NULL;
  if (out->help) return 0;
  if ((status = parse_operands(kind, operands, argv, out)) != 0) return status;
  if ((status = parse_median(values[MEDIAN], out)) != 0) return status;
  if ((status = parse_repeated(&list, out)) != 0) return status;
  if ((status = parameters_complete(out)) != 0) return status;
  if ((status = parse_level(values[LEVEL], out)) != 0) return status;
  if ((status = parse_profile(values[PROFILE], out)) != 0) return status;
  if ((status = parse_numbers(values, out)) != 0) return status;
  out->json = values[JSON];
  return kind != REQUEST_AGGREGATE ? 0 : parse_outputs(values, out);
}

int request_parse_rule(const rule_words *words, request *out)
{
  const char *values[COUNT] = {[F] = words->f, [M] = words->m, [THREADS] = words->threads};
  memset(out, 0, sizeof *out);
  out->median = CERTIGAR_MIDPOINT;
  out->level = CERTIGAR_LEVEL_BEST;
  parameters_default(out);
  int status = rule_name_parse(words->rule, &out->rule);
  if (status == 0) status = parse_median(words->median, out);
  for (size_t i = 0; status == 0 && i < words->param_count; i++) status = parameters_parse(words->params[i], out);
  for (size_t i = 0; status == 0 && i < words->pre_count; i++) status = parse_pre(words->pres[i], out);
  return status == 0 ? parse_numbers(values, out) : status;
}
