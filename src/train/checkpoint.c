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

/* The whole file, of size bytes, or NULL. */
static unsigned char *read_file(const char *path, size_t size)
{
  FILE *file = fopen(path, "rb");
  unsigned char *bytes = file ? malloc(size + 1) : NULL;
  if (bytes && fread(bytes, 1, size + 1, file) != size) {
    free(bytes);
    bytes = NULL;
  }
  if (file) fclose(file);
  return bytes;
}

static int is_head(const unsigned char *file, const char *description)
{
  size_t size = head_size(description);
  unsigned char *head = malloc(size);
  if (!head) return 0;
  make_head(description, head);
  int same = memcmp(file, head, size) == 0;
  free(head);
  return same;
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
  size_t total = file_size(run, description), at = head_size(description), size;
  void *bytes;
  unsigned char *file = read_file(path, total);
  if (!file) return refuse(message, path, "not there, not readable, or of another size than a checkpoint of this run");
  int good = is_head(file, description) ? 1 : refuse(message, path, "a checkpoint of a run with other options");
  if (good && !is_intact(run, file, total, at)) good = refuse(message, path, "damaged");
  for (size_t i = 0; good && training_state(run, i, &bytes, &size); i++) {
    memcpy(bytes, file + at + sizeof(uint64_t), size);
    at += sizeof(uint64_t) + size;
  }
  free(file);
  return good;
}
