/* A program that we talk to over its standard streams, without trusting it: it may hang, crash, answer before it was asked, fork, close its streams.
 *
 * Its streams are pipes, ours not blocking, polled together, so neither side waits for the other's full pipe. It has a process group of its own, and
 * what leaves that group becomes our child when its parent dies (a subreaper adopts orphans): all of it is killed at the end.
 */
#ifndef CERTIGAR_AUDIT_PROCESS_H
#define CERTIGAR_AUDIT_PROCESS_H

#include "certigar.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { PROCESS_TAIL_MAX = 2000 };

typedef struct process {
  pid_t pid; /* 0: not running */
  int input, output, errors; /* our ends; -1: closed */
  int ended, killed, status; /* whether it ended, by a signal, and its number or the exit status */
  const unsigned char *to_write;
  size_t left_to_write;
  unsigned char *read;
  size_t read_size, read_room;
  char tail[PROCESS_TAIL_MAX]; /* the last bytes of standard error */
  size_t tail_size;
  int64_t start_ms; /* how long the first answer took of the process that took longest, starting included; kept from one process to the next */
} process;

extern const process process_none;

/* Starts program[0], found in PATH. Returns 1, or 0 with the reason. */
int process_start(process *p, char *const *program, certigar_message *message);

/* What is to be written next; the bytes stay the caller's and must be there until they are written. */
void process_write(process *p, const void *bytes, size_t size);

/* Takes bytes as they come, until some came or nothing more will: 1 if something moved, 0 if it ended or closed its output, -1 if the deadline
 * (process_now) passed. At most limit bytes are kept in read; when they are there, no more are taken. */
int process_pump(process *p, size_t limit, int64_t deadline);

/* Forgets the first bytes that were read. */
void process_consume(process *p, size_t size);

/* Waits a moment for the end and says how it ended: "exit status 1", "signal 11 (Segmentation fault)", "closed its output". */
void process_explain_end(process *p, char *text, size_t size);

/* Kills it and all that it started; frees. */
void process_stop(process *p);

/* The same, after it was given a second to end by itself when its input ended. */
void process_finish(process *p);

/* For signal handlers: kills the group of the running process, if there is one. */
void process_kill_running(void);

/* Milliseconds of a clock that only goes forward. */
int64_t process_now(void);

#endif
