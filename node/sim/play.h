/* What a story plays on: a world, the dossiers by their names in the story, and what was said. */
#pragma once

#include "sim/world.h"

#include <stdio.h>

enum {
    PLAY_NAME_MAX = 16,
    PLAY_WORDS_MAX = 24,
    PLAY_LINE_MAX = 1024,
    PLAY_DOSSIERS_MAX = 2048,
    PLAY_TAPS_MAX = 16
};

/* A dossier that the story speaks of. */
struct play_dossier {
    char name[PLAY_NAME_MAX];
    size_t opener, other; /* nodes */
    struct header_dossier id;
    uint32_t emails, fields;         /* how often its nomination was corrected, and changed */
    uint32_t transcripts;            /* how often one was issued: each with another grade */
    char under[HEADER_DOSSIER_TEXT]; /* the agreement that it names; empty: none */
};

/* What a tap does with frames of one name on one way. */
enum play_deed { PLAY_DROP, PLAY_CORRUPT, PLAY_BREAK, PLAY_KEEP };
struct play_tap {
    enum play_deed deed;
    char what[PLAY_NAME_MAX];
    size_t from, to;
    uint64_t spared; /* frames that pass before the first one */
    uint64_t left;   /* frames */
};

/* A frame that a tap kept, to be replayed. */
struct play_kept {
    struct world_passing frame; /* wire owned; NULL: nothing was kept */
};

/* A record that the adversary made and holds back. */
struct play_withheld {
    bool there;
    struct store_record record; /* in the play's arena */
};

struct authority;
struct oracle;
struct story_watch;

struct play {
    struct world *world;
    struct oracle *oracle;           /* of the world, from its beginning on */
    const struct story_watch *watch; /* or NULL */
    uint64_t seed;
    bool model, on_disk;
    struct world_member members[PLAY_WORDS_MAX]; /* those of which something was said beforehand */
    size_t member_count;
    struct arena *arena;
    struct play_dossier *dossiers;
    size_t dossier_count;
    struct play_tap taps[PLAY_TAPS_MAX];
    size_t tap_count;
    struct play_kept kept;
    struct play_withheld withheld;
    uint64_t thrown;             /* frames of nobody so far */
    struct authority *authority; /* in the arena; NULL: it had nothing to do yet */
    FILE *said;
    char line[PLAY_LINE_MAX]; /* the one that was said last, and how often */
    size_t times;
    bool loose;        /* what cannot be done is left undone: see phase.h */
    const char *wrong; /* the first thing that does not hold; in the arena */
};

/* One word of a line, read as its pattern says. */
struct play_word {
    const char *text;
    size_t node;         /* of NODE */
    int64_t time_us;     /* of TIME */
    uint64_t count;      /* of COUNT */
    bool timed, counted; /* it can be read as such */
};
struct play_line {
    struct play_word words[PLAY_WORDS_MAX];
    size_t count;
};

/* False, so that a verb can end with it; the first one stays. */
bool play_wrong(struct play *play, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A line of the lower half: the time, the institution, a mark, and what it says. */
void play_say(struct play *play, size_t node, char mark, const char *text);
/* Writes down what was said last: a line that is said again at once is written with a count. */
void play_hush(struct play *play);

bool play_node(const struct play *play, const char *name, size_t *node);
/* The country of an institution, as its SCHAC has it: the last part. */
const char *play_country(const struct play *play, size_t node);
/* The place is this institution, or the country where it is. */
bool play_is_at(const struct play *play, size_t node, const char *place);
/* Some node is there. */
bool play_place_known(const struct play *play, const char *place);
/* NULL: nobody spoke of it yet. */
struct play_dossier *play_find(const struct play *play, const char *name);
/* NULL, and wrong, when the name is taken or too long. */
struct play_dossier *play_add(struct play *play, const char *name, size_t opener, size_t other);
/* The dossier as one of its two nodes names it; false when this node has no part in it. */
bool play_place(const struct play *play, const struct play_dossier *dossier, size_t node,
                struct store_place *place);
/* The other node of the two. */
size_t play_other(const struct play *play, const struct play_dossier *dossier, size_t node);
/* The node's institution opened it. */
bool play_opened(const struct play *play, const struct play_dossier *dossier, size_t node);

/* `A`, or each of `S1..S20` in order; false at the first call that is false. */
typedef bool play_each(struct play *play, const char *name, void *self);
bool play_names(struct play *play, const char *names, play_each *each, void *self);
