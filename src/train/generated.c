/* A data set that ships with the program: ten classes, each with two pictures of four soft spots; a sample is one of its class's two, moved by up to
 * 2 pixels, fainter or stronger, with noise. All in integers from SplitMix64, so it is the same everywhere. */
#include "dataset.h"

#include <stdio.h>

enum { CLASSES = 10, VARIANTS = 2, SPOTS = 4, SIDE = 14, MOVE = 2, TRAIN = 6000, TEST = 1000, NOISE = 96 };

typedef struct picture {
  int x[SPOTS], y[SPOTS], strength[SPOTS];
} picture;

static int between(random_stream *random, int first, int last)
{
  return first + (int)random_below(random, (size_t)(last - first + 1));
}

static void draw_picture(random_stream *random, picture *p)
{
  for (int i = 0; i < SPOTS; i++) {
    p->x[i] = between(random, MOVE, SIDE - 1 - MOVE);
    p->y[i] = between(random, MOVE, SIDE - 1 - MOVE);
    p->strength[i] = between(random, 128, 255);
  }
}

/* What the spots add up to at a place: each falls off with the square of the distance. */
static int brightness(const picture *p, int x, int y)
{
  int sum = 0;
  for (int i = 0; i < SPOTS; i++) {
    int square = (x - p->x[i]) * (x - p->x[i]) + (y - p->y[i]) * (y - p->y[i]);
    sum += p->strength[i] * 4 / (4 + square * square);
  }
  return sum;
}

static void draw_sample(random_stream *random, const picture *p, unsigned char *pixels)
{
  int dx = between(random, -MOVE, MOVE), dy = between(random, -MOVE, MOVE), percent = between(random, 60, 140);
  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++) {
      int value = brightness(p, x - dx, y - dy) * percent / 100 + between(random, 0, NOISE) - NOISE / 2;
      *pixels++ = (unsigned char)(value < 0 ? 0 : value > 255 ? 255 : value);
    }
}

static void draw_samples(const picture pictures[CLASSES][VARIANTS], samples *out, uint64_t part)
{
  for (size_t i = 0; i < out->count; i++) {
    random_stream random = random_open(0, RANDOM_DATA, part, i);
    size_t class = i % CLASSES;
    out->labels[i] = (unsigned char)class;
    draw_sample(&random, &pictures[class][random_below(&random, VARIANTS)], out->pixels + i * SIDE * SIDE);
  }
}

int dataset_generate(dataset *out, certigar_message *message)
{
  picture pictures[CLASSES][VARIANTS];
  random_stream random = random_open(0, RANDOM_DATA, 0, 0);
  out->in = (shape){1, SIDE, SIDE, 0};
  out->mean[0] = (real)0.25;
  out->deviation[0] = (real)0.25;
  if (!dataset_allocate(&out->train, TRAIN, SIDE * SIDE) || !dataset_allocate(&out->test, TEST, SIDE * SIDE)) {
    snprintf(message->text, sizeof message->text, "no memory for %d images", TRAIN + TEST);
    return 0;
  }
  for (int c = 0; c < CLASSES; c++)
    for (int v = 0; v < VARIANTS; v++) draw_picture(&random, &pictures[c][v]);
  draw_samples((const picture(*)[VARIANTS])pictures, &out->train, 1);
  draw_samples((const picture(*)[VARIANTS])pictures, &out->test, 2);
  return 1;
}
