/* links: base record */
#include "record/walk.h"

#include "message.pb-c.h"
#include "mobility.pb-c.h"
#include "record.pb-c.h"
#include "record/codec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

static const ProtobufCFieldDescriptor *field_of(const ProtobufCMessage *message, const char *name)
{
    const ProtobufCFieldDescriptor *field =
        protobuf_c_message_descriptor_get_field_by_name(message->descriptor, name);
    assert_non_null(field);
    return field;
}

static enum verdict number_set(ProtobufCMessage *message, const char *name, uint64_t number,
                               struct arena *arena)
{
    return walk_set_number(message, field_of(message, name), number, arena);
}

static enum verdict text_set(ProtobufCMessage *message, const char *name, const char *text,
                             struct arena *arena)
{
    return walk_set_bytes(message, field_of(message, name), bytes_text(text), arena);
}

static ProtobufCMessage *message_add(ProtobufCMessage *message, const char *name,
                                     struct arena *arena)
{
    ProtobufCMessage *added = NULL;
    assert_int_equal(walk_add_message(message, field_of(message, name), arena, &added),
                     VERDICT_FINE);
    return added;
}

static ProtobufCMessage *nomination_new(struct arena *arena)
{
    ProtobufCMessage *nomination = walk_new(&peregrin__nomination__descriptor, arena);
    ProtobufCMessage *person = message_add(nomination, "person", arena);
    assert_int_equal(text_set(person, "family_name", "Żak", arena), VERDICT_FINE);
    assert_int_equal(text_set(person, "email", "z@example.org", arena), VERDICT_FINE);
    assert_int_equal(number_set(person, "gender", 0, arena), VERDICT_FINE);
    assert_int_equal(text_set(nomination, "year", "2026/2027", arena), VERDICT_FINE);
    for (int i = 0; i < 2; i++) {
        ProtobufCMessage *skill = message_add(nomination, "languages", arena);
        assert_int_equal(text_set(skill, "language", i ? "fr" : "nl", arena), VERDICT_FINE);
    }
    assert_int_equal(number_set(nomination, "support", 1, arena), VERDICT_FINE);
    return nomination;
}

struct story {
    char text[512];
    size_t size;
};

static void story_value(void *self, const struct walk_value *value)
{
    struct story *story = self;
    size_t left = sizeof story->text - story->size;
    bool text = value->field->type == PROTOBUF_C_TYPE_STRING;
    int size = text ? snprintf(story->text + story->size, left, "%s=%.*s ", value->field->name,
                               (int)value->bytes.size, (const char *)value->bytes.data)
                    : snprintf(story->text + story->size, left, "%s=%llu ", value->field->name,
                               (unsigned long long)value->number);
    story->size += (size_t)size;
}

static void story_enter(void *self, const struct walk_value *value)
{
    struct story *story = self;
    story->size +=
        (size_t)snprintf(story->text + story->size, sizeof story->text - story->size,
                         value->repeated ? "%s%zu( " : "%s( ", value->field->name, value->index);
}

static void story_leave(void *self, const struct walk_value *value)
{
    struct story *story = self;
    (void)value;
    story->size +=
        (size_t)snprintf(story->text + story->size, sizeof story->text - story->size, ") ");
}

static void what_is_present_is_visited_in_field_order(void **state)
{
    struct story story = {.size = 0};
    struct walk_visitor visitor = {&story, story_value, story_enter, story_leave};
    walk_message(nomination_new(*state), &visitor);
    assert_string_equal(story.text, "person( family_name=Żak gender=0 email=z@example.org ) "
                                    "year=2026/2027 languages0( language=nl ) "
                                    "languages1( language=fr ) support=1 ");
    visitor = (struct walk_visitor) {.self = &story};
    walk_message(nomination_new(*state), &visitor);
}

static void what_was_set_is_what_protobuf_packs(void **state)
{
    static const struct scan_limits limits = {.bytes_max = 4096, .depth_max = 4, .fields_max = 64};
    ProtobufCMessage *nomination = nomination_new(*state), *back;
    struct bytes wire = codec_pack(nomination, *state);
    assert_int_equal(codec_unpack(&peregrin__nomination__descriptor, wire, &limits, *state, &back),
                     VERDICT_FINE);
    for (unsigned i = 0; i < nomination->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &nomination->descriptor->fields[i];
        assert_true(walk_same(nomination, field, back, field));
    }
    /* A field that protobuf-c has unpacked grows, too. */
    assert_int_equal(text_set(message_add(back, "languages", *state), "language", "en", *state),
                     VERDICT_FINE);
    assert_int_equal(walk_count(back, field_of(back, "languages")), 3);
    struct walk_value third = walk_get(back, field_of(back, "languages"), 2);
    assert_string_equal(((const Peregrin__LanguageSkill *)third.message)->language, "en");
    struct walk_value first = walk_get(back, field_of(back, "languages"), 0);
    assert_string_equal(((const Peregrin__LanguageSkill *)first.message)->language, "nl");
}

static void numbers_that_repeat_are_appended(void **state)
{
    ProtobufCMessage *hello = walk_new(&peregrin__hello__descriptor, *state);
    for (uint32_t i = 1; i <= 20; i++)
        assert_int_equal(number_set(hello, "versions", i * 1000, *state), VERDICT_FINE);
    const Peregrin__Hello *typed = (const Peregrin__Hello *)hello;
    assert_int_equal(typed->n_versions, 20);
    for (uint32_t i = 0; i < 20; i++)
        assert_int_equal(typed->versions[i], (i + 1) * 1000);
    assert_int_equal(walk_get(hello, field_of(hello, "versions"), 19).number, 20000);
}

