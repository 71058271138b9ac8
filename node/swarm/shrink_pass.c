#include "swarm/shrink_pass.h"

#include "swarm/shrink_time.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Lines that no candidate may lack: the nodes, and the claim that fails. */
static bool is_held(const struct hunt *hunt, size_t line)
{
    return cut_begins(hunt->best.lines[line], "nodes") ||
           (hunt->line_known && line + 1 == hunt->best.count);
}

static bool is_held_within(const struct hunt *hunt, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (is_held(hunt, i))
            return true;
    return false;
}

/* ---- classes ---- */

static struct cut without_kind(const struct hunt *hunt, const char *kind)
{
    struct cut out = {.lines =
                          arena_take_array(hunt->arena, hunt->best.count + 1, sizeof *out.lines)};
    for (size_t i = 0; out.lines && i < hunt->best.count; i++) {
        const char *own = likeness_kind(hunt->best.lines[i], "", hunt->arena);
        if (is_held(hunt, i) || (own && strcmp(own, kind) != 0))
            out.lines[out.count++] = hunt->best.lines[i];
    }
    return out;
}

bool shrink_pass_classes(struct hunt *hunt)
{
    bool gained = false;
    for (size_t i = 0; i < hunt->best.count && !hunt->over; i++) {
        if (is_held(hunt, i))
            continue;
        const char *kind = likeness_kind(hunt->best.lines[i], "", hunt->arena);
        struct cut candidate = kind ? without_kind(hunt, kind) : (struct cut) {0};
        if (kind && candidate.count + 1 == hunt->best.count)
            continue; /* one line alone: the next pass does that */
        if (hunt_try(hunt, candidate)) {
            gained = true;
            i = (size_t)-1;
        }
    }
    return gained;
}

/* ---- lines ---- */

/* A run from which what must stay is spared. */
static bool run_out(struct hunt *hunt, size_t from, size_t to)
{
    if (!is_held_within(hunt, from, to))
        return hunt_try(hunt, cut_out(&hunt->best, from, to, hunt->arena));
    if (to - from == 1)
        return false;
    struct cut out = {.lines =
                          arena_take_array(hunt->arena, hunt->best.count + 1, sizeof *out.lines)};
    for (size_t i = 0; out.lines && i < hunt->best.count; i++)
        if (i < from || i >= to || is_held(hunt, i))
            out.lines[out.count++] = hunt->best.lines[i];
    return hunt_try(hunt, out);
}

/* What one line does another may undo: `stops` and `starts` go together or not at all. */
static bool pairs_out(struct hunt *hunt)
{
    bool gained = false;
    for (size_t one = hunt->best.count; one-- > 0 && !hunt->over;)
        for (size_t other = one; other-- > 0 && !hunt->over;) {
            if (one >= hunt->best.count || is_held(hunt, one) || is_held(hunt, other))
                continue;
            struct cut less = cut_out(&hunt->best, one, one + 1, hunt->arena);
            struct cut out = less.lines ? cut_out(&less, other, other + 1, hunt->arena) : less;
            gained = hunt_try(hunt, out) || gained;
        }
    return gained;
}

enum { PAIRS_LINES_MAX = 24 };

bool shrink_pass_lines(struct hunt *hunt)
{
    bool gained = false;
    for (size_t run = hunt->best.count / 2; run && !hunt->over; run /= 2)
        for (size_t to = hunt->best.count; to && !hunt->over;) {
            size_t from = to > run ? to - run : 0;
            if (run_out(hunt, from, to))
                gained = true;
            to = from < hunt->best.count ? from : hunt->best.count;
        }
    if (!gained && hunt->best.count <= PAIRS_LINES_MAX)
        gained = pairs_out(hunt);
    return gained;
}

/* ---- nodes ---- */

