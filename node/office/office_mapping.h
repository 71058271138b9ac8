/* A recognition as a sheet: which components of the host become which of the home, written to be
 * filled in, and read again. Rows of one group belong together, so that any number of components
 * may become any number of others. */
#pragma once

#include "command/command_work.h"

/* The groups that are proposed for a transcript's components: one for one, what was passed for the
 * same credits under the host's title, what failed for none. */
json_t *office_mapping_proposal(const json_t *components);

/* CSV of a transcript, one for one; or, where there is one, of the recognition in force.
 * transcript: the record as the API shows it; recognition: its body, or NULL. data NULL: the arena
 * is spent. */
struct bytes office_mapping_write(struct command_work *work, const json_t *transcript,
                                  const json_t *recognition);

/* What is wrong in one cell; row 0: in the whole. */
struct office_mapping_problem {
    size_t row;
    const char *column, *cell, *expected;
};

struct office_mapping {
    json_t *recognition;    /* Recognition as JSON, without rule, date and comment */
    const char *transcript; /* the id that the rows name; NULL: none does */
    struct office_mapping_problem *problems;
    size_t problem_count;
};

/* Reads CSV or a workbook against its transcript. Says what makes the file unreadable; what is
 * wrong in single cells is in *out. */
enum command_exit office_mapping_read(struct command_work *work, const char *path,
                                      const json_t *transcript, struct office_mapping *out);

/* `5.5` of 550. */
const char *office_mapping_ects(struct command_work *work, json_int_t hundredths);
