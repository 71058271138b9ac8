#include "io/rule_file.h"

#include "eligibility/eligibility.h"
#include "io/file.h"

static enum fault refuse(const char *file, enum verdict verdict,
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

enum fault rule_file_read(const struct config *config, struct arena *arena,
                          const struct dated **out, struct reason *reason)
{
    struct dated_refusal refusal;
    struct dated *settings;
    struct bytes text = {0};
    if (!arena)
        return reason_give(reason, FAULT_MEMORY, "no memory for the rules");
    if (config_given(config->rules))
        TRY(file_read(config->rules, DATED_FILE_MAX, &text, reason));
    enum verdict verdict = eligibility_settings(text, arena, &settings, &refusal);
    file_free(&text);
    *out = settings;
    return verdict ? refuse(config->rules, verdict, &refusal, reason) : FAULT_NONE;
}
