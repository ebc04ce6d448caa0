/* What can be refused, and how it is said. */
#include "plan.h"

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

/* The rules of Krum's family. */
static certigar_status check_krum(const char *name, certigar_rule rule, size_t n, const certigar_options *options, certigar_message *message)
{
  size_t f = options->f, m = options->m;
  if (n < 3) return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: n = %zu rows, but n >= 2f+3 is needed: at least 3", name, n);
  if (f > (n - 3) / 2)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: f = %zu with n = %zu rows, but n >= 2f+3 is needed: f must be 0 to %zu", name, f,
                           n, (n - 3) / 2);
  if (rule == CERTIGAR_MULTI_KRUM && m > n - f - 2)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: m = %zu with n = %zu rows and f = %zu, must be 1 to n-f-2 = %zu", name, m, n, f,
                           n - f - 2);
  return CERTIGAR_OK;
}

certigar_status certigar_check(certigar_rule rule, certigar_dtype dtype, size_t n, const certigar_options *options, certigar_message *message)
{
  const char *name = certigar_rule_name(rule);
  if (!name) return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "rule is %d, which is no rule", (int)rule);
  if (dtype != CERTIGAR_FLOAT32 && dtype != CERTIGAR_FLOAT64)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: dtype is %d, must be float32 or float64", name, (int)dtype);
  if (n < 1 || n > CERTIGAR_ROWS_MAX)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: n = %zu rows, must be 1 to %d", name, n, CERTIGAR_ROWS_MAX);
  if (rule == CERTIGAR_KRUM || rule == CERTIGAR_MULTI_KRUM) {
    certigar_status status = check_krum(name, rule, n, options, message);
    if (status != CERTIGAR_OK) return status;
  } else if (options->f > (n - 1) / 2)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: f = %zu with n = %zu rows, but n > 2f is needed: f must be 0 to %zu", name, options->f, n,
                  (n - 1) / 2);
  if (options->median != CERTIGAR_MIDPOINT && options->median != CERTIGAR_LOWER && options->median != CERTIGAR_UPPER)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "%s: median kind is %d, must be midpoint, lower or upper", name, (int)options->median);
  if (options->threads < 1 || options->threads > THREADS_MAX)
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "threads = %zu, must be 1 to %d", options->threads, THREADS_MAX);
  if (!certigar_kernels_of(dtype, options->level))
    return certigar_refuse(message, CERTIGAR_BAD_PARAMETER, "level is %d, must be best, baseline, x86-64-v3 or x86-64-v4, as far as this processor and build have it",
                  (int)options->level);
  return CERTIGAR_OK;
}
