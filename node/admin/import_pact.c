#include "admin/import_pact.h"

#include "record/codec.h"
#include "record/kind.h"
#include "rules/form.h"
#include "rules/rules.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { PLACES_MAX = 9999, MONTHS_MAX = 12, DATE_SIZE = 10, FIELD_SIZE = 4 };

static const char *const names[IMPORT_PACT_COLUMNS] = {
    [IMPORT_PACT_CODE] = "partner_erasmus_code",
    [IMPORT_PACT_PARTNER] = "partner",
    [IMPORT_PACT_FACULTY] = "faculty",
    [IMPORT_PACT_BACHELOR] = "bachelor",
    [IMPORT_PACT_MASTER] = "master",
    [IMPORT_PACT_DOCTORAL] = "doctoral",
    [IMPORT_PACT_PLACES] = "places",
    [IMPORT_PACT_MONTHS] = "months_each",
    [IMPORT_PACT_FIELD] = "subject_code",
    [IMPORT_PACT_SUBJECT] = "subject",
    [IMPORT_PACT_EXPIRES] = "expires_on",
};

/* Fields of ISCED 1997, which lists older than 2014 have, and what became of them. Where a code of
 * the older list is one of ISCED-F, too, the subject's name tells which is meant. */
static const struct legacy {
    const char *code, *label, *field;
} legacies[] = {
    {"0340", "business", "041"},  {"0380", "law", "0421"},         {"0400", "science", "05"},
    {"0420", "life", "051"},      {"0421", "biolog", "0511"},      {"0440", "physical", "053"},
    {"0441", "physics", "0533"},  {"0442", "chemi", "0531"},       {"0443", "earth", "0532"},
    {"0460", "mathem", "054"},    {"0461", "mathem", "0541"},      {"0462", "statist", "0542"},
    {"0480", "comput", "061"},    {"0481", "comput", "061"},       {"0482", "comput", "0611"},
    {"0520", "engineer", "071"},  {"0521", "mechan", "0715"},      {"0522", "electric", "0713"},
    {"0523", "electron", "0714"}, {"0524", "chemi", "0711"},       {"0525", "motor", "0716"},
    {"0540", "manufact", "072"},  {"0580", "archit", "073"},       {"0581", "archit", "0731"},
    {"0582", "building", "0732"}, {"0850", "environment", "0712"}, {"0851", "environment", "0712"},
    {"0500", "engineer", "07"},
};

const char *import_pact_name(enum import_pact_column column)
{
    assert(column < IMPORT_PACT_COLUMNS);
    return names[column];
}

static void note(struct import_pact_row *row, const struct import_pact_note *what)
{
    if (row->note_count < IMPORT_PACT_NOTES)
        row->notes[row->note_count++] = *what;
}

static bool refuse(struct import_pact_row *row, enum import_pact_column column, const char *code,
                   const char *expected, const char *remedy)
{
    note(row, &(struct import_pact_note) {column, false, code, expected, remedy});
    return false;
}

static void mend(struct import_pact_row *row, enum import_pact_column column, const char *code,
                 const char *expected, const char *taken)
{
    note(row, &(struct import_pact_note) {column, true, code, expected, taken});
}

static bool partner_read(const struct import_pact_way *way, const char *const cells[],
                         struct import_pact_row *row)
{
    const char *code = cells[IMPORT_PACT_CODE], *name = cells[IMPORT_PACT_PARTNER];
    bool several = false;
    if (code)
        row->partner = import_partner_find(way->partners, bytes_text(code), &several, way->arena);
    if (!row->partner && name && !several)
        row->partner = import_partner_find(way->partners, bytes_text(name), &several, way->arena);
    if (several)
        return refuse(row, IMPORT_PACT_CODE, "partner_several", "a name that one partner has",
                      "Write the partner's domain.");
    if (!row->partner)
        return refuse(row, IMPORT_PACT_CODE, "partner_unknown", "a partner of the catalogue",
                      "It is not in the federation yet, or its code is written otherwise.");
    if (strcmp(row->partner->schac, way->own) == 0)
        return refuse(row, IMPORT_PACT_CODE, "partner_own", "another institution",
                      "Leave the row out.");
    if (code && !form_erasmus(bytes_text(code)))
        mend(row, IMPORT_PACT_CODE, "code_blanks", "an Erasmus code like `B  LIEGE37`",
             "Known all the same, by the catalogue's spelling.");
    return true;
}

/* 0 or 1; -1: neither. */
static int truth(const char *cell)
{
    if (!cell || strcmp(cell, "0") == 0)
        return 0;
    return strcmp(cell, "1") == 0 ? 1 : -1;
}

