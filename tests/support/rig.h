/* Nodes under measurement, and the hand on them.
 *
 * A receiver is peregrind as released. A sender is the same shell, engine, store and transport in
 * the measuring program, with a door of its own in place of the API: a request names how many
 * records to say, so that neither JSON nor HTTP of a client stands in the figure. Each record has
 * 1,024 body bytes and a dossier of its own. */
#pragma once

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { RIG_PATH = 256, RIG_REQUEST = 256 };

/* How a sender is to be; all zero: one partner, batches as they come, the machine's own disk. */
struct rig_ways {
    long partners;    /* 0: uhasselt.be alone; else p0000.be and on, list by list in turn */
    bool alone;       /* one signature for each record */
    long flush_us;    /* added to each flush */
    const char *node; /* NULL: helmo.be */
};

/* A process that was started, and the client of its door or API. */
struct rig_node {
    pid_t pid;
    int receipts; /* of a sender: a byte comes when some are committed; else -1 */
    CURL *curl;
    char reply[256];
};

/* What a measuring program does first: where it was started as a sender it is one, and ends. */
void rig_be(int count, char **arguments);

/* A new folder in TMPDIR (in /tmp, where it says nothing): whoever names a memory file system there
 * measures without the disk. */
void rig_folder(char dir[static RIG_PATH]);

/* A federation of two, helmo.be and `other` (`SCHAC:NAME:COUNTRY`), or of as many partners; from
 * the repository's root, with PEREGRIN_BIN. */
void rig_federation(const char *dir, const char *other);
void rig_federation_many(const char *dir, long partners);

/* The program's own name is `self`. */
void rig_sender(struct rig_node *node, const char *self, const char *dir,
                const struct rig_ways *ways);
/* peregrind; returns when its API answers, and after how many seconds it did. */
double rig_receiver(struct rig_node *node, const char *dir, const char *name);
void rig_stop(struct rig_node *node);
double rig_resident_mb(pid_t pid);

/* Until so many partners are met. */
void rig_wait_dialled(struct rig_node *sender, long partners);
/* Says count records; returns without waiting for their receipts. */
void rig_say(struct rig_node *sender, long count);
long rig_receipts(struct rig_node *sender);
void rig_wait_receipts(struct rig_node *sender, long wanted);
/* Records a second, from the first submission to the last receipt. */
double rig_pipelined(struct rig_node *sender, long count);

struct rig_times {
    double p50_ms, p99_ms;
};
/* One record alone, `count` times: from before its submission until its receipt is committed. */
struct rig_times rig_sequential(struct rig_node *sender, long count);
