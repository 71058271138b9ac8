/* Years, comparisons and sweeps in their clothes: tables for people, CSV and JSON for programs. */
#pragma once

#include "study/contrast.h"
#include "study/year.h"

#include <jansson.h>

/* A year, and what it was a year of. */
struct yearbook_run {
    const char *scenario; /* see scenario_text */
    uint64_t seed;
    const struct flow_network *network;
    const struct year *year;
};

/* The lines of titles and of a file; columns as in measure.c. */
void yearbook_titles(FILE *file, enum measure_file kind);
void yearbook_measures(FILE *file, const struct yearbook_run *run);
void yearbook_days(FILE *file, const struct yearbook_run *run);
void yearbook_messages(FILE *file, const struct yearbook_run *run);
void yearbook_contrast(FILE *file, const struct contrast *contrast);
/* Of a sweep: the parameter and the value as people type them. */
void yearbook_swept(FILE *file, const char *parameter, const char *value,
                    const struct yearbook_run *run);

/* All measures, each with its unit and what it means; data NULL: the arena is spent. */
struct bytes yearbook_year_table(const struct measures *measures, struct arena *arena,
                                 size_t width);
struct bytes yearbook_contrast_table(const struct contrast *contrast, struct arena *arena,
                                     size_t width);

/* NULL: no memory. */
json_t *yearbook_year_json(const struct yearbook_run *run);
json_t *yearbook_contrast_json(const struct contrast *contrast);

/* `1,234.5`: so many digits behind the point. */
enum { YEARBOOK_NUMBER_SIZE = 48 };
void yearbook_number(double value, int digits, char out[static YEARBOOK_NUMBER_SIZE]);
