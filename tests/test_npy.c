/* The .npy parser on headers good and bad, the file as a matrix, and the header that is written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "digest.h"
#include "input.h"
#include "message.h"
#include "npy.h"
#include "vector.h"

/* A file with this header text and data bytes of zeros, in memory of its exact size, so that a sanitizer sees any read beyond. */
typedef struct file {
  unsigned char *bytes;
  size_t size, header_end;
} file;

static file make_file(unsigned char major, const char *text, size_t text_size, size_t data)
{
  size_t start = major == 1 ? 10 : 12;
  file made = {.size = start + text_size + data, .header_end = start + text_size};
  made.bytes = calloc(1, made.size);
  assert_non_null(made.bytes);
  memcpy(made.bytes, "\x93NUMPY", 6);
  made.bytes[6] = major;
  for (size_t i = 0; i < start - 8; i++) made.bytes[8 + i] = (unsigned char)(text_size >> (8 * i));
  memcpy(made.bytes + start, text, text_size);
  return made;
}

/* ---- headers that are read ---- */

typedef struct good {
  unsigned char major;
  const char *text;
  size_t n, d, item_size;
  int big_endian, fortran_order;
} good;

static const good good_headers[] = {
    {1, "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 5), }            \n", 3, 5, 4, 0, 0},
    {2, "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 5), }            \n", 3, 5, 4, 0, 0},
    {3, "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 5), }            \n", 3, 5, 4, 0, 0},
    {1, "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 5), }\n", 3, 5, 8, 0, 0},
    {1, "{'descr': '>f4', 'fortran_order': False, 'shape': (3, 5), }\n", 3, 5, 4, 1, 0},
    {1, "{'descr': '>f8', 'fortran_order': True, 'shape': (3, 5), }\n", 3, 5, 8, 1, 1},
    {1, "{'descr': '=f4', 'fortran_order': True, 'shape': (1, 1), }\n", 1, 1, 4, -1, 1},
    {1, "{'descr': '=f8', 'fortran_order': False, 'shape': (1, 1), }\n", 1, 1, 8, -1, 0},
    {1, "{'shape': (20, 100), 'fortran_order': False, 'descr': '<f4'}", 20, 100, 4, 0, 0},
    {1, "{'fortran_order':True,'shape':(20,100),'descr':'<f4'}", 20, 100, 4, 0, 1},
    {1, "{\"descr\": \"<f4\", \"fortran_order\": False, \"shape\": (2, 3,)}", 2, 3, 4, 0, 0},
    {1, "  \t{ 'descr' : '<f4' ,\n 'fortran_order'\t: False ,\r\n 'shape' :\f( 2 ,\n\n3 , ) , } \t \n", 2, 3, 4, 0, 0},
    {1, "{'descr': '<f4', 'fortran_order': False, 'shape': (10L, 20L), }\n", 10, 20, 4, 0, 0},
    {2, "{'descr': '<f4', 'fortran_order': False, 'shape': (10L, 20), }\n", 10, 20, 4, 0, 0},
};

static void accepts_good_headers(void **state)
{
  (void)state;
  for (size_t i = 0; i < sizeof good_headers / sizeof *good_headers; i++) {
    const good *expected = &good_headers[i];
    size_t data = expected->n * expected->d * expected->item_size;
    file made = make_file(expected->major, expected->text, strlen(expected->text), data);
    npy_header header;
    certigar_message message;
    if (!npy_parse(made.bytes, made.size, NPY_MATRIX, &header, &message)) fail_msg("%s: %s", expected->text, message.text);
    assert_int_equal(header.n, expected->n);
    assert_int_equal(header.d, expected->d);
    assert_int_equal(header.item_size, expected->item_size);
    assert_int_equal(header.big_endian, expected->big_endian < 0 ? npy_native_big_endian() : expected->big_endian);
    assert_int_equal(header.fortran_order, expected->fortran_order);
    assert_int_equal(header.data_offset, made.header_end);
    assert_int_equal(header.data_size, data);
    free(made.bytes);
  }
}

