/* The list of nominations that goes by e-mail to a partner without a node. */
#pragma once

#include "press/press_paper.h"

struct press_handover_row {
    const Peregrin__Nomination *nomination;
    const char *dossier, *record; /* 26 letters; the record's id, hexadecimal */
    uint64_t said_at;             /* seconds */
    bool changed, withdrawn;      /* since it was first said */
};

struct press_handover {
    const char *language;
    struct press_party home, host;
    const struct press_handover_row *rows;
    size_t count;
    uint64_t made_at;      /* seconds */
    const char *digest;    /* of all records together, hexadecimal */
    const char *file_name; /* of the evidence, which is attached */
    struct bytes evidence;
};

/* The whole description as the text that the process reads. Data is NULL when memory is spent. */
struct bytes press_handover_write(const struct press_handover *handover, struct arena *arena);
