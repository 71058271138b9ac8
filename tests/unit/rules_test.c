/* links: base seal record rules */
#include "rules/rules.h"

#include "agreement.pb-c.h"
#include "mobility.pb-c.h"
#include "notice.pb-c.h"
#include "record/walk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum {
    NOMINATION = PEREGRIN__KIND__KIND_NOMINATION,
    AMENDMENT = PEREGRIN__KIND__KIND_AMENDMENT,
    DECISION = PEREGRIN__KIND__KIND_DECISION,
    WITHDRAWAL = PEREGRIN__KIND__KIND_WITHDRAWAL,
    CREDIT_RECORD = PEREGRIN__KIND__KIND_CREDIT_RECORD,
    ARRIVAL = PEREGRIN__KIND__KIND_ARRIVAL,
    DEPARTURE = PEREGRIN__KIND__KIND_DEPARTURE,
    EXTENSION = PEREGRIN__KIND__KIND_EXTENSION,
    RECOGNITION = PEREGRIN__KIND__KIND_RECOGNITION,
    REVOKE = PEREGRIN__KIND__KIND_REVOKE,
    REFUSAL = PEREGRIN__KIND__KIND_REFUSAL,
    TERMS = PEREGRIN__KIND__KIND_TERMS,
    APPROVAL = PEREGRIN__KIND__KIND_APPROVAL,
    DECLINATION = PEREGRIN__KIND__KIND_DECLINATION,
    TAKE_BACK = PEREGRIN__KIND__KIND_TAKE_BACK,
    TERMINATION = PEREGRIN__KIND__KIND_TERMINATION,
    CONTACTS = PEREGRIN__KIND__KIND_CONTACTS,
    LEARNING = PEREGRIN__KIND__KIND_LEARNING,
    LEARNING_DECISION = PEREGRIN__KIND__KIND_LEARNING_DECISION,
    FACTSHEET = PEREGRIN__KIND__KIND_FACTSHEET,
    GRADING_TABLE = PEREGRIN__KIND__KIND_GRADING_TABLE,
    COURSE_LIST = PEREGRIN__KIND__KIND_COURSE_LIST,
    TEXT_MAX = 4096,
};

/* A body as a script: `path=value` in each line, elements of a repeated field by their number. What
 * holds of every kind before a case changes it: */
static const struct {
    uint32_t kind, schema;
    const char *script;
} bases[] = {
    {NOMINATION, 1,
     "person.family_name=Nováková\n"
     "person.given_names=Jana\n"
     "person.birth_date=2004-02-29\n"
     "person.gender=2\n"
     "person.nationality=CZ\n"
     "person.email=jana.novakova@student.example\n"
     "person.esi=urn:schac:personalUniqueCode:int:esi:helmo.be:0012345\n"
     "person.name_language=cs\n"
     "mobility=1\n"
     "year=2026/2027\n"
     "term=1\n"
     "eqf=6\n"
     "isced_f=0913\n"
     "languages.0.language=en\n"
     "languages.0.level=B2\n"
     "agreement=A-2027-117\n"
     "condition=c1\n"
     "comment=Evening arrival.\n"},
    {AMENDMENT, 1, NULL},
    {DECISION, 1, "outcome=1\n"},
    {WITHDRAWAL, 1, "reason=student\n"},
    {CREDIT_RECORD, 1,
     "components.0.code=3961\n"
     "components.0.title=Health Promotion\n"
     "components.0.title_language=en\n"
     "components.0.isced_f=0923\n"
     "components.0.hours=150\n"
     "components.0.ects_hundredths=550\n"
     "components.0.grade=14\n"
     "components.0.scheme=be-20\n"
     "components.0.passed=1\n"
     "components.0.term=1\n"
     "components.0.language=en\n"
     "start=2026-09-14\n"
     "end=2027-01-29\n"
     "total_hundredths=550\n"
     "issued_on=2027-02-19\n"},
    {ARRIVAL, 1, "date=2026-09-10\ncomment=Late train.\n"},
    {DEPARTURE, 1, "date=2027-01-31\n"},
    {EXTENSION, 1, "end=2027-06-30\n"},
    {RECOGNITION, 1,
     "groups.0.components.0=0\n"
     "groups.0.home.0.code=SAN21\n"
     "groups.0.home.0.title=Santé publique\n"
     "groups.0.home.0.ects_hundredths=550\n"
     "groups.0.home.0.grade=14\n"
     "total_hundredths=550\n"
     "rule=Table of 2026\n"
     "decided_on=2027-03-01\n"},
    {REVOKE, 1, "reason=error\n"},
    {REFUSAL, 0, "code=8\nrule=nomination.email\n"},
    {TERMS, 1,
     "reference=2027-LIEGE-HASSELT\n"
     "conditions.0.id=c1\n"
     "conditions.0.sending=helmo.be\n"
     "conditions.0.mobility=1\n"
     "conditions.0.first_year=2026/2027\n"
     "conditions.0.last_year=2028/2029\n"
     "conditions.0.places=2\n"
     "conditions.0.tenth_months=100\n"
     "conditions.0.isced_f.0=091\n"
     "conditions.0.eqf.0=6\n"
     "conditions.0.languages.0.language=en\n"
     "conditions.0.languages.0.level=B2\n"
     "conditions.1.id=c2\n"
     "conditions.1.sending=uhasselt.be\n"
     "conditions.1.mobility=5\n"
     "conditions.1.first_year=2026/2027\n"
     "conditions.1.last_year=2028/2029\n"
     "conditions.1.places=3\n"
     "conditions.1.days=15\n"
     "legal=Both hold the charter.\n"
     "contacts.0.name=Office\n"
     "contacts.0.email=mobility@helmo.example\n"},
    {APPROVAL, 1, "comment=Gladly.\n"},
    {DECLINATION, 1, "reason=places\n"},
    {TAKE_BACK, 1, "comment=By mistake.\n"},
    {TERMINATION, 1, "last_year=2027/2028\n"},
    {CONTACTS, 1, "contacts.0.name=Office\n"},
    {LEARNING, 1,
     "units.0.part=1\n"
     "units.0.code=3961\n"
     "units.0.title=Health Promotion\n"
     "units.0.ects_hundredths=550\n"
     "units.0.term=1\n"
     "units.1.part=2\n"
     "units.1.code=SAN21\n"
     "units.1.title=Santé publique\n"
     "units.1.ects_hundredths=500\n"
     "units.1.recognised=1\n"
     "start=2026-09-14\n"
     "end=2027-01-29\n"
     "student_approved_on=2026-05-20\n"
     "student_approved_by=signature\n"
     "language.language=en\n"
     "language.level=B2\n"},
    {LEARNING_DECISION, 1, "outcome=1\n"},
    {FACTSHEET, 1,
     "terms.0.term=1\n"
     "terms.0.starts=09-20\n"
     "terms.0.ends=01-31\n"
     "terms.0.nominations=05-01\n"
     "terms.0.applications=05-31\n"
     "zone=Europe/Brussels\n"
     "decision_weeks=4\n"
     "transcript_weeks=5\n"
     "languages.0.language=en\n"
     "languages.0.level=B2\n"
     "isced_f=0913\n"
     "contacts.0.name=International Office\n"
     "contacts.0.email=incoming@helmo.be\n"
     "website=https://www.helmo.be/international\n"
     "country=BE\n"},
    {GRADING_TABLE, 1,
     "scheme=be-20\n"
     "grades.0.grade=20\n"
     "grades.0.count=3\n"
     "grades.0.passing=1\n"
     "grades.1.grade=9\n"
     "grades.1.count=40\n"
     "grades.1.passing=0\n"
     "first_year=2023/2024\n"
     "last_year=2025/2026\n"},
    {COURSE_LIST, 1,
     "year=2026/2027\n"
     "courses.0.code=3961\n"
     "courses.0.title=Health Promotion\n"
     "courses.0.title_language=en\n"
     "courses.0.ects_hundredths=550\n"
     "courses.0.isced_f=0923\n"
     "courses.0.eqf=6\n"
     "courses.0.term=1\n"
     "courses.0.language=en\n"
     "courses.0.hours=150\n"
     "courses.0.scheme=be-20\n"},
};

static const struct kind *kind_of(uint32_t number)
{
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
        if (bases[i].kind == number)
            return kind_find(number, bases[i].schema);
    return NULL;
}

/* An amendment is a nomination in all but its place. */
static const char *base_of(uint32_t number)
{
    number = number == AMENDMENT ? NOMINATION : number;
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
        if (bases[i].kind == number)
            return bases[i].script;
    return NULL;
}

/* A whole case: a base, changed. Lines that begin with @ are about the place:
 *   @year, @change, @outcome    another claim than the body's own
 *   @target=first|second        names the revision, or the one before it
 *   @transcript=1               the author had seen a transcript; @supersedes=1 names it
 *   @out_of_turn=1              the fold made nothing of it
 *   @recognised=1               the author had seen a recognition; @corrects=1 names it
 *   @own=transcript|acceptance|recognition   what is revoked; @lane=0: by the home
 *   @arrival, @departure, @extended=DATE     what other records say
 *   @start, @end=DATE           of the nomination; it has a term and no dates otherwise
 *   @failed=1                   of the transcript's components, 5.5 and 4.5 credits, the second
 *   @components=N, @languages=N so many of them
 *   @conditions=N, @contacts=N  so many of them
 *   @issued=DATE                when the author said it
 *   @force=SCRIPT, with ; for each newline: terms that are in force, changed so
 *   @agreement=FLAGS            a nomination names a dossier: of none, the terms above; a second
 *                               character o: older ones had condition c1 as it is asked for
 *   @ended=YEAR                 of that agreement; @replaced=1: another stands in its place
 *   @places=N, @taken=N, @held=1 what the host counts
 *   @units=N, ...=N             so many of them, see fills
 *   @learning=1                 the author had seen a learning agreement, the base's; @supersedes=1
 *                               names it; @agreed=1: it was approved
 * A value `-` leaves a field out, `xN` is a text of N letters. */
struct scene {
    struct arena *arena;
    Peregrin__Header fields;
    Peregrin__Claim claim;
    struct header header;
    struct dossier seen;
    struct rules_facts facts;
    struct rules_case subject;
};

static const ProtobufCFieldDescriptor *field_of(const ProtobufCMessage *message, const char *name)
{
    return protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
}

static const char *text_of(struct scene *scene, const char *value)
{
    if (value[0] != 'x' || value[1] < '0' || value[1] > '9')
        return value;
    size_t count = strtoul(value + 1, NULL, 10);
    char *text = arena_take(scene->arena, count + 1);
    assert_non_null(text);
    memset(text, 'e', count);
    return text;
}

/* Goes down the path, adding what is not there yet. */
static void body_set(struct scene *scene, ProtobufCMessage *message, char *path, const char *value)
{
    char *rest, *name = strtok_r(path, ".", &rest);
    const ProtobufCFieldDescriptor *field = field_of(message, name);
    while (field && field->type == PROTOBUF_C_TYPE_MESSAGE) {
        size_t count = walk_count(message, field), index = 0;
        if (field->label == PROTOBUF_C_LABEL_REPEATED)
            index = strtoul(strtok_r(NULL, ".", &rest), NULL, 10);
        if (index < count)
            message = (ProtobufCMessage *)walk_get(message, field, index).message;
        else
            assert_int_equal(walk_add_message(message, field, scene->arena, &message), 0);
        name = strtok_r(NULL, ".", &rest);
        if (!name)
            return;
        field = field_of(message, name);
    }
    if (!field)
        fail_msg("no field %s", name);
    if (field->type == PROTOBUF_C_TYPE_STRING)
        assert_int_equal(
            walk_set_bytes(message, field, bytes_text(text_of(scene, value)), scene->arena), 0);
    else
        assert_int_equal(walk_set_number(message, field, strtoul(value, NULL, 10), scene->arena),
                         0);
}

/* The next line of a script as path and value; false at its end. */
static bool line_next(const char **script, char path[static TEXT_MAX], char **value)
{
    size_t length = strcspn(*script, "\n");
    if (length == 0)
        return false;
    assert_true(length < TEXT_MAX);
    memcpy(path, *script, length);
    path[length] = '\0';
    *script += length + ((*script)[length] == '\n');
    *value = strchr(path, '=');
    assert_non_null(*value);
    *(*value)++ = '\0';
    return true;
}

static bool script_has(const char *script, const char *path)
{
    char own[TEXT_MAX], *value;
    while (line_next(&script, own, &value))
        if (strcmp(own, path) == 0)
            return true;
    return false;
}

