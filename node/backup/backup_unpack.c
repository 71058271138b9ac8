#include "backup/backup_unpack.h"

#include "backup/backup_file.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { BLOCK_SIZE = 64 * 1024 };

/* An archive being read. */
struct reader {
    struct archive *archive;
    int database;
    uint64_t file_size;
    const struct backup_progress *progress;
    struct arena *arena;
    struct backup_detail *detail;
};

static enum backup_problem wrong(const struct reader *reader)
{
    const char *said = archive_error_string(reader->archive);
    /* What began well and cannot be read on was cut off, or broke on its way. */
    bool began = archive_file_count(reader->archive) > 1;
    return backup_say(reader->detail, began ? BACKUP_CUT : BACKUP_NOT_ONE, "%s",
                      said ? said : "it is no tar");
}

/* The next entry must be this one, a plain file; *size is what it says it has. */
static enum backup_problem next_entry(const struct reader *reader, const char *name, uint64_t max,
                                      uint64_t *size)
{
    struct archive_entry *entry;
    int code = archive_read_next_header(reader->archive, &entry);
    if (code == ARCHIVE_EOF)
        return backup_say(reader->detail, BACKUP_CUT, "%s is missing", name);
    if (code != ARCHIVE_OK)
        return wrong(reader);
    const char *found = archive_entry_pathname(entry);
    if (!found || strcmp(found, name) != 0)
        return backup_say(reader->detail, BACKUP_NOT_ONE, "another part stands where %s should",
                          name);
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) ||
        archive_entry_symlink(entry) || archive_entry_sparse_count(entry) > 0 ||
        !archive_entry_size_is_set(entry))
        return backup_say(reader->detail, BACKUP_NOT_ONE, "%s is not a plain file", name);
    la_int64_t said = archive_entry_size(entry);
    if (said > 0 && (uint64_t)said <= max && (uint64_t)said > reader->file_size)
        return backup_say(reader->detail, BACKUP_CUT, "%s is cut off", name);
    if (said < 0 || (uint64_t)said > max)
        return backup_say(reader->detail, BACKUP_NOT_ONE, "%s is larger than it may be", name);
    *size = (uint64_t)said;
    return BACKUP_FINE;
}

/* All of a small entry, in the arena. */
static enum backup_problem read_small(const struct reader *reader, const char *name, uint64_t size,
                                      struct bytes *out)
{
    uint8_t *data = arena_take(reader->arena, size + 1);
    if (!data)
        return BACKUP_MEMORY;
    la_ssize_t got = archive_read_data(reader->archive, data, size);
    if (got < 0 || (uint64_t)got != size)
        return backup_say(reader->detail, BACKUP_CUT, "%s is cut off", name);
    *out = (struct bytes) {data, size};
    return BACKUP_FINE;
}

static bool write_at(int descriptor, const uint8_t *data, size_t size, uint64_t at)
{
    while (size > 0) {
        ssize_t put = pwrite(descriptor, data, size, (off_t)at);
        if (put < 0 && errno != EINTR)
            return false;
        size_t done = put > 0 ? (size_t)put : 0;
        data += done;
        size -= done;
        at += done;
    }
    return true;
}

static enum backup_problem read_database(const struct reader *reader, uint64_t size,
                                         uint8_t digest[static BACKUP_MANIFEST_SHA256])
{
    crypto_hash_sha256_state state;
    uint8_t block[BLOCK_SIZE];
    uint64_t at = 0;
    crypto_hash_sha256_init(&state);
    while (at < size) {
        size_t want = size - at < BLOCK_SIZE ? (size_t)(size - at) : BLOCK_SIZE;
        la_ssize_t got = archive_read_data(reader->archive, block, want);
        if (got <= 0)
            return backup_say(reader->detail, BACKUP_CUT, "the database is cut off");
        crypto_hash_sha256_update(&state, block, (size_t)got);
        if (reader->database >= 0 && !write_at(reader->database, block, (size_t)got, at))
            return backup_file_wrong(reader->detail, "the unpacked database");
        at += (uint64_t)got;
        if (reader->progress->report)
            reader->progress->report(reader->progress->self,
                                     reader->database >= 0 ? "Unpacking" : "Reading", at, size);
    }
    crypto_hash_sha256_final(&state, digest);
    return BACKUP_FINE;
}