/* ---- headers of vectors ---- */

typedef struct vector_header {
  const char *text;
  size_t d, item_size;
  int big_endian;
} vector_header;

static const vector_header good_vectors[] = {
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (5,), }            \n", 5, 4, 0},
    {"{'descr': '<f8', 'fortran_order': False, 'shape': (5,), }\n", 5, 8, 0},
    {"{'descr': '>f8', 'fortran_order': True, 'shape': (1,)}", 1, 8, 1},
    {"{'shape':(7 ,\n) , 'fortran_order':False,'descr':\">f4\"}", 7, 4, 1},
    {"{'descr': '=f8', 'fortran_order': False, 'shape': (2L,), }\n", 2, 8, -1},
};

static void accepts_vectors_where_they_are_expected(void **state)
{
  (void)state;
  for (size_t i = 0; i < sizeof good_vectors / sizeof *good_vectors; i++) {
    const vector_header *expected = &good_vectors[i];
    file made = make_file(1, expected->text, strlen(expected->text), expected->d * expected->item_size);
    npy_header header;
    certigar_message message;
    if (!npy_parse(made.bytes, made.size, NPY_VECTOR, &header, &message)) fail_msg("%s: %s", expected->text, message.text);
    assert_int_equal(header.n, 1);
    assert_int_equal(header.d, expected->d);
    assert_int_equal(header.item_size, expected->item_size);
    assert_int_equal(header.big_endian, expected->big_endian < 0 ? npy_native_big_endian() : expected->big_endian);
    assert_int_equal(header.data_offset, made.header_end);
    assert_int_equal(header.data_size, expected->d * expected->item_size);
    assert_false(npy_parse(made.bytes, made.size, NPY_MATRIX, &header, &message));
    assert_non_null(strstr(message.text, "the array has 1 axis; expected 2: rows (workers) and columns (coordinates)"));
    free(made.bytes);
  }
}

/* ---- headers that are refused ---- */

typedef struct bad {
  const char *text;
  const char *reason; /* a part of the message */
} bad;

#define DICTIONARY(descr, order, shape) "{'descr': " descr ", 'fortran_order': " order ", 'shape': " shape ", }\n"