static bool levels_read(const char *const cells[], struct import_pact_row *row, uint32_t levels[],
                        size_t *count)
{
    *count = 0;
    for (uint32_t i = 0; i < 3; i++) {
        enum import_pact_column column = (enum import_pact_column)(IMPORT_PACT_BACHELOR + i);
        int said = truth(cells[column]);
        if (said < 0)
            return refuse(row, column, "level", "0 or 1", "Write 1 where the level may be sent.");
        if (said)
            levels[(*count)++] = 6 + i;
    }
    return *count || refuse(row, IMPORT_PACT_BACHELOR, "levels_none", "at least one level",
                            "A row with places and no level contradicts itself: say which.");
}

/* A whole number of at most so many; false: it is none, and *out is 0. */
static bool number(const char *cell, uint32_t max, uint32_t *out)
{
    char *end;
    *out = 0;
    if (!cell || *cell < '0' || *cell > '9')
        return false;
    unsigned long value = strtoul(cell, &end, 10);
    if (*end || value > max)
        return false;
    *out = (uint32_t)value;
    return true;
}

/* `0` at the end is `not further defined`: all below it is meant. */
static const char *broad(const char *field, struct arena *arena)
{
    size_t length = strlen(field);
    while (length > 2 && field[length - 1] == '0')
        length--;
    return arena_format(arena, "%.*s", (int)length, field);
}

static const char *legacy_of(const char *code, const char *subject)
{
    bool valid = form_isced_f(bytes_text(code));
    for (size_t i = 0; i < sizeof legacies / sizeof *legacies; i++) {
        if (strcmp(legacies[i].code, code) != 0)
            continue;
        bool named =
            subject && strncasecmp(subject, legacies[i].label, strlen(legacies[i].label)) == 0;
        bool same = strncmp(code, legacies[i].field, strlen(legacies[i].field)) == 0;
        if (!same && (named || !valid))
            return legacies[i].field;
    }
    return NULL;
}

static bool field_read(const struct import_pact_way *way, const char *const cells[],
                       struct import_pact_row *row, const char **out)
{
    const char *code = cells[IMPORT_PACT_FIELD];
    *out = NULL;
    if (!code)
        return true;
    if (strlen(code) == FIELD_SIZE - 1 && code[0] != '0') {
        code = arena_format(way->arena, "0%s", code); /* a program took it for a number */
        mend(row, IMPORT_PACT_FIELD, "field_zero", "four digits",
             "The zero in front was put back.");
    }
    const char *newer = code ? legacy_of(code, cells[IMPORT_PACT_SUBJECT]) : NULL;
    if (newer) {
        mend(row, IMPORT_PACT_FIELD, "field_legacy", "a field of ISCED-F 2013",
             arena_format(way->arena, "Of the list of 1997: taken as %s.", newer));
        *out = newer;
        return true;
    }
    if (!code || !form_isced_f(bytes_text(code)))
        return refuse(row, IMPORT_PACT_FIELD, "field", "a field of ISCED-F 2013, four digits",
                      "Look the field up in ISCED-F 2013.");
    *out = broad(code, way->arena);
    if (*out && strcmp(*out, code) != 0)
        mend(row, IMPORT_PACT_FIELD, "field_broad", "a field, or one that allows all below it",
             arena_format(way->arena, "Not further defined: taken as %s, with all below.", *out));
    return true;
}

/* An agreement that ends in the autumn still covers the year before. */
static bool years_read(const struct import_pact_way *way, const char *const cells[],
                       struct import_pact_row *row, const char **last)
{
    const char *date = cells[IMPORT_PACT_EXPIRES];
    int64_t days;
    if (!date || !instant_date(bytes_text(date), &days))
        return refuse(row, IMPORT_PACT_EXPIRES, "date", "a date, YYYY-MM-DD", "Correct the date.");
    int year = atoi(date) - 1;
    if (strcmp(date, way->today) >= 0 && year >= atoi(way->first)) {
        *last = arena_format(way->arena, "%d/%d", year, year + 1);
        return true;
    }
    if (!way->until)
        return refuse(row, IMPORT_PACT_EXPIRES, "expired", "an agreement that is not over",
                      "Say until when it shall hold anew, with --until.");
    mend(row, IMPORT_PACT_EXPIRES, "expired", "an agreement that is not over",
         arena_format(way->arena, "Proposed anew until %s.", way->until));
    *last = way->until;
    return true;
}

