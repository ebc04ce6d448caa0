#include "dataset.h"

#include <nettle/md5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { PATH_SHOWN = 80 };

static void say(certigar_message *message, const char *what, const char *path, const char *origin)
{
  size_t length = strlen(path), cut = length > PATH_SHOWN ? length - PATH_SHOWN : 0; /* its end names the file */
  snprintf(message->text, sizeof message->text, "%s%.80s: %.48s%s%.100s", cut ? "..." : "", path + cut, what, *origin ? "; it comes from " : "", origin);
}

static int has_md5(const unsigned char *bytes, size_t size, const char *md5)
{
  struct md5_ctx context;
  uint8_t digest[MD5_DIGEST_SIZE];
  char text[2 * MD5_DIGEST_SIZE + 1];
  md5_init(&context);
  md5_update(&context, size, bytes);
  md5_digest(&context, sizeof digest, digest);
  for (size_t i = 0; i < sizeof digest; i++) snprintf(text + 2 * i, 3, "%02x", digest[i]);
  return strcmp(text, md5) == 0;
}

/* The file, or the compressed one; gzopen reads either. */
static gzFile open_either(const char *directory, const char *name, char *path, size_t path_size)
{
  for (int compressed = 0; compressed < 2; compressed++) {
    snprintf(path, path_size, "%s/%s%s", directory, name, compressed ? ".gz" : "");
    FILE *file = fopen(path, "rb");
    if (!file) continue;
    fclose(file);
    return gzopen(path, "rb");
  }
  snprintf(path, path_size, "%s/%s", directory, name);
  return NULL;
}

int dataset_file_exists(const char *directory, const char *name)
{
  char path[4096];
  gzFile file = open_either(directory, name, path, sizeof path);
  if (file) gzclose(file);
  return file != NULL;
}

unsigned char *dataset_file(const char *directory, const char *name, size_t size, const char *md5, const char *origin, certigar_message *message)
{
  char path[4096];
  gzFile file = open_either(directory, name, path, sizeof path);
  if (!file) {
    say(message, "not found, with or without .gz, or not readable", path, origin);
    return NULL;
  }
  unsigned char *bytes = malloc(size + 1);
  int got = bytes ? gzread(file, bytes, (unsigned)(size + 1)) : -1;
  int closed = gzclose(file);
  const char *wrong = !bytes                                             ? "no memory for it"
                      : got < 0 || (size_t)got < size || closed != Z_OK   ? "cut short or corrupt"
                      : (size_t)got > size                                ? "longer than the official file"
                      : !has_md5(bytes, size, md5)                        ? "not the official file (MD5 differs)"
                                                                          : NULL;
  if (!wrong) return bytes;
  free(bytes);
  say(message, wrong, path, origin);
  return NULL;
}

int dataset_allocate(samples *out, size_t count, size_t size)
{
  out->count = count;
  out->pixels = malloc(count * size);
  out->labels = malloc(count);
  return out->pixels && out->labels;
}

void dataset_free(dataset *data)
{
  free(data->train.pixels);
  free(data->train.labels);
  free(data->test.pixels);
  free(data->test.labels);
  *data = (dataset){.classes = 0};
}

int dataset_open(dataset *out, const char *name, const char *directory, certigar_message *message)
{
  *out = (dataset){.classes = 10};
  int good = strcmp(name, "generated") == 0 ? dataset_generate(out, message)
             : strcmp(name, "mnist") == 0   ? dataset_read_idx(out, 0, directory, message)
             : strcmp(name, "fashion") == 0 ? dataset_read_idx(out, 1, directory, message)
             : strcmp(name, "cifar") == 0   ? dataset_read_cifar(out, directory, message)
                                            : -1;
  if (good < 0) snprintf(message->text, sizeof message->text, "data = %.80s, must be generated, mnist, fashion or cifar", name);
  if (good > 0) return 1;
  dataset_free(out);
  return 0;
}

void dataset_batch(const dataset *data, const samples *from, const size_t *which, size_t count, real *in, unsigned char *labels)
{
  size_t plane = data->in.height * data->in.width, size = shape_size(data->in);
  for (size_t c = 0; c < data->in.channels; c++, in += plane * count) {
    real scale = 1 / (255 * data->deviation[c]), shift = data->mean[c] / data->deviation[c];
    for (size_t n = 0; n < count; n++) {
      const unsigned char *pixels = from->pixels + which[n] * size + c * plane;
      for (size_t i = 0; i < plane; i++) in[i * count + n] = pixels[i] * scale - shift;
    }
  }
  for (size_t n = 0; n < count; n++) labels[n] = from->labels[which[n]];
}
