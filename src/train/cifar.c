/* CIFAR-10, binary version: records of a label and 3 x 32 x 32 pixels, 10000 to a file. Training takes those of data_batch_1 to 5 that are there. */
#include "dataset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE = 32, PIXELS = 3 * SIDE * SIDE, RECORDS = 10000, BATCHES = 5 };

static const char origin[] = "www.cs.toronto.edu/~kriz/cifar.html, cifar-10-binary.tar.gz";

/* RECORDS samples more. */
static int read_file(samples *out, size_t first, const char *directory, const char *name, const char *md5, certigar_message *message)
{
  unsigned char *bytes = dataset_file(directory, name, RECORDS * (size_t)(PIXELS + 1), md5, origin, message);
  if (!bytes) return 0;
  for (size_t i = 0; i < RECORDS; i++) {
    const unsigned char *record = bytes + i * (PIXELS + 1);
    out->labels[first + i] = record[0];
    memcpy(out->pixels + (first + i) * PIXELS, record + 1, PIXELS);
  }
  free(bytes);
  return 1;
}

static int no_memory(certigar_message *message, size_t count)
{
  snprintf(message->text, sizeof message->text, "no memory for %zu images", count);
  return 0;
}

int dataset_read_cifar(dataset *out, const char *directory, certigar_message *message)
{
  static const char *const names[BATCHES] = {"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"};
  static const char *const sums[BATCHES] = {"5dd7e06a14cb22eb9f671a540d1b7c25", "5ea93a67294ea407fff1d09f752e9692",
                                            "942cd6a4bcdd0dd3c604fbe906cb4421", "ae636b3ba5c66a11e91e8cb52e771fcb",
                                            "53f37980c15c3d472c316c40844f3f0d"};
  static const real mean[3] = {(real)0.4914, (real)0.4822, (real)0.4465}, deviation[3] = {(real)0.2470, (real)0.2435, (real)0.2616};
  int there[BATCHES];
  size_t files = 0, first = 0;
  for (int i = 0; i < BATCHES; i++) files += (size_t)(there[i] = i == 0 || dataset_file_exists(directory, names[i])); /* the first must be there */
  out->in = (shape){3, SIDE, SIDE, 0};
  memcpy(out->mean, mean, sizeof mean);
  memcpy(out->deviation, deviation, sizeof deviation);
  if (!dataset_allocate(&out->train, files * RECORDS, PIXELS) || !dataset_allocate(&out->test, RECORDS, PIXELS))
    return no_memory(message, (files + 1) * RECORDS);
  for (int i = 0; i < BATCHES; i++) {
    if (!there[i]) continue;
    if (!read_file(&out->train, first, directory, names[i], sums[i], message)) return 0;
    first += RECORDS;
  }
  return read_file(&out->test, 0, directory, "test_batch.bin", "803d5f7f4d78ea53de84dbe85f74fb6d", message);
}
