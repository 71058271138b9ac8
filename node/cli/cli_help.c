#include "cli/cli_help.h"

#include "cli/cli_completion.h"
#include "cli/cli_manual.h"
#include "cli/cli_table.h"
#include "command/command_flag.h"
#include "command/command_say.h"

#include <assert.h>
#include <string.h>

enum { LINE = 78, NOUN_COLUMN = 16, FLAG_COLUMN = 28 };

/* Text in lines, the first of them where `at` columns are taken, the others behind `indent` blanks.
 * ASCII, as the table is. */
static void say_wrapped(FILE *to, const char *text, int at, int indent)
{
    bool begun = false;
    if (at < indent)
        at += fprintf(to, "%*s", indent - at, "");
    while (*text) {
        int word = (int)strcspn(text, " ");
        if (begun && at + 1 + word > LINE) {
            at = fprintf(to, "\n%*s", indent, "") - 1;
            begun = false;
        }
        at += fprintf(to, "%s%.*s", begun ? " " : "", word, text);
        begun = true;
        text += word;
        text += strspn(text, " ");
    }
    fputc('\n', to);
}

static int say_name(FILE *to, const struct command_row *row)
{
    return fprintf(to, "%s%s%s", row->noun, row->verb ? " " : "", row->verb ? row->verb : "");
}

/* A noun with its verbs, or with what it is where it has none. */
static void say_noun(FILE *to, const struct command_noun *noun)
{
    char verbs[512] = "";
    size_t used = 0;
    for (const struct command_row *row = noun->rows; row->noun && used < sizeof verbs; row++)
        if (row->verb)
            used += (size_t)snprintf(verbs + used, sizeof verbs - used, "%s%s", used ? ", " : "",
                                     row->verb);
    say_wrapped(to, used ? verbs : noun->summary, fprintf(to, "  %s", noun->name), NOUN_COLUMN);
}

void cli_help_overview(FILE *to)
{
    fputs("peregrin: signed records of student mobility between universities\n\n"
          "Usage: peregrin NOUN [VERB] [FLAG...] [ARGUMENT...]\n",
          to);
    const struct command_noun *noun;
    for (unsigned group = 0; group < COMMAND_GROUP_COUNT; group++) {
        fprintf(to, "\n%s\n", cli_table_group(group));
        for (size_t i = 0; (noun = cli_table_noun(i)); i++)
            if (noun->group == group)
                say_noun(to, noun);
    }
    fputs("\n`peregrin help NOUN` says what each verb does, `peregrin help NOUN VERB` all\n"
          "of it, as `--help` behind a command does.\n",
          to);
}

static const struct command_noun *noun_of(const char *name)
{
    const struct command_noun *noun;
    for (size_t i = 0; (noun = cli_table_noun(i)); i++)
        if (strcmp(noun->name, name) == 0)
            return noun;
    return NULL;
}

void cli_help_noun(FILE *to, const char *name)
{
    const struct command_noun *noun = noun_of(name);
    assert(noun);
    int column = 0;
    for (const struct command_row *row = noun->rows; row->noun; row++)
        if (row->verb && (int)strlen(row->verb) > column)
            column = (int)strlen(row->verb);
    fprintf(to, "peregrin %s: %s\n\nUsage: peregrin %s VERB [FLAG...] [ARGUMENT...]\n\n", name,
            noun->summary, name);
    for (const struct command_row *row = noun->rows; row->noun; row++)
        say_wrapped(to, row->summary, fprintf(to, "  %s", row->verb ? row->verb : ""), column + 4);
    fprintf(to, "\n`peregrin help %s VERB` says more.\n", name);
}

void cli_help_usage(FILE *to, const struct command_row *row)
{
    say_name(to, row);
    if (row->flags)
        fputs(" [FLAG...]", to);
    if (row->arguments)
        fprintf(to, " %s", row->arguments);
}

static void say_flag(FILE *to, const struct command_flag *flag)
{
    char text[1024];
    const char *placeholder = command_flag_placeholder(flag);
    FILE *line = fmemopen(text, sizeof text, "w");
    if (!line)
        return;
    fputs(flag->help, line);
    if (command_flag_words(flag)) {
        fputs(": ", line);
        command_flag_say_words(line, flag);
    }
    fclose(line);
    text[sizeof text - 1] = '\0';
    int size = fprintf(to, flag->letter ? "  -%c, " : "  ", flag->letter);
    size +=
        fprintf(to, "--%s%s%s", flag->name, placeholder ? " " : "", placeholder ? placeholder : "");
    if (size >= FLAG_COLUMN)
        size = fprintf(to, "\n") - 1;
    say_wrapped(to, text, size, FLAG_COLUMN);
}

void cli_help_row(FILE *to, const struct command_row *row)
{
    fputs("Usage: peregrin ", to);
    cli_help_usage(to, row);
    fputs("\n\n", to);
    say_wrapped(to, row->summary, 0, 0);
    if (row->more) {
        fputc('\n', to);
        say_wrapped(to, row->more, 0, 0);
    }
    if (row->flags)
        fputs("\nFlags\n", to);
    for (size_t i = 0; row->flags && row->flags[i].name; i++)
        say_flag(to, &row->flags[i]);
    fputs("\nFlags of every command\n", to);
    for (size_t i = 0; command_flag_common(i); i++)
        say_flag(to, command_flag_common(i));
    if (row->example)
        fprintf(to, "\nExample\n  peregrin %s\n", row->example);
}

/* ---- the commands --------------------------------------------------------------------------- */

static enum command_exit run_manual(struct command_work *work, const char *name)
{
    if (name && strcmp(name, "list") == 0) {
        cli_manual_list(work);
        return COMMAND_DONE;
    }
    if (cli_manual_page(work, name ? name : "peregrin"))
        return COMMAND_DONE;
    return command_say_usage(work, "`peregrin help --man list` names all of them",
                             "there is no manual page %s", name);
}

enum command_exit cli_help_run(struct command_work *work)
{
    const char *noun = work->argument_count > 0 ? work->arguments[0] : NULL;
    const char *verb = work->argument_count > 1 ? work->arguments[1] : NULL;
    FILE *out = work->port->out;
    if (command_work_flag(work, "man"))
        return run_manual(work, noun);
    const struct command_row *row = noun ? cli_table_find(noun, verb) : NULL;
    bool known = noun && cli_table_is_noun(noun);
    if (!noun)
        cli_help_overview(out);
    else if (row)
        cli_help_row(out, row);
    else if (!verb && known)
        cli_help_noun(out, noun);
    if (!noun || row || (!verb && known))
        return COMMAND_DONE;
    const char *near = cli_table_near_word(known ? noun : NULL, known ? verb : noun);
    return command_say_usage(work,
                             near ? command_work_text(work, "did you mean `peregrin help %s%s%s`?",
                                                      known ? noun : "", known ? " " : "", near)
                                  : "see `peregrin help`",
                             "no such command: %s%s%s", noun, verb ? " " : "", verb ? verb : "");
}

enum command_exit cli_help_version(struct command_work *work)
{
    command_say_line(work, "peregrin %s", work->port->version);
    command_say_json(work, json_pack("{s:i, s:s}", "schema", 1, "version", work->port->version));
    return COMMAND_DONE;
}

enum command_exit cli_help_completion(struct command_work *work)
{
    if (cli_completion_write(work->port->out, work->arguments[0]))
        return COMMAND_DONE;
    return command_say_usage(work, "give bash, zsh or fish", "no completion for the shell %s",
                             work->arguments[0]);
}
