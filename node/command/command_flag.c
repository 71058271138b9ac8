#include "command/command_flag.h"

#include "command/command_near.h"

#include <assert.h>
#include <string.h>

static const struct command_flag common[] = {
    {"socket", "PATH", "the node's socket (else PEREGRIN_SOCKET, else the configuration's)", 0},
    {"config", "FILE", "the node's configuration", 'c'},
    {"url", "URL", "a node elsewhere: https://HOST:PORT; with --token-file", 0},
    {"token-file", "FILE", "the token for --url; only its owner may read the file", 0},
    {"ca-file", "FILE", "who vouches for the certificate of --url (the system's authorities)", 0},
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

const struct command_flag *command_flag_common(size_t index)
{
    return index < sizeof common / sizeof *common ? &common[index] : NULL;
}

/* The flags of the row, then the common ones; NULL past the end. */
static const struct command_flag *flag_at(const struct command_row *row, size_t index)
{
    size_t own = 0;
    while (row && row->flags && row->flags[own].name)
        own++;
    return index < own ? &row->flags[index] : command_flag_common(index - own);
}

const struct command_flag *command_flag_find(const struct command_row *row, const char *name,
                                             size_t length)
{
    const struct command_flag *flag;
    for (size_t i = 0; (flag = flag_at(row, i)); i++)
        if (strlen(flag->name) == length && memcmp(flag->name, name, length) == 0)
            return flag;
    return NULL;
}

const struct command_flag *command_flag_letter(const struct command_row *row, char letter)
{
    const struct command_flag *flag;
    for (size_t i = 0; (flag = flag_at(row, i)); i++)
        if (flag->letter == letter && letter)
            return flag;
    return NULL;
}

const char *command_flag_words(const struct command_flag *flag)
{
    return flag->argument && strchr(flag->argument, '|') ? flag->argument : NULL;
}

const char *command_flag_placeholder(const struct command_flag *flag)
{
    return command_flag_words(flag) ? "WORD" : flag->argument;
}

/* The word at the front of `a|b|c`, and what is behind it; false at the end. */
static bool next_word(const char **words, char word[static COMMAND_FLAG_WORD])
{
    size_t size = strcspn(*words, "|");
    if (!**words)
        return false;
    assert(size < COMMAND_FLAG_WORD);
    memcpy(word, *words, size);
    word[size] = '\0';
    *words += size + ((*words)[size] == '|');
    return true;
}

bool command_flag_has_word(const char *words, const char *word)
{
    char one[COMMAND_FLAG_WORD];
    while (next_word(&words, one))
        if (strcmp(one, word) == 0)
            return true;
    return false;
}

size_t command_flag_near_word(const char *words, const char *typed,
                              char out[static COMMAND_FLAG_WORD])
{
    char one[COMMAND_FLAG_WORD];
    struct command_near near = command_near_start(typed, strlen(typed));
    out[0] = '\0';
    while (next_word(&words, one)) {
        command_near_consider(&near, one);
        if (near.word == one)
            strcpy(out, one);
        near.word = NULL;
    }
    return strlen(out);
}

const char *command_flag_near(const struct command_row *row, const char *typed, size_t length)
{
    struct command_near near = command_near_start(typed, length);
    const struct command_flag *flag;
    for (size_t i = 0; (flag = flag_at(row, i)); i++)
        command_near_consider(&near, flag->name);
    return near.word;
}

void command_flag_say_words(FILE *to, const struct command_flag *flag)
{
    const char *words = command_flag_words(flag);
    for (const char *at = words; at && *at;) {
        size_t size = strcspn(at, "|");
        bool last = !at[size] || !strchr(at + size + 1, '|');
        fprintf(to, "%.*s%s", (int)size, at, !at[size] ? "" : last ? " or " : ", ");
        at += size + (at[size] == '|');
    }
}
