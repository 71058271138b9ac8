#include "press/press_paper.h"

#include "grade/credits.h"
#include "press/press_block.h"
#include "press/press_course.h"
#include "press/press_mapping.h"

#include <string.h>

/* ---- what all papers have ----------------------------------------------------------------------
 */

static void student(struct press_block *block, const struct press_paper *paper)
{
    const Peregrin__Person *person = paper->nomination ? paper->nomination->person : NULL;
    press_block_heading(block, PRESS_TEXT_STUDENT);
    press_block_facts(block);
    if (!person)
        return;
    press_block_fact(block, PRESS_TEXT_FAMILY_NAME, person->family_name);
    press_block_fact(block, PRESS_TEXT_GIVEN_NAMES, person->given_names);
    press_block_fact(block, PRESS_TEXT_BIRTH_DATE, person->birth_date);
    press_block_fact(block, PRESS_TEXT_ESI, person->esi);
}

const char *press_paper_party(const struct press_party *party, struct arena *arena)
{
    if (strcmp(party->name, party->schac) == 0)
        return party->schac;
    return arena_format(arena, "%s (%s)", party->name, party->schac);
}

static void stay(struct press_block *block, const struct press_paper *paper)
{
    const Peregrin__Nomination *nomination = paper->nomination;
    const Peregrin__CreditRecord *transcript = paper->transcript;
    const char *start = nomination ? nomination->start : NULL;
    const char *end = nomination ? nomination->end : NULL;
    press_block_heading(block, PRESS_TEXT_STAY);
    press_block_facts(block);
    press_block_fact(block, PRESS_TEXT_HOST, press_paper_party(&paper->host, block->arena));
    press_block_fact(block, PRESS_TEXT_HOME, press_paper_party(&paper->home, block->arena));
    press_block_fact(block, PRESS_TEXT_YEAR, nomination ? nomination->year : NULL);
    if (nomination && nomination->has_term)
        press_block_fact(block, PRESS_TEXT_TERM,
                         arena_format(block->arena, "%u", nomination->term));
    press_block_fact(block, PRESS_TEXT_FROM,
                     transcript && transcript->start ? transcript->start : start);
    press_block_fact(block, PRESS_TEXT_UNTIL,
                     transcript && transcript->end ? transcript->end : end);
    press_block_fact(block, PRESS_TEXT_DOSSIER, paper->dossier);
}

static const char *record_text(const struct press_paper *paper, struct arena *arena)
{
    return arena_format(arena, "%u.%u", paper->record.lane, paper->record.index);
}

static const char *file_name(const struct press_paper *paper, struct arena *arena)
{
    return arena_format(arena, "%s-%s.evidence", paper->dossier, record_text(paper, arena));
}

/* The paper is a view, and says so. */
static void proof(struct press_block *block, const struct press_paper *paper)
{
    char said_at[INSTANT_TEXT_SIZE];
    instant_text((struct instant) {(int64_t)paper->record.said_at * INSTANT_SECOND}, said_at);
    press_block_heading(block, PRESS_TEXT_PROOF);
    press_block_words(block, "text", PRESS_TEXT_PROOF_MEANING);
    press_block_words(block, "text", PRESS_TEXT_PROOF_HOW);
    press_block_facts(block);
    press_block_fact(block, PRESS_TEXT_RECORD, paper->record.id);
    press_block_fact(
        block, PRESS_TEXT_DOSSIER,
        arena_format(block->arena, "%s %s", paper->dossier, record_text(paper, block->arena)));
    press_block_fact(block, PRESS_TEXT_SIGNED_BY, paper->record.issuer);
    press_block_fact(block, PRESS_TEXT_SIGNED_AT, said_at);
    press_block_fact(block, PRESS_TEXT_FILE, file_name(paper, block->arena));
}

/* ---- the papers --------------------------------------------------------------------------------
 */

typedef void press_body(struct press_block *, const struct press_paper *);

static json_t *make(const struct press_paper *paper, struct arena *arena, press_body *body)
{
    struct press_block block = press_block_open(paper->language, arena);
    student(&block, paper);
    stay(&block, paper);
    body(&block, paper);
    proof(&block, paper);
    return block.list;
}

static json_t *make_transcript(const struct press_paper *paper, struct arena *arena)
{
    return make(paper, arena, press_course_transcript);
}

static json_t *make_recognition(const struct press_paper *paper, struct arena *arena)
{
    return make(paper, arena, press_mapping_recognition);
}

static json_t *make_supplement(const struct press_paper *paper, struct arena *arena)
{
    return make(paper, arena, press_mapping_supplement);
}

static json_t *make_learning(const struct press_paper *paper, struct arena *arena)
{
    return make(paper, arena, press_course_learning);
}

static const struct press_row rows[] = {
    {"transcript", PRESS_RECORD_TRANSCRIPT, PRESS_TEXT_TRANSCRIPT, make_transcript},
    {"recognition", PRESS_RECORD_RECOGNITION, PRESS_TEXT_RECOGNITION, make_recognition},
    {"supplement", PRESS_RECORD_RECOGNITION, PRESS_TEXT_SUPPLEMENT, make_supplement},
    {"learning", PRESS_RECORD_LEARNING, PRESS_TEXT_LEARNING, make_learning},
};

const struct press_row *press_paper_nth(size_t nth)
{
    return nth < sizeof rows / sizeof *rows ? &rows[nth] : NULL;
}

const struct press_row *press_paper_find(const char *name)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    return NULL;
}

/* ---- the description ---------------------------------------------------------------------------
 */

/* Names the record and nobody: whoever photographs the paper learns nothing of the student. */
static const char *mark(const struct press_paper *paper, struct arena *arena)
{
    return arena_format(arena, "peregrin:1:%s:%s:%s:%s", paper->record.issuer, paper->dossier,
                        record_text(paper, arena), paper->record.id);
}

static const struct press_party *author(const struct press_paper *paper)
{
    return strcmp(paper->record.issuer, paper->home.schac) == 0 ? &paper->home : &paper->host;
}

struct bytes press_paper_write(const struct press_row *row, const struct press_paper *paper,
                               struct arena *arena)
{
    struct press_block words = {NULL, paper->language, arena};
    const struct press_document document = {
        .title = row->title,
        .beside = PRESS_TEXT_BESIDE,
        .author = author(paper)->name,
        .subject = arena_format(arena, "%s %s", paper->dossier, record_text(paper, arena)),
        .mark = mark(paper, arena),
        .said_at = paper->record.said_at,
        .blocks = row->make(paper, arena),
        .file_name = file_name(paper, arena),
        .file = paper->record.evidence,
    };
    return press_block_document(&words, &document);
}
