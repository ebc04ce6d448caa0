/* The certigar program: finds the subcommand. */
#include "certigar.h"
#include "commands.h"
#include "identity.h"
#include "report.h"
#include "signals.h"
#include "suggest.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A closed standard stream would be reused by the next file opened, and then written to. Opened the wrong way round, it fails instead. */
static void occupy_standard_streams(void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
    if (fcntl(fd, F_GETFD) >= 0) continue;
    if (open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd) _exit(STATUS_OUTPUT);
  }
}

static int unknown_command(const char *typed)
{
  static const char *const names[] = {"aggregate", "check", "identify", "audit", "vectors", "attack", "train", "plot", "reproduce", "info", "help",
                                      "--help", "--version"};
  const char *meant = suggest(typed, names, sizeof names / sizeof *names);
  const char *kind = typed[0] == '-' ? "option" : "command";
  if (meant != NULL) return complain(STATUS_USAGE, "unknown %s '%s'; did you mean '%s'?", kind, typed, meant);
  return complain(STATUS_USAGE, "unknown %s '%s'; the commands are aggregate, check, identify, audit, vectors, attack, train, plot, reproduce, info and help", kind, typed);
}

int main(int argc, char **argv)
{
  occupy_standard_streams();
  signals_install();
  if (argc < 2) return complain(STATUS_USAGE, "no command; 'certigar --help' lists them");
  const char *command = argv[1];
  if (strcmp(command, "aggregate") == 0) return command_aggregate(argc - 2, argv + 2);
  if (strcmp(command, "check") == 0) return command_check(argc - 2, argv + 2);
  if (strcmp(command, "attack") == 0) return command_attack(argc - 2, argv + 2);
  if (strcmp(command, "plot") == 0) return command_plot(argc - 2, argv + 2);
  if (strcmp(command, "reproduce") == 0) return command_reproduce(argc - 2, argv + 2);
  if (strcmp(command, "train") == 0) return command_train(argc - 2, argv + 2);
  if (strcmp(command, "identify") == 0) return command_identify(argc - 2, argv + 2);
  if (strcmp(command, "audit") == 0) return command_audit(argc - 2, argv + 2);
  if (strcmp(command, "vectors") == 0) return command_vectors(argc - 2, argv + 2);
  if (strcmp(command, "info") == 0) return command_info(argc - 2, argv + 2);
  int is_help = strcmp(command, "help") == 0 || strcmp(command, "--help") == 0 || strcmp(command, "-h") == 0;
  int is_version = strcmp(command, "--version") == 0;
  if (!is_help && !is_version) return unknown_command(command);
  int arguments_max = strcmp(command, "help") == 0 ? 3 : 2;
  if (argc > arguments_max) return complain(STATUS_USAGE, "unexpected argument '%s' after '%s'", argv[arguments_max], argv[arguments_max - 1]);
  if (is_help) return command_help(argc == 3 ? argv[2] : NULL);
  printf("certigar %s (commit %s)\n", CERTIGAR_VERSION, CERTIGAR_COMMIT);
  return end_of_output();
}
