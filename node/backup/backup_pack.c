#include "backup/backup_pack.h"

#include "backup/backup_file.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* An archive under way. */
struct writer {
    const struct backup_pack *pack;
    struct archive *archive;
    const char *path;
    struct backup_detail *detail;
};

static enum backup_problem wrong(const struct writer *writer)
{
    errno = archive_errno(writer->archive);
    errno = errno > 0 ? errno : EIO;
    return backup_file_wrong(writer->detail, writer->path);
}

static enum backup_problem put_header(const struct writer *writer, const char *name, uint64_t size)
{
    struct archive_entry *entry = archive_entry_new();
    if (!entry)
        return BACKUP_MEMORY;
    archive_entry_set_pathname(entry, name);
    archive_entry_set_size(entry, (la_int64_t)size);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0600);
    archive_entry_set_mtime(entry, (time_t)instant_seconds(writer->pack->now), 0);
    int code = archive_write_header(writer->archive, entry);
    archive_entry_free(entry);
    return code == ARCHIVE_OK ? BACKUP_FINE : wrong(writer);
}

static enum backup_problem put_bytes(const struct writer *writer, const char *name,
                                     struct bytes content)
{
    TRY(put_header(writer, name, content.size));
    la_ssize_t put = archive_write_data(writer->archive, content.data, content.size);
    return put == (la_ssize_t)content.size ? BACKUP_FINE : wrong(writer);
}

static enum backup_problem put_database(const struct writer *writer,
                                        const struct backup_manifest_part *part, const char *name)
{
    const struct backup_progress *progress = &writer->pack->progress;
    uint8_t *chunk = malloc(BACKUP_FILE_CHUNK);
    enum backup_problem problem = chunk ? put_header(writer, name, part->size) : BACKUP_MEMORY;
    uint64_t at = 0;
    while (!problem && at < part->size) {
        ssize_t got = pread(writer->pack->database, chunk, BACKUP_FILE_CHUNK, (off_t)at);
        if (got <= 0 || archive_write_data(writer->archive, chunk, (size_t)got) != got)
            problem = got < 0    ? backup_file_wrong(writer->detail, "the copy of the database")
                      : got == 0 ? backup_say(writer->detail, BACKUP_FILE,
                                              "the copy of the database has changed")
                                 : wrong(writer);
        at += got > 0 ? (uint64_t)got : 0;
        if (!problem && progress->report)
            progress->report(progress->self, "Packing", at, part->size);
    }
    free(chunk);
    return problem;
}

static enum backup_problem put_all(const struct writer *writer, struct arena *arena)
{
    const struct backup_manifest *manifest = writer->pack->manifest;
    struct bytes text = backup_manifest_write(manifest, arena);
    if (!text.data)
        return BACKUP_MEMORY;
    TRY(put_bytes(writer, BACKUP_MANIFEST_NAME, text));
    for (size_t i = 0; i < manifest->count; i++) {
        const struct backup_manifest_part *part = &manifest->parts[i];
        char name[BACKUP_MANIFEST_PART_NAME];
        backup_manifest_part_name(part, name);
        if (part->part == BACKUP_PART_DATABASE)
            TRY(put_database(writer, part, name));
        else
            TRY(put_bytes(writer, name, writer->pack->contents[i]));
    }
    return archive_write_close(writer->archive) == ARCHIVE_OK ? BACKUP_FINE : wrong(writer);
}

enum backup_problem backup_pack_write(const struct backup_pack *pack, int descriptor,
                                      const char *path, struct arena *arena,
                                      struct backup_detail *detail)
{
    struct writer writer = {pack, archive_write_new(), path, detail};
    if (!writer.archive)
        return BACKUP_MEMORY;
    enum backup_problem problem = BACKUP_FINE;
    if (archive_write_set_format_pax_restricted(writer.archive) != ARCHIVE_OK ||
        archive_write_set_bytes_in_last_block(writer.archive, 1) != ARCHIVE_OK ||
        archive_write_open_fd(writer.archive, descriptor) != ARCHIVE_OK)
        problem = wrong(&writer);
    if (!problem)
        problem = put_all(&writer, arena);
    archive_write_free(writer.archive);
    if (!problem && fsync(descriptor) != 0)
        problem = backup_file_wrong(detail, path);
    return problem;
}
