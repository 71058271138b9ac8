#include "flow/flow_build.h"

#include "record/header.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { SLUG_MAX = 40, SHOWN_MAX = 60 };

struct entry {
    struct bytes id;
    const char *schac, *name; /* NULL: not said */
    const char *given;        /* the id, where the SCHAC had to be invented */
    char country[FLOW_COUNTRY_SIZE];
    uint64_t line;
};

struct drawn {
    struct flow_link link;
    uint64_t line;
};

/* Texts by open addressing: their numbers, and one more, so that 0 is free. */
struct names {
    uint32_t *slots;
    size_t mask;
};

struct flow_build {
    struct arena *arena;
    struct flow_refusal *refusal;
    struct entry *entries;
    size_t count, room;
    struct drawn *links;
    size_t link_count, link_room;
    struct names ids;
    uint64_t students;
    size_t unsaid; /* links without students */
    bool closed, spent;
};

/* A piece that can be shown: whole characters of it. */
static int shown(struct bytes text)
{
    size_t size = text.size < SHOWN_MAX ? text.size : SHOWN_MAX;
    while (size > 0 && size < text.size && (text.data[size] & 0xc0) == 0x80)
        size--;
    return (int)size;
}

bool flow_build_spent(struct flow_build *build)
{
    build->spent = true;
    return false;
}

/* ---- names ---- */

static uint64_t hash(struct bytes text)
{
    uint64_t sum = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < text.size; i++)
        sum = (sum ^ text.data[i]) * UINT64_C(0x100000001b3);
    return sum ^ sum >> 29;
}

static bool names_open(struct names *names, size_t count, struct arena *arena)
{
    size_t room = 64;
    while (room < count * 2)
        room *= 2;
    *names = (struct names) {arena_take_array(arena, room, sizeof *names->slots), room - 1};
    return names->slots;
}

static size_t slot_of(const struct flow_build *build, struct bytes id)
{
    const struct names *names = &build->ids;
    size_t at = (size_t)hash(id) & names->mask;
    while (names->slots[at] && !bytes_equal(build->entries[names->slots[at] - 1].id, id))
        at = (at + 1) & names->mask;
    return at;
}

static bool names_grow(struct flow_build *build)
{
    if (!names_open(&build->ids, build->room, build->arena))
        return flow_build_spent(build);
    for (size_t i = 0; i < build->count; i++)
        build->ids.slots[slot_of(build, build->entries[i].id)] = (uint32_t)i + 1;
    return true;
}

/* The list twice as long, in the arena. */
static void *grown(struct arena *arena, const void *list, size_t size, size_t count, size_t *room)
{
    size_t wanted = *room ? *room * 2 : 64;
    uint8_t *more = arena_take_array(arena, wanted, size);
    if (!more)
        return NULL;
    if (count)
        memcpy(more, list, count * size);
    *room = wanted;
    return more;
}

struct flow_build *flow_build_open(struct arena *arena, struct flow_refusal *refusal)
{
    struct flow_build *build = arena_take(arena, sizeof *build);
    *refusal = (struct flow_refusal) {0};
    if (!build)
        return NULL;
    *build = (struct flow_build) {.arena = arena, .refusal = refusal};
    return names_open(&build->ids, 0, arena) ? build : NULL;
}

void flow_build_close(struct flow_build *build)
{
    build->closed = true;
}

/* ---- institutions ---- */

static bool entry_add(struct flow_build *build, struct entry entry)
{
    if (build->count == FLOW_INSTITUTIONS_MAX)
        return flow_file_refuse(build->refusal, entry.line, "take a part of the network",
                                "at most %d institutions", FLOW_INSTITUTIONS_MAX);
    entry.id = arena_copy(build->arena, entry.id);
    if (!entry.id.data)
        return flow_build_spent(build);
    if (build->count == build->room) {
        struct entry *more =
            grown(build->arena, build->entries, sizeof entry, build->count, &build->room);
        if (!more)
            return flow_build_spent(build);
        build->entries = more;
        if (!names_grow(build))
            return flow_build_spent(build);
    }
    build->ids.slots[slot_of(build, entry.id)] = (uint32_t)build->count + 1;
    build->entries[build->count++] = entry;
    return true;
}

static bool country_read(struct bytes text, char out[static FLOW_COUNTRY_SIZE])
{
    for (size_t i = 0; i < text.size && i < 2; i++)
        out[i] =
            (char)(text.data[i] >= 'a' && text.data[i] <= 'z' ? text.data[i] & 0x5f : text.data[i]);
    bool good = text.size == 2 && out[0] >= 'A' && out[0] <= 'Z' && out[1] >= 'A' && out[1] <= 'Z';
    if (!good)
        memset(out, 0, FLOW_COUNTRY_SIZE);
    return good || text.size == 0;
}

/* What names may be: not empty, not long, of text. */
static bool id_fits(struct flow_build *build, struct bytes id, const char *what, uint64_t line)
{
    if (id.size > 0 && id.size <= FLOW_NAME_MAX && flow_file_text(id))
        return true;
    return flow_file_refuse(build->refusal, line, "give each institution a name of its own",
                            "a name of 1 to %d bytes %s", FLOW_NAME_MAX, what);
}

