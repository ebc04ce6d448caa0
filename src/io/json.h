/* Parts of the JSON that the program writes. As jansson's own functions do, these return NULL if there is no memory. */
#ifndef CERTIGAR_IO_JSON_H
#define CERTIGAR_IO_JSON_H

#include "certificate.h"
#include "certigar.h"

#include <jansson.h>
#include <stddef.h>

json_t *json_count(size_t value);
json_t *json_counts(const size_t *values, size_t count);

/* The text of a key, empty where there is none. */
const char *json_text(const json_t *object, const char *key);

/* significand 2^exponent in hexadecimal, as 0x1.8p+3 or -inf, with an exponent that no double needs to hold; the same as JSON. */
enum { BOUND_TEXT_MAX = 64 };
void bound_text(char text[BOUND_TEXT_MAX], certigar_bound bound);
json_t *json_bound(certigar_bound bound);

/* The text of an object, which it takes over, ending in a newline, in *size bytes to be freed with free. */
char *json_file(json_t *object, size_t *size);

/* The parameters of the rule, as the certificate has them; m is null if none is known. */
json_t *certificate_parameters(const certificate_facts *facts);

/* The certificate as an object; without an output_sha256 if facts->output is empty. */
json_t *certificate_json(const certificate_facts *facts);

#endif
