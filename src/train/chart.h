/* Curves as SVG: colours that differ in lightness too, a line style each, names at the right; light or dark as the reader's screen is. */
#ifndef CERTIGAR_TRAIN_CHART_H
#define CERTIGAR_TRAIN_CHART_H

#include "certigar.h"
#include "text.h"

typedef struct chart {
  text svg;
  size_t curves;
} chart;

/* In shares of the plane, from the left and from below: 0 to 1. */
typedef struct chart_point {
  double x, y; /* NAN: no point there */
} chart_point;

/* letters: of the longest name of a curve. The caption stands below. */
void chart_begin(chart *c, const char *title, size_t letters);
void chart_tick_up(chart *c, double y, const char *label); /* with a line across */
void chart_tick_across(chart *c, double x, const char *label);
void chart_caption(chart *c, const char *caption);
void chart_curve(chart *c, const char *name, const chart_point *points, size_t count);

/* Writes the file and frees what the chart holds. Returns 0 and a message if it could not. */
int chart_end(chart *c, const char *path, certigar_message *message);

#endif
