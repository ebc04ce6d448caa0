#include "protocol.h"

#include "certificate.h"
#include "clean.h"
#include "json.h"
#include "npy.h"
#include "setup.h"
#include "words.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_BYTES = 65535, WORD_IN_LINE_MAX = 32, START_MS = 30000, STARTED_MS = 1000 };

/* ---- requests ---- */

static void add_parameters(json_t *line, const audit_case *c)
{
  const case_parameters *with = &c->with;
  switch (c->rule) {
    case CERTIGAR_MEDIAN: json_object_set_new(line, "median", json_string(certificate_median_name(with->median))); break;
    case CERTIGAR_MULTI_KRUM: json_object_set_new(line, "m", json_count(case_m(c))); break;
    case CERTIGAR_MULTI_BULYAN:
      json_object_set_new(line, "variant", json_string(with->variant == CERTIGAR_ITERATED ? "iterated" : "one-pass"));
      break;
    case CERTIGAR_MONNA: json_object_set_new(line, "pivot", json_count(with->pivot)); break;
    case CERTIGAR_GEOMETRIC_MEDIAN: json_object_set_new(line, "tolerance", json_string(setup_tolerance(with->tolerance, c->dtype))); break;
    case CERTIGAR_BRSGD:
      json_object_set_new(line, "beta", json_string(with->beta));
      json_object_set_new(line, "threshold", json_string(with->threshold));
      break;
    case CERTIGAR_ZENO: json_object_set_new(line, "scores", words_json(c->scores, CERTIGAR_FLOAT64, 0, c->n)); break;
    case CERTIGAR_CENTERED_CLIPPING:
      json_object_set_new(line, "tau", json_string(with->tau));
      json_object_set_new(line, "iterations", json_count(with->iterations));
      break;
    default: break;
  }
}

static void add_varied(json_t *line, unsigned varied)
{
  if (varied == 0) return;
  json_t *names = json_array();
  for (int k = 0; k < CASE_VARIED_COUNT; k++)
    if (varied >> k & 1) json_array_append_new(names, json_string(case_varied_names[k]));
  json_object_set_new(line, "varied", names);
}

static void add_rows(json_t *line, const audit_case *c)
{
  json_t *rows = json_array();
  for (size_t i = 0; i < c->n; i++) json_array_append_new(rows, words_json(c->rows, c->dtype, i * c->d, c->d));
  json_object_set_new(line, "rows", rows);
}

unsigned char *protocol_npy(const void *values, certigar_dtype dtype, size_t n, size_t d, size_t *size)
{
  unsigned char header[NPY_WRITTEN_HEADER_MAX];
  size_t item = word_size(dtype), head = n > 0 ? npy_write_matrix_header(header, item, n, d) : npy_write_header(header, item, d);
  size_t data = (n > 0 ? n : 1) * d * item;
  unsigned char *bytes = malloc(head + data);
  if (bytes == NULL) return NULL;
  memcpy(bytes, header, head);
  memcpy(bytes + head, values, data);
  *size = head + data;
  return bytes;
}

static unsigned char *join(const char *line, const unsigned char *npy, size_t npy_size, size_t *size)
{
  size_t length = strlen(line);
  unsigned char *bytes = malloc(length + 1 + npy_size);
  if (bytes == NULL) return NULL;
  memcpy(bytes, line, length);
  bytes[length] = '\n';
  if (npy_size > 0) memcpy(bytes + length + 1, npy, npy_size);
  *size = length + 1 + npy_size;
  return bytes;
}

unsigned char *protocol_request(const audit_case *c, const audit_settings *settings, size_t id, size_t *size)
{
  size_t npy_size = 0;
  unsigned char *npy = settings->input == ENCODING_NPY ? protocol_npy(c->rows, c->dtype, c->n, c->d, &npy_size) : NULL, *bytes = NULL;
  json_t *line = json_pack("{s:o, s:s, s:o, s:o, s:o, s:s}", "id", json_count(id), "rule", certigar_rule_name(c->rule), "n", json_count(c->n), "d",
                           json_count(c->d), "f", json_count(c->f), "dtype", dtype_name(c->dtype));
  if (line != NULL) add_parameters(line, c);
  if (line != NULL) add_varied(line, case_varied(c, settings));
  json_object_set_new(line, "input", json_string(encoding_name(settings->input)));
  if (npy != NULL) json_object_set_new(line, "bytes", json_count(npy_size));
  else add_rows(line, c);
  char *text = json_dumps(line, JSON_ENSURE_ASCII);
  if (text != NULL && (npy != NULL || settings->input == ENCODING_JSON)) bytes = join(text, npy, npy_size, size);
  json_decref(line);
  free(text);
  free(npy);
  return bytes;
}

