#include "press/press_course.h"

#include "grade/credits.h"

#include <string.h>

static const char *number(struct press_block *block, bool has, uint32_t value)
{
    return has ? arena_format(block->arena, "%u", value) : NULL;
}

void press_course_officer(struct press_block *block, const char *unit,
                          const Peregrin__Officer *officer)
{
    press_block_fact(block, PRESS_TEXT_UNIT, unit);
    if (officer && officer->name)
        press_block_fact(block, PRESS_TEXT_SIGNATORY,
                         officer->role
                             ? arena_format(block->arena, "%s, %s", officer->name, officer->role)
                             : officer->name);
}

/* ---- transcript --------------------------------------------------------------------------------
 */

enum { CODE, TITLE, FIELD, TERM, HOURS, CREDITS, GRADE, SCHEME, RESULT, COLUMNS };

static const struct press_column columns[COLUMNS] = {
    [CODE] = {PRESS_TEXT_CODE, 11, false},     [TITLE] = {PRESS_TEXT_TITLE, 34, false},
    [FIELD] = {PRESS_TEXT_FIELD, 9, false},    [TERM] = {PRESS_TEXT_TERM_SHORT, 7, true},
    [HOURS] = {PRESS_TEXT_HOURS, 9, true},     [CREDITS] = {PRESS_TEXT_CREDITS, 10, true},
    [GRADE] = {PRESS_TEXT_GRADE, 9, false},    [SCHEME] = {PRESS_TEXT_SCHEME, 10, false},
    [RESULT] = {PRESS_TEXT_RESULT, 12, false},
};

/* A table whose columns are those of which some row has something to say. */
struct results {
    struct press_block *block;
    bool shown[COLUMNS];
};

static void component_cells(struct press_block *block, const Peregrin__Component *one,
                            const char *cells[COLUMNS])
{
    cells[CODE] = one->code;
    cells[TITLE] = one->title;
    cells[FIELD] = one->isced_f;
    cells[TERM] = number(block, one->has_term, one->term);
    cells[HOURS] = number(block, one->has_hours, one->hours);
    cells[CREDITS] = credits_text(one->ects_hundredths, block->arena);
    cells[GRADE] = one->grade;
    cells[SCHEME] = one->scheme;
    cells[RESULT] = press_block_text(block, one->passed ? PRESS_TEXT_PASSED : PRESS_TEXT_FAILED);
}

static void results_begin(struct results *results, const Peregrin__CreditRecord *transcript)
{
    struct press_column kept[COLUMNS];
    size_t count = 0;
    results->shown[TITLE] = results->shown[CREDITS] = true;
    for (size_t i = 0; i < transcript->n_components; i++) {
        const char *cells[COLUMNS] = {NULL};
        component_cells(results->block, transcript->components[i], cells);
        for (size_t column = 0; column < COLUMNS; column++)
            results->shown[column] |= cells[column] && cells[column][0];
    }
    for (size_t column = 0; column < COLUMNS; column++)
        if (results->shown[column])
            kept[count++] = columns[column];
    press_block_table(results->block, kept, count);
}

static void results_row(struct results *results, const char *const cells[COLUMNS])
{
    const char *kept[COLUMNS];
    size_t count = 0;
    for (size_t column = 0; column < COLUMNS; column++)
        if (results->shown[column])
            kept[count++] = cells[column];
    press_block_row(results->block, kept, count);
}

static const char *shares_text(struct press_block *block, const Peregrin__Component *one)
{
    const char *text = "";
    for (size_t i = 0; text && i < one->n_distribution; i++) {
        const Peregrin__GradeShare *share = one->distribution[i];
        text = arena_format(block->arena, "%s%s%s: %u", text, i ? ", " : "",
                            share->grade ? share->grade : "", share->count);
    }
    return text;
}

/* How the grades of a component are spread, where the host says it. */
static void distributions(struct press_block *block, const Peregrin__CreditRecord *transcript)
{
    static const struct press_column shares[] = {{PRESS_TEXT_CODE, 20, false},
                                                 {PRESS_TEXT_DISTRIBUTION, 80, false}};
    bool begun = false;
    for (size_t i = 0; i < transcript->n_components; i++) {
        const Peregrin__Component *one = transcript->components[i];
        if (one->n_distribution && !begun) {
            press_block_heading(block, PRESS_TEXT_DISTRIBUTION);
            press_block_words(block, "note", PRESS_TEXT_DISTRIBUTION_MEANING);
            press_block_table(block, shares, sizeof shares / sizeof *shares);
            begun = true;
        }
        if (one->n_distribution)
            press_block_row(block, (const char *const[]) {one->code, shares_text(block, one)}, 2);
    }
}

