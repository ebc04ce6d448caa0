/* What a flag of a case means: which mistake it catches, and where that mistake was seen. */
#ifndef CERTIGAR_CASES_NOTES_H
#define CERTIGAR_CASES_NOTES_H

#include <stddef.h>

enum { NOTE_SEEN_MAX = 6 };

typedef struct case_note {
  const char *flag;
  const char *comment;
  const char *seen_in[NOTE_SEEN_MAX]; /* implementation, commit and function; "run": it was run and did it, "read": it was read in the source */
} case_note;

extern const case_note case_notes[];
extern const size_t case_note_count;

/* The flag of a generator. */
const char *case_flag_of_generator(const char *name);

#endif
