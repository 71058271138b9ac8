/* links: base seal record trust wire rules channel stream store engine report sheet admin backup */
/* A backup comes from a disk that anybody may have had in hands: no container and no manifest may
 * break the reader, and what it accepts is what its manifest says. */
#include "backup/backup_unpack.h"

#include <assert.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { BUDGET = 16 * 1024 * 1024 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
