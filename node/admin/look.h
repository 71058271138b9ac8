/* Looking into a partner's record outside of the engine's steps: what is at hand is said
 * beforehand, so that a record that ends this node is known when the next process starts, and is
 * set aside at the second time (see engine/suspect.h). */
#pragma once

#include "seal/digest.h"

#include <stdbool.h>

/* A port of whoever has the engine; all NULL: nobody keeps watch. */
struct look {
    void *self;
    bool (*begin)(void *self, const char *from, const struct digest *id);
    void (*end)(void *self);
};

/* from: who said it, as an administrator is told. False: it is set aside, and nobody looks. */
bool look_begin(const struct look *look, const char *from, const struct digest *id);
/* No harm was done. */
void look_end(const struct look *look);
