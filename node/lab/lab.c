#include "lab/lab.h"

#include "lab/lab_verbs.h"
#include "sim/story.h"

#include <errno.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ARENA = 1 << 30, PATH_SIZE = 4096, READ_MAX = 256 << 20, TITLE_WIDTH = 22 };

static const struct lab_verb *const verbs[] = {
    &lab_network_verb, &lab_run_verb,    &lab_scenario_verb, &lab_year_verb, &lab_compare_verb,
    &lab_sweep_verb,   &lab_shrink_verb, &lab_swarm_verb,    &lab_real_verb,
};

enum { VERB_COUNT = sizeof verbs / sizeof *verbs };

static const char about[] =
    "peregrin-sim runs networks of Peregrin nodes: the very core of peregrind, in virtual time,\n"
    "with faults, replayed by seed.\n";

/* ---- errors ---- */

enum lab_exit lab_wrong(struct lab_call *call, enum lab_exit status, const char *code,
                        const char *remedy, const char *format, ...)
{
    char what[1024];
    va_list list;
    va_start(list, format);
    vsnprintf(what, sizeof what, format, list);
    va_end(list);
    fflush(call->out);
    if (!call->json) {
        fprintf(call->err, "error: %s\n", what);
        if (remedy)
            fprintf(call->err, "  what to do: %s\n", remedy);
        return status;
    }
    json_t *error = json_pack("{s:{s:s, s:i, s:s+, s:s?}}", "error", "code", code, "exit",
                              (int)status, "message", what, "", "hint", remedy);
    if (error)
        json_dumpf(error, call->err, JSON_INDENT(2));
    fputc('\n', call->err);
    json_decref(error);
    return status;
}

/* ---- flags ---- */

static size_t flag_number(const struct lab_verb *verb, const char *name, size_t length)
{
    size_t number = 0;
    while (verb->flags[number].name && (strlen(verb->flags[number].name) != length ||
                                        strncmp(verb->flags[number].name, name, length) != 0))
        number++;
    return number;
}

bool lab_given(const struct lab_call *call, const char *flag)
{
    return call->values[flag_number(call->verb, flag, strlen(flag))];
}

const char *lab_value(const struct lab_call *call, const char *flag, const char *otherwise)
{
    const char *value = call->values[flag_number(call->verb, flag, strlen(flag))];
    return value ? value : otherwise;
}

bool lab_number(struct lab_call *call, const char *flag, uint64_t low, uint64_t high,
                uint64_t otherwise, uint64_t *out)
{
    const char *value = lab_value(call, flag, NULL);
    char *end = NULL;
    *out = otherwise;
    if (!value)
        return true;
    errno = 0;
    *out = strtoull(value, &end, 0);
    if (errno || *end || value[0] < '0' || value[0] > '9' || *out < low || *out > high) {
        lab_wrong(call, LAB_USAGE, "usage", "peregrin-sim help shows what each flag takes",
                  "--%s takes a whole number from %llu to %llu, not `%s`", flag,
                  (unsigned long long)low, (unsigned long long)high, value);
        return false;
    }
    return true;
}

/* ---- files ---- */

bool lab_read(struct lab_call *call, const char *path, struct bytes *out)
{
    struct stat facts;
    FILE *file = fopen(path, "rb");
    uint8_t *data = NULL;
    bool good = file && !fstat(fileno(file), &facts);
    if (good && (!S_ISREG(facts.st_mode) || facts.st_size > READ_MAX)) {
        good = false;
        errno = S_ISREG(facts.st_mode) ? EFBIG : EINVAL;
    }
    if (good) {
        data = arena_take(call->arena, (size_t)facts.st_size + 1);
        good = data && fread(data, 1, (size_t)facts.st_size, file) == (size_t)facts.st_size;
    }
    if (!good)
        lab_wrong(call, LAB_NOT_FOUND, "file", "look at the path and the rights", "%s: %s", path,
                  strerror(errno ? errno : EIO));
    else
        data[facts.st_size] = '\0';
    if (file)
        fclose(file);
    *out = good ? (struct bytes) {data, (size_t)facts.st_size} : (struct bytes) {0};
    return good;
}