static const char *script_value(const char *script, const char *path)
{
    static char own[TEXT_MAX];
    char *value;
    while (line_next(&script, own, &value))
        if (strcmp(own, path) == 0)
            return value;
    return NULL;
}

/* Unless `except` says it otherwise. */
static void script_apply(struct scene *scene, ProtobufCMessage *body, const char *script,
                         const char *except)
{
    char path[TEXT_MAX], *value;
    while (line_next(&script, path, &value))
        if (path[0] != '@' && strcmp(value, "-") != 0 && !script_has(except, path))
            body_set(scene, body, path, value);
}

static void fill_languages(struct scene *scene, ProtobufCMessage *body, const char *count)
{
    static const char codes[] = "enfrdenlitesptplcsskhurosvdafielbglvltetkk";
    for (size_t i = 1; count && i < strtoul(count, NULL, 10); i++) {
        char path[64], value[3] = {codes[2 * i], codes[2 * i + 1]};
        snprintf(path, sizeof path, "languages.%zu.language", i);
        body_set(scene, body, path, value);
    }
}

static void fill_components(struct scene *scene, ProtobufCMessage *body, const char *count)
{
    static const char *const lines[] = {"title=Unit", "ects_hundredths=0", "grade=7", "passed=0"};
    for (size_t i = 1; count && i < strtoul(count, NULL, 10); i++) {
        for (size_t j = 0; j < sizeof lines / sizeof *lines; j++) {
            char path[128];
            snprintf(path, sizeof path, "components.%zu.%s", i, lines[j]);
            char *value = strchr(path, '=');
            *value++ = '\0';
            body_set(scene, body, path, value);
        }
    }
}

static void fill_home(struct scene *scene, ProtobufCMessage *body, const char *count)
{
    for (size_t i = 1; count && i < strtoul(count, NULL, 10); i++) {
        char title[64], ects[64];
        snprintf(title, sizeof title, "groups.0.home.%zu.title", i);
        snprintf(ects, sizeof ects, "groups.0.home.%zu.ects_hundredths", i);
        body_set(scene, body, title, "Unit");
        body_set(scene, body, ects, "0");
    }
}

static void fill_conditions(struct scene *scene, ProtobufCMessage *body, const char *count)
{
    static const char *const lines[] = {"sending=helmo.be", "mobility=7", "first_year=2026/2027",
                                        "last_year=2026/2027", "places=1"};
    for (size_t i = 2; count && i < strtoul(count, NULL, 10); i++) {
        char path[64], value[24];
        snprintf(path, sizeof path, "conditions.%zu.id", i);
        snprintf(value, sizeof value, "n%zu", i);
        body_set(scene, body, path, value);
        for (size_t j = 0; j < sizeof lines / sizeof *lines; j++) {
            snprintf(path, sizeof path, "conditions.%zu.%s", i, lines[j]);
            char *text = strchr(path, '=');
            *text++ = '\0';
            body_set(scene, body, path, text);
        }
    }
}

static void fill_contacts(struct scene *scene, ProtobufCMessage *body, const char *count)
{
    for (size_t i = 1; count && i < strtoul(count, NULL, 10); i++) {
        char path[64];
        snprintf(path, sizeof path, "contacts.%zu.name", i);
        body_set(scene, body, path, "Office");
    }
}

/* So many elements of a repeated field, each with these lines; `#` is its number. */
static const struct {
    const char *flag, *field, *lines[4];
} fills[] = {
    {"@units", "units", {"part=1", "title=Unit #", "ects_hundredths=0"}},
    {"@changes", "changes", {"unit=#", "goes=1", "reason=other"}},
    {"@grades", "grades", {"grade=g#", "count=1", "passing=0"}},
    {"@courses", "courses", {"code=c#", "title=Course", "ects_hundredths=0"}},
    {"@isced_f", "isced_f", {"=09"}},
};

static void fill_others(struct scene *scene, ProtobufCMessage *body, const char *changes)
{
    for (size_t f = 0; f < sizeof fills / sizeof *fills; f++) {
        const char *count = script_value(changes, fills[f].flag);
        size_t wanted = count ? strtoul(count, NULL, 10) : 0;
        for (size_t i = 1; i < wanted; i++)
            for (size_t j = 0; fills[f].lines[j]; j++) {
                const char *line = fills[f].lines[j], *at = strchr(line, '=');
                char path[128], value[128];
                snprintf(path, sizeof path, "%s.%zu.%.*s", fills[f].field, i, (int)(at - line),
                         line);
                if (strchr(at, '#'))
                    snprintf(value, sizeof value, "%.*s%zu", (int)(strchr(at, '#') - at - 1),
                             at + 1, i);
                else
                    snprintf(value, sizeof value, "%s", at + 1);
                body_set(scene, body, path, value);
            }
    }
}

static ProtobufCMessage *body_of(struct scene *scene, const struct kind *kind, const char *changes)
{
    ProtobufCMessage *body = walk_new(kind->body, scene->arena);
    assert_non_null(body);
    script_apply(scene, body, base_of(kind->number), changes);
    script_apply(scene, body, changes, "");
    fill_languages(scene, body, script_value(changes, "@languages"));
    fill_components(scene, body, script_value(changes, "@components"));
    fill_home(scene, body, script_value(changes, "@home"));
    fill_conditions(scene, body, script_value(changes, "@conditions"));
    fill_contacts(scene, body, script_value(changes, "@contacts"));
    fill_others(scene, body, changes);
    return body;
}

/* The claim that belongs to the body, unless the script claims something else. */
static void claim_make(struct scene *scene, const char *changes)
{
    static const char *const mirrored[] = {"year", "condition", "outcome", "code", "last_year"};
    const ProtobufCMessage *body = scene->subject.body;
    peregrin__claim__init(&scene->claim);
    for (size_t i = 0; i < sizeof mirrored / sizeof *mirrored; i++) {
        char path[32];
        snprintf(path, sizeof path, "@%s", mirrored[i]);
        const ProtobufCFieldDescriptor *own = field_of(body, mirrored[i]);
        char name[32];
        snprintf(name, sizeof name, "%s", mirrored[i]);
        if (script_has(changes, path)) {
            body_set(scene, &scene->claim.base, name, script_value(changes, path));
        } else if (own && walk_count(body, own)) {
            struct walk_value value = walk_get(body, own, 0);
            const ProtobufCFieldDescriptor *claimed = field_of(&scene->claim.base, mirrored[i]);
            if (own->type == PROTOBUF_C_TYPE_STRING)
                assert_int_equal(
                    walk_set_bytes(&scene->claim.base, claimed, value.bytes, scene->arena), 0);
            else
                assert_int_equal(
                    walk_set_number(&scene->claim.base, claimed, value.number, scene->arena), 0);
        }
    }
    if (script_has(changes, "@named")) {
        struct header_dossier *named = arena_take(scene->arena, sizeof *named);
        assert_true(header_dossier_from_text(bytes_text("01KAMB3Q8W2T5Y7Z9C4D6F8G0H"), named));
        bool terms = scene->subject.kind->number == TERMS;
        scene->claim.has_agreement = !terms;
        scene->claim.has_replaces = terms;
        scene->claim.agreement = scene->claim.replaces =
            (ProtobufCBinaryData) {sizeof named->bytes, named->bytes};
    }
    const char *change = script_value(changes, "@change");
    if (scene->subject.revision)
        scene->claim.change = change ? (uint32_t)strtoul(change, NULL, 10)
                                     : kind_change_of(scene->subject.revision, body);
}

static void place_make(struct scene *scene, const char *changes)
{
    const char *target = script_value(changes, "@target");
    bool second = target && strcmp(target, "second") == 0;
    bool other = target && strcmp(target, "other") == 0;
    scene->seen = (struct dossier) {.state = DOSSIER_PENDING, .revision = {{1}}, .decided = {{2}}};
    scene->header.target = (struct digest) {{other ? 9 : second ? 2 : 1}};
    if (script_has(changes, "@transcript"))
        scene->seen.transcript = (struct digest) {{3}};
    if (script_has(changes, "@supersedes"))
        scene->header.supersedes = (struct digest) {{3}};
    scene->subject.out_of_turn = script_has(changes, "@out_of_turn");
}

/* A recognition and a revocation name what is in force, unless @target is `other`. */
static void names_make(struct scene *scene, uint32_t number, const char *changes)
{
    bool other = script_has(changes, "@target");
    scene->seen.decision = (struct digest) {{4}};
    if (script_has(changes, "@recognised"))
        scene->seen.recognition = (struct digest) {{5}};
    if (script_has(changes, "@corrects"))
        scene->header.supersedes = (struct digest) {{5}};
    if (number == RECOGNITION) {
        scene->seen.transcript = (struct digest) {{3}};
        scene->header.target = (struct digest) {{other ? 9 : 3}};
    }
    if (number == REVOKE) {
        const char *own = script_value(changes, "@own");
        char first = own ? *own : 'a';
        scene->header.lane = script_has(changes, "@lane") ? 0 : 1;
        scene->header.target = (struct digest) {{first == 'a' ? 4 : first == 't' ? 3 : 5}};
    }
    if (number == LEARNING_DECISION)
        scene->header.target = (struct digest) {{other ? 9 : 6}};
    if (number == LEARNING_DECISION || script_has(changes, "@learning"))
        scene->seen.learning = (struct digest) {{6}};
    if (script_has(changes, "@agreed"))
        scene->seen.learning_agreed = (struct digest) {{6}};
    if (number == LEARNING && script_has(changes, "@supersedes"))
        scene->header.supersedes = (struct digest) {{6}};
}

static char *copy(struct scene *scene, const char *text)
{
    return text ? arena_text(scene->arena, bytes_text(text)) : NULL;
}

/* The dossier's other records, as the author had them before his eyes. */
static void facts_make(struct scene *scene, const char *changes)
{
    Peregrin__Nomination *nomination =
        (Peregrin__Nomination *)walk_new(&peregrin__nomination__descriptor, scene->arena);
    Peregrin__CreditRecord *transcript = (Peregrin__CreditRecord *)body_of(
        scene, kind_of(CREDIT_RECORD),
        "components.1.title=Two\ncomponents.1.ects_hundredths=450\ncomponents.1.grade=11\n"
        "components.1.passed=1\ntotal_hundredths=1000");
    if (!script_has(changes, "@two"))
        transcript->n_components = 1;
    if (script_has(changes, "@failed")) {
        transcript->components[0]->passed = 0;
        transcript->components[0]->ects_hundredths = 0;
    }
    nomination->year = "2026/2027";
    nomination->start = copy(scene, script_value(changes, "@start"));
    nomination->end = copy(scene, script_value(changes, "@end"));
    scene->facts.nomination = nomination;
    scene->facts.transcript = transcript;
    const char *const names[] = {"@arrival", "@departure"};
    const Peregrin__StayDay **const days[] = {&scene->facts.arrival, &scene->facts.departure};
    for (size_t i = 0; i < 2; i++) {
        Peregrin__StayDay *day =
            (Peregrin__StayDay *)walk_new(&peregrin__stay_day__descriptor, scene->arena);
        day->date = copy(scene, script_value(changes, names[i]));
        *days[i] = day->date ? day : NULL;
    }
    Peregrin__Extension *extension =
        (Peregrin__Extension *)walk_new(&peregrin__extension__descriptor, scene->arena);
    extension->end = copy(scene, script_value(changes, "@extended"));
    scene->facts.extension = extension->end ? extension : NULL;
    if (script_has(changes, "@learning"))
        scene->facts.learning =
            (Peregrin__LearningAgreement *)body_of(scene, kind_of(LEARNING), "");
    scene->subject.facts = &scene->facts;
}

/* The newest terms, changed as @force says, and those before them where they are asked for. */
static void agreement_make(struct scene *scene, uint32_t number, const char *changes)
{
    const char *force = script_value(changes, "@force");
    char script[TEXT_MAX] = "";
    for (size_t i = 0; force && force[i]; i++)
        script[i] = force[i] == ';' ? '\n' : force[i] == ':' ? '=' : force[i], script[i + 1] = 0;
    const char *named = script_value(changes, "@agreement");
    bool none = named && *named == '0', older = named && *named == 'o';
    const Peregrin__Terms **terms = arena_take_array(scene->arena, 2, sizeof *terms);
    assert_non_null(terms);
    terms[0] = (const Peregrin__Terms *)body_of(scene, kind_of(TERMS), script);
    terms[1] = (const Peregrin__Terms *)body_of(scene, kind_of(TERMS), "");
    scene->facts.agreement = (struct rules_agreement) {.known = named,
                                                       .terms = terms,
                                                       .count = none    ? 0
                                                                : older ? 2
                                                                        : 1};
    scene->facts.agreement.replaced = script_has(changes, "@replaced");
    scene->facts.agreement.last_year = copy(scene, script_value(changes, "@ended"));
    if (number == TERMS && force)
        scene->facts.terms = terms[0];
    const char *places = script_value(changes, "@places");
    scene->facts.places = (struct rules_places) {.counted = places};
    if (places)
        scene->facts.places.places = (uint32_t)strtoul(places, NULL, 10);
    const char *taken = script_value(changes, "@taken");
    scene->facts.places.taken = taken ? (uint32_t)strtoul(taken, NULL, 10) : 0;
    scene->facts.places.held = script_has(changes, "@held");
}

