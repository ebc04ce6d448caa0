/* A table as it was run, beside the published one: Markdown. */
#ifndef CERTIGAR_CLI_TABLE_TEXT_H
#define CERTIGAR_CLI_TABLE_TEXT_H

#include "run_queue.h"
#include "train/text.h"

void table_text(text *out, const run_queue *queue);

#endif