/* ---- answers ---- */

typedef struct exchange {
  process *p;
  const audit_case *c;
  size_t id, line_max;
  int fresh; /* the process was started for this request */
  int64_t deadline;
  answer *out;
} exchange;

static int __attribute__((format(printf, 3, 4))) end(exchange *e, answer_kind kind, const char *format, ...)
{
  char text[4 * ANSWER_TEXT_MAX];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  clean_text(e->out->text, sizeof e->out->text, text, strlen(text));
  e->out->kind = kind;
  return 0;
}

static int end_early(exchange *e, const char *before)
{
  char how[128];
  process_explain_end(e->p, how, sizeof how);
  return end(e, ANSWER_CRASH, "%s %s", how, before);
}

/* Pumps once more; returns 0 when there is nothing more to wait for. */
static int pump(exchange *e, size_t limit, const char *before)
{
  int moved = process_pump(e->p, limit, e->deadline);
  if (moved < 0) return end(e, ANSWER_TIMEOUT, "no whole answer within the time limit");
  return moved > 0 || end_early(e, before);
}

/* Where the line ends; reads until it does. */
static int read_line(exchange *e, size_t *length)
{
  size_t looked = 0;
  for (;;) {
    unsigned char *newline = looked < e->p->read_size ? memchr(e->p->read + looked, '\n', e->p->read_size - looked) : NULL;
    if (newline != NULL) {
      *length = (size_t)(newline - e->p->read);
      if (*length <= e->line_max) return 1;
    }
    looked = e->p->read_size;
    if (looked > e->line_max) return end(e, ANSWER_PROTOCOL, "no end of the line within its first %zu bytes", e->line_max);
    if (!pump(e, e->line_max + 1, "before it answered")) return 0;
  }
}

static int not_a_line(exchange *e, const char *why, size_t length)
{
  char shown[256];
  clean_text(shown, 100, (const char *)e->p->read, length);
  return end(e, ANSWER_PROTOCOL, "%s: %s", why, shown);
}

/* The .npy file of size bytes that follows. */
static int read_npy(exchange *e, size_t size)
{
  certigar_message message = {""};
  npy_header header;
  const audit_case *c = e->c;
  size_t most = NPY_PARSED_MAX + c->d * word_size(c->dtype), item = word_size(c->dtype);
  if (size > most)
    return end(e, ANSWER_PROTOCOL, "announces %zu bytes; %zu values of %s need at most %zu", size, c->d, dtype_name(c->dtype), most);
  while (e->p->read_size < size)
    if (!pump(e, size + 1, "in the middle of its answer")) return 0;
  if (!npy_parse(e->p->read, size, NPY_VECTOR, &header, &message)) return end(e, ANSWER_PROTOCOL, "the .npy file: %s", message.text);
  if (header.item_size != item)
    return end(e, ANSWER_PROTOCOL, "the answer is %s, asked was %s", item == 4 ? "float64" : "float32", dtype_name(c->dtype));
  if (header.d != c->d) return end(e, ANSWER_PROTOCOL, "the answer has %zu values, the input %zu columns", header.d, c->d);
  e->out->values = malloc(c->d * item);
  if (e->out->values == NULL) return end(e, ANSWER_NONE, "no memory for an answer");
  unsigned char *to = e->out->values;
  for (size_t i = 0; i < c->d * item; i++) {
    size_t byte = i % item, from = header.big_endian == npy_native_big_endian() ? byte : item - 1 - byte;
    to[i] = e->p->read[header.data_offset + (i - byte) + from];
  }
  process_consume(e->p, size);
  return 1;
}

static int take_words(exchange *e, const json_t *output)
{
  const audit_case *c = e->c;
  uint64_t word;
  if (json_array_size(output) != c->d)
    return end(e, ANSWER_PROTOCOL, "the answer has %zu values, the input %zu columns", json_array_size(output), c->d);
  e->out->values = malloc(c->d * word_size(c->dtype));
  if (e->out->values == NULL) return end(e, ANSWER_NONE, "no memory for an answer");
  for (size_t i = 0; i < c->d; i++) {
    const char *text = json_string_value(json_array_get(output, i));
    if (text == NULL || !word_parse(text, c->dtype, &word)) {
      return end(e, ANSWER_PROTOCOL, "value %zu of the answer is no text of %zu hexadecimal digits", i, 2 * word_size(c->dtype));
    }
    word_set(e->out->values, c->dtype, i, word);
  }
  return 1;
}

