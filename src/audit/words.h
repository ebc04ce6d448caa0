/* Numbers as their bits: an array of words of one dtype, and their text of hexadecimal digits. */
#ifndef CERTIGAR_AUDIT_WORDS_H
#define CERTIGAR_AUDIT_WORDS_H

#include "certigar.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

size_t word_size(certigar_dtype dtype);
uint64_t word_get(const void *words, certigar_dtype dtype, size_t at);
void word_set(void *words, certigar_dtype dtype, size_t at, uint64_t word);

/* The digits of count words from the one at first, 8 or 16 each, most significant first, as a JSON array of texts. */
json_t *words_json(const void *words, certigar_dtype dtype, size_t first, size_t count);

/* Reads exactly the digits of a word, in either case of letters; returns 0 if it is none. */
int word_parse(const char *text, certigar_dtype dtype, uint64_t *word);

/* 1.5, -0, inf, nan, or the hexadecimal number, whichever is short and exact: for a reader of a table. */
enum { WORD_SHOWN_SIZE = 40 };
void word_show(char text[WORD_SHOWN_SIZE], certigar_dtype dtype, uint64_t word);

/* float32 or float64; returns 0 for another name. */
int dtype_from_name(const char *name, certigar_dtype *dtype);

#endif
