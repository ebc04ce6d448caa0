#include "picture_name.h"

#include "report.h"

#include <string.h>

int picture_name_check(const char *option, const char *path)
{
  size_t length = strlen(path);
  if (length >= 4 && strcmp(path + length - 4, ".svg") == 0) return 0;
  return complain(STATUS_USAGE, "%s must be a file that ends in .svg, as pictures are SVG, got '%s'", option, path);
}
