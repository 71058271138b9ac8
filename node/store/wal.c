#include "store/wal.h"

#include "store/database.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* As SQLite's documentation of its file format has it, "The Write-Ahead Log". */
enum {
    HEADER_SIZE = 32,
    HEADER_PAGE = 8,
    HEADER_SALT = 16,
    HEADER_SUM = 24,
    FRAME_SIZE = 24, /* its header; a page follows */
    FRAME_COMMIT = 4,
    FRAME_SALT = 8,
    FRAME_SUM = 16,
    FRAME_SUMMED = 8,
    SALT_SIZE = 8,
    PAGE_MIN = 512,
    PAGE_MAX = 65536,
};

static const uint32_t MAGIC = 0x377f0682; /* the last bit: sums are over big-endian words */

struct sum {
    uint32_t low, high;
};

struct wal {
    sqlite3_file *file;
    sqlite3_int64 size;
    size_t page;
    bool big;
    uint8_t salt[SALT_SIZE];
    uint8_t *frame; /* room for one, with its page */
};

static uint32_t big_endian(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void sum_add(struct sum *sum, const uint8_t *bytes, size_t size, bool big)
{
    for (size_t i = 0; i < size; i += 8) {
        sum->low += sum->high + (big ? big_endian(bytes + i) : bytes_read_u32le(bytes + i));
        sum->high += sum->low + (big ? big_endian(bytes + i + 4) : bytes_read_u32le(bytes + i + 4));
    }
}

static bool sum_is(const struct sum *sum, const uint8_t *bytes)
{
    return sum->low == big_endian(bytes) && sum->high == big_endian(bytes + 4);
}

static enum fault read_at(const struct wal *wal, uint8_t *out, size_t size, int64_t at)
{
    return database_fault(wal->file->pMethods->xRead(wal->file, out, (int)size, at));
}

static enum fault read_header(struct wal *wal, struct sum *sum)
{
    uint8_t header[HEADER_SIZE];
    TRY(read_at(wal, header, sizeof header, 0));
    wal->big = big_endian(header) & 1;
    wal->page = big_endian(header + HEADER_PAGE);
    memcpy(wal->salt, header + HEADER_SALT, SALT_SIZE);
    sum_add(sum, header, HEADER_SUM, wal->big);
    bool whole = (big_endian(header) & ~1u) == MAGIC && sum_is(sum, header + HEADER_SUM) &&
                 wal->page >= PAGE_MIN && wal->page <= PAGE_MAX && wal->page % PAGE_MIN == 0;
    return whole ? FAULT_NONE : FAULT_LOG_DAMAGED;
}

/* Frame after frame. Behind the first that does not fit the sum, a commit may stand that was torn
 * when the power went: it is the last one, and was not acknowledged. When another frame of the same
 * log follows it, it was. */
static enum fault check_frames(const struct wal *wal, struct sum sum)
{
    size_t length = FRAME_SIZE + wal->page;
    bool whole = true, committed = false;
    for (int64_t at = HEADER_SIZE; at + (int64_t)length <= wal->size; at += (int64_t)length) {
        TRY(read_at(wal, wal->frame, length, at));
        bool ours = memcmp(wal->frame + FRAME_SALT, wal->salt, SALT_SIZE) == 0;
        if (ours && committed)
            return FAULT_LOG_DAMAGED;
        sum_add(&sum, wal->frame, FRAME_SUMMED, wal->big);
        sum_add(&sum, wal->frame + FRAME_SIZE, wal->page, wal->big);
        whole = whole && ours && sum_is(&sum, wal->frame + FRAME_SUM);
        committed |= !whole && ours && big_endian(wal->frame + FRAME_COMMIT);
    }
    return FAULT_NONE;
}

static enum fault check(struct wal *wal)
{
    struct sum sum = {0};
    if (wal->size <= HEADER_SIZE)
        return FAULT_NONE;
    TRY(read_header(wal, &sum));
    return check_frames(wal, sum);
}

static enum fault write_again(const struct wal *wal)
{
    const sqlite3_io_methods *calls = wal->file->pMethods;
    for (int64_t at = 0; at < wal->size; at += PAGE_MAX) {
        size_t length = wal->size - at < PAGE_MAX ? (size_t)(wal->size - at) : PAGE_MAX;
        TRY(read_at(wal, wal->frame, length, at));
        TRY(database_fault(calls->xWrite(wal->file, wal->frame, (int)length, at)));
    }
    return database_fault(calls->xSync(wal->file, SQLITE_SYNC_NORMAL));
}

static enum fault with_log(struct sqlite3 *connection, bool renews)
{
    struct wal wal = {0};
    sqlite3_file_control(connection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &wal.file);
    if (!wal.file || !wal.file->pMethods)
        return FAULT_NONE;
    TRY(database_fault(wal.file->pMethods->xFileSize(wal.file, &wal.size)));
    if (wal.size == 0)
        return FAULT_NONE;
    wal.frame = malloc(FRAME_SIZE + PAGE_MAX);
    if (!wal.frame)
        return FAULT_MEMORY;
    enum fault fault = check(&wal);
    if (!fault && renews)
        fault = write_again(&wal);
    free(wal.frame);
    return fault;
}

enum fault wal_check(struct sqlite3 *connection)
{
    return with_log(connection, false);
}

enum fault wal_renew(struct sqlite3 *connection)
{
    enum fault fault = with_log(connection, true);
    /* A close would fold what is whole into the file, and delete the rest. */
    if (fault)
        sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return fault;
}