static int read_answer(exchange *e, const json_t *line, int by_npy)
{
  const json_t *id = json_object_get(line, "id"), *bytes = json_object_get(line, "bytes"), *output = json_object_get(line, "output");
  const char *unsupported = json_string_value(json_object_get(line, "unsupported")), *error = json_string_value(json_object_get(line, "error"));
  if (!json_is_integer(id) || json_integer_value(id) != (json_int_t)e->id)
    return end(e, ANSWER_PROTOCOL, "the answer's id is not %zu, that of the request", e->id);
  if (unsupported != NULL) return end(e, ANSWER_UNSUPPORTED, "%s", unsupported);
  if (error != NULL) return end(e, ANSWER_ERROR, "%s", error);
  if (!by_npy && json_is_array(output)) return take_words(e, output);
  if (by_npy && json_is_integer(bytes) && json_integer_value(bytes) >= 0) return read_npy(e, (size_t)json_integer_value(bytes));
  return end(e, ANSWER_PROTOCOL, "the answer has no %s, unsupported or error of the right type", by_npy ? "bytes" : "output");
}

/* After a whole answer the request must have been read, and nothing more may have come. */
static int settle(exchange *e)
{
  while (e->p->left_to_write > 0) {
    int moved = process_pump(e->p, e->p->read_size + 1, e->deadline);
    if (moved < 0) return end(e, ANSWER_TIMEOUT, "it answered, but did not read the request to its end");
    if (moved == 0) break;
  }
  process_pump(e->p, e->p->read_size + 1, process_now());
  if (e->p->read_size > 0) return not_a_line(e, "more bytes after the answer than were announced", e->p->read_size);
  return 1;
}

static void exchange_run(exchange *e, int by_npy)
{
  size_t length = 0;
  json_error_t error;
  if (!e->fresh) process_pump(e->p, 1, process_now());
  if (e->p->read_size > 0) {
    not_a_line(e, "bytes came before the request, left over from the answer before it", e->p->read_size);
    return;
  }
  if (!read_line(e, &length)) return;
  json_t *line = json_loadb((const char *)e->p->read, length, JSON_REJECT_DUPLICATES, &error);
  if (!json_is_object(line)) {
    not_a_line(e, "a line that is no JSON object", length);
  } else {
    process_consume(e->p, length + 1);
    e->out->kind = ANSWER_VALUES;
    read_answer(e, line, by_npy);
    if (e->out->kind <= ANSWER_ERROR) settle(e);
  }
  json_decref(line);
}

/* More for the first answer of a process: 30 seconds, until it is known how long it takes to start. */
static int64_t start_allowance(const process *p)
{
  int64_t known = 3 * p->start_ms + STARTED_MS;
  return p->start_ms > 0 && known < START_MS ? known : START_MS;
}

void protocol_ask(process *p, const audit_case *c, const audit_settings *settings, size_t id, answer *out)
{
  certigar_message message = {""};
  size_t size = 0;
  int64_t began = process_now();
  int fresh = p->pid == 0, by_npy = settings->input == ENCODING_NPY;
  exchange e = {.p = p, .c = c, .id = id, .line_max = LINE_MAX_BYTES + (by_npy ? 0 : WORD_IN_LINE_MAX * c->d), .fresh = fresh, .out = out};
  *out = (answer){.kind = ANSWER_NONE};
  unsigned char *bytes = protocol_request(c, settings, id, &size);
  if (bytes == NULL) {
    end(&e, ANSWER_NONE, "no memory for a request");
    return;
  }
  if (fresh && !process_start(p, settings->program, &message)) {
    end(&e, ANSWER_NONE, "%s: %s", settings->program[0], message.text);
    free(bytes);
    return;
  }
  e.deadline = began + (int64_t)settings->timeout_ms + (fresh ? start_allowance(p) : 0);
  process_write(p, bytes, size);
  exchange_run(&e, by_npy);
  clean_text(out->tail, sizeof out->tail, p->tail, p->tail_size);
  out->milliseconds = (size_t)(process_now() - began);
  if (fresh && out->kind < ANSWER_CRASH && (int64_t)out->milliseconds > p->start_ms) p->start_ms = (int64_t)out->milliseconds + 1;
  if (out->kind != ANSWER_VALUES) {
    free(out->values);
    out->values = NULL;
  }
  if (out->kind >= ANSWER_CRASH) process_stop(p);
  process_write(p, NULL, 0);
  free(bytes);
}

void answer_clear(answer *a)
{
  free(a->values);
  a->values = NULL;
}
