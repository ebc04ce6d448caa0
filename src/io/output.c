#include "output.h"

#include "message.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

const output output_none = {.fd = -1, .slot = -1};

/* What a signal handler needs to know. A slot is in use from before its file exists until it is renamed or removed. */
static struct {
  volatile sig_atomic_t used;
  char path[PATH_MAX];
  const char *volatile map;
  volatile size_t map_size;
} temporaries[OUTPUTS_MAX];

void output_remove_temporaries(void)
{
  for (int i = 0; i < OUTPUTS_MAX; i++) {
    if (temporaries[i].used) unlink(temporaries[i].path);
  }
}

int output_is_mapped_at(const void *address)
{
  for (int i = 0; i < OUTPUTS_MAX; i++) {
    uintptr_t start = (uintptr_t)temporaries[i].map;
    if (start != 0 && (uintptr_t)address - start < temporaries[i].map_size) return 1;
  }
  return 0;
}

static int failed(certigar_message *message, const char *text)
{
  message_set_error(message, text, errno);
  return 0;
}

/* ---- opening ---- */

static int open_stream(output *out, const char *path, certigar_message *message)
{
  out->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
  out->owns_fd = 1;
  return out->fd >= 0 || failed(message, "cannot be opened for writing");
}

/* A name in the target's directory that nobody else has, in the slot's path. The target's own name may be too long to extend. */
static int name_temporary(int slot, const char *target, certigar_message *message)
{
  uint64_t random;
  if (getrandom(&random, sizeof random, 0) != (ssize_t)sizeof random) return failed(message, "no temporary file beside it");
  const char *slash = strrchr(target, '/');
  size_t directory = slash == NULL ? 0 : (size_t)(slash - target) + 1;
  char name[40];
  int length = snprintf(name, sizeof name, ".certigar-%016" PRIx64 ".tmp", random);
  if (length < 0 || directory + (size_t)length >= sizeof temporaries[slot].path) {
    errno = ENAMETOOLONG;
    return failed(message, "no temporary file beside it");
  }
  memcpy(temporaries[slot].path, target, directory);
  memcpy(temporaries[slot].path + directory, name, (size_t)length + 1);
  return 1;
}

/* permissions: of the old file, or -1 for those of a new one. */
static int open_temporary(output *out, int permissions, certigar_message *message)
{
  int slot = 0;
  while (slot < OUTPUTS_MAX && temporaries[slot].used) slot++;
  if (slot == OUTPUTS_MAX) {
    errno = EMFILE;
    return failed(message, "cannot be opened for writing");
  }
  if (!name_temporary(slot, out->target, message)) return 0;
  temporaries[slot].used = 1;
  out->fd = open(temporaries[slot].path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0666);
  if (out->fd < 0) {
    temporaries[slot].used = 0;
    return failed(message, "no temporary file beside it");
  }
  out->owns_fd = 1;
  out->slot = slot;
  if (permissions >= 0 && fchmod(out->fd, (mode_t)permissions) != 0) return failed(message, "no temporary file beside it");
  return 1;
}

/* The path of a file that does not exist yet, with its directory resolved; NULL with errno. */
static char *resolve_new(const char *path)
{
  const char *slash = strrchr(path, '/');
  const char *name = slash == NULL ? path : slash + 1;
  char *parent = slash == NULL ? strdup(".") : strndup(path, (size_t)(name - path));
  char *directory = parent == NULL ? NULL : realpath(parent, NULL);
  free(parent);
  char *resolved = NULL;
  if (directory != NULL && asprintf(&resolved, "%s/%s", directory, name) < 0) resolved = NULL;
  free(directory);
  return resolved;
}

static int open_target(output *out, const char *path, certigar_message *message)
{
  struct stat status;
  if (stat(path, &status) == 0) {
    if (S_ISDIR(status.st_mode)) {
      errno = EISDIR;
      return failed(message, "cannot be written");
    }
    if (!S_ISREG(status.st_mode)) return open_stream(out, path, message);
    /* rename would replace a file that is write-protected */
    if (access(path, W_OK) != 0) return failed(message, "cannot be written");
    out->target = realpath(path, NULL);
    if (out->target == NULL) return failed(message, "cannot be written");
    return open_temporary(out, (int)(status.st_mode & 0777), message);
  }
  if (errno != ENOENT || path[0] == '\0') return failed(message, "cannot be written");
  if (lstat(path, &status) == 0) {
    message_clear(message);
    message_add(message, "is a symbolic link to nothing");
    return 0;
  }
  out->target = resolve_new(path);
  if (out->target == NULL) return failed(message, "cannot be written");
  return open_temporary(out, -1, message);
}

