/* What can be looked at without a running node: its files, as the configuration names them, and
 * this machine's clock and disk. Changes nothing. */
#pragma once

#include "io/config.h"
#include "io/membership.h"
#include "watch/check.h"

struct check_disk {
    const char *file; /* of the configuration */
    bool deep;        /* read the whole database too */
    struct instant now;
};

/* True: the configuration was read, and *config and *membership (NULL: not believed) are the
 * caller's to close. */
bool check_disk_run(const struct check_disk *what, struct check_list *list, struct config **config,
                    struct membership **membership);
