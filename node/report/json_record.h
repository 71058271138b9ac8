/* Messages of the .proto files as JSON and back: one conversion over the descriptors for every
 * kind.
 *
 * Names are those of the fields; bytes are lower-case hex; codes that people know are words
 * (`"mobility":"studies"`, `"outcome":"accept"`); a number without a word stays a number. */
#pragma once

#include "base/arena.h"
#include "base/verdict.h"

#include <jansson.h>
#include <protobuf-c/protobuf-c.h>

enum { JSON_RECORD_WORD = 32 };

/* NULL when memory or the arena is spent. Unknown fields are not shown. */
json_t *json_record_write(const ProtobufCMessage *message, struct arena *arena);

/* What does not fit: where, and what is wanted there. Static, or in the arena. */
struct json_record_misfit {
    const char *field;    /* `nomination.languages[1].level` */
    const char *expected; /* `text`, `a whole number`, `only fields of Nomination` */
};

/* A message of this type in the arena. Texts are brought to NFC. A name that the type does not have
 * is refused, so that a typo does not vanish; null counts as absent. `path` names the object itself
 * (`nomination`) and may be empty. VERDICT_INVALID with *misfit, or VERDICT_TOO_LARGE when the
 * arena is spent. */
enum verdict json_record_read(json_t *object, const ProtobufCMessageDescriptor *type,
                              const char *path, struct arena *arena, ProtobufCMessage **message,
                              struct json_record_misfit *misfit);

/* The word of a coded field, for lists that show one field only: false when it has none. */
bool json_record_word(const ProtobufCMessageDescriptor *type, const char *field, uint64_t number,
                      char word[static JSON_RECORD_WORD]);
/* And back, whatever the case; false when no code has this word. */
bool json_record_code(const ProtobufCMessageDescriptor *type, const char *field, struct bytes word,
                      uint64_t *number);
