#include "cli/cli_manual.h"

#include "cli/cli_table.h"
#include "command/command_flag.h"

#include <ctype.h>
#include <string.h>

/* When what the pages say was last looked through. */
static const char revised[] = "2026-11-22";

enum { LINE = 72, LINE_MAX_SIZE = 1024 };

static void write_program(const struct command_work *work);
static void write_daemon(const struct command_work *work);
static void write_settings(const struct command_work *work);

/* The pages that are not of one noun. */
static const struct page {
    const char *name, *section;
    void (*write)(const struct command_work *work);
} pages[] = {
    {"peregrin", "1", write_program},
    {"peregrind", "8", write_daemon},
    {"peregrind.conf", "5", write_settings},
};

enum { PAGES = sizeof pages / sizeof *pages };

/* ---- troff ---------------------------------------------------------------------------------- */

/* A dot or quote at the start of a line, a hyphen that must stay one, and a backslash anywhere are
 * troff's own. */
static void say(FILE *to, const char *text)
{
    if (*text == '.' || *text == '\'')
        fputs("\\&", to);
    for (; *text; text++) {
        if (*text == '\\')
            fputs("\\e", to);
        else if (*text == '-')
            fputs("\\-", to);
        else if (*text == '\n')
            fputs("\n.br\n", to);
        else
            fputc(*text, to);
    }
}

static void say_line(FILE *to, const char *text)
{
    say(to, text);
    fputc('\n', to);
}

static const char *end_of_piece(const char *text)
{
    const char *end = text + strcspn(text, " ");
    for (const char *next = end; *next; next = end) {
        if (end[-1] == '.')
            break; /* a sentence ends: then troff sets the blanks behind it */
        next = end + 1 + strcspn(end + 1, " ");
        if (next - text > LINE)
            break;
        end = next;
    }
    return end;
}

/* Running text in lines that are not long; every sentence begins a new one. */
static void say_prose(FILE *to, const char *text)
{
    while (*text) {
        const char *end = end_of_piece(text);
        char piece[LINE_MAX_SIZE];
        snprintf(piece, sizeof piece, "%.*s", (int)(end - text), text);
        say_line(to, piece);
        text = end + strspn(end, " ");
    }
}

static void say_title(const struct command_work *work, const char *name, const char *section,
                      const char *summary)
{
    FILE *to = work->port->out;
    fputs(".TH \"", to);
    for (const char *letter = name; *letter; letter++)
        fputc(toupper((unsigned char)*letter), to);
    fprintf(to, "\" \"%s\" \"%s\" \"Peregrin %s\" \"Peregrin\"\n.SH NAME\n", section, revised,
            work->port->version);
    char line[LINE_MAX_SIZE];
    snprintf(line, sizeof line, "%s - %s", name, summary);
    say_prose(to, line);
}

/* ---- flags and commands --------------------------------------------------------------------- */

static void say_flag(FILE *to, const struct command_flag *flag)
{
    fputs(".TP\n\\fB", to);
    if (flag->letter)
        fprintf(to, "\\-%c\\fR, \\fB", flag->letter);
    fputs("\\-\\-", to);
    say(to, flag->name);
    fputs("\\fR", to);
    if (flag->argument) {
        fputs(" \\fI", to);
        say(to, command_flag_placeholder(flag));
        fputs("\\fR", to);
    }
    fputc('\n', to);
    say_prose(to, flag->help);
    if (command_flag_words(flag)) {
        char words[LINE_MAX_SIZE] = "";
        FILE *line = fmemopen(words, sizeof words, "w");
        if (line) {
            command_flag_say_words(line, flag);
            fclose(line);
        }
        fputs(".br\n", to);
        say_prose(to, words);
    }
}

static void say_command(FILE *to, const struct command_row *row)
{
    fprintf(to, "%s%s%s", row->noun, row->verb ? " " : "", row->verb ? row->verb : "");
}

static void say_synopsis(FILE *to, const struct command_row *row)
{
    fputs("\\fBperegrin ", to);
    say_command(to, row);
    fputs("\\fR", to);
    if (row->flags)
        fputs(" [\\fIflag\\fR...]", to);
    if (row->arguments) {
        fputc(' ', to);
        say(to, row->arguments);
    }
    fputc('\n', to);
}

