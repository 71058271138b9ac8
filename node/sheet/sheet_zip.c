#include "sheet/sheet_zip.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum {
    PARTS_MAX = 1000,
    PART_SIZE_MAX = 64 * 1024 * 1024, /* inflated */
    RATIO_MAX = 300,                  /* of a part that is larger than RATIO_FROM */
    RATIO_FROM = 1024 * 1024,
    PIECE = 64 * 1024,
};

struct sheet_zip {
    zip_t *archive;
};

static const struct sheet_refusal broken = {
    "malformed", "a whole workbook",
    "the file is damaged or was not loaded to its end: open it, save it again as .xlsx and import "
    "that"};
static const struct sheet_refusal swollen = {
    "too_large", "a workbook that holds a list",
    "it unfolds to more than a list can be: copy the list alone into a new workbook"};
static const struct sheet_refusal secured = {
    "malformed", "a workbook without a password",
    "remove the password (File, Info, Protect Workbook), save it as .xlsx and import that"};

static int name_order(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Two parts of one name: programs differ in which they show. */
static bool names_differ(const char **names, size_t count)
{
    qsort(names, count, sizeof *names, name_order);
    for (size_t i = 1; i < count; i++)
        if (strcmp(names[i - 1], names[i]) == 0)
            return false;
    return true;
}

/* Parts that lie in one another weigh more together than the file. */
static bool parts_fit(zip_t *archive, size_t count, size_t file_size)
{
    const char *names[PARTS_MAX];
    uint64_t weight = 0;
    zip_stat_t stat;
    const zip_uint64_t wanted = ZIP_STAT_NAME | ZIP_STAT_COMP_SIZE;
    for (size_t i = 0; i < count; i++) {
        if (zip_stat_index(archive, i, 0, &stat) != 0 || (stat.valid & wanted) != wanted ||
            stat.comp_size > file_size)
            return false;
        names[i] = stat.name;
        weight += stat.comp_size;
    }
    return weight <= file_size && names_differ(names, count);
}

static zip_t *archive_open(struct bytes content, bool *memory)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(content.data, content.size, 0, &error);
    zip_t *archive = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    if (source && !archive)
        zip_source_free(source);
    *memory = zip_error_code_zip(&error) != ZIP_ER_MEMORY;
    zip_error_fini(&error);
    return archive;
}

enum fault sheet_zip_open(struct bytes content, struct sheet_zip **out,
                          struct sheet_refusal *refusal)
{
    bool memory;
    *out = NULL;
    zip_t *archive = archive_open(content, &memory);
    if (!archive && !memory)
        return FAULT_MEMORY;
    zip_int64_t count = archive ? zip_get_num_entries(archive, 0) : 0;
    bool whole = count > 0 && count <= PARTS_MAX && parts_fit(archive, (size_t)count, content.size);
    struct sheet_zip *zip = whole ? malloc(sizeof *zip) : NULL;
    if (zip) {
        zip->archive = archive;
        *out = zip;
        return FAULT_NONE;
    }
    if (archive)
        zip_discard(archive);
    *refusal = count > PARTS_MAX ? swollen : broken;
    return whole ? FAULT_MEMORY : FAULT_NONE;
}

void sheet_zip_close(struct sheet_zip *zip)
{
    if (!zip)
        return;
    zip_discard(zip->archive);
    free(zip);
}

bool sheet_zip_has(const struct sheet_zip *zip, const char *part)
{
    return zip_name_locate(zip->archive, part, 0) >= 0;
}

/* What the archive says of the part before a byte of it is unfolded. */
static bool stat_fits(const zip_stat_t *stat, struct sheet_refusal *refusal)
{
    const zip_uint64_t wanted = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
    bool encrypted =
        (stat->valid & ZIP_STAT_ENCRYPTION_METHOD) && stat->encryption_method != ZIP_EM_NONE;
    bool known = (stat->valid & wanted) == wanted;
    bool large = known && (stat->size > PART_SIZE_MAX ||
                           (stat->size > RATIO_FROM && stat->size / RATIO_MAX > stat->comp_size));
    if (encrypted)
        *refusal = secured;
    else if (large || !known)
        *refusal = known ? swollen : broken;
    return known && !encrypted && !large;
}

/* The sizes were the archive's own words: they are held to while it unfolds. */
static void pour(zip_file_t *file, const zip_stat_t *stat, sheet_zip_take *take, void *self,
                 struct sheet_refusal *refusal)
{
    uint8_t piece[PIECE];
    uint64_t size = 0;
    for (;;) {
        zip_int64_t got = zip_fread(file, piece, sizeof piece);
        if (got < 0 || (got == 0 && size != stat->size)) {
            *refusal = broken;
            return;
        }
        if (got == 0)
            return;
        size += (uint64_t)got;
        if (size > stat->size) {
            *refusal = swollen;
            return;
        }
        if (!take(self, (struct bytes) {piece, (size_t)got}))
            return;
    }
}

enum fault sheet_zip_pour(struct sheet_zip *zip, const char *part, sheet_zip_take *take, void *self,
                          struct sheet_refusal *refusal)
{
    zip_stat_t stat;
    zip_int64_t at = zip_name_locate(zip->archive, part, 0);
    if (at < 0 || zip_stat_index(zip->archive, (zip_uint64_t)at, 0, &stat) != 0) {
        *refusal = broken;
        return FAULT_NONE;
    }
    if (!stat_fits(&stat, refusal))
        return FAULT_NONE;
    zip_file_t *file = zip_fopen_index(zip->archive, (zip_uint64_t)at, 0);
    if (!file) {
        bool memory = zip_error_code_zip(zip_get_error(zip->archive)) != ZIP_ER_MEMORY;
        *refusal = broken;
        return memory ? FAULT_NONE : FAULT_MEMORY;
    }
    pour(file, &stat, take, self, refusal);
    zip_fclose(file);
    return FAULT_NONE;
}
