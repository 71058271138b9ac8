/* What the verbs year, compare and sweep have in common: a network, a scenario, and runs of them.
 */
#pragma once

#include "lab/lab_source.h"
#include "study/yearbook.h"

/* Rows for such a verb's own flags, behind LAB_SOURCE_FLAGS. */
#define LAB_STUDY_FLAGS                                                                           \
    {"set", "NAME=VALUE", "parameters, with commas between them; `scenario` lists them"},         \
        {"days", "N", "only the first N days of the 18 months"},                                  \
        {"scale", "X", "so many times the students, 0.001 to 10; 1"},                             \
        {"csv", "DIR", "writes tables there; the columns are explained in node/study/README.md"}, \
        {"samples", "N", "partnerships whose two stores are compared at the end; 200"},           \
        {"real", NULL, "real signatures and handshakes, much slower"},                            \
    {                                                                                             \
        "disk", NULL, "stores are SQLite on made-up disks, slower"                                \
    }

struct lab_study {
    struct lab_source source;
    struct flow_network network; /* scaled */
    struct year_settings settings;
    FILE *trace; /* every event of the world goes there; NULL: none */
};

/* All flags but --set and a scenario. LAB_DONE, or another exit after saying why. */
enum lab_exit lab_study_read(struct lab_call *call, struct lab_study *out);
/* A scenario as people type it, and what --set says. LAB_DONE, or another exit after saying why:
 * there is no such scenario, or it has no such parameter or value. */
enum lab_exit lab_study_choose(struct lab_call *call, const char *text,
                               struct scenario_choice *out);
/* One year with this seed; on a terminal it is told how far it is. LAB_DONE, or another exit after
 * saying why. `name` says what runs. */
enum lab_exit lab_study_run(struct lab_call *call, const struct lab_study *study,
                            const struct scenario_choice *choice, uint64_t seed, const char *name,
                            struct year *out);
/* The text of a choice, in the call's arena. */
const char *lab_study_text(struct lab_call *call, const struct scenario_choice *choice);

/* A file of --csv, opened to be written, or NULL; what is wrong was said. */
struct lab_study_file {
    FILE *stream;
    char *text;
    size_t size;
};
bool lab_study_file_open(struct lab_call *call, struct lab_study_file *file,
                         enum measure_file kind);
bool lab_study_file_close(struct lab_call *call, struct lab_study_file *file,
                          enum measure_file kind);
/* Columns of the terminal; 0: it is none. */
size_t lab_study_width(const struct lab_call *call);
/* A JSON object, whole, and a line end. */
enum lab_exit lab_study_json(struct lab_call *call, json_t *object);
