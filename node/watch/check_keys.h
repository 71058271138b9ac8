/* The key files as they lie on the disk: who may read them, and what the catalogue says of each. */
#pragma once

#include "io/config.h"
#include "trust/catalogue.h"
#include "watch/check.h"

struct check_keys {
    const struct config *config;
    const struct catalogue *catalogue; /* NULL: none is believed, and entries are not compared */
    struct instant now;
};

void check_keys_run(const struct check_keys *what, struct check_list *list);
