/* An agreement: either institution opens with terms, both speak, and what both spoke for last is in
 * force. Of approvals that cross the opener's counts, as all that crosses: whoever holds the same
 * records sees the same terms in force. */
#include "record/dossier_family.h"

#include "base/broken.h"

enum {
    REFUSAL = PEREGRIN__KIND__KIND_REFUSAL,
    TERMS = PEREGRIN__KIND__KIND_TERMS,
    APPROVAL = PEREGRIN__KIND__KIND_APPROVAL,
    DECLINATION = PEREGRIN__KIND__KIND_DECLINATION,
    TAKE_BACK = PEREGRIN__KIND__KIND_TAKE_BACK,
    TERMINATION = PEREGRIN__KIND__KIND_TERMINATION,
    CONTACTS = PEREGRIN__KIND__KIND_CONTACTS,
};

static const struct dossier_transition transitions[] = {
    {DOSSIER_EMPTY, TERMS, DOSSIER_BY_OPENER, DOSSIER_OFFERED, "an institution proposes terms"},
    {DOSSIER_EMPTY, REFUSAL, DOSSIER_OF_TERMS, DOSSIER_VOID_TERMS,
     "the opening terms broke a rule and are void"},

    {DOSSIER_OFFERED, TERMS, DOSSIER_BY_OPENER, DOSSIER_OFFERED,
     "the opener proposes other terms while its own are open"},
    {DOSSIER_OFFERED, TERMS, DOSSIER_BY_OTHER, DOSSIER_COUNTERED,
     "the other proposes other terms while its own are open"},
    {DOSSIER_OFFERED, APPROVAL, DOSSIER_WORD_ANY, DOSSIER_IN_FORCE,
     "open terms are approved while the offer is the newest: they are in force"},
    {DOSSIER_OFFERED, DECLINATION, DOSSIER_WORD_ANY, DOSSIER_TALKS,
     "open terms are declined while the offer is the newest"},
    {DOSSIER_OFFERED, TAKE_BACK, DOSSIER_WORD_ANY, DOSSIER_TALKS,
     "an author takes open terms back while the offer is the newest"},
    {DOSSIER_OFFERED, CONTACTS, DOSSIER_WORD_ANY, DOSSIER_OFFERED,
     "contacts change while the offer is open"},

    {DOSSIER_COUNTERED, TERMS, DOSSIER_BY_OPENER, DOSSIER_OFFERED,
     "the opener proposes other terms while the counter-proposal is open"},
    {DOSSIER_COUNTERED, TERMS, DOSSIER_BY_OTHER, DOSSIER_COUNTERED,
     "the other proposes other terms while the counter-proposal is open"},
    {DOSSIER_COUNTERED, APPROVAL, DOSSIER_WORD_ANY, DOSSIER_IN_FORCE,
     "open terms are approved while the counter-proposal is the newest: they are in force"},
    {DOSSIER_COUNTERED, DECLINATION, DOSSIER_WORD_ANY, DOSSIER_TALKS,
     "open terms are declined while the counter-proposal is the newest"},
    {DOSSIER_COUNTERED, TAKE_BACK, DOSSIER_WORD_ANY, DOSSIER_TALKS,
     "an author takes open terms back while the counter-proposal is the newest"},
    {DOSSIER_COUNTERED, CONTACTS, DOSSIER_WORD_ANY, DOSSIER_COUNTERED,
     "contacts change while the counter-proposal is open"},

    {DOSSIER_DECLINED, TERMS, DOSSIER_BY_OPENER, DOSSIER_OFFERED,
     "the opener proposes again after terms were declined"},
    {DOSSIER_DECLINED, TERMS, DOSSIER_BY_OTHER, DOSSIER_COUNTERED,
     "the other proposes again after terms were declined"},
    {DOSSIER_DECLINED, CONTACTS, DOSSIER_WORD_ANY, DOSSIER_DECLINED,
     "contacts change after terms were declined"},

    {DOSSIER_TAKEN_BACK, TERMS, DOSSIER_BY_OPENER, DOSSIER_OFFERED,
     "the opener proposes again after terms were taken back"},
    {DOSSIER_TAKEN_BACK, TERMS, DOSSIER_BY_OTHER, DOSSIER_COUNTERED,
     "the other proposes again after terms were taken back"},
    {DOSSIER_TAKEN_BACK, CONTACTS, DOSSIER_WORD_ANY, DOSSIER_TAKEN_BACK,
     "contacts change after terms were taken back"},

    {DOSSIER_IN_FORCE, TERMS, DOSSIER_BY_OPENER, DOSSIER_CHANGE_OFFERED,
     "the opener proposes new terms: those in force stand meanwhile"},
    {DOSSIER_IN_FORCE, TERMS, DOSSIER_BY_OTHER, DOSSIER_CHANGE_COUNTERED,
     "the other proposes new terms: those in force stand meanwhile"},
    {DOSSIER_IN_FORCE, TERMINATION, DOSSIER_WORD_ANY, DOSSIER_ENDED,
     "a party ends the agreement with notice"},
    {DOSSIER_IN_FORCE, CONTACTS, DOSSIER_WORD_ANY, DOSSIER_IN_FORCE,
     "contacts change: the agreement is not re-opened"},

    {DOSSIER_CHANGE_OFFERED, TERMS, DOSSIER_BY_OPENER, DOSSIER_CHANGE_OFFERED,
     "the opener proposes something else while the opener's change is open"},
    {DOSSIER_CHANGE_OFFERED, TERMS, DOSSIER_BY_OTHER, DOSSIER_CHANGE_COUNTERED,
     "the other proposes something else while the opener's change is open"},
    {DOSSIER_CHANGE_OFFERED, APPROVAL, DOSSIER_WORD_ANY, DOSSIER_IN_FORCE,
     "open terms are approved while the opener's change is the newest: they replace "
     "those in force"},
    {DOSSIER_CHANGE_OFFERED, DECLINATION, DOSSIER_WORD_ANY, DOSSIER_TALKS,
     "open terms are declined while the opener's change is the newest: those in force stand"},
    {DOSSIER_CHANGE_OFFERED, TAKE_BACK, DOSSIER_WORD_ANY, DOSSIER_TALKS,
     "an author takes the opener's change or its answer back: those in force stand"},
    {DOSSIER_CHANGE_OFFERED, TERMINATION, DOSSIER_WORD_ANY, DOSSIER_ENDED,
     "a party ends the agreement with notice: the opener's change lapses"},
    {DOSSIER_CHANGE_OFFERED, CONTACTS, DOSSIER_WORD_ANY, DOSSIER_CHANGE_OFFERED,
     "contacts change: the opener's change stays open"},

    {DOSSIER_CHANGE_COUNTERED, TERMS, DOSSIER_BY_OPENER, DOSSIER_CHANGE_OFFERED,
     "the opener proposes something else while the other's change is open"},
    {DOSSIER_CHANGE_COUNTERED, TERMS, DOSSIER_BY_OTHER, DOSSIER_CHANGE_COUNTERED,
     "the other proposes something else while the other's change is open"},
    {DOSSIER_CHANGE_COUNTERED, APPROVAL, DOSSIER_WORD_ANY, DOSSIER_IN_FORCE,
     "open terms are approved while the other's change is the newest: they replace those in force"},
    {DOSSIER_CHANGE_COUNTERED, DECLINATION, DOSSIER_WORD_ANY, DOSSIER_TALKS,
     "open terms are declined while the other's change is the newest: those in force stand"},
    {DOSSIER_CHANGE_COUNTERED, TAKE_BACK, DOSSIER_WORD_ANY, DOSSIER_TALKS,
     "an author takes the other's change or its answer back: those in force stand"},
    {DOSSIER_CHANGE_COUNTERED, TERMINATION, DOSSIER_WORD_ANY, DOSSIER_ENDED,
     "a party ends the agreement with notice: the other's change lapses"},
    {DOSSIER_CHANGE_COUNTERED, CONTACTS, DOSSIER_WORD_ANY, DOSSIER_CHANGE_COUNTERED,
     "contacts change: the other's change stays open"},

    {DOSSIER_ENDED, CONTACTS, DOSSIER_WORD_ANY, DOSSIER_ENDED, "contacts change after the end"},
};

