#include "elmo/elmo.h"

#include "base/instant.h"
#include "elmo/elmo_tree.h"
#include "grade/credits.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct reader {
    struct arena *arena;
    struct elmo_file *file;
    struct elmo_misfit *misfit;
    enum verdict verdict;
};

/* The first thing that does not fit is told. */
static void refuse(struct reader *reader, enum verdict verdict, const xmlNode *node,
                   const char *expected)
{
    if (reader->verdict)
        return;
    reader->verdict = verdict;
    reader->misfit->line = node ? xmlGetLineNo(node) : 0;
    reader->misfit->element =
        node ? arena_text(reader->arena, bytes_text((const char *)node->name)) : NULL;
    reader->misfit->expected = expected;
}

static void *take(struct reader *reader, size_t count, size_t size)
{
    void *room = arena_take_array(reader->arena, count ? count : 1, size);
    if (!room)
        refuse(reader, VERDICT_TOO_LARGE, NULL, "less");
    return room;
}

static char *text(struct reader *reader, const xmlNode *node)
{
    bool large = false;
    const char *found = elmo_tree_text(node, reader->arena, &large);
    if (large)
        refuse(reader, VERDICT_TOO_LARGE, node, "a text of at most 4,000 bytes");
    return (char *)(uintptr_t)found;
}

static char *text_of(struct reader *reader, const xmlNode *parent, const char *name)
{
    return text(reader, elmo_tree_child(parent, name));
}

/* A date, or the date of a time; the zone is not looked at: the day is the one that was written. */
static char *day_of(struct reader *reader, const xmlNode *node)
{
    enum { DAY = 10 };
    int64_t days;
    char *found = text(reader, node);
    if (!found)
        return NULL;
    bool time = strlen(found) > DAY && found[DAY] == 'T';
    if (strlen(found) >= DAY && (time || strchr("+-Z", found[DAY])))
        found[DAY] = '\0';
    if (!instant_date(bytes_text(found), &days))
        refuse(reader, VERDICT_INVALID, node, "a date, YYYY-MM-DD");
    return found;
}

/* ---- what is not kept --------------------------------------------------------------------------
 */

static void note(struct reader *reader, const xmlNode *node)
{
    struct elmo_file *file = reader->file;
    for (size_t i = 0; i < file->note_count; i++)
        if (strcmp(file->notes[i].element, (const char *)node->name) == 0) {
            file->notes[i].count++;
            return;
        }
    const char *name = arena_text(reader->arena, bytes_text((const char *)node->name));
    if (file->note_count < ELMO_NOTES_MAX && name)
        file->notes[file->note_count++] = (struct elmo_note) {name, 1};
}

/* Notes the children whose names are none of these; the list ends with NULL. */
static void note_others(struct reader *reader, const xmlNode *parent, const char *const *known)
{
    for (const xmlNode *child = parent ? parent->children : NULL; child; child = child->next) {
        bool kept = child->type != XML_ELEMENT_NODE;
        for (size_t i = 0; !kept && known[i]; i++)
            kept = elmo_tree_is(child, known[i]);
        if (!kept)
            note(reader, child);
    }
}

/* ---- one component -----------------------------------------------------------------------------
 */

static void read_credit(struct reader *reader, const xmlNode *instance, Peregrin__Component *one)
{
    one->has_ects_hundredths = true;
    for (const xmlNode *credit = elmo_tree_child(instance, "credit"); credit;
         credit = elmo_tree_next(credit, "credit")) {
        const char *scheme = text_of(reader, credit, "scheme");
        const xmlNode *node = elmo_tree_child(credit, "value");
        const char *value = text(reader, node);
        if (!scheme || strcasecmp(scheme, "ects") != 0) {
            note(reader, credit);
            continue;
        }
        if (value && !credits_read(bytes_text(value), &one->ects_hundredths))
            refuse(reader, VERDICT_INVALID, node, "ECTS credits, exact to hundredths: 5.5");
        return;
    }
}

