#include "io/rulebook.h"

#include "eligibility/eligibility.h"
#include "io/file.h"

#include <stdlib.h>

enum { RULEBOOK_ARENA = 4 * 1024 * 1024 };

struct rulebook {
    struct arena *arena;
    struct dated *settings;
};

static enum fault refused(const char *file, enum verdict verdict,
                          const struct dated_refusal *refusal, struct reason *reason)
{
    if (verdict == VERDICT_TOO_LARGE)
        return reason_give(reason, FAULT_MEMORY, "%s: no memory for the rules", file);
    if (!refusal->line)
        return reason_give(reason, FAULT_CONFIG, "rules: %s: expected %s", file, refusal->expected);
    return reason_give(reason, FAULT_CONFIG, "rules: %s:%zu: %s%sexpected %s", file, refusal->line,
                       refusal->column ? refusal->column : "", refusal->column ? ": " : "",
                       refusal->expected);
}

static enum fault rulebook_read(struct rulebook *rulebook, const char *file, struct reason *reason)
{
    struct dated_refusal refusal;
    struct bytes text = {0};
    if (config_given(file))
        TRY(file_read(file, DATED_FILE_MAX, &text, reason));
    enum verdict verdict =
        eligibility_settings(text, rulebook->arena, &rulebook->settings, &refusal);
    file_free(&text);
    return verdict ? refused(file, verdict, &refusal, reason) : FAULT_NONE;
}

enum fault rulebook_open(const struct config *config, struct rulebook **out, struct reason *reason)
{
    struct rulebook *rulebook = calloc(1, sizeof *rulebook);
    *out = NULL;
    if (rulebook)
        rulebook->arena = arena_open(RULEBOOK_ARENA);
    enum fault fault = rulebook && rulebook->arena
                           ? rulebook_read(rulebook, config->rules, reason)
                           : reason_give(reason, FAULT_MEMORY, "no memory for the rules");
    if (fault)
        rulebook_close(rulebook);
    else
        *out = rulebook;
    return fault;
}

void rulebook_close(struct rulebook *rulebook)
{
    if (!rulebook)
        return;
    arena_close(rulebook->arena);
    free(rulebook);
}

const struct dated *rulebook_settings(const struct rulebook *rulebook)
{
    return rulebook->settings;
}
