/* peregrin-paper: one document in, one PDF out, and nothing else. The node starts it; people do
 * not. */
#include "paper/paper.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#ifndef PEREGRIN_VERSION
#    define PEREGRIN_VERSION "0.1"
#endif

static const char usage[] =
    "usage: peregrin-paper <DESCRIPTION >FILE.pdf\n"
    "\n"
    "Sets one document. The node starts it for `peregrin transcript pdf` and its sisters; it\n"
    "reads JSON, writes a PDF, and may open no file and no connection.\n";

int main(int count, char **arguments)
{
    if (count > 1 && strcmp(arguments[1], "--version") == 0) {
        puts("peregrin-paper " PEREGRIN_VERSION);
        return PRESS_END_DONE;
    }
    if (count > 1) {
        fputs(usage, strcmp(arguments[1], "--help") == 0 ? stdout : stderr);
        return strcmp(arguments[1], "--help") == 0 ? PRESS_END_DONE : PRESS_END_USAGE;
    }
    /* Nothing is flushed or freed on the way out: the cage is for good. */
    _exit((int)paper_run(STDIN_FILENO, STDOUT_FILENO));
}
