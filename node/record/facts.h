/* What a mobility's records say that is counted: one small value for each dossier, beside its row
 * for lists, so that a report over all of them reads no record.
 *
 * Nobody's name, birth date or identifier is here, nor a digest of them: kind, year, field, level,
 * department, days and credits. Each part says which record it was read from, and is read again
 * only when another record stands in force. */
#pragma once

#include "record/dossier.h"

enum facts_source {
    FACTS_REVISION,
    FACTS_DECISION,
    FACTS_ARRIVAL,
    FACTS_DEPARTURE,
    FACTS_LEARNING, /* agreed by the host */
    FACTS_TRANSCRIPT,
    FACTS_RECOGNITION,
    FACTS_SOURCES
};

enum { FACTS_UNIT_MAX = 32, FACTS_WIRE_MAX = 192 };

/* All zero: nothing is known. Days count from 1970, 0: none; credits are hundredths. */
struct facts {
    int64_t sources[FACTS_SOURCES]; /* serial of the record that was read; 0: none */
    uint32_t mobility;              /* see MobilityKind */
    uint32_t year;                  /* 2026: the academic year 2026/2027 */
    uint32_t term, eqf;
    uint32_t isced_f;    /* four digits, plus 10,000, so that `0011` is not lost; 0: none */
    uint32_t start, end; /* as nominated */
    uint32_t nominated, decided, transcribed, recognised_on; /* when these were said */
    uint32_t arrived, departed;
    uint32_t taken;  /* host's and virtual parts of the learning agreement */
    uint32_t passed; /* awarded by the transcript */
    uint32_t recognised;
    uint32_t components, components_passed; /* of the transcript */
    char unit[FACTS_UNIT_MAX + 1]; /* our department: of the nomination, or of our decision */
};

/* The record of a folded dossier that this part is read from; zero: none. */
const struct digest *facts_source(const struct dossier *dossier, enum facts_source source);
/* Whether anything is read from its body: of a decision only our own department. */
bool facts_reads(enum facts_source source, bool incoming);
/* Forgets what was read from it, and reads it from another: NULL, or of no shape that it has: there
 * is nothing. The serial is the caller's to set. */
void facts_read(struct facts *facts, enum facts_source source, bool incoming,
                const ProtobufCMessage *body);
/* When the record was said, which its header knows. */
void facts_said(struct facts *facts, enum facts_source source, uint64_t issued_at);

/* As the store keeps them. Gives the size. */
size_t facts_pack(const struct facts *facts, uint8_t out[static FACTS_WIRE_MAX]);
/* Empty: nothing is known. False: it was not packed here. */
bool facts_unpack(struct bytes wire, struct facts *out);
