#include "cli/cli.h"

#include "cli/cli_help.h"
#include "cli/cli_table.h"
#include "command/command_flag.h"
#include "command/command_say.h"
#include "office/office_dossier.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { MEMORY = 512 * 1024 * 1024, WORDS_MAX = 512 };

/* What the common switches set. */
static bool *common_switch(struct command_common *common, const char *name)
{
    const struct {
        const char *name;
        bool *value;
    } switches[] = {
        {"json", &common->json},         {"plain", &common->plain},
        {"dry-run", &common->dry_run},   {"yes", &common->yes},
        {"no-input", &common->no_input}, {"quiet", &common->quiet},
        {"verbose", &common->verbose},   {"no-color", &common->no_color},
        {"help", &common->help},
    };
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        if (strcmp(switches[i].name, name) == 0)
            return switches[i].value;
    return NULL;
}

/* The arguments as they are read, one after the other. */
struct reader {
    struct command_work *work;
    const char *noun;
    int count, at;
    char **arguments;
    bool flags_ended;
};

/* What may stand behind a flag. */
static const char *one_of(struct command_work *work, const struct command_flag *flag)
{
    char list[WORDS_MAX] = "";
    FILE *to = command_flag_words(flag) ? fmemopen(list, sizeof list, "w") : NULL;
    if (!to)
        return flag->help;
    command_flag_say_words(to, flag);
    fclose(to);
    return command_work_text(work, "give %s", list);
}

static enum command_exit wrong_word(struct command_work *work, const struct command_flag *flag,
                                    const char *value)
{
    char near[COMMAND_FLAG_WORD];
    if (command_flag_near_word(command_flag_words(flag), value, near))
        return command_say_usage(work, command_work_text(work, "did you mean %s?", near),
                                 "--%s: there is no `%s`", flag->name, value);
    return command_say_usage(work, one_of(work, flag), "--%s: there is no `%s`", flag->name, value);
}

/* Where the value of a common flag goes; NULL: it is a flag of the row. */
static const char **common_text(struct command_work *work, const struct command_flag *flag)
{
    const struct {
        const char *name, **text;
    } texts[] = {
        {"socket", &work->common.socket},   {"config", &work->common.config},
        {"url", &work->common.url},         {"token-file", &work->common.token_file},
        {"ca-file", &work->common.ca_file},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(flag->name, texts[i].name) == 0)
            return texts[i].text;
    return NULL;
}

static enum command_exit take_flag(struct reader *reader, const struct command_flag *flag,
                                   const char *value)
{
    struct command_work *work = reader->work;
    bool *common = common_switch(&work->common, flag->name);
    if (!flag->argument && value)
        return command_say_usage(work, "leave the value away", "--%s takes no value", flag->name);
    if (flag->argument && !value && reader->at + 1 < reader->count)
        value = reader->arguments[++reader->at];
    if (flag->argument && !value)
        return command_say_usage(work, one_of(work, flag), "--%s wants %s behind it", flag->name,
                                 command_flag_placeholder(flag));
    if (value && command_flag_words(flag) &&
        !command_flag_has_word(command_flag_words(flag), value))
        return wrong_word(work, flag, value);
    if (common) {
        *common = true;
        return COMMAND_DONE;
    }
    const char **text = common_text(work, flag);
    if (text)
        *text = value;
    else if (work->given_count < COMMAND_ARGUMENTS_MAX)
        work->given[work->given_count++] = (struct command_given) {flag->name, value ? value : ""};
    else
        return command_say_usage(work, "give fewer at a time", "too many flags");
    return COMMAND_DONE;
}

static enum command_exit read_long_flag(struct reader *reader, const char *text)
{
    struct command_work *work = reader->work;
    size_t length = strcspn(text, "=");
    const char *value = text[length] ? text + length + 1 : NULL;
    const struct command_flag *flag = command_flag_find(work->row, text, length);
    if (flag)
        return take_flag(reader, flag, value);
    const char *near = command_flag_near(work->row, text, length);
    const char *remedy = near ? command_work_text(work, "did you mean --%s?", near)
                              : "see `peregrin help`, or add --help to the command";
    return command_say_usage(work, remedy, "no such flag: --%.*s", (int)length, text);
}

/* One or more letters behind one dash; the last one may take the rest as its value. */
static enum command_exit read_letters(struct reader *reader, const char *text)
{
    for (; *text; text++) {
        const struct command_flag *flag = command_flag_letter(reader->work->row, *text);
        if (!flag)
            return command_say_usage(reader->work, "see `peregrin help`", "no such flag: -%c",
                                     *text);
        bool rest = flag->argument && text[1];
        enum command_exit wrong = take_flag(reader, flag, rest ? text + 1 : NULL);
        if (wrong || rest)
            return wrong;
    }
    return COMMAND_DONE;
}

/* What was typed, with the right word in the place of the wrong one. */
static const char *mended(const struct reader *reader, const char *word)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                "-_.,:/=@+";
    const char *line = "peregrin";
    for (int i = 1; i < reader->count; i++) {
        const char *one = i == reader->at ? word : reader->arguments[i];
        if (!one[0] || one[strspn(one, plain)])
            one = "...";
        line = command_work_text(reader->work, "%s %s", line, one);
    }
    return line;
}

