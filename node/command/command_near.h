/* The word that somebody probably meant. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Begin with what was typed, its length, and best = SIZE_MAX. */
struct command_near {
    const char *typed;
    size_t length;
    size_t best;
    const char *word; /* the nearest so far; NULL: none comes near */
};

struct command_near command_near_start(const char *typed, size_t length);
/* Keeps the word when it is the nearest: one mistake in three letters at most, or what was typed is
 * its beginning. */
void command_near_consider(struct command_near *near, const char *word);
