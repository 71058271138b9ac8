#include "backup/backup_manifest.h"

#include <assert.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_MAX = 255, HEX_SIZE = 2 * BACKUP_MANIFEST_SHA256 + 1 };

static const char kind[] = "peregrin-backup";

static const struct {
    const char *name;
    uint64_t size_max;
} parts[] = {
    [BACKUP_PART_CONFIGURATION] = {"peregrind.conf", BACKUP_CONFIGURATION_MAX},
    [BACKUP_PART_CATALOGUE] = {"catalogue", CATALOGUE_SIZE_MAX},
    [BACKUP_PART_ROOT] = {"root", CATALOGUE_ROOT_MAX},
    [BACKUP_PART_KEY] = {"keys/", 1024},
    [BACKUP_PART_DATABASE] = {"peregrin.db", (uint64_t)1 << 44},
};

void backup_manifest_part_name(const struct backup_manifest_part *part,
                               char out[static BACKUP_MANIFEST_PART_NAME])
{
    const char *name = parts[part->part].name;
    if (part->part == BACKUP_PART_KEY)
        snprintf(out, BACKUP_MANIFEST_PART_NAME, "%s%u", name, part->number);
    else
        snprintf(out, BACKUP_MANIFEST_PART_NAME, "%s", name);
}

uint64_t backup_manifest_part_max(enum backup_part part)
{
    return parts[part].size_max;
}

/* ---- writing -----------------------------------------------------------------------------------
 */

static json_t *part_json(const struct backup_manifest_part *part)
{
    char name[BACKUP_MANIFEST_PART_NAME], hex[HEX_SIZE];
    backup_manifest_part_name(part, name);
    for (size_t i = 0; i < BACKUP_MANIFEST_SHA256; i++)
        sprintf(hex + 2 * i, "%02x", part->sha256[i]);
    return json_pack("{s:s, s:I, s:s}", "name", name, "size", (json_int_t)part->size, "sha256",
                     hex);
}

static json_t *to_json(const struct backup_manifest *manifest)
{
    const struct backup_facts *facts = &manifest->facts;
    json_t *institutions = json_array(), *list = json_array();
    for (size_t i = 0; i < facts->institution_count; i++)
        json_array_append_new(institutions, json_string(facts->institutions[i]));
    for (size_t i = 0; i < manifest->count; i++)
        json_array_append_new(list, part_json(&manifest->parts[i]));
    return json_pack("{s:s, s:i, s:s, s:s, s:s, s:s, s:o, s:{s:i, s:I, s:I, s:I, s:I}, s:o}",
                     "kind", kind, "format", BACKUP_MANIFEST_FORMAT, "version", facts->version,
                     "created_at", facts->created, "node", facts->node, "network", facts->network,
                     "institutions", institutions, "database", "schema", facts->schema, "records",
                     (json_int_t)facts->records, "seals", (json_int_t)facts->seals, "receipts",
                     (json_int_t)facts->receipts, "dossiers", (json_int_t)facts->dossiers, "parts",
                     list);
}

struct bytes backup_manifest_write(const struct backup_manifest *manifest, struct arena *arena)
{
    json_t *json = to_json(manifest);
    char *text = json ? json_dumps(json, JSON_INDENT(2)) : NULL;
    const char *kept = text ? arena_format(arena, "%s\n", text) : NULL;
    free(text);
    json_decref(json);
    return kept ? bytes_text(kept) : (struct bytes) {0};
}

/* ---- reading -----------------------------------------------------------------------------------
 */

/* Printable text: it is shown on terminals. */
static const char *take_text(const json_t *object, const char *name, struct arena *arena)
{
    const json_t *value = json_object_get(object, name);
    size_t size = json_string_length(value);
    const char *text = json_string_value(value);
    if (!text || size == 0 || size > TEXT_MAX)
        return NULL;
    for (size_t i = 0; i < size; i++)
        if (text[i] < ' ' || text[i] > '~')
            return NULL;
    return arena_text(arena, (struct bytes) {(const uint8_t *)text, size});
}

static bool take_number(const json_t *object, const char *name, uint64_t max, uint64_t *out)
{
    const json_t *value = json_object_get(object, name);
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < 0 || (uint64_t)number > max)
        return false;
    *out = (uint64_t)number;
    return true;
}

static bool take_digest(const json_t *object, uint8_t out[static BACKUP_MANIFEST_SHA256])
{
    const char *hex = json_string_value(json_object_get(object, "sha256"));
    if (!hex || strlen(hex) != HEX_SIZE - 1 || strspn(hex, "0123456789abcdef") != HEX_SIZE - 1)
        return false;
    for (size_t i = 0; i < BACKUP_MANIFEST_SHA256; i++)
        sscanf(hex + 2 * i, "%2hhx", &out[i]);
    return true;
}