static const bad bad_headers[] = {
    {"", "expected '{' at byte 10, found its end"},
    {"      \n", "expected '{'"},
    {"('descr', '<f4')", "expected '{'"},
    {"[]", "expected '{'"},
    {"\n{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1)}", "expected '{'"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1)}\n ", "blanks and a newline after '}' at byte 68, found ' '"},
    {"{}", "no 'descr'"},
    {"{'descr': '<f4'}", "no 'fortran_order'"},
    {"{'descr': '<f4', 'fortran_order': False}", "no 'shape'"},
    {"{'fortran_order': False, 'shape': (1, 1)}", "no 'descr'"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1)", "expected ',' or '}' at byte 66, found its end"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1", "expected ',' or ')' in 'shape'"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (1, ", "a decimal integer in 'shape'"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (", "a decimal integer in 'shape'"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': ", "a tuple"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape'", "expected ':'"},
    {"{'descr': '<f4', 'fortran_order': False, 'sha", "the end of a string"},
    {"{'descr': '<f4', 'fortran_order': Fal", "True or False"},
    {"{'descr': '<f4", "the end of a string"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1)}}", "blanks and a newline after '}'"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1)} # ok", "blanks and a newline after '}' at byte 68, found '#'"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1)};", "blanks and a newline after '}'"},
    {"{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1, 1)}", "given twice: 'descr'"},
    {"{'descr': '<f4', 'fortran_order': False, 'fortran_order': False, 'shape': (1, 1)}", "given twice: 'fortran_order'"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), 'shape': (1, 1)}", "given twice: 'shape'"},
    {"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), 'extra': 1}", "unknown key 'extra'"},
    {"{'Descr': '<f4', 'fortran_order': False, 'shape': (1, 1)}", "unknown key 'Descr'"},
    {"{'descr ': '<f4', 'fortran_order': False, 'shape': (1, 1)}", "unknown key 'descr '"},
    {"{'': '<f4', 'fortran_order': False, 'shape': (1, 1)}", "unknown key ''"},
    {"{'\x01\xff': 1}", "unknown key '\?\?'"},
    {"{'a key of more than twenty-four bytes': 1}", "unknown key 'a key of more than twent...'"},
    {"{descr: '<f4', 'fortran_order': False, 'shape': (1, 1)}", "a key in quotes at byte 11, found 'd'"},
    {"{u'descr': '<f4', 'fortran_order': False, 'shape': (1, 1)}", "a key in quotes"},
    {"{'desc\\x72': '<f4', 'fortran_order': False, 'shape': (1, 1)}", "without backslashes"},
    {"{'descr\n': '<f4', 'fortran_order': False, 'shape': (1, 1)}", "without backslashes or line ends"},
    {"{'''descr''': '<f4', 'fortran_order': False, 'shape': (1, 1)}", "unknown key ''"},
    {"{'descr\": '<f4', 'fortran_order': False, 'shape': (1, 1)}", "unknown key 'descr\": '"},
    {"{'descr' '<f4', 'fortran_order': False, 'shape': (1, 1)}", "expected ':'"},
    {"{'descr': '<f4' 'fortran_order': False, 'shape': (1, 1)}", "expected ',' or '}'"},
    {"{, 'descr': '<f4', 'fortran_order': False, 'shape': (1, 1)}", "a key in quotes"},
    {"{'descr': '<f4',, 'fortran_order': False, 'shape': (1, 1)}", "a key in quotes"},
    {DICTIONARY("'<f2'", "False", "(1, 1)"), "dtype '<f2'"},
    {DICTIONARY("'<f16'", "False", "(1, 1)"), "dtype '<f16'"},
    {DICTIONARY("'<i4'", "False", "(1, 1)"), "dtype '<i4'; certigar reads '<f4', '<f8', '>f4' and '>f8'"},
    {DICTIONARY("'<c8'", "False", "(1, 1)"), "dtype '<c8'"},
    {DICTIONARY("'|u1'", "False", "(1, 1)"), "dtype '|u1'"},
    {DICTIONARY("'|O'", "False", "(1, 1)"), "dtype '|O'"},
    {DICTIONARY("'f4'", "False", "(1, 1)"), "dtype 'f4'"},
    {DICTIONARY("'float32'", "False", "(1, 1)"), "dtype 'float32'"},
    {DICTIONARY("''", "False", "(1, 1)"), "dtype ''"},
    {DICTIONARY("'<f4 '", "False", "(1, 1)"), "dtype '<f4 '"},
    {DICTIONARY("[('x', '<f4')]", "False", "(1, 1)"), "structured dtype"},
    {DICTIONARY("4", "False", "(1, 1)"), "a string for 'descr'"},
    {DICTIONARY("'<f4'", "false", "(1, 1)"), "True or False"},
    {DICTIONARY("'<f4'", "0", "(1, 1)"), "True or False"},
    {DICTIONARY("'<f4'", "'False'", "(1, 1)"), "True or False"},
    {DICTIONARY("'<f4'", "Falsey", "(1, 1)"), "True or False"},
    {DICTIONARY("'<f4'", "None", "(1, 1)"), "True or False"},
    {DICTIONARY("'<f4'", "True1", "(1, 1)"), "expected ',' or '}'"},
    {DICTIONARY("'<f4'", "False", "()"), "has 0 axes"},
    {DICTIONARY("'<f4'", "False", "(7,)"), "has 1 axis; expected 2"},
    {DICTIONARY("'<f4'", "False", "(7)"), "'shape' is a number"},
    {DICTIONARY("'<f4'", "False", "7"), "a tuple"},
    {DICTIONARY("'<f4'", "False", "[1, 1]"), "a tuple"},
    {DICTIONARY("'<f4'", "False", "(1, 1, 1)"), "has 3 axes"},
    {DICTIONARY("'<f4'", "False", "(1, 1, 1, 1, 1)"), "has 5 axes"},
    {DICTIONARY("'<f4'", "False", "(0, 1)"), "shape (0, 1): no rows"},
    {DICTIONARY("'<f4'", "False", "(1, 0)"), "shape (1, 0): no columns"},
    {DICTIONARY("'<f4'", "False", "(,)"), "a decimal integer"},
    {DICTIONARY("'<f4'", "False", "(1,, 1)"), "a decimal integer"},
    {DICTIONARY("'<f4'", "False", "(1 1)"), "',' or ')'"},
    {DICTIONARY("'<f4'", "False", "(-1, 1)"), "a decimal integer in 'shape' at byte 61, found '-'"},
    {DICTIONARY("'<f4'", "False", "(+1, 1)"), "a decimal integer"},
    {DICTIONARY("'<f4'", "False", "(1.0, 1)"), "',' or ')'"},
    {DICTIONARY("'<f4'", "False", "(0x10, 1)"), "',' or ')'"},
    {DICTIONARY("'<f4'", "False", "(1_0, 1)"), "',' or ')'"},
    {DICTIONARY("'<f4'", "False", "(010, 1)"), "without leading zeros in 'shape' at byte 61"},
    {DICTIONARY("'<f4'", "False", "(1l, 1)"), "',' or ')'"},
    {DICTIONARY("'<f4'", "False", "(1LL, 1)"), "',' or ')'"},
    {DICTIONARY("'<f4'", "False", "(4294967296, 4294967296)"), "more bytes than can be addressed"},
    {DICTIONARY("'<f4'", "False", "(1, 18446744073709551615)"), "more bytes than can be addressed"},
    {DICTIONARY("'<f4'", "False", "(18446744073709551616, 1)"), "more bytes than can be addressed"},
    {DICTIONARY("'<f4'", "False", "(99999999999999999999999999999999999999, 0)"), "no columns"},
    {DICTIONARY("'<f8'", "False", "(1, 1152921504606846976)"), "more bytes than can be addressed"},
    {DICTIONARY("'<f8'", "False", "(1, 1152921504606846965)"), "more bytes than can be addressed"},
    {DICTIONARY("'<f8'", "False", "(1, 1152921504606846964)"), "float64 makes 9223372036854775800 bytes with the header, the file has"},
};

