/* What the commands of `backup` ask of the world: backup/ itself, joined by main. */
#pragma once

#include "backup/backup.h"
#include "command/command_say.h"

struct command_backup_port {
    enum backup_problem (*create)(const struct backup_order *, struct arena *,
                                  struct backup_facts *, struct backup_detail *);
    enum backup_problem (*verify)(const struct backup_check *, struct arena *,
                                  struct backup_report *, struct backup_detail *);
    enum backup_problem (*plan)(const struct backup_restore *, struct arena *, struct backup_plan *,
                                struct backup_detail *);
    enum backup_problem (*restore)(const struct backup_restore *, const struct backup_plan *,
                                   struct arena *, struct backup_detail *);
    enum backup_problem (*rotate)(const char *folder, const char *node, size_t keep, struct instant,
                                  size_t *removed, struct backup_detail *);
    const char *(*name)(const char *folder, const char *node, struct instant, struct arena *);
    const struct backup_text *(*text)(enum backup_problem);
    backup_read_place *read_place;
};

/* How far it is: a bar for each kind of work, one after the other. */
struct operate_backup_meter {
    struct command_work *work;
    struct command_progress progress;
};
void operate_backup_report(void *meter, const char *what, uint64_t done, uint64_t total);

enum command_exit operate_backup_wrong(struct command_work *work, enum backup_problem problem,
                                       const struct backup_detail *detail);
