/* Image-classification data: pixels as bytes, labels, a training and a test part.
 *
 *   generated       ships with the program, 14 x 14 grey, 10 classes, 6000 + 1000 (generated.c)
 *   mnist, fashion  the four official IDX files of MNIST and Fashion-MNIST, 28 x 28 grey, 60000 + 10000 (idx.c)
 *   cifar           the binary version of CIFAR-10, 32 x 32 in 3 colours, 10000 for each of the five training files that are there, + 10000 (cifar.c)
 *
 * Files may be gzip-compressed (".gz" behind the name) or not; each must have the published MD5 of its content.
 */
#ifndef CERTIGAR_TRAIN_DATASET_H
#define CERTIGAR_TRAIN_DATASET_H

#include "certigar.h"
#include "layer.h"

typedef struct samples {
  size_t count;
  unsigned char *pixels; /* count x channels x height x width */
  unsigned char *labels; /* count, below classes */
} samples;

typedef struct dataset {
  shape in;
  size_t classes;
  samples train, test;
  real mean[3], deviation[3]; /* of a channel's values, pixel / 255, over the training part as published; a network gets (value - mean) / deviation */
} dataset;

/* The data of that name; files are looked for in the directory. Returns 0 and a message (which file, what is wrong with it, where it comes from) if
 * there is none. */
int dataset_open(dataset *out, const char *name, const char *directory, certigar_message *message);
void dataset_free(dataset *data);

/* Some samples as a network takes them: channels x height x width x count, and their labels. */
void dataset_batch(const dataset *data, const samples *from, const size_t *which, size_t count, real *in, unsigned char *labels);

/* ---- for the readers of formats ---- */

/* The content of DIRECTORY/NAME, or DIRECTORY/NAME.gz, of exactly size bytes and with this MD5 (hexadecimal); NULL and a message if there is none. */
unsigned char *dataset_file(const char *directory, const char *name, size_t size, const char *md5, const char *origin, certigar_message *message);
int dataset_file_exists(const char *directory, const char *name);
int dataset_allocate(samples *out, size_t count, size_t size); /* returns 0 if there is no memory */

int dataset_read_idx(dataset *out, int fashion, const char *directory, certigar_message *message);
int dataset_read_cifar(dataset *out, const char *directory, certigar_message *message);
int dataset_generate(dataset *out, certigar_message *message);

#endif
