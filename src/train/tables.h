/* Tables of the papers, as queues of training runs: what each run is, and what was published. */
#ifndef CERTIGAR_TRAIN_TABLES_H
#define CERTIGAR_TRAIN_TABLES_H

#include <stddef.h>

enum { COLUMNS_MAX = 8, ROWS_MAX = 16, CHOICES_MAX = 6 };

/* A table has rows and columns; each cell is the best of its choices (say, of five rules), or has a single run. A run's arguments are those of
 * certigar train: the table's, the row's, the column's, the choice's, one after the other. */
typedef struct table {
  const char *name, *title, *source;
  const char *arguments;
  const char *row_names[ROWS_MAX], *row_arguments[ROWS_MAX];
  const char *column_names[COLUMNS_MAX], *column_arguments[COLUMNS_MAX];
  const char *choice_names[CHOICES_MAX], *choice_arguments[CHOICES_MAX];
  size_t row_count, column_count, choice_count;
  double published[ROWS_MAX][COLUMNS_MAX];            /* accuracy; NAN: not published */
  const char *published_choice[ROWS_MAX][COLUMNS_MAX]; /* the choice that gave it, if the source says; else NULL */
} table;

extern const table tables[];
extern const size_t table_count;

const table *table_named(const char *name);

#endif
