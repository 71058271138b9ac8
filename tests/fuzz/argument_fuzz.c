/* links: base seal record grade trust rules report sheet eligibility elmo admin command office operate cli */
/* Whatever words a person types, and whatever a file or a node says back: the CLI ends with one of
 * its statuses, says why where that is not the good one, and shows a terminal nothing that it would
 * obey. Input: lines of words; behind an empty line what every file and reply holds. */
#include "cli/cli.h"
#include "command/command.h"
#include "fuzz/json_mutator.h"
#include "operate/operate_backup.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 12 };

struct world {
    struct bytes content;
    unsigned calls;
};

static enum fault fake_call(void *self, const struct command_request *, struct arena *arena,
                            struct command_reply *reply)
{
    struct world *world = self;
    if (++world->calls > 20)
        return FAULT_NETWORK;
    static const char error[] = "{\"error\":";
    bool wrong = world->content.size >= sizeof error - 1 &&
                 memcmp(world->content.data, error, sizeof error - 1) == 0;
    *reply = (struct command_reply) {wrong ? 422 : 200, arena_copy(arena, world->content)};
    return FAULT_NONE;
}

static int fake_read(void *self, const char *, size_t size_max, struct arena *arena,
                     struct command_file *out)
{
    struct world *world = self;
    if (world->content.size > size_max)
        return EFBIG;
    *out = (struct command_file) {arena_copy(arena, world->content), 0600};
    return 0;
}

static int fake_write(void *, const char *, const struct command_file *, bool)
{
    return 0;
}

static int fake_directory(void *, const char *, unsigned)
{
    return 0;
}

static struct instant fake_now(void *)
{
    return (struct instant) {1795300000000000};
}

static void fake_random(void *, uint8_t *out, size_t size)
{
    memset(out, 7, size);
}

static void fake_wait(void *, unsigned)
{
}

static bool fake_ask(void *, const char *, bool, char *, size_t)
{
    return false;
}

static const char *fake_sample(void *, const struct command_setting *, size_t, struct arena *)
{
    return "a sample\n";
}

static bool fake_check(void *, const char *, struct arena *, struct command_config *out)
{
    *out = (struct command_config) {.socket = "/s", .database = "/d"};
    return true;
}

static const char *fake_explain(void *, const char *, struct arena *)
{
    return NULL;
}

static const char *fake_near(void *, const char *)
{
    return NULL;
}

static struct bytes fake_view(void *, const char *, struct arena *)
{
    return bytes_text("{\"schema\":1,\"settings\":[]}");
}

static struct bytes fake_doctor(void *, const struct command_doctor *, struct arena *)
{
    return bytes_text("{\"schema\":1,\"checks\":[]}");
}

static void fake_reach(void *, const char *, unsigned, struct arena *, struct command_reach *out)
{
    *out = (struct command_reach) {.connect_us = 1, .greeting_us = 1};
}

static bool fake_setting(void *, size_t, struct command_setting_text *)
{
    return false;
}

/* ---- backups: none can be made or read here ---------------------------------------------------
 */

enum { NO_BACKUP = 1 };

static enum backup_problem fake_create(const struct backup_order *, struct arena *,
                                       struct backup_facts *, struct backup_detail *detail)
{
    *detail = (struct backup_detail) {"create"};
    return NO_BACKUP;
}

static enum backup_problem fake_verify(const struct backup_check *, struct arena *,
                                       struct backup_report *, struct backup_detail *detail)
{
    *detail = (struct backup_detail) {"verify"};
    return NO_BACKUP;
}

static enum backup_problem fake_plan(const struct backup_restore *, struct arena *,
                                     struct backup_plan *, struct backup_detail *detail)
{
    *detail = (struct backup_detail) {"plan"};
    return NO_BACKUP;
}

static enum backup_problem fake_restore(const struct backup_restore *, const struct backup_plan *,
                                        struct arena *, struct backup_detail *detail)
{
    *detail = (struct backup_detail) {"restore"};
    return NO_BACKUP;
}

static enum backup_problem fake_rotate(const char *, const char *, size_t, struct instant,
                                       size_t *removed, struct backup_detail *detail)
{
    *removed = 0;
    *detail = (struct backup_detail) {"rotate"};
    return NO_BACKUP;
}

