/* MNIST and Fashion-MNIST in their IDX files: big-endian magic 2051, count, rows, columns, then pixels; magic 2049, count, then labels. */
#include "dataset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE = 28, IMAGES_HEAD = 16, LABELS_HEAD = 8 };

typedef struct part {
  const char *images, *labels, *images_md5, *labels_md5;
  size_t count;
} part;

static const part parts[2][2] = {
  {{"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "6bbc9ace898e44ae57da46a324031adb", "a25bea736e30d166cdddb491f175f624", 60000},
   {"t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", "2646ac647ad5339dbf082846283269ea", "27ae3e4e09519cfbb04c329615203637", 10000}},
  {{"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "f4a8712d7a061bf5bd6d2ca38dc4d50a", "9018921c3c673c538a1fc5bad174d6f9", 60000},
   {"t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", "8181f5470baa50b63fa0f6fddb340f0a", "15d484375f8d13e6eb1aabb0c3f46965", 10000}},
};

static int read_part(samples *out, const part *of, const char *directory, const char *origin, certigar_message *message)
{
  size_t pixels = of->count * SIDE * SIDE;
  unsigned char *images = dataset_file(directory, of->images, IMAGES_HEAD + pixels, of->images_md5, origin, message);
  unsigned char *labels = images ? dataset_file(directory, of->labels, LABELS_HEAD + of->count, of->labels_md5, origin, message) : NULL;
  int good = labels && dataset_allocate(out, of->count, SIDE * SIDE);
  if (labels && !good) snprintf(message->text, sizeof message->text, "no memory for %zu images", of->count);
  if (good) {
    memcpy(out->pixels, images + IMAGES_HEAD, pixels);
    memcpy(out->labels, labels + LABELS_HEAD, of->count);
  }
  free(images);
  free(labels);
  return good;
}

int dataset_read_idx(dataset *out, int fashion, const char *directory, certigar_message *message)
{
  const char *origin = fashion ? "github.com/zalandoresearch/fashion-mnist, data/fashion" : "yann.lecun.com/exdb/mnist or ossci-datasets.s3.amazonaws.com/mnist";
  out->in = (shape){1, SIDE, SIDE, 0};
  out->mean[0] = fashion ? (real)0.2860 : (real)0.1307;
  out->deviation[0] = fashion ? (real)0.3530 : (real)0.3081;
  return read_part(&out->train, &parts[fashion][0], directory, origin, message) &&
         read_part(&out->test, &parts[fashion][1], directory, origin, message);
}
