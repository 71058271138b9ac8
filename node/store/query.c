#include "store/query.h"

#include "store/database.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/* A run of receipts begins at the record or before it. */
#define RECORD_COLUMNS_BEFORE                                                                  \
    "SELECT r.serial, r.pair, r.opener, r.dossier, r.lane, r.idx, r.id, r.issued_at, r.kind, " \
    "r.flags, coalesce((SELECT first + count > r.serial FROM receipted"                        \
    " WHERE first <= r.serial ORDER BY first DESC LIMIT 1), 0),"                               \
    " coalesce(s.seal, r.seal), coalesce(s.idx, r.seal_index), r.path, r.header, "
#define RECORD_COLUMNS_AFTER " FROM record r LEFT JOIN sealed s ON s.serial = r.serial "
#define RECORD_COLUMNS       RECORD_COLUMNS_BEFORE "r.salt, r.body" RECORD_COLUMNS_AFTER
#define DOSSIER_FIELDS                                                              \
    "state, revision, transcript, length_0, length_1, incomplete, not_understood, " \
    "forked_0, forked_1, changed_at, facts "
#define DOSSIER_LIST "SELECT pair, opener, dossier, " DOSSIER_FIELDS "FROM dossier "
#define DOSSIER_LISTED                                            \
    "WHERE (pair, opener, dossier) > (?1, ?2, ?3) AND pair <= ?4" \
    " AND (?5 = 0 OR (?5 >> state) & 1) AND (?6 < 0 OR opener = ?6) "
#define DOSSIER_ORDER " ORDER BY pair, opener, dossier LIMIT ?7"
#define DRAFT_COLUMNS "SELECT number, pair, row, body, changed_at, sent, dossier FROM draft "