static enum dossier_word word_of(const struct dossier *, const struct dossier_entry *entry)
{
    if (entry->kind == REFUSAL)
        return DOSSIER_OF_TERMS;
    return entry->lane == 0 ? DOSSIER_BY_OPENER : DOSSIER_BY_OTHER;
}

/* Open terms are named by their id, so that nobody approves what it has not read. */
static bool names_its_subject(const struct dossier_fold *fold, const struct dossier_entry *entry)
{
    const struct dossier *dossier = fold->dossier;
    const struct digest *named;
    switch (entry->kind) {
    case APPROVAL:
    case DECLINATION: named = &dossier->offers[1 - entry->lane]; break;
    case TAKE_BACK: named = &dossier->offers[entry->lane]; break;
    case TERMINATION: named = &dossier->in_force; break;
    default: return true;
    }
    /* What names nothing names no terms, though none are open. */
    return !dossier_none(named) &&
           (digest_equal(&entry->target, named) || broken_is(BROKEN_ANY_TERMS));
}

/* One offer that is left open is the newest; without one, what was in force stands. */
static enum dossier_state talks_of(const struct dossier *dossier, uint32_t kind)
{
    bool force = !dossier_none(&dossier->in_force);
    if (!dossier_none(&dossier->offers[0]))
        return force ? DOSSIER_CHANGE_OFFERED : DOSSIER_OFFERED;
    if (!dossier_none(&dossier->offers[1]))
        return force ? DOSSIER_CHANGE_COUNTERED : DOSSIER_COUNTERED;
    if (force)
        return DOSSIER_IN_FORCE;
    return kind == TAKE_BACK ? DOSSIER_TAKEN_BACK : DOSSIER_DECLINED;
}

static void offers_close(struct dossier *dossier)
{
    dossier->offers[0] = dossier->offers[1] = (struct digest) {0};
}

static void enter(struct dossier_fold *fold, struct dossier_entry *entry, enum dossier_state to)
{
    struct dossier *dossier = fold->dossier;
    switch (entry->kind) {
    case TERMS: dossier->offers[entry->lane] = entry->id; break;
    case APPROVAL:
        dossier->in_force = entry->target;
        offers_close(dossier);
        break;
    case DECLINATION: dossier->offers[1 - entry->lane] = (struct digest) {0}; break;
    case TAKE_BACK: dossier->offers[entry->lane] = (struct digest) {0}; break;
    case TERMINATION:
        dossier->termination = entry->id;
        offers_close(dossier);
        break;
    case CONTACTS: dossier->contacts[entry->lane] = entry->id; break;
    default: break;
    }
    dossier->state = to == DOSSIER_TALKS ? talks_of(dossier, entry->kind) : to;
    if (!dossier_none(&dossier->in_force))
        dossier->revision = dossier->in_force;
    else if (entry->kind == TERMS)
        dossier->revision = entry->id;
}

const struct dossier_family dossier_agreement = {
    .rows = transitions,
    .count = sizeof transitions / sizeof *transitions,
    .word = word_of,
    .names = names_its_subject,
    .enter = enter,
};
