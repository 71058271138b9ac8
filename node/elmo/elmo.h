/* ELMO 2.1, the XML in which the systems of universities exchange results: written from a
 * transcript and read back. The reader is a door: no document type, no entities, no network, limits
 * of size, depth and number, and what is read is checked as it is taken. */
#pragma once

#include "base/arena.h"
#include "base/verdict.h"
#include "mobility.pb-c.h"

enum {
    ELMO_SIZE_MAX = 4 * 1024 * 1024,
    ELMO_DEPTH_MAX = 40,
    ELMO_ELEMENTS_MAX = 60000,
    ELMO_ATTRIBUTES_MAX = 120000,
    ELMO_ATTRIBUTES_OF_ONE_MAX = 40, /* element; what declares a namespace is one of them */
    ELMO_TEXT_MAX = 4000,            /* bytes of one text that is kept */
    ELMO_UNITS_MAX = 200,
    ELMO_NOTES_MAX = 40,
};

struct elmo_party {
    const char *schac, *name, *country; /* country may be NULL */
};

/* What is written. */
struct elmo_transcript {
    const char *dossier; /* 26 letters */
    struct elmo_party issuer;
    const Peregrin__Person *person;
    const Peregrin__CreditRecord *record;
    uint64_t said_at; /* seconds */
};
/* Data is NULL when memory is spent. */
struct bytes elmo_write(const struct elmo_transcript *transcript, struct arena *arena);

/* What was read of one report. */
struct elmo_report {
    const char *dossier;                                      /* NULL: none of ours is named */
    const char *esi, *family_name, *given_names, *birth_date; /* NULL: not said */
    const char *issuer;                                       /* its SCHAC; NULL: not said */
    Peregrin__CreditRecord *record;
};

/* What was not kept: an element of this name, so many times. */
struct elmo_note {
    const char *element;
    size_t count;
};

struct elmo_misfit {
    long line;            /* 0: of the whole */
    const char *element;  /* its name; NULL: the document */
    const char *expected; /* static */
};

struct elmo_file {
    struct elmo_report *reports;
    size_t count;
    struct elmo_note notes[ELMO_NOTES_MAX];
    size_t note_count;
};

/* Lives in the arena. VERDICT_MALFORMED: no XML, or one with a document type; VERDICT_INVALID: no
 * ELMO, or a value that cannot be, with *misfit; VERDICT_TOO_LARGE: over a limit. */
enum verdict elmo_read(struct bytes text, struct arena *arena, struct elmo_file *out,
                       struct elmo_misfit *misfit);

/* The namespaces: of the schema, and of what it has no place for. */
extern const char elmo_namespace[], elmo_own_namespace[];
