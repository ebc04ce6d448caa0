/* A reader for the Python literal that heads an .npy file: a subset chosen so that whatever is accepted means to NumPy what it means here.
 *
 * Accepted: one dictionary with the keys 'descr', 'fortran_order' and 'shape', each once, in any order; strings in either quotes without
 * backslashes; True and False; a tuple of decimal integers, with the L of Python 2 up to version 2.0, as NumPy does; white space and
 * trailing commas where Python has them. Everything else is refused, with the reason.
 */
#include "npy.h"

#include "message.h"

#include <stdint.h>
#include <string.h>

enum { MAGIC_SIZE = 6, LENGTH_OFFSET = 8 };

/* at <= end, always, and the header ends within the bytes given. allow_long: the file is old enough for 10L. */
typedef struct cursor {
  const unsigned char *bytes;
  size_t at, end;
  int allow_long;
  certigar_message *message;
} cursor;

/* The bytes from start to end - 1. */
typedef struct text {
  const unsigned char *bytes;
  size_t start, end;
} text;

static int refuse(cursor *c, const char *why)
{
  message_clear(c->message);
  message_add(c->message, why);
  return 0;
}

/* "header: expected EXPECTED at byte 17, found 'x'" */
static int unexpected(cursor *c, const char *expected)
{
  message_clear(c->message);
  message_add(c->message, "header: expected ");
  message_add(c->message, expected);
  message_add(c->message, " at byte ");
  message_add_number(c->message, c->at);
  message_add(c->message, ", found ");
  if (c->at < c->end) {
    message_add_quoted(c->message, c->bytes, c->at, c->at + 1);
  } else {
    message_add(c->message, "its end");
  }
  return 0;
}

/* The next byte, or -1 at the end. */
static int peek(const cursor *c)
{
  return c->at < c->end ? c->bytes[c->at] : -1;
}

static void advance(cursor *c)
{
  if (c->at < c->end) c->at++;
}

/* The empty text here. */
static text text_at(const cursor *c)
{
  return (text){.bytes = c->bytes, .start = c->at, .end = c->at};
}

static void skip_blanks(cursor *c)
{
  while (peek(c) == ' ' || peek(c) == '\t') advance(c);
}

static void skip_space(cursor *c)
{
  for (int next = peek(c); next == ' ' || next == '\t' || next == '\n' || next == '\r' || next == '\f'; next = peek(c)) advance(c);
}

/* Skips white space, then takes this byte if it is next. */
static int take(cursor *c, int byte)
{
  skip_space(c);
  if (peek(c) != byte) return 0;
  advance(c);
  return 1;
}

static int text_is(text t, const char *word)
{
  size_t at = t.start;
  while (at < t.end && *word != '\0' && t.bytes[at] == (unsigned char)*word) {
    at++;
    word++;
  }
  return at == t.end && *word == '\0';
}

static int parse_string(cursor *c, text *out, const char *expected)
{
  skip_space(c);
  int quote = peek(c);
  if (quote != '\'' && quote != '"') return unexpected(c, expected);
  advance(c);
  *out = text_at(c);
  for (int next = peek(c); next != quote; next = peek(c)) {
    if (next < 0) return unexpected(c, "the end of a string");
    if (next == '\\' || next == '\n' || next == '\r') return unexpected(c, "a string without backslashes or line ends");
    advance(c);
  }
  out->end = c->at;
  advance(c);
  return 1;
}

static text parse_word(cursor *c)
{
  skip_space(c);
  text word = text_at(c);
  for (int next = peek(c); (next >= 'A' && next <= 'Z') || (next >= 'a' && next <= 'z'); next = peek(c)) advance(c);
  word.end = c->at;
  return word;
}

static int parse_flag(cursor *c, int *out)
{
  text word = parse_word(c);
  *out = text_is(word, "True");
  if (*out || text_is(word, "False")) return 1;
  c->at = word.start;
  return unexpected(c, "True or False for 'fortran_order'");
}

