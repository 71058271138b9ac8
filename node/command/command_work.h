/* One command at work: its row in the table, what the user gave, and how it speaks.
 * Only for the files command_*.c. */
#pragma once

#include "base/verdict.h"
#include "command/command.h"

#include <jansson.h>

enum {
    COMMAND_ARGUMENTS_MAX = 512,
    COMMAND_FILE_MAX = 16 * 1024 * 1024,
    COMMAND_LIMIT = 200, /* entries asked of the node at once */
};

struct command_work;
typedef enum command_exit command_function(struct command_work *work);

struct command_flag {
    const char *name;     /* without its dashes */
    const char *argument; /* NULL: a switch */
    const char *help;
    char letter; /* 0: none */
};

struct command_row {
    const char *noun, *verb; /* verb NULL: the noun alone is the command */
    const char *arguments;   /* as help shows them; NULL: none */
    unsigned least, most;    /* how many of them */
    const char *finds;  /* of DOSSIER arguments: the query that narrows a search by name, or NULL */
    const char *states; /* and where several fit, the states of those that can be meant, or NULL */
    command_function *run;
    const char *summary;
    const char *more;                 /* further sentences for help and manual, or NULL */
    const char *example;              /* without the program's name, or NULL */
    const struct command_flag *flags; /* NULL: none; an empty one ends them */
};

/* A flag that was given. */
struct command_given {
    const char *name, *value; /* value of a switch: "" */
};

/* What every command understands. */
struct command_common {
    bool json, plain, dry_run, yes, no_input, quiet, verbose, no_color, help;
    const char *socket, *config, *url, *token_file, *ca_file;
};

struct command_work {
    const struct command_port *port;
    const struct command_row *row;
    struct arena *arena;
    struct command_common common;
    const char *arguments[COMMAND_ARGUMENTS_MAX];
    size_t argument_count;
    struct command_given given[COMMAND_ARGUMENTS_MAX];
    size_t given_count;
    json_t *kept; /* JSON that lives until the command has ended */
};

/* The value of a flag of this row, "" for a switch, NULL when it was not given. With `nth` the
 * further ones of a flag that was given more than once. */
const char *command_work_flag(const struct command_work *work, const char *name);
const char *command_work_flag_nth(const struct command_work *work, const char *name, size_t nth);
/* The same where several verbs share what asks, and this one may not have the flag: then NULL. */
const char *command_work_flag_shared(const struct command_work *work, const char *name);
/* Takes the reference; gives a view that lives until the command has ended. */
json_t *command_work_keep(struct command_work *work, json_t *value);
/* As printf into the arena; a spent arena ends in a text that says so. */
const char *command_work_text(struct command_work *work, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
const char *command_work_hex(struct command_work *work, const uint8_t *data, size_t size);
/* The largest number where the sum would be larger: a node may say any. */
json_int_t command_work_sum(json_int_t left, json_int_t right);
/* False unless the text is exactly `size` bytes in hexadecimal. */
bool command_work_unhex(const char *text, uint8_t *out, size_t size);