static const bad bad_vectors[] = {
    {DICTIONARY("'<f4'", "False", "()"), "the array has 0 axes; expected 1"},
    {DICTIONARY("'<f4'", "False", "(7)"), "'shape' is a number; expected a tuple (values,)"},
    {DICTIONARY("'<f4'", "False", "7"), "a tuple '(values,)' for 'shape'"},
    {DICTIONARY("'<f4'", "False", "(1, 1)"), "the array has 2 axes; expected 1"},
    {DICTIONARY("'<f4'", "False", "(1, 1, 1)"), "the array has 3 axes; expected 1"},
    {DICTIONARY("'<f4'", "False", "(0,)"), "shape (0,): no values"},
    {DICTIONARY("'<f4'", "False", "(,)"), "a decimal integer"},
    {DICTIONARY("'<i8'", "False", "(1,)"), "dtype '<i8'"},
    {DICTIONARY("'<f4'", "False", "(18446744073709551615,)"), "shape (18446744073709551615,): more bytes than can be addressed"},
    {DICTIONARY("'<f8'", "False", "(1152921504606846976,)"), "more bytes than can be addressed"},
    {DICTIONARY("'<f8'", "False", "(2,)"), "truncated: shape (2,) of float64 makes"},
    {"{'descr': '<f4', 'fortran_order': False}", "no 'shape'"},
};

