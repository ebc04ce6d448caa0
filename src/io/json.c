#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

json_t *json_count(size_t value)
{
  return json_integer((json_int_t)value);
}

json_t *json_counts(const size_t *values, size_t count)
{
  json_t *array = json_array();
  for (size_t i = 0; array != NULL && i < count; i++) {
    if (json_array_append_new(array, json_count(values[i])) != 0) {
      json_decref(array);
      array = NULL;
    }
  }
  return array;
}

void bound_text(char text[BOUND_TEXT_MAX], certigar_bound bound)
{
  char digits[20];
  int exponent = bound.exponent + 63;
  const char *sign = bound.negative ? "-" : "";
  if (bound.infinite || bound.significand == 0) {
    strcpy(text, bound.significand == 0 && !bound.infinite ? "0x0p+0" : bound.negative ? "-inf" : "inf");
    return;
  }
  while (bound.significand >> 63 == 0) {
    bound.significand <<= 1;
    exponent--;
  }
  snprintf(digits, sizeof digits, "%016llx", (unsigned long long)(bound.significand << 1));
  size_t length = strlen(digits);
  while (length > 0 && digits[length - 1] == '0') digits[--length] = '\0';
  snprintf(text, BOUND_TEXT_MAX, "%s0x1%s%sp%+d", sign, length > 0 ? "." : "", digits, exponent);
}

json_t *json_bound(certigar_bound bound)
{
  char text[BOUND_TEXT_MAX];
  bound_text(text, bound);
  return json_string(text);
}

char *json_file(json_t *object, size_t *size)
{
  if (object == NULL) return NULL;
  char *text = json_dumps(object, JSON_INDENT(2));
  json_decref(object);
  if (text == NULL) return NULL;
  size_t length = strlen(text);
  char *line = realloc(text, length + 2);
  if (line == NULL) {
    free(text);
    return NULL;
  }
  line[length] = '\n';
  line[length + 1] = '\0';
  *size = length + 1;
  return line;
}

const char *json_text(const json_t *object, const char *key)
{
  const char *text = json_string_value(json_object_get(object, key));
  return text != NULL ? text : "";
}