int output_open(output *out, const char *path, certigar_message *message)
{
  *out = output_none;
  if (strcmp(path, "-") == 0) {
    out->fd = STDOUT_FILENO;
    return 1;
  }
  if (open_target(out, path, message)) return 1;
  output_discard(out);
  return 0;
}

int output_same_target(const output *a, const output *b)
{
  return a->target != NULL && b->target != NULL && strcmp(a->target, b->target) == 0;
}

/* ---- the bytes ---- */

/* Gives the file its full size; returns 0, or the errno value. A size far too large would fill the disk before it failed: asked first. */
static int allocate(int fd, size_t size)
{
  struct statvfs space;
  if (fstatvfs(fd, &space) == 0 && space.f_blocks > 0 && space.f_frsize > 0 && size / space.f_frsize > space.f_bavail) return ENOSPC;
  return posix_fallocate(fd, 0, (off_t)size);
}

/* The full size comes first, so that a full disk is met here and not as a SIGBUS in the middle of the work. */
static int map_temporary(output *out, certigar_message *message)
{
  int error = allocate(out->fd, out->size);
  if (error == ENOSPC || error == EFBIG || error == EDQUOT || error == EIO) {
    errno = error;
    return failed(message, "cannot be written");
  }
  void *map = error != 0 ? MAP_FAILED : mmap(NULL, out->size, PROT_READ | PROT_WRITE, MAP_SHARED, out->fd, 0);
  if (map == MAP_FAILED) return 1; /* no such thing on this file system: output_reserve takes ordinary memory */
  out->memory = map;
  out->mapped = 1;
  temporaries[out->slot].map_size = out->size;
  temporaries[out->slot].map = map;
  return 1;
}

void *output_reserve(output *out, size_t size, certigar_message *message)
{
  out->size = size;
  if (out->slot >= 0 && !map_temporary(out, message)) return NULL;
  if (out->memory == NULL) out->memory = malloc(size);
  if (out->memory == NULL) failed(message, "no memory for its contents");
  return out->memory;
}

static void release_memory(output *out)
{
  if (out->mapped) {
    temporaries[out->slot].map = NULL;
    munmap(out->memory, out->size);
  } else {
    free(out->memory);
  }
  out->memory = NULL;
  out->mapped = 0;
}

static int write_fully(int fd, const unsigned char *bytes, size_t size)
{
  while (size > 0) {
    ssize_t done = write(fd, bytes, size);
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return 0;
    bytes += done;
    size -= (size_t)done;
  }
  return 1;
}

int output_finish(output *out, certigar_message *message)
{
  if (!out->mapped && !write_fully(out->fd, out->memory, out->size)) return failed(message, "cannot be written");
  release_memory(out);
  if (out->slot >= 0 && fsync(out->fd) != 0) return failed(message, "cannot be written");
  if (out->owns_fd) {
    int fd = out->fd;
    out->fd = -1;
    if (close(fd) != 0) return failed(message, "cannot be written");
  }
  return 1;
}

int output_publish(output *out, certigar_message *message)
{
  if (out->slot < 0) return 1;
  if (rename(temporaries[out->slot].path, out->target) != 0) return failed(message, "cannot be replaced");
  temporaries[out->slot].used = 0;
  out->slot = -1;
  return 1;
}

void output_discard(output *out)
{
  release_memory(out);
  if (out->owns_fd && out->fd >= 0) close(out->fd);
  if (out->slot >= 0) {
    unlink(temporaries[out->slot].path);
    temporaries[out->slot].used = 0;
  }
  free(out->target);
  *out = output_none;
}

int output_fill(output *out, const void *contents, size_t size, certigar_message *message)
{
  void *memory = output_reserve(out, size, message);
  if (memory != NULL) memcpy(memory, contents, size);
  return memory != NULL;
}

int output_write(const char *path, const void *contents, size_t size, certigar_message *message)
{
  output out;
  int good = output_open(&out, path, message) && output_fill(&out, contents, size, message) && output_finish(&out, message) &&
             output_publish(&out, message);
  output_discard(&out);
  return good;
}