/* Our lane is 0: the other's open terms, one's own, and those in force. */
static void offers_make(struct scene *scene, uint32_t number, const char *changes)
{
    static const struct {
        uint32_t kind;
        uint8_t name;
    } names[] = {{APPROVAL, 21}, {DECLINATION, 21}, {TAKE_BACK, 20}, {TERMINATION, 22}};
    scene->fields.issuer = "helmo.be";
    scene->fields.audience = "uhasselt.be";
    scene->seen.offers[0] = (struct digest) {{20}};
    scene->seen.offers[1] = (struct digest) {{21}};
    scene->seen.in_force = (struct digest) {{22}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].kind == number && !script_has(changes, "@target"))
            scene->header.target = (struct digest) {{names[i].name}};
    int64_t days = 0;
    const char *issued = script_value(changes, "@issued");
    assert_true(instant_date(bytes_text(issued ? issued : "2026-11-22"), &days));
    scene->header.issued_at = (uint64_t)days * 24 * 60 + 24 * 60 - 1;
}

static void scene_open(struct scene *scene, uint32_t number, const char *changes)
{
    const struct kind *kind = kind_of(number);
    *scene = (struct scene) {.arena = arena_open(1 << 23)};
    assert_non_null(scene->arena);
    assert_non_null(kind);
    peregrin__header__init(&scene->fields);
    scene->fields.claim = &scene->claim;
    scene->header.fields = &scene->fields;
    scene->header.kind = kind->number;
    scene->header.schema = kind->schema;
    scene->subject.header = &scene->header;
    scene->subject.kind = kind;
    scene->subject.seen = &scene->seen;
    scene->subject.body = body_of(scene, kind, changes);
    if (number == AMENDMENT)
        scene->subject.revision = body_of(scene, kind, "");
    claim_make(scene, changes);
    place_make(scene, changes);
    names_make(scene, number, changes);
    facts_make(scene, changes);
    agreement_make(scene, number, changes);
    offers_make(scene, number, changes);
}

static void scene_close(struct scene *scene)
{
    arena_close(scene->arena);
}

/* Every rule on both sides: what holds, and what is changed that this rule is the first to break.
 */
