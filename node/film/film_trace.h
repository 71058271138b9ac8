/* The long form of what happened: a line of CSV for each moment, as it happens.
 *
 *   time_us   since the world's beginning
 *   deed      left, arrived, lost, said, started, stopped, backed up, restored, cut, mended,
 *             submitted, clock
 *   node      the institution whose node it is; of a frame: where it comes from
 *   other     of a frame: where it goes; of a cut: its other end; otherwise empty
 *   frame     numbered from 1 as frames leave; an arrival names the departure; 0: put there by the
 *             story; empty: no frame
 *   what      of a frame: what it carries; submitted: the kind of record
 *   why       lost, stopped: the reason; submitted: `kept`, `waits`, `repeated`, or the code of the
 *             refusal
 *   size      of a frame, in bytes; otherwise empty
 *   refused   arrived: 1 where the node refused it; submitted: 1 where the answer was no; otherwise
 * 0 sentence  said: what the node said; submitted: the dossier, as nodes name it
 *
 * What records say of people is never in it. */
#pragma once

#include "sim/world.h"

#include <stdio.h>

/* The line of titles. */
void film_trace_begin(FILE *out);
void film_trace_line(FILE *out, const struct world *world, const struct world_event *event);

/* `left`, ...; for an `arrived` that was refused the same word. */
const char *film_trace_deed(enum world_deed deed);
/* The kind of record that is submitted, as people say it. */
const char *film_trace_kind(uint32_t kind);
