#include "support/speaker.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ARENA = 64 * 1024 * 1024 };

static bool bytes_load(const char *folder, const char *name, struct arena *arena, struct bytes *out)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    uint8_t *data = arena_take(arena, CATALOGUE_SIZE_MAX);
    if (!file || !data)
        return false;
    *out = (struct bytes) {data, fread(data, 1, CATALOGUE_SIZE_MAX, file)};
    fclose(file);
    return true;
}

static bool key_load(const char *folder, const char *own, const char *kind, struct arena *arena,
                     struct key *out)
{
    char name[128];
    struct bytes text;
    size_t line;
    snprintf(name, sizeof name, "keys/%s.%s.key", own, kind);
    return bytes_load(folder, name, arena, &text) && !key_read(text, out, &line);
}

bool speaker_open(struct speaker *speaker, const char *folder, const char *own, const char *other)
{
    *speaker = (struct speaker) {
        .arena = arena_open(ARENA),
        .listener = -1,
        .minute = instant_minutes(speaker_now()),
    };
    struct arena *kept = arena_open(ARENA); /* as long as the process */
    struct suite suite = suite_over(&(struct suite_keys) {0});
    struct catalogue_files files;
    struct catalogue *catalogue;
    struct digest anchor;
    struct key sign, transport;
    const char *why = "a file is not there";
    uint8_t public_key[SEAL_PUBLIC_SIZE];
    for (size_t i = 0; i < SPEAKER_LINES; i++)
        speaker->lines[i].descriptor = -1;
    if (!bytes_load(folder, "trust/root", kept, &files.root) ||
        !bytes_load(folder, "trust/catalogue", kept, &files.catalogue) ||
        !key_load(folder, own, "sign", kept, &sign) ||
        !key_load(folder, own, "transport", kept, &transport)) {
        fprintf(stderr, "%s: %s\n", folder, why);
        return false;
    }
    catalogue_anchor(files.root, &anchor);
    if (catalogue_read(files, &anchor, 0, &suite, kept, &catalogue, &why)) {
        fprintf(stderr, "%s: %s\n", folder, why);
        return false;
    }
    speaker->catalogue = catalogue;
    speaker->own = catalogue_institution(catalogue, own);
    speaker->other = catalogue_institution(catalogue, other);
    speaker->node = &catalogue->nodes[speaker->own->node];
    speaker->other_node = &catalogue->nodes[speaker->other->node];
    speaker->own_key = speaker->own->keys;
    seal_key_pair(sign.seed, public_key, speaker->secret);
    memcpy(speaker->transport_secret, transport.seed, sizeof transport.seed);
    key_public(&transport, speaker->transport_public);
    struct noise_keys keys = {speaker->transport_secret, speaker->transport_public,
                              speaker->other_node->keys->public_key, NULL};
    return gate_open(&speaker->gate, keys);
}

/* ---- connections ---- */

static bool address_of(const char *endpoint, struct sockaddr_in *out)
{
    char host[64];
    unsigned port;
    *out = (struct sockaddr_in) {.sin_family = AF_INET};
    if (sscanf(endpoint, "tcp://%63[0-9.]:%u", host, &port) != 2)
        return false;
    out->sin_port = htons((uint16_t)port);
    return inet_pton(AF_INET, host, &out->sin_addr) == 1;
}

bool speaker_connect(struct speaker *speaker)
{
    struct sockaddr_in address;
    int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    if (!address_of(speaker->other_node->endpoint, &address) ||
        connect(descriptor, (struct sockaddr *)&address, sizeof address) != 0) {
        close(descriptor);
        return false;
    }
    wireline_begin(&speaker->lines[0], descriptor, true);
    return true;
}

bool speaker_listen(struct speaker *speaker)
{
    int yes = 1;
    struct sockaddr_in address;
    speaker->listener = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(speaker->listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    return address_of(speaker->node->endpoint, &address) &&
           bind(speaker->listener, (struct sockaddr *)&address, sizeof address) == 0 &&
           listen(speaker->listener, 16) == 0;
}
