/* BrSGD (Li et al.), Table 1: LeNet on Fashion-MNIST, 20 workers, none, 2, 5 or 10 of them Byzantine. Figures are typed from that table, in which they
 * are percentages. Its columns without attackers are there for BrSGD alone, one for each attack: four runs of one setting, here with four seeds. What it
 * calls Label Inverse is the Label Shift of section 5.1, labels 9 - y.
 *
 * Published besides: beta = 1/2, rate 0.03 (caption of Figure 3), deviation 200, factor 1e10. What it leaves open, and what is taken: steps (Figure 3
 * counts epochs, without saying how many or how long) 1000, batch 50, the threshold infinite; no clipping and no l2 are mentioned. Rules are told the
 * greatest f that they take, up to the number of attackers; Krum takes 8.
 */
#include "tables.h"

#include <math.h>

#define GAUSSIAN(q) "--attack gaussian --byzantine " q
#define NEGATION(q) "--attack model-negation --byzantine " q
#define SCALE(q) "--attack gradient-scale --byzantine " q
#define LABELS(q) "--attack label-flip --byzantine " q

const table table_brsgd = {
  .name = "brsgd-1", .title = "LeNet on Fashion-MNIST, 20 workers, of whom some are Byzantine", .source = "BrSGD, Table 1",
  .note = "With factors of 1e10 no mean can survive: the published figures of Mean and Median under Gradient Scale look exchanged",
  .arguments = "--data fashion --model lenet -n 20 --batch 50 --rate 0.03 --steps 1000 --clip 0 --l2 0 --evaluate-every 50",
  .row_names = {"Gaussian, none", "Gaussian, 10 %", "Gaussian, 25 %", "Gaussian, 50 %",
                "Model Negation, none", "Model Negation, 10 %", "Model Negation, 25 %", "Model Negation, 50 %",
                "Gradient Scale, none", "Gradient Scale, 10 %", "Gradient Scale, 25 %", "Gradient Scale, 50 %",
                "Label Inverse, none", "Label Inverse, 10 %", "Label Inverse, 25 %", "Label Inverse, 50 %"},
  .row_arguments = {"--byzantine 0 --seed 1", GAUSSIAN("2"), GAUSSIAN("5"), GAUSSIAN("10"),
                    "--byzantine 0 --seed 2", NEGATION("2"), NEGATION("5"), NEGATION("10"),
                    "--byzantine 0 --seed 3", SCALE("2"), SCALE("5"), SCALE("10"),
                    "--byzantine 0 --seed 4", LABELS("2"), LABELS("5"), LABELS("10")},
  .row_count = 16,
  .column_names = {"BrSGD", "Median", "Mean", "Krum"},
  .column_arguments = {"--rule brsgd --param threshold=inf,beta=1/2", "--rule median", "--rule average", "--rule krum"}, .column_count = 4,
  .cells = {"x---", NULL, NULL, NULL, "x---", NULL, NULL, NULL, "x---", NULL, NULL, NULL, "x---", NULL, NULL, NULL},
  .choice_names = {"sgd"}, .choice_arguments = {"--optimizer sgd"}, .choice_count = 1,
  .published = {{0.8416, NAN, NAN, NAN}, {0.8342, 0.8373, 0.0993, 0.8204}, {0.8456, 0.8540, 0.0993, 0.7956}, {0.8329, 0.8678, 0.0993, 0.7962},
                {0.8587, NAN, NAN, NAN}, {0.8389, 0.8329, 0.1084, 0.8044}, {0.8407, 0.8447, 0.1084, 0.8118}, {0.8213, 0.8284, 0.1084, 0.7936},
                {0.8529, NAN, NAN, NAN}, {0.8433, 0.8100, 0.8587, 0.7720}, {0.8367, 0.6113, 0.8247, 0.8133}, {0.8287, 0.0980, 0.6067, 0.7076},
                {0.8511, NAN, NAN, NAN}, {0.8293, 0.8491, 0.7271, 0.8182}, {0.8249, 0.8600, 0.7493, 0.7856}, {0.8393, 0.8209, 0.8011, 0.6876}}};
