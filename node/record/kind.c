#include "record/kind.h"

#include "agreement.pb-c.h"
#include "mobility.pb-c.h"
#include "notice.pb-c.h"
#include "record/codec.h"
#include "record/walk.h"

#include <assert.h>
#include <string.h>

static const struct kind kinds[] = {
    {
        .number = PEREGRIN__KIND__KIND_REFUSAL,
        .schema = 0,
        .name = "refusal",
        .code = "refusal",
        .body = &peregrin__refusal__descriptor,
        .lanes = KIND_LANE_BOTH,
        .claims_target = true,
        .claims_code = true,
        .fields_max = 16,
    },
    {
        .number = PEREGRIN__KIND__KIND_NOMINATION,
        .schema = 1,
        .name = "nomination",
        .code = "nomination",
        .body = &peregrin__nomination__descriptor,
        .lanes = KIND_LANE_OPENER,
        .place = KIND_OPENS,
        .claims_year = true,
        .fields_max = 128,
    },
    {
        .number = PEREGRIN__KIND__KIND_AMENDMENT,
        .schema = 1,
        .name = "amendment",
        .code = "amendment",
        .body = &peregrin__nomination__descriptor,
        .lanes = KIND_LANE_OPENER,
        .claims_target = true,
        .claims_change = true,
        .claims_year = true,
        .fields_max = 128,
    },
    {
        .number = PEREGRIN__KIND__KIND_DECISION,
        .schema = 1,
        .name = "decision",
        .code = "decision",
        .body = &peregrin__decision__descriptor,
        .lanes = KIND_LANE_OTHER,
        .claims_target = true,
        .claims_outcome = true,
        .fields_max = 16,
    },
    {
        .number = PEREGRIN__KIND__KIND_WITHDRAWAL,
        .schema = 1,
        .name = "withdrawal",
        .code = "withdrawal",
        .body = &peregrin__withdrawal__descriptor,
        .lanes = KIND_LANE_OPENER,
        .fields_max = 16,
    },
    {
        .number = PEREGRIN__KIND__KIND_CREDIT_RECORD,
        .schema = 1,
        .name = "credit record",
        .code = "credit_record",
        .body = &peregrin__credit_record__descriptor,
        .lanes = KIND_LANE_OTHER,
        .claims_target = true,
        /* 200 components with grade tables of 20 rows. */
        .fields_max = 16384,
    },
    {
        .number = PEREGRIN__KIND__KIND_ARRIVAL,
        .schema = 1,
        .name = "arrival",
        .code = "arrival",
        .body = &peregrin__stay_day__descriptor,
        .lanes = KIND_LANE_OTHER,
        .fields_max = 16,
    },
    {
        .number = PEREGRIN__KIND__KIND_DEPARTURE,
        .schema = 1,
        .name = "departure",
        .code = "departure",
        .body = &peregrin__stay_day__descriptor,
        .lanes = KIND_LANE_OTHER,
        .fields_max = 16,
    },
    {
        .number = PEREGRIN__KIND__KIND_EXTENSION,
        .schema = 1,
        .name = "extension",
        .code = "extension",
        .body = &peregrin__extension__descriptor,
        .lanes = KIND_LANE_BOTH,
        .fields_max = 16,
    },
    {
        .number = PEREGRIN__KIND__KIND_RECOGNITION,
        .schema = 1,
        .name = "recognition",
        .code = "recognition",
        .body = &peregrin__recognition__descriptor,
        .lanes = KIND_LANE_OPENER,
        .claims_target = true,
        .fields_max = 8192,
    },
    {
        .number = PEREGRIN__KIND__KIND_REVOKE,
        .schema = 1,
        .name = "revocation",
        .code = "revoke",
        .body = &peregrin__revoke__descriptor,
        .lanes = KIND_LANE_BOTH,
        .claims_target = true,
        .fields_max = 16,
    },
    {
        .number = PEREGRIN__KIND__KIND_LEARNING,
        .schema = 1,
        .name = "learning agreement",
        .code = "learning_agreement",
        .body = &peregrin__learning_agreement__descriptor,
        .lanes = KIND_LANE_OPENER,
        .claims_target = true,
        /* 200 units and as many changes. */
        .fields_max = 4096,
    },
    {
        .number = PEREGRIN__KIND__KIND_LEARNING_DECISION,
        .schema = 1,
        .name = "answer to a learning agreement",
        .code = "learning_decision",
        .body = &peregrin__learning_decision__descriptor,
        .lanes = KIND_LANE_OTHER,
        .claims_target = true,
        .claims_outcome = true,
        .fields_max = 16,
    },
    {
        .number = PEREGRIN__KIND__KIND_TERMS,
        .schema = 1,
        .name = "terms",
        .code = "terms",
        .body = &peregrin__terms__descriptor,
        .lanes = KIND_LANE_BOTH,
        .family = KIND_AGREEMENT,
        .place = KIND_ANYWHERE,
        .fields_max = 16384,
    },
    {
        .number = PEREGRIN__KIND__KIND_APPROVAL,
        .schema = 1,
        .name = "approval",
        .code = "approval",
        .body = &peregrin__approval__descriptor,
        .lanes = KIND_LANE_BOTH,
        .family = KIND_AGREEMENT,
        .claims_target = true,
        .fields_max = 16,
    },
    {
        .number = PEREGRIN__KIND__KIND_DECLINATION,
        .schema = 1,
        .name = "declination",
        .code = "declination",
        .body = &peregrin__declination__descriptor,
        .lanes = KIND_LANE_BOTH,
        .family = KIND_AGREEMENT,
        .claims_target = true,
        .fields_max = 16,
    },
    {
        .number = PEREGRIN__KIND__KIND_TAKE_BACK,
        .schema = 1,
        .name = "taking back",
        .code = "take_back",
        .body = &peregrin__declination__descriptor,
        .lanes = KIND_LANE_BOTH,
        .family = KIND_AGREEMENT,
        .claims_target = true,
        .fields_max = 16,
    },
    {
        .number = PEREGRIN__KIND__KIND_TERMINATION,
        .schema = 1,
        .name = "termination",
        .code = "termination",
        .body = &peregrin__termination__descriptor,
        .lanes = KIND_LANE_BOTH,
        .family = KIND_AGREEMENT,
        .claims_target = true,
        .claims_last_year = true,
        .fields_max = 16,
    },
    {
        .number = PEREGRIN__KIND__KIND_CONTACTS,
        .schema = 1,
        .name = "contacts",
        .code = "contacts",
        .body = &peregrin__contacts__descriptor,
        .lanes = KIND_LANE_BOTH,
        .family = KIND_AGREEMENT,
        .fields_max = 256,
    },
    {
        .number = PEREGRIN__KIND__KIND_FACTSHEET,
        .schema = 1,
        .name = "factsheet",
        .code = "factsheet",
        .body = &peregrin__factsheet__descriptor,
        .lanes = KIND_LANE_OPENER,
        .family = KIND_NOTICE,
        .place = KIND_ANYWHERE,
        .fields_max = 1024,
    },
    {
        .number = PEREGRIN__KIND__KIND_GRADING_TABLE,
        .schema = 1,
        .name = "grading table",
        .code = "grading_table",
        .body = &peregrin__grading_table__descriptor,
        .lanes = KIND_LANE_OPENER,
        .family = KIND_NOTICE,
        .place = KIND_ANYWHERE,
        .fields_max = 1024,
    },
    {
        .number = PEREGRIN__KIND__KIND_COURSE_LIST,
        .schema = 1,
        .name = "course list",
        .code = "course_list",
        .body = &peregrin__course_list__descriptor,
        .lanes = KIND_LANE_OPENER,
        .family = KIND_NOTICE,
        .place = KIND_ANYWHERE,
        .fields_max = 8192,
    },
};

