/* The marks of the drawings: each has a shape of its own, so that no colour says anything alone. */
#pragma once

#include <stdio.h>

enum film_mark_shape {
    FILM_MARK_SAID,    /* dot */
    FILM_MARK_DETAIL,  /* ring */
    FILM_MARK_ALARM,   /* triangle */
    FILM_MARK_PEOPLE,  /* square */
    FILM_MARK_DIES,    /* cross */
    FILM_MARK_STARTS,  /* pointer to the right */
    FILM_MARK_BACKUP,  /* open diamond */
    FILM_MARK_RESTORE, /* diamond */
    FILM_MARK_CLOCK,   /* ring with hands */
    FILM_MARK_CUT,     /* two bars */
    FILM_MARK_MEND,    /* two bars, joined */
    FILM_MARK_SHAPES
};

/* Around that point, within six pixels. */
void film_mark_draw(FILE *out, enum film_mark_shape shape, int x, int y);
/* For legends. */
const char *film_mark_meaning(enum film_mark_shape shape);
