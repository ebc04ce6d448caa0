/* certigar info: what this build is, whether it gives the known answers on this machine, and what is known of a rule. */
#include "bounds.h"
#include "certigar.h"
#include "commands.h"
#include "identity.h"
#include "options.h"
#include "proofs.h"
#include "report.h"
#include "rule_name.h"

#include <stdio.h>

#if defined __clang__
#define COMPILER "clang " __clang_version__
#elif defined __GNUC__
#define COMPILER "gcc " __VERSION__
#else
#define COMPILER "unknown"
#endif

static int print_info(void)
{
  const char *level = certigar_level_name(CERTIGAR_LEVEL_BEST);
  printf("version          %s\n", CERTIGAR_VERSION);
  printf("commit           %s\n", CERTIGAR_COMMIT);
  printf("compiler         %s\n", COMPILER);
  printf("instruction set  %s\n", level != NULL ? level : "none");
  printf("specification    %s\n", CERTIGAR_SPEC_VERSION);
  printf("proof manifest   %s\n", CERTIGAR_MANIFEST_SHA256);
  printf("to be proved     %s\n", CERTIGAR_PROOFS_SUMMARY);
  return end_of_output();
}

enum { SELF_TEST, BOUNDS, N, F, D, HELP, HELP_LETTER, COUNT };

static const option_spec specs[COUNT] = {
    [SELF_TEST] = {"--self-test", NULL, 0},
    [BOUNDS] = {"--bounds", "RULE", 0},
    [N] = {"-n", "N", 0},
    [F] = {"-f", "F", 0},
    [D] = {"-d", "D", 0},
    [HELP] = {"--help", NULL, 0},
    [HELP_LETTER] = {"-h", NULL, 0},
};

static int print_bounds(const char *const *values)
{
  certigar_rule rule;
  situation s = {.n = 0};
  int status = rule_name_parse(values[BOUNDS], &rule);
  if (status != 0) return status;
  if (values[SELF_TEST] != NULL) return complain(STATUS_USAGE, "--bounds and --self-test: give one of them");
  if (values[N] == NULL) return complain(STATUS_USAGE, "--bounds needs -n N, the number of rows");
  if (!option_number(values[N], &s.n) || s.n < 1 || s.n > CERTIGAR_ROWS_MAX) {
    return complain(STATUS_USAGE, "-n must be an integer from 1 to %d, got '%s'", CERTIGAR_ROWS_MAX, values[N]);
  }
  if (values[F] != NULL && !option_number(values[F], &s.f)) return complain(STATUS_USAGE, "-f must be an integer F >= 0, got '%s'", values[F]);
  if (values[D] != NULL && (!option_number(values[D], &s.d) || s.d < 1)) {
    return complain(STATUS_USAGE, "-d must be an integer D >= 1, got '%s'", values[D]);
  }
  return bounds_print(rule, &s);
}

int command_info(int argc, char **argv)
{
  const char *values[COUNT];
  size_t operands;
  int status = options_parse(argc, argv, "info", specs, COUNT, values, NULL, &operands);
  if (status != 0) return status;
  if (values[HELP] != NULL || values[HELP_LETTER] != NULL) return command_help("info");
  if (operands > 0) return complain(STATUS_USAGE, "info takes no operand, got '%s'", argv[0]);
  if (values[BOUNDS] != NULL) return print_bounds(values);
  for (size_t i = N; i <= D; i++) {
    if (values[i] != NULL) return complain(STATUS_USAGE, "option '%s' goes with --bounds RULE", specs[i].name);
  }
  return values[SELF_TEST] != NULL ? self_test() : print_info();
}
