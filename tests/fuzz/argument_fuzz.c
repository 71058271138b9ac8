/* links: base seal record trust rules report sheet admin command */
/* Whatever words a person types, and whatever a file or a node says back: the CLI ends with one of
 * its statuses. Input: lines of words; behind an empty line what every file and reply holds. */
#include "command/command.h"

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
    *reply = (struct command_reply) {200, arena_copy(arena, world->content)};
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static FILE *nowhere;
    nowhere = nowhere ? nowhere : fopen("/dev/null", "w");
    char *text = strndup((const char *)data, size), *words[WORDS_MAX + 1];
    struct world world = {0};
    int count = read_words(text, words, &world.content);
    char name[] = "peregrin";
    words[0] = name;
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
        .out = nowhere,
        .err = nowhere,
        .socket = "/node.sock",
        .version = "0",
    };
    enum command_exit status = command_run(&port, count, words);
    if (status > COMMAND_PROBLEMS && status != COMMAND_INTERRUPTED)
        abort();
    free(text);
    return 0;
}