bool lab_read_story(struct lab_call *call, const char *path, struct bytes *out)
{
    struct bytes text;
    if (!lab_read(call, path, &text))
        return false;
    if (story_plain(text, call->arena, out))
        return true;
    lab_wrong(call, LAB_UNEXPECTED, "memory", NULL, "there is no memory");
    return false;
}

static void parents_make(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0777);
        *slash = '/';
    }
}

/* A device, a pipe or a link that stands there already is written into, and stays what it is. */
static bool stands(const char *path)
{
    struct stat facts;
    return lstat(path, &facts) == 0 && !S_ISREG(facts.st_mode);
}

bool lab_write(struct lab_call *call, const char *path, struct bytes content)
{
    char beside[PATH_SIZE];
    bool through = stands(path);
    const char *first = through ? path : beside;
    snprintf(beside, sizeof beside, "%s.new", path);
    parents_make(beside);
    FILE *file = fopen(first, "wb");
    bool good = file && fwrite(content.data, 1, content.size, file) == content.size;
    good = file && fclose(file) == 0 && good && (through || rename(beside, path) == 0);
    if (!good) {
        lab_wrong(call, LAB_UNEXPECTED, "file", "look at the path, the rights and the disk",
                  "%s cannot be written: %s", path, strerror(errno));
        if (!through)
            unlink(beside);
    }
    return good;
}

bool lab_folder(struct lab_call *call, const char *path)
{
    char inside[PATH_SIZE];
    struct stat facts;
    snprintf(inside, sizeof inside, "%s/", path);
    parents_make(inside);
    if (stat(inside, &facts) == 0 && access(inside, W_OK | X_OK) == 0)
        return true;
    lab_wrong(call, LAB_UNEXPECTED, "file", "look at the path, the rights and the disk",
              "%s cannot be written into: %s", path, strerror(errno));
    return false;
}

bool lab_folder_could(struct lab_call *call, const char *path)
{
    char there[PATH_SIZE];
    struct stat facts;
    snprintf(there, sizeof there, "%s", path);
    /* What is not there yet is made in the nearest folder above that is. */
    while (stat(there, &facts) && errno == ENOENT) {
        char *slash = strrchr(there, '/');
        if (!slash)
            strcpy(there, ".");
        else
            slash[slash == there] = '\0';
    }
    if (stat(there, &facts) == 0 && !S_ISDIR(facts.st_mode))
        errno = ENOTDIR;
    else if (access(there, W_OK | X_OK) == 0)
        return true;
    lab_wrong(call, LAB_UNEXPECTED, "file", "look at the path, the rights and the disk",
              "%s cannot be written into: %s", path, strerror(errno));
    return false;
}

/* ---- help ---- */

static void help_all(FILE *out)
{
    fprintf(out, "%s\nUsage: peregrin-sim VERB ...\n\n", about);
    for (size_t i = 0; i < VERB_COUNT; i++)
        fprintf(out, "  %-10s %s\n", verbs[i]->name, verbs[i]->meaning);
    fputs("\nperegrin-sim help VERB tells more; --json gives every result to a program.\n"
          "A file that is written is there as a whole or not at all, and its folders are made.\n",
          out);
}

static void help_verb(FILE *out, const struct lab_verb *verb)
{
    fprintf(out, "Usage: peregrin-sim %s%s%s [FLAGS]\n\n%s\n", verb->name, *verb->words ? " " : "",
            verb->words, verb->meaning);
    if (*verb->more)
        fprintf(out, "\n%s\n", verb->more);
    fputs("\nFlags:\n", out);
    for (const struct lab_flag *flag = verb->flags; flag->name; flag++) {
        char title[64];
        snprintf(title, sizeof title, "--%s%s%s", flag->name, flag->value ? " " : "",
                 flag->value ? flag->value : "");
        fprintf(out, "  %-*s %s\n", TITLE_WIDTH, title, flag->meaning);
    }
    fprintf(out, "  %-*s %s\n", TITLE_WIDTH, "--json", "one JSON object instead of text");
    fprintf(out, "\nExample:  peregrin-sim %s\n", verb->example);
}

