/* Curves of accuracy. */
#include "chart.h"
#include "history.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t longest_name(const curve *curves, size_t count)
{
  size_t longest = 0;
  for (size_t i = 0; i < count; i++) longest = strlen(curves[i].name) > longest ? strlen(curves[i].name) : longest;
  return longest;
}

static void add_axes(chart *c, size_t steps)
{
  char label[32];
  for (int i = 0; i <= 5; i++) {
    snprintf(label, sizeof label, "%.1f", i / 5.0);
    chart_tick_up(c, i / 5.0, label);
    snprintf(label, sizeof label, "%zu", steps * (size_t)i / 5);
    chart_tick_across(c, i / 5.0, label);
  }
  chart_caption(c, "accuracy on the test samples, by step");
}

static int add_curve(chart *c, const curve *of, size_t steps)
{
  size_t count = of->of->count;
  chart_point *points = malloc((count + 1) * sizeof *points);
  if (!points) return 0;
  for (size_t i = 0; i < count; i++) points[i] = (chart_point){(double)of->of->lines[i].step / (double)steps, of->of->lines[i].accuracy};
  chart_curve(c, of->name, points, count);
  free(points);
  return 1;
}

int history_plot(const curve *curves, size_t count, const char *title, const char *path, certigar_message *message)
{
  chart c;
  size_t steps = 1;
  for (size_t i = 0; i < count; i++)
    if (curves[i].of->count && curves[i].of->lines[curves[i].of->count - 1].step > steps) steps = curves[i].of->lines[curves[i].of->count - 1].step;
  chart_begin(&c, title, longest_name(curves, count));
  add_axes(&c, steps);
  for (size_t i = 0; i < count; i++)
    if (!add_curve(&c, &curves[i], steps)) {
      free(c.svg.bytes);
      snprintf(message->text, sizeof message->text, "no memory for a picture");
      return 0;
    }
  return chart_end(&c, path, message);
}
