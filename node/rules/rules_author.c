#include "rules/rules_author.h"

#include "record/walk.h"

#include <assert.h>

enum { UNIT_MAX = 64, OFFICER_MAX = 128 };

/* The field of this name; NULL where the kind has none, or the body does not say it. */
static const ProtobufCFieldDescriptor *said(const ProtobufCMessage *body, const char *name)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(body->descriptor, name);
    return field && walk_count(body, field) > 0 ? field : NULL;
}

static bool unit(const struct rules_case *subject, size_t)
{
    const ProtobufCFieldDescriptor *field = said(subject->body, "unit");
    assert(!field || field->type == PROTOBUF_C_TYPE_STRING);
    return !field ||
           rung_line((const char *)walk_get(subject->body, field, 0).bytes.data, UNIT_MAX);
}

static const Peregrin__Officer *officer(const struct rules_case *subject)
{
    const ProtobufCFieldDescriptor *field = said(subject->body, "officer");
    const ProtobufCMessage *message = field ? walk_get(subject->body, field, 0).message : NULL;
    assert(!message || message->descriptor == &peregrin__officer__descriptor);
    return (const Peregrin__Officer *)message;
}

static bool officer_name(const struct rules_case *subject, size_t)
{
    return !officer(subject) || rung_line(officer(subject)->name, OFFICER_MAX);
}

static bool officer_role(const struct rules_case *subject, size_t)
{
    return !officer(subject) || rung_line_absent_or(officer(subject)->role, OFFICER_MAX);
}

static const struct rung form[] = {
    {.row = {"record.unit", "unit", "1 to 64 characters on one line, no blank ends",
             "Use the code of the department or leave it out."},
     .holds = unit},
    {.row = {"record.officer_name", "officer.name",
             "1 to 128 characters on one line, no blank ends",
             "Give the officer's name: `peregrin user officer`."},
     .holds = officer_name},
    {.row = {"record.officer_role", "officer.role",
             "1 to 128 characters on one line, no blank ends",
             "Shorten the officer's role or leave it out."},
     .holds = officer_role},
};

const struct rung_step rules_author_form = {form, sizeof form / sizeof *form};
