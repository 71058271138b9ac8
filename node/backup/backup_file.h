/* Files as backups need them: large ones, flushed, and named only when they are whole. */
#pragma once

#include "backup/backup_manifest.h"

enum { BACKUP_FILE_PATH = 4096, BACKUP_FILE_CHUNK = 256 * 1024 };

/* What errno means here, with the path. */
enum backup_problem backup_file_wrong(struct backup_detail *detail, const char *path);

/* `20261122T023454Z`: in the names of files. */
enum { BACKUP_FILE_STAMP = 17 };
void backup_file_stamp(struct instant at, char out[static BACKUP_FILE_STAMP]);

/* Size and digest of what a descriptor reads, from its beginning. */
enum backup_problem backup_file_digest(int descriptor, const char *path,
                                       const struct backup_progress *progress, const char *what,
                                       struct backup_manifest_part *out,
                                       struct backup_detail *detail);
void backup_file_digest_bytes(struct bytes content, struct backup_manifest_part *out);

/* A small file as a whole; *absent instead of a problem when it is not there. */
enum backup_problem backup_file_read(const char *path, size_t max, struct arena *arena,
                                     struct bytes *out, bool *absent, struct backup_detail *detail);
/* A new file with this content, flushed; its folders are made. BACKUP_EXISTS when there is one. For
 * root the owner is the folder's: what root puts back, the node must be able to read. */
enum backup_problem backup_file_make(const char *path, struct bytes content, unsigned mode,
                                     struct backup_detail *detail);
/* The folders of this path, private where they are made. */
enum backup_problem backup_file_make_folders(const char *path, struct backup_detail *detail);
enum backup_problem backup_file_own(int descriptor, const char *path, struct backup_detail *detail);

/* A name that was written becomes durable with its folder. */
bool backup_file_flush_folder(const char *path);
/* A second name for what is whole, durable; false and errno when it could not be had: then it is
 * not there. */
bool backup_file_link(const char *from, const char *path);
void backup_file_folder(const char *path, char out[static BACKUP_FILE_PATH]);
