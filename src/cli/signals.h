/* What happens when the program is interrupted: temporaries are removed, a program under audit is killed, and it dies of the signal; the old output
 * files stay. */
#ifndef CERTIGAR_CLI_SIGNALS_H
#define CERTIGAR_CLI_SIGNALS_H

void signals_install(void);

#endif
