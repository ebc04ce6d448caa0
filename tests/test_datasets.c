/* Reading data files: what is not the official file is refused, with its name, what is wrong with it, and where it comes from; and the generated data
 * is the same everywhere. With CERTIGAR_DATA=FOLDER the official files are read too: FOLDER itself, or FOLDER/mnist, fashion-mnist, cifar-10; without
 * it these three tests are skipped, and cmocka says so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <nettle/sha2.h>
#include <zlib.h>

#include "train/dataset.h"

enum { IMAGES = 16 + 60000 * 784, LABELS = 8 + 60000, RECORDS = 10000 * 3073 };

static char folder[] = "/tmp/certigar-datasets-XXXXXX";

static int open_folder(void **state) {
  (void)state;
  return mkdtemp(folder) ? 0 : -1;
}

static int close_folder(void **state) {
  (void)state;
  return rmdir(folder);
}

static void path_of(const char *name, char *path) {
  snprintf(path, 256, "%s/%s", folder, name);
}

/* size bytes that do not repeat, as they are or compressed. */
static void write_file(const char *name, size_t size, int compressed) {
  char path[256];
  unsigned char *bytes = malloc(size + 1);
  random_stream random = {1};
  for (size_t i = 0; i < size; i++) bytes[i] = (unsigned char)((i % 8 ? (unsigned)bytes[i - 1] * 5 : (unsigned)random_word(&random)) & 255);
  path_of(name, path);
  if (compressed) {
    gzFile file = gzopen(path, "wb1");
    assert_int_equal(gzwrite(file, bytes, (unsigned)size), (int)size);
    assert_int_equal(gzclose(file), Z_OK);
  } else {
    FILE *file = fopen(path, "wb");
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
  }
  free(bytes);
}

static void remove_file(const char *name) {
  char path[256];
  path_of(name, path);
  unlink(path);
}

/* Flips a bit of the middle of a file, or cuts it there. */
static void spoil(const char *name, int cut) {
  char path[256];
  path_of(name, path);
  FILE *file = fopen(path, "r+b");
  assert_int_equal(fseek(file, 0, SEEK_END), 0);
  long middle = ftell(file) / 2;
  if (cut) assert_int_equal(ftruncate(fileno(file), middle), 0);
  else {
    fseek(file, middle, SEEK_SET);
    int byte = getc(file);
    fseek(file, middle, SEEK_SET);
    putc(byte ^ 1, file);
  }
  fclose(file);
}

static void assert_refused(const char *data, const char *file, const char *why, const char *origin) {
  dataset d;
  certigar_message message = {""};
  if (dataset_open(&d, data, folder, &message)) fail_msg("%s was taken, wanted: %s", data, why);
  assert_null(d.train.pixels);
  if (!strstr(message.text, file) || !strstr(message.text, why) || !strstr(message.text, origin))
    fail_msg("'%s' does not say %s, %s, %s", message.text, file, why, origin);
}

static void missing_files(void **state) {
  (void)state;
  assert_refused("mnist", "train-images-idx3-ubyte", "not found, with or without .gz", "yann.lecun.com");
  assert_refused("fashion", "train-images-idx3-ubyte", "not found", "zalandoresearch/fashion-mnist");
  assert_refused("cifar", "data_batch_1.bin", "not found", "cs.toronto.edu");
  assert_refused("cifar-100", "cifar-100", "must be generated, mnist, fashion or cifar", "");
}

static void wrong_files(void **state) {
  (void)state;
  const struct {
    const char *data, *file, *origin;
    size_t size;
  } kinds[] = {{"mnist", "train-images-idx3-ubyte", "yann.lecun.com", IMAGES},
               {"fashion", "train-images-idx3-ubyte", "zalandoresearch", IMAGES},
               {"cifar", "data_batch_1.bin", "cs.toronto.edu", RECORDS}};
  for (size_t i = 0; i < 3; i++) {
    const char *data = kinds[i].data, *file = kinds[i].file, *origin = kinds[i].origin;
    static const size_t shorter[] = {0, 1, 100};
    for (int s = 0; s < 3; s++) {
      write_file(file, shorter[s], 0);
      assert_refused(data, file, "cut short", origin);
    }
    write_file(file, kinds[i].size, 0);
    assert_refused(data, file, "MD5 differs", origin);
    write_file(file, kinds[i].size + 1, 0);
    assert_refused(data, file, "longer", origin);
    write_file(file, kinds[i].size - 1, 0);
    assert_refused(data, file, "cut short", origin);
    remove_file(file);
    char compressed[64];
    snprintf(compressed, sizeof compressed, "%s.gz", file);
    write_file(compressed, kinds[i].size, 1);
    assert_refused(data, compressed, "MD5 differs", origin);
    spoil(compressed, 0);
    assert_refused(data, compressed, "corrupt", origin);
    write_file(compressed, kinds[i].size, 1);
    spoil(compressed, 1);
    assert_refused(data, compressed, "cut short", origin);
    write_file(compressed, 20, 0); /* not compressed at all */
    assert_refused(data, compressed, "cut short", origin);
    remove_file(compressed);
  }
}

static void a_folder_in_the_place_of_a_file(void **state) {
  (void)state;
  char path[256];
  path_of("data_batch_1.bin", path);
  assert_int_equal(mkdir(path, 0700), 0);
  assert_refused("cifar", "data_batch_1.bin", "corrupt", "cs.toronto.edu");
  rmdir(path);
}

