#include "signals.h"

#include "audit/process.h"
#include "output.h"
#include "report.h"

#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

/* SA_RESETHAND has restored the default by now, so the signal raised here, blocked until the handler returns, ends the program. */
static void die_of_signal(int signal_number)
{
  output_remove_temporaries();
  process_kill_running();
  raise(signal_number);
}

/* A mapped file that shrank, or whose disk failed, under our hands: an error of that file, not of the program. Several threads may meet it at
 * once; the first one explains and ends them all. */
static void explain_bus_error(int signal_number, siginfo_t *info, void *context)
{
  static const char input_lost[] = "certigar: the input file became shorter, or unreadable, while it was read\n";
  static const char output_lost[] = "certigar: the output file could not be written\n";
  static atomic_flag taken = ATOMIC_FLAG_INIT;
  (void)context;
  while (atomic_flag_test_and_set(&taken)) pause();
  output_remove_temporaries();
  if (info->si_code == BUS_ADRALN) {
    signal(signal_number, SIG_DFL);
    raise(signal_number);
    return;
  }
  int is_output = output_is_mapped_at(info->si_addr);
  ssize_t written = write(STDERR_FILENO, is_output ? output_lost : input_lost, is_output ? sizeof output_lost - 1 : sizeof input_lost - 1);
  (void)written; /* nobody is left to tell */
  _exit(is_output ? STATUS_OUTPUT : STATUS_INPUT);
}

void signals_install(void)
{
  static const int deadly[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXCPU};
  struct sigaction action, old;
  memset(&action, 0, sizeof action);
  action.sa_handler = die_of_signal;
  action.sa_flags = (int)SA_RESETHAND;
  sigfillset(&action.sa_mask);
  for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) {
    /* nohup and background jobs start with signals ignored, and it is meant so */
    if (sigaction(deadly[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN) sigaction(deadly[i], &action, NULL);
  }
  action.sa_handler = NULL;
  action.sa_sigaction = explain_bus_error;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGBUS, &action, NULL);
  /* a closed pipe and a file size limit become write errors */
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
}