static void expect_refusal(const unsigned char *bytes, size_t size, const char *what, const char *reason)
{
  npy_header header;
  certigar_message message;
  if (npy_parse(bytes, size, NPY_MATRIX, &header, &message)) fail_msg("accepted: %s", what);
  if (strstr(message.text, reason) == NULL) fail_msg("%s: \"%s\" does not say \"%s\"", what, message.text, reason);
}

static void refuses_bad_headers(void **state)
{
  (void)state;
  for (size_t i = 0; i < sizeof bad_headers / sizeof *bad_headers; i++) {
    const bad *tried = &bad_headers[i];
    file made = make_file(1, tried->text, strlen(tried->text), 4);
    expect_refusal(made.bytes, made.size, tried->text, tried->reason);
    free(made.bytes);
  }
}

static void refuses_bad_vectors(void **state)
{
  (void)state;
  for (size_t i = 0; i < sizeof bad_vectors / sizeof *bad_vectors; i++) {
    const bad *tried = &bad_vectors[i];
    npy_header header;
    certigar_message message;
    file made = make_file(1, tried->text, strlen(tried->text), 4);
    if (npy_parse(made.bytes, made.size, NPY_VECTOR, &header, &message)) fail_msg("accepted: %s", tried->text);
    if (strstr(message.text, tried->reason) == NULL) fail_msg("%s: \"%s\" does not say \"%s\"", tried->text, message.text, tried->reason);
    free(made.bytes);
  }
}

/* The L of Python 2 came to an end before version 3.0. */
static void refuses_long_integers_in_version_3(void **state)
{
  (void)state;
  const char *text = DICTIONARY("'<f4'", "False", "(1L, 1)");
  file made = make_file(3, text, strlen(text), 4);
  expect_refusal(made.bytes, made.size, text, "',' or ')'");
  free(made.bytes);
}

static void refuses_bytes_that_are_no_text(void **state)
{
  (void)state;
  char text[64] = DICTIONARY("'<f4'", "False", "(1, 1)");
  size_t size = strlen(text);
  for (size_t i = 0; i < size - 1; i++) {
    char kept = text[i];
    text[i] = '\0';
    file made = make_file(1, text, size, 4);
    npy_header header;
    certigar_message message;
    assert_false(npy_parse(made.bytes, made.size, NPY_MATRIX, &header, &message));
    free(made.bytes);
    text[i] = kept;
  }
}

/* ---- what comes before and after the header ---- */

static const char plain[] = DICTIONARY("'<f4'", "False", "(3, 5)");

static void refuses_every_truncation(void **state)
{
  (void)state;
  file made = make_file(1, plain, strlen(plain), 60);
  for (size_t size = 0; size < made.size; size++) {
    unsigned char *part = malloc(size > 0 ? size : 1);
    assert_non_null(part);
    memcpy(part, made.bytes, size);
    npy_header header;
    certigar_message message;
    assert_false(npy_parse(part, size, NPY_MATRIX, &header, &message));
    assert_non_null(strstr(message.text, size == 0 ? "empty" : "truncated"));
    free(part);
  }
  free(made.bytes);
}

static void says_both_sizes(void **state)
{
  (void)state;
  file made = make_file(1, plain, strlen(plain), 60);
  char expected[128];
  snprintf(expected, sizeof expected, "truncated: shape (3, 5) of float32 makes %zu bytes with the header, the file has %zu", made.size, made.size - 1);
  expect_refusal(made.bytes, made.size - 1, "one byte less", expected);
  snprintf(expected, sizeof expected, "truncated: the header needs %zu bytes, the file has 50", made.header_end);
  expect_refusal(made.bytes, 50, "half a header", expected);
  free(made.bytes);
  made = make_file(1, plain, strlen(plain), 61);
  snprintf(expected, sizeof expected, "too long: shape (3, 5) of float32 makes %zu bytes with the header, the file has %zu", made.size - 1, made.size);
  expect_refusal(made.bytes, made.size, "one byte more", expected);
  free(made.bytes);
}