static void say_row(FILE *to, const struct command_row *row)
{
    fputs(".SS \"peregrin ", to);
    say_command(to, row);
    fputs("\"\n", to);
    say_prose(to, row->summary);
    if (row->more) {
        fputs(".PP\n", to);
        say_prose(to, row->more);
    }
    for (size_t i = 0; row->flags && row->flags[i].name; i++)
        say_flag(to, &row->flags[i]);
    if (row->example) {
        fputs(".PP\nExample:\n.PP\n.RS 4\n.nf\nperegrin ", to);
        say_line(to, row->example);
        fputs(".fi\n.RE\n", to);
    }
}

static void write_noun(const struct command_work *work, const struct command_noun *noun)
{
    FILE *to = work->port->out;
    char name[64];
    snprintf(name, sizeof name, "peregrin-%s", noun->name);
    say_title(work, name, "1", noun->summary);
    fputs(".SH SYNOPSIS\n.nf\n", to);
    for (const struct command_row *row = noun->rows; row->noun; row++)
        say_synopsis(to, row);
    fputs(".fi\n.SH DESCRIPTION\n"
          "The flags that every command takes, exit statuses and the environment are in\n"
          ".BR peregrin (1).\n",
          to);
    for (const struct command_row *row = noun->rows; row->noun; row++)
        say_row(to, row);
    fputs(".SH SEE ALSO\n.BR peregrin (1),\n.BR peregrind (8)\n", to);
}

/* ---- peregrin(1) ---------------------------------------------------------------------------- */

static void say_nouns(FILE *to, enum command_group group)
{
    const struct command_noun *noun;
    fputs(".SS \"", to);
    say(to, cli_table_group(group));
    fputs("\"\n", to);
    for (size_t i = 0; (noun = cli_table_noun(i)); i++) {
        if (noun->group != group)
            continue;
        fprintf(to, ".TP\n.BR peregrin\\-%s (1)\n", noun->name);
        say_line(to, noun->summary);
    }
}

static void write_program(const struct command_work *work)
{
    FILE *to = work->port->out;
    const struct cli_table_status *ended;
    say_title(work, "peregrin", "1", "signed records of student mobility between universities");
    fputs(".SH SYNOPSIS\n\\fBperegrin\\fR \\fInoun\\fR [\\fIverb\\fR] [\\fIflag\\fR...] "
          "[\\fIargument\\fR...]\n.SH DESCRIPTION\n",
          to);
    say_prose(to, "The program with which coordinators, administrators and scripts speak to their "
                  "institution's node. Results go to standard output, all else to standard error. "
                  "A success says what changed and the next command; an error says what to do.");
    fputs(".PP\n", to);
    say_prose(to, "Every noun has its own page. The commands init, key, catalogue, config, record "
                  "verify, help, version and completion need no node; all others ask the node at "
                  "its socket.");
    for (unsigned group = 0; group < COMMAND_GROUP_COUNT; group++)
        say_nouns(to, group);
    fputs(".SH OPTIONS\nThese stand anywhere, with every command.\n", to);
    for (size_t i = 0; command_flag_common(i); i++)
        say_flag(to, command_flag_common(i));
    fputs(".SH EXIT STATUS\n", to);
    for (size_t i = 0; (ended = cli_table_exit(i)); i++)
        fprintf(to, ".TP\n%d\n%s\n", ended->status, ended->text);
    fputs(".SH ENVIRONMENT\n"
          ".TP\nPEREGRIN_SOCKET\nThe node's socket, where no flag names one.\n"
          ".TP\nNO_COLOR\nAny value: no colours.\n"
          ".TP\nTERM\nThe word dumb: no colours.\n"
          ".SH SEE ALSO\n.BR peregrind (8),\n.BR peregrind.conf (5)\n",
          to);
}

/* ---- peregrind(8) and peregrind.conf(5) ----------------------------------------------------- */

