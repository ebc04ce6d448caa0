/* Xie's slides on Zeno and Zeno++: a convolutional network on CIFAR-10 with 20 workers, and 10 for Zeno++. They show curves, and no figure is in their
 * text, so nothing is published to stand beside. How many are Byzantine, and b of Krum and of Zeno, are from the slides: b = 4 and 4 without attack, 8
 * and 9 or 16 under label flip, 8 and 16 under sign flip.
 *
 * What they leave open, and what is taken: the network, four convolutions and a linear layer; rate gamma 0.1; of Zeno rho 0.0005 and 25 samples for the
 * server's batch, of Zeno++ epsilon 0, rho gamma/10 and 100 samples; the workers' batch 50; 1000 steps, 3000 answers for Zeno++; no clipping and no l2 are
 * mentioned. Zeno++'s column without a test takes every answer that is finite: it is asynchronous SGD, said by an epsilon that no finite answer misses.
 */
#include "tables.h"

#include <math.h>

#define NETWORK "--data cifar --model C16k3p1-R-M-C16k3p1-R-M-C32k3p1-R-M-C32k3p1-R-M-L10 --batch 50 --rate 0.1 --clip 0 --l2 0 --evaluate-every 50"
#define NOTE "The slides show curves and no figures, and train on all 50000 samples. Runs take the data_batch files that are there: certigar train says" \
             " how many samples that is"

const table table_zeno = {
  .name = "zeno", .title = "Zeno on CIFAR-10, 20 workers", .source = "Xie, slides: Zeno", .note = NOTE,
  .arguments = NETWORK " -n 20 --steps 1000",
  .row_names = {"No attack", "Label Flip, 8", "Label Flip, 12", "Sign Flip, 8", "Sign Flip, 12"},
  .row_arguments = {"--byzantine 0", "--byzantine 8 --attack label-flip", "--byzantine 12 --attack label-flip", "--byzantine 8 --attack sign-flip",
                    "--byzantine 12 --attack sign-flip"},
  .row_count = 5,
  .column_names = {"Mean", "Median", "Krum, b = 4", "Krum, b = 8", "Zeno, b = 4", "Zeno, b = 9", "Zeno, b = 16"},
  .column_arguments = {"--rule average", "--rule median", "--rule krum -f 4", "--rule krum -f 8", "--rule zeno -f 4 --rho 0.0005 --validation 25",
                       "--rule zeno -f 9 --rho 0.0005 --validation 25", "--rule zeno -f 16 --rho 0.0005 --validation 25"},
  .column_count = 7,
  .cells = {"xxx-x--", "xx-x-x-", "xx-x--x", "xx-x--x", "xx-x--x"},
  .choice_names = {"sgd"}, .choice_arguments = {""}, .choice_count = 1,
  .published = {NOTHING_PUBLISHED, NOTHING_PUBLISHED, NOTHING_PUBLISHED, NOTHING_PUBLISHED, NOTHING_PUBLISHED}};

const table table_zeno_asynchronous = {
  .name = "zeno++", .title = "Zeno++ on CIFAR-10, 8 of 10 workers Byzantine", .source = "Xie, slides: Zeno++", .note = NOTE,
  .arguments = NETWORK " -n 10 --steps 3000",
  .row_names = {"No attack", "Sign Flip, 8"}, .row_arguments = {"--byzantine 0", "--byzantine 8 --attack sign-flip"}, .row_count = 2,
  .column_names = {"Zeno++", "no test"},
  .column_arguments = {"--rule zeno++ --rho 0.01 --epsilon 0 --validation 100", "--rule zeno++ --rho 0 --epsilon 1e300"}, .column_count = 2,
  .choice_names = {"sgd"}, .choice_arguments = {""}, .choice_count = 1,
  .published = {NOTHING_PUBLISHED, NOTHING_PUBLISHED}};