static void a_value_that_does_not_fit_is_invalid(void **state)
{
    ProtobufCMessage *nomination = walk_new(&peregrin__nomination__descriptor, *state);
    ProtobufCMessage *header = walk_new(&peregrin__header__descriptor, *state), *added;
    assert_int_equal(number_set(nomination, "term", 1ull << 32, *state), VERDICT_INVALID);
    assert_int_equal(number_set(nomination, "support", 2, *state), VERDICT_INVALID);
    assert_int_equal(number_set(nomination, "year", 2026, *state), VERDICT_INVALID);
    assert_int_equal(text_set(nomination, "term", "1", *state), VERDICT_INVALID);
    assert_int_equal(text_set(nomination, "year", "a\rb", *state), VERDICT_INVALID);
    assert_int_equal(text_set(nomination, "year", "\xC3(", *state), VERDICT_INVALID);
    assert_int_equal(text_set(nomination, "person", "x", *state), VERDICT_INVALID);
    assert_int_equal(walk_add_message(nomination, field_of(nomination, "year"), *state, &added),
                     VERDICT_INVALID);
    assert_int_equal(number_set(header, "issued_at", UINT64_MAX, *state), VERDICT_FINE);
    assert_int_equal(text_set(header, "dossier", "\xFF\r", *state), VERDICT_FINE);
    assert_int_equal(protobuf_c_message_get_packed_size(nomination), 0);
}

static void a_field_set_again_is_replaced_and_a_message_is_not(void **state)
{
    ProtobufCMessage *nomination = nomination_new(*state), *added;
    assert_int_equal(text_set(nomination, "year", "2027/2028", *state), VERDICT_FINE);
    assert_string_equal(((Peregrin__Nomination *)nomination)->year, "2027/2028");
    assert_int_equal(walk_add_message(nomination, field_of(nomination, "person"), *state, &added),
                     VERDICT_DUPLICATE);
}

static void one_member_of_a_oneof_can_be_set(void **state)
{
    ProtobufCMessage *message = walk_new(&peregrin__message__descriptor, *state), *added;
    message_add(message, "ping", *state);
    assert_int_equal(walk_count(message, field_of(message, "ping")), 1);
    assert_int_equal(walk_count(message, field_of(message, "pong")), 0);
    assert_int_equal(((Peregrin__Message *)message)->what_case, PEREGRIN__MESSAGE__WHAT_PING);
    assert_int_equal(walk_add_message(message, field_of(message, "pong"), *state, &added),
                     VERDICT_INVALID);
}

static void a_spent_arena_is_too_large_and_leaves_the_message_as_it_was(void **state)
{
    (void)state;
    for (size_t budget = 200; budget < 1200; budget += 4) {
        struct arena *small = arena_open(budget);
        ProtobufCMessage *hello = walk_new(&peregrin__hello__descriptor, small);
        enum verdict verdict = VERDICT_FINE;
        size_t set = 0;
        while (hello && verdict == VERDICT_FINE) {
            verdict = number_set(hello, "versions", 5, small);
            set += verdict == VERDICT_FINE;
        }
        if (hello) {
            assert_int_equal(verdict, VERDICT_TOO_LARGE);
            assert_int_equal(((Peregrin__Hello *)hello)->n_versions, set);
            uint8_t large[256] = {0};
            assert_int_equal(walk_set_bytes(hello, field_of(hello, "run_id"),
                                            (struct bytes) {large, sizeof large}, small),
                             VERDICT_TOO_LARGE);
            assert_false(((Peregrin__Hello *)hello)->has_run_id);
        }
        arena_close(small);
    }
}

static void differences_are_named_by_path_in_field_order(void **state)
{
    const char *paths[8] = {0};
    ProtobufCMessage *left = nomination_new(*state), *right = nomination_new(*state);
    assert_int_equal(walk_differences(left, right, *state, paths, 8), 0);
    Peregrin__Nomination *changed = (Peregrin__Nomination *)right;
    changed->person->email = "other@example.org";
    changed->person->birth_date = "2004-02-29";
    changed->year = NULL;
    ((Peregrin__LanguageSkill *)changed->languages[1])->level = "B2";
    changed->support = 0;
    assert_int_equal(walk_differences(left, right, *state, paths, 8), 5);
    assert_string_equal(paths[0], "person.birth_date");
    assert_string_equal(paths[1], "person.email");
    assert_string_equal(paths[2], "year");
    assert_string_equal(paths[3], "languages");
    assert_string_equal(paths[4], "support");
    const char *two[3] = {NULL, NULL, "untouched"};
    assert_int_equal(walk_differences(left, right, *state, two, 2), 5);
    assert_string_equal(two[1], "person.email");
    assert_string_equal(two[2], "untouched");
    changed->person = NULL;
    assert_int_equal(walk_differences(left, right, *state, paths, 8), 4);
    assert_string_equal(paths[0], "person");
}

static int arena_setup(void **state)
{
    *state = arena_open(1 << 20);
    return *state == NULL;
}

static int arena_teardown(void **state)
{
    arena_close(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_present_is_visited_in_field_order),
        cmocka_unit_test(what_was_set_is_what_protobuf_packs),
        cmocka_unit_test(numbers_that_repeat_are_appended),
        cmocka_unit_test(a_value_that_does_not_fit_is_invalid),
        cmocka_unit_test(a_field_set_again_is_replaced_and_a_message_is_not),
        cmocka_unit_test(one_member_of_a_oneof_can_be_set),
        cmocka_unit_test(a_spent_arena_is_too_large_and_leaves_the_message_as_it_was),
        cmocka_unit_test(differences_are_named_by_path_in_field_order),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
