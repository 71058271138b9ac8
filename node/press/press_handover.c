#include "press/press_handover.h"

#include "press/press_block.h"

#include <string.h>

enum { RECORD_DIGITS = 16 /* enough to find it in what is verified */ };

/* ---- the students ------------------------------------------------------------------------------
 */

static const char *kind_text(const struct press_block *block,
                             const Peregrin__Nomination *nomination)
{
    bool known = nomination->has_mobility &&
                 nomination->mobility >= PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES &&
                 nomination->mobility <= PEREGRIN__MOBILITY_KIND__MOBILITY_VIRTUAL;
    uint32_t nth = known ? nomination->mobility - PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES : 0;
    return known ? press_block_text(block, (enum press_text)(PRESS_TEXT_KIND_STUDIES + nth)) : "";
}

static const char *number(struct press_block *block, bool has, uint32_t value)
{
    return has ? arena_format(block->arena, "%u", value) : NULL;
}

static const char *change_text(const struct press_block *block,
                               const struct press_handover_row *row)
{
    return row->withdrawn ? press_block_text(block, PRESS_TEXT_WITHDRAWN)
           : row->changed ? press_block_text(block, PRESS_TEXT_CHANGED)
                          : "";
}

static void students(struct press_block *block, const struct press_handover *handover)
{
    static const struct press_column columns[] = {
        {PRESS_TEXT_NUMBER, 4, true},        {PRESS_TEXT_FAMILY_NAME, 16, false},
        {PRESS_TEXT_GIVEN_NAMES, 11, false}, {PRESS_TEXT_BORN, 12, false},
        {PRESS_TEXT_KIND, 12, false},        {PRESS_TEXT_LEVEL, 5, true},
        {PRESS_TEXT_FIELD, 7, false},        {PRESS_TEXT_YEAR_SHORT, 11, false},
        {PRESS_TEXT_TERM_SHORT, 6, true},    {PRESS_TEXT_CHANGE, 11, false},
    };
    enum { COUNT = sizeof columns / sizeof *columns };
    press_block_heading(block, PRESS_TEXT_STUDENTS);
    press_block_table(block, columns, COUNT);
    for (size_t i = 0; i < handover->count; i++) {
        const Peregrin__Nomination *one = handover->rows[i].nomination;
        const Peregrin__Person *person = one->person;
        const char *const cells[COUNT] = {number(block, true, (uint32_t)i + 1),
                                          person ? person->family_name : NULL,
                                          person ? person->given_names : NULL,
                                          person ? person->birth_date : NULL,
                                          kind_text(block, one),
                                          number(block, one->has_eqf, one->eqf),
                                          one->isced_f,
                                          one->year,
                                          number(block, one->has_term, one->term),
                                          change_text(block, &handover->rows[i])};
        press_block_row(block, cells, COUNT);
    }
}

/* ---- what is signed ----------------------------------------------------------------------------
 */

static void proof(struct press_block *block, const struct press_handover *handover)
{
    static const struct press_column columns[] = {{PRESS_TEXT_NUMBER, 8, true},
                                                  {PRESS_TEXT_DOSSIER, 40, false},
                                                  {PRESS_TEXT_RECORD, 26, false},
                                                  {PRESS_TEXT_SIGNED_AT, 26, false}};
    enum { COUNT = sizeof columns / sizeof *columns };
    press_block_heading(block, PRESS_TEXT_PROOF);
    press_block_words(block, "text", PRESS_TEXT_LIST_MEANING);
    press_block_words(block, "text", PRESS_TEXT_LIST_HOW);
    press_block_facts(block);
    press_block_fact(block, PRESS_TEXT_SIGNED_BY, handover->home.schac);
    press_block_fact(block, PRESS_TEXT_FILE, handover->file_name);
    press_block_table(block, columns, COUNT);
    for (size_t i = 0; i < handover->count; i++) {
        const struct press_handover_row *row = &handover->rows[i];
        char said_at[INSTANT_TEXT_SIZE];
        instant_text((struct instant) {(int64_t)row->said_at * INSTANT_SECOND}, said_at);
        const char *const cells[COUNT] = {
            number(block, true, (uint32_t)i + 1), row->dossier,
            arena_format(block->arena, "%.*s", RECORD_DIGITS, row->record), said_at};
        press_block_row(block, cells, COUNT);
    }
}

static json_t *blocks(const struct press_handover *handover, struct arena *arena)
{
    struct press_block block = press_block_open(handover->language, arena);
    char made_at[INSTANT_TEXT_SIZE];
    instant_text((struct instant) {(int64_t)handover->made_at * INSTANT_SECOND}, made_at);
    press_block_words(&block, "text", PRESS_TEXT_NOMINATIONS_ASK);
    press_block_facts(&block);
    press_block_fact(&block, PRESS_TEXT_HOME, press_paper_party(&handover->home, arena));
    press_block_fact(&block, PRESS_TEXT_HOST, press_paper_party(&handover->host, arena));
    press_block_fact(&block, PRESS_TEXT_STUDENTS, arena_format(arena, "%zu", handover->count));
    press_block_fact(&block, PRESS_TEXT_MADE_AT, made_at);
    students(&block, handover);
    proof(&block, handover);
    return block.list;
}

struct bytes press_handover_write(const struct press_handover *handover, struct arena *arena)
{
    struct press_block words = {NULL, handover->language, arena};
    const struct press_document document = {
        .title = PRESS_TEXT_NOMINATIONS,
        .beside = PRESS_TEXT_LIST_BESIDE,
        .author = handover->home.name,
        .subject = arena_format(arena, "%s - %s", handover->home.schac, handover->host.schac),
        /* Names the records and nobody: whoever photographs the paper learns of no student. */
        .mark = arena_format(arena, "peregrin:1:%s:%s:list:%zu:%s", handover->home.schac,
                             handover->host.schac, handover->count, handover->digest),
        .said_at = handover->made_at,
        .blocks = blocks(handover, arena),
        .file_name = handover->file_name,
        .file = handover->evidence,
    };
    return press_block_document(&words, &document);
}