static const struct {
    uint32_t kind;
    const char *rule, *holds, *breaks;
    enum verdict verdict;
} cases[] = {
    {NOMINATION, "nomination.family_name", "person.family_name=x128", "person.family_name=x129",
     VERDICT_INVALID},
    {NOMINATION, "nomination.family_name", "person.family_name=Ó", "person.family_name=-",
     VERDICT_INVALID},
    {NOMINATION, "nomination.given_names", "person.given_names=Jana Marie",
     "person.given_names=Jana ", VERDICT_INVALID},
    {NOMINATION, "nomination.given_names", "person.given_names=x1", "person.given_names=-",
     VERDICT_INVALID},
    {NOMINATION, "nomination.name_language", "person.name_language=-", "person.name_language=czech",
     VERDICT_INVALID},
    {NOMINATION, "nomination.birth_date", "person.birth_date=-", "person.birth_date=2003-02-29",
     VERDICT_INVALID},
    {NOMINATION, "nomination.gender", "person.gender=9", "person.gender=3", VERDICT_INVALID},
    {NOMINATION, "nomination.nationality", "person.nationality=-", "person.nationality=EL",
     VERDICT_INVALID},
    {NOMINATION, "nomination.email", "person.email=a@b.example", "person.email=j.novak@uni",
     VERDICT_INVALID},
    {NOMINATION, "nomination.email", "", "person.email=-", VERDICT_INVALID},
    {NOMINATION, "nomination.esi", "person.esi=-", "person.esi=0012345", VERDICT_INVALID},
    {NOMINATION, "nomination.identity", "person.birth_date=-", "person.birth_date=-\nperson.esi=-",
     VERDICT_INVALID},
    {NOMINATION, "nomination.mobility", "mobility=7", "mobility=8", VERDICT_INVALID},
    {NOMINATION, "nomination.mobility", "", "mobility=-", VERDICT_INVALID},
    {NOMINATION, "nomination.mobility", "", "mobility=0", VERDICT_INVALID},
    {NOMINATION, "nomination.mobility", "", "mobility=4294967295", VERDICT_INVALID},
    {NOMINATION, "nomination.year", "year=2027/2028", "year=2026/2028", VERDICT_INVALID},
    {NOMINATION, "nomination.year", "", "year=-", VERDICT_INVALID},
    {NOMINATION, "nomination.term", "term=2", "term=3", VERDICT_INVALID},
    {NOMINATION, "nomination.term", "term=-\nstart=2026-09-14\nend=2027-06-30", "term=0",
     VERDICT_INVALID},
    {NOMINATION, "nomination.eqf", "eqf=8", "eqf=9", VERDICT_INVALID},
    {NOMINATION, "nomination.eqf", "eqf=1", "eqf=0", VERDICT_INVALID},
    {NOMINATION, "nomination.eqf", "", "eqf=-", VERDICT_INVALID},
    {NOMINATION, "nomination.isced_f", "isced_f=0610", "isced_f=1234", VERDICT_INVALID},
    {NOMINATION, "nomination.isced_f", "", "isced_f=-", VERDICT_INVALID},
    {NOMINATION, "nomination.start", "start=2026-09-30", "start=2026-09-31", VERDICT_INVALID},
    {NOMINATION, "nomination.end", "end=2028-02-29", "end=2027-02-29", VERDICT_INVALID},
    {NOMINATION, "nomination.period", "term=-\nstart=2026-09-14\nend=2027-01-31",
     "term=-\nstart=2026-09-14", VERDICT_INVALID},
    {NOMINATION, "nomination.period", "mobility=7", "mobility=2", VERDICT_INVALID},
    {NOMINATION, "nomination.languages", "@languages=20", "@languages=21", VERDICT_INVALID},
    {NOMINATION, "nomination.language", "languages.1.language=fr", "languages.1.language=french",
     VERDICT_INVALID},
    {NOMINATION, "nomination.language", "", "languages.0.language=-", VERDICT_INVALID},
    {NOMINATION, "nomination.language_level", "languages.0.level=-", "languages.0.level=B2+",
     VERDICT_INVALID},
    {NOMINATION, "nomination.language_once", "languages.1.language=nl", "languages.1.language=en",
     VERDICT_INVALID},
    {NOMINATION, "nomination.agreement", "agreement=x128", "agreement=x129", VERDICT_INVALID},
    {NOMINATION, "nomination.agreement", "agreement=-", "agreement=", VERDICT_INVALID},
    {NOMINATION, "nomination.condition", "condition=-", "condition= c1", VERDICT_INVALID},
    {NOMINATION, "nomination.graduated_on", "graduated_on=2026-06-30", "graduated_on=2026-06-31",
     VERDICT_INVALID},
    {NOMINATION, "nomination.comment", "comment=x2000", "comment=x2001", VERDICT_INVALID},
    {NOMINATION, "nomination.dates_ordered", "start=2026-09-14\nend=2026-09-14",
     "start=2026-09-14\nend=2026-09-13", VERDICT_INVALID},
    {NOMINATION, "nomination.dates_plausible", "year=2099/2100\nend=2100-12-31",
     "year=2099/2100\nend=2101-01-01", VERDICT_INVALID},
    {NOMINATION, "nomination.dates_plausible",
     "year=2000/2001\nperson.birth_date=1970-01-01\n"
     "start=2000-01-01",
     "year=2000/2001\nperson.birth_date=1970-01-01\nstart=1999-12-31", VERDICT_INVALID},
    {NOMINATION, "nomination.starts_in_year", "start=2026-01-01", "start=2025-12-31",
     VERDICT_INVALID},
    {NOMINATION, "nomination.starts_in_year", "start=2027-12-31", "start=2028-01-01",
     VERDICT_INVALID},
    {NOMINATION, "nomination.stay_plausible", "start=2026-09-14\nend=2028-09-15",
     "start=2026-09-14\nend=2028-09-16", VERDICT_INVALID},
    {NOMINATION, "nomination.age_plausible", "person.birth_date=2016-12-31",
     "person.birth_date=2017-01-01", VERDICT_INVALID},
    {NOMINATION, "nomination.age_plausible", "person.birth_date=1916-01-01",
     "person.birth_date=1915-12-31", VERDICT_INVALID},
    {DECISION, "decision.outcome", "outcome=3", "outcome=4", VERDICT_INVALID},
    {DECISION, "decision.outcome", "", "outcome=-", VERDICT_INVALID},
    {DECISION, "decision.reason_given", "outcome=2\nreason=places", "outcome=2", VERDICT_INVALID},
    {DECISION, "decision.reason", "outcome=2\nreason=other", "outcome=2\nreason=full",
     VERDICT_INVALID},
    {DECISION, "decision.comment", "comment=x2000", "comment=x2001", VERDICT_INVALID},
    {WITHDRAWAL, "withdrawal.reason", "reason=-", "reason=ill", VERDICT_INVALID},
    {WITHDRAWAL, "withdrawal.comment", "comment=x2000", "comment=x2001", VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.components", "@components=200", "@components=201",
     VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.code", "components.0.code=-", "components.0.code=x65",
     VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.title", "components.0.title=x256", "components.0.title=x257",
     VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.title", "", "components.0.title=-", VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.title_language", "components.0.title_language=nl-BE",
     "components.0.title_language=nl_BE", VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.isced_f", "components.0.isced_f=-", "components.0.isced_f=0924",
     VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.hours", "components.0.hours=10000", "components.0.hours=10001",
     VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.ects",
     "components.0.ects_hundredths=6000\ntotal_hundredths=6000",
     "components.0.ects_hundredths=6001\ntotal_hundredths=6001", VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.ects", "components.0.ects_hundredths=0\ntotal_hundredths=0",
     "components.0.ects_hundredths=-\ntotal_hundredths=0", VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.grade", "components.0.grade=30 e lode", "components.0.grade=x33",
     VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.grade", "components.0.grade=-3", "components.0.grade=-",
     VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.scheme", "components.0.scheme=-", "components.0.scheme=x65",
     VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.passed", "components.0.passed=1", "components.0.passed=-",
     VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.failed",
     "components.0.passed=0\ncomponents.0.ects_hundredths=0\ntotal_hundredths=0",
     "components.0.passed=0", VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.term", "components.0.term=-", "components.0.term=3",
     VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.language", "components.0.language=-",
     "components.0.language=eng", VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.distribution",
     "components.0.distribution.0.grade=14\ncomponents.0.distribution.0.count=0\n"
     "components.0.distribution.1.grade=13\ncomponents.0.distribution.1.count=9",
     "components.0.distribution.0.grade=14\ncomponents.0.distribution.0.count=0\n"
     "components.0.distribution.1.grade=14\ncomponents.0.distribution.1.count=9",
     VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.distribution", "", "components.0.distribution.0.grade=14",
     VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.start", "start=-", "start=2026-9-14", VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.end", "end=-", "end=29.01.2027", VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.issued_on", "issued_on=2027-01-29", "issued_on=-",
     VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.total",
     "components.1.title=Two\ncomponents.1.ects_hundredths=450\ncomponents.1.grade=11\n"
     "components.1.passed=1\ntotal_hundredths=1000",
     "total_hundredths=551", VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.total", "", "total_hundredths=-", VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.total_plausible",
     "components.0.ects_hundredths=6000\ncomponents.1.title=2\ncomponents.1.ects_hundredths=6000\n"
     "components.1.grade=A\ncomponents.1.passed=1\ncomponents.2.title=3\n"
     "components.2.ects_hundredths=6000\ncomponents.2.grade=A\ncomponents.2.passed=1\n"
     "components.3.title=4\ncomponents.3.ects_hundredths=6000\ncomponents.3.grade=A\n"
     "components.3.passed=1\ntotal_hundredths=24000",
     "components.0.ects_hundredths=6000\ncomponents.1.title=2\ncomponents.1.ects_hundredths=6000\n"
     "components.1.grade=A\ncomponents.1.passed=1\ncomponents.2.title=3\n"
     "components.2.ects_hundredths=6000\ncomponents.2.grade=A\ncomponents.2.passed=1\n"
     "components.3.title=4\ncomponents.3.ects_hundredths=6000\ncomponents.3.grade=A\n"
     "components.3.passed=1\ncomponents.4.title=5\ncomponents.4.ects_hundredths=1\n"
     "components.4.grade=A\ncomponents.4.passed=1\ntotal_hundredths=24001",
     VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.comment", "comment=x2000", "comment=x2001", VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.dates_ordered", "end=2026-09-14", "end=2026-09-13",
     VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.dates_plausible", "issued_on=2100-12-31", "issued_on=2101-01-01",
     VERDICT_INVALID},
    {CREDIT_RECORD, "credit_record.issued_after_start", "issued_on=2026-09-14",
     "issued_on=2026-09-13", VERDICT_INVALID},
    {NOMINATION, "record.unit", "unit=x64", "unit=x65", VERDICT_INVALID},
    {DECISION, "record.unit", "unit=health", "unit= health", VERDICT_INVALID},
    {NOMINATION, "record.officer_name", "officer.name=x128", "officer.name=x129", VERDICT_INVALID},
    {WITHDRAWAL, "record.officer_name", "officer.name=Marta Maes\nofficer.role=Head",
     "officer.role=Head", VERDICT_INVALID},
    {CREDIT_RECORD, "record.officer_role", "officer.name=Marta Maes\nofficer.role=x128",
     "officer.name=Marta Maes\nofficer.role=x129", VERDICT_INVALID},
    {NOMINATION, "record.claim", "year=2027/2028", "@year=2027/2028", VERDICT_CONTRADICTS},
    {NOMINATION, "record.claim", "condition=-", "@condition=c2", VERDICT_CONTRADICTS},
    {AMENDMENT, "record.claim", "", "@year=2027/2028", VERDICT_CONTRADICTS},
    {DECISION, "record.claim", "outcome=2\nreason=level", "@outcome=2", VERDICT_CONTRADICTS},
    {AMENDMENT, "amendment.change", "person.email=new@student.example\n@change=1",
     "person.email=new@student.example\n@change=2", VERDICT_CONTRADICTS},
    {AMENDMENT, "amendment.change", "term=2\n@change=2", "term=2\n@change=1", VERDICT_CONTRADICTS},
    {AMENDMENT, "record.target", "@target=first", "@target=other\n@out_of_turn=1",
     VERDICT_OUT_OF_TURN},
    {DECISION, "record.target", "@target=second", "@target=other\n@out_of_turn=1",
     VERDICT_OUT_OF_TURN},
    {CREDIT_RECORD, "credit_record.supersedes", "@transcript=1\n@supersedes=1", "@transcript=1",
     VERDICT_OUT_OF_TURN},
    {CREDIT_RECORD, "credit_record.supersedes", "", "@supersedes=1", VERDICT_OUT_OF_TURN},
    {NOMINATION, "record.turn", "", "@out_of_turn=1", VERDICT_OUT_OF_TURN},
    {AMENDMENT, "record.turn", "", "@out_of_turn=1", VERDICT_OUT_OF_TURN},
    {DECISION, "record.turn", "", "@out_of_turn=1", VERDICT_OUT_OF_TURN},
    {WITHDRAWAL, "record.turn", "", "@out_of_turn=1", VERDICT_OUT_OF_TURN},
    {CREDIT_RECORD, "record.turn", "", "@out_of_turn=1", VERDICT_OUT_OF_TURN},

    {ARRIVAL, "arrival.date", "date=2026-09-30", "date=2026-09-31", VERDICT_INVALID},
    {ARRIVAL, "arrival.date", "", "date=-", VERDICT_INVALID},
    {ARRIVAL, "arrival.comment", "comment=x2000", "comment=x2001", VERDICT_INVALID},
    {ARRIVAL, "arrival.date_plausible", "date=2026-01-01", "date=1999-12-31", VERDICT_INVALID},
    {ARRIVAL, "arrival.in_period", "@start=2026-09-14\ndate=2026-07-14",
     "@start=2026-09-14\ndate=2026-07-13", VERDICT_INVALID},
    {ARRIVAL, "arrival.in_period", "@start=2026-09-01\n@end=2027-01-31\ndate=2027-01-31",
     "@start=2026-09-01\n@end=2027-01-31\ndate=2027-02-01", VERDICT_INVALID},
    {ARRIVAL, "arrival.in_period",
     "@start=2026-09-01\n@end=2027-01-31\n@extended=2027-03-01\ndate=2027-02-01",
     "@start=2026-09-01\n@end=2027-01-31\n@extended=2027-03-01\ndate=2027-03-02", VERDICT_INVALID},
    {ARRIVAL, "arrival.in_year", "date=2027-12-31", "date=2028-01-01", VERDICT_INVALID},
    {ARRIVAL, "arrival.in_year", "@start=2027-12-31\ndate=2028-01-01", "date=2025-12-31",
     VERDICT_INVALID},
    {ARRIVAL, "arrival.before_departure", "@departure=2026-09-10", "@departure=2026-09-09",
     VERDICT_INVALID},
    {ARRIVAL, "record.turn", "", "@out_of_turn=1", VERDICT_OUT_OF_TURN},
    {DEPARTURE, "departure.date", "date=2027-02-28", "date=2027-02-29", VERDICT_INVALID},
    {DEPARTURE, "departure.comment", "comment=-", "comment= ", VERDICT_INVALID},
    {DEPARTURE, "departure.date_plausible", "date=2100-12-31", "date=2101-01-01", VERDICT_INVALID},
    {DEPARTURE, "departure.after_arrival", "@arrival=2027-01-31", "@arrival=2027-02-01",
     VERDICT_INVALID},
    {DEPARTURE, "departure.stay_plausible", "@arrival=2026-01-01\ndate=2028-01-03",
     "@arrival=2026-01-01\ndate=2028-01-04", VERDICT_INVALID},
    {DEPARTURE, "record.turn", "", "@out_of_turn=1", VERDICT_OUT_OF_TURN},
    {EXTENSION, "extension.end", "end=2028-02-29", "end=soon", VERDICT_INVALID},
    {EXTENSION, "extension.end", "", "end=-", VERDICT_INVALID},
    {EXTENSION, "extension.comment", "comment=x2000", "comment=x2001", VERDICT_INVALID},
    {EXTENSION, "extension.end_plausible", "end=2100-12-31", "end=2101-01-01", VERDICT_INVALID},
    {EXTENSION, "extension.later", "@end=2027-06-29", "@end=2027-06-30", VERDICT_INVALID},
    {EXTENSION, "extension.after_arrival", "@arrival=2027-06-30", "@arrival=2027-07-01",
     VERDICT_INVALID},
    {EXTENSION, "extension.stay_plausible", "@arrival=2026-09-01\nend=2028-09-02",
     "@arrival=2026-09-01\nend=2028-09-03", VERDICT_INVALID},
    {EXTENSION, "record.turn", "", "@out_of_turn=1", VERDICT_OUT_OF_TURN},
    {REVOKE, "revoke.reason", "reason=absent", "reason=ill", VERDICT_INVALID},
    {REVOKE, "revoke.reason", "", "reason=-", VERDICT_INVALID},
    {REVOKE, "revoke.comment", "comment=x2000", "comment=x2001", VERDICT_INVALID},
    {REVOKE, "revoke.target", "@own=acceptance", "@own=recognition", VERDICT_OUT_OF_TURN},
    {REVOKE, "revoke.target", "@own=transcript\n@transcript=1", "@own=transcript",
     VERDICT_OUT_OF_TURN},
    {REVOKE, "revoke.target", "@own=recognition\n@recognised=1\n@lane=0",
     "@own=acceptance\n@lane=0", VERDICT_OUT_OF_TURN},
    {REVOKE, "record.turn", "", "@out_of_turn=1", VERDICT_OUT_OF_TURN},

    {RECOGNITION, "recognition.groups", "",
     "groups.0.components.0=-\ngroups.0.home.0.code=-\n"
     "groups.0.home.0.title=-\ngroups.0.home.0.ects_hundredths=-\ngroups.0.home.0.grade=-\n"
     "total_hundredths=0",
     VERDICT_INVALID},
    {RECOGNITION, "recognition.components",
     "@two=1\ngroups.0.components.1=1\n"
     "groups.0.home.0.ects_hundredths=1000\ntotal_hundredths=1000",
     "@two=1\ngroups.0.components.0=-\ngroups.0.components.1=1\ngroups.0.components.2=0\n"
     "groups.0.home.0.ects_hundredths=1000\ntotal_hundredths=1000",
     VERDICT_INVALID},
    {RECOGNITION, "recognition.components", "", "groups.0.components.0=-", VERDICT_INVALID},
    {RECOGNITION, "recognition.components", "",
     "groups.0.components.0=-\ngroups.0.components.1=0\ngroups.0.components.2=0", VERDICT_INVALID},
    {RECOGNITION, "recognition.component_once",
     "@two=1\ngroups.1.components.0=1\ngroups.1.reason=content",
     "@two=1\ngroups.1.components.0=0\ngroups.1.reason=content", VERDICT_INVALID},
    {RECOGNITION, "recognition.home", "@home=20", "@home=21", VERDICT_INVALID},
    {RECOGNITION, "recognition.code", "groups.0.home.0.code=-", "groups.0.home.0.code=x65",
     VERDICT_INVALID},
    {RECOGNITION, "recognition.title", "groups.0.home.0.title=x256", "groups.0.home.0.title=-",
     VERDICT_INVALID},
    {RECOGNITION, "recognition.ects", "groups.0.home.0.ects_hundredths=6000\ntotal_hundredths=6000",
     "groups.0.home.0.ects_hundredths=6001\ntotal_hundredths=6001", VERDICT_INVALID},
    {RECOGNITION, "recognition.ects", "", "groups.0.home.0.ects_hundredths=-\ntotal_hundredths=0",
     VERDICT_INVALID},
    {RECOGNITION, "recognition.grade", "groups.0.home.0.grade=-", "groups.0.home.0.grade=x33",
     VERDICT_INVALID},
    {RECOGNITION, "recognition.tables",
     "groups.0.home.0.host_table=x129\ngroups.0.home.0.host_grade=14",
     "groups.0.home.0.host_table=x130\ngroups.0.home.0.host_grade=14", VERDICT_INVALID},
    {RECOGNITION, "recognition.tables",
     "groups.0.home.0.host_table=A\ngroups.0.home.0.home_table=x129\n"
     "groups.0.home.0.host_grade=14",
     "groups.0.home.0.host_table=A\ngroups.0.home.0.home_table=x130\n"
     "groups.0.home.0.host_grade=14",
     VERDICT_INVALID},
    {RECOGNITION, "recognition.conversion",
     "groups.0.home.0.host_table=A\ngroups.0.home.0.home_table=B\n"
     "groups.0.home.0.conversion=3\ngroups.0.home.0.host_grade=14",
     "groups.0.home.0.host_table=A\ngroups.0.home.0.home_table=B\n"
     "groups.0.home.0.conversion=4\ngroups.0.home.0.host_grade=14",
     VERDICT_INVALID},
    {RECOGNITION, "recognition.converted",
     "groups.0.home.0.host_table=A\ngroups.0.home.0.host_grade=14", "groups.0.home.0.host_table=A",
     VERDICT_INVALID},
    {RECOGNITION, "recognition.converted", "", "groups.0.home.0.host_grade=14", VERDICT_INVALID},
    {RECOGNITION, "recognition.converted", "",
     "groups.0.home.0.host_table=A\ngroups.0.home.0.host_grade=14\n"
     "groups.0.home.0.conversion=1",
     VERDICT_INVALID},
    {RECOGNITION, "recognition.converted", "",
     "groups.0.home.0.host_table=A\ngroups.0.home.0.host_grade=14\n"
     "groups.0.home.0.grade=-",
     VERDICT_INVALID},
    {RECOGNITION, "recognition.host_grade",
     "groups.0.home.0.host_table=A\ngroups.0.home.0.host_grade=14",
     "groups.0.home.0.host_table=A\ngroups.0.home.0.host_grade=19", VERDICT_INVALID},
    {RECOGNITION, "recognition.reason", "groups.0.reason=other", "groups.0.reason=dislike",
     VERDICT_INVALID},
    {RECOGNITION, "recognition.reason_given",
     "@two=1\ngroups.1.components.0=1\n"
     "groups.1.reason=level",
     "@two=1\ngroups.1.components.0=1", VERDICT_INVALID},
    {RECOGNITION, "recognition.group_comment", "groups.0.comment=x2000", "groups.0.comment=x2001",
     VERDICT_INVALID},
    {RECOGNITION, "recognition.total",
     "groups.0.home.1.title=Stage\n"
     "groups.0.home.1.ects_hundredths=50\ntotal_hundredths=600",
     "total_hundredths=551", VERDICT_INVALID},
    {RECOGNITION, "recognition.total", "", "total_hundredths=-", VERDICT_INVALID},
    {RECOGNITION, "recognition.rule", "rule=x500", "rule=x501", VERDICT_INVALID},
    {RECOGNITION, "recognition.decided_on", "decided_on=2027-02-19", "decided_on=-",
     VERDICT_INVALID},
    {RECOGNITION, "recognition.comment", "comment=x2000", "comment=x2001", VERDICT_INVALID},
    {RECOGNITION, "recognition.decided_plausible", "decided_on=2100-12-31", "decided_on=2101-01-01",
     VERDICT_INVALID},
    {RECOGNITION, "recognition.target", "", "@target=other\n@out_of_turn=1", VERDICT_OUT_OF_TURN},
    {RECOGNITION, "recognition.supersedes", "@recognised=1\n@corrects=1", "@recognised=1",
     VERDICT_OUT_OF_TURN},
    {RECOGNITION, "recognition.supersedes", "", "@corrects=1", VERDICT_OUT_OF_TURN},
    {RECOGNITION, "record.turn", "", "@out_of_turn=1", VERDICT_OUT_OF_TURN},
    {RECOGNITION, "recognition.component_there",
     "@two=1\ngroups.1.components.0=1\ngroups.1.reason=content",
     "@two=1\ngroups.1.components.0=2\ngroups.1.reason=content", VERDICT_INVALID},
    {RECOGNITION, "recognition.complete", "", "@two=1", VERDICT_INVALID},
    {RECOGNITION, "recognition.complete",
     "@two=1\n@failed=1\n"
     "groups.0.components.0=-\ngroups.0.components.1=1",
     "@two=1\n@failed=1\n"
     "groups.0.home.0.ects_hundredths=0\ntotal_hundredths=0",
     VERDICT_INVALID},
    {RECOGNITION, "recognition.failed",
     "@failed=1\ngroups.0.home.0.ects_hundredths=0\ntotal_hundredths=0", "@failed=1",
     VERDICT_INVALID},
    {RECOGNITION, "recognition.less",
     "groups.0.home.0.ects_hundredths=549\ntotal_hundredths=549\ngroups.0.reason=content",
     "groups.0.home.0.ects_hundredths=549\ntotal_hundredths=549", VERDICT_INVALID},

    {NOMINATION, "record.claim", "agreement=01KAMB3Q8W2T5Y7Z9C4D6F8G0H\n@named=1",
     "agreement=01KAMB3Q8W2T5Y7Z9C4D6F8G0H", VERDICT_CONTRADICTS},
    {NOMINATION, "record.claim", "", "@named=1", VERDICT_CONTRADICTS},
    {TERMS, "record.claim", "replaces=01KAMB3Q8W2T5Y7Z9C4D6F8G0H\n@named=1",
     "replaces=01KAMB3Q8W2T5Y7Z9C4D6F8G0H", VERDICT_CONTRADICTS},
    {TERMS, "terms.reference", "reference=x64", "reference=x65", VERDICT_INVALID},
    {TERMS, "terms.reference", "", "reference=-", VERDICT_INVALID},
    {TERMS, "terms.conditions", "@conditions=100", "@conditions=101", VERDICT_INVALID},
    {TERMS, "terms.condition_id", "conditions.0.id=A-1_b.c", "conditions.0.id=c 1",
     VERDICT_INVALID},
    {TERMS, "terms.condition_id", "conditions.0.id=x32", "conditions.0.id=x33", VERDICT_INVALID},
    {TERMS, "terms.condition_id", "", "conditions.0.id=-", VERDICT_INVALID},
    {TERMS, "terms.condition_id_once", "conditions.1.id=C1", "conditions.1.id=c1", VERDICT_INVALID},
    {TERMS, "terms.sending", "conditions.0.sending=uhasselt.be", "conditions.0.sending=itg.be",
     VERDICT_INVALID},
    {TERMS, "terms.mobility", "conditions.0.mobility=7", "conditions.0.mobility=8",
     VERDICT_INVALID},
    {TERMS, "terms.first_year", "conditions.0.first_year=2028/2029",
     "conditions.0.first_year=2026/2028", VERDICT_INVALID},
    {TERMS, "terms.last_year", "conditions.0.last_year=2026/2027", "conditions.0.last_year=-",
     VERDICT_INVALID},
    {TERMS, "terms.places", "conditions.0.places=9999", "conditions.0.places=10000",
     VERDICT_INVALID},
    {TERMS, "terms.places", "conditions.0.places=0\nconditions.0.tenth_months=-",
     "conditions.0.places=-", VERDICT_INVALID},
    {TERMS, "terms.months", "conditions.0.tenth_months=480", "conditions.0.tenth_months=481",
     VERDICT_INVALID},
    {TERMS, "terms.months", "conditions.0.tenth_months=1", "conditions.0.tenth_months=0",
     VERDICT_INVALID},
    {TERMS, "terms.months", "", "conditions.1.tenth_months=10", VERDICT_INVALID},
    {TERMS, "terms.days", "conditions.1.days=1098", "conditions.1.days=1099", VERDICT_INVALID},
    {TERMS, "terms.days", "conditions.0.mobility=3\nconditions.0.days=20", "conditions.0.days=20",
     VERDICT_INVALID},
    {TERMS, "terms.duration", "conditions.0.places=0\nconditions.0.tenth_months=-",
     "conditions.0.tenth_months=-", VERDICT_INVALID},
    {TERMS, "terms.duration", "conditions.0.mobility=7\nconditions.0.tenth_months=-",
     "conditions.1.days=-", VERDICT_INVALID},
    {TERMS, "terms.isced_f", "conditions.0.isced_f.1=09\nconditions.0.isced_f.2=0913",
     "conditions.0.isced_f.1=9", VERDICT_INVALID},
    {TERMS, "terms.isced_f", "", "conditions.0.isced_f.1=12", VERDICT_INVALID},
    {TERMS, "terms.eqf", "conditions.0.eqf.1=8", "conditions.0.eqf.1=9", VERDICT_INVALID},
    {TERMS, "terms.eqf", "conditions.0.eqf.1=7", "conditions.0.eqf.1=6", VERDICT_INVALID},
    {TERMS, "terms.languages", "conditions.0.languages.0.level=-",
     "conditions.0.languages.0.level=D1", VERDICT_INVALID},
    {TERMS, "terms.degrees", "conditions.0.degrees=2", "conditions.0.degrees=3", VERDICT_INVALID},
    {TERMS, "terms.note", "conditions.0.note=x500", "conditions.0.note=x501", VERDICT_INVALID},
    {TERMS, "terms.legal", "legal=x4000", "legal=x4001", VERDICT_INVALID},
    {TERMS, "terms.replaces", "replaces=01KAMB3Q8W2T5Y7Z9C4D6F8G0H\n@named=1",
     "replaces=01KAMB3Q8W2T5Y7Z9C4D6F8G0", VERDICT_INVALID},
    {TERMS, "terms.replaces", "", "replaces=00000000000000000000000000", VERDICT_INVALID},
    {TERMS, "terms.comment", "comment=x2000", "comment=x2001", VERDICT_INVALID},
    {TERMS, "contacts.few", "@contacts=20", "@contacts=21", VERDICT_INVALID},
    {TERMS, "contacts.name", "contacts.0.name=x128", "contacts.0.name=x129", VERDICT_INVALID},
    {CONTACTS, "contacts.name", "", "contacts.0.email=a@b.example\ncontacts.0.name=-",
     VERDICT_INVALID},
    {CONTACTS, "contacts.role", "contacts.0.role=x128", "contacts.0.role=x129", VERDICT_INVALID},
    {CONTACTS, "contacts.email", "contacts.0.email=a@b.example", "contacts.0.email=a@b",
     VERDICT_INVALID},
    {CONTACTS, "contacts.phone", "contacts.0.phone=+32 4 220 00 00", "contacts.0.phone=x41",
     VERDICT_INVALID},
    {CONTACTS, "contacts.given", "@contacts=20", "contacts.0.name=-", VERDICT_INVALID},
    {TERMS, "terms.years_ordered", "conditions.0.last_year=2026/2027",
     "conditions.0.last_year=2025/2026", VERDICT_INVALID},
    {TERMS, "terms.years_few", "conditions.0.last_year=2036/2037",
     "conditions.0.last_year=2037/2038", VERDICT_INVALID},
    {TERMS, "terms.condition_kept", "@force=conditions.0.places:9",
     "@force=conditions.0.mobility:7", VERDICT_INVALID},
    {TERMS, "terms.condition_kept", "@force=conditions.0.id:old;conditions.0.mobility:7",
     "@force=conditions.0.sending:uhasselt.be", VERDICT_INVALID},
    {TERMS, "record.turn", "", "@out_of_turn=1", VERDICT_OUT_OF_TURN},
    {APPROVAL, "agreement.comment", "comment=x2000", "comment=x2001", VERDICT_INVALID},
    {DECLINATION, "agreement.comment", "comment=x2000", "comment= ", VERDICT_INVALID},
    {TERMINATION, "agreement.comment", "comment=x2000", "comment=x2001", VERDICT_INVALID},
    {DECLINATION, "declination.reason", "reason=other", "reason=quality", VERDICT_INVALID},
    {DECLINATION, "declination.reason", "", "reason=-", VERDICT_INVALID},
    {TAKE_BACK, "declination.reason", "reason=period", "reason=mistake", VERDICT_INVALID},
    {TERMINATION, "termination.reason", "reason=charter", "reason=places", VERDICT_INVALID},
    {TERMINATION, "termination.last_year", "last_year=2030/2031", "last_year=2030",
     VERDICT_INVALID},
    {TERMINATION, "termination.last_year", "", "last_year=-", VERDICT_INVALID},
    {TERMINATION, "record.claim", "", "@last_year=2028/2029", VERDICT_CONTRADICTS},
    {TERMINATION, "termination.notice", "@issued=2027-11-01", "@issued=2027-11-02",
     VERDICT_INVALID},
    {TERMINATION, "termination.notice", "@issued=2026-11-02\nlast_year=2027/2028",
     "@issued=2026-11-02\nlast_year=2026/2027", VERDICT_INVALID},
    {TERMINATION, "termination.notice", "@issued=2028-02-29\nlast_year=2028/2029",
     "@issued=2028-02-29\nlast_year=2027/2028", VERDICT_INVALID},
    {APPROVAL, "agreement.offer", "", "@target=other", VERDICT_OUT_OF_TURN},
    {DECLINATION, "agreement.offer", "", "@target=other", VERDICT_OUT_OF_TURN},
    {TAKE_BACK, "agreement.own_offer", "", "@target=other", VERDICT_OUT_OF_TURN},
    {TERMINATION, "agreement.in_force", "", "@target=other", VERDICT_OUT_OF_TURN},
    {APPROVAL, "record.turn", "", "@out_of_turn=1", VERDICT_OUT_OF_TURN},
    {CONTACTS, "record.turn", "", "@out_of_turn=1", VERDICT_OUT_OF_TURN},

    {NOMINATION, "nomination.agreement_in_force", "@agreement=1", "@agreement=0", VERDICT_INVALID},
    {NOMINATION, "nomination.agreement_replaced", "@agreement=1", "@agreement=1\n@replaced=1",
     VERDICT_INVALID},
    {NOMINATION, "nomination.condition_there", "@agreement=1", "@agreement=1\ncondition=c9",
     VERDICT_INVALID},
    {NOMINATION, "nomination.condition_there", "@agreement=1", "@agreement=1\ncondition=-",
     VERDICT_INVALID},
    {NOMINATION, "nomination.condition_there", "@agreement=o\n@force=conditions.0.id:new",
     "@agreement=1\n@force=conditions.0.id:new", VERDICT_INVALID},
    {AMENDMENT, "nomination.condition_there",
     "person.email=new@student.example\n@agreement=1\n@force=conditions.0.id:new",
     "term=2\n@agreement=1\n@force=conditions.0.id:new", VERDICT_INVALID},
    {NOMINATION, "nomination.condition_sending", "@agreement=1",
     "@agreement=1\n@force=conditions.0.sending:uhasselt.be", VERDICT_INVALID},
    {NOMINATION, "nomination.condition_kind",
     "@agreement=1\n@force=conditions.0.blended:1\nmobility=3\nstart=2026-09-14\n"
     "end=2026-09-30",
     "@agreement=1\nmobility=3\nstart=2026-09-14\nend=2026-09-30", VERDICT_INVALID},
    {NOMINATION, "nomination.condition_kind", "@agreement=1", "@agreement=1\nmobility=7",
     VERDICT_INVALID},
    {NOMINATION, "nomination.condition_year", "@agreement=1\nyear=2028/2029",
     "@agreement=1\nyear=2029/2030", VERDICT_INVALID},
    {NOMINATION, "nomination.condition_year", "@agreement=1\nyear=2026/2027",
     "@agreement=1\nyear=2025/2026", VERDICT_INVALID},
    {NOMINATION, "nomination.condition_year", "@agreement=1\n@ended=2026/2027",
     "@agreement=1\n@ended=2026/2027\nyear=2027/2028", VERDICT_INVALID},
    {NOMINATION, "nomination.condition_isced_f", "@agreement=1\nisced_f=0910",
     "@agreement=1\nisced_f=0921", VERDICT_INVALID},
    {NOMINATION, "nomination.condition_isced_f",
     "@agreement=1\n@force=conditions.0.isced_f.0:-\nisced_f=0921",
     "@agreement=1\n@force=conditions.0.isced_f.0:0912", VERDICT_INVALID},
    {NOMINATION, "nomination.condition_eqf", "@agreement=1\n@force=conditions.0.eqf.1:7\neqf=7",
     "@agreement=1\neqf=7", VERDICT_INVALID},
    {NOMINATION, "nomination.condition_eqf", "@agreement=1\n@force=conditions.0.eqf.0:-\neqf=8",
     "@agreement=1\neqf=5", VERDICT_INVALID},
    {DECISION, "decision.places", "@places=4\n@taken=3", "@places=4\n@taken=4", VERDICT_INVALID},
    {DECISION, "decision.places", "@places=0\n@taken=0\n@held=1", "@places=0\n@taken=0",
     VERDICT_INVALID},
    {LEARNING, "learning.units", "@units=199\nunits.1.recognised=-",
     "units.0.part=-\nunits.0.code=-\nunits.0.title=-\nunits.0.ects_hundredths=-\nunits.0.term=-\nunits.1.part=-\nunits.1.code=-\nunits.1.title=-\nunits.1.ects_hundredths=-\nunits.1.recognised=-",
     VERDICT_INVALID},
    {LEARNING, "learning.units", "@units=200\nunits.1.recognised=-",
     "@units=201\nunits.1.recognised=-", VERDICT_INVALID},
    {LEARNING, "learning.part", "units.0.part=3", "units.0.part=4", VERDICT_INVALID},
    {LEARNING, "learning.part", "", "units.0.part=-", VERDICT_INVALID},
    {LEARNING, "learning.code", "units.0.code=-", "units.0.code=x65", VERDICT_INVALID},
    {LEARNING, "learning.title", "units.0.title=x256", "units.0.title=-", VERDICT_INVALID},
    {LEARNING, "learning.ects", "units.0.ects_hundredths=6000", "units.0.ects_hundredths=6001",
     VERDICT_INVALID},
    {LEARNING, "learning.ects", "units.0.ects_hundredths=0", "units.0.ects_hundredths=-",
     VERDICT_INVALID},
    {LEARNING, "learning.term", "units.0.term=-", "units.0.term=3", VERDICT_INVALID},
    {LEARNING, "learning.recognised", "units.1.recognised=0", "units.0.recognised=0",
     VERDICT_INVALID},
    {LEARNING, "learning.unit_once",
     "units.2.part=1\nunits.2.code=3961\nunits.2.term=2\nunits.2.title=Two\nunits.2.ects_hundredths=1",
     "units.2.part=1\nunits.2.code=3961\nunits.2.term=1\nunits.2.title=Two\nunits.2.ects_hundredths=1",
     VERDICT_INVALID},
    {LEARNING, "learning.unit_once",
     "units.0.code=-\nunits.2.part=1\nunits.2.title=Two\nunits.2.ects_hundredths=1\nunits.2.term=1",
     "units.0.code=-\nunits.2.part=1\nunits.2.title=Health Promotion\nunits.2.ects_hundredths=1\nunits.2.term=1",
     VERDICT_INVALID},
    {LEARNING, "learning.studies", "units.0.part=3", "units.0.part=2", VERDICT_INVALID},
    {LEARNING, "learning.changes",
     "@learning=1\n@supersedes=1\nchanges.0.unit=0\nchanges.0.reason=other",
     "@learning=1\n@supersedes=1\nchanges.0.unit=0\nchanges.0.reason=other\n@changes=401",
     VERDICT_INVALID},
    {LEARNING, "learning.change_unit",
     "@learning=1\n@supersedes=1\nchanges.0.unit=1\nchanges.0.reason=other",
     "@learning=1\n@supersedes=1\nchanges.0.unit=2\nchanges.0.reason=other", VERDICT_INVALID},
    {LEARNING, "learning.change_unit",
     "@learning=1\n@supersedes=1\nchanges.0.unit=1\nchanges.0.goes=1\nchanges.0.reason=other",
     "@learning=1\n@supersedes=1\nchanges.0.unit=200\nchanges.0.goes=1\nchanges.0.reason=other",
     VERDICT_INVALID},
    {LEARNING, "learning.change_unit", "@learning=1\n@supersedes=1\n",
     "@learning=1\n@supersedes=1\nchanges.0.reason=other", VERDICT_INVALID},
    {LEARNING, "learning.change_reason",
     "@learning=1\n@supersedes=1\nchanges.0.unit=0\nchanges.0.reason=virtual",
     "@learning=1\n@supersedes=1\nchanges.0.unit=0\nchanges.0.reason=boring", VERDICT_INVALID},
    {LEARNING, "learning.change_reason", "@learning=1\n@supersedes=1\n",
     "@learning=1\n@supersedes=1\nchanges.0.unit=0", VERDICT_INVALID},
    {LEARNING, "learning.change_fits",
     "@learning=1\n@supersedes=1\nchanges.0.unit=0\nchanges.0.goes=1\nchanges.0.reason=conflict",
     "@learning=1\n@supersedes=1\nchanges.0.unit=0\nchanges.0.reason=conflict", VERDICT_INVALID},
    {LEARNING, "learning.change_fits",
     "@learning=1\n@supersedes=1\nchanges.0.unit=0\nchanges.0.reason=extension",
     "@learning=1\n@supersedes=1\nchanges.0.unit=0\nchanges.0.goes=1\nchanges.0.reason=extension",
     VERDICT_INVALID},
    {LEARNING, "learning.change_once",
     "@learning=1\n@supersedes=1\nchanges.0.unit=0\nchanges.0.reason=other\nchanges.1.unit=0\nchanges.1.goes=1\nchanges.1.reason=other",
     "@learning=1\n@supersedes=1\nchanges.0.unit=0\nchanges.0.reason=other\nchanges.1.unit=0\nchanges.1.reason=substitutes",
     VERDICT_INVALID},
    {LEARNING, "learning.start", "start=2026-09-30", "start=2026-09-31", VERDICT_INVALID},
    {LEARNING, "learning.end", "end=2028-02-29", "end=-", VERDICT_INVALID},
    {LEARNING, "learning.student_approved_on", "student_approved_on=2027-01-10",
     "student_approved_on=-", VERDICT_INVALID},
    {LEARNING, "learning.student_approved_by", "student_approved_by=meeting",
     "student_approved_by=rumour", VERDICT_INVALID},
    {LEARNING, "learning.student_approved_by", "student_approved_by=account",
     "student_approved_by=-", VERDICT_INVALID},
    {LEARNING, "learning.language", "language.language=-\nlanguage.level=-", "language.language=xx",
     VERDICT_INVALID},
    {LEARNING, "learning.language_level", "language.level=-", "language.level=B3", VERDICT_INVALID},
    {LEARNING, "learning.comment", "comment=x2000", "comment=x2001", VERDICT_INVALID},
    {LEARNING, "learning.dates_ordered", "end=2026-09-14", "end=2026-09-13", VERDICT_INVALID},
    {LEARNING, "learning.dates_plausible", "end=2100-12-31", "end=2101-01-01", VERDICT_INVALID},
    {LEARNING, "learning.approved_in_time", "student_approved_on=2027-01-29",
     "student_approved_on=2027-01-30", VERDICT_INVALID},
    {LEARNING, "learning.supersedes", "@learning=1\n@supersedes=1\n", "@learning=1",
     VERDICT_OUT_OF_TURN},
    {LEARNING, "learning.supersedes", "", "@supersedes=1", VERDICT_OUT_OF_TURN},
    {LEARNING, "learning.target", "@target=second", "@target=other\n@out_of_turn=1",
     VERDICT_OUT_OF_TURN},
    {LEARNING, "record.turn", "", "@out_of_turn=1", VERDICT_OUT_OF_TURN},
    {LEARNING, "learning.first",
     "@learning=1\n@supersedes=1\nchanges.0.unit=0\nchanges.0.reason=other",
     "changes.0.unit=0\nchanges.0.reason=other", VERDICT_INVALID},
    {LEARNING, "learning.change_goes",
     "@learning=1\n@supersedes=1\nchanges.0.unit=1\nchanges.0.goes=1\nchanges.0.reason=other",
     "@learning=1\n@supersedes=1\nchanges.0.unit=2\nchanges.0.goes=1\nchanges.0.reason=other",
     VERDICT_INVALID},
    {LEARNING, "learning.change_explained", "@learning=1\n@supersedes=1\nunits.0.code=4000",
     "@learning=1\n@supersedes=1\n@agreed=1\nunits.0.code=4000", VERDICT_INVALID},
    {LEARNING, "learning.change_explained",
     "@learning=1\n@supersedes=1\n@agreed=1\nunits.0.code=4000\nchanges.0.unit=0\nchanges.0.reason=substitutes\nchanges.1.unit=0\nchanges.1.goes=1\nchanges.1.reason=conflict",
     "@learning=1\n@supersedes=1\n@agreed=1\nunits.0.code=4000\nchanges.0.unit=0\nchanges.0.reason=substitutes",
     VERDICT_INVALID},
    {LEARNING, "learning.change_explained",
     "@learning=1\n@supersedes=1\n@agreed=1\nunits.0.ects_hundredths=600\nchanges.0.unit=0\nchanges.0.reason=other",
     "@learning=1\n@supersedes=1\n@agreed=1\nunits.0.ects_hundredths=600", VERDICT_INVALID},
    {LEARNING_DECISION, "learning_decision.outcome", "outcome=2\ncomment=No lab.", "outcome=3",
     VERDICT_INVALID},
    {LEARNING_DECISION, "learning_decision.outcome", "", "outcome=-", VERDICT_INVALID},
    {LEARNING_DECISION, "learning_decision.comment_given", "outcome=2\ncomment=No lab.",
     "outcome=2", VERDICT_INVALID},
    {LEARNING_DECISION, "learning_decision.comment", "comment=x2000", "comment=x2001",
     VERDICT_INVALID},
    {LEARNING_DECISION, "record.claim", "outcome=2\ncomment=No lab.", "@outcome=2",
     VERDICT_CONTRADICTS},
    {LEARNING_DECISION, "learning_decision.target", "", "@target=other\n@out_of_turn=1",
     VERDICT_OUT_OF_TURN},
    {LEARNING_DECISION, "learning_decision.target", "", "@agreed=1\n@out_of_turn=1",
     VERDICT_OUT_OF_TURN},
    {LEARNING_DECISION, "record.turn", "", "@out_of_turn=1", VERDICT_OUT_OF_TURN},
    {FACTSHEET, "factsheet.terms", "terms.1.term=2\nterms.1.starts=02-01\nterms.1.ends=06-30",
     "terms.1.term=2\nterms.1.starts=02-01\nterms.1.ends=06-30\nterms.2.term=3", VERDICT_INVALID},
    {FACTSHEET, "factsheet.terms", "",
     "terms.0.term=-\nterms.0.starts=-\nterms.0.ends=-\nterms.0.nominations=-\nterms.0.applications=-",
     VERDICT_INVALID},
    {FACTSHEET, "factsheet.term", "terms.0.term=2", "terms.0.term=3", VERDICT_INVALID},
    {FACTSHEET, "factsheet.term", "terms.1.term=2\nterms.1.starts=02-01\nterms.1.ends=06-30",
     "terms.1.term=1\nterms.1.starts=02-01\nterms.1.ends=06-30", VERDICT_INVALID},
    {FACTSHEET, "factsheet.starts", "terms.0.starts=02-29", "terms.0.starts=02-30",
     VERDICT_INVALID},
    {FACTSHEET, "factsheet.starts", "terms.0.starts=12-31", "terms.0.starts=-", VERDICT_INVALID},
    {FACTSHEET, "factsheet.ends", "terms.0.ends=06-30", "terms.0.ends=06-31", VERDICT_INVALID},
    {FACTSHEET, "factsheet.nominations", "terms.0.nominations=-", "terms.0.nominations=13-01",
     VERDICT_INVALID},
    {FACTSHEET, "factsheet.applications", "terms.0.applications=-",
     "terms.0.applications=2026-05-01", VERDICT_INVALID},
    {FACTSHEET, "factsheet.results", "terms.0.results=02-15", "terms.0.results=02-30",
     VERDICT_INVALID},
    {FACTSHEET, "factsheet.zone", "zone=America/Argentina/Ushuaia", "zone=../etc/passwd",
     VERDICT_INVALID},
    {FACTSHEET, "factsheet.zone", "zone=UTC", "zone=-", VERDICT_INVALID},
    {FACTSHEET, "factsheet.decision_weeks", "decision_weeks=52", "decision_weeks=53",
     VERDICT_INVALID},
    {FACTSHEET, "factsheet.decision_weeks", "decision_weeks=-", "decision_weeks=0",
     VERDICT_INVALID},
    {FACTSHEET, "factsheet.transcript_weeks", "transcript_weeks=1", "transcript_weeks=0",
     VERDICT_INVALID},
    {FACTSHEET, "factsheet.languages", "@languages=20", "@languages=21", VERDICT_INVALID},
    {FACTSHEET, "factsheet.language", "languages.1.language=fr", "languages.1.language=en",
     VERDICT_INVALID},
    {FACTSHEET, "factsheet.language_level", "languages.0.level=-", "languages.0.level=b2",
     VERDICT_INVALID},
    {FACTSHEET, "factsheet.fields", "@isced_f=150", "@isced_f=151", VERDICT_INVALID},
    {FACTSHEET, "factsheet.isced_f", "isced_f=09", "isced_f=11", VERDICT_INVALID},
    {FACTSHEET, "factsheet.isced_f", "isced_f=091", "isced_f=0", VERDICT_INVALID},
    {FACTSHEET, "factsheet.contacts", "@contacts=20", "@contacts=21", VERDICT_INVALID},
    {FACTSHEET, "factsheet.contact", "contacts.0.phone=+32 4 220 16 00", "contacts.0.phone=x33",
     VERDICT_INVALID},
    {FACTSHEET, "factsheet.contact", "contacts.0.name=x128", "contacts.0.name=-", VERDICT_INVALID},
    {FACTSHEET, "factsheet.contact_email", "contacts.0.email=-", "contacts.0.email=office",
     VERDICT_INVALID},
    {FACTSHEET, "factsheet.website", "website=-", "website=http://www.helmo.be", VERDICT_INVALID},
    {FACTSHEET, "factsheet.website", "website=https://h", "website=https://", VERDICT_INVALID},
    {FACTSHEET, "factsheet.requirements", "requirements=x2000", "requirements=x2001",
     VERDICT_INVALID},
    {FACTSHEET, "factsheet.name", "name=x256", "name=x257", VERDICT_INVALID},
    {FACTSHEET, "factsheet.erasmus_code", "erasmus_code=B  LIEGE37", "erasmus_code=B LIEGE37",
     VERDICT_INVALID},
    {FACTSHEET, "factsheet.country", "country=-", "country=UK", VERDICT_INVALID},
    {FACTSHEET, "record.turn", "", "@out_of_turn=1", VERDICT_OUT_OF_TURN},
    {GRADING_TABLE, "grading_table.scheme", "scheme=x32", "scheme=x33", VERDICT_INVALID},
    {GRADING_TABLE, "grading_table.scheme", "scheme=A.b-c_1", "scheme=be 20", VERDICT_INVALID},
    {GRADING_TABLE, "grading_table.grades", "@grades=101\ngrades.1.grade=9",
     "@grades=102\ngrades.1.grade=9", VERDICT_INVALID},
    {GRADING_TABLE, "grading_table.grades", "",
     "grades.1.grade=-\ngrades.1.count=-\ngrades.1.passing=-", VERDICT_INVALID},
    {GRADING_TABLE, "grading_table.grade", "grades.0.grade=30 e lode", "grades.0.grade=x33",
     VERDICT_INVALID},
    {GRADING_TABLE, "grading_table.grade_once", "grades.1.grade=-3", "grades.1.grade=20",
     VERDICT_INVALID},
    {GRADING_TABLE, "grading_table.passing", "grades.1.passing=1", "grades.1.passing=-",
     VERDICT_INVALID},
    {GRADING_TABLE, "grading_table.order", "grades.1.passing=1",
     "grades.0.passing=0\ngrades.1.passing=1", VERDICT_INVALID},
    {GRADING_TABLE, "grading_table.count", "grades.1.count=0", "grades.1.count=-", VERDICT_INVALID},
    {GRADING_TABLE, "grading_table.count",
     "grades.0.count=-\ngrades.0.percent_millionths=500000\ngrades.1.count=-\ngrades.1.percent_millionths=99500000",
     "grades.1.count=-\ngrades.1.percent_millionths=500000", VERDICT_INVALID},
    {GRADING_TABLE, "grading_table.count", "grades.1.count=100000000", "grades.1.count=100000001",
     VERDICT_INVALID},
    {GRADING_TABLE, "grading_table.counted", "grades.0.count=1", "grades.0.count=0",
     VERDICT_INVALID},
    {GRADING_TABLE, "grading_table.isced_f", "isced_f=0923", "isced_f=0924", VERDICT_INVALID},
    {GRADING_TABLE, "grading_table.eqf", "eqf=8", "eqf=9", VERDICT_INVALID},
    {GRADING_TABLE, "grading_table.years", "first_year=-\nlast_year=-", "first_year=-",
     VERDICT_INVALID},
    {GRADING_TABLE, "grading_table.years", "first_year=2025/2026", "first_year=2026/2027",
     VERDICT_INVALID},
    {GRADING_TABLE, "grading_table.label", "label=x128", "label=x129", VERDICT_INVALID},
    {GRADING_TABLE, "record.turn", "", "@out_of_turn=1", VERDICT_OUT_OF_TURN},
    {COURSE_LIST, "course_list.year", "year=2027/2028", "year=2027", VERDICT_INVALID},
    {COURSE_LIST, "course_list.courses", "@courses=500", "@courses=501", VERDICT_INVALID},
    {COURSE_LIST, "course_list.code", "courses.0.code=x64", "courses.0.code=-", VERDICT_INVALID},
    {COURSE_LIST, "course_list.course_once",
     "courses.1.code=3961\ncourses.1.title=Two\ncourses.1.ects_hundredths=1\ncourses.1.term=2",
     "courses.1.code=3961\ncourses.1.title=Two\ncourses.1.ects_hundredths=1\ncourses.1.term=1",
     VERDICT_INVALID},
    {COURSE_LIST, "course_list.title", "courses.0.title=x256", "courses.0.title=-",
     VERDICT_INVALID},
    {COURSE_LIST, "course_list.title_language", "courses.0.title_language=-",
     "courses.0.title_language=english", VERDICT_INVALID},
    {COURSE_LIST, "course_list.ects", "courses.0.ects_hundredths=6000",
     "courses.0.ects_hundredths=6001", VERDICT_INVALID},
    {COURSE_LIST, "course_list.ects", "", "courses.0.ects_hundredths=-", VERDICT_INVALID},
    {COURSE_LIST, "course_list.isced_f", "courses.0.isced_f=092", "courses.0.isced_f=1111",
     VERDICT_INVALID},
    {COURSE_LIST, "course_list.eqf", "courses.0.eqf=1", "courses.0.eqf=0", VERDICT_INVALID},
    {COURSE_LIST, "course_list.term", "courses.0.term=-", "courses.0.term=0", VERDICT_INVALID},
    {COURSE_LIST, "course_list.language", "courses.0.language=-", "courses.0.language=eng",
     VERDICT_INVALID},
    {COURSE_LIST, "course_list.hours", "courses.0.hours=10000", "courses.0.hours=10001",
     VERDICT_INVALID},
    {COURSE_LIST, "course_list.scheme", "courses.0.scheme=-", "courses.0.scheme=be/20",
     VERDICT_INVALID},
    {COURSE_LIST, "record.turn", "", "@out_of_turn=1", VERDICT_OUT_OF_TURN},
};

