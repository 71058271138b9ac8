#include "elmo/elmo.h"

#include "base/instant.h"
#include "grade/credits.h"

#include <libxml/xmlwriter.h>
#include <string.h>

static const xmlChar *as_xml(const char *text)
{
    return (const xmlChar *)text;
}

/* Once something could not be written, nothing more is. */
struct pen {
    xmlTextWriter *writer;
    struct arena *arena;
    uint32_t replaced; /* characters that XML has no room for */
    bool fine;
};

/* U+FFFE and U+FFFF are no characters of XML, and no reader takes a document that has them. The
 * sign for what cannot be shown stands in their place, and the document says how often. */
static const xmlChar *said(struct pen *pen, const char *text)
{
    enum { SIZE = 3 };
    static const char no_room[] = "\xEF\xBF", sign = '\xBD';
    char *kept = NULL;
    for (const char *at = text; (at = strstr(at, no_room)); at += SIZE) {
        if (at[2] != '\xBE' && at[2] != '\xBF')
            continue;
        kept = kept ? kept : arena_text(pen->arena, bytes_text(text));
        if (!kept) {
            pen->fine = false;
            return as_xml("");
        }
        kept[at - text + 2] = sign;
        pen->replaced++;
    }
    return as_xml(kept ? kept : text);
}

static void check(struct pen *pen, int result)
{
    pen->fine = pen->fine && result >= 0;
}

static void begin(struct pen *pen, const char *name)
{
    check(pen, xmlTextWriterStartElement(pen->writer, as_xml(name)));
}

static void end(struct pen *pen)
{
    check(pen, xmlTextWriterEndElement(pen->writer));
}

static void attribute(struct pen *pen, const char *name, const char *value)
{
    if (value && value[0])
        check(pen, xmlTextWriterWriteAttribute(pen->writer, as_xml(name), said(pen, value)));
}

/* Nothing where there is nothing to say. */
static void element(struct pen *pen, const char *name, const char *text)
{
    if (text && text[0])
        check(pen, xmlTextWriterWriteElement(pen->writer, as_xml(name), said(pen, text)));
}

static void with(struct pen *pen, const char *name, const char *which, const char *value,
                 const char *text)
{
    if (!text || !text[0])
        return;
    begin(pen, name);
    attribute(pen, which, value);
    check(pen, xmlTextWriterWriteString(pen->writer, said(pen, text)));
    end(pen);
}

static void number(struct pen *pen, const char *name, bool has, uint32_t value)
{
    if (has)
        element(pen, name, arena_format(pen->arena, "%u", value));
}

/* ---- parts -------------------------------------------------------------------------------------
 */

static const char *names_of(const struct pen *pen, const Peregrin__Person *person)
{
    return arena_format(pen->arena, "%s %s", person->given_names ? person->given_names : "",
                        person->family_name ? person->family_name : "");
}

static void learner(struct pen *pen, const Peregrin__Person *person)
{
    begin(pen, "learner");
    with(pen, "citizenship", "type", "country-alpha2", person->nationality);
    with(pen, "identifier", "type", "esi", person->esi);
    check(pen,
          xmlTextWriterWriteElement(pen->writer, as_xml("givenNames"),
                                    said(pen, person->given_names ? person->given_names : "")));
    check(pen,
          xmlTextWriterWriteElement(pen->writer, as_xml("familyName"),
                                    said(pen, person->family_name ? person->family_name : "")));
    with(pen, "alternativeName", "xml:lang", person->name_language, names_of(pen, person));
    element(pen, "bday", person->birth_date);
    number(pen, "gender", person->has_gender, person->gender);
    end(pen);
}

static void issuer(struct pen *pen, const struct elmo_party *party)
{
    begin(pen, "issuer");
    with(pen, "country", "type", "country-alpha2", party->country);
    with(pen, "identifier", "type", "schac", party->schac);
    element(pen, "title", party->name);
    element(pen, "url", arena_format(pen->arena, "https://%s/", party->schac));
    end(pen);
}

static void distribution(struct pen *pen, const Peregrin__Component *one)
{
    if (!one->n_distribution)
        return;
    begin(pen, "resultDistribution");
    for (size_t i = 0; i < one->n_distribution; i++) {
        begin(pen, "category");
        attribute(pen, "label", one->distribution[i]->grade);
        attribute(pen, "count", arena_format(pen->arena, "%u", one->distribution[i]->count));
        end(pen);
    }
    end(pen);
}