static int parse_descr(cursor *c, npy_header *out)
{
  static const struct {
    const char *descr;
    size_t item_size;
    int order; /* '=' is that of this processor */
  } known[] = {{"<f4", 4, '<'}, {"<f8", 8, '<'}, {">f4", 4, '>'}, {">f8", 8, '>'}, {"=f4", 4, '='}, {"=f8", 8, '='}};
  skip_space(c);
  if (peek(c) == '[') return refuse(c, "header: a structured dtype; certigar reads '<f4', '<f8', '>f4' and '>f8'");
  text dtype = text_at(c);
  if (!parse_string(c, &dtype, "a string for 'descr'")) return 0;
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    if (!text_is(dtype, known[i].descr)) continue;
    out->item_size = known[i].item_size;
    out->big_endian = known[i].order == '>' || (known[i].order == '=' && npy_native_big_endian());
    return 1;
  }
  message_clear(c->message);
  message_add(c->message, "header: dtype ");
  message_add_quoted(c->message, dtype.bytes, dtype.start, dtype.end);
  message_add(c->message, "; certigar reads '<f4', '<f8', '>f4' and '>f8'");
  return 0;
}

/* A decimal integer, SIZE_MAX for one that is too large. Python refuses leading zeros, so they are refused here. */
static int parse_integer(cursor *c, size_t *out)
{
  skip_space(c);
  size_t start = c->at, value = 0;
  int first = peek(c);
  for (int next = first; next >= '0' && next <= '9'; next = peek(c)) {
    size_t digit = (size_t)(next - '0');
    value = value > (SIZE_MAX - digit) / 10 ? SIZE_MAX : 10 * value + digit;
    advance(c);
  }
  if (c->at == start) return unexpected(c, "a decimal integer in 'shape'");
  if (first == '0' && c->at - start > 1) {
    c->at = start;
    return unexpected(c, "a decimal integer without leading zeros in 'shape'");
  }
  if (c->allow_long && peek(c) == 'L') advance(c);
  *out = value;
  return 1;
}

/* "the array has 1 axis; expected 2: rows (workers) and columns (coordinates)" */
static int other_axes(cursor *c, size_t axes, npy_axes expected)
{
  message_clear(c->message);
  message_add(c->message, "the array has ");
  message_add_number(c->message, axes);
  message_add(c->message, axes == 1 ? " axis; expected " : " axes; expected ");
  message_add(c->message, expected == NPY_MATRIX ? "2: rows (workers) and columns (coordinates)" : expected == NPY_EITHER ? "1 or 2" : "1");
  return 0;
}

static int parse_shape(cursor *c, npy_header *out)
{
  size_t axes = 0, sizes[2] = {0, 0};
  int comma = 0, matrix = out->axes == NPY_MATRIX;
  if (!take(c, '(')) return unexpected(c, matrix ? "a tuple '(rows, columns)' for 'shape'" : "a tuple '(values,)' for 'shape'");
  while (!take(c, ')')) {
    if (axes > 0 && !comma) return unexpected(c, "',' or ')' in 'shape'");
    size_t value = 0;
    if (!parse_integer(c, &value)) return 0;
    if (axes < 2) sizes[axes] = value;
    axes++;
    comma = take(c, ',');
  }
  if (axes == 1 && !comma) {
    return refuse(c, matrix ? "header: 'shape' is a number; expected a tuple (rows, columns)"
                            : "header: 'shape' is a number; expected a tuple (values,)");
  }
  if (out->axes == NPY_EITHER && (axes == 1 || axes == 2)) out->axes = axes == 1 ? NPY_VECTOR : NPY_MATRIX;
  matrix = out->axes == NPY_MATRIX;
  if (matrix ? axes != 2 : out->axes != NPY_VECTOR || axes != 1) return other_axes(c, axes, out->axes);
  out->n = matrix ? sizes[0] : 1;
  out->d = matrix ? sizes[1] : sizes[0];
  return 1;
}

