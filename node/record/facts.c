#include "record/facts.h"

#include "mobility.pb-c.h"

#include <assert.h>
#include <string.h>

enum { ISCED_F_DIGITS = 4, ISCED_F_BASE = 10000, MINUTES_A_DAY = 24 * 60, NUMBER_MAX = 10 };

const struct digest *facts_source(const struct dossier *dossier, enum facts_source source)
{
    const struct digest *const sources[FACTS_SOURCES] = {
        [FACTS_REVISION] = &dossier->revision,        [FACTS_DECISION] = &dossier->decision,
        [FACTS_ARRIVAL] = &dossier->arrival,          [FACTS_DEPARTURE] = &dossier->departure,
        [FACTS_LEARNING] = &dossier->learning_agreed, [FACTS_TRANSCRIPT] = &dossier->transcript,
        [FACTS_RECOGNITION] = &dossier->recognition,
    };
    assert(source < FACTS_SOURCES);
    return sources[source];
}

/* ---- what bodies say ---- */

/* Days before 1970 are nobody's stay. */
static uint32_t day_of(const char *date)
{
    int64_t days;
    bool real = date && instant_date(bytes_text(date), &days);
    return real && days > 0 && days <= UINT32_MAX ? (uint32_t)days : 0;
}

static uint32_t number_of(const char *text, size_t digits)
{
    uint32_t number = 0;
    if (!text || strlen(text) < digits)
        return 0;
    for (size_t i = 0; i < digits; i++) {
        if (text[i] < '0' || text[i] > '9')
            return 0;
        number = number * 10 + (uint32_t)(text[i] - '0');
    }
    return number;
}

/* A code of more letters than a department's is none. */
static void unit_copy(const char *unit, char out[static FACTS_UNIT_MAX + 1])
{
    size_t length = unit ? strlen(unit) : 0;
    memset(out, 0, FACTS_UNIT_MAX + 1);
    if (length <= FACTS_UNIT_MAX && length)
        memcpy(out, unit, length);
}

static void add(uint32_t *sum, uint32_t hundredths)
{
    *sum = hundredths > UINT32_MAX - *sum ? UINT32_MAX : *sum + hundredths;
}

static void read_revision(struct facts *facts, const ProtobufCMessage *body)
{
    const Peregrin__Nomination none = PEREGRIN__NOMINATION__INIT;
    const Peregrin__Nomination *said = body ? (const Peregrin__Nomination *)body : &none;
    const char *field = said->isced_f;
    bool whole = field && strspn(field, "0123456789") == ISCED_F_DIGITS && !field[ISCED_F_DIGITS];
    facts->mobility = said->mobility;
    facts->year = number_of(said->year, 4);
    facts->term = said->term;
    facts->eqf = said->eqf;
    facts->isced_f = whole ? number_of(field, ISCED_F_DIGITS) + ISCED_F_BASE : 0;
    facts->start = day_of(said->start);
    facts->end = day_of(said->end);
}

static void read_arrival(struct facts *facts, const ProtobufCMessage *body)
{
    facts->arrived = day_of(body ? ((const Peregrin__StayDay *)body)->date : NULL);
}

static void read_departure(struct facts *facts, const ProtobufCMessage *body)
{
    facts->departed = day_of(body ? ((const Peregrin__StayDay *)body)->date : NULL);
}

static void read_learning(struct facts *facts, const ProtobufCMessage *body)
{
    const Peregrin__LearningAgreement *said = (const Peregrin__LearningAgreement *)body;
    facts->taken = 0;
    for (size_t i = 0; said && i < said->n_units; i++)
        if (said->units[i]->part != PEREGRIN__LEARNING_PART__LEARNING_HOME)
            add(&facts->taken, said->units[i]->ects_hundredths);
}

static void read_transcript(struct facts *facts, const ProtobufCMessage *body)
{
    const Peregrin__CreditRecord *said = (const Peregrin__CreditRecord *)body;
    facts->passed = facts->components = facts->components_passed = 0;
    for (size_t i = 0; said && i < said->n_components; i++) {
        add(&facts->passed, said->components[i]->ects_hundredths);
        facts->components++;
        facts->components_passed += said->components[i]->passed != 0;
    }
}

static void read_recognition(struct facts *facts, const ProtobufCMessage *body)
{
    const Peregrin__Recognition *said = (const Peregrin__Recognition *)body;
    facts->recognised = 0;
    for (size_t i = 0; said && i < said->n_groups; i++)
        for (size_t j = 0; j < said->groups[i]->n_home; j++)
            add(&facts->recognised, said->groups[i]->home[j]->ects_hundredths);
}

static const struct reading {
    const ProtobufCMessageDescriptor *type;
    void (*read)(struct facts *facts, const ProtobufCMessage *body);
} readings[FACTS_SOURCES] = {
    [FACTS_REVISION] = {&peregrin__nomination__descriptor, read_revision},
    [FACTS_DECISION] = {&peregrin__decision__descriptor, NULL},
    [FACTS_ARRIVAL] = {&peregrin__stay_day__descriptor, read_arrival},
    [FACTS_DEPARTURE] = {&peregrin__stay_day__descriptor, read_departure},
    [FACTS_LEARNING] = {&peregrin__learning_agreement__descriptor, read_learning},
    [FACTS_TRANSCRIPT] = {&peregrin__credit_record__descriptor, read_transcript},
    [FACTS_RECOGNITION] = {&peregrin__recognition__descriptor, read_recognition},
};

