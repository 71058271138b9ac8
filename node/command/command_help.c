#include "command/command_help.h"

#include "command/command_say.h"
#include "command/command_table.h"

#include <assert.h>
#include <string.h>

static const char *const groups[] = {
    [COMMAND_GROUP_YEAR] = "The year's work",
    [COMMAND_GROUP_NODE] = "The node",
    [COMMAND_GROUP_FEDERATION] = "The federation",
    [COMMAND_GROUP_PROGRAM] = "This program",
};

static_assert(sizeof groups / sizeof *groups == COMMAND_GROUP_COUNT, "one title for each");

/* What the exit statuses mean, for the manual. */
static const struct {
    enum command_exit status;
    const char *text;
} exits[] = {
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

static void say_name(FILE *to, const struct command_row *row)
{
    fprintf(to, "%s%s%s", row->noun, row->verb ? " " : "", row->verb ? row->verb : "");
}

static size_t name_size(const struct command_row *row)
{
    return strlen(row->noun) + (row->verb ? strlen(row->verb) + 1 : 0);
}

static void say_summary(FILE *to, const struct command_row *row)
{
    enum { COLUMN = 22 };
    fputs("  ", to);
    say_name(to, row);
    size_t size = name_size(row);
    fprintf(to, "%*s%s\n", size < COLUMN ? (int)(COLUMN - size) : 1, "", row->summary);
}

static void say_rows(FILE *to, const char *noun)
{
    const struct command_row *row;
    for (size_t i = 0; (row = command_table_row(i)); i++)
        if (strcmp(row->noun, noun) == 0)
            say_summary(to, row);
}

void command_help_overview(FILE *to)
{
    fputs("peregrin - signed records of student mobility between universities\n\n"
          "Usage: peregrin COMMAND [FLAG...] [ARGUMENT...]\n",
          to);
    const struct command_noun *noun;
    for (unsigned group = 0; group < COMMAND_GROUP_COUNT; group++) {
        fprintf(to, "\n%s\n", groups[group]);
        for (size_t i = 0; (noun = command_table_noun(i)); i++)
            if (noun->group == group)
                say_rows(to, noun->name);
    }
    fputs("\n`peregrin help COMMAND` says more; `--help` behind a command does the same.\n", to);
}

void command_help_noun(FILE *to, const char *noun)
{
    fprintf(to, "Usage: peregrin %s VERB [FLAG...] [ARGUMENT...]\n\n", noun);
    say_rows(to, noun);
    fprintf(to, "\n`peregrin help %s VERB` says more.\n", noun);
}

void command_help_usage(FILE *to, const struct command_row *row)
{
    say_name(to, row);
    if (row->arguments)
        fprintf(to, " %s", row->arguments);
    if (row->flags)
        fputs(" [FLAG...]", to);
}

/* Text in lines of at most 78 columns, each with this indent. ASCII, as the table is. */
static void say_wrapped(FILE *to, const char *text, int indent)
{
    size_t at = 0;
    while (*text) {
        size_t word = strcspn(text, " ");
        if (at && at + 1 + word > 78) {
            fputc('\n', to);
            at = 0;
        }
        at += (size_t)fprintf(to, "%*s%.*s", at ? 1 : indent, "", (int)word, text);
        text += word;
        text += strspn(text, " ");
    }
    fputc('\n', to);
}

static void say_flag(FILE *to, const struct command_flag *flag)
{
    enum { COLUMN = 26 };
    int size = fprintf(to, "  ");
    if (flag->letter)
        size += fprintf(to, "-%c, ", flag->letter);
    size += fprintf(to, "--%s%s%s", flag->name, flag->argument ? " " : "",
                    flag->argument ? flag->argument : "");
    fprintf(to, "%*s%s\n", size < COLUMN ? COLUMN - size : 1, "", flag->help);
}

void command_help_row(FILE *to, const struct command_row *row)
{
    fputs("Usage: peregrin ", to);
    command_help_usage(to, row);
    fputs("\n\n", to);
    say_wrapped(to, row->summary, 0);
    if (row->more) {
        fputc('\n', to);
        say_wrapped(to, row->more, 0);
    }
    if (row->flags)
        fputs("\nFlags\n", to);
    for (size_t i = 0; row->flags && row->flags[i].name; i++)
        say_flag(to, &row->flags[i]);
    fputs("\nFlags of every command\n", to);
    for (size_t i = 0; command_table_common(i); i++)
        say_flag(to, command_table_common(i));
    if (row->example)
        fprintf(to, "\nExample\n  peregrin %s\n", row->example);
}

/* troff reads a dot or quote at the start of a line, and a backslash anywhere, as its own. */
static void say_troff(FILE *to, const char *text)
{
    if (*text == '.' || *text == '\'')
        fputs("\\&", to);
    for (; *text; text++) {
        if (*text == '\\')
            fputs("\\e", to);
        else if (*text == '-')
            fputs("\\-", to);
        else
            fputc(*text, to);
    }
    fputc('\n', to);
}

static void say_manual_flag(FILE *to, const struct command_flag *flag)
{
    fputs(".TP\n", to);
    if (flag->letter)
        fprintf(to, "\\-%c, ", flag->letter);
    fprintf(to, "\\-\\-%s%s%s\n", flag->name, flag->argument ? " " : "",
            flag->argument ? flag->argument : "");
    say_troff(to, flag->help);
}

static void say_manual(FILE *to, const char *version)
{
    fprintf(to, ".TH PEREGRIN 1 \"\" \"peregrin %s\"\n", version);
    fputs(".SH NAME\nperegrin \\- signed records of student mobility between universities\n"
          ".SH SYNOPSIS\n.B peregrin\nCOMMAND [FLAG...] [ARGUMENT...]\n.SH COMMANDS\n",
          to);
    const struct command_row *row;
    for (size_t i = 0; (row = command_table_row(i)); i++) {
        fputs(".SS peregrin ", to);
        command_help_usage(to, row);
        fputc('\n', to);
        say_troff(to, row->summary);
        if (row->more)
            say_troff(to, row->more);
        for (size_t j = 0; row->flags && row->flags[j].name; j++)
            say_manual_flag(to, &row->flags[j]);
        if (row->example) {
            fputs(".PP\nExample:\n.br\n", to);
            say_troff(to, command_table_row(i)->example);
        }
    }
    fputs(".SH FLAGS OF EVERY COMMAND\n", to);
    for (size_t i = 0; command_table_common(i); i++)
        say_manual_flag(to, command_table_common(i));
    fputs(".SH EXIT STATUS\n", to);
    for (size_t i = 0; i < sizeof exits / sizeof *exits; i++)
        fprintf(to, ".TP\n%d\n%s\n", exits[i].status, exits[i].text);
    fputs(".SH ENVIRONMENT\n.TP\nPEREGRIN_SOCKET\nthe node's socket\n"
          ".TP\nNO_COLOR\nno colours\n",
          to);
}

enum command_exit command_help_run(struct command_work *work)
{
    const char *noun = work->argument_count > 0 ? work->arguments[0] : NULL;
    const char *verb = work->argument_count > 1 ? work->arguments[1] : NULL;
    FILE *out = work->port->out;
    if (command_work_flag(work, "man")) {
        say_manual(out, work->port->version);
        return COMMAND_DONE;
    }
    if (!noun) {
        command_help_overview(out);
        return COMMAND_DONE;
    }
    const struct command_row *row = command_table_find(noun, verb);
    if (row) {
        command_help_row(out, row);
        return COMMAND_DONE;
    }
    if (!verb && command_table_is_noun(noun)) {
        command_help_noun(out, noun);
        return COMMAND_DONE;
    }
    bool known = command_table_is_noun(noun);
    const char *near = command_table_near_word(known ? noun : NULL, known ? verb : noun);
    return command_say_usage(
        work, near ? command_work_text(work, "did you mean %s?", near) : "see `peregrin help`",
        "no such command: %s%s%s", noun, verb ? " " : "", verb ? verb : "");
}

enum command_exit command_help_version(struct command_work *work)
{
    command_say_line(work, "peregrin %s", work->port->version);
    command_say_json(work, json_pack("{s:i, s:s}", "schema", 1, "version", work->port->version));
    return COMMAND_DONE;
}

static void say_words_of(FILE *to, const char *noun)
{
    const struct command_row *row;
    for (size_t i = 0; (row = command_table_row(i)); i++)
        if (strcmp(row->noun, noun) == 0 && row->verb)
            fprintf(to, " %s", row->verb);
}

static void say_flags_of(FILE *to, const struct command_row *row)
{
    for (size_t i = 0; row->flags && row->flags[i].name; i++)
        fprintf(to, " --%s", row->flags[i].name);
}

static void say_bash(FILE *to)
{
    const struct command_noun *noun;
    fputs("# bash completion for peregrin; made by `peregrin completion bash`.\n"
          "_peregrin() {\n"
          "    local word=\"${COMP_WORDS[COMP_CWORD]}\" noun=\"${COMP_WORDS[1]}\" words=\"\"\n"
          "    local common=\"",
          to);
    for (size_t i = 0; command_table_common(i); i++)
        fprintf(to, "%s--%s", i ? " " : "", command_table_common(i)->name);
    fputs("\"\n    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        words=\"", to);
    for (size_t i = 0; (noun = command_table_noun(i)); i++)
        fprintf(to, "%s ", noun->name);
    fputs("\"\n    elif [ \"$COMP_CWORD\" -eq 2 ]; then\n        case \"$noun\" in\n", to);
    for (size_t i = 0; (noun = command_table_noun(i)); i++) {
        fprintf(to, "        %s) words=\"", noun->name);
        say_words_of(to, noun->name);
        fputs("\" ;;\n", to);
    }
    fputs("        esac\n    fi\n    if [ \"${word#-}\" != \"$word\" ]; then\n"
          "        words=\"$common\"\n        case \"$noun ${COMP_WORDS[2]}\" in\n",
          to);
    const struct command_row *row;
    for (size_t i = 0; (row = command_table_row(i)); i++) {
        if (!row->flags)
            continue;
        fprintf(to, "        \"%s %s\"%s) words=\"$common", row->noun, row->verb ? row->verb : "",
                row->verb ? "" : "*");
        say_flags_of(to, row);
        fputs("\" ;;\n", to);
    }
    fputs("        esac\n    fi\n"
          "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
          "    [ -n \"$words\" ] && [ ${#COMPREPLY[@]} -gt 0 ] || "
          "mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
          "}\ncomplete -o filenames -F _peregrin peregrin\n",
          to);
}

enum command_exit command_help_completion(struct command_work *work)
{
    if (strcmp(work->arguments[0], "bash") != 0)
        return command_say_usage(work, "give bash", "no completion for %s yet", work->arguments[0]);
    say_bash(work->port->out);
    return COMMAND_DONE;
}
