#include "swarm/likeness.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the kind of a failure ---- */

size_t likeness_line(const char *wrong, const char **rest)
{
    unsigned long number = 0;
    int length = 0;
    *rest = wrong;
    if (sscanf(wrong, "line %lu: %n", &number, &length) < 1 || !length)
        return 0;
    *rest = wrong + length;
    return number;
}

/* What stands for a word whose letters say nothing about the way of failing. Marks around it stay:
 * `(helmo.be,` is like `(uhasselt.be,`. */
static const char *word_stands(const char *word, size_t length)
{
    bool digit = false, capital = true, dot = false;
    for (size_t i = 0; i < length; i++) {
        unsigned char letter = (unsigned char)word[i];
        digit = digit || isdigit(letter);
        capital = capital && !islower(letter);
        dot = dot || (letter == '.' && i && i + 1 < length && islower((unsigned char)word[i + 1]));
    }
    if (dot)
        return "NODE";
    if (isupper((unsigned char)*word) && (digit || capital))
        return "NAMES";
    return digit ? "#" : NULL;
}

static bool is_mark(char letter)
{
    return letter && strchr(",:;()`'\"", letter);
}

static void words_stand(const char *text, char *out)
{
    while (*text) {
        if (*text == ' ' || is_mark(*text)) {
            *out++ = *text++;
            continue;
        }
        size_t length = strcspn(text, " ,:;()`'\"");
        const char *stands = word_stands(text, length);
        if (stands)
            out = stpcpy(out, stands);
        else
            out = mempcpy(out, text, length);
        text += length;
    }
    *out = '\0';
}

const char *likeness_kind(const char *line, const char *wrong, struct arena *arena)
{
    const char *rest;
    likeness_line(wrong, &rest);
    const char *deed = line ? cut_deed(line) : "";
    size_t room = 5 * (strlen(deed) + strlen(rest)) + 8; /* a word of one letter becomes five */
    char *out = arena_take(arena, room);
    if (!out)
        return NULL;
    words_stand(deed, out);
    strcat(out, " | ");
    words_stand(rest, out + strlen(out));
    return out;
}

/* ---- what is open ---- */

/* N, M: a word that the fault is named by; *: the rest, whatever it is. A line that heals closes
 * all faults that begin with its words. */
static const struct {
    const char *line, *opens, *closes;
} healing[] = {
    {"cut N M", "cut N M", NULL},
    {"mend N M", NULL, "cut N M"},
    {"delay between *", "ways", NULL},
    {"clog between *", "ways", NULL},
    {"half-open *", "ways", NULL},
    {"isolate *", "ways", NULL},
    {"block from *", "ways", NULL},
    {"part *", "ways", NULL},
    {"heal", NULL, "ways"},
    {"heal", NULL, "cut"},
    {"heal", NULL, "network"},
    {"N stops", "down N", NULL},
    {"N loses power", "down N", NULL},
    {"N dies *", "down N", NULL},
    {"N cannot *", "down N", NULL},
    {"N starts", NULL, "down N"},
    {"N starts again", NULL, "down N"},
    {"N restores", NULL, "down N"},
    {"N restores *", NULL, "down N"},
    {"all start", NULL, "down"},
    {"every clock *", "clock", NULL},
    {"drop every *", "drop", NULL},
    {"drop nothing", NULL, "drop"},
    {"N suspends M", "suspended N M", NULL},
    {"N resumes M", NULL, "suspended N M"},
    {"N gets *", "trust", NULL},
    {"the old *", "trust", NULL},
    {"the authority *", "trust", NULL},
    {"all read *", NULL, "trust"},
    {"all heal", NULL, ""},
};

enum { HEALING_COUNT = sizeof healing / sizeof *healing, OPEN_SIZE = 192 };

struct named {
    char n[80], m[80];
};

static bool line_fits(const char *line, const char *pattern, struct named *out)
{
    size_t size, wanted, i = 0;
    const char *word, *want;
    *out = (struct named) {0};
    for (; (want = cut_word(pattern, i, &wanted)); i++) {
        if (*want == '*')
            return true;
        word = cut_word(line, i, &size);
        if (!word || size >= sizeof out->n)
            return false;
        if (*want == 'N')
            memcpy(out->n, word, size);
        else if (*want == 'M')
            memcpy(out->m, word, size);
        else if (size != wanted || memcmp(word, want, size) != 0)
            return false;
    }
    return !cut_word(line, i, &size);
}

