/* What a run leaves behind for people: its trace, its drawings, its page. */
#pragma once

#include "film/film_page.h"
#include "lab/lab.h"

struct lab_draw {
    struct film *film; /* NULL: nothing is kept */
    FILE *trace;
    const char *trace_path, *report;
};

/* As --trace FILE and --report DIR say; neither: nothing is kept. False after saying why not. */
bool lab_draw_begin(struct lab_call *call, struct lab_draw *draw);
/* For story_play_watched. */
const struct story_watch *lab_draw_watch(const struct lab_draw *draw, struct story_watch *room);
/* Writes index.html, the drawings and the stories into the folder of --report. False after saying
 * why not. */
bool lab_draw_end(struct lab_call *call, struct lab_draw *draw, const struct story *story,
                  const struct film_facts *facts);
