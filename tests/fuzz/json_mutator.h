/* Changes of a JSON text by its structure: members go, come twice, change places, get other types,
 * and their texts are changed as texts. Most changes of the bytes would only be no JSON any more.
 */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { JSON_MUTATOR_PLACES = 512, JSON_MUTATOR_TEXT = 4096, JSON_MUTATOR_DEEP = 20 };

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t size_max);

/* Where a value stands: in an object by its key, in an array by its index. */
struct json_mutator_place {
    json_t *parent;
    const char *key; /* NULL: by index */
    size_t index;
};

struct json_mutator {
    uint64_t state;
    struct json_mutator_place places[JSON_MUTATOR_PLACES];
    size_t count;
};

static inline size_t json_mutator_dice(struct json_mutator *mutator, size_t faces)
{
    mutator->state = mutator->state * 6364136223846793005u + 1442695040888963407u;
    return faces ? (size_t)(mutator->state >> 33) % faces : 0;
}

static inline void json_mutator_look(struct json_mutator *mutator, json_t *value, unsigned depth)
{
    const char *key;
    size_t index;
    json_t *member;
    if (depth > JSON_MUTATOR_DEEP)
        return;
    json_object_foreach(value, key, member) if (mutator->count < JSON_MUTATOR_PLACES)
    {
        mutator->places[mutator->count++] = (struct json_mutator_place) {value, key, 0};
        json_mutator_look(mutator, member, depth + 1);
    }
    json_array_foreach(value, index, member) if (mutator->count < JSON_MUTATOR_PLACES)
    {
        mutator->places[mutator->count++] = (struct json_mutator_place) {value, NULL, index};
        json_mutator_look(mutator, member, depth + 1);
    }
}

static inline json_t *json_mutator_get(const struct json_mutator_place *place)
{
    return place->key ? json_object_get(place->parent, place->key)
                      : json_array_get(place->parent, place->index);
}

/* Takes the reference. */
static inline void json_mutator_set(const struct json_mutator_place *place, json_t *value)
{
    if (place->key)
        json_object_set_new(place->parent, place->key, value);
    else
        json_array_set_new(place->parent, place->index, value);
}

/* A text that libFuzzer has changed; where that is no text any more, the one of before. */
static inline json_t *json_mutator_text(const char *text)
{
    char room[JSON_MUTATOR_TEXT];
    size_t size = strlen(text) < sizeof room ? strlen(text) : sizeof room;
    memcpy(room, text, size);
    size = LLVMFuzzerMutate((uint8_t *)room, size, sizeof room);
    json_t *changed = json_stringn(room, size);
    return changed && strlen(json_string_value(changed)) == size
               ? changed
               : (json_decref(changed), json_string(text));
}

static inline json_t *json_mutator_number(struct json_mutator *mutator, json_int_t number)
{
    static const json_int_t edges[] = {0,     1,         -1,         2,         255,
                                       65536, INT32_MAX, UINT32_MAX, INT64_MIN, INT64_MAX};
    size_t place = json_mutator_dice(mutator, 2 * sizeof edges / sizeof *edges);
    if (place < sizeof edges / sizeof *edges)
        return json_integer(edges[place]);
    return json_integer((json_int_t)((uint64_t)number * (place & 1 ? 3 : 1) + 1));
}

/* Another value of any type. */
static inline json_t *json_mutator_other(struct json_mutator *mutator)
{
    static const char *const texts[] = {"",        "2027-02-30",  "2026/2027", "BE",   "true",
                                        "\u00e9",  "a@b.example", "0613",      "none", "x\ny",
                                        "\u202Ex", "T/\\\"1",     "1e9",       "-1",   "null"};
    switch (json_mutator_dice(mutator, 9)) {
    case 0: return json_null();
    case 1: return json_true();
    case 2: return json_false();
    case 3: return json_object();
    case 4: return json_array();
    case 5: return json_real(1.5);
    case 6: return json_mutator_number(mutator, 7);
    default: return json_string(texts[json_mutator_dice(mutator, sizeof texts / sizeof *texts)]);
    }
}

/* The same kind of value, changed. */
static inline json_t *json_mutator_changed(struct json_mutator *mutator, const json_t *value)
{
    if (json_is_string(value))
        return json_mutator_text(json_string_value(value));
    if (json_is_integer(value))
        return json_mutator_number(mutator, json_integer_value(value));
    if (json_is_boolean(value))
        return json_boolean(!json_is_true(value));
    return json_mutator_other(mutator);
}

static inline void json_mutator_step(struct json_mutator *mutator)
{
    const struct json_mutator_place *one =
        &mutator->places[json_mutator_dice(mutator, mutator->count)];
    const struct json_mutator_place *other =
        &mutator->places[json_mutator_dice(mutator, mutator->count)];
    json_t *value = json_mutator_get(one), *copy = json_deep_copy(json_mutator_get(other));
    size_t kind = json_mutator_dice(mutator, 12);
    if (kind == 0 && one->key)
        json_object_del(one->parent, one->key);
    else if (kind == 0)
        json_array_remove(one->parent, one->index);
    else if (kind == 1 && json_is_array(other->parent))
        json_array_append(other->parent, copy);
    else if (kind == 2 && other->key && json_is_object(one->parent))
        json_object_set(one->parent, other->key, copy); /* a member where it does not belong */
    else if (kind == 3)
        json_mutator_set(one, json_incref(copy));
    else if (kind == 4)
        json_mutator_set(one, json_mutator_other(mutator));
    else if (kind == 5)
        json_mutator_set(one, json_pack("[O]", value));
    else
        json_mutator_set(one, json_mutator_changed(mutator, value));
    json_decref(copy);
}

/* 0: it is no JSON, or does not fit. */
static inline size_t json_mutator_structure(uint8_t *data, size_t size, size_t size_max,
                                            unsigned seed)
{
    static struct json_mutator mutator;
    mutator.state = seed;
    json_t *root =
        json_loadb((const char *)data, size, JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK, NULL);
    size_t steps = 1 + json_mutator_dice(&mutator, 3);
    for (size_t i = 0; i < steps; i++) {
        mutator.count = 0;
        json_mutator_look(&mutator, root, 0);
        if (mutator.count)
            json_mutator_step(&mutator);
    }
    size_t flags = JSON_ENCODE_ANY | JSON_COMPACT;
    size_t length = root ? json_dumpb(root, NULL, 0, flags) : 0;
    if (length > 0 && length <= size_max)
        json_dumpb(root, (char *)data, length, flags);
    else
        length = 0;
    json_decref(root);
    return length;
}

/* Of four changes three are of the structure. */
static inline size_t json_mutator_change(uint8_t *data, size_t size, size_t size_max, unsigned seed)
{
    size_t changed = seed % 4 ? json_mutator_structure(data, size, size_max, seed / 4) : 0;
    return changed ? changed : LLVMFuzzerMutate(data, size, size_max);
}