/* The two ends of a cut have no order. */
static void fault_name(const char *pattern, const struct named *named, char out[static OPEN_SIZE])
{
    bool turned = strncmp(pattern, "cut", 3) == 0 && strcmp(named->n, named->m) > 0;
    size_t at = 0;
    for (; *pattern && at < OPEN_SIZE - 81; pattern++)
        if (*pattern == 'N')
            at += (size_t)sprintf(out + at, "%s", turned ? named->m : named->n);
        else if (*pattern == 'M')
            at += (size_t)sprintf(out + at, "%s", turned ? named->n : named->m);
        else
            out[at++] = *pattern;
    out[at] = '\0';
}

static void close_all(struct likeness_open *open, const char *begins)
{
    size_t left = 0, length = strlen(begins);
    for (size_t i = 0; i < open->count; i++)
        if (length && (strncmp(open->faults[i], begins, length) != 0 ||
                       (open->faults[i][length] && open->faults[i][length] != ' ')))
            open->faults[left++] = open->faults[i];
    open->count = left;
}

/* A network that loses or is slow stays so until it is told otherwise. */
static bool network_bad(const char *line)
{
    static const char *const harmless[] = {"0", "0%", "0ms", "0s", "5ms", "network", "delay"};
    size_t size;
    const char *word;
    for (size_t i = 0; (word = cut_word(line, i, &size)); i++) {
        bool known = isalpha((unsigned char)*word);
        for (size_t k = 0; k < sizeof harmless / sizeof *harmless; k++)
            known = known || (strlen(harmless[k]) == size && memcmp(harmless[k], word, size) == 0);
        if (!known)
            return true;
    }
    return false;
}

static bool clock_wrong(const char *line, struct named *named)
{
    return line_fits(line, "N clock *", named) && strpbrk(line + strlen(named->n), "123456789");
}

static bool open_add(struct likeness_open *open, const char *fault, struct arena *arena)
{
    close_all(open, fault);
    open->faults[open->count] = arena_text(arena, bytes_text(fault));
    return open->faults[open->count++];
}

/* Whoever does something sets the world in motion, and it comes to rest where it settles: a claim
 * about a world at rest says nothing of one that is not. */
static bool rest_note(struct likeness_open *open, const char *line, struct arena *arena)
{
    if (cut_begins(line, "settle"))
        close_all(open, "motion");
    else if (!cut_begins(line, "expect"))
        return open_add(open, "motion", arena);
    return true;
}

static bool line_opens(struct likeness_open *open, const char *line, struct arena *arena)
{
    char fault[OPEN_SIZE];
    struct named named;
    if (cut_begins(line, "network")) {
        close_all(open, "network");
        return !network_bad(line) || open_add(open, "network", arena);
    }
    if (line_fits(line, "N clock *", &named) && strcmp(named.n, "every") != 0) {
        fault_name("clock N", &named, fault);
        close_all(open, fault);
        return !clock_wrong(line, &named) || open_add(open, fault, arena);
    }
    for (size_t i = 0; i < HEALING_COUNT; i++) {
        if (!line_fits(line, healing[i].line, &named))
            continue;
        fault_name(healing[i].opens ? healing[i].opens : healing[i].closes, &named, fault);
        if (healing[i].closes)
            close_all(open, fault);
        else
            return open_add(open, fault, arena);
    }
    return true;
}

bool likeness_open(const struct cut *cut, struct arena *arena, struct likeness_open *out)
{
    *out = (struct likeness_open) {
        .faults = arena_take_array(arena, cut->count + 2, sizeof *out->faults)};
    bool good = out->faults;
    for (size_t i = 0; good && i < cut->count; i++) {
        const char *deed = cut_deed(cut->lines[i]);
        good = line_opens(out, deed, arena) && rest_note(out, deed, arena);
    }
    return good;
}

bool likeness_within(const struct likeness_open *inner, const struct likeness_open *outer)
{
    for (size_t i = 0; i < inner->count; i++) {
        bool found = false;
        for (size_t k = 0; k < outer->count && !found; k++)
            found = strcmp(inner->faults[i], outer->faults[k]) == 0;
        if (!found)
            return false;
    }
    return true;
}