static bool whole(const char *said, uint32_t most, uint32_t *out)
{
    enum { DIGITS_MAX = 9 };
    size_t digits = strspn(said, "0123456789");
    /* xs:decimal: hours may be said as 30.0. */
    size_t zeros = said[digits] == '.' ? 1 + strspn(said + digits + 1, "0") : 0;
    if (digits == 0 || digits > DIGITS_MAX || said[digits + zeros])
        return false;
    *out = (uint32_t)strtoul(said, NULL, 10);
    return *out <= most;
}

static void read_distribution(struct reader *reader, const xmlNode *instance,
                              Peregrin__Component *one)
{
    enum { SHARES_MAX = 100, COUNT_MAX = 100000000 };
    const xmlNode *all = elmo_tree_child(instance, "resultDistribution");
    size_t count = 0;
    for (const xmlNode *at = elmo_tree_child(all, "category"); at;
         at = elmo_tree_next(at, "category"))
        count++;
    if (count > SHARES_MAX)
        refuse(reader, VERDICT_TOO_LARGE, all, "at most 100 grades");
    one->distribution = take(reader, count, sizeof *one->distribution);
    if (reader->verdict)
        return;
    for (const xmlNode *at = elmo_tree_child(all, "category"); at;
         at = elmo_tree_next(at, "category")) {
        Peregrin__GradeShare *share = take(reader, 1, sizeof *share);
        const char *said = elmo_tree_attribute(at, "count", reader->arena);
        if (!share)
            return;
        peregrin__grade_share__init(share);
        share->grade = (char *)(uintptr_t)elmo_tree_attribute(at, "label", reader->arena);
        share->has_count = said && whole(said, COUNT_MAX, &share->count);
        if (!share->grade || !share->has_count)
            refuse(reader, VERDICT_INVALID, at, "a label and a count");
        one->distribution[one->n_distribution++] = share;
    }
}

static void read_status(struct reader *reader, const xmlNode *instance, Peregrin__Component *one)
{
    const xmlNode *node = elmo_tree_child(instance, "status");
    const char *status = text(reader, node);
    one->has_passed = true;
    one->passed = status && strcmp(status, "passed") == 0;
    if (!status || (!one->passed && strcmp(status, "failed") != 0))
        refuse(reader, VERDICT_INVALID, node ? node : instance, "status passed or failed");
}

static void read_numbers(struct reader *reader, const xmlNode *instance, Peregrin__Component *one)
{
    enum { HOURS_MAX = 100000, TERMS = 2 };
    const xmlNode *node = elmo_tree_child(instance, "engagementHours");
    const char *said = text(reader, node);
    const xmlNode *more = elmo_tree_child(instance, "extension");
    one->has_hours = said != NULL;
    if (said && !whole(said, HOURS_MAX, &one->hours))
        refuse(reader, VERDICT_INVALID, node, "whole hours");
    for (const xmlNode *at = more ? more->children : NULL; at; at = at->next) {
        if (!elmo_tree_own(at, "term"))
            continue;
        const char *term = text(reader, at);
        one->has_term = true;
        if (!term || !whole(term, TERMS, &one->term) || one->term == 0)
            refuse(reader, VERDICT_INVALID, at, "term 1 or 2");
    }
}

static void read_code(struct reader *reader, const xmlNode *unit, Peregrin__Component *one)
{
    for (const xmlNode *at = elmo_tree_child(unit, "identifier"); at;
         at = elmo_tree_next(at, "identifier")) {
        const char *type = elmo_tree_attribute(at, "type", reader->arena);
        bool place = type && strcmp(type, "place") == 0;
        if (!one->code && !place)
            one->code = text(reader, at);
        else if (!place)
            note(reader, at);
    }
}