static const char *const statements[QUERY_COUNT] = {
    [QUERY_BEGIN] = "BEGIN IMMEDIATE",
    [QUERY_COMMIT] = "COMMIT",
    [QUERY_ROLLBACK] = "ROLLBACK",

    [QUERY_PAIR_FIND] = "SELECT pair FROM pair WHERE own = ? AND partner = ?",
    [QUERY_PAIR_PUT] = "INSERT INTO pair (own, partner) VALUES (?, ?)",
    [QUERY_PAIR_LIST] = "SELECT pair, own, partner FROM pair ORDER BY pair",

    [QUERY_RECORD_PUT] =
        "INSERT INTO record (serial, pair, ours, opener, dossier, lane, idx, id, issued_at, kind,"
        " flags, seal, seal_index, path, header, salt, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [QUERY_RECORD_NEWEST] = "SELECT serial FROM record ORDER BY serial DESC LIMIT 1",
    [QUERY_RECORD_NAME] = "SELECT lane, idx, id FROM record WHERE serial = ?",
    [QUERY_RECORD_GET] = RECORD_COLUMNS "WHERE r.serial = ?",
    [QUERY_RECORD_GET_HEADER] =
        RECORD_COLUMNS_BEFORE "x'', x''" RECORD_COLUMNS_AFTER "WHERE r.serial = ?",
    [QUERY_RECORD_SCAN] = RECORD_COLUMNS "WHERE r.serial > ? ORDER BY r.serial LIMIT ?",
    [QUERY_RECORD_OWNER] = "SELECT pair, ours FROM record WHERE serial = ?",
    [QUERY_RECORD_FLAG] = "UPDATE record SET flags = (flags | ?) & ~? WHERE serial = ?",
    [QUERY_RECORD_FILL] = "UPDATE record SET salt = ?, body = ? WHERE serial = ?"
                          " AND length(salt) = 0 AND length(body) = 0",
    [QUERY_RECORD_SEALED] = "INSERT OR REPLACE INTO sealed (serial, seal, idx) VALUES (?, ?, ?)",

    [QUERY_SEAL_PUT] = "INSERT INTO seal (pair, wire, leaves) VALUES (?, ?, ?)",
    [QUERY_SEAL_GET] = "SELECT number, pair, wire, leaves FROM seal WHERE number = ?",
    [QUERY_RECEIPT_PUT] = "INSERT INTO receipt (pair, wire, leaves) VALUES (?, ?, ?)",
    [QUERY_RECEIPT_GET] = "SELECT number, pair, wire, leaves FROM receipt WHERE number = ?",
    [QUERY_LINK_PUT] = "INSERT INTO receipted (first, count, receipt, idx) VALUES (?, ?, ?, ?)",
    [QUERY_LINK_AT] = "SELECT first, count, receipt, idx FROM receipted WHERE first <= ?"
                      " ORDER BY first DESC LIMIT 1",
    [QUERY_LINK_AFTER] = "SELECT first FROM receipted WHERE first > ? ORDER BY first LIMIT 1",

    [QUERY_STREAM_GET] = "SELECT count, sum, unreceipted FROM stream WHERE pair = ? AND ours = ?",
    [QUERY_STREAM_PUT] = "INSERT OR REPLACE INTO stream (pair, ours, count, sum, unreceipted)"
                         " VALUES (?, ?, ?, ?, ?)",
    [QUERY_BUCKET_GET] = "SELECT count, sum FROM bucket"
                         " WHERE pair = ? AND ours = ? AND rung = ? AND slot = ?",
    [QUERY_BUCKET_PUT] = "INSERT OR REPLACE INTO bucket (pair, ours, rung, slot, count, sum)"
                         " VALUES (?, ?, ?, ?, ?, ?)",
    [QUERY_BUCKET_RUN] = "SELECT count, sum FROM bucket WHERE pair = ? AND ours = ? AND rung = ?"
                         " AND slot >= ? AND slot < ?",
    [QUERY_SPAN_PUT] = "INSERT INTO span (pair, ours, minute, first, ids) VALUES (?, ?, ?, ?, ?)",
    [QUERY_SPAN_RUNS] = "SELECT minute, first, ids FROM span WHERE pair = ? AND ours = ?"
                        " AND minute BETWEEN ? AND ? ORDER BY minute, first",

    [QUERY_OUTBOX_PUT] = "INSERT INTO outbox (pair, first, count, seal, step, code, since)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?)",
    [QUERY_OUTBOX_AT] = "SELECT first, count, seal, step, code, since FROM outbox WHERE pair = ?"
                        " AND first <= ? ORDER BY first DESC LIMIT 1",
    [QUERY_OUTBOX_AFTER] =
        "SELECT first FROM outbox WHERE pair = ? AND first > ? ORDER BY first LIMIT 1",
    [QUERY_OUTBOX_NEXT] =
        "SELECT first, count, seal, step, code, since FROM outbox WHERE pair = ?1 AND first >="
        " coalesce((SELECT max(first) FROM outbox WHERE pair = ?1 AND first <= ?2), 0)"
        " AND first + count > ?2 + 1 AND (code = 0 OR ?3) ORDER BY first LIMIT ?4",
    [QUERY_OUTBOX_REMOVE] = "DELETE FROM outbox WHERE pair = ? AND first = ?",

    [QUERY_PLACE_PUT] =
        "INSERT OR REPLACE INTO dossier (pair, opener, dossier, serials, " DOSSIER_FIELDS
        ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [QUERY_PLACE_GET] = "SELECT serials, " DOSSIER_FIELDS
                        "FROM dossier WHERE pair = ? AND opener = ? AND dossier = ?",
    [QUERY_PLACE_LAST] = "SELECT dossier FROM dossier WHERE pair = ? AND opener = ?"
                         " ORDER BY dossier DESC LIMIT 1",
    [QUERY_DOSSIER_LIST] = DOSSIER_LIST DOSSIER_LISTED "AND state >= 0" DOSSIER_ORDER,
    [QUERY_DOSSIER_RARE] =
        DOSSIER_LIST "INDEXED BY dossier_rare " DOSSIER_LISTED "AND state >= 14" DOSSIER_ORDER,

    [QUERY_READY_PUT] = "INSERT INTO ready (pair, code, wire) VALUES (?, ?, ?)",
    [QUERY_READY_LIST] = "SELECT number, pair, code, wire FROM ready WHERE number > ?1"
                         " AND (?2 = 0 OR pair = ?2) ORDER BY number LIMIT ?3",
    [QUERY_READY_REMOVE] = "DELETE FROM ready WHERE number = ?",
    [QUERY_READY_CODE] = "UPDATE ready SET code = ? WHERE number = ?",

    [QUERY_DRAFT_FIND] = DRAFT_COLUMNS "WHERE pair = ? AND row = ?",
    [QUERY_DRAFT_PUT] = "INSERT INTO draft (pair, row, body, changed_at, sent, dossier)"
                        " VALUES (?, ?, ?, ?, ?, ?)",
    [QUERY_DRAFT_REPLACE] = "UPDATE draft SET pair = ?, row = ?, body = ?, changed_at = ?,"
                            " sent = ?, dossier = ? WHERE number = ?",
    [QUERY_DRAFT_LIST] = DRAFT_COLUMNS "WHERE sent = ? AND number > ? ORDER BY number LIMIT ?",
    [QUERY_DRAFT_REMOVE] = "DELETE FROM draft WHERE number = ?",

    [QUERY_REQUEST_GET] = "SELECT content, answer FROM request WHERE key = ?",
    [QUERY_REQUEST_PUT] = "INSERT OR REPLACE INTO request (key, content, answer) VALUES (?, ?, ?)",
    [QUERY_VALUE_GET] = "SELECT value FROM value WHERE name = ?",
    [QUERY_VALUE_PUT] = "INSERT OR REPLACE INTO value (name, value) VALUES (?, ?)",
    [QUERY_VALUE_REMOVE] = "DELETE FROM value WHERE name = ?",
    [QUERY_VALUE_LIST] = "SELECT name, value FROM value WHERE name >= ?1 AND name < ?2"
                         " AND name <> ?3 ORDER BY name LIMIT ?4",

    [QUERY_FEED_PUT] = "INSERT OR REPLACE INTO feed (cursor, first, told) VALUES (?, ?, ?)",
    [QUERY_FEED_RUNS] =
        "SELECT cursor, first, told FROM feed WHERE cursor > ? ORDER BY cursor LIMIT ?",
    [QUERY_FEED_OLDEST] = "SELECT first FROM feed ORDER BY cursor LIMIT 1",
    [QUERY_FEED_NEWEST] = "SELECT cursor FROM feed ORDER BY cursor DESC LIMIT 1",
    [QUERY_FEED_TRIM] = "DELETE FROM feed WHERE cursor <= ?",
    [QUERY_FEED_PLACE] = "SELECT opener, dossier, lane, idx, kind FROM record WHERE serial = ?",
};