enum { CASE_COUNT = sizeof cases / sizeof *cases };

static void a_case_that_holds_is_fine(void **)
{
    for (size_t i = 0; i < CASE_COUNT; i++) {
        struct scene scene;
        struct rules_finding finding = {0};
        scene_open(&scene, cases[i].kind, cases[i].holds);
        if (rules_judge(&scene.subject, &finding) != VERDICT_FINE)
            fail_msg("case %zu for %s found %s", i, cases[i].rule, finding.rule);
        assert_null(finding.rule);
        assert_int_equal(rules_form(scene.subject.kind, scene.subject.body, NULL, NULL), 0);
        scene_close(&scene);
    }
}

static void a_case_that_breaks_a_rule_earns_it_and_its_verdict(void **)
{
    for (size_t i = 0; i < CASE_COUNT; i++) {
        struct scene scene;
        struct rules_finding finding = {0};
        scene_open(&scene, cases[i].kind, cases[i].breaks);
        enum verdict verdict = rules_judge(&scene.subject, &finding);
        if (verdict == VERDICT_FINE || strcmp(finding.rule, cases[i].rule) != 0)
            fail_msg("case %zu for %s found %s", i, cases[i].rule,
                     finding.rule ? finding.rule : "nothing");
        assert_int_equal(verdict, cases[i].verdict);
        assert_int_equal(finding.verdict, verdict);
        scene_close(&scene);
    }
}

