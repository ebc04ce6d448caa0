#include "checkpoint.h"

#include "io/output.h"

#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char magic[] = "certigar-checkpoint 1\n";

static size_t head_size(const char *description)
{
  return sizeof magic - 1 + strlen(description) + 1;
}

static size_t file_size(training *run, const char *description)
{
  size_t total = head_size(description) + SHA256_DIGEST_SIZE, size;
  void *bytes;
  for (size_t i = 0; training_state(run, i, &bytes, &size); i++) total += sizeof(uint64_t) + size;
  return total;
}

static void digest(const unsigned char *bytes, size_t size, unsigned char *out)
{
  struct sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, size, bytes);
  sha256_digest(&context, SHA256_DIGEST_SIZE, out);
}

/* The text before the pieces; the last byte is the end of the line. */
static void make_head(const char *description, unsigned char *out)
{
  memcpy(out, magic, sizeof magic - 1);
  memcpy(out + sizeof magic - 1, description, strlen(description));
  out[head_size(description) - 1] = '\n';
}

int checkpoint_write(training *run, const char *description, const char *path, certigar_message *message)
{
  output out = output_none;
  size_t total = file_size(run, description), size;
  void *bytes;
  unsigned char *at = output_open(&out, path, message) ? output_reserve(&out, total, message) : NULL, *start = at;
  int good = at != NULL;
  if (good) {
    make_head(description, at);
    at += head_size(description);
    for (size_t i = 0; training_state(run, i, &bytes, &size); i++) {
      uint64_t stored = size;
      memcpy(at, &stored, sizeof stored);
      memcpy(at + sizeof stored, bytes, size);
      at += sizeof stored + size;
    }
    digest(start, total - SHA256_DIGEST_SIZE, at);
    good = output_finish(&out, message) && output_publish(&out, message);
  }
  output_discard(&out);
  return good;
}

static int refuse(certigar_message *message, const char *path, const char *what)
{
  snprintf(message->text, sizeof message->text, "%.160s: %s", path, what);
  return 0;
}

/* The whole file, or NULL. A checkpoint of this run has at most size bytes; of a longer file one more is read. */
static unsigned char *read_file(const char *path, size_t size, size_t *got)
{
  FILE *file = fopen(path, "rb");
  unsigned char *bytes = file ? malloc(size + 1) : NULL;
  if (bytes) *got = fread(bytes, 1, size + 1, file);
  if (bytes && ferror(file)) {
    free(bytes);
    bytes = NULL;
  }
  if (file) fclose(file);
  return bytes;
}

/* Whether the file's description is this one; the magic is there. */
static int is_described(const unsigned char *file, size_t size, const char *description)
{
  size_t length = strlen(description), start = sizeof magic - 1;
  return size > start + length && memcmp(file + start, description, length) == 0 && file[start + length] == '\n';
}

static int is_intact(training *run, const unsigned char *file, size_t total, size_t at)
{
  unsigned char sum[SHA256_DIGEST_SIZE];
  size_t size;
  void *bytes;
  digest(file, total - sizeof sum, sum);
  if (memcmp(sum, file + total - sizeof sum, sizeof sum) != 0) return 0;
  for (size_t i = 0; training_state(run, i, &bytes, &size); i++) {
    uint64_t stored;
    memcpy(&stored, file + at, sizeof stored);
    if (stored != size) return 0;
    at += sizeof stored + size;
  }
  return 1;
}

int checkpoint_read(training *run, const char *description, const char *path, certigar_message *message)
{
  size_t total = file_size(run, description), at = head_size(description), size, got = 0;
  void *bytes;
  unsigned char *file = read_file(path, total, &got);
  if (!file) return refuse(message, path, "not there, or not readable");
  int good = 1;
  if (got < sizeof magic - 1 || memcmp(file, magic, sizeof magic - 1) != 0) good = refuse(message, path, "not a checkpoint of certigar");
  else if (!is_described(file, got, description)) good = refuse(message, path, "a checkpoint of a run with other options");
  else if (got != total || !is_intact(run, file, total, at)) good = refuse(message, path, "damaged");
  for (size_t i = 0; good && training_state(run, i, &bytes, &size); i++) {
    memcpy(bytes, file + at + sizeof(uint64_t), size);
    at += sizeof(uint64_t) + size;
  }
  free(file);
  return good;
}
