#include "process.h"

#include "message.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TICK_MS = 100, END_MS = 1000, READ_SIZE = 65536, ORPHANS_MAX = 10000 };

const process process_none = {.input = -1, .output = -1, .errors = -1};

/* The group that a signal handler has to kill. */
static volatile sig_atomic_t running;

int64_t process_now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void process_kill_running(void)
{
  if (running > 0) kill(-(pid_t)running, SIGKILL);
}

static void close_end(int *fd)
{
  if (*fd >= 0) close(*fd);
  *fd = -1;
}

/* ---- starting ---- */

/* In the child, after fork: only what is safe there. Its death follows ours, even from SIGKILL. */
static void become(char *const *program, const int ends[3], int failure, pid_t parent)
{
  static const int ours[] = {SIGPIPE, SIGXFSZ, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXCPU, SIGBUS};
  sigset_t none;
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(127);
  for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) signal(ours[i], SIG_DFL);
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  for (int fd = 0; fd < 3; fd++) dup2(ends[fd], fd);
  execvp(program[0], program);
  int error = errno;
  ssize_t told = write(failure, &error, sizeof error);
  (void)told; /* the parent sees a program that ended */
  _exit(127);
}

/* ends[i]: the child's, ours[i]: ours, none of them one of the standard three, which main occupies. */
static int make_pipes(int ends[3], int ours[3], int failure[2])
{
  int made[2];
  for (int i = 0; i < 3; i++) {
    if (pipe2(made, O_CLOEXEC) != 0) return 0;
    ends[i] = made[i != 0];
    ours[i] = made[i == 0];
    fcntl(ours[i], F_SETFL, O_NONBLOCK);
  }
  return pipe2(failure, O_CLOEXEC) == 0;
}

static int failed(certigar_message *message, const char *what, int error)
{
  message_set_error(message, what, error);
  return 0;
}

int process_start(process *p, char *const *program, certigar_message *message)
{
  int ends[3] = {-1, -1, -1}, ours[3] = {-1, -1, -1}, failure[2] = {-1, -1}, error = 0;
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  int good = make_pipes(ends, ours, failure);
  pid_t parent = getpid(), pid = good ? fork() : -1;
  if (!good || pid < 0) error = errno;
  if (pid == 0) become(program, ends, failure[1], parent);
  for (int i = 0; i < 3; i++) close_end(&ends[i]);
  close_end(&failure[1]);
  p->input = ours[0];
  p->output = ours[1];
  p->errors = ours[2];
  if (pid > 0) {
    setpgid(pid, pid); /* as the child does: whoever comes first */
    p->pid = pid;
    running = pid;
    ssize_t told;
    do told = read(failure[0], &error, sizeof error);
    while (told < 0 && errno == EINTR);
    if (told != (ssize_t)sizeof error) error = 0;
  }
  close_end(&failure[0]);
  if (error == 0) return 1;
  process_stop(p);
  return failed(message, "cannot be started", error);
}

/* ---- talking ---- */

void process_write(process *p, const void *bytes, size_t size)
{
  p->to_write = bytes;
  p->left_to_write = size;
  p->tail_size = 0;
}