static void no_rule_is_without_a_case_on_each_side(void **)
{
    const struct rules_row *row;
    for (size_t i = 0; (row = rules_row(i)); i++) {
        size_t found = 0;
        for (size_t j = 0; j < CASE_COUNT; j++)
            found += strcmp(cases[j].rule, row->rule) == 0;
        if (!found)
            fail_msg("%s has no case", row->rule);
    }
}

static void no_case_is_without_a_rule(void **)
{
    for (size_t i = 0; i < CASE_COUNT; i++) {
        const struct rules_row *row = NULL;
        for (size_t j = 0; (row = rules_row(j)); j++)
            if (strcmp(cases[i].rule, row->rule) == 0)
                break;
        if (!row)
            fail_msg("%s is no rule", cases[i].rule);
    }
}

static void every_rule_has_its_sentences_and_an_id_of_its_own(void **)
{
    const struct rules_row *row;
    size_t count = 0;
    for (; (row = rules_row(count)); count++) {
        assert_non_null(strchr(row->rule, '.'));
        assert_true(row->expected && *row->expected);
        assert_true(row->remedy && row->remedy[strlen(row->remedy) - 1] == '.');
        for (size_t j = 0; j < count; j++)
            assert_string_not_equal(rules_row(j)->rule, row->rule);
    }
    assert_true(count > 50);
    assert_null(rules_row(count));
    assert_null(rules_row(SIZE_MAX));
}