void press_course_transcript(struct press_block *block, const struct press_paper *paper)
{
    const Peregrin__CreditRecord *transcript = paper->transcript;
    const char *total[COLUMNS] = {[TITLE] = press_block_text(block, PRESS_TEXT_TOTAL)};
    struct results results = {.block = block};
    if (!transcript)
        return;
    total[CREDITS] = credits_text(transcript->total_hundredths, block->arena);
    press_block_fact(block, PRESS_TEXT_ISSUED_ON, transcript->issued_on);
    press_course_officer(block, transcript->unit, transcript->officer);
    press_block_heading(block, PRESS_TEXT_RESULTS);
    results_begin(&results, transcript);
    for (size_t i = 0; i < transcript->n_components; i++) {
        const char *cells[COLUMNS] = {NULL};
        component_cells(block, transcript->components[i], cells);
        results_row(&results, cells);
    }
    results_row(&results, total);
    press_block_total(block);
    press_block_words(block, "note", PRESS_TEXT_CREDITS_MEANING);
    distributions(block, transcript);
    if (transcript->comment && transcript->comment[0])
        press_block_heading(block, PRESS_TEXT_COMMENT);
    press_block_plain(block, transcript->comment);
}

/* ---- learning agreement ------------------------------------------------------------------------
 */

static void part(struct press_block *block, const Peregrin__LearningAgreement *learning,
                 uint32_t which, enum press_text heading)
{
    static const struct press_column units[] = {{PRESS_TEXT_CODE, 18, false},
                                                {PRESS_TEXT_TITLE, 56, false},
                                                {PRESS_TEXT_TERM, 12, true},
                                                {PRESS_TEXT_CREDITS, 14, true}};
    enum { COUNT = sizeof units / sizeof *units };
    uint32_t sum = 0;
    bool begun = false, fits = true;
    for (size_t i = 0; i < learning->n_units; i++) {
        const Peregrin__LearningUnit *one = learning->units[i];
        if (one->part != which)
            continue;
        if (!begun)
            press_block_heading(block, heading);
        if (!begun)
            press_block_table(block, units, COUNT);
        begun = true;
        fits = credits_add(&sum, one->ects_hundredths) && fits;
        const char *cells[COUNT] = {one->code, one->title, number(block, one->has_term, one->term),
                                    credits_text(one->ects_hundredths, block->arena)};
        press_block_row(block, cells, COUNT);
    }
    const char *total[COUNT] = {NULL, press_block_text(block, PRESS_TEXT_TOTAL), NULL,
                                fits ? credits_text(sum, block->arena) : NULL};
    if (!begun)
        return;
    press_block_row(block, total, COUNT);
    press_block_total(block);
}

void press_course_learning(struct press_block *block, const struct press_paper *paper)
{
    const Peregrin__LearningAgreement *learning = paper->learning;
    if (!learning)
        return;
    press_block_fact(block, PRESS_TEXT_APPROVED_ON, learning->student_approved_on);
    press_block_fact(block, PRESS_TEXT_APPROVED_BY, learning->student_approved_by);
    if (learning->language && learning->language->language)
        press_block_fact(block, PRESS_TEXT_INSTRUCTION,
                         arena_format(block->arena, "%s %s", learning->language->language,
                                      learning->language->level ? learning->language->level : ""));
    press_course_officer(block, learning->unit, learning->officer);
    press_block_words(block, "text",
                      paper->agreed ? PRESS_TEXT_LEARNING_AGREED : PRESS_TEXT_LEARNING_OPEN);
    part(block, learning, PEREGRIN__LEARNING_PART__LEARNING_HOST, PRESS_TEXT_PART_HOST);
    part(block, learning, PEREGRIN__LEARNING_PART__LEARNING_HOME, PRESS_TEXT_PART_HOME);
    part(block, learning, PEREGRIN__LEARNING_PART__LEARNING_VIRTUAL, PRESS_TEXT_PART_VIRTUAL);
    if (learning->comment && learning->comment[0])
        press_block_heading(block, PRESS_TEXT_COMMENT);
    press_block_plain(block, learning->comment);
}
