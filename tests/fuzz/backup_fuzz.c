/* links: base seal record trust wire rules channel stream eligibility store engine report sheet admin backup */
/* A backup comes from a disk that anybody may have had in hands: no container and no manifest may
 * break the reader, and what it accepts is what its manifest says. A container is changed entry by
 * entry and packed again with checksums, sizes and digests that are right. */
#include "backup/backup_unpack.h"
#include "fuzz/json_mutator.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

enum { BUDGET = 16 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed);

/* ---- changing ----------------------------------------------------------------------------------
 */

enum { BLOCK = 512, ENTRIES_MAX = 12, CONTENT_MAX = 4096, NAME_MAX_SIZE = 100 };

struct entry {
    char name[NAME_MAX_SIZE];
    char type;
    size_t size;
    uint8_t content[CONTENT_MAX];
};

struct container {
    struct entry entries[ENTRIES_MAX];
    size_t count;
};

/* As far as it is one; what follows is left out. */
static void container_read(struct container *container, const uint8_t *data, size_t size)
{
    container->count = 0;
    for (size_t at = 0; at + BLOCK <= size && data[at] && container->count < ENTRIES_MAX;) {
        struct entry *entry = &container->entries[container->count];
        char octal[13] = "";
        memcpy(octal, data + at + 124, 12);
        size_t length = strtoull(octal, NULL, 8);
        at += BLOCK;
        if (length > CONTENT_MAX || length > size - at)
            return;
        memcpy(entry->name, data + at - BLOCK, NAME_MAX_SIZE - 1);
        entry->type = (char)data[at - BLOCK + 156];
        entry->size = length;
        memcpy(entry->content, data + at, length);
        container->count++;
        at += (length + BLOCK - 1) / BLOCK * BLOCK;
    }
}

static void header_write(const struct entry *entry, uint8_t block[static BLOCK])
{
    unsigned sum = 0;
    char field[16];
    memset(block, 0, BLOCK);
    memcpy(block, entry->name, strlen(entry->name));
    memcpy(block + 100, "0000600", 8);
    memcpy(block + 108, "0000000", 8);
    memcpy(block + 116, "0000000", 8);
    snprintf(field, sizeof field, "%011zo", entry->size);
    memcpy(block + 124, field, 12);
    memcpy(block + 136, "00000000000", 12);
    memset(block + 148, ' ', 8);
    block[156] = (uint8_t)entry->type;
    memcpy(block + 257, "ustar\00000", 8);
    for (size_t i = 0; i < BLOCK; i++)
        sum += block[i];
    snprintf(field, sizeof field, "%06o", sum);
    memcpy(block + 148, field, 7);
}

/* 0: it does not fit. */
static size_t container_write(const struct container *container, uint8_t *data, size_t size_max)
{
    size_t at = 0;
    for (size_t i = 0; i < container->count; i++) {
        const struct entry *entry = &container->entries[i];
        size_t whole = (entry->size + BLOCK - 1) / BLOCK * BLOCK;
        if (at + BLOCK + whole > size_max)
            return 0;
        header_write(entry, data + at);
        memset(data + at + BLOCK, 0, whole);
        memcpy(data + at + BLOCK, entry->content, entry->size);
        at += BLOCK + whole;
    }
    if (at + 2 * BLOCK > size_max)
        return 0;
    memset(data + at, 0, 2 * BLOCK);
    return at + 2 * BLOCK;
}

static const struct entry *entry_named(const struct container *container, const char *name)
{
    for (size_t i = 1; name && i < container->count; i++)
        if (strcmp(container->entries[i].name, name) == 0)
            return &container->entries[i];
    return NULL;
}

/* The manifest says of each entry what is so. */
static void manifest_mend(struct container *container)
{
    struct entry *manifest = &container->entries[0];
    json_t *json = json_loadb((const char *)manifest->content, manifest->size, 0, NULL), *part;
    size_t index;
    json_array_foreach(json_object_get(json, "parts"), index, part)
    {
        const struct entry *entry =
            entry_named(container, json_string_value(json_object_get(part, "name")));
        uint8_t sum[crypto_hash_sha256_BYTES];
        char hex[2 * sizeof sum + 1];
        if (!entry)
            continue;
        crypto_hash_sha256(sum, entry->content, entry->size);
        sodium_bin2hex(hex, sizeof hex, sum, sizeof sum);
        json_object_set_new(part, "sha256", json_string(hex));
        json_object_set_new(part, "size", json_integer((json_int_t)entry->size));
    }
    size_t size = json ? json_dumpb(json, (char *)manifest->content, CONTENT_MAX, 0) : 0;
    if (size > 0 && size <= CONTENT_MAX)
        manifest->size = size;
    json_decref(json);
}