enum { KIND_COUNT = sizeof kinds / sizeof *kinds };

/* What a claim repeats from its body, under one name in both. */
static const char *const mirrored[] = {"outcome", "year", "condition", "code", "last_year"};

/* What of a person may be corrected without asking again. Corrections of both sorts together name
 * another person. */
static const struct {
    const char *field;
    enum { CORRECTS, CORRECTS_NAME, CORRECTS_BIRTH } sort;
} corrections[] = {
    {"family_name", CORRECTS_NAME},
    {"given_names", CORRECTS_NAME},
    {"birth_date", CORRECTS_BIRTH},
    {"name_language", CORRECTS},
    {"email", CORRECTS},
    {"gender", CORRECTS},
    {"nationality", CORRECTS},
};

const struct kind *kind_find(uint32_t number, uint32_t schema)
{
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (kinds[i].number == number && kinds[i].schema == schema)
            return &kinds[i];
    return NULL;
}

const struct kind *kind_all(size_t *count)
{
    *count = KIND_COUNT;
    return kinds;
}

bool kind_stands(const struct kind *kind, uint32_t lane, uint32_t index)
{
    assert(lane <= 1);
    enum kind_lanes here = lane == 0 ? KIND_LANE_OPENER : KIND_LANE_OTHER;
    bool first = lane == 0 && index == 0;
    return (kind->lanes & here) &&
           (kind->place == KIND_ANYWHERE || (kind->place == KIND_OPENS) == first);
}