static const struct lab_verb *verb_find(const char *name)
{
    for (size_t i = 0; name && i < VERB_COUNT; i++)
        if (strcmp(verbs[i]->name, name) == 0)
            return verbs[i];
    return NULL;
}

/* ---- words ---- */

static enum lab_exit flag_take(struct lab_call *call, char **argv, int argc, int *at)
{
    const char *word = argv[*at] + 2, *equals = strchr(word, '=');
    size_t length = equals ? (size_t)(equals - word) : strlen(word);
    size_t number = flag_number(call->verb, word, length);
    const struct lab_flag *flag = &call->verb->flags[number];
    if (!flag->name)
        return lab_wrong(call, LAB_USAGE, "usage", "peregrin-sim help VERB lists its flags",
                         "%s has no flag `--%.*s`", call->verb->name, (int)length, word);
    if (!flag->value && equals)
        return lab_wrong(call, LAB_USAGE, "usage", NULL, "--%s takes no value", flag->name);
    if (flag->value && !equals && *at + 1 == argc)
        return lab_wrong(call, LAB_USAGE, "usage", NULL, "--%s needs a value: %s", flag->name,
                         flag->value);
    const char *value = !flag->value ? "" : equals ? equals + 1 : argv[++*at];
    if (flag->value && !*value)
        return lab_wrong(call, LAB_USAGE, "usage", NULL, "--%s needs a value, not an empty one: %s",
                         flag->name, flag->value);
    call->values[number] = value;
    return LAB_DONE;
}

static enum lab_exit words_read(struct lab_call *call, int argc, char **argv)
{
    for (int i = 2; i < argc; i++) {
        bool plain = strncmp(argv[i], "--", 2) != 0;
        enum lab_exit wrong = LAB_DONE;
        if (strcmp(argv[i], "--json") == 0)
            call->json = true;
        else if (!plain)
            wrong = flag_take(call, argv, argc, &i);
        else if (call->word_count < call->verb->most)
            call->words[call->word_count++] = argv[i];
        else
            wrong = lab_wrong(call, LAB_USAGE, "usage", NULL, "`%s` is one word too many", argv[i]);
        if (wrong)
            return wrong;
    }
    if (call->word_count < call->verb->least)
        return lab_wrong(call, LAB_USAGE, "usage", NULL, "%s needs %s", call->verb->name,
                         call->verb->words);
    return LAB_DONE;
}

static bool asks_for_help(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return argc < 2 || strcmp(argv[1], "help") == 0;
}

/* A later flush knows nothing of what an earlier one could not write; the stream does. */
static enum lab_exit said_whole(struct lab_call *call, enum lab_exit status)
{
    if (fflush(call->out) == 0 && !ferror(call->out))
        return status;
    if (*call->stop) /* its reader has gone: SIGPIPE */
        return status ? status : LAB_INTERRUPTED;
    lab_wrong(call, LAB_UNEXPECTED, "output", "look at the disk, or at where the output goes",
              "the output could not be written whole");
    return status ? status : LAB_UNEXPECTED;
}

enum lab_exit lab_run_words(int argc, char **argv, FILE *out, FILE *err, volatile int *stop)
{
    struct lab_call call = {.out = out, .err = err, .stop = stop};
    bool helps = asks_for_help(argc, argv);
    const char *name = argc > 1 ? argv[1] : NULL;
    if (name && strcmp(name, "help") == 0)
        name = argc > 2 ? argv[2] : NULL;
    call.verb = verb_find(name);
    if (helps && (call.verb || !name || name[0] == '-')) {
        if (call.verb)
            help_verb(out, call.verb);
        else
            help_all(out);
        return said_whole(&call, argc < 2 ? LAB_USAGE : LAB_DONE);
    }
    if (!call.verb)
        return lab_wrong(&call, LAB_USAGE, "usage", "peregrin-sim help lists the verbs",
                         "there is no verb `%s`", name);
    call.arena = arena_open(ARENA);
    if (!call.arena)
        return lab_wrong(&call, LAB_UNEXPECTED, "memory", NULL, "there is no memory");
    enum lab_exit status = words_read(&call, argc, argv);
    if (!status)
        status = call.verb->run(&call);
    arena_close(call.arena);
    return said_whole(&call, status);
}