static void refuses_other_formats(void **state)
{
  (void)state;
  static const unsigned char zip[] = "PK\x03\x04 some archive", text[] = "1.0,2.0,3.0\n4.0,5.0,6.0\n", almost[] = "\x93NUMPZ\x01\x00";
  expect_refusal(zip, sizeof zip, "zip", ".npz or zip");
  expect_refusal(text, sizeof text, "text", "not an .npy file");
  expect_refusal(almost, sizeof almost, "almost", "not an .npy file");
  static const unsigned char versions[][2] = {{0, 0}, {0, 1}, {1, 1}, {2, 1}, {4, 0}, {255, 255}};
  file made = make_file(1, plain, strlen(plain), 60);
  for (size_t i = 0; i < sizeof versions / sizeof *versions; i++) {
    char expected[64];
    memcpy(made.bytes + 6, versions[i], 2);
    snprintf(expected, sizeof expected, "format version %d.%d", versions[i][0], versions[i][1]);
    expect_refusal(made.bytes, made.size, "version", expected);
  }
  free(made.bytes);
}

static void refuses_long_headers(void **state)
{
  (void)state;
  char *text = malloc(NPY_HEADER_MAX + 1);
  assert_non_null(text);
  memset(text, ' ', NPY_HEADER_MAX + 1);
  memcpy(text, plain, strlen(plain) - 1); /* without the newline, after which nothing may come */
  npy_header header;
  certigar_message message;
  file made = make_file(2, text, NPY_HEADER_MAX, 60);
  assert_true(npy_parse(made.bytes, made.size, NPY_MATRIX, &header, &message));
  free(made.bytes);
  made = make_file(2, text, NPY_HEADER_MAX + 1, 60);
  expect_refusal(made.bytes, made.size, "long", "10001 bytes long; certigar reads at most 10000");
  memset(made.bytes + 8, 0xff, 4);
  expect_refusal(made.bytes, made.size, "longest", "4294967295 bytes long");
  free(made.bytes);
  free(text);
}

/* ---- files as matrices ---- */

static const float values[2][3] = {{1, -2, 3.5F}, {0, 1e-40F, -0.0F}};

/* Writes the values in this layout to a temporary file, whose name is left in path. */
static void write_layout(char *path, int big_endian, int fortran_order)
{
  char text[128];
  int length = snprintf(text, sizeof text, "{'descr': '%cf4', 'fortran_order': %s, 'shape': (2, 3), }\n", big_endian ? '>' : '<',
                        fortran_order ? "True" : "False");
  file made = make_file(1, text, (size_t)length, sizeof values);
  for (size_t i = 0; i < 2; i++) {
    for (size_t c = 0; c < 3; c++) {
      uint32_t word;
      memcpy(&word, &values[i][c], 4);
      unsigned char *at = made.bytes + made.header_end + 4 * (fortran_order ? 2 * c + i : 3 * i + c);
      for (size_t b = 0; b < 4; b++) at[b] = (unsigned char)(word >> (big_endian ? 24 - 8 * b : 8 * b));
    }
  }
  strcpy(path, "/tmp/test_npy_XXXXXX");
  int fd = mkstemp(path);
  assert_true(fd >= 0);
  assert_int_equal(write(fd, made.bytes, made.size), made.size);
  close(fd);
  free(made.bytes);
}

/* Python: hashlib.sha256(struct.pack('<6f', 1, -2, 3.5, 0, 1e-40, -0.0)).hexdigest() */
static const char values_sha256[] = "41d992a8b5e91175ba5a3abda34ee3e8d6c748a0c677f59aa6417297a4825988";

