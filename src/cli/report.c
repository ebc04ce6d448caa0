#include "report.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int complain(int status, const char *format, ...)
{
  char line[8192]; /* two paths of PATH_MAX would be cut, no one path is */
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  for (char *c = line; *c != '\0'; c++) {
    if ((unsigned char)*c < 0x20 || *c == 0x7f) *c = '?';
  }
  fprintf(stderr, "certigar: %s\n", line);
  return status;
}

int end_of_output(void)
{
  errno = 0;
  int failed = ferror(stdout);
  if (fflush(stdout) == 0 && !failed) return STATUS_DONE;
  return complain(STATUS_OUTPUT, "standard output: cannot be written%s%s", errno != 0 ? ": " : "", errno != 0 ? strerror(errno) : "");
}
