/* Tables of the papers, as queues of training runs: what each run is, and what was published. Each source has a file, tables_SOURCE.c, which says what
 * it leaves open and what was taken instead. */
#ifndef CERTIGAR_TRAIN_TABLES_H
#define CERTIGAR_TRAIN_TABLES_H

#include <stddef.h>

enum { COLUMNS_MAX = 8, ROWS_MAX = 16, CHOICES_MAX = 6 };

/* A table has rows and columns; each cell is the best of its choices (say, of five rules), or has a single run. A run's arguments are those of
 * certigar train: the table's, the row's, the column's, the choice's, one after the other. */
typedef struct table {
  const char *name, *title, *source;
  const char *note;                                  /* what goes with the figures wherever they are shown */
  const char *arguments;
  const char *row_names[ROWS_MAX], *row_arguments[ROWS_MAX];
  const char *column_names[COLUMNS_MAX], *column_arguments[COLUMNS_MAX];
  const char *choice_names[CHOICES_MAX], *choice_arguments[CHOICES_MAX];
  const char *best;                                  /* what the choice of a cell is called, where there are several */
  size_t row_count, column_count, choice_count;
  const char *cells[ROWS_MAX];                       /* for each column 'x', or '-' where the source has no such run; NULL: all are runs */
  double goal;                                       /* 0: a cell is an accuracy; else it is the steps to this accuracy, and the fewest are best */
  double published[ROWS_MAX][COLUMNS_MAX];           /* accuracy, or the bound of how many times the steps of the first row; NAN: not published */
  const char *published_choice[ROWS_MAX][COLUMNS_MAX]; /* the choice that gave it, if the source says; else NULL */
} table;

#define NOTHING_PUBLISHED {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN}

extern const table table_generated_demo;
extern const table table_thesis_mnist, table_thesis_mnist_no_attack, table_thesis_mnist_dirichlet, table_thesis_mnist_dirichlet_no_attack;
extern const table table_thesis_cifar, table_thesis_cifar_no_attack, table_thesis_cifar_dirichlet, table_thesis_cifar_dirichlet_no_attack;
extern const table table_brsgd;
extern const table table_zeno, table_zeno_asynchronous;
extern const table table_slowdown;

/* All of them. */
extern const table *const tables[];
extern const size_t table_count;

const table *table_named(const char *name);

/* Whether the source has a run there. */
int table_has(const table *t, size_t row, size_t column);

#endif
