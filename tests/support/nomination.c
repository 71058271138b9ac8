#include "support/nomination.h"

#include "mobility.pb-c.h"
#include "record/codec.h"

#include <assert.h>
#include <string.h>

/* The comment is as long as it takes. */
struct bytes nomination_pack(struct arena *arena)
{
    static char comment[NOMINATION_SIZE + 1];
    Peregrin__Person person = PEREGRIN__PERSON__INIT;
    Peregrin__Nomination nomination = PEREGRIN__NOMINATION__INIT;
    person.family_name = "Nov\u00e1kov\u00e1";
    person.given_names = "Jana";
    person.birth_date = "2004-05-06";
    person.has_gender = true;
    person.gender = PEREGRIN__GENDER__GENDER_FEMALE;
    person.nationality = "CZ";
    person.email = "jana@students.example.org";
    person.esi = "urn:schac:personalUniqueCode:int:esi:helmo.be:1234567";
    nomination.person = &person;
    nomination.has_mobility = nomination.has_term = nomination.has_eqf = true;
    nomination.mobility = PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES;
    nomination.year = "2026/2027";
    nomination.term = 2;
    nomination.eqf = 6;
    nomination.isced_f = "0613";
    nomination.comment = comment;
    memset(comment, 'x', 800);
    size_t rest = NOMINATION_SIZE - protobuf_c_message_get_packed_size(&nomination.base);
    memset(comment + 800, 'x', rest);
    struct bytes body = codec_pack(&nomination.base, arena);
    assert(body.size == NOMINATION_SIZE);
    return body;
}