/* The first failure counts. */
static void note(struct query *query, enum fault fault)
{
    if (query->fault == FAULT_NONE)
        query->fault = fault;
}

/* Some failures end SQLite's transaction: whatever failed in ours, it must not go on. */
static void note_code(struct query *query, int code)
{
    if (code == SQLITE_OK)
        return;
    /* A constraint is broken by a caller that did not look first. */
    assert((code & 0xff) != SQLITE_CONSTRAINT && (code & 0xff) != SQLITE_MISUSE);
    note(query, database_fault(code));
    database_break(query->database, query->fault);
}

struct query query_open(struct database *database, enum query_name name)
{
    assert(name < QUERY_COUNT && statements[name]);
    struct query query = {.database = database};
    sqlite3_stmt **kept = &database->statements[name];
    if (!*kept)
        note_code(&query, sqlite3_prepare_v3(database->connection, statements[name], -1,
                                             SQLITE_PREPARE_PERSISTENT, kept, NULL));
    query.statement = *kept;
    /* A statement in use twice at once would mix two answers. */
    assert(!query.statement || !sqlite3_stmt_busy(query.statement));
    return query;
}

/* ---- parameters ---------------------------------------------------------------------------- */

void query_put_number(struct query *query, int64_t number)
{
    if (query->fault == FAULT_NONE)
        note_code(query, sqlite3_bind_int64(query->statement, ++query->bound, number));
}

void query_put_bytes(struct query *query, struct bytes bytes)
{
    /* Nothing at all would be bound as NULL. */
    const void *data = bytes.size ? (const void *)bytes.data : "";
    if (query->fault == FAULT_NONE)
        note_code(query, sqlite3_bind_blob64(query->statement, ++query->bound, data, bytes.size,
                                             SQLITE_STATIC));
}