static void read_unit(struct reader *reader, const xmlNode *unit, Peregrin__Component *one)
{
    static const char *const of_unit[] = {"identifier", "title",     "type",
                                          "iscedCode",  "specifies", NULL};
    static const char *const of_instance[] = {
        "status", "gradingSchemeLocalId", "resultLabel",           "resultDistribution",
        "credit", "engagementHours",      "languageOfInstruction", "extension",
        NULL};
    const xmlNode *instance =
        elmo_tree_child(elmo_tree_child(unit, "specifies"), "learningOpportunityInstance");
    const xmlNode *title = elmo_tree_child(unit, "title");
    peregrin__component__init(one);
    if (!instance) {
        refuse(reader, VERDICT_INVALID, unit, "a learningOpportunityInstance");
        return;
    }
    read_code(reader, unit, one);
    one->title = text(reader, title);
    one->title_language = (char *)(uintptr_t)elmo_tree_attribute(title, "lang", reader->arena);
    one->isced_f = text_of(reader, unit, "iscedCode");
    read_status(reader, instance, one);
    one->grade = text_of(reader, instance, "resultLabel");
    one->scheme = text_of(reader, instance, "gradingSchemeLocalId");
    one->language = text_of(reader, instance, "languageOfInstruction");
    read_credit(reader, instance, one);
    read_distribution(reader, instance, one);
    read_numbers(reader, instance, one);
    note_others(reader, unit, of_unit);
    note_others(reader, instance, of_instance);
    for (title = elmo_tree_next(title, "title"); title; title = elmo_tree_next(title, "title"))
        note(reader, title);
}

/* ---- a report ----------------------------------------------------------------------------------
 */

static const char unit_name[] = "learningOpportunitySpecification";

static void gather(struct reader *reader, const xmlNode *unit, const xmlNode **units,
                   size_t *count);

/* What has parts is a programme or a module, whose credits are those of its parts. */
static void gather_parts(struct reader *reader, const xmlNode *whole_unit, const xmlNode **units,
                         size_t *count)
{
    note(reader, whole_unit);
    for (const xmlNode *part = elmo_tree_child(whole_unit, "hasPart"); part;
         part = elmo_tree_next(part, "hasPart"))
        gather(reader, elmo_tree_child(part, unit_name), units, count);
}

/* This unit or its parts, as deep as a document may be. */
static void gather(struct reader *reader, const xmlNode *unit, const xmlNode **units, size_t *count)
{
    if (unit && elmo_tree_child(unit, "hasPart"))
        gather_parts(reader, unit, units, count);
    else if (unit && *count < ELMO_UNITS_MAX)
        units[(*count)++] = unit;
    else if (unit)
        refuse(reader, VERDICT_TOO_LARGE, unit, "at most 200 units in a report");
}

static void read_record(struct reader *reader, const xmlNode *report,
                        Peregrin__CreditRecord *record)
{
    const xmlNode *units[ELMO_UNITS_MAX];
    size_t count = 0;
    for (const xmlNode *unit = elmo_tree_child(report, unit_name); unit;
         unit = elmo_tree_next(unit, unit_name))
        gather(reader, unit, units, &count);
    record->components = take(reader, count, sizeof *record->components);
    Peregrin__Component *all = take(reader, count, sizeof *all);
    for (size_t i = 0; i < count && !reader->verdict; i++) {
        read_unit(reader, units[i], &all[i]);
        record->components[record->n_components++] = &all[i];
        if (!credits_add(&record->total_hundredths, all[i].ects_hundredths))
            refuse(reader, VERDICT_INVALID, units[i], "credits that add up");
    }
    record->has_total_hundredths = true;
    record->issued_on = day_of(reader, elmo_tree_child(report, "issueDate"));
    if (count == 0)
        refuse(reader, VERDICT_INVALID, report, "at least one unit");
}