bool flow_build_institution(struct flow_build *build,
                            const struct flow_build_institution *institution)
{
    struct flow_refusal *refusal = build->refusal;
    uint64_t line = institution->line;
    struct entry entry = {.id = institution->id, .line = line};
    if (!id_fits(build, institution->id, "for each institution", line))
        return false;
    if (build->ids.slots[slot_of(build, institution->id)])
        return flow_file_refuse(refusal, line, "delete one of the two", "`%.*s` only once",
                                shown(institution->id), institution->id.data);
    if (institution->schac.size > 0 && !header_schac_valid(institution->schac))
        return flow_file_refuse(refusal, line, "write small letters, digits, hyphens and dots",
                                "a SCHAC as in `helmo.be`");
    if (!country_read(institution->country, entry.country))
        return flow_file_refuse(refusal, line, "write two letters, as in ISO 3166-1",
                                "a country as in `BE`");
    if (institution->name.size > FLOW_NAME_MAX || !flow_file_text(institution->name))
        return flow_file_refuse(refusal, line, "shorten it", "a name of at most %d bytes",
                                FLOW_NAME_MAX);
    if (institution->schac.size > 0)
        entry.schac = arena_text(build->arena, institution->schac);
    if (institution->name.size > 0)
        entry.name = arena_text(build->arena, institution->name);
    bool memory = (institution->schac.size == 0 || entry.schac) &&
                  (institution->name.size == 0 || entry.name);
    return memory ? entry_add(build, entry) : flow_build_spent(build);
}

/* ---- links ---- */

static bool end_find(struct flow_build *build, struct bytes id, const char *what, uint64_t line,
                     uint32_t *out)
{
    if (!id_fits(build, id, what, line))
        return false;
    if (!build->ids.slots[slot_of(build, id)]) {
        if (build->closed)
            return flow_file_refuse(
                build->refusal, line, "add it to the institutions, or correct the name",
                "an institution that is listed, not `%.*s`", shown(id), id.data);
        if (!entry_add(build, (struct entry) {.id = id, .line = line}))
            return false;
    }
    *out = build->ids.slots[slot_of(build, id)] - 1;
    return true;
}

bool flow_build_link(struct flow_build *build, const struct flow_build_link *link)
{
    uint64_t students = 1, line = link->line;
    struct drawn drawn = {.line = line};
    if (!end_find(build, link->from, "as `from`", line, &drawn.link.from) ||
        !end_find(build, link->to, "as `to`", line, &drawn.link.to))
        return false;
    if (drawn.link.from == drawn.link.to)
        return flow_file_refuse(build->refusal, line, "delete the line",
                                "two institutions, not one that sends to itself");
    if (link->students.size > 0 &&
        (!flow_file_number(link->students, FLOW_STUDENTS_MAX, &students) || students == 0))
        return flow_file_refuse(build->refusal, line, "write the students of one year",
                                "a whole number of students from 1 to %d", FLOW_STUDENTS_MAX);
    build->students += students;
    build->unsaid += link->students.size == 0;
    if (build->link_count == FLOW_LINKS_MAX || build->students > FLOW_TOTAL_MAX)
        return flow_file_refuse(build->refusal, line, "take a part of the network",
                                "at most %d links and %d students", FLOW_LINKS_MAX, FLOW_TOTAL_MAX);
    if (build->link_count == build->link_room) {
        struct drawn *more =
            grown(build->arena, build->links, sizeof drawn, build->link_count, &build->link_room);
        if (!more)
            return flow_build_spent(build);
        build->links = more;
    }
    drawn.link.students = (uint32_t)students;
    build->links[build->link_count++] = drawn;
    return true;
}

/* ---- SCHACs ---- */

/* Letters and digits of a text, small; one hyphen for whatever stands between them. */
static size_t slug(struct bytes text, char out[static SLUG_MAX + 1])
{
    size_t size = 0;
    bool gap = false;
    for (size_t i = 0; i < text.size && size + 1 < SLUG_MAX; i++) {
        uint8_t here =
            text.data[i] >= 'A' && text.data[i] <= 'Z' ? text.data[i] | 0x20 : text.data[i];
        bool plain = (here >= 'a' && here <= 'z') || (here >= '0' && here <= '9');
        if (plain && gap && size > 0)
            out[size++] = '-';
        gap = !plain;
        if (plain)
            out[size++] = (char)here;
    }
    out[size] = '\0';
    return size;
}

const char *flow_build_schac(struct bytes erasmus_code, const char *country, struct arena *arena)
{
    enum { COUNTRY_PART = 3 };
    char place[SLUG_MAX + 1];
    assert(strlen(country) == 2);
    if (erasmus_code.size > COUNTRY_PART)
        erasmus_code =
            (struct bytes) {erasmus_code.data + COUNTRY_PART, erasmus_code.size - COUNTRY_PART};
    if (slug(erasmus_code, place) == 0)
        strcpy(place, "institution");
    return arena_format(arena, "%s.%c%c", place, country[0] | 0x20, country[1] | 0x20);
}

