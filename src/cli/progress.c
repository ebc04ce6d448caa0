#include "progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { WIDTH = 40 };

static double now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void progress_start(progress *bar)
{
  bar->started = now();
  bar->drawn = bar->started;
  bar->on_terminal = isatty(STDERR_FILENO);
  bar->shown = 0;
}

int progress_step(void *context, size_t done, size_t total)
{
  progress *bar = context;
  double time = bar->on_terminal ? now() : 0;
  if (!bar->on_terminal || total == 0 || time - bar->started < 1 || time - bar->drawn < 0.1) return 0;
  bar->drawn = time;
  bar->shown = 1;
  double part = (double)done / (double)total;
  int filled = (int)(part * WIDTH);
  fprintf(stderr, "\r[%.*s%*s] %3d %%", filled, "########################################", WIDTH - filled, "", (int)(100 * part));
  if (part > 0) fprintf(stderr, "  %.0f s left ", (time - bar->started) * (1 - part) / part);
  fflush(stderr);
  return 0;
}

void progress_end(progress *bar)
{
  if (bar->shown) fputs("\r\033[K", stderr);
  bar->shown = 0;
}