static void every_layout_is_the_same_matrix(void **state)
{
  (void)state;
  for (int kind = 0; kind < 4; kind++) {
    char path[64];
    input in;
    certigar_message message;
    write_layout(path, kind / 2, kind % 2);
    if (!input_open(&in, path, NPY_MATRIX, &message)) fail_msg("%s", message.text);
    assert_true(in.mapped);
    assert_int_equal(in.dtype, CERTIGAR_FLOAT32);
    assert_int_equal(in.matrix.n, 2);
    assert_int_equal(in.matrix.d, 3);
    for (ptrdiff_t i = 0; i < 2; i++) {
      for (ptrdiff_t c = 0; c < 3; c++) {
        const unsigned char *at = (const unsigned char *)in.matrix.data + in.matrix.row_stride * i + in.matrix.column_stride * c;
        unsigned char bytes[4];
        for (size_t b = 0; b < 4; b++) bytes[b] = at[in.matrix.byte_swapped ? 3 - b : b];
        assert_memory_equal(bytes, &values[i][c], 4);
      }
    }
    digest hash;
    digest_matrix(&hash, &in.matrix, in.dtype);
    assert_string_equal(hash.text, values_sha256);
    input_close(&in);
    unlink(path);
  }
}

/* A file of these words as a vector, 4 or 8 bytes each; its name is left in path. */
static void write_vector(char *path, const char *descr, const uint64_t *words, size_t count, size_t item)
{
  char text[128];
  int length = snprintf(text, sizeof text, "{'descr': '%s', 'fortran_order': False, 'shape': (%zu,), }\n", descr, count);
  file made = make_file(1, text, (size_t)length, count * item);
  for (size_t i = 0; i < count; i++)
    for (size_t b = 0; b < item; b++)
      made.bytes[made.header_end + i * item + b] = (unsigned char)(words[i] >> 8 * (descr[0] == '>' ? item - 1 - b : b));
  strcpy(path, "/tmp/test_npy_XXXXXX");
  int fd = mkstemp(path);
  assert_true(fd >= 0);
  assert_int_equal(write(fd, made.bytes, made.size), made.size);
  close(fd);
  free(made.bytes);
}

/* Python: hashlib.sha256(struct.pack('<3d', 1, -2.5, math.inf)).hexdigest() and the same of '<3f' */
static const char doubles_sha256[] = "59bfadf679a4b2bdc6a8fd9d45cb906da5bc17b0993f8322739d0f01f9026708",
                  floats_sha256[] = "c513c1d1e0da8b44b8fa760ca3f36bccb41418c71ce2c7b4258e1588ab0a2854";

static void vectors_are_read_in_either_byte_order(void **state)
{
  (void)state;
  static const uint64_t doubles[3] = {0x3ff0000000000000, 0xc004000000000000, 0x7ff0000000000000};
  static const uint64_t floats[3] = {0x3f800000, 0xc0200000, 0x7f800000};
  static const char *const descrs[] = {"<f8", ">f8", "<f4", ">f4"};
  for (size_t k = 0; k < 4; k++) {
    char path[64];
    vector read;
    certigar_message message;
    const size_t item = k < 2 ? 8 : 4;
    write_vector(path, descrs[k], k < 2 ? doubles : floats, 3, item);
    if (!vector_read(&read, path, NPY_VECTOR, &message)) fail_msg("%s", message.text);
    assert_int_equal(read.count, 3);
    assert_int_equal(read.finite, 2);
    assert_int_equal(read.dtype, k < 2 ? CERTIGAR_FLOAT64 : CERTIGAR_FLOAT32);
    assert_string_equal(read.hash.text, k < 2 ? doubles_sha256 : floats_sha256);
    for (size_t i = 0; i < 3; i++) {
      if (k < 2) assert_memory_equal((const unsigned char *)read.values + 8 * i, &doubles[i], 8);
      if (k >= 2) assert_int_equal(((const uint32_t *)read.values)[i], floats[i]);
    }
    vector_clear(&read);
    assert_null(read.values);
    unlink(path);
  }
}