static void instance(struct pen *pen, const Peregrin__Component *one)
{
    begin(pen, "learningOpportunityInstance");
    element(pen, "status", one->passed ? "passed" : "failed");
    element(pen, "gradingSchemeLocalId", one->scheme);
    element(pen, "resultLabel", one->grade);
    distribution(pen, one);
    begin(pen, "credit");
    element(pen, "scheme", "ects");
    element(pen, "value", credits_text(one->ects_hundredths, pen->arena));
    end(pen);
    element(pen, "languageOfInstruction", one->language);
    number(pen, "engagementHours", one->has_hours, one->hours);
    if (one->has_term) {
        begin(pen, "extension");
        number(pen, "p:term", true, one->term);
        end(pen);
    }
    end(pen);
}

/* A component without a code is named by its place, under a type of its own. */
static void component(struct pen *pen, const Peregrin__Component *one, size_t place)
{
    begin(pen, "learningOpportunitySpecification");
    if (one->code && one->code[0])
        with(pen, "identifier", "type", "local", one->code);
    else
        with(pen, "identifier", "type", "place", arena_format(pen->arena, "%zu", place + 1));
    with(pen, "title", "xml:lang", one->title_language,
         one->title && one->title[0] ? one->title : "-");
    element(pen, "type", "Course");
    element(pen, "iscedCode", one->isced_f);
    begin(pen, "specifies");
    instance(pen, one);
    end(pen);
    end(pen);
}

static void schemes(struct pen *pen, const Peregrin__CreditRecord *record)
{
    for (size_t i = 0; i < record->n_components; i++) {
        const char *scheme = record->components[i]->scheme;
        bool said = !scheme || !scheme[0];
        for (size_t j = 0; !said && j < i; j++)
            said = record->components[j]->scheme &&
                   xmlStrEqual(as_xml(record->components[j]->scheme), as_xml(scheme));
        if (said)
            continue;
        begin(pen, "gradingScheme");
        attribute(pen, "localId", scheme);
        end(pen);
    }
}

/* What the schema has no place for. */
static void own(struct pen *pen, const struct elmo_transcript *transcript)
{
    const Peregrin__CreditRecord *record = transcript->record;
    begin(pen, "extension");
    element(pen, "p:dossier", transcript->dossier);
    element(pen, "p:start", record->start);
    element(pen, "p:end", record->end);
    element(pen, "p:comment", record->comment);
    number(pen, "p:replaced", pen->replaced > 0, pen->replaced);
    end(pen);
}

static void document(struct pen *pen, const struct elmo_transcript *transcript)
{
    const Peregrin__CreditRecord *record = transcript->record;
    char said_at[INSTANT_TEXT_SIZE];
    instant_text((struct instant) {(int64_t)transcript->said_at * INSTANT_SECOND}, said_at);
    begin(pen, "elmo");
    attribute(pen, "xmlns", elmo_namespace);
    attribute(pen, "xmlns:p", elmo_own_namespace);
    element(pen, "generatedDate", said_at);
    learner(pen, transcript->person);
    begin(pen, "report");
    issuer(pen, &transcript->issuer);
    for (size_t i = 0; i < record->n_components; i++)
        component(pen, record->components[i], i);
    element(pen, "issueDate",
            record->issued_on ? arena_format(pen->arena, "%sT00:00:00Z", record->issued_on)
                              : said_at);
    schemes(pen, record);
    end(pen);
    own(pen, transcript);
    end(pen);
}

struct bytes elmo_write(const struct elmo_transcript *transcript, struct arena *arena)
{
    xmlBuffer *buffer = xmlBufferCreate();
    struct pen pen = {.writer = buffer ? xmlNewTextWriterMemory(buffer, 0) : NULL, .arena = arena};
    struct bytes out = {0};
    pen.fine = pen.writer != NULL;
    if (pen.fine) {
        xmlTextWriterSetIndent(pen.writer, 1);
        check(&pen, xmlTextWriterStartDocument(pen.writer, NULL, "UTF-8", NULL));
        document(&pen, transcript);
        check(&pen, xmlTextWriterEndDocument(pen.writer));
    }
    if (pen.writer)
        xmlFreeTextWriter(pen.writer);
    if (pen.fine)
        out = arena_copy(
            arena, (struct bytes) {xmlBufferContent(buffer), (size_t)xmlBufferLength(buffer)});
    if (buffer)
        xmlBufferFree(buffer);
    return out;
}
