#include "report/search.h"

#include "report/plain.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

enum { WORDS_MAX = 16 };

struct search {
    const char *whole; /* as it was given, without blanks at its ends */
    const char *words[WORDS_MAX];
    size_t count;
};

struct search *search_open(struct bytes text, struct arena *arena, bool *spent)
{
    struct search *search = arena_take(arena, sizeof *search);
    const char *whole = arena_text(arena, text), *folded = plain_words(text, arena);
    *spent = !search || !whole || !folded;
    if (*spent)
        return NULL;
    *search = (struct search) {.whole = whole};
    for (const char *at = folded; *at && search->count < WORDS_MAX; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        const char *word = arena_text(arena, (struct bytes) {(const uint8_t *)at, length});
        *spent = !word;
        if (*spent)
            return NULL;
        search->words[search->count++] = word;
        at += length;
    }
    return search->count ? search : NULL;
}

/* A word of the names begins with this one. */
static bool begins(const char *names, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = names; at; at = strchr(at, ' ')) {
        at += *at == ' ';
        if (strncmp(at, word, length) == 0)
            return true;
    }
    return false;
}

/* The year is a word as well: `novakova 2027` tells this year's dossier from the last one's. */
static bool words_fit(const struct search *search, const Peregrin__Nomination *nomination,
                      struct arena *arena)
{
    const Peregrin__Person *person = nomination->person;
    const char *const texts[] = {person->family_name, person->given_names, nomination->year};
    enum { TEXTS = sizeof texts / sizeof *texts };
    const char *folded[TEXTS];
    for (size_t i = 0; i < TEXTS; i++)
        if (!(folded[i] = plain_words(bytes_text(texts[i] ? texts[i] : ""), arena)))
            return false;
    for (size_t i = 0; i < search->count; i++) {
        bool found = false;
        for (size_t j = 0; j < TEXTS; j++)
            found = found || begins(folded[j], search->words[i]);
        if (!found)
            return false;
    }
    return true;
}

static bool same_text(const char *left, const char *right)
{
    return left && strcasecmp(left, right) == 0;
}

/* Narrow tables show `...` in one character and the last ones of the name: that is understood. */
static bool dossier_fits(const char *whole, const struct header_dossier *dossier)
{
    static const char cut[] = "\u2026";
    char text[HEADER_DOSSIER_TEXT];
    whole += strncmp(whole, cut, sizeof cut - 1) == 0 ? sizeof cut - 1 : 0;
    header_dossier_text(dossier, text);
    size_t length = strlen(whole), size = strlen(text);
    if (length < SEARCH_NAME_LEAST || length > size)
        return false;
    return strncasecmp(text, whole, length) == 0 || strcasecmp(text + size - length, whole) == 0;
}

bool search_fits(const struct search *search, const struct header_dossier *dossier,
                 const Peregrin__Nomination *nomination, struct arena *arena)
{
    const Peregrin__Person *person = nomination ? nomination->person : NULL;
    assert(search->count > 0);
    if (dossier_fits(search->whole, dossier))
        return true;
    if (!person)
        return false;
    struct arena_mark mark = arena_mark(arena);
    bool fits = same_text(person->email, search->whole) || same_text(person->esi, search->whole) ||
                words_fit(search, nomination, arena);
    arena_rewind(arena, mark);
    return fits;
}