enum verdict kind_body_read(const struct kind *kind, struct bytes body, struct arena *arena,
                            ProtobufCMessage **message)
{
    assert(kind);
    struct scan_limits limits = {
        .bytes_max = HEADER_BODY_MAX, .depth_max = 4, .fields_max = kind->fields_max};
    return codec_unpack(kind->body, body, &limits, arena, message);
}

static const ProtobufCFieldDescriptor *field_of(const ProtobufCMessage *message, const char *name)
{
    return protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
}

enum verdict kind_body_matches(const struct header *header, const ProtobufCMessage *body)
{
    assert(header->fields->claim);
    const ProtobufCMessage *claim = &header->fields->claim->base;
    for (size_t i = 0; i < sizeof mirrored / sizeof *mirrored; i++) {
        const ProtobufCFieldDescriptor *claimed = field_of(claim, mirrored[i]);
        if (!walk_count(claim, claimed))
            continue;
        const ProtobufCFieldDescriptor *said = field_of(body, mirrored[i]);
        if (said && !walk_same(claim, claimed, body, said))
            return VERDICT_CONTRADICTS;
    }
    return VERDICT_FINE;
}

/* A person corrected: the rule of protocol.md, section 2, "Concurrency, said once". */
static uint32_t person_change(const Peregrin__Person *before, const Peregrin__Person *after)
{
    bool changed[CORRECTS_BIRTH + 1] = {false};
    const ProtobufCMessageDescriptor *type = before->base.descriptor;
    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        if (walk_same(&before->base, field, &after->base, field))
            continue;
        /* An identifier may be added later, but not exchanged or taken away. */
        if (strcmp(field->name, "esi") == 0 && !before->esi)
            continue;
        size_t row = 0;
        while (row < sizeof corrections / sizeof *corrections &&
               strcmp(corrections[row].field, field->name) != 0)
            row++;
        if (row == sizeof corrections / sizeof *corrections)
            return PEREGRIN__CHANGE__CHANGE_REOPENS;
        changed[corrections[row].sort] = true;
    }
    bool another = changed[CORRECTS_NAME] && changed[CORRECTS_BIRTH];
    return another ? PEREGRIN__CHANGE__CHANGE_REOPENS : PEREGRIN__CHANGE__CHANGE_KEEPS;
}

/* Who signs, and for which department, is the home's own matter: the host decides on the student.
 */
static bool is_of_author(const ProtobufCFieldDescriptor *field)
{
    return strcmp(field->name, "unit") == 0 || strcmp(field->name, "officer") == 0;
}

uint32_t kind_change_of(const ProtobufCMessage *before, const ProtobufCMessage *after)
{
    assert(before->descriptor == &peregrin__nomination__descriptor);
    assert(after->descriptor == &peregrin__nomination__descriptor);
    const Peregrin__Person *person_before = ((const Peregrin__Nomination *)before)->person;
    const Peregrin__Person *person_after = ((const Peregrin__Nomination *)after)->person;
    const ProtobufCFieldDescriptor *person = field_of(before, "person");
    for (unsigned i = 0; i < before->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &before->descriptor->fields[i];
        if (field != person && !is_of_author(field) && !walk_same(before, field, after, field))
            return PEREGRIN__CHANGE__CHANGE_REOPENS;
    }
    if (person_before && person_after)
        return person_change(person_before, person_after);
    return person_before == person_after ? PEREGRIN__CHANGE__CHANGE_KEEPS
                                         : PEREGRIN__CHANGE__CHANGE_REOPENS;
}
