/* Curves of accuracy as SVG: colours that differ in lightness too, a line style each, names at the right end; light and dark. */
#include "history.h"
#include "text.h"

#include <math.h>
#include <string.h>

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

static double horizontal(double step, double steps)
{
  return LEFT + (WIDTH - LEFT - RIGHT) * step / steps;
}

static double vertical(double accuracy)
{
  return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * accuracy;
}

/* So that the longest name has room: of 12 pixels a letter is about 7 wide. */
static int width_of(const curve *curves, size_t count)
{
  size_t longest = 0;
  for (size_t i = 0; i < count; i++) longest = strlen(curves[i].name) > longest ? strlen(curves[i].name) : longest;
  int needed = WIDTH - RIGHT + 38 + 7 * (int)longest;
  return needed > WIDTH ? needed : WIDTH;
}

static void add_frame(text *t, const char *title, size_t steps, int width)
{
  text_add(t, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n<title>", width, HEIGHT);
  add_escaped(t, title);
  text_add(t, "</title>\n<style>svg{background:#fff;color:#222}@media(prefers-color-scheme:dark){svg{background:#161616;color:#ddd}}</style>\n"
              "<text x=\"%d\" y=\"22\" font-size=\"14\" fill=\"currentColor\">", LEFT);
  add_escaped(t, title);
  text_add(t, "</text>\n");
  for (int i = 0; i <= 5; i++) {
    double y = vertical(i / 5.0), x = horizontal((double)steps * i / 5, (double)steps);
    text_add(t, "<path d=\"M%d %.1fH%d\" stroke=\"currentColor\" stroke-opacity=\".15\"/>", LEFT, y, WIDTH - RIGHT);
    text_add(t, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"currentColor\">%.1f</text>", LEFT - 8, y + 4, i / 5.0);
    text_add(t, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"currentColor\">%zu</text>\n", x, HEIGHT - BOTTOM + 18, steps * (size_t)i / 5);
  }
  text_add(t, "<text x=\"%d\" y=\"%d\" fill=\"currentColor\">accuracy on the test samples, by step</text>\n", LEFT, HEIGHT - 6);
}

static void add_curve(text *t, const history *of, size_t which, size_t steps)
{
  size_t style = which % (sizeof colours / sizeof *colours);
  const char *command = "M";
  text_add(t, "<path fill=\"none\" stroke-width=\"2\" stroke=\"%s\" stroke-dasharray=\"%s\" d=\"", colours[style], dashes[style]);
  for (size_t i = 0; i < of->count; i++) {
    if (isnan(of->lines[i].accuracy)) continue;
    text_add(t, "%s%.1f %.1f", command, horizontal((double)of->lines[i].step, (double)steps), vertical(of->lines[i].accuracy));
    command = "L";
  }
  text_add(t, "\"/>\n");
}

int history_plot(const curve *curves, size_t count, const char *title, const char *path, certigar_message *message)
{
  text t = text_none;
  size_t steps = 1;
  for (size_t i = 0; i < count; i++)
    if (curves[i].of->count && curves[i].of->lines[curves[i].of->count - 1].step > steps) steps = curves[i].of->lines[curves[i].of->count - 1].step;
  add_frame(&t, title, steps, width_of(curves, count));
  for (size_t i = 0; i < count; i++) {
    double y = TOP + 16.0 * (double)i + 8;
    size_t style = i % (sizeof colours / sizeof *colours);
    add_curve(&t, curves[i].of, i, steps);
    text_add(&t, "<path d=\"M%d %.1fh18\" stroke-width=\"2\" stroke=\"%s\" stroke-dasharray=\"%s\"/>", WIDTH - RIGHT + 8, y - 4, colours[style], dashes[style]);
    text_add(&t, "<text x=\"%d\" y=\"%.1f\" fill=\"currentColor\">", WIDTH - RIGHT + 30, y);
    add_escaped(&t, curves[i].name);
    text_add(&t, "</text>\n");
  }
  text_add(&t, "</svg>\n");
  return text_write(&t, path, message);
}
