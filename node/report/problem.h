/* Why a request was not done, once for the API, the CLI and the logs: codes and texts of the one
 * list in base/verdict.c, base/fault.c and rules. Never a value that a user sent. */
#pragma once

#include "base/fault.h"
#include "rules/rules.h"

#include <jansson.h>

enum { PROBLEM_EXIT_USAGE = 2, PROBLEM_EXIT_NOT_FOUND = 6 };

/* All texts are static or live in the arena of the request. */
struct problem {
    const char *code; /* NULL: no problem */
    int exit_status;  /* of the CLI */
    int status;       /* of HTTP */
    const char *message;
    const char *hint;     /* what to do */
    const char *field;    /* path in what was sent, or NULL */
    const char *rule;     /* id of the rule that did not hold, or NULL */
    const char *expected; /* what the rule wants, or NULL */
    const char *got;      /* what there is instead, in numbers, or NULL */
};

/* field may be NULL. The verdict is not fine. */
struct problem problem_of_verdict(enum verdict verdict, const char *field);
/* What the rules or the engine found; a finding without texts says what its verdict says. `path` is
 * where the body stands in what was sent (`nomination`); may be empty. */
struct problem problem_of_finding(const struct rules_finding *finding, enum verdict verdict,
                                  const char *path, struct arena *arena);
struct problem problem_of_fault(enum fault fault);
/* The request itself cannot be understood. */
struct problem problem_of_usage(const char *message, const char *hint, const char *field);

/* `{"code","exit","message","hint","field","rule","expected","got","correlation_id"}`, what is NULL
 * left out; NULL when the machine has no memory. */
json_t *problem_json(const struct problem *problem, const char *correlation_id);
