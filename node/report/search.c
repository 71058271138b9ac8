#include "report/search.h"

#include <assert.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

enum {
    WORDS_MAX = 16,
    FOLDED_MAX = 1024, /* of a person's names: 2 times 128 characters and room for their folding */
};

struct search {
    const char *whole; /* as it was given, without blanks at its ends */
    const char *words[WORDS_MAX];
    size_t count;
};

static bool is_word(utf8proc_int32_t point)
{
    switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND: return true;
    default: return false;
    }
}

/* Letters that no decomposition opens, as people without that keyboard type them. */
static const struct {
    utf8proc_int32_t point;
    const char *plain;
} opened[] = {{0xE6, "ae"},  {0xF8, "o"},  {0xF0, "d"},  {0xFE, "th"}, {0x111, "d"}, {0x142, "l"},
              {0x153, "oe"}, {0x131, "i"}, {0x19F, "o"}, {0x127, "h"}, {0x167, "t"}, {0x14B, "n"}};

static size_t put_point(utf8proc_int32_t point, char *out)
{
    for (size_t i = 0; i < sizeof opened / sizeof *opened; i++)
        if (opened[i].point == point) {
            memcpy(out, opened[i].plain, strlen(opened[i].plain));
            return strlen(opened[i].plain);
        }
    return (size_t)utf8proc_encode_char(point, (utf8proc_uint8_t *)out);
}

/* Lower case, without marks, words apart by one blank. What does not fit is left out. */
static void fold(const char *text, char *out, size_t size)
{
    utf8proc_int32_t points[FOLDED_MAX];
    const utf8proc_option_t options =
        UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK;
    utf8proc_ssize_t count =
        utf8proc_decompose((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)strlen(text), points,
                           FOLDED_MAX, UTF8PROC_STABLE | options);
    size_t used = 0;
    bool apart = true;
    for (utf8proc_ssize_t i = 0; i < count && i < FOLDED_MAX && used + 5 < size; i++) {
        if (is_word(points[i])) {
            used += put_point(points[i], out + used);
            apart = false;
        } else if (!apart) {
            out[used++] = ' ';
            apart = true;
        }
    }
    out[used] = '\0';
}

struct search *search_open(struct bytes text, struct arena *arena, bool *spent)
{
    char folded[FOLDED_MAX];
    struct search *search = arena_take(arena, sizeof *search);
    const char *whole = arena_text(arena, text);
    *spent = !search || !whole;
    if (*spent)
        return NULL;
    *search = (struct search) {.whole = whole};
    fold(whole, folded, sizeof folded);
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
static bool words_fit(const struct search *search, const Peregrin__Nomination *nomination)
{
    const Peregrin__Person *person = nomination->person;
    const char *const texts[] = {person->family_name, person->given_names, nomination->year};
    enum { TEXTS = sizeof texts / sizeof *texts };
    char folded[TEXTS][FOLDED_MAX];
    for (size_t i = 0; i < TEXTS; i++)
        fold(texts[i] ? texts[i] : "", folded[i], sizeof folded[i]);
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
                 const Peregrin__Nomination *nomination)
{
    const Peregrin__Person *person = nomination ? nomination->person : NULL;
    assert(search->count > 0);
    if (dossier_fits(search->whole, dossier))
        return true;
    return person && (same_text(person->email, search->whole) ||
                      same_text(person->esi, search->whole) || words_fit(search, nomination));
}
