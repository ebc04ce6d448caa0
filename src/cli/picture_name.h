/* Pictures are SVG, and a file's name says so. */
#ifndef CERTIGAR_CLI_PICTURE_NAME_H
#define CERTIGAR_CLI_PICTURE_NAME_H

/* Of the file that was given with an option. Returns 0, or complains and returns an exit status. */
int picture_name_check(const char *option, const char *path);

#endif
