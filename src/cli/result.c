#include "result.h"

#include "report.h"
#include "setup.h"

#include <stdlib.h>

int complain_output(const char *path, const certigar_message *message)
{
  return complain(STATUS_OUTPUT, "%s: %s", setup_display(path, "standard output"), message->text);
}

int result_open(output *out, const char *path)
{
  certigar_message message;
  return path == NULL || output_open(out, path, &message) ? 0 : complain_output(path, &message);
}

int result_fill(output *out, const char *path, char *text, size_t size)
{
  certigar_message message = {"no memory for its contents"};
  int good = text != NULL && output_fill(out, text, size, &message);
  free(text);
  return good ? 0 : complain_output(path, &message);
}

int result_write(output *out, const char *path, char *text, size_t size)
{
  certigar_message message;
  int status = result_fill(out, path, text, size);
  if (status != 0) return status;
  return output_finish(out, &message) && output_publish(out, &message) ? 0 : complain_output(path, &message);
}
