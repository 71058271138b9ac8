/* A notice: what an institution tells a partner about itself. One lane speaks, the newest revision
 * counts, and a dossier is of one sort for ever. */
#include "record/dossier_family.h"

enum {
    REFUSAL = PEREGRIN__KIND__KIND_REFUSAL,
    REVOKE = PEREGRIN__KIND__KIND_REVOKE,
    FACTSHEET = PEREGRIN__KIND__KIND_FACTSHEET,
    GRADING_TABLE = PEREGRIN__KIND__KIND_GRADING_TABLE,
    COURSE_LIST = PEREGRIN__KIND__KIND_COURSE_LIST,
};

static const struct dossier_transition transitions[] = {
    {DOSSIER_EMPTY, FACTSHEET, DOSSIER_WORD_ANY, DOSSIER_FACTSHEET,
     "an institution publishes its factsheet"},
    {DOSSIER_FACTSHEET, FACTSHEET, DOSSIER_WORD_ANY, DOSSIER_FACTSHEET,
     "it publishes a new revision of its factsheet"},
    {DOSSIER_FACTSHEET, REVOKE, DOSSIER_OF_NOTICE, DOSSIER_RETRACTED,
     "it takes its factsheet back"},
    {DOSSIER_EMPTY, GRADING_TABLE, DOSSIER_WORD_ANY, DOSSIER_GRADING,
     "an institution publishes its grading table"},
    {DOSSIER_GRADING, GRADING_TABLE, DOSSIER_WORD_ANY, DOSSIER_GRADING,
     "it publishes a new revision of its grading table"},
    {DOSSIER_GRADING, REVOKE, DOSSIER_OF_NOTICE, DOSSIER_RETRACTED,
     "it takes its grading table back"},
    {DOSSIER_EMPTY, COURSE_LIST, DOSSIER_WORD_ANY, DOSSIER_COURSES,
     "an institution publishes its course list"},
    {DOSSIER_COURSES, COURSE_LIST, DOSSIER_WORD_ANY, DOSSIER_COURSES,
     "it publishes a new revision of its course list"},
    {DOSSIER_COURSES, REVOKE, DOSSIER_OF_NOTICE, DOSSIER_RETRACTED,
     "it takes its course list back"},

    {DOSSIER_EMPTY, REFUSAL, DOSSIER_OF_NOTICE, DOSSIER_VOID_NOTICE,
     "the opening notice broke a rule and is void"},
};

static enum dossier_word word_of(const struct dossier *, const struct dossier_entry *entry)
{
    if (entry->kind == REVOKE && entry->lane == 1)
        return DOSSIER_WORD_COUNT;
    return entry->kind == REVOKE || entry->kind == REFUSAL ? DOSSIER_OF_NOTICE : DOSSIER_WORD_ANY;
}

static bool names_its_subject(const struct dossier_fold *fold, const struct dossier_entry *entry)
{
    return entry->kind != REVOKE || digest_equal(&entry->target, &fold->dossier->revision);
}

static void enter(struct dossier_fold *fold, struct dossier_entry *entry, enum dossier_state to)
{
    if (entry->kind != REVOKE)
        fold->dossier->revision = entry->id;
    fold->dossier->state = to;
}

const struct dossier_family dossier_notice = {
    .rows = transitions,
    .count = sizeof transitions / sizeof *transitions,
    .word = word_of,
    .names = names_its_subject,
    .enter = enter,
};
