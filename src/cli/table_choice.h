/* Some of a table's rows, columns and choices, by name, as a table of its own: the same runs, and no others. */
#ifndef CERTIGAR_CLI_TABLE_CHOICE_H
#define CERTIGAR_CLI_TABLE_CHOICE_H

#include "train/tables.h"

typedef struct table_names {
  const char *const *names; /* as typed; a name that comes again changes nothing */
  size_t count;             /* 0: all */
} table_names;

typedef struct table_choice {
  table chosen;
  char cells[ROWS_MAX][COLUMNS_MAX + 1]; /* what chosen.cells points to */
} table_choice;

/* Returns 0, or complains (of a name that is not in the table, or if the source has none of these runs) and returns an exit status. */
int table_choose(table_choice *out, const table *whole, table_names rows, table_names columns, table_names choices);

#endif
