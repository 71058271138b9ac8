/* How a command speaks: results on `out`, all else on `err`; an error says what, why and what to
 * do about it. */
#pragma once

#include "command/command_work.h"

/* A line of the result, for people; silent under --json. What a terminal would obey is taken out of
 * it, as of all that is said here: strangers wrote some of it. */
void command_say_line(struct command_work *work, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A piece of such a line. color: how it begins on this terminal, or NULL. */
void command_say_some(struct command_work *work, const char *color, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The whole result under --json: takes the reference; silent otherwise. What a terminal would obey
 * is escaped, which to a program is the same text. */
void command_say_json(struct command_work *work, json_t *result);
/* Under --dry-run: what would be done, as a line or as an object: `would`, and what the node said
 * of it (or NULL; the reference stays). */
void command_say_would(struct command_work *work, const json_t *reply, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* One object on a line of its own, so that another program can read along; the reference stays. */
void command_say_json_line(struct command_work *work, const json_t *value);
/* What happens meanwhile, on `err`; silent under -q and --json. */
void command_say_note(struct command_work *work, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* What could not be done of several, on `err`, also under -q; under --json the result says it. */
void command_say_refused(struct command_work *work, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Only with -v. */
void command_say_detail(struct command_work *work, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* `Next:  peregrin ...` on `err`, as command_say_note. */
void command_say_next(struct command_work *work, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* `1 draft`, `2 drafts`. */
const char *command_say_count(struct command_work *work, size_t count, const char *one,
                              const char *many);
/* An error: `code` for programs, the sentence for people, the remedy. Gives `status` back. */
struct command_wrong {
    enum command_exit status;
    const char *code;
    const char *what;
    const char *remedy;              /* NULL: none */
    const char *field, *correlation; /* NULL: none */
};
enum command_exit command_say_wrong(struct command_work *work, const struct command_wrong *wrong);
/* The same of a verdict, of a fault, of a file (errno) and of a bad call of the program. */
enum command_exit command_say_verdict(struct command_work *work, enum verdict verdict,
                                      const char *what);
enum command_exit command_say_file(struct command_work *work, const char *path, int problem);
enum command_exit command_say_usage(struct command_work *work, const char *remedy,
                                    const char *format, ...) __attribute__((format(printf, 3, 4)));

/* A number from low to high; `otherwise` when the flag was not given. Says what is wrong. */
enum command_exit command_say_number(struct command_work *work, const char *name, unsigned low,
                                     unsigned high, unsigned otherwise, unsigned *out);

/* A person sits there, and has not said yes to everything beforehand. */
bool command_say_may_ask(const struct command_work *work);
/* Asks a yes-or-no question. --yes answers yes; where nobody can be asked: no, after an error that
 * names --yes. */
enum command_exit command_say_confirm(struct command_work *work, const char *question);

/* Whether Ctrl-C was typed; for work in pieces, which then says what was done and what not. */
bool command_say_stopped(const struct command_work *work);

/* Work that may take longer than half a second: a bar on a terminal, otherwise a line for each
 * tenth. Zero-initialise; call after each piece, and once with done == total. */
struct command_progress {
    const char *what;
    struct instant begun;
    bool started, shown;
    unsigned tenths;
};
void command_say_progress(struct command_work *work, struct command_progress *progress, size_t done,
                          size_t total);