/* The dictionary, and nothing around it but blanks and a final newline: inside the braces lines may end, outside Python minds. */
static int parse_dictionary(cursor *c, npy_header *out)
{
  int seen_descr = 0, seen_order = 0, seen_shape = 0, comma = 1;
  skip_blanks(c);
  if (peek(c) != '{') return unexpected(c, "'{'");
  advance(c);
  while (!take(c, '}')) {
    if (!comma) return unexpected(c, "',' or '}'");
    text key = text_at(c);
    int *seen, done;
    if (!parse_string(c, &key, "a key in quotes")) return 0;
    seen = text_is(key, "descr") ? &seen_descr : text_is(key, "fortran_order") ? &seen_order : text_is(key, "shape") ? &seen_shape : NULL;
    if (seen == NULL || *seen) {
      message_clear(c->message);
      message_add(c->message, seen == NULL ? "header: unknown key " : "header: given twice: ");
      message_add_quoted(c->message, key.bytes, key.start, key.end);
      return 0;
    }
    *seen = 1;
    if (!take(c, ':')) return unexpected(c, "':'");
    done = seen == &seen_descr ? parse_descr(c, out) : seen == &seen_order ? parse_flag(c, &out->fortran_order) : parse_shape(c, out);
    if (!done) return 0;
    comma = take(c, ',');
  }
  if (!seen_descr) return refuse(c, "header: no 'descr'");
  if (!seen_order) return refuse(c, "header: no 'fortran_order'");
  if (!seen_shape) return refuse(c, "header: no 'shape'");
  skip_blanks(c);
  if (peek(c) == '\n') advance(c);
  return c->at == c->end || unexpected(c, "blanks and a newline after '}'");
}

static void add_shape(certigar_message *message, const npy_header *header)
{
  message_add(message, "shape (");
  if (header->axes == NPY_MATRIX) {
    message_add_number(message, header->n);
    message_add(message, ", ");
  }
  message_add_number(message, header->d);
  message_add(message, header->axes == NPY_MATRIX ? ")" : ",)");
}

/* Sets data_size; refuses what has no rows or columns, or more bytes than memory can be addressed. */
static int measure(cursor *c, npy_header *out)
{
  message_clear(c->message);
  add_shape(c->message, out);
  if (out->n == 0 || out->d == 0) {
    message_add(c->message, out->n == 0 ? ": no rows" : out->axes == NPY_MATRIX ? ": no columns" : ": no values");
    return 0;
  }
  size_t limit = (PTRDIFF_MAX - c->end) / out->item_size;
  if (out->n == SIZE_MAX || out->d == SIZE_MAX || out->d > limit / out->n) {
    message_add(c->message, ": more bytes than can be addressed");
    return 0;
  }
  out->data_size = out->n * out->d * out->item_size;
  message_clear(c->message);
  return 1;
}

static int truncated_header(certigar_message *message, size_t needed, size_t size)
{
  message_clear(message);
  message_add(message, "truncated: the header needs ");
  message_add_number(message, needed);
  message_add(message, " bytes, the file has ");
  message_add_number(message, size);
  return 0;
}

/* The magic string and the version; on success, the bytes that hold the header's length: 2 or 4. */
static int parse_magic(const unsigned char *bytes, size_t size, size_t *length_size, certigar_message *message)
{
  static const unsigned char magic[MAGIC_SIZE] = {0x93, 'N', 'U', 'M', 'P', 'Y'};
  message_clear(message);
  if (size == 0) {
    message_add(message, "empty; expected an .npy file");
    return 0;
  }
  for (size_t i = 0; i < MAGIC_SIZE && i < size; i++) {
    if (bytes[i] == magic[i]) continue;
    message_add(message, "not an .npy file");
    if (i == 0 && size >= 2 && bytes[0] == 'P' && bytes[1] == 'K') message_add(message, "; it looks like an .npz or zip archive");
    return 0;
  }
  if (size < LENGTH_OFFSET) return truncated_header(message, LENGTH_OFFSET + 2, size);
  if (bytes[6] < 1 || bytes[6] > 3 || bytes[7] != 0) {
    message_add(message, "format version ");
    message_add_number(message, bytes[6]);
    message_add(message, ".");
    message_add_number(message, bytes[7]);
    message_add(message, "; certigar reads 1.0, 2.0 and 3.0");
    return 0;
  }
  *length_size = bytes[6] == 1 ? 2 : 4;
  return 1;
}

