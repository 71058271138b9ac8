#include "report/problem.h"

#include <assert.h>
#include <string.h>

/* What HTTP calls it. 422 where the request was understood and its content is refused. */
static const int statuses[] = {
    [VERDICT_FINE] = 200,           [VERDICT_MALFORMED] = 422,   [VERDICT_TOO_LARGE] = 413,
    [VERDICT_FORGED] = 422,         [VERDICT_STALE] = 409,       [VERDICT_UNKNOWN] = 404,
    [VERDICT_NOT_ADDRESSED] = 422,  [VERDICT_OUT_OF_TURN] = 409, [VERDICT_INVALID] = 422,
    [VERDICT_CONTRADICTS] = 409,    [VERDICT_NOT_FOUND] = 404,   [VERDICT_DUPLICATE] = 409,
    [VERDICT_NOT_UNDERSTOOD] = 422, [VERDICT_UNAVAILABLE] = 503, [VERDICT_NOT_PERMITTED] = 403,
    [VERDICT_EXPIRED] = 422,        [VERDICT_REVOKED] = 422,     [VERDICT_INTERNAL] = 500,
};

static_assert(sizeof statuses / sizeof *statuses == VERDICT_COUNT, "one status for each verdict");

struct problem problem_of_verdict(enum verdict verdict, const char *field)
{
    assert(verdict != VERDICT_FINE);
    const struct verdict_text *text = verdict_text(verdict);
    return (struct problem) {
        .code = text->code,
        .exit_status = text->exit_status,
        .status = statuses[verdict],
        .message = text->sentence,
        .hint = text->remedy,
        .field = field,
    };
}

/* `components.title` of the fourth component is `credit_record.components[3].title`. Where memory
 * is spent the field alone must do. */
static const char *field_path(const struct rules_finding *finding, const char *path,
                              struct arena *arena)
{
    const char *field = finding->field, *dot = *path ? "." : "", *full;
    if (!field)
        return NULL;
    size_t first = strcspn(field, ".");
    if (finding->element == RULES_ELEMENT_NONE)
        full = arena_format(arena, "%s%s%s", path, dot, field);
    else
        full = arena_format(arena, "%s%s%.*s[%zu]%s", path, dot, (int)first, field,
                            finding->element, field + first);
    return full ? full : field;
}

struct problem problem_of_finding(const struct rules_finding *finding, enum verdict verdict,
                                  const char *path, struct arena *arena)
{
    struct problem problem = problem_of_verdict(verdict, field_path(finding, path, arena));
    problem.rule = finding->rule;
    problem.expected = finding->expected;
    if (finding->got[0])
        problem.got = arena_text(arena, bytes_text(finding->got));
    if (finding->remedy)
        problem.hint = finding->remedy;
    return problem;
}

struct problem problem_of_fault(enum fault fault)
{
    assert(fault != FAULT_NONE);
    const struct fault_text *text = fault_text(fault);
    return (struct problem) {
        .code = text->code,
        .exit_status = text->exit_status,
        .status = fault == FAULT_MEMORY || fault == FAULT_DISK_FULL ? 503 : 500,
        .message = text->sentence,
        .hint = text->remedy,
    };
}

struct problem problem_of_usage(const char *message, const char *hint, const char *field)
{
    return (struct problem) {
        .code = "usage",
        .exit_status = PROBLEM_EXIT_USAGE,
        .status = 400,
        .message = message,
        .hint = hint,
        .field = field,
    };
}

json_t *problem_json(const struct problem *problem, const char *correlation_id)
{
    assert(problem->code);
    return json_pack("{s:s, s:i, s:s, s:s, s:s*, s:s*, s:s*, s:s*, s:s*}", "code", problem->code,
                     "exit", problem->exit_status, "message", problem->message, "hint",
                     problem->hint ? problem->hint : "", "field", problem->field, "rule",
                     problem->rule, "expected", problem->expected, "got", problem->got,
                     "correlation_id", correlation_id);
}
