#include "store/schema.h"

#include <assert.h>
#include <stddef.h>

/* Rows of a record stand in the order of arrival and are hardly ever written again: what comes
 * later (its seal, its receipt) has narrow tables of its own. What arrives together stands
 * together: one row for a run of serials wherever they share what the row says. Each tree that a
 * single record does not touch is worth about a twentieth of a node's rate. */
static const char *const steps[] = {
    "CREATE TABLE pair ("
    "  pair INTEGER PRIMARY KEY, own TEXT NOT NULL, partner TEXT NOT NULL,"
    "  UNIQUE (own, partner)) STRICT;"

    "CREATE TABLE record ("
    "  serial INTEGER PRIMARY KEY,"
    "  pair INTEGER NOT NULL, ours INTEGER NOT NULL,"
    "  opener INTEGER NOT NULL," /* 1: opened by the partner */
    "  dossier BLOB NOT NULL, lane INTEGER NOT NULL, idx INTEGER NOT NULL, id BLOB NOT NULL,"
    "  issued_at INTEGER NOT NULL, kind INTEGER NOT NULL, flags INTEGER NOT NULL,"
    "  seal INTEGER NOT NULL, seal_index INTEGER NOT NULL, path BLOB NOT NULL,"
    "  header BLOB NOT NULL, salt BLOB NOT NULL, body BLOB NOT NULL) STRICT;"
    "CREATE UNIQUE INDEX record_place ON record (pair, opener, dossier, lane, idx, id);"
    "CREATE INDEX record_span ON record (pair, ours, issued_at, serial, id);"

    "CREATE TABLE seal ("
    "  number INTEGER PRIMARY KEY, pair INTEGER NOT NULL,"
    "  wire BLOB NOT NULL, leaves BLOB NOT NULL) STRICT;"
    "CREATE TABLE sealed ("
    "  serial INTEGER PRIMARY KEY, seal INTEGER NOT NULL, idx INTEGER NOT NULL) STRICT;"

    "CREATE TABLE receipt ("
    "  number INTEGER PRIMARY KEY, pair INTEGER NOT NULL,"
    "  wire BLOB NOT NULL, leaves BLOB NOT NULL) STRICT;"
    "CREATE TABLE receipted ("
    "  serial INTEGER PRIMARY KEY, receipt INTEGER NOT NULL, idx INTEGER NOT NULL) STRICT;"

    "CREATE TABLE stream ("
    "  pair INTEGER NOT NULL, ours INTEGER NOT NULL,"
    "  count INTEGER NOT NULL, sum BLOB NOT NULL, unreceipted INTEGER NOT NULL,"
    "  PRIMARY KEY (pair, ours)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE bucket ("
    "  pair INTEGER NOT NULL, ours INTEGER NOT NULL,"
    "  rung INTEGER NOT NULL, slot INTEGER NOT NULL," /* of 64^rung minutes */
    "  count INTEGER NOT NULL, sum BLOB NOT NULL,"
    "  PRIMARY KEY (pair, ours, rung, slot)) STRICT, WITHOUT ROWID;"

    "CREATE TABLE outbox ("
    "  pair INTEGER NOT NULL, serial INTEGER NOT NULL, seal INTEGER NOT NULL,"
    "  code INTEGER NOT NULL, since INTEGER NOT NULL,"
    "  PRIMARY KEY (pair, serial)) STRICT, WITHOUT ROWID;"

    "CREATE TABLE dossier ("
    "  pair INTEGER NOT NULL, opener INTEGER NOT NULL, dossier BLOB NOT NULL,"
    "  state INTEGER NOT NULL, revision INTEGER NOT NULL, transcript INTEGER NOT NULL,"
    "  length_0 INTEGER NOT NULL, length_1 INTEGER NOT NULL,"
    "  incomplete INTEGER NOT NULL, not_understood INTEGER NOT NULL,"
    "  forked_0 INTEGER NOT NULL, forked_1 INTEGER NOT NULL, changed_at INTEGER NOT NULL,"
    "  PRIMARY KEY (pair, opener, dossier)) STRICT, WITHOUT ROWID;"

    /* AUTOINCREMENT: the number of a row that has gone is not given again. */
    "CREATE TABLE ready ("
    "  number INTEGER PRIMARY KEY AUTOINCREMENT, pair INTEGER NOT NULL,"
    "  code INTEGER NOT NULL, wire BLOB NOT NULL) STRICT;"
    "CREATE TABLE draft ("
    "  number INTEGER PRIMARY KEY AUTOINCREMENT, pair INTEGER NOT NULL, row BLOB NOT NULL,"
    "  body BLOB NOT NULL, changed_at INTEGER NOT NULL, sent INTEGER NOT NULL,"
    "  dossier BLOB NOT NULL,"
    "  UNIQUE (pair, row)) STRICT;"

    "CREATE TABLE request ("
    "  key BLOB NOT NULL UNIQUE, content BLOB NOT NULL, answer BLOB NOT NULL) STRICT;"
    "CREATE TABLE value ("
    "  name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;",

    /* 2: the feed. A row names its record and copies nothing of it, for one is written with each
     * record; the newest is never removed, so that no cursor is given twice. */
    "CREATE TABLE event ("
    "  cursor INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind INTEGER NOT NULL,"
    "  pair INTEGER NOT NULL, serial INTEGER NOT NULL, before INTEGER NOT NULL,"
    "  state INTEGER NOT NULL, code INTEGER NOT NULL) STRICT;",

    /* 3: runs. A dossier's row names its records (in decimal, as they came), so that no index over
     * all records is needed; its state is -1 where no fold was told yet. span holds the ids of
     * records of one pair and minute that follow each other, so that sums and lists of points never
     * touch the wide rows; of receipted, outbox and feed a row serves as many serials or cursors.
     */
    "ALTER TABLE dossier ADD COLUMN serials TEXT NOT NULL DEFAULT '';"
    "INSERT OR IGNORE INTO dossier (pair, opener, dossier, state, revision, transcript, length_0,"
    "  length_1, incomplete, not_understood, forked_0, forked_1, changed_at)"
    "  SELECT DISTINCT pair, opener, dossier, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM record;"
    "UPDATE dossier SET serials = coalesce((SELECT group_concat(serial, ' ') || ' ' FROM"
    "  (SELECT serial FROM record r WHERE r.pair = dossier.pair AND r.opener = dossier.opener"
    "   AND r.dossier = dossier.dossier ORDER BY serial)), '');"
    "CREATE TABLE span ("
    "  pair INTEGER NOT NULL, ours INTEGER NOT NULL, minute INTEGER NOT NULL,"
    "  first INTEGER NOT NULL, ids BLOB NOT NULL,"
    "  PRIMARY KEY (pair, ours, minute, first)) STRICT, WITHOUT ROWID;"
    "INSERT INTO span SELECT pair, ours, issued_at, serial, id FROM record"
    "  ORDER BY pair, ours, issued_at, serial;"
    "DROP INDEX record_place;"
    "DROP INDEX record_span;"

    "ALTER TABLE receipted RENAME TO receipted_2;"
    "CREATE TABLE receipted ("
    "  first INTEGER PRIMARY KEY, count INTEGER NOT NULL,"
    "  receipt INTEGER NOT NULL, idx INTEGER NOT NULL) STRICT;"
    "INSERT INTO receipted SELECT serial, 1, receipt, idx FROM receipted_2 ORDER BY serial;"
    "DROP TABLE receipted_2;"

    "ALTER TABLE outbox RENAME TO outbox_2;"
    "CREATE TABLE outbox ("
    "  pair INTEGER NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL,"
    "  seal INTEGER NOT NULL, step INTEGER NOT NULL," /* of the first; on to the next one's */
    "  code INTEGER NOT NULL, since INTEGER NOT NULL,"
    "  PRIMARY KEY (pair, first)) STRICT, WITHOUT ROWID;"
    "INSERT INTO outbox SELECT pair, serial, 1, seal, 0, code, since FROM outbox_2;"
    "DROP TABLE outbox_2;"

    /* cursor: the last of the run, first: the first; told: at, kind, pair, serial, before, state
     * and code of each. */
    "CREATE TABLE feed ("
    "  cursor INTEGER PRIMARY KEY, first INTEGER NOT NULL, told TEXT NOT NULL) STRICT;"
    "INSERT INTO feed SELECT cursor, cursor, at || ' ' || kind || ' ' || pair || ' ' || serial"
    "  || ' ' || before || ' ' || state || ' ' || code || ' ' FROM event ORDER BY cursor;"
    "DROP TABLE event;",

    /* 4: facts of a mobility, for reports. No SQL reads a record: where there are dossiers, the
     * value asks store/store_facts.c to count them when the database is opened. */
    "ALTER TABLE dossier ADD COLUMN facts BLOB NOT NULL DEFAULT x'';"
    "INSERT OR REPLACE INTO value SELECT 'facts/behind', x'01'"
    "  WHERE EXISTS (SELECT 1 FROM dossier);",

    /* 5: agreements and notices (state 14 and on, see record/dossier.h) are few among mobilities,
     * and asked for at each nomination. */
    "CREATE INDEX dossier_rare ON dossier (pair, opener, dossier) WHERE state >= 14;",

    /* 6: marks of places have names of another form, which no SQL makes of the earlier ones: those
     * step aside, and engine/places.c makes each anew when the engine is opened. */
    "UPDATE OR REPLACE value SET name = 'place-4' || substr(name, 6)"
    "  WHERE name >= 'asked/' AND name < 'asked0' OR name >= 'place/' AND name < 'place0';",
};

int schema_version(void)
{
    return (int)(sizeof steps / sizeof *steps);
}

const char *schema_step(int version)
{
    assert(version >= 1 && version <= schema_version());
    return steps[version - 1];
}