static void write_daemon(const struct command_work *work)
{
    FILE *to = work->port->out;
    say_title(work, "peregrind", "8", "the node of one or more institutions");
    fputs(".SH SYNOPSIS\n\\fBperegrind\\fR [\\fB\\-n\\fR] [\\fB\\-c\\fR \\fIFILE\\fR]\n"
          ".SH DESCRIPTION\n",
          to);
    say_prose(to, "Keeps the records of its institutions and exchanges them with partners' nodes. "
                  "What it has acknowledged is on its disk; what a partner cannot take now waits "
                  "and is sent by itself.");
    fputs(".SH OPTIONS\n"
          ".TP\n\\fB\\-c\\fR, \\fB\\-\\-config\\fR \\fIFILE\\fR\n"
          "The configuration (/etc/peregrin/peregrind.conf).\n"
          ".TP\n\\fB\\-n\\fR, \\fB\\-\\-check\\fR\n"
          "Check configuration, keys and catalogue, and stop.\n"
          ".TP\n\\fB\\-\\-passphrase\\-file\\fR \\fIFILE\\fR\n"
          "The passphrase of sealed keys; the file has mode 0600.\n"
          ".TP\n\\fB\\-\\-passphrase\\-fd\\fR \\fIN\\fR\n"
          "The same from an open descriptor.\n"
          ".TP\n\\fB\\-\\-help\\fR, \\fB\\-\\-version\\fR\nSay so, and stop.\n"
          ".SH SIGNALS\n"
          ".TP\nSIGHUP\nThe catalogue, the certificate and the file of rules are read again.\n"
          "What cannot be used changes nothing, and is said.\n"
          ".TP\nSIGTERM, SIGINT\nThe node stops.\n"
          "Nothing that was acknowledged is lost, nor is it after SIGKILL.\n"
          ".SH FILES\n.TP\n/etc/peregrin/peregrind.conf\n"
          "The configuration, see\n.BR peregrind.conf (5).\n"
          ".SH EXIT STATUS\n.TP\n0\nStopped when it was told to, or the check held.\n"
          ".TP\nother\nThe last line of the log says why, and what to do.\n"
          ".SH SEE ALSO\n.BR peregrin (1),\n.BR peregrind.conf (5)\n",
          to);
}

static void write_settings(const struct command_work *work)
{
    FILE *to = work->port->out;
    struct command_setting_text setting;
    say_title(work, "peregrind.conf", "5", "the configuration of a node");
    fputs(".SH DESCRIPTION\n", to);
    say_prose(to, "One setting a line: a name, an equals sign, and a text in quotes or a list of "
                  "them in braces. What follows a number sign is a comment. Paths are meant from "
                  "the file's own place. A file with every setting is written by: peregrin config "
                  "sample. Problems are named by file and line by: peregrin config check.");
    fputs(".SH SETTINGS\n", to);
    for (size_t i = 0; work->port->config_setting(work->port->self, i, &setting); i++) {
        fputs(".TP\n\\fB", to);
        say(to, setting.name);
        fputs("\\fR (", to);
        say(to, setting.unit);
        fputs(")\n", to);
        say_prose(to, setting.effect);
        fputs(setting.fallback ? "Default:\n" : "It must be given, for example:\n", to);
        say(to, setting.fallback ? setting.fallback : setting.sample);
        fputc('\n', to);
    }
    fputs(".SH EXAMPLES\n.nf\nnode = \"node.helmo.be\"\ninstitutions = {\"helmo.be\"}\n"
          "listen = \"tcp://192.0.2.7:7301\"\n.fi\n"
          ".SH SEE ALSO\n.BR peregrind (8),\n.BR peregrin\\-config (1)\n",
          to);
}

/* ---- names ---------------------------------------------------------------------------------- */

bool cli_manual_page(const struct command_work *work, const char *name)
{
    const struct command_noun *noun;
    for (size_t i = 0; i < PAGES; i++)
        if (strcmp(pages[i].name, name) == 0) {
            pages[i].write(work);
            return true;
        }
    static const char prefix[] = "peregrin-";
    if (strncmp(name, prefix, sizeof prefix - 1) == 0)
        name += sizeof prefix - 1;
    for (size_t i = 0; (noun = cli_table_noun(i)); i++)
        if (strcmp(noun->name, name) == 0) {
            write_noun(work, noun);
            return true;
        }
    return false;
}

void cli_manual_list(const struct command_work *work)
{
    const struct command_noun *noun;
    for (size_t i = 0; i < PAGES; i++)
        fprintf(work->port->out, "%s %s\n", pages[i].name, pages[i].section);
    for (size_t i = 0; (noun = cli_table_noun(i)); i++)
        fprintf(work->port->out, "peregrin-%s 1\n", noun->name);
}
