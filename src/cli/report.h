/* How the program speaks to its user: one line per error on standard error, and an exit status that says what kind it is. */
#ifndef CERTIGAR_CLI_REPORT_H
#define CERTIGAR_CLI_REPORT_H

/* 1 is for verdicts: a failed self-test, a candidate that is refuted. 4 is also for a rule that has no value. */
enum { STATUS_DONE = 0, STATUS_VERDICT = 1, STATUS_USAGE = 2, STATUS_INPUT = 3, STATUS_NOT_FINITE = 4, STATUS_OUTPUT = 5 };

/* Prints "certigar: ..." as one line, whatever bytes the arguments hold, and returns status. */
int complain(int status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Ends what was printed to standard output: STATUS_DONE if all of it was taken, else complains and returns STATUS_OUTPUT. */
int end_of_output(void);

#endif
