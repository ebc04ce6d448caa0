/* The subcommands. Each takes the arguments after its name and returns the exit status. */
#ifndef CERTIGAR_CLI_COMMANDS_H
#define CERTIGAR_CLI_COMMANDS_H

int command_aggregate(int argc, char **argv);
int command_check(int argc, char **argv);
int command_identify(int argc, char **argv);
int command_vectors(int argc, char **argv);
int command_attack(int argc, char **argv);
int command_train(int argc, char **argv);
int command_plot(int argc, char **argv);
int command_reproduce(int argc, char **argv);
int command_info(int argc, char **argv);
int command_audit(int argc, char **argv);

/* The help of a topic (a subcommand), or of the program for NULL, to standard output. */
int command_help(const char *topic);

/* Replays the known answers; prints one line per instruction-set level and "N passed, M failed". */
int self_test(void);

#endif
