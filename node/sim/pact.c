#include "sim/pact.h"

#include "agreement.pb-c.h"
#include "record/codec.h"

#include <assert.h>

struct bytes pact_terms(const char *sending, uint32_t places, const char *replaces,
                        struct arena *arena)
{
    Peregrin__Condition condition = PEREGRIN__CONDITION__INIT, *conditions[] = {&condition};
    Peregrin__Terms body = PEREGRIN__TERMS__INIT;
    assert(sending);
    condition.id = "c1";
    condition.sending = (char *)sending;
    condition.has_mobility = condition.has_places = true;
    condition.mobility = PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES;
    condition.first_year = "2026/2027";
    condition.last_year = "2028/2029";
    condition.places = places;
    condition.has_tenth_months = places > 0;
    condition.tenth_months = 50 * places;
    body.reference = "A-1";
    body.replaces = (char *)replaces;
    body.n_conditions = 1;
    body.conditions = conditions;
    return codec_pack(&body.base, arena);
}

struct bytes pact_approval(struct arena *arena)
{
    Peregrin__Approval body = PEREGRIN__APPROVAL__INIT;
    return codec_pack(&body.base, arena);
}

struct bytes pact_declination(struct arena *arena)
{
    Peregrin__Declination body = PEREGRIN__DECLINATION__INIT;
    body.reason = "places";
    return codec_pack(&body.base, arena);
}

struct bytes pact_termination(const char *last_year, struct arena *arena)
{
    Peregrin__Termination body = PEREGRIN__TERMINATION__INIT;
    body.last_year = (char *)last_year;
    body.reason = "capacity";
    return codec_pack(&body.base, arena);
}

struct bytes pact_contacts(struct arena *arena)
{
    Peregrin__Contact contact = PEREGRIN__CONTACT__INIT, *contacts[] = {&contact};
    Peregrin__Contacts body = PEREGRIN__CONTACTS__INIT;
    contact.name = "International Office";
    contact.email = "office@example.net";
    body.n_contacts = 1;
    body.contacts = contacts;
    return codec_pack(&body.base, arena);
}