static void a_matrix_is_no_vector(void **state)
{
  (void)state;
  char path[64];
  vector read = {.values = NULL};
  certigar_message message;
  write_layout(path, 0, 0);
  assert_false(vector_read(&read, path, NPY_VECTOR, &message));
  assert_string_equal(message.text, "the array has 2 axes; expected 1");
  unlink(path);
  assert_false(vector_read(&read, path, NPY_VECTOR, &message));
  assert_string_equal(message.text, "cannot be opened: No such file or directory");
}

static void says_why_a_file_cannot_be_read(void **state)
{
  (void)state;
  input in;
  certigar_message message;
  assert_false(input_open(&in, "/nonexistent/file.npy", NPY_MATRIX, &message));
  assert_string_equal(message.text, "cannot be opened: No such file or directory");
  assert_false(input_open(&in, "/tmp", NPY_MATRIX, &message));
  assert_string_equal(message.text, "cannot be read: Is a directory");
  assert_false(input_open(&in, "/dev/null", NPY_MATRIX, &message));
  assert_string_equal(message.text, "empty; expected an .npy file");
  assert_false(input_open(&in, "/dev/zero", NPY_MATRIX, &message));
  assert_string_equal(message.text, "not an .npy file");
}

/* ---- the header that is written ---- */

static void written_headers_are_read_by_the_rules(void **state)
{
  (void)state;
  static const size_t counts[] = {1, 9, 10, 12345678, 1000000000, SIZE_MAX};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
    for (size_t item = 4; item <= 8; item += 4) {
      unsigned char bytes[NPY_WRITTEN_HEADER_MAX];
      char expected[128];
      size_t size = npy_write_header(bytes, item, counts[i]);
      assert_true(size <= sizeof bytes && size % 64 == 0);
      assert_memory_equal(bytes, "\x93NUMPY\x01\x00", 8);
      assert_int_equal(bytes[8] + 256 * bytes[9], size - 10);
      int length = snprintf(expected, sizeof expected, "{'descr': '%cf%zu', 'fortran_order': False, 'shape': (%zu,), }",
                            npy_native_big_endian() ? '>' : '<', item, counts[i]);
      assert_memory_equal(bytes + 10, expected, (size_t)length);
      for (size_t at = 10 + (size_t)length; at < size - 1; at++) assert_int_equal(bytes[at], ' ');
      assert_int_equal(bytes[size - 1], '\n');
    }
  }
}

static void messages_are_cut_not_overrun(void **state)
{
  (void)state;
  certigar_message message;
  message_clear(&message);
  for (int i = 0; i < 100; i++) message_add(&message, "12345");
  assert_int_equal(strlen(message.text), sizeof message.text - 1);
  message_clear(&message);
  message_add_number(&message, 0);
  message_add(&message, " ");
  message_add_number(&message, SIZE_MAX);
  char expected[64];
  snprintf(expected, sizeof expected, "0 %zu", SIZE_MAX);
  assert_string_equal(message.text, expected);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(accepts_good_headers),
      cmocka_unit_test(accepts_vectors_where_they_are_expected),
      cmocka_unit_test(refuses_bad_headers),
      cmocka_unit_test(refuses_bad_vectors),
      cmocka_unit_test(refuses_long_integers_in_version_3),
      cmocka_unit_test(refuses_bytes_that_are_no_text),
      cmocka_unit_test(refuses_every_truncation),
      cmocka_unit_test(says_both_sizes),
      cmocka_unit_test(refuses_other_formats),
      cmocka_unit_test(refuses_long_headers),
      cmocka_unit_test(every_layout_is_the_same_matrix),
      cmocka_unit_test(vectors_are_read_in_either_byte_order),
      cmocka_unit_test(a_matrix_is_no_vector),
      cmocka_unit_test(says_why_a_file_cannot_be_read),
      cmocka_unit_test(written_headers_are_read_by_the_rules),
      cmocka_unit_test(messages_are_cut_not_overrun),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
