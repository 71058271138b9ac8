#include "record/dossier.h"

#include "record/dossier_family.h"

#include <assert.h>
#include <string.h>

static const struct {
    const char *code, *sentence;
    enum kind_family family;
} states[] = {
    [DOSSIER_EMPTY] = {"empty", "nothing can be read yet: records are still to arrive",
                       KIND_FAMILIES},
    [DOSSIER_PENDING] = {"pending", "nominated: the host must decide", KIND_MOBILITY},
    [DOSSIER_ACCEPTED] = {"accepted",
                          "accepted: the host says when the student arrived, and issues the "
                          "transcript after the stay",
                          KIND_MOBILITY},
    [DOSSIER_REOPENED] = {"reopened", "accepted, then changed: the host must decide again",
                          KIND_MOBILITY},
    [DOSSIER_REFUSED] = {"refused", "refused by the host: the home may open a new dossier",
                         KIND_MOBILITY},
    [DOSSIER_WITHDRAWN] = {"withdrawn", "withdrawn by the home: nobody must act", KIND_MOBILITY},
    [DOSSIER_TRANSCRIPT] = {"transcript", "transcript issued: the home recognises the credits",
                            KIND_MOBILITY},
    [DOSSIER_VOID] = {"void", "the nomination broke a rule: the home must open a new dossier",
                      KIND_MOBILITY},
    [DOSSIER_WAITLISTED] = {"waitlisted", "on the waiting list: the host accepts or refuses later",
                            KIND_MOBILITY},
    [DOSSIER_ARRIVED] = {"arrived",
                         "arrived: the host says when the student left, and issues the transcript",
                         KIND_MOBILITY},
    [DOSSIER_EXTENDING] = {"extending", "a longer stay is asked for: the host must decide",
                           KIND_MOBILITY},
    [DOSSIER_DEPARTED] = {"departed", "departed: the host issues the transcript", KIND_MOBILITY},
    [DOSSIER_RECOGNISED] = {"recognised", "recognised by the home: nobody must act", KIND_MOBILITY},
    [DOSSIER_REVOKED] = {"revoked",
                         "acceptance revoked by the host: the home may open a new dossier",
                         KIND_MOBILITY},
    [DOSSIER_OFFERED] = {"offered", "proposed: the other institution must answer", KIND_AGREEMENT},
    [DOSSIER_COUNTERED] = {"countered", "counter-proposed: the institution that opened must answer",
                           KIND_AGREEMENT},
    [DOSSIER_DECLINED] = {"declined", "declined: either may propose other terms", KIND_AGREEMENT},
    [DOSSIER_TAKEN_BACK] = {"taken_back", "taken back: either may propose again", KIND_AGREEMENT},
    [DOSSIER_IN_FORCE] = {"in_force", "in force: both institutions spoke for the same terms",
                          KIND_AGREEMENT},
    [DOSSIER_CHANGE_OFFERED] = {"change_offered",
                                "in force; a change is proposed: the other institution must answer",
                                KIND_AGREEMENT},
    [DOSSIER_CHANGE_COUNTERED] = {"change_countered",
                                  "in force; a change is proposed: the institution that opened "
                                  "must answer",
                                  KIND_AGREEMENT},
    [DOSSIER_ENDED] =
        {"ended",
         "notice was given: it holds to the end of its last year, and places already granted stay",
         KIND_AGREEMENT},
    [DOSSIER_VOID_TERMS] = {"void_terms", "the terms broke a rule: propose again in a new dossier",
                            KIND_AGREEMENT},
    [DOSSIER_FACTSHEET] = {"factsheet", "published: the newest factsheet counts", KIND_NOTICE},
    [DOSSIER_GRADING] = {"grading_table", "published: the newest grading table counts",
                         KIND_NOTICE},
    [DOSSIER_COURSES] = {"course_list", "published: the newest list of courses counts",
                         KIND_NOTICE},
    [DOSSIER_RETRACTED] = {"retracted", "taken back by its author: nothing counts", KIND_NOTICE},
    [DOSSIER_VOID_NOTICE] = {"void_notice", "the notice broke a rule: publish again", KIND_NOTICE},
};

static_assert(sizeof states / sizeof *states == DOSSIER_STATE_COUNT, "one text for each state");

static const char *const words[] = {
    [DOSSIER_WORD_ANY] = "",
    [DOSSIER_ACCEPTS] = "accept",
    [DOSSIER_REFUSES] = "refuse",
    [DOSSIER_WAITLISTS] = "waitlist",
    [DOSSIER_KEEPS] = "keeps",
    [DOSSIER_REOPENS] = "re-opens",
    [DOSSIER_BY_HOME] = "by the home",
    [DOSSIER_BY_HOST] = "by the host",
    [DOSSIER_OF_ACCEPTANCE] = "the acceptance",
    [DOSSIER_OF_TRANSCRIPT] = "the transcript",
    [DOSSIER_OF_RECOGNITION] = "the recognition",
    [DOSSIER_BY_OPENER] = "by the opener",
    [DOSSIER_BY_OTHER] = "by the other",
    [DOSSIER_OF_NOMINATION] = "the nomination",
    [DOSSIER_OF_TERMS] = "the terms",
    [DOSSIER_OF_NOTICE] = "the notice",
};

static_assert(sizeof words / sizeof *words == DOSSIER_WORD_COUNT, "one text for each word");

static const struct dossier_family *const families[KIND_FAMILIES] = {
    [KIND_MOBILITY] = &dossier_mobility,
    [KIND_AGREEMENT] = &dossier_agreement,
    [KIND_NOTICE] = &dossier_notice,
};

