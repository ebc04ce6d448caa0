/* What a run has reached, as a file that appears whole or not at all, and from which it goes on bit for bit.
 *
 * The file is a line "certigar-checkpoint 1", a line with the description of the run (its options, one line of text), then the pieces of
 * training_state, each as its size in 8 bytes and its bytes, both in this processor's order, then the SHA-256 of all that.
 */
#ifndef CERTIGAR_TRAIN_CHECKPOINT_H
#define CERTIGAR_TRAIN_CHECKPOINT_H

#include "training.h"

/* Both return 0 and a message if it could not be done; what is no checkpoint of a run with this description is refused, and the run is left as it was. */
int checkpoint_write(training *run, const char *description, const char *path, certigar_message *message);
int checkpoint_read(training *run, const char *description, const char *path, certigar_message *message);

#endif
