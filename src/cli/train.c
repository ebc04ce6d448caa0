/* certigar train: a training run under attack, with a line for each evaluation, a CSV file, a picture, and checkpoints to go on from. */
#include "commands.h"
#include "report.h"
#include "train_job.h"

int command_train(int argc, char **argv)
{
  train_request asked;
  int status = train_request_parse(argc, argv, &asked);
  if (status != 0) return status;
  if (asked.help) return command_help("train");
  status = train_job(&asked, NULL);
  int ended = end_of_output();
  return status != 0 ? status : ended;
}