static void read_learner(struct reader *reader, const xmlNode *root, struct elmo_report *out)
{
    static const char *const known[] = {
        "identifier", "givenNames", "familyName", "alternativeName", "bday", "dateOfBirth", NULL};
    const xmlNode *learner = elmo_tree_child(root, "learner");
    for (const xmlNode *at = elmo_tree_child(learner, "identifier"); at;
         at = elmo_tree_next(at, "identifier")) {
        const char *type = elmo_tree_attribute(at, "type", reader->arena);
        bool esi = type && (strcasecmp(type, "esi") == 0 ||
                            strcasecmp(type, "europeanStudentIdentifier") == 0);
        if (esi && !out->esi)
            out->esi = text(reader, at);
        else
            note(reader, at);
    }
    out->given_names = text_of(reader, learner, "givenNames");
    out->family_name = text_of(reader, learner, "familyName");
    out->birth_date = day_of(reader, elmo_tree_child(learner, "bday"));
    if (!out->birth_date)
        out->birth_date = day_of(reader, elmo_tree_child(learner, "dateOfBirth"));
    note_others(reader, learner, known);
}

static void read_issuer(struct reader *reader, const xmlNode *report, struct elmo_report *out)
{
    const xmlNode *issuer = elmo_tree_child(report, "issuer");
    for (const xmlNode *at = elmo_tree_child(issuer, "identifier"); at;
         at = elmo_tree_next(at, "identifier")) {
        const char *type = elmo_tree_attribute(at, "type", reader->arena);
        if (type && strcasecmp(type, "schac") == 0 && !out->issuer)
            out->issuer = text(reader, at);
    }
}

/* What the schema has no place for stands in our own extension, for the first report. */
static void read_own(struct reader *reader, const xmlNode *root, struct elmo_report *out)
{
    const xmlNode *more = elmo_tree_child(root, "extension");
    for (const xmlNode *at = more ? more->children : NULL; at; at = at->next) {
        if (elmo_tree_own(at, "dossier"))
            out->dossier = text(reader, at);
        else if (elmo_tree_own(at, "start"))
            out->record->start = day_of(reader, at);
        else if (elmo_tree_own(at, "end"))
            out->record->end = day_of(reader, at);
        else if (elmo_tree_own(at, "comment"))
            out->record->comment = text(reader, at);
        else if (at->type == XML_ELEMENT_NODE)
            note(reader, at);
    }
}

static void read_report(struct reader *reader, const xmlNode *root, const xmlNode *report,
                        struct elmo_report *out)
{
    static const char *const known[] = {"issuer", "learningOpportunitySpecification", "issueDate",
                                        "gradingScheme", NULL};
    out->record = take(reader, 1, sizeof *out->record);
    if (!out->record)
        return;
    peregrin__credit_record__init(out->record);
    read_learner(reader, root, out);
    read_issuer(reader, report, out);
    read_record(reader, report, out->record);
    note_others(reader, report, known);
}

static void read_reports(struct reader *reader, const xmlNode *root)
{
    enum { REPORTS_MAX = 20 };
    static const char *const known[] = {"generatedDate", "learner", "report", "extension", NULL};
    struct elmo_file *file = reader->file;
    file->reports = take(reader, REPORTS_MAX, sizeof *file->reports);
    for (const xmlNode *at = elmo_tree_child(root, "report"); at && !reader->verdict;
         at = elmo_tree_next(at, "report")) {
        if (file->count == REPORTS_MAX)
            refuse(reader, VERDICT_TOO_LARGE, at, "at most 20 reports");
        else
            read_report(reader, root, at, &file->reports[file->count++]);
    }
    if (!reader->verdict && file->count)
        read_own(reader, root, &file->reports[0]);
    if (!file->count)
        refuse(reader, VERDICT_INVALID, root, "a report");
    note_others(reader, root, known);
}

enum verdict elmo_read(struct bytes text, struct arena *arena, struct elmo_file *out,
                       struct elmo_misfit *misfit)
{
    xmlDoc *document;
    struct reader reader = {arena, out, misfit, VERDICT_FINE};
    *out = (struct elmo_file) {0};
    TRY(elmo_tree_parse(text, &document, misfit));
    const xmlNode *root = xmlDocGetRootElement(document);
    if (elmo_tree_is(root, "elmo"))
        read_reports(&reader, root);
    else
        refuse(&reader, VERDICT_INVALID, root, "elmo of namespace .../elmo-schemas/tree/v2");
    xmlFreeDoc(document);
    return reader.verdict;
}
