#include "input.h"

#include "message.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Reads until capacity bytes or the end of the file; returns how many, or -1 with errno. */
static ssize_t read_fully(int fd, unsigned char *bytes, size_t capacity)
{
  size_t size = 0;
  while (size < capacity) {
    ssize_t got = read(fd, bytes + size, capacity - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    size += (size_t)got;
  }
  return (ssize_t)size;
}

static int cannot_read(certigar_message *message)
{
  message_set_error(message, "cannot be read", errno);
  return 0;
}

static int too_long(size_t needed, certigar_message *message)
{
  message_clear(message);
  message_add(message, "too long: the data end after ");
  message_add_number(message, needed);
  message_add(message, " bytes, but more follow");
  return 0;
}

/* Reads what is left after the first have bytes, which are in memory already, and makes sure that the end comes there. */
static int read_rest(int fd, const npy_header *header, unsigned char *memory, size_t have, certigar_message *message)
{
  size_t needed = header->data_offset + header->data_size;
  unsigned char beyond;
  ssize_t got = read_fully(fd, memory + have, needed - have);
  if (got < 0) return cannot_read(message);
  if (!npy_check_size(header, have + (size_t)got, message)) return 0;
  got = read_fully(fd, &beyond, 1);
  if (got < 0) return cannot_read(message);
  return got == 0 || too_long(needed, message);
}

/* The header first, which says how much memory the rest needs: an endless or unrelated stream is refused before it is read. */
static int read_stream(input *in, int fd, npy_axes axes, certigar_message *message)
{
  unsigned char start[NPY_PARSED_MAX];
  ssize_t got = read_fully(fd, start, sizeof start);
  if (got < 0) return cannot_read(message);
  size_t have = (size_t)got;
  if (!npy_parse_header(start, have, axes, &in->header, message)) return 0;
  size_t needed = in->header.data_offset + in->header.data_size;
  if (have < sizeof start && !npy_check_size(&in->header, have, message)) return 0;
  if (have > needed) return too_long(needed, message);

  unsigned char *memory = malloc(needed);
  if (memory == NULL) {
    message_clear(message);
    message_add(message, "no memory for ");
    message_add_number(message, needed);
    message_add(message, " bytes");
    return 0;
  }
  memcpy(memory, start, have);
  if (!read_rest(fd, &in->header, memory, have, message)) {
    free(memory);
    return 0;
  }
  in->memory = memory;
  in->size = needed;
  return 1;
}

static int load(input *in, int fd, int from_start, npy_axes axes, certigar_message *message)
{
  struct stat status;
  if (fstat(fd, &status) != 0) return cannot_read(message);
  if (S_ISDIR(status.st_mode)) {
    errno = EISDIR;
    return cannot_read(message);
  }
  /* Files that only look regular and empty (/proc), and file systems that cannot map, are read. */
  if (!from_start || !S_ISREG(status.st_mode) || status.st_size <= 0) return read_stream(in, fd, axes, message);
  in->size = (size_t)status.st_size;
  in->memory = mmap(NULL, in->size, PROT_READ, MAP_SHARED, fd, 0);
  if (in->memory == MAP_FAILED) return read_stream(in, fd, axes, message);
  in->mapped = 1;
  if (npy_parse(in->memory, in->size, axes, &in->header, message)) return 1;
  input_close(in);
  return 0;
}

static void describe_matrix(input *in)
{
  const npy_header *header = &in->header;
  ptrdiff_t item = (ptrdiff_t)header->item_size;
  in->dtype = header->item_size == 4 ? CERTIGAR_FLOAT32 : CERTIGAR_FLOAT64;
  in->matrix.data = (const unsigned char *)in->memory + header->data_offset;
  in->matrix.n = header->n;
  in->matrix.d = header->d;
  in->matrix.row_stride = header->fortran_order ? item : item * (ptrdiff_t)header->d;
  in->matrix.column_stride = header->fortran_order ? item * (ptrdiff_t)header->n : item;
  in->matrix.byte_swapped = header->big_endian != npy_native_big_endian();
}

int input_open(input *in, const char *path, npy_axes axes, certigar_message *message)
{
  memset(in, 0, sizeof *in);
  int is_stdin = strcmp(path, "-") == 0;
  int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) {
    message_set_error(message, "cannot be opened", errno);
    return 0;
  }
  int ok = load(in, fd, !is_stdin || lseek(fd, 0, SEEK_CUR) == 0, axes, message);
  if (!is_stdin) close(fd);
  if (ok) describe_matrix(in);
  return ok;
}

void input_close(input *in)
{
  if (in->mapped) {
    munmap(in->memory, in->size);
  } else {
    free(in->memory);
  }
  memset(in, 0, sizeof *in);
}