/* The end of a path is what tells files apart. */
static void a_long_path(void **state) {
  (void)state;
  char longer[512];
  dataset d;
  certigar_message message;
  snprintf(longer, sizeof longer, "%s/%0300d", folder, 0);
  assert_false(dataset_open(&d, "mnist", longer, &message));
  assert_non_null(strstr(message.text, "0/train-images-idx3-ubyte: not found"));
  assert_non_null(strstr(message.text, "lecun"));
}

static void assert_sha256(const unsigned char *bytes, size_t size, const char *wanted) {
  struct sha256_ctx context;
  uint8_t digest[SHA256_DIGEST_SIZE];
  char text[65];
  sha256_init(&context);
  sha256_update(&context, size, bytes);
  sha256_digest(&context, sizeof digest, digest);
  for (int i = 0; i < 32; i++) snprintf(text + 2 * i, 3, "%02x", digest[i]);
  assert_string_equal(text, wanted);
}

static void the_generated_data_is_the_same_everywhere(void **state) {
  (void)state;
  dataset d;
  certigar_message message;
  assert_true(dataset_open(&d, "generated", "/nowhere", &message));
  assert_int_equal(d.train.count, 6000);
  assert_int_equal(d.test.count, 1000);
  assert_sha256(d.train.pixels, 6000 * 14 * 14, "6f0d692a6992957f767c761fee126b5af820d16b662020a07a5e75ffd9302200");
  assert_sha256(d.test.pixels, 1000 * 14 * 14, "eb1c9dd8716babd500ab88070bfaece9ed468021f904723cff02b8aaa32cd754");
  size_t counts[10] = {0};
  for (size_t i = 0; i < 6000; i++) counts[d.train.labels[i]]++;
  for (int c = 0; c < 10; c++) assert_int_equal(counts[c], 600);
  dataset_free(&d);
}

static void batches_are_normalised_channel_by_channel(void **state) {
  (void)state;
  unsigned char pixels[2 * 3 * 2] = {0, 255, 51, 102, 153, 204, 10, 20, 30, 40, 50, 60}, labels[2] = {3, 7}, got_labels[3];
  const dataset d = {.in = {3, 1, 2, 0}, .classes = 10, .mean = {0.5F, 0.25F, 0}, .deviation = {0.5F, 0.25F, 1}};
  const samples from = {2, pixels, labels};
  const size_t which[3] = {1, 0, 1};
  real in[18];
  dataset_batch(&d, &from, which, 3, in, got_labels);
  assert_int_equal(got_labels[0], 7);
  assert_int_equal(got_labels[1], 3);
  for (size_t c = 0; c < 3; c++)
    for (size_t n = 0; n < 3; n++)
      for (size_t i = 0; i < 2; i++) {
        double wanted = (pixels[which[n] * 6 + c * 2 + i] / 255.0 - (double)d.mean[c]) / (double)d.deviation[c];
        double error = (double)in[(c * 2 + i) * 3 + n] - wanted;
        assert_true(error < 1e-6 && error > -1e-6);
      }
}

/* ---- the official files, if they are there ---- */

static void read_official(const char *data, const char *sub, size_t train_least, size_t test) {
  const char *where = getenv("CERTIGAR_DATA");
  char directory[4096];
  dataset d;
  certigar_message message;
  if (!where || !*where) skip();
  snprintf(directory, sizeof directory, "%s/%s", where, sub);
  if (access(directory, F_OK) != 0) snprintf(directory, sizeof directory, "%s", where);
  if (!dataset_open(&d, data, directory, &message)) fail_msg("%s", message.text);
  assert_true(d.train.count >= train_least);
  assert_int_equal(d.test.count, test);
  size_t counts[256] = {0};
  for (size_t i = 0; i < d.train.count; i++) counts[d.train.labels[i]]++;
  for (size_t c = 0; c < 256; c++) assert_true((counts[c] > 0) == (c < 10));
  double sum = 0;
  for (size_t i = 0; i < d.train.count * shape_size(d.in); i++) sum += d.train.pixels[i];
  sum /= 255.0 * (double)d.train.count * (double)shape_size(d.in);
  double mean = 0;
  for (size_t c = 0; c < d.in.channels; c++) mean += (double)d.mean[c] / (double)d.in.channels;
  assert_true(sum > mean - 0.005 && sum < mean + 0.005);
  dataset_free(&d);
}

static void official_mnist(void **state) {
  (void)state;
  read_official("mnist", "mnist", 60000, 10000);
}

static void official_fashion(void **state) {
  (void)state;
  read_official("fashion", "fashion-mnist", 60000, 10000);
}

static void official_cifar(void **state) {
  (void)state;
  read_official("cifar", "cifar-10", 10000, 10000);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(missing_files),
      cmocka_unit_test(wrong_files),
      cmocka_unit_test(a_folder_in_the_place_of_a_file),
      cmocka_unit_test(a_long_path),
      cmocka_unit_test(the_generated_data_is_the_same_everywhere),
      cmocka_unit_test(batches_are_normalised_channel_by_channel),
      cmocka_unit_test(official_mnist),
      cmocka_unit_test(official_fashion),
      cmocka_unit_test(official_cifar),
  };
  return cmocka_run_group_tests(tests, open_folder, close_folder);
}
