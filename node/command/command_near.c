#include "command/command_near.h"

#include <assert.h>
#include <string.h>

enum { WORD_MAX = 64, PREFIX_LEAST = 3 };

static size_t smaller(size_t left, size_t right)
{
    return left < right ? left : right;
}

/* How many letters must be put in, taken out, changed or swapped with their neighbour. */
static size_t distance(const char *left, size_t left_size, const char *right)
{
    size_t right_size = strlen(right);
    size_t cost[WORD_MAX + 1][WORD_MAX + 1];
    if (left_size > WORD_MAX || right_size > WORD_MAX)
        return SIZE_MAX;
    for (size_t i = 0; i <= left_size; i++) {
        for (size_t j = 0; j <= right_size; j++) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
                continue;
            }
            size_t change = cost[i - 1][j - 1] + (left[i - 1] != right[j - 1]);
            cost[i][j] = smaller(change, smaller(cost[i - 1][j], cost[i][j - 1]) + 1);
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                cost[i][j] = smaller(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost[left_size][right_size];
}

struct command_near command_near_start(const char *typed, size_t length)
{
    assert(typed);
    return (struct command_near) {.typed = typed, .length = length, .best = SIZE_MAX};
}

void command_near_consider(struct command_near *near, const char *word)
{
    size_t apart = distance(near->typed, near->length, word);
    bool prefix = near->length >= PREFIX_LEAST && strncmp(near->typed, word, near->length) == 0;
    if (prefix)
        apart = 1;
    if (apart < near->best && (prefix || apart * 3 <= strlen(word) + 1)) {
        near->best = apart;
        near->word = word;
    }
}
