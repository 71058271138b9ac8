/* One real node: its directory, its process, its disk and its clock. */
#pragma once

#include "real/real_means.h"
#include "real/real_process.h"

enum { REAL_NODE_NAME = 32, REAL_NODE_FOLDER = 64, REAL_NODE_PATH = 128 };

/* Moments at which it can be killed: a system call that it is about to make. */
enum real_point {
    REAL_POINT_LISTEN, /* while it starts: before it can be called */
    REAL_POINT_WRITE,  /* into its database or the log of it */
    REAL_POINT_SYNC,   /* what it wrote, which is in the page cache only */
    REAL_POINT_TRIM,   /* files that it shortens or removes */
    REAL_POINT_SEND,   /* a frame or an answer, after its commit */
    REAL_POINT_HEAR,   /* what has come */
    REAL_POINT_COUNT,
    REAL_POINT_NONE = REAL_POINT_COUNT
};
const char *real_node_point_name(enum real_point point);

struct real_node {
    char schac[REAL_NODE_NAME], name[REAL_NODE_NAME], country[3];
    char folder[REAL_NODE_FOLDER];
    char socket[REAL_NODE_PATH];
    uint16_t endpoint,
        listen; /* where the relay listens for it, and where it does; 0: it calls out */
    const struct real_means *means;
    const char *program; /* peregrind */
    bool mounted, full;
    struct real_process process;
};

/* Starts it, and returns without waiting. At its `when`th such call it is killed. */
bool real_node_start(struct real_node *node, enum real_point point, uint32_t when);
/* A disk of its own, where the machine has such; before its first start. */
void real_node_mount(struct real_node *node);
/* From now on nothing more goes onto its disk, until there is room again. */
void real_node_fill(struct real_node *node);
void real_node_clear(struct real_node *node);
/* Its clock is wrong by so much from now on. */
void real_node_bend(struct real_node *node, int64_t seconds);
/* Its data, copied aside under a name, and put back; while it does not run. */
bool real_node_copy(const struct real_node *node, const char *name);
bool real_node_put_back(const struct real_node *node, const char *name);
/* Its data are taken off the disk of its own, so that they stay. */
void real_node_unmount(struct real_node *node, bool keep);
/* Everything below a folder, and the folder. */
void real_node_remove(const char *folder);
