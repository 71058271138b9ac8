#include "base/words.h"

#include <stdint.h>
#include <string.h>

bool words_hold(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = list; at && *at; at += strspn(at, " ")) {
        size_t size = strcspn(at, " ");
        if (length > 0 && size == length && memcmp(at, word, size) == 0)
            return true;
        at += size;
    }
    return false;
}

static size_t smaller(size_t left, size_t right)
{
    return left < right ? left : right;
}

/* Rows of the table of all beginnings: before, of the letter before that, and being filled. */
size_t words_apart(const char *left, size_t left_size, const char *right, size_t right_size)
{
    size_t rows[3][WORDS_APART_MAX + 1];
    if (left_size > WORDS_APART_MAX || right_size > WORDS_APART_MAX)
        return SIZE_MAX;
    for (size_t j = 0; j <= right_size; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= left_size; i++) {
        size_t *row = rows[i % 3];
        const size_t *before = rows[(i + 2) % 3], *earlier = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= right_size; j++) {
            size_t change = before[j - 1] + (left[i - 1] != right[j - 1]);
            row[j] = smaller(change, smaller(before[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                row[j] = smaller(row[j], earlier[j - 2] + 1);
        }
    }
    return rows[left_size % 3][right_size];
}
