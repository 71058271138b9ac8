/* What an institution publishes to its partners: factsheets, grading tables, lists of courses. */
#pragma once

#include "command/command_work.h"

struct office_notice {
    const char *route, *field; /* of the API */
    const char *what;          /* `the factsheet` */
    const char *next;          /* the command that lists it */
};

/* To all partners, or to --partner; said again it changes nothing. With --dry-run: what would be.
 */
enum command_exit office_notice_publish(struct command_work *work,
                                        const struct office_notice *notice, json_t *body);

/* kind: `factsheet`. A subject narrows by how it begins; NULL: the newest. */
enum command_exit office_notice_list(struct command_work *work, const char *kind);
enum command_exit office_notice_show(struct command_work *work, const char *kind,
                                     const char *subject);
enum command_exit office_notice_retract(struct command_work *work, const char *kind,
                                        const char *subject);

/* That days in this zone are counted in UTC, for the node does not know it. */
void office_notice_zone(struct command_work *work, const char *zone);

/* The newest in force of a partner (direction `incoming`), or of ours with it; says where there is
 * none. */
enum command_exit office_notice_get(struct command_work *work, const char *kind,
                                    const char *partner, const char *direction, const char *subject,
                                    json_t **out);
