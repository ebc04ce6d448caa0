/* Curves as SVG: see chart.h. */
#include "chart.h"

#include <math.h>

enum { WIDTH = 720, HEIGHT = 360, LEFT = 52, RIGHT = 150, TOP = 40, BOTTOM = 40 };

static const char *const colours[] = {"#1b6ca8", "#c2571a", "#2f8f4e", "#8b4fa3", "#b8a100", "#7a7a7a"};
static const char *const dashes[] = {"none", "6 3", "2 2", "8 3 2 3", "1 3", "12 4"};

static void add_escaped(text *t, const char *words)
{
  for (; *words; words++) {
    if (*words == '&') text_add(t, "&amp;");
    else if (*words == '<') text_add(t, "&lt;");
    else if (*words == '>') text_add(t, "&gt;");
    else text_add(t, "%c", *words);
  }
}

static double horizontal(double x)
{
  return LEFT + (WIDTH - LEFT - RIGHT) * x;
}

static double vertical(double y)
{
  return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * y;
}

void chart_begin(chart *c, const char *title, size_t letters)
{
  *c = (chart){.svg = text_none};
  int needed = WIDTH - RIGHT + 38 + 7 * (int)letters; /* of 12 pixels a letter is about 7 wide */
  text_add(&c->svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n<title>",
           needed > WIDTH ? needed : WIDTH, HEIGHT);
  add_escaped(&c->svg, title);
  text_add(&c->svg, "</title>\n<style>svg{background:#fff;color:#222}@media(prefers-color-scheme:dark){svg{background:#161616;color:#ddd}}</style>\n"
                    "<text x=\"%d\" y=\"22\" font-size=\"14\" fill=\"currentColor\">", LEFT);
  add_escaped(&c->svg, title);
  text_add(&c->svg, "</text>\n");
}

void chart_tick_up(chart *c, double y, const char *label)
{
  text_add(&c->svg, "<path d=\"M%d %.1fH%d\" stroke=\"currentColor\" stroke-opacity=\".15\"/>", LEFT, vertical(y), WIDTH - RIGHT);
  text_add(&c->svg, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"currentColor\">%s</text>", LEFT - 8, vertical(y) + 4, label);
}

void chart_tick_across(chart *c, double x, const char *label)
{
  text_add(&c->svg, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"currentColor\">%s</text>\n", horizontal(x), HEIGHT - BOTTOM + 18, label);
}

void chart_caption(chart *c, const char *caption)
{
  text_add(&c->svg, "<text x=\"%d\" y=\"%d\" fill=\"currentColor\">%s</text>\n", LEFT, HEIGHT - 6, caption);
}

void chart_curve(chart *c, const char *name, const chart_point *points, size_t count)
{
  size_t style = c->curves % (sizeof colours / sizeof *colours);
  double y = TOP + 16.0 * (double)c->curves++ + 8;
  const char *command = "M";
  text_add(&c->svg, "<path fill=\"none\" stroke-width=\"2\" stroke=\"%s\" stroke-dasharray=\"%s\" d=\"", colours[style], dashes[style]);
  for (size_t i = 0; i < count; i++) {
    if (isnan(points[i].y)) continue;
    text_add(&c->svg, "%s%.1f %.1f", command, horizontal(points[i].x), vertical(points[i].y));
    command = "L";
  }
  text_add(&c->svg, "\"/>\n<path d=\"M%d %.1fh18\" stroke-width=\"2\" stroke=\"%s\" stroke-dasharray=\"%s\"/>", WIDTH - RIGHT + 8, y - 4, colours[style],
           dashes[style]);
  text_add(&c->svg, "<text x=\"%d\" y=\"%.1f\" fill=\"currentColor\">", WIDTH - RIGHT + 30, y);
  add_escaped(&c->svg, name);
  text_add(&c->svg, "</text>\n");
}

int chart_end(chart *c, const char *path, certigar_message *message)
{
  text_add(&c->svg, "</svg>\n");
  return text_write(&c->svg, path, message);
}
