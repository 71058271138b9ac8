/* The receiving end of one stream in one session: the next position and the credit that is given.
 */
#pragma once

#include "stream/flight.h"

enum { INTAKE_WINDOW_RECORDS = 2048, INTAKE_WINDOW_BYTES = 4 * 1024 * 1024 };

struct intake {
    uint64_t next; /* position */
    struct flight_credit taken;
    bool open; /* credit may be given: the write guard is lifted and the disk has room */
};

enum intake_place {
    INTAKE_NEXT,  /* take it */
    INTAKE_AGAIN, /* taken before: answer with the stored receipts */
    INTAKE_AHEAD, /* a gap: something was lost; drop it and repeat the ack */
};

enum intake_place intake_place(const struct intake *intake, uint64_t position);
/* Counts a taken position. */
void intake_take(struct intake *intake, size_t records, size_t bytes);
/* What to write into an ack: taken + window, or what was taken alone while it is not open. */
struct flight_credit intake_credit(const struct intake *intake);
