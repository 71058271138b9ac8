/* links: base seal record trust wire rules channel stream store engine sim */
/* Plays stories and writes down what the real encoder packs meanwhile, as first inputs of the fuzz
 * targets: `make seeds`. The linker puts __wrap_codec_pack in the encoder's place. */
#include "evidence.pb-c.h"
#include "message.pb-c.h"
#include "record/codec.h"
#include "record/kind.h"
#include "sim/story.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { SIZE_MAX_KEPT = 2048, STORY_MAX = 64 * 1024, NO_PREFIX = -1 };

struct bytes __real_codec_pack(const ProtobufCMessage *message, struct arena *arena);
struct bytes __wrap_codec_pack(const ProtobufCMessage *message, struct arena *arena);

/* Whose inputs messages of a type are, and the byte that stands before them. */
static const struct {
    const ProtobufCMessageDescriptor *type;
    const char *target;
    int prefix;
} takers[] = {
    {&peregrin__message__descriptor, "message", NO_PREFIX},
    {&peregrin__header__descriptor, "header", NO_PREFIX},
    {&peregrin__seal_statement__descriptor, "seal", 0},
    {&peregrin__receipt_statement__descriptor, "seal", 1},
    {&peregrin__recover_statement__descriptor, "seal", 2},
    {&peregrin__signed__descriptor, "seal", 3},
    {&peregrin__header__descriptor, "scan", 0},
    {&peregrin__message__descriptor, "scan", 1},
    {&peregrin__signed__descriptor, "scan", 6},
    {&peregrin__seal_statement__descriptor, "scan", 7},
    {&peregrin__receipt_statement__descriptor, "scan", 8},
};

static const char *folder;

/* One file for each input, named by its digest: the same one is written once. */
static void keep(const char *target, int prefix, struct bytes wire)
{
    char path[512];
    struct digest name;
    digest_of(DIGEST_BODY, wire, &name);
    snprintf(path, sizeof path, "%s/%s", folder, target);
    mkdir(path, 0777);
    snprintf(path, sizeof path, "%s/%s/%02x%02x%02x%02x%02x%02x", folder, target, name.bytes[0],
             name.bytes[1], name.bytes[2], name.bytes[3], name.bytes[4], (unsigned)(prefix & 255));
    FILE *file = fopen(path, "wb");
    if (!file) {
        perror(path);
        exit(1);
    }
    if (prefix != NO_PREFIX)
        fputc(prefix, file);
    fwrite(wire.data, 1, wire.size, file);
    fclose(file);
}

struct bytes __wrap_codec_pack(const ProtobufCMessage *message, struct arena *arena)
{
    struct bytes wire = __real_codec_pack(message, arena);
    size_t count;
    const struct kind *kinds = kind_all(&count);
    if (!wire.data || wire.size > SIZE_MAX_KEPT)
        return wire;
    for (size_t i = 0; i < sizeof takers / sizeof *takers; i++)
        if (takers[i].type == message->descriptor)
            keep(takers[i].target, takers[i].prefix, wire);
    for (size_t i = 0; i < count; i++)
        if (kinds[i].body == message->descriptor)
            keep("body", (int)i, wire);
    return wire;
}

static bool play(const char *path)
{
    static char text[STORY_MAX];
    struct story story;
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    size_t size = fread(text, 1, sizeof text, file);
    fclose(file);
    bool played = story_play((struct bytes) {(const uint8_t *)text, size}, &story);
    if (played)
        story_free(&story);
    return played;
}

int main(int count, char **words)
{
    if (count < 3) {
        fprintf(stderr, "usage: seeds FOLDER STORY ...\n");
        return 2;
    }
    folder = words[1];
    mkdir(folder, 0777);
    for (int i = 2; i < count; i++)
        if (!play(words[i])) {
            fprintf(stderr, "%s: it cannot be played\n", words[i]);
            return 1;
        }
    return 0;
}
