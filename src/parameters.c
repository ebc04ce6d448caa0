/* What can be refused, and how it is said. */
#include "profile/profile.h"

#include <stdarg.h>
#include <stdio.h>

certigar_status certigar_refuse(certigar_message *message, certigar_status status, const char *format, ...)
{
  if (message) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message->text, sizeof message->text, format, arguments);
    va_end(arguments);
  }
  return status;
}

/* The rules by how many rows they need: a f + b. */
typedef struct need {
  size_t a, b;
} need;

static need need_of(certigar_rule rule)
{
  switch (rule) {
    case CERTIGAR_KRUM:
    case CERTIGAR_MULTI_KRUM: return (need){2, 3};
    case CERTIGAR_BULYAN:
    case CERTIGAR_MULTI_BULYAN: return (need){4, 3};
    case CERTIGAR_ZENO: return (need){1, 1};
    default: return (need){2, 1};
  }
}

/* "n > 2f", "n >= 4f+3". */
static void write_condition(char *text, size_t size, size_t per_f, size_t more)
{
  char f[24] = "f", rest[24] = "";
  if (per_f > 1) snprintf(f, sizeof f, "%zuf", per_f);
  if (more > 1) snprintf(rest, sizeof rest, "+%zu", more);
  snprintf(text, size, more == 1 ? "n > %s%s" : "n >= %s%s", f, rest);
}

certigar_status certigar_check_rows(const char *name, size_t per_f, size_t more, size_t n, size_t f, certigar_message *message)
{
  char condition[64];
  if (per_f == 0) return CERTIGAR_OK;
  write_condition(condition, sizeof condition, per_f, more);
  if (n < more)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: n = %zu rows, but %s is needed: at least %zu", name, n, condition, more);
  if (f > (n - more) / per_f)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: f = %zu with n = %zu rows, but %s is needed: f must be 0 to %zu", name, f, n,
                           condition, (n - more) / per_f);
  return CERTIGAR_OK;
}

const char *certigar_stage_name(const certigar_stage *stage)
{
  static const char *const names[] = {[STAGE_NNM] = "nnm", [STAGE_BUCKETING] = "bucketing", [STAGE_CLIP] = "clip", [STAGE_ARC] = "arc"};
  return names[stage->kind];
}

certigar_status certigar_check_stage(const certigar_stage *stage, size_t n, certigar_message *message)
{
  if (stage->kind == STAGE_CLIP && (certigar_rational_sign(&stage->tau) <= 0 || certigar_rational_is_infinite(&stage->tau)))
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "clip: tau = %s, must be a number > 0", stage->tau.text);
  if (stage->kind == STAGE_BUCKETING && (stage->s < 1 || stage->s > n))
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "bucketing: s = %zu with n = %zu rows, must be 1 to %zu", stage->s, n, n);
  return CERTIGAR_OK;
}

/* Those of spec/rules.md. */
static certigar_status check_stage(const certigar_stage *stage, size_t n, size_t f, certigar_message *message)
{
  if (stage->kind == STAGE_NNM || stage->kind == STAGE_ARC) return certigar_check_rows(certigar_stage_name(stage), 2, 1, n, f, message);
  return certigar_check_stage(stage, n, message);
}

/* The parameters of rules that score otherwise, or compute with real numbers. */
certigar_status certigar_check_reals(certigar_rule rule, const certigar_options *options, certigar_message *message)
{
  const certigar_rational *beta = &options->beta, *tau = &options->tau, *rho = &options->rho, *tolerance = &options->tolerance;
  switch (rule) {
    case CERTIGAR_BRSGD:
      if (certigar_rational_sign(beta) <= 0 || certigar_rational_is_above_half(beta))
        return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "brsgd: beta = %s, must be > 0 and <= 1/2", beta->text);
      if (certigar_rational_sign(&options->threshold) <= 0)
        return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "brsgd: threshold = %s, must be > 0", options->threshold.text);
      return CERTIGAR_OK;
    case CERTIGAR_ZENO:
      if (!options->scores && !options->loss) return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "zeno: neither scores nor a loss are given");
      if (options->scores && options->loss) return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "zeno: both scores and a loss are given");
      if (certigar_rational_sign(rho) < 0 || certigar_rational_is_infinite(rho))
        return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "zeno: rho = %s, must be a number >= 0", rho->text);
      return CERTIGAR_OK;
    case CERTIGAR_CENTERED_CLIPPING:
      if (certigar_rational_sign(tau) <= 0 || certigar_rational_is_infinite(tau))
        return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "centered-clipping: tau = %s, must be a number > 0", tau->text);
      if (options->iterations < 1 || options->iterations > CERTIGAR_ITERATIONS_MAX)
        return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "centered-clipping: iterations = %zu, must be 1 to %d", options->iterations,
                               CERTIGAR_ITERATIONS_MAX);
      return CERTIGAR_OK;
    case CERTIGAR_GEOMETRIC_MEDIAN:
      if (tolerance->text[0] && (certigar_rational_sign(tolerance) <= 0 || certigar_rational_is_infinite(tolerance)))
        return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "geometric-median: tolerance = %s, must be a number > 0", tolerance->text);
      return CERTIGAR_OK;
    default: return CERTIGAR_OK;
  }
}

certigar_status certigar_check(certigar_rule rule, certigar_dtype dtype, size_t n, const certigar_options *options, certigar_message *message)
{
  const char *name = certigar_rule_name(rule);
  if (!name) return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "rule is %d, which is no rule", (int)rule);
  if (dtype != CERTIGAR_FLOAT32 && dtype != CERTIGAR_FLOAT64)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: dtype is %d, must be float32 or float64", name, (int)dtype);
  if (n < 1 || n > CERTIGAR_ROWS_MAX)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: n = %zu rows, must be 1 to %d", name, n, CERTIGAR_ROWS_MAX);
  if (options->median != CERTIGAR_MIDPOINT && options->median != CERTIGAR_LOWER && options->median != CERTIGAR_UPPER)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: median kind is %d, must be midpoint, lower or upper", name, (int)options->median);
  if (options->variant != CERTIGAR_ONE_PASS && options->variant != CERTIGAR_ITERATED)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: variant is %d, must be one-pass or iterated", name, (int)options->variant);
  if (options->threads < 1 || options->threads > THREADS_MAX)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "threads = %zu, must be 1 to %d", options->threads, THREADS_MAX);
  if (!certigar_kernels_of(dtype, options->level))
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "level is %d, must be best, baseline, x86-64-v3 or x86-64-v4, as far as this processor and build have it",
                  (int)options->level);
  if (options->profile != CERTIGAR_PAPER) return certigar_profile_check(rule, n, options, message);
  if (options->stage_count > 0) return check_stage(&options->stages[0], n, options->f, message);
  need needed = need_of(rule);
  certigar_status status = certigar_check_rows(name, needed.a, needed.b, n, options->f, message);
  if (status != CERTIGAR_OK) return status;
  if (rule == CERTIGAR_MULTI_KRUM && options->m > n - options->f - 2)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: m = %zu with n = %zu rows and f = %zu, must be 1 to n-f-2 = %zu", name, options->m,
                           n, options->f, n - options->f - 2);
  if (rule == CERTIGAR_MONNA && options->pivot >= n)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: pivot = %zu with n = %zu rows, must be 0 to %zu", name, options->pivot, n, n - 1);
  return certigar_check_reals(rule, options, message);
}
