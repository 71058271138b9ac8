/* The tables of the SQLite store, as numbered migrations: version n is made from n - 1 by step n. A
 * released step is never changed; a change of the tables is a new step. */
#pragma once

enum {
    SCHEMA_APPLICATION = 0x50657265, /* `Pere`: the file's header says whose it is */
};

/* The version that this program writes and the newest that it reads. */
int schema_version(void);

/* The SQL that makes `version` from the one before; 1 <= version <= schema_version(). */
const char *schema_step(int version);