int npy_parse_header(const unsigned char *bytes, size_t size, npy_axes axes, npy_header *header, certigar_message *message)
{
  size_t length_size = 0, length = 0;
  *header = (npy_header){.axes = axes, .item_size = 4}; /* there always is a size, though 'descr' has yet to say which */
  if (!parse_magic(bytes, size, &length_size, message)) return 0;
  size_t start = LENGTH_OFFSET + length_size;
  if (size < start) return truncated_header(message, start, size);
  for (size_t i = length_size; i > 0; i--) length = 256 * length + bytes[LENGTH_OFFSET + i - 1];
  if (length > NPY_HEADER_MAX) {
    message_add(message, "the header is ");
    message_add_number(message, length);
    message_add(message, " bytes long; certigar reads at most ");
    message_add_number(message, NPY_HEADER_MAX);
    return 0;
  }
  size_t end = start + length;
  if (end > size) return truncated_header(message, end, size);

  cursor c = {.bytes = bytes, .at = start, .end = end, .allow_long = bytes[6] <= 2, .message = message};
  header->data_offset = end;
  return parse_dictionary(&c, header) && measure(&c, header);
}

int npy_check_size(const npy_header *header, size_t size, certigar_message *message)
{
  size_t needed = header->data_offset + header->data_size;
  message_clear(message);
  if (size == needed) return 1;
  message_add(message, size < needed ? "truncated: " : "too long: ");
  add_shape(message, header);
  message_add(message, header->item_size == 4 ? " of float32 makes " : " of float64 makes ");
  message_add_number(message, needed);
  message_add(message, " bytes with the header, the file has ");
  message_add_number(message, size);
  return 0;
}

int npy_parse(const unsigned char *bytes, size_t size, npy_axes axes, npy_header *header, certigar_message *message)
{
  return npy_parse_header(bytes, size, axes, header, message) && npy_check_size(header, size, message);
}

int npy_native_big_endian(void)
{
  const uint16_t one = 1;
  unsigned char first;
  memcpy(&first, &one, 1);
  return first == 0;
}

static size_t append(unsigned char *bytes, size_t at, const char *word)
{
  size_t length = strlen(word);
  memcpy(bytes + at, word, length);
  return at + length;
}

/* The longest text, with d of 20 digits, is 10 + 56 + 20 + 5 bytes and the newline: it fits 128. */
/* The header of an array of this shape, as Python writes it. */
static size_t write_header(unsigned char bytes[NPY_WRITTEN_HEADER_MAX], size_t item_size, const char *shape)
{
  static const unsigned char start[LENGTH_OFFSET] = {0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  memcpy(bytes, start, sizeof start);
  size_t at = LENGTH_OFFSET + 2;
  at = append(bytes, at, npy_native_big_endian() ? "{'descr': '>f" : "{'descr': '<f");
  at = append(bytes, at, item_size == 4 ? "4" : "8");
  at = append(bytes, at, "', 'fortran_order': False, 'shape': (");
  at = append(bytes, at, shape);
  at = append(bytes, at, "), }");
  size_t total = (at + 1 + 63) / 64 * 64;
  memset(bytes + at, ' ', total - 1 - at);
  bytes[total - 1] = '\n';
  size_t length = total - LENGTH_OFFSET - 2;
  bytes[LENGTH_OFFSET] = (unsigned char)(length % 256);
  bytes[LENGTH_OFFSET + 1] = (unsigned char)(length / 256);
  return total;
}

size_t npy_write_header(unsigned char bytes[NPY_WRITTEN_HEADER_MAX], size_t item_size, size_t d)
{
  certigar_message shape;
  message_clear(&shape);
  message_add_number(&shape, d);
  message_add(&shape, ",");
  return write_header(bytes, item_size, shape.text);
}

size_t npy_write_matrix_header(unsigned char bytes[NPY_WRITTEN_HEADER_MAX], size_t item_size, size_t n, size_t d)
{
  certigar_message shape;
  message_clear(&shape);
  message_add_number(&shape, n);
  message_add(&shape, ", ");
  message_add_number(&shape, d);
  return write_header(bytes, item_size, shape.text);
}