static void entry_change(struct container *container, struct json_mutator *dice)
{
    static const char *const names[] = {"../x", "/etc/x",        "keys/1", "keys/3", "./root",
                                        "root", "manifest.json", "",       "x",      "peregrin.db"};
    static const char types[] = {'0', '\0', '1', '2', '3', '5', '6', '7', 'x', 'g', 'L'};
    struct entry *one = &container->entries[json_mutator_dice(dice, container->count)];
    struct entry *other = &container->entries[json_mutator_dice(dice, container->count)];
    struct entry swapped = *one;
    switch (json_mutator_dice(dice, 8)) {
    case 0: *one = *other, *other = swapped; break;
    case 1: container->count -= container->count > 1; break;
    case 2:
        if (container->count < ENTRIES_MAX)
            container->entries[container->count++] = *one;
        break;
    case 3: strcpy(one->name, names[json_mutator_dice(dice, sizeof names / sizeof *names)]); break;
    case 4: one->type = types[json_mutator_dice(dice, sizeof types)]; break;
    case 5:
        one = &container->entries[0];
        one->size = json_mutator_change(one->content, one->size, CONTENT_MAX,
                                        (unsigned)json_mutator_dice(dice, 1 << 20));
        break;
    default: one->size = LLVMFuzzerMutate(one->content, one->size, CONTENT_MAX); break;
    }
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed)
{
    static struct container container;
    static struct json_mutator dice;
    dice.state = seed;
    if (size > 0 && data[0] == '{')
        return json_mutator_change(data, size, size_max, seed);
    container_read(&container, data, size);
    if (container.count == 0 || json_mutator_dice(&dice, 6) == 0)
        return LLVMFuzzerMutate(data, size, size_max);
    entry_change(&container, &dice);
    if (json_mutator_dice(&dice, 5) > 0)
        manifest_mend(&container);
    size_t packed = container_write(&container, data, size_max);
    return packed ? packed : size;
}

/* ---- judging -----------------------------------------------------------------------------------
 */

static void check_manifest(const struct backup_manifest *manifest)
{
    assert(manifest->count >= 4 && manifest->count <= BACKUP_MANIFEST_PARTS);
    assert(manifest->parts[manifest->count - 1].part == BACKUP_PART_DATABASE);
    for (size_t i = 0; i < manifest->count; i++) {
        char name[BACKUP_MANIFEST_PART_NAME];
        backup_manifest_part_name(&manifest->parts[i], name);
        assert(!strstr(name, "..") && name[0] != '/');
        assert(manifest->parts[i].size <= backup_manifest_part_max(manifest->parts[i].part));
    }
}

static void read_manifest(struct bytes text, struct arena *arena)
{
    static struct backup_manifest manifest, again;
    struct backup_detail detail;
    if (backup_manifest_read(text, arena, &manifest, &detail))
        return;
    check_manifest(&manifest);
    struct bytes written = backup_manifest_write(&manifest, arena);
    assert(written.data);
    enum backup_problem problem = backup_manifest_read(written, arena, &again, &detail);
    assert(!problem && again.count == manifest.count);
    assert(memcmp(again.parts, manifest.parts, sizeof again.parts) == 0);
}

/* What was accepted is to the byte what the manifest says, asked of the bytes themselves. */
static void contents_check(const struct backup_unpacked *unpacked, int database)
{
    static uint8_t room[CONTENT_MAX * ENTRIES_MAX];
    for (size_t i = 0; i < unpacked->manifest.count; i++) {
        const struct backup_manifest_part *part = &unpacked->manifest.parts[i];
        struct bytes content = unpacked->contents[i];
        uint8_t sum[crypto_hash_sha256_BYTES];
        if (part->part == BACKUP_PART_DATABASE) {
            ssize_t got = pread(database, room, sizeof room, 0);
            assert(got >= 0);
            content = (struct bytes) {room, (size_t)got};
        }
        assert(content.size == part->size);
        if (content.size == sizeof room)
            continue;
        crypto_hash_sha256(sum, content.data, content.size);
        assert(memcmp(sum, part->sha256, sizeof sum) == 0);
    }
}

static void read_container(struct bytes tar, struct arena *arena)
{
    static struct backup_unpacked unpacked;
    const struct backup_progress progress = {0};
    struct backup_detail detail;
    int file = memfd_create("backup", MFD_CLOEXEC), database = memfd_create("db", MFD_CLOEXEC);
    assert(file >= 0 && database >= 0);
    assert(write(file, tar.data, tar.size) == (ssize_t)tar.size && lseek(file, 0, SEEK_SET) == 0);
    memset(&unpacked, 0, sizeof unpacked);
    enum backup_problem problem =
        backup_unpack_read(file, database, &progress, arena, &unpacked, &detail);
    off_t size = lseek(database, 0, SEEK_END);
    assert(size >= 0 && (uint64_t)size <= tar.size);
    if (!problem) {
        check_manifest(&unpacked.manifest);
        contents_check(&unpacked, database);
        assert((uint64_t)size == unpacked.manifest.parts[unpacked.manifest.count - 1].size);
    }
    close(file);
    close(database);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_open(BUDGET);
    struct bytes input = {data, size};
    if (size > 0 && data[0] == '{')
        read_manifest(input, arena);
    else
        read_container(input, arena);
    arena_close(arena);
    return 0;
}
