/* peregrin-sim at the terminal: verbs, each a row with its flags, and one place where all of them
 * are read and explained. A verb stands in a file of its own (lab_run.c, lab_swarm.c ...), and its
 * row in lab.c. */
#pragma once

#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>

/* The exits of `peregrin`, as far as they apply. */
enum lab_exit {
    LAB_DONE = 0,
    LAB_UNEXPECTED = 1,
    LAB_USAGE = 2,
    LAB_NOT_FOUND = 6,
    LAB_PROBLEMS = 11, /* a seed failed, a story is told otherwise, something was lost */
    LAB_INTERRUPTED = 130,
};

struct lab_flag {
    const char *name;  /* without dashes */
    const char *value; /* what to write for its value: `N`, `DIR`; NULL: it has none */
    const char *meaning;
};

enum { LAB_FLAGS_MAX = 24, LAB_WORDS_MAX = 8 };

struct lab_call;

struct lab_verb {
    const char *name;
    const char *words; /* what follows: `[FILE]`; "" */
    size_t least, most;
    const char *meaning;          /* one line of the list */
    const char *more;             /* paragraphs of its own help; may be "" */
    const char *example;          /* behind `peregrin-sim ` */
    const struct lab_flag *flags; /* up to one without a name */
    enum lab_exit (*run)(struct lab_call *call);
};

/* What was typed, read by the verb's row. */
struct lab_call {
    const struct lab_verb *verb;
    const char *words[LAB_WORDS_MAX];
    size_t word_count;
    const char *values[LAB_FLAGS_MAX]; /* "" where it has none and was given; NULL: not given */
    bool json;                         /* --json: of every verb */
    struct arena *arena;
    FILE *out, *err;
    volatile int *stop; /* Ctrl-C: set, and the verb ends with what it has */
};

/* Reads, explains, runs. argv[0] is the program. */
enum lab_exit lab_run_words(int argc, char **argv, FILE *out, FILE *err, volatile int *stop);

bool lab_given(const struct lab_call *call, const char *flag);
/* Its value, or `otherwise`. */
const char *lab_value(const struct lab_call *call, const char *flag, const char *otherwise);
/* A whole number, decimal or 0x..., from low to high; false after saying what is wrong. */
bool lab_number(struct lab_call *call, const char *flag, uint64_t low, uint64_t high,
                uint64_t otherwise, uint64_t *out);
/* An error: what, and what to do about it (NULL: nothing); under --json an object. Gives `status`
 * back. */
enum lab_exit lab_wrong(struct lab_call *call, enum lab_exit status, const char *code,
                        const char *remedy, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* A whole file; false after saying why not. */
bool lab_read(struct lab_call *call, const char *path, struct bytes *out);
/* The same of a story: its lines may end as other systems end them. */
bool lab_read_story(struct lab_call *call, const char *path, struct bytes *out);
/* Made anew as a whole, or not at all; parents are made. A device or a link is written into. False
 * after saying why not. */
bool lab_write(struct lab_call *call, const char *path, struct bytes content);
/* The folder is there, made where it was not, and can be written into. False after saying why not.
 */
bool lab_folder(struct lab_call *call, const char *path);
/* It is there or could be made, and nothing is made. False after saying why not. */
bool lab_folder_could(struct lab_call *call, const char *path);
