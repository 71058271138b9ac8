#include "admin/eligible_longer.h"

#include "report/dossier_view.h"

#include <string.h>

bool eligible_longer_asked(uint32_t kind)
{
    return kind == PEREGRIN__KIND__KIND_EXTENSION || kind == PEREGRIN__KIND__KIND_DECISION;
}

/* What it is said in, and what it would become. */
struct longer {
    const struct eligible_said *said;
    struct dossier_view view;
    Peregrin__Nomination nomination;
    char *end;
    bool known;
};

/* NULL: there is none, or it is of another kind. */
static enum fault body_of(const struct longer *longer, const struct digest *id,
                          const ProtobufCMessageDescriptor *kind, struct arena *arena,
                          const ProtobufCMessage **out)
{
    ProtobufCMessage *body = NULL;
    size_t at = dossier_view_find(&longer->view, id);
    if (at < longer->view.count)
        TRY(dossier_view_body(&longer->view.records[at], arena, &body));
    *out = body && body->descriptor == kind ? body : NULL;
    return FAULT_NONE;
}

/* Its own last day; or, where it accepts, that which was asked for. */
static enum fault end_read(struct longer *longer, struct arena *arena)
{
    const ProtobufCMessage *body = longer->said->body;
    if (body->descriptor == &peregrin__decision__descriptor) {
        if (((const Peregrin__Decision *)body)->outcome != PEREGRIN__OUTCOME__OUTCOME_ACCEPT)
            return FAULT_NONE;
        TRY(body_of(longer, &longer->view.dossier.extending, &peregrin__extension__descriptor,
                    arena, &body));
    }
    longer->end = body ? ((const Peregrin__Extension *)body)->end : NULL;
    return FAULT_NONE;
}

/* A nomination for a term has no first day: it is that of the arrival. */
static enum fault nomination_read(struct longer *longer, struct arena *arena)
{
    const struct dossier *dossier = &longer->view.dossier;
    const ProtobufCMessage *nomination, *arrival;
    TRY(body_of(longer, &dossier->revision, &peregrin__nomination__descriptor, arena, &nomination));
    TRY(body_of(longer, &dossier->arrival, &peregrin__stay_day__descriptor, arena, &arrival));
    longer->known = nomination;
    if (!nomination)
        return FAULT_NONE;
    longer->nomination = *(const Peregrin__Nomination *)nomination;
    if (!longer->nomination.start && arrival)
        longer->nomination.start = ((const Peregrin__StayDay *)arrival)->date;
    longer->nomination.end = longer->end;
    return FAULT_NONE;
}

static enum fault longer_read(struct longer *longer, struct arena *arena)
{
    const struct eligible_said *said = longer->said;
    struct store_place place = {.opened_by_partner = said->opened_by_partner,
                                .dossier = said->dossier};
    TRY(eligible_credits_pair(said, arena, &place.pair));
    if (!place.pair)
        return FAULT_NONE;
    TRY(dossier_view_load(said->store, &place, true, arena, &longer->view));
    TRY(end_read(longer, arena));
    return longer->end ? nomination_read(longer, arena) : FAULT_NONE;
}

/* Of the rest it was decided when the stay was. */
static enum fault keep_end(struct arena *arena, struct eligible_findings *found)
{
    struct eligibility_finding *rows = arena_take_array(arena, found->count + 1, sizeof *rows);
    size_t kept = 0;
    if (!rows)
        return FAULT_MEMORY;
    for (size_t i = 0; i < found->count; i++) {
        const char *field = found->rows[i].rule->field;
        if (field && strcmp(field, "end") == 0)
            rows[kept++] = found->rows[i];
    }
    found->rows = rows;
    found->count = kept;
    return FAULT_NONE;
}

enum fault eligible_longer(const struct eligible *eligible, const struct eligible_said *said,
                           const struct catalogue *catalogue, struct instant now,
                           struct arena *arena, struct eligible_findings *out, bool *asked)
{
    struct longer longer = {.said = said};
    TRY(longer_read(&longer, arena));
    *asked = longer.known;
    if (!*asked)
        return FAULT_NONE;
    bool hosts = said->opened_by_partner;
    const struct eligible_case subject = {.store = said->store,
                                          .catalogue = catalogue,
                                          .home = hosts ? said->partner : said->own,
                                          .host = hosts ? said->own : said->partner,
                                          .own = said->own,
                                          .nomination = &longer.nomination,
                                          .dossier = &said->dossier,
                                          .now = now};
    TRY(eligible_refresh(eligible, said->store, arena));
    TRY(eligible_check(eligible, &subject, arena, out));
    out->nomination = NULL; /* it opens nothing */
    return keep_end(arena, out);
}
