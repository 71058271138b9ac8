#include "verify/verify_source.h"

#include "trust/evidence_bundle.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    ROOM_FIRST = 1024 * 1024,
    ROOM_MAX = 2 * EVIDENCE_SIZE_MAX + 64, /* armoured, with line ends of two bytes */
    NAMES_BUDGET = 256 * 1024 * 1024,
    EVIDENCE_FIRST = 0x08,
};

struct verify_source {
    struct verify_source_settings settings;
    struct arena *names;
    bool enough;

    /* The file that is read, and the window of it that is here: from `from` to `to`. */
    const char *path;
    uint64_t number; /* of the newest piece */
    int descriptor;
    uint8_t *data;
    size_t room, from, to;
    struct bytes only; /* of the window */
    bool ended;
    enum evidence_bundle_part part;
    size_t root_size;
    uint8_t root[CATALOGUE_ROOT_MAX]; /* kept until the catalogue behind it has come */
};

struct verify_source *verify_source_open(const struct verify_source_settings *settings)
{
    struct verify_source *source = calloc(1, sizeof *source);
    if (!source)
        return NULL;
    source->settings = *settings;
    source->names = arena_open(NAMES_BUDGET);
    source->data = malloc(ROOM_FIRST);
    source->room = ROOM_FIRST;
    if (source->names && source->data)
        return source;
    verify_source_close(source);
    return NULL;
}

void verify_source_close(struct verify_source *source)
{
    if (!source)
        return;
    arena_close(source->names);
    free(source->data);
    free(source);
}

/* ---- the window --------------------------------------------------------------------------------
 */

static struct bytes window(const struct verify_source *source)
{
    return (struct bytes) {source->data + source->from, source->to - source->from};
}

/* Makes room behind what is here: moves it to the front, or takes more. */
static bool make_room(struct verify_source *source)
{
    if (source->from > 0) {
        memmove(source->data, source->data + source->from, source->to - source->from);
        source->to -= source->from;
        source->from = 0;
    }
    if (source->to < source->room)
        return true;
    uint8_t *more = realloc(source->data, source->room * 2);
    if (!more)
        return false;
    source->data = more;
    source->room *= 2;
    return true;
}

/* More of the file behind what is here; `ended` once there is no more. */
static enum fault read_more(struct verify_source *source)
{
    assert(!source->ended);
    if (!make_room(source))
        return FAULT_MEMORY;
    source->only = (struct bytes) {0}; /* the window has moved */
    ssize_t got;
    do
        got = read(source->descriptor, source->data + source->to, source->room - source->to);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return FAULT_FILE;
    source->to += (size_t)got;
    source->ended = got == 0;
    source->enough = !source->settings.read(source->settings.self, (uint64_t)got);
    return FAULT_NONE;
}

/* ---- pieces ------------------------------------------------------------------------------------
 */

static enum fault put(struct verify_source *source, struct bytes content, enum verdict verdict,
                      const char *what)
{
    bool alone = source->number == 0 && source->part == EVIDENCE_BUNDLE_MORE && !verdict;
    source->only = alone ? content : (struct bytes) {0};
    const struct verify_pool_piece piece = {source->path, ++source->number, content, verdict, what};
    return verify_pool_put(source->settings.pool, &piece);
}

static enum fault put_wrong(struct verify_source *source, enum verdict verdict, const char *what)
{
    return put(source, (struct bytes) {0}, verdict, what);
}

/* One evidence alone, in its packed form: all of the file. */
static enum fault read_single(struct verify_source *source)
{
    while (!source->ended && window(source).size <= EVIDENCE_SIZE_MAX)
        TRY(read_more(source));
    return put(source, window(source), VERDICT_FINE, NULL);
}

static enum fault take_part(struct verify_source *source, struct bytes content)
{
    if (source->part == EVIDENCE_BUNDLE_EVIDENCE)
        return put(source, content, VERDICT_FINE, NULL);
    if (source->part == EVIDENCE_BUNDLE_ROOT) {
        memcpy(source->root, content.data, content.size);
        source->root_size = content.size;
    }
    if (source->part == EVIDENCE_BUNDLE_CATALOGUE)
        return verify_pool_catalogue(
            source->settings.pool,
            &(struct catalogue_files) {{source->root, source->root_size}, content});
    return FAULT_NONE;
}