/* A path names a field of the body, or of the header. */
static void every_path_leads_to_a_field(void **)
{
    const struct rules_row *row;
    for (size_t i = 0; (row = rules_row(i)); i++) {
        if (!row->field)
            continue;
        bool found = false;
        const ProtobufCMessageDescriptor *roots[] = {&peregrin__nomination__descriptor,
                                                     &peregrin__decision__descriptor,
                                                     &peregrin__withdrawal__descriptor,
                                                     &peregrin__credit_record__descriptor,
                                                     &peregrin__stay_day__descriptor,
                                                     &peregrin__extension__descriptor,
                                                     &peregrin__revoke__descriptor,
                                                     &peregrin__recognition__descriptor,
                                                     &peregrin__terms__descriptor,
                                                     &peregrin__declination__descriptor,
                                                     &peregrin__termination__descriptor,
                                                     &peregrin__contacts__descriptor,
                                                     &peregrin__learning_agreement__descriptor,
                                                     &peregrin__learning_decision__descriptor,
                                                     &peregrin__factsheet__descriptor,
                                                     &peregrin__grading_table__descriptor,
                                                     &peregrin__course_list__descriptor,
                                                     &peregrin__header__descriptor};
        for (size_t j = 0; j < sizeof roots / sizeof *roots && !found; j++) {
            char path[128], *rest, *name;
            snprintf(path, sizeof path, "%s", row->field);
            const ProtobufCMessageDescriptor *type = roots[j];
            found = true;
            for (name = strtok_r(path, ".", &rest); name; name = strtok_r(NULL, ".", &rest)) {
                const ProtobufCFieldDescriptor *field =
                    type ? protobuf_c_message_descriptor_get_field_by_name(type, name) : NULL;
                found = found && field;
                type = field ? field->descriptor : NULL;
            }
        }
        if (!found)
            fail_msg("%s names %s", row->rule, row->field);
    }
}

