/* Numbers as their bits: an array of words of one dtype, and their text of hexadecimal digits. */
#ifndef CERTIGAR_AUDIT_WORDS_H
#define CERTIGAR_AUDIT_WORDS_H

#include "certigar.h"

#include <stddef.h>
#include <stdint.h>

enum { WORD_DIGITS_SIZE = 17 };

size_t word_size(certigar_dtype dtype);
uint64_t word_get(const void *words, certigar_dtype dtype, size_t at);
void word_set(void *words, certigar_dtype dtype, size_t at, uint64_t word);

/* The digits, 8 or 16, most significant first. */
void word_digits(char text[WORD_DIGITS_SIZE], certigar_dtype dtype, uint64_t word);

/* Reads exactly such a text, in either case of letters; returns 0 if it is none. */
int word_parse(const char *text, certigar_dtype dtype, uint64_t *word);

/* 1.5, -0, inf, nan, or the hexadecimal number, whichever is short and exact: for a reader of a table. */
enum { WORD_SHOWN_SIZE = 40 };
void word_show(char text[WORD_SHOWN_SIZE], certigar_dtype dtype, uint64_t word);

/* float32 or float64; returns 0 for another name. */
int dtype_from_name(const char *name, certigar_dtype *dtype);

#endif
