#include "command/command_table.h"

#include <assert.h>
#include <string.h>

/* In the order of help: a new noun is a row here, a line in command_noun.h and its own file. */
static const struct command_noun *const nouns[] = {
    &noun_nomination, &noun_draft, &noun_transcript, &noun_record,     &noun_status, &noun_partner,
    &noun_outbox,     &noun_event, &noun_audit,      &noun_init,       &noun_config, &noun_key,
    &noun_catalogue,  &noun_help,  &noun_version,    &noun_completion,
};

static const struct command_flag common[] = {
    {"socket", "PATH", "the node's socket (else PEREGRIN_SOCKET, else the configuration's)", 0},
    {"config", "FILE", "the node's configuration", 'c'},
    {"json", NULL, "the result as JSON, stable for programs", 0},
    {"plain", NULL, "tables as tab-separated values without a heading", 0},
    {"dry-run", NULL, "say what would happen; change nothing", 'n'},
    {"yes", NULL, "answer yes to every question", 'y'},
    {"no-input", NULL, "never ask; fail instead", 0},
    {"quiet", NULL, "the result only", 'q'},
    {"verbose", NULL, "say more", 'v'},
    {"no-color", NULL, "no colours (as NO_COLOR and TERM=dumb)", 0},
    {"help", NULL, "help for this command", 'h'},
};

enum { NOUNS = sizeof nouns / sizeof *nouns, COMMON = sizeof common / sizeof *common };

const struct command_noun *command_table_noun(size_t index)
{
    return index < NOUNS ? nouns[index] : NULL;
}

const struct command_row *command_table_row(size_t index)
{
    for (size_t i = 0; i < NOUNS; i++)
        for (const struct command_row *row = nouns[i]->rows; row->noun; row++)
            if (index-- == 0)
                return row;
    return NULL;
}

const struct command_flag *command_table_common(size_t index)
{
    return index < COMMON ? &common[index] : NULL;
}

static const struct command_noun *noun_find(const char *name)
{
    for (size_t i = 0; i < NOUNS; i++)
        if (strcmp(nouns[i]->name, name) == 0)
            return nouns[i];
    return NULL;
}

const struct command_row *command_table_find(const char *noun, const char *verb)
{
    const struct command_noun *found = noun_find(noun);
    for (const struct command_row *row = found ? found->rows : NULL; row && row->noun; row++)
        if (!row->verb == !verb && (!verb || strcmp(row->verb, verb) == 0))
            return row;
    return NULL;
}

bool command_table_is_noun(const char *noun)
{
    return noun_find(noun);
}

/* The flags of the row, then the common ones; NULL past the end. */
static const struct command_flag *flag_at(const struct command_row *row, size_t index)
{
    size_t own = 0;
    while (row && row->flags && row->flags[own].name)
        own++;
    return index < own ? &row->flags[index] : command_table_common(index - own);
}

const struct command_flag *command_table_flag(const struct command_row *row, const char *name,
                                              size_t length)
{
    const struct command_flag *flag;
    for (size_t i = 0; (flag = flag_at(row, i)); i++)
        if (strlen(flag->name) == length && memcmp(flag->name, name, length) == 0)
            return flag;
    return NULL;
}

const struct command_flag *command_table_letter(const struct command_row *row, char letter)
{
    const struct command_flag *flag;
    for (size_t i = 0; (flag = flag_at(row, i)); i++)
        if (flag->letter == letter && letter)
            return flag;
    return NULL;
}

enum { WORD_MAX = 24 };

static size_t smaller(size_t left, size_t right)
{
    return left < right ? left : right;
}

/* How many letters must be put in, taken out, changed or swapped with their neighbour. */
static size_t distance(const char *left, size_t left_size, const char *right)
{
    size_t right_size = strlen(right);
    size_t cost[WORD_MAX + 1][WORD_MAX + 1];
    if (left_size > WORD_MAX || right_size > WORD_MAX)
        return SIZE_MAX;
    for (size_t i = 0; i <= left_size; i++) {
        for (size_t j = 0; j <= right_size; j++) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
                continue;
            }
            size_t change = cost[i - 1][j - 1] + (left[i - 1] != right[j - 1]);
            cost[i][j] = smaller(change, smaller(cost[i - 1][j], cost[i][j - 1]) + 1);
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                cost[i][j] = smaller(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost[left_size][right_size];
}

/* Keeps the nearest word; one mistake in three letters at most. */
static void consider(const char *typed, size_t length, const char *word, size_t *best,
                     const char **near)
{
    size_t apart = distance(typed, length, word);
    bool prefix = length >= 3 && strncmp(typed, word, length) == 0;
    if (prefix)
        apart = 1;
    if (apart < *best && (prefix || apart * 3 <= strlen(word) + 1)) {
        *best = apart;
        *near = word;
    }
}

const char *command_table_near_word(const char *noun, const char *typed)
{
    size_t best = SIZE_MAX;
    const char *near = NULL;
    const struct command_row *row;
    for (size_t i = 0; (row = command_table_row(i)); i++) {
        if (!noun)
            consider(typed, strlen(typed), row->noun, &best, &near);
        else if (strcmp(row->noun, noun) == 0 && row->verb)
            consider(typed, strlen(typed), row->verb, &best, &near);
    }
    return near;
}

const char *command_table_near_flag(const struct command_row *row, const char *typed, size_t length)
{
    size_t best = SIZE_MAX;
    const char *near = NULL;
    const struct command_flag *flag;
    for (size_t i = 0; (flag = flag_at(row, i)); i++)
        consider(typed, length, flag->name, &best, &near);
    return near;
}
