/* The tables, and what their sources leave open:
 *
 * thesis-4.1, thesis-4.2, thesis-no-attack: DRA/MRA thesis, section 4.1. Steps are not published; 800, as in RESAM's paper. eps is not among its
 * hyper-parameters (Algorithm 10 calls 1e-10 usual); 1e-8.
 * Table 4.2's 13 honest and 4 Byzantine workers with NNM; its rates.
 * brsgd-1: BrSGD, Table 1. Rate 0.03 is published; steps, batch size and the threshold are not: 1000, 50, inf. No clipping or l2 is mentioned.
 */
#include "tables.h"

#include <math.h>
#include <string.h>

#define FIVE_RULES                                                                                         \
  .choice_names = {"AVG", "CWTM", "MEAMED", "CWM", "MDA"},                                                 \
  .choice_arguments = {"--rule average", "--rule trimmed-mean", "--rule meamed", "--rule median", "--rule mda"}, .choice_count = 5

#define FOUR_OPTIMIZERS(rate, every)                                                                       \
  .row_names = {"SGD", "RESAM", "DRA", "MRA"},                                                             \
  .row_arguments = {"--optimizer sgd --rate " rate every, "--optimizer resam --rate " rate every, "--optimizer dra", "--optimizer mra"}, .row_count = 4

const table tables[] = {
  {.name = "generated-demo", .title = "Rules under attack on the data that ships with certigar, 10 honest and 5 Byzantine workers",
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
   .published = {{NAN, NAN, NAN, NAN, NAN, NAN, NAN}, {NAN, NAN, NAN, NAN, NAN, NAN, NAN}, {NAN, NAN, NAN, NAN, NAN, NAN, NAN},
                 {NAN, NAN, NAN, NAN, NAN, NAN, NAN}, {NAN, NAN, NAN, NAN, NAN, NAN, NAN}, {NAN, NAN, NAN, NAN, NAN, NAN, NAN},
                 {NAN, NAN, NAN, NAN, NAN, NAN, NAN}}},
  {.name = "thesis-4.1", .title = "Homogeneous MNIST, 10 honest and 5 Byzantine workers", .source = "DRA/MRA thesis, Table 4.1",
   .arguments = "--data mnist --model mnist -n 15 -f 5 --byzantine 5 --batch 25 --steps 800 --evaluate-every 50",
   FOUR_OPTIMIZERS("0.75", ""), FIVE_RULES,
   .column_names = {"Little", "Empire", "Sign Flip", "Label Flip", "Inf", "-Inf"},
   .column_arguments = {"--attack little", "--attack empire", "--attack sign-flip", "--attack label-flip", "--attack inf", "--attack minus-inf"},
   .column_count = 6,
   .published = {{0.3825, 0.945, 0.948, 0.9625, 0.9725, 0.9725},
                 {0.777, 0.948, 0.951, 0.958, 0.958, 0.956},
                 {0.7755, 0.9265, 0.9295, 0.944, 0.9515, 0.9405},
                 {0.7745, 0.918, 0.9325, 0.942, 0.9495, 0.941}},
   .published_choice = {{"CWTM", "AVG", "AVG", "AVG", "MDA", "MDA"},
                        {"CWTM", "CWTM", "CWTM", "MDA", "CWM", "MEAMED"},
                        {"CWTM", "CWTM", "CWTM", "CWTM", "CWTM", "MEAMED"},
                        {"CWTM", "CWTM", "CWTM", "CWTM", "CWTM", "MEAMED"}}},
  {.name = "thesis-no-attack", .title = "Homogeneous MNIST, 15 honest workers", .source = "DRA/MRA thesis, section 4.1.2.1 (Figure 4.3)",
   .arguments = "--data mnist --model mnist -n 15 -f 5 --byzantine 0 --batch 25 --steps 800 --evaluate-every 50",
   FOUR_OPTIMIZERS("0.75", ""), FIVE_RULES,
   .column_names = {"No attack"}, .column_arguments = {"--attack none"}, .column_count = 1,
   .published = {{0.9675}, {0.968}, {0.951}, {0.9485}}, .published_choice = {{"AVG"}, {"CWTM"}, {"CWTM"}, {"CWM"}}},
  {.name = "thesis-4.2", .title = "MNIST by Dirichlet(0.1), 13 honest and 4 Byzantine workers, NNM", .source = "DRA/MRA thesis, Table 4.2",
   .arguments = "--data mnist --model mnist -n 17 -f 4 --byzantine 4 --batch 25 --alpha 0.1 --pre nnm --steps 800 --evaluate-every 50",
   FOUR_OPTIMIZERS("0.75", " --rate-every 50"), FIVE_RULES,
   .column_names = {"Little", "Empire", "Sign Flip", "Label Flip", "Inf"},
   .column_arguments = {"--attack little", "--attack empire", "--attack sign-flip", "--attack label-flip", "--attack inf"}, .column_count = 5,
   .published = {{0.282, 0.639, 0.6885, 0.824, 0.772},
                 {0.4095, 0.5685, 0.5625, 0.806, 0.671},
                 {0.8035, 0.484, 0.4505, 0.6765, 0.759},
                 {0.098, 0.098, 0.098, 0.747, 0.758}},
   .published_choice = {{"CWM", "CWM", "CWTM", "CWTM", "CWTM"},
                        {"CWTM", "CWM", "CWM", "CWTM", "AVG"},
                        {"CWTM", "CWTM", "CWTM", "MDA", "CWTM"},
                        {"AVG", "AVG", "AVG", "AVG", "MDA"}}},
};
const size_t table_count = sizeof tables / sizeof *tables;

const table *table_named(const char *name)
{
  for (size_t i = 0; i < table_count; i++)
    if (strcmp(tables[i].name, name) == 0) return &tables[i];
  return NULL;
}