static enum fault read_bundle(struct verify_source *source)
{
    static const char broken[] = "the bundle cannot be read from here on";
    while (!source->enough) {
        struct bytes rest = window(source), content;
        enum evidence_bundle_part part = evidence_bundle_next(source->part, &rest, &content);
        if (part == EVIDENCE_BUNDLE_BROKEN)
            return put_wrong(source, VERDICT_MALFORMED, broken);
        if (part == EVIDENCE_BUNDLE_MORE && source->ended)
            break;
        if (part == EVIDENCE_BUNDLE_MORE) {
            TRY(read_more(source));
            continue;
        }
        source->part = part;
        TRY(take_part(source, content));
        source->from = source->to - rest.size;
    }
    bool whole = source->from == source->to && (source->part == EVIDENCE_BUNDLE_EVIDENCE ||
                                                source->part == EVIDENCE_BUNDLE_CATALOGUE);
    if (!whole && !source->enough)
        TRY(put_wrong(source, VERDICT_MALFORMED, "the bundle ends within an evidence"));
    return verify_pool_catalogue(source->settings.pool, NULL);
}

/* The size of the armour that the window begins with, its last line and the blanks behind it
 * included; 0 while that line is not here. */
static size_t armour_size(struct bytes text)
{
    static const char end[] = "-----END PEREGRIN EVIDENCE-----";
    const uint8_t *found = memmem(text.data, text.size, end, sizeof end - 1);
    size_t size = found ? (size_t)(found - text.data) + sizeof end - 1 : 0;
    while (found && size < text.size && memchr(" \t\r\n", text.data[size], 4))
        size++;
    return size;
}

/* Text: armoured evidence, one behind the other. What stands around it is no evidence. */
static enum fault read_armoured(struct verify_source *source)
{
    while (!source->enough) {
        struct bytes text = window(source);
        size_t size = armour_size(text);
        if (!source->ended && (size == 0 || size == text.size) && text.size < ROOM_MAX) {
            TRY(read_more(source));
            continue;
        }
        if (text.size == 0 && source->number > 0)
            break;
        bool last = size == 0; /* no further end: what is left is the rest */
        TRY(put(source, (struct bytes) {text.data, last ? text.size : size}, VERDICT_FINE, NULL));
        source->from += last ? text.size : size;
        if (last)
            break;
    }
    return FAULT_NONE;
}

static enum fault read_descriptor(struct verify_source *source)
{
    source->from = source->to = 0;
    source->number = 0;
    source->ended = false;
    source->part = EVIDENCE_BUNDLE_MORE;
    source->only = (struct bytes) {0};
    TRY(read_more(source));
    switch (source->to ? source->data[0] : 0) {
    case EVIDENCE_FIRST: return read_single(source);
    case EVIDENCE_BUNDLE_FIRST: return read_bundle(source);
    default: return read_armoured(source);
    }
}

struct bytes verify_source_only(const struct verify_source *source)
{
    return source->only;
}

/* ---- files and folders -------------------------------------------------------------------------
 */

static enum fault read_file(struct verify_source *source, const char *path,
                            const char **path_failed)
{
    bool standard = strcmp(path, "-") == 0;
    source->path = arena_text(source->names, bytes_text(path));
    if (!source->path)
        return FAULT_MEMORY;
    *path_failed = source->path;
    source->descriptor = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (source->descriptor < 0)
        return FAULT_FILE;
    enum fault fault = read_descriptor(source);
    int problem = errno;
    if (!standard)
        close(source->descriptor);
    errno = problem;
    return fault;
}

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int by_name(const struct dirent **left, const struct dirent **right)
{
    return strcmp((*left)->d_name, (*right)->d_name);
}

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static enum fault read_entries(struct verify_source *source, const char *path,
                               struct dirent *const *entries, size_t count,
                               const char **path_failed)
{
    for (size_t i = 0; i < count && !source->enough; i++) {
        const char *name = arena_format(source->names, "%s/%s", path, entries[i]->d_name);
        if (!name)
            return FAULT_MEMORY;
        if (!is_folder(name))
            TRY(read_file(source, name, path_failed));
    }
    return FAULT_NONE;
}

enum fault verify_source_read(struct verify_source *source, const char *path,
                              const char **path_failed)
{
    struct dirent **entries;
    if (!is_folder(path))
        return read_file(source, path, path_failed);
    *path_failed = path;
    int count = scandir(path, &entries, is_shown, by_name);
    if (count < 0)
        return FAULT_FILE;
    enum fault fault = read_entries(source, path, entries, (size_t)count, path_failed);
    int problem = errno;
    for (int i = 0; i < count; i++)
        free(entries[i]);
    free(entries);
    errno = problem;
    return fault;
}

static uint64_t entries_size(const char *path)
{
    DIR *folder = opendir(path);
    struct stat status;
    uint64_t sum = 0;
    for (const struct dirent *entry; folder && (entry = readdir(folder));)
        if (is_shown(entry) && fstatat(dirfd(folder), entry->d_name, &status, 0) == 0 &&
            S_ISREG(status.st_mode))
            sum += (uint64_t)status.st_size;
    if (folder)
        closedir(folder);
    return sum;
}

uint64_t verify_source_size(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return 0;
    if (S_ISDIR(status.st_mode))
        return entries_size(path);
    return S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0;
}