static enum backup_problem read_part(const struct reader *reader,
                                     const struct backup_manifest_part *part, struct bytes *content)
{
    char name[BACKUP_MANIFEST_PART_NAME];
    struct backup_manifest_part found = *part;
    uint64_t size;
    backup_manifest_part_name(part, name);
    TRY(next_entry(reader, name, backup_manifest_part_max(part->part), &size));
    if (size != part->size)
        return backup_say(reader->detail, BACKUP_ALTERED, "%s has another size", name);
    if (part->part == BACKUP_PART_DATABASE) {
        TRY(read_database(reader, size, found.sha256));
    } else {
        TRY(read_small(reader, name, size, content));
        backup_file_digest_bytes(*content, &found);
    }
    if (memcmp(found.sha256, part->sha256, sizeof found.sha256) != 0)
        return backup_say(reader->detail, BACKUP_ALTERED, "%s has another digest", name);
    return BACKUP_FINE;
}

static enum backup_problem read_all(const struct reader *reader, struct backup_unpacked *out)
{
    struct bytes text;
    struct archive_entry *entry;
    uint64_t size;
    TRY(next_entry(reader, BACKUP_MANIFEST_NAME, BACKUP_MANIFEST_MAX, &size));
    TRY(read_small(reader, BACKUP_MANIFEST_NAME, size, &text));
    TRY(backup_manifest_read(text, reader->arena, &out->manifest, reader->detail));
    for (size_t i = 0; i < out->manifest.count; i++)
        TRY(read_part(reader, &out->manifest.parts[i], &out->contents[i]));
    if (archive_read_next_header(reader->archive, &entry) != ARCHIVE_EOF)
        return backup_say(reader->detail, BACKUP_CUT, "something stands behind its last part");
    return BACKUP_FINE;
}

enum backup_problem backup_unpack_read(int descriptor, int database,
                                       const struct backup_progress *progress, struct arena *arena,
                                       struct backup_unpacked *out, struct backup_detail *detail)
{
    struct stat status;
    struct reader reader = {archive_read_new(), database, 0, progress, arena, detail};
    if (!reader.archive)
        return BACKUP_MEMORY;
    enum backup_problem problem = BACKUP_FINE;
    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))
        problem = backup_say(detail, BACKUP_NOT_ONE, "it is no plain file");
    reader.file_size = problem ? 0 : (uint64_t)status.st_size;
    /* No compression is understood: what is unpacked is never larger than what is there. */
    if (!problem && (archive_read_support_format_tar(reader.archive) != ARCHIVE_OK ||
                     archive_read_open_fd(reader.archive, descriptor, BLOCK_SIZE) != ARCHIVE_OK))
        problem = wrong(&reader);
    if (!problem)
        problem = read_all(&reader, out);
    archive_read_free(reader.archive);
    return problem;
}

/* ---- files -------------------------------------------------------------------------------------
 */

static enum backup_problem check_room(int descriptor, const char *database,
                                      struct backup_detail *detail)
{
    char folder[BACKUP_FILE_PATH];
    struct stat status;
    struct statvfs room;
    backup_file_folder(database, folder);
    if (fstat(descriptor, &status) != 0 || statvfs(folder, &room) != 0)
        return backup_file_wrong(detail, folder);
    if ((uint64_t)room.f_bavail * room.f_frsize < (uint64_t)status.st_size)
        return backup_say(detail, BACKUP_NO_ROOM, "%s: %lld MB are needed", folder,
                          (long long)status.st_size / 1000000);
    return BACKUP_FINE;
}

static enum backup_problem unpack_into(int descriptor, const char *path,
                                       const struct backup_progress *progress, struct arena *arena,
                                       struct backup_unpacked *out, struct backup_detail *detail)
{
    TRY(check_room(descriptor, path, detail));
    int database = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (database < 0)
        return backup_file_wrong(detail, path);
    enum backup_problem problem = backup_file_own(database, path, detail);
    if (!problem)
        problem = backup_unpack_read(descriptor, database, progress, arena, out, detail);
    if (!problem && fsync(database) != 0)
        problem = backup_file_wrong(detail, path);
    close(database);
    if (problem)
        unlink(path);
    return problem;
}

enum backup_problem backup_unpack_file(const char *file, const char *database,
                                       const struct backup_progress *progress, struct arena *arena,
                                       struct backup_unpacked *out, struct backup_detail *detail)
{
    int descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0)
        return backup_file_wrong(detail, file);
    enum backup_problem problem =
        database ? unpack_into(descriptor, database, progress, arena, out, detail)
                 : backup_unpack_read(descriptor, -1, progress, arena, out, detail);
    close(descriptor);
    return problem;
}
