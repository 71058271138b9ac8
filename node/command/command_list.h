/* JSON of the node as tables and pages for people. */
#pragma once

#include "command/command_work.h"
#include "report/table.h"

enum command_style {
    COMMAND_TEXT,
    COMMAND_COUNT, /* a number, to the right; 0 is shown */
    COMMAND_TIME,  /* ISO 8601: how long ago for people, as it is for programs */
    COMMAND_DUE,   /* the same of something to come: what is past is due now */
    COMMAND_YES,   /* yes or nothing */
    COMMAND_STATE, /* a word of a state, in its colour on a terminal */
    COMMAND_WAY,   /* incoming or outgoing: in or out for people */
};

struct command_column {
    const char *title;
    const char *name; /* of the JSON field; dots lead into objects */
    enum command_style style;
    enum table_shrink shrinks;
};

/* The value as text that a terminal may be given, never NULL. */
const char *command_list_text(struct command_work *work, const json_t *object, const char *name,
                              enum command_style style);

/* A listing in the clothes that were asked for: table, --plain, or --json as {"schema", NAME: []}.
 * `empty` is the sentence where there is nothing. */
struct command_listing {
    const char *name;
    const struct command_column *columns;
    size_t column_count;
    const char *empty;
};
/* The same without its last column where all say the same of it, as of OWN on a node that serves
 * one institution: what stands before it keeps its place. */
struct command_listing command_list_last(struct command_listing listing, const json_t *list);
enum command_exit command_list_show(struct command_work *work,
                                    const struct command_listing *listing, const json_t *list);
/* The table alone. */
enum command_exit command_list_table(struct command_work *work,
                                     const struct command_listing *listing, const json_t *list);

/* One object, a line for each field that is there. */
void command_list_fields(struct command_work *work, const json_t *object,
                         const struct command_column *fields, size_t count);
/* Any object, field by field, objects within it indented. */
void command_list_tree(struct command_work *work, const json_t *object, int indent);
