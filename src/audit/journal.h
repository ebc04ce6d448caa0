/* The journal of an audit: a line of JSON for each thing done, appended in one write, so that what a kill leaves is whole lines and at most one cut
 * one, which is dropped. Its first line says which audit it is; its last, {"finished": true}, that nothing is left to do. */
#ifndef CERTIGAR_AUDIT_JOURNAL_H
#define CERTIGAR_AUDIT_JOURNAL_H

#include "settings.h"

#include <jansson.h>

typedef struct journal {
  int fd; /* -1: none */
  int finished;
  char path[FILE_NAME_MAX];
} journal;

/* Takes one line after the first; returns 0 if it makes no sense. */
typedef int (*journal_reader)(void *context, const json_t *line);

/* Opens, or makes, the journal in the state directory, and holds it against other audits. Returns 0, or complains and returns an exit status. */
int journal_open(journal *j, const audit_settings *settings, journal_reader reader, void *context);

/* Appends a line and drops the reference to it. Returns as above. */
int journal_append(journal *j, json_t *line);

void journal_close(journal *j);

/* The arguments of the program and the settings, as the first line and the JSON result have them. */
json_t *journal_program(const audit_settings *settings);
json_t *journal_settings(const audit_settings *settings);
json_t *journal_build(void);

#endif