static Peregrin__Condition *condition_make(const struct import_pact_way *way, const char *field,
                                           const uint32_t levels[], size_t level_count)
{
    Peregrin__Condition *made = arena_take(way->arena, sizeof *made);
    char **fields = arena_take_array(way->arena, 1, sizeof *fields);
    uint32_t *copies = arena_take_array(way->arena, level_count, sizeof *copies);
    if (!made || !fields || !copies)
        return NULL;
    peregrin__condition__init(made);
    memcpy(copies, levels, level_count * sizeof *copies);
    fields[0] = (char *)(uintptr_t)field;
    made->n_eqf = level_count;
    made->eqf = copies;
    made->n_isced_f = field ? 1 : 0;
    made->isced_f = fields;
    return made;
}

/* Which column a field of a condition is from. */
static const struct {
    const char *field;
    enum import_pact_column column;
} sources[] = {
    {"note", IMPORT_PACT_FACULTY},      {"isced_f", IMPORT_PACT_FIELD},
    {"last_year", IMPORT_PACT_EXPIRES}, {"first_year", IMPORT_PACT_EXPIRES},
    {"places", IMPORT_PACT_PLACES},     {"months", IMPORT_PACT_MONTHS},
    {"eqf", IMPORT_PACT_BACHELOR},
};

static void refuse_for(void *self, const struct rules_finding *finding)
{
    enum import_pact_column column = IMPORT_PACT_CODE;
    for (size_t i = 0; finding->field && i < sizeof sources / sizeof *sources; i++)
        if (strstr(finding->field, sources[i].field))
            column = sources[i].column;
    (void)refuse(self, column, finding->rule, finding->expected, finding->remedy);
}

/* One row that breaks a rule of terms would have all of its partner's refused: the rules themselves
 * are asked, and the row is told what they say. */
static bool keeps_rules(const struct import_pact_way *way, Peregrin__Condition *made,
                        struct import_pact_row *row)
{
    Peregrin__Terms terms = PEREGRIN__TERMS__INIT;
    ProtobufCMessage *body;
    const struct kind *kind = kind_find(PEREGRIN__KIND__KIND_TERMS, 1);
    made->id = "c1";
    terms.reference = "A-1";
    terms.n_conditions = 1;
    terms.conditions = &made;
    struct bytes wire = codec_pack(&terms.base, way->arena);
    if (!wire.data || kind_body_read(kind, wire, way->arena, &body))
        return refuse(row, IMPORT_PACT_FACULTY, "text", "text in UTF-8 without control characters",
                      "Write it anew.");
    return rules_form(kind, body, refuse_for, row) == 0;
}

/* No places are none for now, and then nobody stays for any time. */
static bool times_read(const char *const cells[], struct import_pact_row *row, uint32_t *places,
                       uint32_t *months)
{
    bool fits = number(cells[IMPORT_PACT_PLACES], PLACES_MAX, places) ||
                refuse(row, IMPORT_PACT_PLACES, "places", "0 to 9,999 places",
                       "Say how many; 0 is none for now.");
    bool timed = (number(cells[IMPORT_PACT_MONTHS], MONTHS_MAX, months) && *months) ||
                 (fits && !*places && !cells[IMPORT_PACT_MONTHS]);
    return (timed || refuse(row, IMPORT_PACT_MONTHS, "months", "1 to 12 months for each",
                            "Say for how long.")) &&
           fits;
}

bool import_pact_read(const struct import_pact_way *way, const char *const cells[],
                      struct import_pact_row *out)
{
    uint32_t levels[3], places, months;
    size_t level_count;
    const char *field, *last = NULL;
    *out = (struct import_pact_row) {0};
    bool fits = partner_read(way, cells, out);
    fits = levels_read(cells, out, levels, &level_count) && fits;
    fits = times_read(cells, out, &places, &months) && fits;
    fits = field_read(way, cells, out, &field) && fits;
    fits = years_read(way, cells, out, &last) && fits;
    if (!fits)
        return true;
    Peregrin__Condition *made = condition_make(way, field, levels, level_count);
    if (!made || !last)
        return false;
    made->sending = (char *)(uintptr_t)way->own;
    made->has_mobility = made->has_places = true;
    made->mobility = PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES;
    made->first_year = (char *)(uintptr_t)way->first;
    made->last_year = (char *)(uintptr_t)last;
    made->places = places;
    made->has_tenth_months = places > 0;
    made->tenth_months = places * months * 10;
    made->note = (char *)(uintptr_t)cells[IMPORT_PACT_FACULTY];
    if (keeps_rules(way, made, out))
        out->condition = made;
    return true;
}
