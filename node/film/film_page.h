/* One page for a run: the verdict, the drawings, the story, what was said, and how to see it again.
 * It needs nothing beside itself: no scripts, no fonts, no network. */
#pragma once

#include "film/film.h"

struct film_facts {
    const char *title;   /* what ran: a file's name, `seed 0x2a` */
    const char *replay;  /* the command that plays it again; NULL: none is known */
    struct bytes text;   /* the story that was played */
    struct bytes found;  /* the story it was made from; empty: it is the one that was found */
    const char *program; /* which made the page, for its foot */
};

/* The line of a text with this number, from 1; empty: there is none. */
struct bytes film_page_line(struct bytes text, size_t number);
/* False: no memory. */
bool film_page_write(const struct film *film, const struct story *story,
                     const struct film_facts *facts, FILE *out);