static struct cut without_node(const struct hunt *hunt, size_t nodes, size_t word)
{
    size_t length;
    const char *name = cut_word(hunt->best.lines[nodes], word, &length);
    struct cut out = {.lines =
                          arena_take_array(hunt->arena, hunt->best.count + 1, sizeof *out.lines)};
    for (size_t i = 0; out.lines && i < hunt->best.count; i++)
        if (i == nodes)
            out.lines[out.count++] = cut_reword(hunt->best.lines[i], word, "", hunt->arena);
        else if (is_held(hunt, i) || !cut_mentions(hunt->best.lines[i], name, length))
            out.lines[out.count++] = hunt->best.lines[i];
    if (out.lines && !out.lines[nodes < out.count ? nodes : 0])
        out.lines = NULL;
    return out;
}

bool shrink_pass_nodes(struct hunt *hunt)
{
    bool gained = false;
    size_t nodes = 0, count = 0, length;
    while (nodes < hunt->best.count && !cut_begins(hunt->best.lines[nodes], "nodes"))
        nodes++;
    if (nodes == hunt->best.count)
        return false;
    while (cut_word(hunt->best.lines[nodes], count, &length))
        count++;
    for (size_t word = count; word-- > 1 && count > 3 && !hunt->over;)
        if (hunt_try(hunt, without_node(hunt, nodes, word))) {
            gained = true;
            count--;
            for (nodes = 0; !cut_begins(hunt->best.lines[nodes], "nodes");)
                nodes++; /* lines before it may be gone */
        }
    return gained;
}

/* ---- names ---- */

/* The line with only those of the letters' names that are in the range; NULL: memory is refused.
 * *empty: none of them is left in a word. */
static const char *line_narrow(const char *line, const struct cut_names *kept, bool *empty,
                               struct arena *arena)
{
    size_t length;
    const char *word;
    struct cut_names names;
    *empty = false;
    for (size_t i = 0; line && (word = cut_word(line, i, &length)); i++) {
        char text[64];
        if (!cut_names(word, length, &names) || strcmp(names.letters, kept->letters) != 0)
            continue;
        unsigned long first = names.first > kept->first ? names.first : kept->first;
        unsigned long last = names.last < kept->last ? names.last : kept->last;
        *empty = *empty || first > last;
        if (first == last)
            snprintf(text, sizeof text, "%s%lu", names.letters, first);
        else
            snprintf(text, sizeof text, "%s%lu..%s%lu", names.letters, first, names.letters, last);
        if (!*empty)
            line = cut_reword(line, i, text, arena);
    }
    return line;
}

static bool narrow_try(struct hunt *hunt, const struct cut_names *kept)
{
    struct cut out = {.lines =
                          arena_take_array(hunt->arena, hunt->best.count + 1, sizeof *out.lines)};
    for (size_t i = 0; out.lines && i < hunt->best.count; i++) {
        bool empty;
        const char *line = line_narrow(hunt->best.lines[i], kept, &empty, hunt->arena);
        if (empty && is_held(hunt, i))
            return false;
        if (!empty)
            out.lines[out.count++] = line;
        if (!line)
            out.lines = NULL;
    }
    return hunt_try(hunt, out);
}

/* All names of these letters, over the whole story. */
static struct cut_names letters_span(const struct hunt *hunt, const struct cut_names *of)
{
    size_t length;
    const char *word;
    struct cut_names names, span = *of;
    for (size_t i = 0; i < hunt->best.count; i++)
        for (size_t w = 0; (word = cut_word(hunt->best.lines[i], w, &length)); w++)
            if (cut_names(word, length, &names) && strcmp(names.letters, of->letters) == 0) {
                span.first = names.first < span.first ? names.first : span.first;
                span.last = names.last > span.last ? names.last : span.last;
            }
    return span;
}

