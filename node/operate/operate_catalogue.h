/* The authority's directory: `root`, `catalogue` (in force), `catalogue-N` (every version, kept)
 * and `catalogue.draft` (the next one, until enough root keys have signed it). */
#pragma once

#include "command/command_work.h"
#include "trust/catalogue.h"

struct operate_catalogue {
    const char *dir;
    struct bytes root, published, draft; /* size 0: absent; a draft that was published is absent */
    Peregrin__RootStatement *root_said;
    Peregrin__CatalogueStatement *published_said, *draft_said; /* NULL: absent */
    struct digest anchor;                                      /* of the root that is here */
};

/* Reads the directory that --dir names. Says what is wrong; a root must be there, the others need
 * not. What is read is not believed. */
enum command_exit operate_catalogue_load(struct command_work *work, struct operate_catalogue *out);
const char *operate_catalogue_path(struct command_work *work, const char *name);
enum command_exit operate_catalogue_write(struct command_work *work, const char *name,
                                          struct bytes content, bool replace);

/* Judges the whole: root under the anchor, catalogue under the root. Says what does not hold. */
enum command_exit operate_catalogue_believe(struct command_work *work, const char *dir,
                                            struct catalogue_files files,
                                            const struct digest *anchor, struct catalogue **out);

/* Distinct root keys that have well signed this packed Signed catalogue. */
size_t operate_catalogue_signatures(const struct operate_catalogue *here, struct bytes wire,
                                    struct arena *arena);
/* Begins the next version, or takes up the draft: statement with new dates, ready to be changed. */
enum command_exit operate_catalogue_next(struct command_work *work,
                                         const struct operate_catalogue *here,
                                         Peregrin__CatalogueStatement **out);
/* Checks the statement as every node will and keeps it as the draft; tells how to sign it. */
enum command_exit operate_catalogue_keep(struct command_work *work,
                                         const struct operate_catalogue *here,
                                         const Peregrin__CatalogueStatement *statement);
