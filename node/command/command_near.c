#include "command/command_near.h"

#include "base/words.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

enum { PREFIX_LEAST = 3 };

struct command_near command_near_start(const char *typed, size_t length)
{
    assert(typed);
    return (struct command_near) {.typed = typed, .length = length, .best = SIZE_MAX};
}

void command_near_consider(struct command_near *near, const char *word)
{
    size_t apart = words_apart(near->typed, near->length, word, strlen(word));
    bool prefix = near->length >= PREFIX_LEAST && strncmp(near->typed, word, near->length) == 0;
    if (prefix)
        apart = 1;
    if (apart < near->best && (prefix || apart * 3 <= strlen(word) + 1)) {
        near->best = apart;
        near->word = word;
    }
}