static enum command_exit unknown_word(struct reader *reader, const char *word)
{
    struct command_work *work = reader->work;
    const char *near = cli_table_near_word(reader->noun, word);
    const char *before = reader->noun ? reader->noun : "";
    const char *space = reader->noun ? " " : "";
    const char *remedy = near ? command_work_text(work, "did you mean `%s`?", mended(reader, near))
                         : reader->noun
                             ? command_work_text(work, "see `peregrin help %s`", reader->noun)
                             : "see `peregrin help`";
    return command_say_usage(work, remedy, "no such command: %s%s%s", before, space, word);
}

/* The first word is the noun, the second its verb where it has verbs, the others are arguments. */
static enum command_exit read_word(struct reader *reader, const char *word)
{
    struct command_work *work = reader->work;
    if (work->row) {
        if (work->argument_count == COMMAND_ARGUMENTS_MAX)
            return command_say_usage(work, "give fewer at a time", "too many arguments");
        work->arguments[work->argument_count++] = word;
        return COMMAND_DONE;
    }
    if (!reader->noun && !cli_table_is_noun(word))
        return unknown_word(reader, word);
    if (!reader->noun) {
        reader->noun = word;
        work->row = cli_table_find(word, NULL);
        return COMMAND_DONE;
    }
    work->row = cli_table_find(reader->noun, word);
    return work->row ? COMMAND_DONE : unknown_word(reader, word);
}

/* No flag is a digit: `-3` is a grade. */
static enum command_exit read_argument(struct reader *reader)
{
    const char *text = reader->arguments[reader->at];
    bool digit = text[0] == '-' && text[1] >= '0' && text[1] <= '9';
    if (reader->flags_ended || text[0] != '-' || text[1] == '\0' || digit)
        return read_word(reader, text);
    if (strcmp(text, "--") == 0) {
        reader->flags_ended = true;
        return COMMAND_DONE;
    }
    if (strcmp(text, "--version") == 0 && !reader->noun)
        return read_word(reader, "version");
    return text[1] == '-' ? read_long_flag(reader, text + 2) : read_letters(reader, text + 1);
}

/* Errors take the clothes that were asked for, also those before the flag that asks. */
static bool asks_for_json(int count, char **arguments)
{
    for (int i = 1; i < count && strcmp(arguments[i], "--") != 0; i++)
        if (strcmp(arguments[i], "--json") == 0)
            return true;
    return false;
}

static enum command_exit wrong_count(struct command_work *work)
{
    const struct command_row *row = work->row;
    const char *name = command_work_text(work, "%s%s%s", row->noun, row->verb ? " " : "",
                                         row->verb ? row->verb : "");
    const char *remedy = command_work_text(work, "see `peregrin help %s`", name);
    if (!row->arguments)
        return command_say_usage(work, remedy, "`%s` takes no arguments, got `%s`", name,
                                 work->arguments[0]);
    if (work->argument_count == 0)
        return command_say_usage(work, remedy, "`%s` wants %s behind it", name, row->arguments);
    return command_say_usage(work, remedy, "`%s` wants %s, got %zu", name, row->arguments,
                             work->argument_count);
}

static enum command_exit dispatch(struct command_work *work, const struct reader *reader)
{
    const struct command_port *port = work->port;
    const struct command_row *row = work->row;
    if (!row) {
        FILE *to = work->common.help ? port->out : port->err;
        if (reader->noun)
            cli_help_noun(to, reader->noun);
        else
            cli_help_overview(to);
        return work->common.help ? COMMAND_DONE : COMMAND_USAGE;
    }
    if (work->common.help) {
        cli_help_row(port->out, row);
        return COMMAND_DONE;
    }
    if (work->argument_count < row->least || work->argument_count > row->most)
        return wrong_count(work);
    enum command_exit wrong = office_dossier_resolve(work);
    return wrong ? wrong : row->run(work);
}

static enum command_exit read_and_run(struct command_work *work, int count, char **arguments)
{
    struct reader reader = {.work = work, .count = count, .at = 1, .arguments = arguments};
    for (; reader.at < count; reader.at++) {
        enum command_exit wrong = read_argument(&reader);
        if (wrong)
            return wrong;
    }
    return dispatch(work, &reader);
}

enum command_exit cli_run(const struct command_port *port, int count, char **arguments)
{
    assert(port && port->out && port->err);
    struct arena *arena = arena_open(MEMORY);
    struct command_work *work = arena ? calloc(1, sizeof *work) : NULL;
    if (!work) {
        fprintf(port->err, "peregrin: %s\n", fault_text(FAULT_MEMORY)->sentence);
        arena_close(arena);
        return COMMAND_UNEXPECTED;
    }
    *work = (struct command_work) {.port = port, .arena = arena, .kept = json_array()};
    work->common.json = asks_for_json(count, arguments);
    enum command_exit status = read_and_run(work, count, arguments);
    /* A result that could not be written is no result: the disk behind `>` may be full. */
    if ((fflush(port->out) != 0 || ferror(port->out)) && status == COMMAND_DONE) {
        fprintf(port->err, "peregrin: the output could not be written\n");
        status = COMMAND_UNEXPECTED;
    }
    json_decref(work->kept);
    free(work);
    arena_close(arena);
    return status;
}