/* The name must be the one that a part of this kind and number has, and no other spelling of it. */
static bool take_name(const json_t *object, struct backup_manifest_part *out)
{
    const char *name = json_string_value(json_object_get(object, "name"));
    char expected[BACKUP_MANIFEST_PART_NAME];
    if (!name || strlen(name) >= sizeof expected)
        return false;
    for (unsigned part = BACKUP_PART_CONFIGURATION; part <= BACKUP_PART_DATABASE; part++) {
        out->part = (enum backup_part)part;
        out->number = 0;
        if (part == BACKUP_PART_KEY && sscanf(name, "keys/%3u", &out->number) != 1)
            continue;
        backup_manifest_part_name(out, expected);
        if (strcmp(expected, name) == 0)
            return part != BACKUP_PART_KEY || (out->number >= 1 && out->number <= BACKUP_KEYS_MAX);
    }
    return false;
}

/* Each at most once, in their order; keys ascending. */
static bool follows(const struct backup_manifest_part *before,
                    const struct backup_manifest_part *after)
{
    if (before->part == BACKUP_PART_KEY && after->part == BACKUP_PART_KEY)
        return before->number < after->number;
    return before->part < after->part;
}

static bool take_parts(const json_t *list, struct backup_manifest *out)
{
    size_t count = json_array_size(list);
    if (!json_is_array(list) || count < 4 || count > BACKUP_MANIFEST_PARTS)
        return false;
    for (size_t i = 0; i < count; i++) {
        const json_t *object = json_array_get(list, i);
        struct backup_manifest_part *part = &out->parts[i];
        if (!take_name(object, part) || !take_digest(object, part->sha256) ||
            !take_number(object, "size", parts[part->part].size_max, &part->size) ||
            (i > 0 && !follows(&out->parts[i - 1], part)))
            return false;
        out->facts.keys += part->part == BACKUP_PART_KEY;
    }
    out->count = count;
    out->facts.size = out->parts[count - 1].size;
    /* Three parts that every node has, and the database: none may lack. */
    return count == out->facts.keys + 4;
}

static bool take_institutions(const json_t *list, struct arena *arena, struct backup_facts *out)
{
    size_t count = json_array_size(list);
    if (!json_is_array(list) || count == 0 || count > BACKUP_INSTITUTIONS_MAX)
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *name = json_string_value(json_array_get(list, i));
        if (!name || strlen(name) > TEXT_MAX ||
            strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789.-") != strlen(name))
            return false;
        out->institutions[i] = arena_text(arena, bytes_text(name));
        if (!out->institutions[i])
            return false;
    }
    out->institution_count = count;
    return true;
}

static bool take_facts(const json_t *json, struct arena *arena, struct backup_facts *out)
{
    const json_t *database = json_object_get(json, "database");
    uint64_t schema;
    out->version = take_text(json, "version", arena);
    out->created = take_text(json, "created_at", arena);
    out->node = take_text(json, "node", arena);
    out->network = take_text(json, "network", arena);
    if (!out->version || !out->created || !out->node || !out->network ||
        !take_number(database, "schema", 1 << 20, &schema) ||
        !take_number(database, "records", INT64_MAX, &out->records) ||
        !take_number(database, "seals", INT64_MAX, &out->seals) ||
        !take_number(database, "receipts", INT64_MAX, &out->receipts) ||
        !take_number(database, "dossiers", INT64_MAX, &out->dossiers))
        return false;
    out->schema = (int)schema;
    return take_institutions(json_object_get(json, "institutions"), arena, out);
}

enum backup_problem backup_manifest_read(struct bytes text, struct arena *arena,
                                         struct backup_manifest *out, struct backup_detail *detail)
{
    json_t *json = json_loadb((const char *)text.data, text.size, JSON_REJECT_DUPLICATES, NULL);
    const char *said = json_string_value(json_object_get(json, "kind"));
    uint64_t format = 0;
    enum backup_problem problem = BACKUP_FINE;
    *out = (struct backup_manifest) {0};
    if (!said || strcmp(said, kind) != 0 || !take_number(json, "format", 1 << 20, &format))
        problem = backup_say(detail, BACKUP_NOT_ONE, "its manifest is none");
    else if (format > BACKUP_MANIFEST_FORMAT)
        problem = backup_say(detail, BACKUP_NEWER, "its format is %" PRIu64, format);
    else if (!take_facts(json, arena, &out->facts) ||
             !take_parts(json_object_get(json, "parts"), out))
        problem = backup_say(detail, BACKUP_NOT_ONE, "its manifest is not well formed");
    json_decref(json);
    return problem;
}