/* Which entry has this SCHAC, in a table of its own; `out` is where it stands or would. */
static size_t schac_slot(const struct flow_build *build, const struct names *names,
                         const char *schac)
{
    size_t at = (size_t)hash(bytes_text(schac)) & names->mask;
    while (names->slots[at] && strcmp(build->entries[names->slots[at] - 1].schac, schac) != 0)
        at = (at + 1) & names->mask;
    return at;
}

static bool schac_take(struct flow_build *build, struct names *names, size_t number)
{
    struct entry *entry = &build->entries[number];
    size_t at = schac_slot(build, names, entry->schac);
    if (names->slots[at])
        return flow_file_refuse(build->refusal, entry->line, "give one of the two another",
                                "`%s` as the SCHAC of one institution, not of two", entry->schac);
    names->slots[at] = (uint32_t)number + 1;
    return true;
}

static bool schac_invent(struct flow_build *build, struct names *names, size_t number)
{
    struct entry *entry = &build->entries[number];
    char base[SLUG_MAX + 1];
    if (slug(entry->id, base) == 0)
        strcpy(base, "institution");
    entry->schac = arena_format(build->arena, "%s.example", base);
    /* From its own number on: then hardly ever a second is tried. */
    for (size_t i = number + 1;
         entry->schac && names->slots[schac_slot(build, names, entry->schac)]; i++)
        entry->schac = arena_format(build->arena, "%s-%zu.example", base, i);
    entry->given = arena_text(build->arena, entry->id);
    return entry->schac && entry->given && schac_take(build, names, number);
}

/* Those that have one keep it, and only then the others are given what is left. */
static bool schacs_give(struct flow_build *build)
{
    struct names names;
    if (!names_open(&names, build->count, build->arena))
        return false;
    for (size_t i = 0; i < build->count; i++) {
        struct entry *entry = &build->entries[i];
        if (!entry->schac && header_schac_valid(entry->id)) {
            entry->schac = arena_text(build->arena, entry->id);
            if (!entry->schac)
                return false;
        }
        if (entry->schac && !schac_take(build, &names, i))
            return false;
    }
    for (size_t i = 0; i < build->count; i++)
        if (!build->entries[i].schac && !schac_invent(build, &names, i))
            return false;
    return true;
}

/* `helmo.be` is in BE; what says nothing is in ZZ, which is nobody's. */
static void country_guess(struct entry *entry)
{
    const char *end = strrchr(entry->schac, '.');
    bool says = end && strlen(end) == 3 && strcmp(end, ".eu") != 0;
    if (entry->country[0])
        return;
    if (!says || !country_read(bytes_text(end + 1), entry->country) || !entry->country[0])
        memcpy(entry->country, "ZZ", FLOW_COUNTRY_SIZE);
}

/* ---- the whole ---- */

static int drawn_order(const void *left, const void *right)
{
    const struct drawn *one = left, *other = right;
    if (one->link.from != other->link.from)
        return one->link.from < other->link.from ? -1 : 1;
    if (one->link.to != other->link.to)
        return one->link.to < other->link.to ? -1 : 1;
    return one->line < other->line ? -1 : one->line > other->line;
}

static bool links_finish(struct flow_build *build, struct flow_link *out)
{
    if (build->link_count)
        qsort(build->links, build->link_count, sizeof *build->links, drawn_order);
    for (size_t i = 0; i < build->link_count; i++) {
        const struct drawn *here = &build->links[i], *last = here - (i > 0);
        if (i > 0 && here->link.from == last->link.from && here->link.to == last->link.to)
            return flow_file_refuse(build->refusal, here->line,
                                    "add the two numbers up and keep one line",
                                    "this link only once: it stands in line %llu already",
                                    (unsigned long long)last->line);
        out[i] = here->link;
    }
    return true;
}

bool flow_build_finish(struct flow_build *build, struct flow_network *out)
{
    if (build->spent || build->refusal->expected[0])
        return false;
    if (build->count < 2 || build->link_count == 0)
        return flow_file_refuse(build->refusal, 0, "write one link in each line",
                                "at least two institutions and one link");
    struct flow_institution *institutions =
        arena_take_array(build->arena, build->count, sizeof *institutions);
    struct flow_link *links = arena_take_array(build->arena, build->link_count, sizeof *links);
    if (!institutions || !links || !schacs_give(build) || !links_finish(build, links))
        return false;
    for (size_t i = 0; i < build->count; i++) {
        struct entry *entry = &build->entries[i];
        country_guess(entry);
        institutions[i].schac = entry->schac;
        institutions[i].given = entry->given;
        memcpy(institutions[i].country, entry->country, FLOW_COUNTRY_SIZE);
        institutions[i].name = entry->name ? entry->name : arena_text(build->arena, entry->id);
        if (!institutions[i].name)
            return false;
    }
    *out =
        (struct flow_network) {institutions, build->count, links, build->link_count, build->unsaid};
    return true;
}
