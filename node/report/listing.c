#include "report/listing.h"

/* The body of one record, when it is of the wanted type. */
static enum fault body_of(struct store *store, int64_t serial,
                          const ProtobufCMessageDescriptor *type, struct arena *arena,
                          const ProtobufCMessage **out)
{
    struct store_record *record;
    ProtobufCMessage *body;
    *out = NULL;
    if (!serial)
        return FAULT_NONE;
    TRY(store->record_get(store, serial, arena, &record));
    if (!record)
        return FAULT_CORRUPT;
    TRY(dossier_view_body(record, arena, &body));
    if (body && body->descriptor == type)
        *out = body;
    return FAULT_NONE;
}

static enum fault delivery_of_own(struct store *store, const struct store_dossier *row,
                                  struct arena *arena, enum delivery_state *out)
{
    struct store_record *records, *newest = NULL;
    size_t count;
    TRY(store->record_list(store, &row->place, false, arena, &records, &count));
    for (size_t i = 0; i < count; i++)
        if (records[i].flags & STORE_OURS)
            newest = &records[i];
    struct delivery delivery = {.state = DELIVERY_RECEIVED};
    if (newest)
        TRY(delivery_of(store, newest, arena, &delivery));
    *out = delivery.state;
    return FAULT_NONE;
}

enum fault listing_of(struct store *store, const struct store_pair *pair,
                      const struct store_dossier *row, struct arena *arena, struct listing *out)
{
    struct listing listing = {.own = pair->own, .partner = pair->partner, .row = *row};
    const ProtobufCMessage *nomination, *transcript;
    TRY(body_of(store, row->revision, &peregrin__nomination__descriptor, arena, &nomination));
    TRY(body_of(store, row->transcript, &peregrin__credit_record__descriptor, arena, &transcript));
    TRY(delivery_of_own(store, row, arena, &listing.delivery));
    listing.nomination = (const Peregrin__Nomination *)nomination;
    listing.transcript = (const Peregrin__CreditRecord *)transcript;
    *out = listing;
    return FAULT_NONE;
}

const char *listing_direction(const struct store_place *place)
{
    return place->opened_by_partner ? "incoming" : "outgoing";
}
