/* The slowdown m/n of the Multi-Bulyan paper (El-Mhamdi, Guerraoui), Theorems 1 and 2: without attackers a rule that averages m rows takes in the order
 * of n/m times the steps of an average of all n. With n = 15 and f = 3, m is 15 for the average, n - f - 2 = 10 for Multi-Krum, n - 2f - 2 = 7 for
 * Multi-Bulyan and 1 for Krum: n/m stands as published. The paper runs nothing, so data, network, batch, rates and the accuracy are ours: the data that
 * ships with certigar, of each rule the rate that takes the fewest steps, no clipping and no l2.
 *
 * The proof takes the rows that are selected for a sample without bias, and noise for less than the gradient. With small batches neither holds: a rule
 * that goes by distances then likes the shortest rows.
 */
#include "tables.h"

#include <math.h>

const table table_slowdown = {
  .name = "slowdown", .title = "Steps to an accuracy without attackers, 15 workers, f = 3", .source = "Multi-Bulyan, Theorems 1 and 2",
  .note = "Published is n/m, an order of growth and no figure that was measured. The theorems ask for noise that is less than the gradient: a small batch"
          " has more",
  .arguments = "--data generated --model mlp -n 15 -f 3 --byzantine 0 --clip 0 --l2 0 --steps 400 --evaluate-every 1",
  .row_names = {"average", "multi-krum", "multi-bulyan", "krum"},
  .row_arguments = {"--rule average", "--rule multi-krum", "--rule multi-bulyan", "--rule krum"}, .row_count = 4,
  .column_names = {"batch 4", "batch 16", "batch 64"}, .column_arguments = {"--batch 4", "--batch 16", "--batch 64"}, .column_count = 3,
  .choice_names = {"rate 0.1", "rate 0.2", "rate 0.5", "rate 1", "rate 2"},
  .choice_arguments = {"--rate 0.1", "--rate 0.2", "--rate 0.5", "--rate 1", "--rate 2"}, .choice_count = 5,
  .best = "the rate that takes the fewest", .goal = 0.9,
  .published = {{1, 1, 1}, {15.0 / 10, 15.0 / 10, 15.0 / 10}, {15.0 / 7, 15.0 / 7, 15.0 / 7}, {15, 15, 15}}};
