/* Reading the notation of networks. */
#include "network.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t shape_size(shape s)
{
  return s.channels * s.height * s.width;
}

const char *network_named(const char *name)
{
  static const char *const models[][2] = {
    {"softmax", "L10"},
    {"mlp", "L100-R-L10"},
    {"mnist", "C20k5-R-M-C20k5-R-M-L500-R-L10"},
    {"lenet", "C6k5p2-R-M-C16k5-R-M-L120-R-L84-R-L10"},
    {"cifar", "C64k3p1-R-B-C64k3p1-R-B-M-D-C128k3p1-R-B-C128k3p1-R-B-M-D-L128-R-D-L10"},
  };
  for (size_t i = 0; i < sizeof models / sizeof *models; i++)
    if (strcmp(name, models[i][0]) == 0) return models[i][1];
  return NULL;
}

/* A layer's text on its way through: what is left of it. */
typedef struct reader {
  const char *at;
  int good;
} reader;

/* A number of up to four digits after the letter, if that is what comes next; else what is usual, 0 if there must be a number. */
static size_t number(reader *r, char letter, size_t usual)
{
  if (letter) {
    if (*r->at != letter) return usual;
    r->at++;
  }
  char *end;
  if (*r->at < '0' || *r->at > '9') {
    r->good &= !letter && usual > 0;
    return usual;
  }
  unsigned long value = strtoul(r->at, &end, 10);
  r->good &= end - r->at <= 4;
  r->at = end;
  return value;
}

static double rate(reader *r)
{
  if (*r->at == 0) return 0.25;
  char *end;
  double value = strtod(r->at, &end);
  r->good &= end != r->at && value >= 0 && value < 1;
  r->at = end;
  return value;
}

static void read_convolution(reader *r, layer *l)
{
  l->kind = &convolution;
  l->out.channels = number(r, 0, 0);
  l->kernel = number(r, 'k', 5);
  l->padding = number(r, 'p', 0);
  r->good &= !l->in.flat && l->kernel > 0 && l->padding < l->kernel && l->in.height + 2 * l->padding >= l->kernel &&
             l->in.width + 2 * l->padding >= l->kernel;
  l->out.height = l->in.height + 2 * l->padding - l->kernel + 1;
  l->out.width = l->in.width + 2 * l->padding - l->kernel + 1;
  l->inputs = l->in.channels * l->kernel * l->kernel;
  l->parameter_count = l->out.channels * (l->inputs + 1);
}

static void read_pooling(reader *r, layer *l)
{
  l->kind = &max_pooling;
  l->kernel = number(r, 0, 2);
  r->good &= !l->in.flat && l->kernel > 0 && l->in.height >= l->kernel && l->in.width >= l->kernel;
  if (!r->good) return;
  l->out.height = l->in.height / l->kernel;
  l->out.width = l->in.width / l->kernel;
}

static void read_linear(reader *r, layer *l)
{
  l->kind = &linear;
  l->out = (shape){number(r, 0, 0), 1, 1, 1};
  l->inputs = shape_size(l->in);
  l->parameter_count = l->out.channels * (l->inputs + 1);
}

static void read_normalisation(reader *r, layer *l)
{
  l->kind = &batch_normalisation;
  r->good &= !l->in.flat;
  l->parameter_count = l->statistic_count = 2 * l->in.channels;
  l->kept_size = shape_size(l->in) + l->in.channels;
}

/* One layer of the text from start to end; l->in is known. */
static int read_layer(const char *start, const char *end, layer *l)
{
  char text[32];
  if (end - start < 1 || end - start >= (ptrdiff_t)sizeof text) return 0;
  memcpy(text, start, (size_t)(end - start));
  text[end - start] = 0;
  reader r = {text + 1, 1};
  l->out = l->in;
  switch (text[0]) {
  case 'C': read_convolution(&r, l); break;
  case 'M': read_pooling(&r, l); break;
  case 'L': read_linear(&r, l); break;
  case 'B': read_normalisation(&r, l); break;
  case 'R': l->kind = &rectifier; break;
  case 'D':
    l->kind = &dropout;
    l->rate = rate(&r);
    l->kept_size = shape_size(l->in);
    break;
  default: return 0;
  }
  return r.good && *r.at == 0 && l->out.channels > 0;
}

static int refuse(certigar_message *message, const char *notation, const char *what, size_t number_of_layer)
{
  snprintf(message->text, sizeof message->text, "model = %.80s: layer %zu %s", notation, number_of_layer, what);
  return 0;
}

int network_read(network *out, const char *notation, shape in, size_t classes, certigar_message *message)
{
  *out = (network){.in = in, .classes = classes};
  const char *start = notation;
  for (;;) {
    const char *end = strchr(start, '-');
    if (!end) end = start + strlen(start);
    if (out->layer_count == LAYERS_MAX) return refuse(message, notation, "is one too many", LAYERS_MAX + 1);
    layer *l = &out->layers[out->layer_count++];
    l->in = in;
    if (!read_layer(start, end, l)) return refuse(message, notation, "is not understood, or does not fit what comes before it", out->layer_count);
    in = l->out;
    out->parameter_count += l->parameter_count;
    out->statistic_count += l->statistic_count;
    if (*end == 0) break;
    start = end + 1;
  }
  if (out->layers[out->layer_count - 1].kind == &linear && in.channels == classes) return 1;
  return refuse(message, notation, "is the last and must be linear, with an output for each class", out->layer_count);
}