void query_put_digest(struct query *query, const void *digest, size_t size)
{
    query_put_bytes(query, (struct bytes) {digest, size});
}

void query_put_minute(struct query *query, uint64_t minute)
{
    query_put_number(query, minute < INT64_MAX ? (int64_t)minute : INT64_MAX);
}

void query_put_limit(struct query *query, size_t max)
{
    query_put_number(query, max < INT64_MAX ? (int64_t)max : INT64_MAX);
}

void query_put_text(struct query *query, const char *text)
{
    if (query->fault == FAULT_NONE)
        note_code(query,
                  sqlite3_bind_text(query->statement, ++query->bound, text, -1, SQLITE_STATIC));
}

/* ---- rows ---------------------------------------------------------------------------------- */

bool query_next(struct query *query)
{
    if (query->fault != FAULT_NONE)
        return false;
    assert(query->bound == sqlite3_bind_parameter_count(query->statement));
    query->column = 0;
    int code = sqlite3_step(query->statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        note_code(query, code);
    return code == SQLITE_ROW;
}

int64_t query_number(struct query *query)
{
    return sqlite3_column_int64(query->statement, query->column++);
}

int64_t query_peek(struct query *query)
{
    return sqlite3_column_int64(query->statement, query->column);
}

struct bytes query_view(struct query *query)
{
    int column = query->column++;
    const void *data = sqlite3_column_blob(query->statement, column);
    return (struct bytes) {data, (size_t)sqlite3_column_bytes(query->statement, column)};
}

struct bytes query_bytes(struct query *query, struct arena *arena)
{
    struct bytes copy = arena_copy(arena, query_view(query));
    if (!copy.data)
        note(query, FAULT_MEMORY);
    return copy;
}

const char *query_text(struct query *query, struct arena *arena)
{
    const char *text = arena_text(arena, query_view(query));
    if (!text)
        note(query, FAULT_MEMORY);
    return text;
}

void query_exact(struct query *query, void *out, size_t size)
{
    struct bytes found = query_view(query);
    if (found.size == size)
        memcpy(out, found.data, size);
    else
        note_code(query, SQLITE_CORRUPT);
}

enum fault query_close(struct query *query)
{
    if (query->statement)
        sqlite3_reset(query->statement);
    return query->fault;
}

enum fault query_run(struct query *query)
{
    /* After a failure nothing more is written: it could stand outside any transaction. */
    assert(query->database->open);
    note(query, query->database->broken);
    while (query_next(query))
        continue;
    return query_close(query);
}

/* ---- lists --------------------------------------------------------------------------------- */

/* An array that grows on the heap, so that the arena is charged once and exactly. */
struct pile {
    uint8_t *elements;
    size_t count, room;
};

static void *pile_add(struct pile *pile, size_t size)
{
    if (pile->count == pile->room) {
        size_t room = pile->room ? 2 * pile->room : 16;
        uint8_t *larger = reallocarray(pile->elements, room, size);
        if (!larger)
            return NULL;
        pile->elements = larger;
        pile->room = room;
    }
    return memset(pile->elements + size * pile->count++, 0, size);
}

enum fault query_one(struct query *query, struct query_reader reader, struct arena *arena,
                     void *out)
{
    void *element = NULL;
    if (query_next(query)) {
        element = arena_take(arena, reader.size);
        if (element)
            reader.read(query, arena, element);
        else
            note(query, FAULT_MEMORY);
    }
    TRY(query_close(query));
    memcpy(out, &element, sizeof element);
    return FAULT_NONE;
}

enum fault query_list(struct query *query, struct query_reader reader, struct arena *arena,
                      void *out, size_t *count)
{
    struct pile pile = {0};
    while (query_next(query)) {
        void *element = pile_add(&pile, reader.size);
        if (element)
            reader.read(query, arena, element);
        else
            note(query, FAULT_MEMORY);
    }
    struct bytes list = arena_copy(arena, (struct bytes) {pile.elements, pile.count * reader.size});
    if (!list.data)
        note(query, FAULT_MEMORY);
    free(pile.elements);
    TRY(query_close(query));
    memcpy(out, &list.data, sizeof list.data);
    *count = pile.count;
    return FAULT_NONE;
}