/* What is not taken any more is the program's affair until it does not answer. */
static int write_some(process *p)
{
  ssize_t done = write(p->input, p->to_write, p->left_to_write);
  if (done < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
  if (done < 0) {
    close_end(&p->input);
    p->left_to_write = 0;
    return 1;
  }
  p->to_write += done;
  p->left_to_write -= (size_t)done;
  return 1;
}

static int make_room(process *p, size_t limit)
{
  size_t room = p->read_room == 0 ? READ_SIZE : 2 * p->read_room;
  if (p->read_size < p->read_room) return 1;
  if (room > limit) room = limit;
  unsigned char *bytes = realloc(p->read, room);
  if (bytes == NULL) return 0;
  p->read = bytes;
  p->read_room = room;
  return 1;
}

static int read_some(process *p, size_t limit)
{
  if (!make_room(p, limit)) {
    close_end(&p->output);
    return 1;
  }
  size_t room = p->read_room < limit ? p->read_room : limit;
  ssize_t done = read(p->output, p->read + p->read_size, room - p->read_size);
  if (done < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
  if (done <= 0) close_end(&p->output);
  else p->read_size += (size_t)done;
  return 1;
}

static void keep_tail(process *p, const char *bytes, size_t size)
{
  if (size > PROCESS_TAIL_MAX) {
    bytes += size - PROCESS_TAIL_MAX;
    size = PROCESS_TAIL_MAX;
  }
  size_t kept = p->tail_size + size > PROCESS_TAIL_MAX ? PROCESS_TAIL_MAX - size : p->tail_size;
  memmove(p->tail, p->tail + (p->tail_size - kept), kept);
  memcpy(p->tail + kept, bytes, size);
  p->tail_size = kept + size;
}

static void read_errors(process *p)
{
  char bytes[4096];
  ssize_t done = read(p->errors, bytes, sizeof bytes);
  if (done > 0) keep_tail(p, bytes, (size_t)done);
  else if (done == 0 || (errno != EAGAIN && errno != EINTR)) close_end(&p->errors);
}

/* A grandchild may hold the pipe open when the program is gone. The program is not waited for yet: its number stays that of its group. */
static int has_ended(process *p)
{
  siginfo_t info = {.si_pid = 0};
  if (p->ended || p->pid <= 0 || waitid(P_PID, (id_t)p->pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0) return p->ended;
  p->ended = info.si_pid == p->pid;
  p->killed = info.si_code != CLD_EXITED;
  p->status = info.si_status;
  return p->ended;
}

int process_pump(process *p, size_t limit, int64_t deadline)
{
  for (;;) {
    int64_t left = deadline - process_now();
    int full = p->read_size >= limit, was_ended = has_ended(p);
    if (p->output < 0 || (full && p->left_to_write == 0)) return 0;
    if (left < 0) return -1;
    struct pollfd fds[3] = {{.fd = p->left_to_write > 0 ? p->input : -1, .events = POLLOUT},
                            {.fd = full ? -1 : p->output, .events = POLLIN},
                            {.fd = p->errors, .events = POLLIN}};
    int ready = poll(fds, 3, left < TICK_MS ? (int)left : TICK_MS);
    if (ready < 0 && errno != EINTR) return 0;
    if (ready <= 0 && was_ended) return 0;
    if (ready <= 0) continue;
    if (fds[2].revents != 0) read_errors(p);
    int moved = fds[0].revents != 0 && write_some(p);
    if (fds[1].revents != 0) moved |= read_some(p, limit);
    if (moved) return p->output >= 0;
  }
}

void process_consume(process *p, size_t size)
{
  memmove(p->read, p->read + size, p->read_size - size);
  p->read_size -= size;
}

/* ---- the end ---- */

static void wait_for_end(process *p)
{
  for (int64_t deadline = process_now() + END_MS; !has_ended(p) && process_now() < deadline;) {
    struct pollfd errors = {.fd = p->errors, .events = POLLIN};
    if (poll(&errors, 1, 10) > 0) read_errors(p);
  }
}

void process_explain_end(process *p, char *text, size_t size)
{
  wait_for_end(p);
  for (int more = 1; more && p->errors >= 0;) {
    struct pollfd errors = {.fd = p->errors, .events = POLLIN};
    more = poll(&errors, 1, 0) > 0;
    if (more) read_errors(p);
  }
  if (!p->ended) snprintf(text, size, "it closed its output");
  else if (p->killed) snprintf(text, size, "it ended by signal %d (%s)", p->status, strsignal(p->status));
  else snprintf(text, size, "it ended with exit status %d", p->status);
}

/* Those that left the group: orphans are our children now. Each that is killed may leave more. */
static void kill_orphans(void)
{
  for (int count = 0; count < ORPHANS_MAX; count++) {
    long child = 0;
    char path[64];
    snprintf(path, sizeof path, "/proc/self/task/%ld/children", (long)getpid());
    FILE *file = fopen(path, "re");
    if (file == NULL) return;
    int found = fscanf(file, "%ld", &child);
    fclose(file);
    if (found != 1 || child <= 0) return;
    kill((pid_t)child, SIGKILL);
    waitpid((pid_t)child, NULL, 0);
  }
}

void process_stop(process *p)
{
  close_end(&p->input);
  close_end(&p->output);
  close_end(&p->errors);
  if (p->pid > 0) {
    kill(-p->pid, SIGKILL);
    while (waitpid(p->pid, NULL, 0) < 0 && errno == EINTR) continue;
    running = 0;
    kill_orphans();
  }
  free(p->read);
  int64_t start_ms = p->start_ms;
  *p = process_none;
  p->start_ms = start_ms;
}

void process_finish(process *p)
{
  close_end(&p->input);
  if (p->pid > 0) wait_for_end(p);
  process_stop(p);
}