static bool letters_narrow(struct hunt *hunt, const struct cut_names *of)
{
    bool gained = false, again = true;
    while (again && !hunt->over) {
        struct cut_names span = letters_span(hunt, of);
        unsigned long width = span.last - span.first + 1;
        again = false;
        for (unsigned long part = width / 2; part && !again && !hunt->over; part /= 2) {
            struct cut_names low = span, high = span;
            low.last = span.last - part; /* the upper part goes, or the lower one */
            high.first = span.first + part;
            again = narrow_try(hunt, &low) || narrow_try(hunt, &high);
        }
        gained = gained || again;
    }
    return gained;
}

bool shrink_pass_names(struct hunt *hunt)
{
    bool gained = false;
    size_t length;
    const char *word;
    struct cut_names names;
    for (size_t i = 0; i < hunt->best.count && !hunt->over; i++)
        for (size_t w = 0;
             i < hunt->best.count && (word = cut_word(hunt->best.lines[i], w, &length)); w++)
            if (cut_names(word, length, &names) && letters_narrow(hunt, &names))
                gained = true;
    return gained;
}

/* ---- numbers ---- */

/* A bound is what a claim is about: nothing may make it easier to break. */
static bool is_bound(const char *line)
{
    return cut_begins(line, "expect") || cut_begins(line, "settle");
}

/* Never, or always. */
static bool share_simplify(struct hunt *hunt, size_t line, size_t number)
{
    size_t length;
    const char *word = cut_word(hunt->best.lines[line], number, &length);
    if (word[length - 1] != '%' || (length == 4 && memcmp(word, "100%", 4) == 0))
        return false;
    return hunt_word(hunt, line, number, "100%");
}

/* `loss 10%` of a network, and `at 5s` of any line, are two words that may go together. */
static bool two_out(struct hunt *hunt, size_t line, size_t word)
{
    const char *less = cut_reword(hunt->best.lines[line], word, "", hunt->arena);
    const char *least = less ? cut_reword(less, word, "", hunt->arena) : NULL;
    return hunt_try(hunt, cut_with(&hunt->best, line, least, hunt->arena));
}

static bool pairs_simplify(struct hunt *hunt, size_t line)
{
    bool gained = false;
    size_t length, word = 1;
    const char *key = strstr(hunt->best.lines[line], " under key ");
    if (key) {
        const char *less =
            arena_text(hunt->arena, (struct bytes) {(const uint8_t *)hunt->best.lines[line],
                                                    (size_t)(key - hunt->best.lines[line])});
        gained = hunt_try(hunt, cut_with(&hunt->best, line, less, hunt->arena));
        if (line >= hunt->best.count)
            return gained;
    }
    if (strncmp(hunt->best.lines[line], "at ", 3) == 0 &&
        cut_deed(hunt->best.lines[line]) != hunt->best.lines[line])
        gained = two_out(hunt, line, 0) || gained;
    if (line >= hunt->best.count)
        return gained;
    if (strncmp(hunt->best.lines[line], "network ", 8) != 0)
        return gained;
    while (line < hunt->best.count && cut_word(hunt->best.lines[line], word + 1, &length))
        if (cut_word(hunt->best.lines[line], 3, &length) && two_out(hunt, line, word))
            gained = true;
        else
            word += 2;
    return gained;
}

bool shrink_pass_numbers(struct hunt *hunt)
{
    bool gained = false;
    size_t length;
    const char *word;
    for (size_t i = 0; i < hunt->best.count && !hunt->over; i++) {
        if (is_held(hunt, i))
            continue;
        gained = pairs_simplify(hunt, i) || gained;
        if (i >= hunt->best.count || is_bound(hunt->best.lines[i]))
            continue;
        for (size_t w = 0;
             i < hunt->best.count && (word = cut_word(hunt->best.lines[i], w, &length)); w++) {
            if (!isdigit((unsigned char)*word) && *word != '+' && *word != '-')
                continue;
            gained = shrink_time_word(hunt, i, w) || gained;
            gained = (i < hunt->best.count && share_simplify(hunt, i, w)) || gained;
        }
    }
    return gained;
}
