#include "table_choice.h"

#include "report.h"
#include "suggest.h"

#include <stdio.h>
#include <string.h>

static int unknown_name(const char *option, const char *typed, const char *const *names, size_t count)
{
  char all[1024] = "";
  size_t at = 0;
  const char *meant = suggest(typed, names, count);
  if (meant) return complain(STATUS_USAGE, "%s: the table has no '%s'; did you mean '%s'?", option, typed, meant);
  for (size_t i = 0; i < count && at < sizeof all; i++) at += (size_t)snprintf(all + at, sizeof all - at, "%s'%s'", i ? ", " : "", names[i]);
  return complain(STATUS_USAGE, "%s must be one of %s; got '%s'", option, all, typed);
}

/* Marks the names that were typed. */
static int mark(const char *option, table_names typed, const char *const *names, size_t count, int *is_chosen)
{
  for (size_t i = 0; i < count; i++) is_chosen[i] = typed.count == 0;
  for (size_t i = 0; i < typed.count; i++) {
    size_t at = 0;
    while (at < count && strcmp(names[at], typed.names[i]) != 0) at++;
    if (at == count) return unknown_name(option, typed.names[i], names, count);
    is_chosen[at] = 1;
  }
  return 0;
}

/* Keeps the chosen ones of an array of count; returns how many. */
static size_t keep(const char **array, const int *is_chosen, size_t count)
{
  size_t kept = 0;
  for (size_t i = 0; i < count; i++)
    if (is_chosen[i]) array[kept++] = array[i];
  return kept;
}

static size_t keep_cells(table_choice *out, const table *whole, const int *is_row, const int *is_column)
{
  size_t row = 0, runs = 0;
  for (size_t r = 0; r < whole->row_count; r++) {
    size_t column = 0;
    if (!is_row[r]) continue;
    for (size_t c = 0; c < whole->column_count; c++) {
      if (!is_column[c]) continue;
      runs += table_has(whole, r, c) != 0;
      out->cells[row][column++] = table_has(whole, r, c) ? 'x' : '-';
    }
    out->cells[row][column] = 0;
    out->chosen.cells[row] = out->cells[row];
    row++;
  }
  return runs;
}

int table_choose(table_choice *out, const table *whole, table_names rows, table_names columns, table_names choices)
{
  int is_row[ROWS_MAX], is_column[COLUMNS_MAX], is_choice[CHOICES_MAX];
  table *t = &out->chosen;
  *t = *whole;
  int status = mark("--row", rows, whole->row_names, whole->row_count, is_row);
  if (status == 0) status = mark("--column", columns, whole->column_names, whole->column_count, is_column);
  if (status == 0) status = mark("--choice", choices, whole->choice_names, whole->choice_count, is_choice);
  if (status != 0) return status;
  if (keep_cells(out, whole, is_row, is_column) == 0) return complain(STATUS_USAGE, "%s has no run in these rows and columns", whole->name);
  keep(t->row_arguments, is_row, whole->row_count);
  keep(t->column_arguments, is_column, whole->column_count);
  keep(t->choice_arguments, is_choice, whole->choice_count);
  t->row_count = keep(t->row_names, is_row, whole->row_count);
  t->column_count = keep(t->column_names, is_column, whole->column_count);
  t->choice_count = keep(t->choice_names, is_choice, whole->choice_count);
  return 0;
}