static enum facts_source names_unit(bool incoming)
{
    return incoming ? FACTS_DECISION : FACTS_REVISION;
}

static const char *unit_of(const ProtobufCMessage *body)
{
    const ProtobufCFieldDescriptor *field =
        body ? protobuf_c_message_descriptor_get_field_by_name(body->descriptor, "unit") : NULL;
    assert(!body || (field && field->type == PROTOBUF_C_TYPE_STRING));
    return field ? *(char *const *)((const char *)body + field->offset) : NULL;
}

bool facts_reads(enum facts_source source, bool incoming)
{
    assert(source < FACTS_SOURCES);
    return readings[source].read || names_unit(incoming) == source;
}

void facts_read(struct facts *facts, enum facts_source source, bool incoming,
                const ProtobufCMessage *body)
{
    assert(source < FACTS_SOURCES);
    const ProtobufCMessage *fits = body && body->descriptor == readings[source].type ? body : NULL;
    if (readings[source].read)
        readings[source].read(facts, fits);
    if (names_unit(incoming) == source)
        unit_copy(unit_of(fits), facts->unit);
}

void facts_said(struct facts *facts, enum facts_source source, uint64_t issued_at)
{
    uint32_t *const days[FACTS_SOURCES] = {
        [FACTS_DECISION] = &facts->decided,
        [FACTS_TRANSCRIPT] = &facts->transcribed,
        [FACTS_RECOGNITION] = &facts->recognised_on,
    };
    assert(source < FACTS_SOURCES && issued_at <= HEADER_MINUTE_MAX);
    if (days[source])
        *days[source] = (uint32_t)(issued_at / MINUTES_A_DAY);
}

/* ---- as they are kept ---- */

enum { VERSION = 1, NUMBERS = 18 };

/* In the order in which they are kept, which never changes: a new one is added at the end. */
static void list(struct facts *facts, uint32_t *out[static NUMBERS])
{
    uint32_t *const all[] = {
        &facts->mobility,    &facts->year,          &facts->term,
        &facts->eqf,         &facts->isced_f,       &facts->start,
        &facts->end,         &facts->nominated,     &facts->decided,
        &facts->transcribed, &facts->recognised_on, &facts->arrived,
        &facts->departed,    &facts->taken,         &facts->passed,
        &facts->recognised,  &facts->components,    &facts->components_passed,
    };
    static_assert(sizeof all / sizeof *all == NUMBERS, "each once");
    memcpy(out, all, sizeof all);
}

static uint8_t *put(uint8_t *at, uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        *at++ = (uint8_t)(number | 0x80);
    *at++ = (uint8_t)number;
    return at;
}

static bool take(struct bytes *wire, uint64_t max, uint64_t *out)
{
    uint64_t number = 0;
    for (size_t i = 0; i < wire->size && i < NUMBER_MAX; i++) {
        number |= (uint64_t)(wire->data[i] & 0x7F) << (7 * i);
        if (wire->data[i] & 0x80)
            continue;
        *wire = (struct bytes) {wire->data + i + 1, wire->size - i - 1};
        *out = number;
        return number <= max;
    }
    return false;
}

static uint8_t *put_unit(uint8_t *at, const char *unit)
{
    size_t size = strlen(unit);
    assert(size <= FACTS_UNIT_MAX);
    at = put(at, size);
    memcpy(at, unit, size);
    return at + size;
}

static bool take_unit(struct bytes *wire, char out[static FACTS_UNIT_MAX + 1])
{
    uint64_t size;
    if (!take(wire, FACTS_UNIT_MAX, &size) || size > wire->size)
        return false;
    if (size)
        memcpy(out, wire->data, size);
    *wire = (struct bytes) {wire->data + size, wire->size - size};
    return strlen(out) == size;
}

size_t facts_pack(const struct facts *facts, uint8_t out[static FACTS_WIRE_MAX])
{
    struct facts copy = *facts;
    uint32_t *numbers[NUMBERS];
    uint8_t *at = put(out, VERSION);
    list(&copy, numbers);
    for (size_t i = 0; i < FACTS_SOURCES; i++)
        at = put(at, (uint64_t)copy.sources[i]);
    for (size_t i = 0; i < NUMBERS; i++)
        at = put(at, *numbers[i]);
    at = put_unit(at, copy.unit);
    assert(at <= out + FACTS_WIRE_MAX);
    return (size_t)(at - out);
}

bool facts_unpack(struct bytes wire, struct facts *out)
{
    struct facts facts = {0};
    uint32_t *numbers[NUMBERS];
    uint64_t number;
    if (!wire.size) {
        *out = facts;
        return true;
    }
    if (!take(&wire, VERSION, &number) || number != VERSION)
        return false;
    list(&facts, numbers);
    for (size_t i = 0; i < FACTS_SOURCES; i++) {
        if (!take(&wire, INT64_MAX, &number))
            return false;
        facts.sources[i] = (int64_t)number;
    }
    for (size_t i = 0; i < NUMBERS; i++) {
        if (!take(&wire, UINT32_MAX, &number))
            return false;
        *numbers[i] = (uint32_t)number;
    }
    if (!take_unit(&wire, facts.unit) || wire.size)
        return false;
    *out = facts;
    return true;
}
