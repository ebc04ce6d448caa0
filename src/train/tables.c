/* The list of tables, and the one that is of no paper. */
#include "tables.h"

#include <math.h>
#include <string.h>

const table table_generated_demo = {
  .name = "generated-demo", .title = "Rules under attack on the data that ships with certigar, 10 honest and 5 Byzantine workers",
  .source = "Not of a paper: nothing to download, about a minute",
  .arguments = "--data generated --model mlp -n 15 -f 5 --byzantine 5 --steps 100 --evaluate-every 50",
  .row_names = {"average", "median", "trimmed-mean", "krum", "multi-krum", "geometric-median", "nnm and trimmed-mean"},
  .row_arguments = {"--rule average", "--rule median", "--rule trimmed-mean", "--rule krum", "--rule multi-krum", "--rule geometric-median",
                    "--rule trimmed-mean --pre nnm"},
  .row_count = 7,
  .column_names = {"No attack", "Sign Flip", "ALIE", "Inf", "Gaussian", "Model negation", "Label Flip"},
  .column_arguments = {"--attack none", "--attack sign-flip", "--attack alie", "--attack inf", "--attack gaussian", "--attack model-negation",
                       "--attack label-flip"},
  .column_count = 7, .choice_names = {"sgd"}, .choice_arguments = {"--optimizer sgd"}, .choice_count = 1,
  .published = {NOTHING_PUBLISHED, NOTHING_PUBLISHED, NOTHING_PUBLISHED, NOTHING_PUBLISHED, NOTHING_PUBLISHED, NOTHING_PUBLISHED, NOTHING_PUBLISHED}};

const table *const tables[] = {
  &table_generated_demo,
  &table_thesis_mnist, &table_thesis_mnist_no_attack, &table_thesis_mnist_dirichlet, &table_thesis_mnist_dirichlet_no_attack,
  &table_thesis_cifar, &table_thesis_cifar_no_attack, &table_thesis_cifar_dirichlet, &table_thesis_cifar_dirichlet_no_attack,
  &table_brsgd,
  &table_zeno, &table_zeno_asynchronous,
  &table_slowdown,
};
const size_t table_count = sizeof tables / sizeof *tables;

const table *table_named(const char *name)
{
  for (size_t i = 0; i < table_count; i++)
    if (strcmp(tables[i]->name, name) == 0) return tables[i];
  return NULL;
}

int table_has(const table *t, size_t row, size_t column)
{
  return !t->cells[row] || t->cells[row][column] == 'x';
}
