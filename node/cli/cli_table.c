#include "cli/cli_table.h"

#include "cli/cli_nouns.h"
#include "office/office_nouns.h"
#include "operate/operate_nouns.h"

#include "command/command_near.h"

#include <assert.h>
#include <string.h>

/* In the order of help: a new noun is a row here, a line in its folder's list and its own file. */
static const struct command_noun *const nouns[] = {
    &noun_nomination, &noun_inbox,      &noun_draft,       &noun_stay,   &noun_agreement,
    &noun_learning,   &noun_transcript, &noun_recognition, &noun_report, &noun_group,
    &noun_factsheet,  &noun_course,     &noun_deadline,    &noun_grade,  &noun_rules,
    &noun_call,       &noun_envelope,   &noun_grant,       &noun_record, &noun_status,
    &noun_doctor,     &noun_partner,    &noun_outbox,      &noun_event,  &noun_webhook,
    &noun_audit,      &noun_user,       &noun_unit,        &noun_backup, &noun_init,
    &noun_config,     &noun_key,        &noun_catalogue,   &noun_help,   &noun_version,
    &noun_completion,
};

enum { NOUNS = sizeof nouns / sizeof *nouns };

const struct command_noun *cli_table_noun(size_t index)
{
    return index < NOUNS ? nouns[index] : NULL;
}

const struct command_row *cli_table_row(size_t index)
{
    for (size_t i = 0; i < NOUNS; i++)
        for (const struct command_row *row = nouns[i]->rows; row->noun; row++)
            if (index-- == 0)
                return row;
    return NULL;
}

static const struct command_noun *noun_find(const char *name)
{
    for (size_t i = 0; i < NOUNS; i++)
        if (strcmp(nouns[i]->name, name) == 0)
            return nouns[i];
    return NULL;
}

const struct command_row *cli_table_find(const char *noun, const char *verb)
{
    const struct command_noun *found = noun_find(noun);
    for (const struct command_row *row = found ? found->rows : NULL; row && row->noun; row++)
        if (!row->verb == !verb && (!verb || strcmp(row->verb, verb) == 0))
            return row;
    return NULL;
}

bool cli_table_is_noun(const char *noun)
{
    return noun_find(noun);
}

const char *cli_table_near_word(const char *noun, const char *typed)
{
    struct command_near near = command_near_start(typed, strlen(typed));
    const struct command_row *row;
    for (size_t i = 0; (row = cli_table_row(i)); i++) {
        if (!noun)
            command_near_consider(&near, row->noun);
        else if (strcmp(row->noun, noun) == 0 && row->verb)
            command_near_consider(&near, row->verb);
    }
    return near.word;
}

static const char *const groups[] = {
    [COMMAND_GROUP_YEAR] = "The year's work",
    [COMMAND_GROUP_NODE] = "The node",
    [COMMAND_GROUP_FEDERATION] = "The federation",
    [COMMAND_GROUP_PROGRAM] = "This program",
};

static_assert(sizeof groups / sizeof *groups == COMMAND_GROUP_COUNT, "one title for each");

static const struct cli_table_status exits[] = {
    {COMMAND_DONE, "done"},
    {COMMAND_UNEXPECTED, "something unexpected"},
    {COMMAND_USAGE, "the command was not understood"},
    {COMMAND_CONFIG, "the configuration or a key file cannot be used"},
    {COMMAND_NO_NODE, "the node is not reachable"},
    {COMMAND_NOT_PERMITTED, "not permitted"},
    {COMMAND_NOT_FOUND, "not found"},
    {COMMAND_REFUSED, "refused by a state or a rule"},
    {COMMAND_PARTLY, "partly done"},
    {COMMAND_TRUST, "a signature or the trust behind it does not hold"},
    {COMMAND_NO_PARTNER, "the partner is not reachable"},
    {COMMAND_PROBLEMS, "a check found problems"},
    {COMMAND_INTERRUPTED, "interrupted"},
};

const char *cli_table_group(enum command_group group)
{
    assert((unsigned)group < COMMAND_GROUP_COUNT);
    return groups[group];
}

const struct cli_table_status *cli_table_exit(size_t index)
{
    return index < sizeof exits / sizeof *exits ? &exits[index] : NULL;
}