/* One record that breaks every step, mended step by step from the top. */
static void the_ladder_is_climbed_from_the_form_to_the_turn(void **)
{
    static const struct {
        const char *script, *rule;
    } steps[] = {
        {"eqf=9\n@year=2027/2028\nstart=2026-09-14\nend=2026-09-01\n@change=1\n@out_of_turn=1",
         "nomination.eqf"},
        {"@year=2027/2028\nstart=2026-09-14\nend=2026-09-01\n@change=1\n@out_of_turn=1",
         "record.claim"},
        {"start=2026-09-14\nend=2026-09-01\n@change=1\n@out_of_turn=1", "nomination.dates_ordered"},
        {"start=2026-09-14\nend=2027-02-01\n@change=1\n@out_of_turn=1", "amendment.change"},
        {"start=2026-09-14\nend=2027-02-01\n@out_of_turn=1", "record.turn"},
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct scene scene;
        struct rules_finding finding = {0};
        scene_open(&scene, AMENDMENT, steps[i].script);
        assert_true(rules_judge(&scene.subject, &finding) != VERDICT_FINE);
        assert_string_equal(finding.rule, steps[i].rule);
        scene_close(&scene);
    }
}

static void of_an_erased_record_only_the_turn_is_judged(void **)
{
    struct scene scene;
    struct rules_finding finding = {0};
    scene_open(&scene, AMENDMENT, "eqf=9\n@year=2027/2028\n@change=1");
    scene.subject.body = NULL;
    assert_int_equal(rules_judge(&scene.subject, &finding), VERDICT_FINE);
    scene.subject.out_of_turn = true;
    assert_int_equal(rules_judge(&scene.subject, &finding), VERDICT_OUT_OF_TURN);
    scene_close(&scene);
}

static void without_the_revision_the_change_class_is_believed(void **)
{
    struct scene scene;
    struct rules_finding finding = {0};
    scene_open(&scene, AMENDMENT, "term=2\n@change=1");
    assert_int_equal(rules_judge(&scene.subject, &finding), VERDICT_CONTRADICTS);
    scene.subject.revision = NULL;
    assert_int_equal(rules_judge(&scene.subject, &finding), VERDICT_FINE);
    scene_close(&scene);
}

/* Erased, withheld, or not come yet: what is not here says nothing. */
static void what_other_records_would_say_is_left_out_where_they_are_not_here(void **)
{
    static const struct {
        uint32_t kind;
        const char *script;
    } broken[] = {{ARRIVAL, "@departure=2026-09-09"},
                  {ARRIVAL, "date=2028-01-01"},
                  {DEPARTURE, "@arrival=2027-02-01"},
                  {EXTENSION, "@end=2027-06-30"},
                  {RECOGNITION, "@failed=1"},
                  {RECOGNITION, "@two=1"},
                  {LEARNING, "@learning=1\n@supersedes=1\n@agreed=1\nunits.0.title=Other"}};
    static const struct rules_facts nothing;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct scene scene;
        struct rules_finding finding = {0};
        scene_open(&scene, broken[i].kind, broken[i].script);
        assert_int_equal(rules_judge(&scene.subject, &finding), VERDICT_INVALID);
        scene.subject.facts = &nothing;
        assert_int_equal(rules_judge(&scene.subject, &finding), VERDICT_FINE);
        scene.subject.facts = NULL;
        assert_int_equal(rules_judge(&scene.subject, &finding), VERDICT_FINE);
        scene_close(&scene);
    }
}

static void a_refusal_is_never_refused(void **)
{
    struct scene scene;
    struct rules_finding finding = {0};
    scene_open(&scene, REFUSAL, "@code=3\n@target=other\n@out_of_turn=1");
    assert_int_equal(rules_judge(&scene.subject, &finding), VERDICT_FINE);
    assert_int_equal(rules_form(scene.subject.kind, scene.subject.body, NULL, NULL), 0);
    scene_close(&scene);
}

/* What each kind of mobility cannot be without. */
static void only_what_the_kind_needs_is_mandatory(void **)
{
    static const struct {
        const char *mobility, *leaves_out, *rule;
    } wanted[] = {
        {"1", "eqf=-", "nomination.eqf"},
        {"1", "isced_f=-", "nomination.isced_f"},
        {"1", "term=-", NULL},         /* the dates are there */
        {"1", "start=-\nend=-", NULL}, /* the term is there */
        {"1", "term=-\nstart=-\nend=-", "nomination.period"},
        {"2", "eqf=-", "nomination.eqf"},
        {"2", "isced_f=-", "nomination.isced_f"},
        {"2", "end=-", "nomination.period"},
        {"3", "eqf=-", "nomination.eqf"},
        {"3", "start=-", "nomination.period"},
        {"4", "isced_f=-", "nomination.isced_f"},
        {"4", "start=-\nend=-", "nomination.period"},
        {"5", "eqf=-\nisced_f=-\nterm=-", NULL},
        {"5", "start=-", "nomination.period"},
        {"6", "eqf=-\nisced_f=-\nterm=-", NULL},
        {"6", "end=-", "nomination.period"},
        {"7", "eqf=-", "nomination.eqf"},
        {"7", "start=-\nend=-", NULL},
        {"7", "term=-\nstart=-\nend=-", "nomination.period"},
        {"1",
         "person.gender=-\nperson.nationality=-\nperson.esi=-\nperson.name_language=-\n"
         "languages.0.language=-\nlanguages.0.level=-\nagreement=-\ncondition=-\ncomment=-",
         NULL},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        char script[512];
        struct scene scene;
        struct rules_finding finding = {0};
        snprintf(script, sizeof script, "%s\nmobility=%s%s%s", wanted[i].leaves_out,
                 wanted[i].mobility,
                 script_has(wanted[i].leaves_out, "start") ? "" : "\nstart=2026-09-14",
                 script_has(wanted[i].leaves_out, "end") ? "" : "\nend=2026-12-20");
        scene_open(&scene, NOMINATION, script);
        enum verdict verdict = rules_judge(&scene.subject, &finding);
        if (verdict != (wanted[i].rule ? VERDICT_INVALID : VERDICT_FINE))
            fail_msg("row %zu found %s", i, finding.rule ? finding.rule : "nothing");
        if (wanted[i].rule)
            assert_string_equal(finding.rule, wanted[i].rule);
        scene_close(&scene);
    }
}

static void an_empty_body_is_judged_without_harm(void **)
{
    static const struct {
        uint32_t kind;
        size_t findings;
    } empty[] = {{NOMINATION, 6},    {DECISION, 1},   {WITHDRAWAL, 0},        {CREDIT_RECORD, 3},
                 {ARRIVAL, 1},       {DEPARTURE, 1},  {EXTENSION, 1},         {REVOKE, 1},
                 {RECOGNITION, 3},   {LEARNING, 5},   {LEARNING_DECISION, 1}, {FACTSHEET, 2},
                 {GRADING_TABLE, 2}, {COURSE_LIST, 2}};
    struct arena *arena = arena_open(1 << 16);
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        const struct kind *kind = kind_of(empty[i].kind);
        const ProtobufCMessage *body = walk_new(kind->body, arena);
        assert_int_equal(rules_form(kind, body, NULL, NULL), empty[i].findings);
    }
    arena_close(arena);
}

struct heard {
    size_t count;
    struct rules_finding findings[8];
};

static void hear(void *self, const struct rules_finding *finding)
{
    struct heard *heard = self;
    assert_true(heard->count < sizeof heard->findings / sizeof *heard->findings);
    heard->findings[heard->count++] = *finding;
}

static bool is_row_of(const struct rules_finding *finding)
{
    const struct rules_row *row;
    for (size_t i = 0; (row = rules_row(i)); i++)
        if (row->rule == finding->rule && row->field == finding->field &&
            row->expected == finding->expected && row->remedy == finding->remedy)
            return true;
    return false;
}

/* An import shows every bad cell, not only the first; and never what stood in it: a finding points
 * to nothing but the rule's own texts. */
static void an_import_hears_every_finding_and_no_value(void **)
{
    static const struct {
        const char *rule;
        size_t element;
    } expected[] = {
        {"nomination.birth_date", RULES_ELEMENT_NONE},
        {"nomination.email", RULES_ELEMENT_NONE},
        {"nomination.isced_f", RULES_ELEMENT_NONE},
        {"nomination.language", 1},
        {"nomination.language_level", 2},
        {"nomination.dates_ordered", RULES_ELEMENT_NONE},
    };
    struct scene scene;
    struct heard heard = {0};
    scene_open(&scene, NOMINATION,
               "person.birth_date=2003-02-29\nperson.email=j.novak@uni\nisced_f=1234\n"
               "languages.1.language=xx\nlanguages.2.language=fr\nlanguages.2.level=D1\n"
               "start=2026-09-14\nend=2026-09-01");
    assert_int_equal(rules_form(scene.subject.kind, scene.subject.body, hear, &heard),
                     sizeof expected / sizeof *expected);
    assert_int_equal(heard.count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < heard.count; i++) {
        assert_string_equal(heard.findings[i].rule, expected[i].rule);
        assert_int_equal(heard.findings[i].element, expected[i].element);
        assert_int_equal(heard.findings[i].verdict, VERDICT_INVALID);
        assert_true(is_row_of(&heard.findings[i]));
    }
    scene_close(&scene);
}

/* Together with the fold: the host decides on the revision before a correction that keeps, having
 * received the correction meanwhile. That binds, and so it is no offence. */
static void a_decision_on_a_revision_that_was_kept_is_fine(void **)
{
    struct dossier_entry entries[] = {
        {.lane = 0, .index = 0, .id = {{1}}, .kind = NOMINATION, .schema = 1},
        {.lane = 0,
         .index = 1,
         .id = {{2}},
         .previous = {{1}},
         .target = {{1}},
         .kind = AMENDMENT,
         .schema = 1,
         .change = PEREGRIN__CHANGE__CHANGE_KEEPS},
        {.lane = 1,
         .index = 0,
         .id = {{3}},
         .target = {{1}},
         .has_seen = true,
         .seen_index = 1,
         .seen_id = {{2}},
         .kind = DECISION,
         .schema = 1,
         .outcome = PEREGRIN__OUTCOME__OUTCOME_ACCEPT},
    };
    for (uint32_t change = PEREGRIN__CHANGE__CHANGE_KEEPS;
         change <= PEREGRIN__CHANGE__CHANGE_REOPENS; change++) {
        struct scene scene;
        struct rules_finding finding = {0};
        struct dossier whole;
        scene_open(&scene, DECISION, "");
        entries[1].change = change;
        dossier_fold(entries, 3, (struct dossier_limits) {{UINT32_MAX, UINT32_MAX}}, &whole);
        scene.subject.out_of_turn = entries[2].out_of_turn;
        dossier_fold(entries, 3, (struct dossier_limits) {{2, 0}}, &scene.seen);
        scene.header.target = entries[2].target;
        bool kept = change == PEREGRIN__CHANGE__CHANGE_KEEPS;
        assert_int_equal(rules_judge(&scene.subject, &finding),
                         kept ? VERDICT_FINE : VERDICT_OUT_OF_TURN);
        assert_string_equal(kept ? "record.target" : finding.rule, "record.target");
        scene_close(&scene);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_case_that_holds_is_fine),
        cmocka_unit_test(a_case_that_breaks_a_rule_earns_it_and_its_verdict),
        cmocka_unit_test(no_rule_is_without_a_case_on_each_side),
        cmocka_unit_test(no_case_is_without_a_rule),
        cmocka_unit_test(every_rule_has_its_sentences_and_an_id_of_its_own),
        cmocka_unit_test(every_path_leads_to_a_field),
        cmocka_unit_test(the_ladder_is_climbed_from_the_form_to_the_turn),
        cmocka_unit_test(of_an_erased_record_only_the_turn_is_judged),
        cmocka_unit_test(without_the_revision_the_change_class_is_believed),
        cmocka_unit_test(what_other_records_would_say_is_left_out_where_they_are_not_here),
        cmocka_unit_test(a_refusal_is_never_refused),
        cmocka_unit_test(only_what_the_kind_needs_is_mandatory),
        cmocka_unit_test(an_empty_body_is_judged_without_harm),
        cmocka_unit_test(an_import_hears_every_finding_and_no_value),
        cmocka_unit_test(a_decision_on_a_revision_that_was_kept_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