static const char *fake_name(const char *, const char *, struct instant, struct arena *)
{
    return "backup.tar";
}

static const struct backup_text *fake_text(enum backup_problem)
{
    static const struct backup_text text = {"file", "it cannot be read", "look at it", 1};
    return &text;
}

static const char *fake_place(const char *, struct bytes, struct arena *, struct backup_place *)
{
    return "no such place";
}

static const struct command_backup_port backups = {
    .create = fake_create,
    .verify = fake_verify,
    .plan = fake_plan,
    .restore = fake_restore,
    .rotate = fake_rotate,
    .name = fake_name,
    .text = fake_text,
    .read_place = fake_place,
};

/* ---- the words ---------------------------------------------------------------------------------
 */

/* The words up to an empty line; returns how many, and what stands behind. */
static int read_words(char *text, char *words[], struct bytes *content)
{
    int count = 0;
    count++; /* the name of the program */
    while (*text && *text != '\n' && count < WORDS_MAX) {
        char *line_end = text + strcspn(text, "\n");
        bool last = *line_end == '\0';
        *line_end = '\0';
        words[count++] = text;
        text = last ? line_end : line_end + 1;
    }
    *content = bytes_text(*text == '\n' ? text + 1 : text);
    return count;
}

/* Words as bytes; what is said back mostly as JSON. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed)
{
    const uint8_t *end = size ? memmem(data, size, "\n\n", 2) : NULL;
    size_t words = end ? (size_t)(end - data) + 2 : size;
    if (words >= size || seed % 2 == 0)
        return LLVMFuzzerMutate(data, size, size_max);
    return words + json_mutator_change(data + words, size - words, size_max - words, seed / 2);
}

/* In one piece or in two (of UTF-8); a line of CSV ends with two of them. */
static bool is_control(const char *at)
{
    unsigned char first = (unsigned char)at[0], second = (unsigned char)at[1];
    if (first == '\r' && second == '\n')
        return false;
    return (first < ' ' && first != '\n' && first != '\t') || first == 0x7F ||
           (first == 0xC2 && second >= 0x80 && second < 0xA0);
}

static bool holds_control(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (is_control(text + i))
            return true;
    return false;
}

/* What comes out, as a terminal would get it. */
struct screen {
    char *text;
    size_t size;
};

/* Content for a program is handed on as it is, and whoever typed it knows it. */
static void screen_check(const struct screen *screen, bool typed)
{
    assert(typed || !holds_control(screen->text, screen->size));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct screen out = {0}, err = {0};
    char *text = strndup((const char *)data, size), *words[WORDS_MAX + 1];
    struct world world = {0};
    int count = read_words(text, words, &world.content);
    char name[] = "peregrin";
    words[0] = name;
    bool typed = false;
    for (int i = 1; i < count; i++)
        typed = typed || holds_control(words[i], strlen(words[i]));
    struct command_port port = {
        .self = &world,
        .call = fake_call,
        .read_file = fake_read,
        .write_file = fake_write,
        .make_directory = fake_directory,
        .now = fake_now,
        .random = fake_random,
        .wait = fake_wait,
        .ask = fake_ask,
        .config_sample = fake_sample,
        .config_check = fake_check,
        .config_explain = fake_explain,
        .config_near = fake_near,
        .config_view = fake_view,
        .doctor = fake_doctor,
        .reach = fake_reach,
        .config_setting = fake_setting,
        .backup = &backups,
        .out = open_memstream(&out.text, &out.size),
        .err = open_memstream(&err.text, &err.size),
        .socket = "/node.sock",
        .version = "0",
    };
    enum command_exit status = cli_run(&port, count, words);
    fclose(port.out);
    fclose(port.err);
    assert(status <= COMMAND_PROBLEMS || status == COMMAND_INTERRUPTED);
    assert(status == COMMAND_DONE || out.size + err.size > 0);
    screen_check(&out, typed);
    screen_check(&err, typed);
    free(out.text);
    free(err.text);
    free(text);
    return 0;
}
