#include "press/press_mapping.h"

#include "grade/credits.h"
#include "press/press_course.h"

#include <string.h>

enum { HOST, HOST_CREDITS, HOST_GRADE, HOME, HOME_CREDITS, HOME_GRADE, COLUMNS };

static const struct press_column columns[COLUMNS] = {
    [HOST] = {PRESS_TEXT_HOST_COMPONENTS, 34, false},
    [HOST_CREDITS] = {PRESS_TEXT_HOST_CREDITS, 9, true},
    [HOST_GRADE] = {PRESS_TEXT_HOST_GRADE, 9, false},
    [HOME] = {PRESS_TEXT_HOME_COMPONENTS, 34, false},
    [HOME_CREDITS] = {PRESS_TEXT_HOME_CREDITS, 9, true},
    [HOME_GRADE] = {PRESS_TEXT_HOME_GRADE, 9, false},
};

static const char *unit_text(struct press_block *block, const char *code, const char *title)
{
    bool both = code && code[0] && title && title[0];
    return both                ? arena_format(block->arena, "%s %s", code, title)
           : title && title[0] ? title
                               : code;
}

static const Peregrin__Component *component_of(const struct press_paper *paper,
                                               const Peregrin__RecognitionGroup *group, size_t nth)
{
    const Peregrin__CreditRecord *transcript = paper->transcript;
    if (!transcript || nth >= group->n_components ||
        group->components[nth] >= transcript->n_components)
        return NULL;
    return transcript->components[group->components[nth]];
}

static void host_cells(struct press_block *block, const Peregrin__Component *one,
                       const char *cells[COLUMNS])
{
    if (!one)
        return;
    cells[HOST] = unit_text(block, one->code, one->title);
    cells[HOST_CREDITS] = credits_text(one->ects_hundredths, block->arena);
    cells[HOST_GRADE] = one->grade;
}

static void home_cells(struct press_block *block, const Peregrin__HomeComponent *one,
                       const char *cells[COLUMNS])
{
    cells[HOME] = unit_text(block, one->code, one->title);
    cells[HOME_CREDITS] = credits_text(one->ects_hundredths, block->arena);
    cells[HOME_GRADE] = one->grade;
}

/* The code in words; a code that has none stands as it is. */
static const char *reason_word(struct press_block *block, const char *code)
{
    static const struct {
        const char *code;
        enum press_text text;
    } reasons[] = {
        {"failed", PRESS_TEXT_REASON_FAILED},       {"content", PRESS_TEXT_REASON_CONTENT},
        {"level", PRESS_TEXT_REASON_LEVEL},         {"duplicate", PRESS_TEXT_REASON_DUPLICATE},
        {"unplanned", PRESS_TEXT_REASON_UNPLANNED}, {"other", PRESS_TEXT_REASON_OTHER},
    };
    for (size_t i = 0; code && i < sizeof reasons / sizeof *reasons; i++)
        if (strcmp(reasons[i].code, code) == 0)
            return press_block_text(block, reasons[i].text);
    return code ? code : "";
}

/* Why less was recognised than was awarded: the code, and the word for the student. */
static const char *reason_text(struct press_block *block, const Peregrin__RecognitionGroup *group)
{
    const char *why = reason_word(block, group->reason);
    const char *nothing = group->n_home ? "" : press_block_text(block, PRESS_TEXT_NOT_RECOGNISED);
    return arena_format(block->arena, "%s%s%s%s%s", nothing, nothing[0] && why[0] ? ": " : "", why,
                        group->comment && group->comment[0] ? " — " : "",
                        group->comment ? group->comment : "");
}

/* Side by side, as many rows as the longer side has; what belongs together stands together. */
static void group_rows(struct press_block *block, const struct press_paper *paper,
                       const Peregrin__RecognitionGroup *group)
{
    size_t count = group->n_components > group->n_home ? group->n_components : group->n_home;
    for (size_t i = 0; i < count; i++) {
        const char *cells[COLUMNS] = {NULL};
        host_cells(block, component_of(paper, group, i), cells);
        if (i < group->n_home)
            home_cells(block, group->home[i], cells);
        if (i == 0 && group->n_home == 0)
            cells[HOME] = reason_text(block, group);
        press_block_row(block, cells, COLUMNS);
    }
    const char *more[COLUMNS] = {[HOME] = reason_text(block, group)};
    if (group->n_home && more[HOME] && more[HOME][0])
        press_block_row(block, more, COLUMNS);
}

static void decision_facts(struct press_block *block, const Peregrin__Recognition *recognition)
{
    press_block_fact(block, PRESS_TEXT_DECIDED_ON, recognition->decided_on);
    press_block_fact(block, PRESS_TEXT_RULE, recognition->rule);
    press_course_officer(block, recognition->unit, recognition->officer);
}

static void total_row(struct press_block *block, const Peregrin__Recognition *recognition)
{
    const char *total[COLUMNS] = {
        [HOME] = press_block_text(block, PRESS_TEXT_TOTAL),
        [HOME_CREDITS] = credits_text(recognition->total_hundredths, block->arena),
    };
    press_block_row(block, total, COLUMNS);
    press_block_total(block);
}

void press_mapping_recognition(struct press_block *block, const struct press_paper *paper)
{
    const Peregrin__Recognition *recognition = paper->recognition;
    if (!recognition)
        return;
    decision_facts(block, recognition);
    press_block_heading(block, PRESS_TEXT_RECOGNISED);
    press_block_table(block, columns, COLUMNS);
    for (size_t i = 0; i < recognition->n_groups; i++)
        group_rows(block, paper, recognition->groups[i]);
    total_row(block, recognition);
    if (recognition->comment && recognition->comment[0])
        press_block_heading(block, PRESS_TEXT_COMMENT);
    press_block_plain(block, recognition->comment);
}

/* Only what was given: a supplement says what a graduate has. */
void press_mapping_supplement(struct press_block *block, const struct press_paper *paper)
{
    const Peregrin__Recognition *recognition = paper->recognition;
    if (!recognition)
        return;
    decision_facts(block, recognition);
    press_block_heading(block, PRESS_TEXT_TRANSFERRED);
    press_block_table(block, columns, COLUMNS);
    for (size_t i = 0; i < recognition->n_groups; i++)
        if (recognition->groups[i]->n_home)
            group_rows(block, paper, recognition->groups[i]);
    total_row(block, recognition);
    press_block_words(block, "note", PRESS_TEXT_CREDITS_MEANING);
}