bool dossier_none(const struct digest *id)
{
    static const struct digest zero;
    return digest_equal(id, &zero);
}

static const struct dossier_transition *transition_find(const struct dossier_family *family,
                                                        enum dossier_state from, uint32_t kind,
                                                        enum dossier_word word)
{
    for (size_t i = 0; i < family->count; i++) {
        const struct dossier_transition *row = &family->rows[i];
        if (row->from == from && row->kind == kind &&
            (row->word == DOSSIER_WORD_ANY || row->word == word))
            return row;
    }
    return NULL;
}

/* Of what opens nothing yet, the kind tells the family; afterwards the dossier has one. */
static const struct dossier_family *family_of(const struct dossier *dossier,
                                              const struct kind *kind)
{
    enum kind_family family = dossier_family(dossier->state);
    return families[family == KIND_FAMILIES ? kind->family : family];
}

static void entry_fold(struct dossier_fold *fold, struct dossier_entry *entry)
{
    struct dossier *dossier = fold->dossier;
    entry->folded = true;
    dossier->heads[entry->lane] = entry->id;
    dossier->lengths[entry->lane]++;
    /* A refusal has done its work before: it is never out of turn. */
    if (lanes_is_refusal(entry))
        return;
    const struct kind *kind = kind_find(entry->kind, entry->schema);
    if (!kind) {
        dossier->not_understood += !entry->void_;
        return;
    }
    /* The opening record that is void makes a void dossier: as if the refusal stood there. */
    bool opening = kind->place != KIND_INSIDE && entry->lane == 0 && entry->index == 0;
    if (entry->void_ && !opening)
        return;
    const struct dossier_family *family = family_of(dossier, kind);
    struct dossier_entry said = *entry;
    if (entry->void_)
        said.kind = PEREGRIN__KIND__KIND_REFUSAL;
    const struct dossier_transition *row =
        transition_find(family, dossier->state, said.kind, family->word(dossier, &said));
    /* The place is judged on arrival, too, but not of what was held before it was understood. What
     * follows an opening that nobody understands opens nothing in its stead. */
    bool early = dossier->state == DOSSIER_EMPTY && !opening;
    if (!row || early || !kind_stands(kind, entry->lane, entry->index) ||
        !family->names(fold, entry))
        entry->out_of_turn = !entry->void_;
    else if (entry->void_)
        dossier->state = row->to;
    else
        family->enter(fold, entry, row->to);
}

void dossier_fold(struct dossier_entry *entries, size_t count, struct dossier_limits limits,
                  struct dossier *out)
{
    assert(entries || count == 0);
    *out = (struct dossier) {.state = DOSSIER_EMPTY};
    struct dossier_fold fold = {.dossier = out};
    lanes_find(entries, count, limits, &fold.lanes);
    for (uint32_t lane = 0; lane < 2; lane++)
        out->forked[lane] = lanes_forked(&fold.lanes, lane);
    for (;;) {
        /* Of concurrent records the opener's come first: a withdrawal wins, and an acceptance of
         * what was changed meanwhile does not bind. */
        struct dossier_entry *entry = lanes_next(&fold.lanes, out, 0);
        if (!entry)
            entry = lanes_next(&fold.lanes, out, 1);
        if (!entry)
            break;
        entry_fold(&fold, entry);
    }
    size_t folded = (size_t)out->lengths[0] + out->lengths[1];
    assert(folded <= fold.lanes.held[0] + fold.lanes.held[1]);
    out->incomplete = (uint32_t)(fold.lanes.held[0] + fold.lanes.held[1] - folded);
}

void dossier_entry_of(const struct header *header, struct dossier_entry *out)
{
    assert(header->fields->claim);
    *out = (struct dossier_entry) {
        .lane = header->lane,
        .index = header->index,
        .id = header->id,
        .previous = header->previous,
        .seen_id = header->seen_id,
        .target = header->target,
        .supersedes = header->supersedes,
        .has_seen = header->has_seen,
        .seen_index = header->seen_index,
        .kind = header->kind,
        .schema = header->schema,
        .outcome = header->fields->claim->outcome,
        .change = header->fields->claim->change,
        .code = header->fields->claim->code,
    };
}

const char *dossier_state_code(enum dossier_state state)
{
    assert((unsigned)state < DOSSIER_STATE_COUNT);
    return states[state].code;
}

const char *dossier_state_sentence(enum dossier_state state)
{
    assert((unsigned)state < DOSSIER_STATE_COUNT);
    return states[state].sentence;
}

int dossier_state_find(const char *code)
{
    int state = DOSSIER_STATE_COUNT - 1;
    assert(code);
    while (state >= 0 && strcmp(states[state].code, code) != 0)
        state--;
    return state;
}

enum kind_family dossier_family(enum dossier_state state)
{
    assert((unsigned)state < DOSSIER_STATE_COUNT);
    return states[state].family;
}

uint64_t dossier_family_states(enum kind_family family)
{
    uint64_t bits = family == KIND_MOBILITY ? UINT64_C(1) << DOSSIER_EMPTY : 0;
    for (unsigned state = 0; state < DOSSIER_STATE_COUNT; state++)
        bits |= (uint64_t)(states[state].family == family) << state;
    return bits;
}

const char *dossier_word_text(enum dossier_word word)
{
    assert((unsigned)word < DOSSIER_WORD_COUNT);
    return words[word];
}

const struct dossier_transition *dossier_transition(size_t row)
{
    for (size_t i = 0; i < KIND_FAMILIES; i++) {
        if (row < families[i]->count)
            return &families[i]->rows[row];
        row -= families[i]->count;
    }
    return NULL;
}
