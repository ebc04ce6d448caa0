/* certigar info: what this build is, and whether it gives the known answers on this machine. */
#include "certigar.h"
#include "commands.h"
#include "identity.h"
#include "options.h"
#include "report.h"

#include <stdio.h>

#if defined __has_include
#if __has_include("proofs_summary.h")
#include "proofs_summary.h"
#endif
#endif
#ifndef CERTIGAR_PROOFS_SUMMARY
#define CERTIGAR_PROOFS_SUMMARY "unknown: this build was made without a proof report"
#endif

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
  printf("proved           %s\n", CERTIGAR_PROOFS_SUMMARY);
  return end_of_output();
}

int command_info(int argc, char **argv)
{
  enum { SELF_TEST, HELP, HELP_LETTER, COUNT };
  static const option_spec specs[COUNT] = {[SELF_TEST] = {"--self-test", NULL, 0}, [HELP] = {"--help", NULL, 0}, [HELP_LETTER] = {"-h", NULL, 0}};
  const char *values[COUNT];
  size_t operands;
  int status = options_parse(argc, argv, "info", specs, COUNT, values, NULL, &operands);
  if (status != 0) return status;
  if (values[HELP] != NULL || values[HELP_LETTER] != NULL) return command_help("info");
  if (operands > 0) return complain(STATUS_USAGE, "info takes no operand, got '%s'", argv[0]);
  return values[SELF_TEST] != NULL ? self_test() : print_info();
}
