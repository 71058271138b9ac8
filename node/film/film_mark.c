#include "film/film_mark.h"

#include "film/film_svg.h"

#include <assert.h>

static const struct {
    const char *class, *path; /* of lower-case steps, from the middle */
    const char *meaning;
} marks[] = {
    [FILM_MARK_SAID] = {"said", "m -4 0 a 4 4 0 1 0 8 0 a 4 4 0 1 0 -8 0 z", "a node says"},
    [FILM_MARK_DETAIL] = {"detail", "m -4 0 a 4 4 0 1 0 8 0 a 4 4 0 1 0 -8 0 z",
                          "says, for the integrator"},
    [FILM_MARK_ALARM] = {"alarm", "m 0 -6 l 6 11 h -12 z", "a person must act"},
    [FILM_MARK_PEOPLE] = {"people", "m -5 -5 h 10 v 10 h -10 z", "people submit"},
    [FILM_MARK_DIES] = {"cross", "m -6 -6 l 12 12 m 0 -12 l -12 12", "its process ends"},
    [FILM_MARK_STARTS] = {"start", "m -5 -6 l 11 6 l -11 6 z", "starts"},
    [FILM_MARK_BACKUP] = {"backup", "m 0 -7 l 7 7 l -7 7 l -7 -7 z", "is backed up"},
    [FILM_MARK_RESTORE] = {"restore", "m 0 -7 l 7 7 l -7 7 l -7 -7 z", "goes back to its backup"},
    [FILM_MARK_CLOCK] = {"detail", "m -6 0 a 6 6 0 1 0 12 0 a 6 6 0 1 0 -12 0 m 6 -4 v 4 h 3",
                         "clock set"},
    [FILM_MARK_CUT] = {"cross", "m -3 -6 v 12 m 6 -12 v 12", "cut"},
    [FILM_MARK_MEND] = {"held-thin", "m -3 -6 v 12 m 6 -12 v 12 m -6 -6 h 6", "mended"},
};
static_assert(sizeof marks / sizeof *marks == FILM_MARK_SHAPES);

void film_mark_draw(FILE *out, enum film_mark_shape shape, int x, int y)
{
    svg_path(out, marks[shape].class, "M %d %d %s", x, y, marks[shape].path);
}

const char *film_mark_meaning(enum film_mark_shape shape)
{
    return marks[shape].meaning;
}
