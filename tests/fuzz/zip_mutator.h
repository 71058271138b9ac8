/* Changes within a workbook: one part of the archive is taken out, changed as XML, and packed again
 * with checksums that are right. Few changes of packed bytes come further than the checksums. */
#pragma once

#include "base/bytes.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum { ZIP_MUTATOR_ROOM = 64 * 1024, ZIP_MUTATOR_PARTS = 32 };

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t size_max);

static inline size_t zip_mutator_dice(uint64_t *state, size_t faces)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return faces ? (size_t)(*state >> 33) % faces : 0;
}

static inline bool zip_mutator_is_zip(const uint8_t *data, size_t size)
{
    return size >= 4 && memcmp(data, "PK\x03\x04", 4) == 0;
}

/* A piece of XML between two `<`: what is moved, doubled or left out as a whole. */
static inline size_t zip_mutator_tag(struct bytes text, size_t from)
{
    const uint8_t *at = from < text.size ? memchr(text.data + from, '<', text.size - from) : NULL;
    return at ? (size_t)(at - text.data) : text.size;
}

/* Copies a piece that begins at one tag and ends at another to where a third one begins, or leaves
 * it out. */
static inline size_t zip_mutator_move(uint8_t *data, size_t size, size_t size_max, uint64_t *state)
{
    static uint8_t piece[ZIP_MUTATOR_ROOM];
    const struct bytes text = {data, size};
    size_t from = zip_mutator_tag(text, zip_mutator_dice(state, size)), to = from;
    for (size_t tags = 1 + zip_mutator_dice(state, 6); tags > 0 && to < size; tags--)
        to = zip_mutator_tag(text, to + 1);
    if (from == to)
        return size;
    if (zip_mutator_dice(state, 3) == 0) {
        memmove(data + from, data + to, size - to);
        return size - (to - from);
    }
    size_t at = zip_mutator_tag(text, zip_mutator_dice(state, size)), length = to - from;
    if (length > sizeof piece || size + length > size_max)
        return size;
    memcpy(piece, data + from, length);
    memmove(data + at + length, data + at, size - at);
    memcpy(data + at, piece, length);
    return size + length;
}

/* What a reader of workbooks looks for, put over the text of an attribute or a cell. */
static inline size_t zip_mutator_word(uint8_t *data, size_t size, size_t size_max, uint64_t *state)
{
    static const char *const words[] = {
        "XFD1048576", "IW1",        "A0",   "A1",         "B2:A1",     "A1:XFD1048576",
        "-1",         "0",          "1",    "4294967296", "s",         "b",
        "e",          "d",          "n",    "str",        "inlineStr", "1e308",
        "46419.5",    "60",         "61",   "hidden",     "../x.xml",  "/",
        "&lt;",       "&#x10FFFF;", "&#0;", "_x000D_",    "_x0000_",   "dd/mm/yyyy",
        "0000",       "[h]:mm",
    };
    const char *word = words[zip_mutator_dice(state, sizeof words / sizeof *words)];
    size_t start = zip_mutator_dice(state, size), length = strlen(word);
    while (start < size && data[start] != '>' &&
           !(data[start] == '"' && start > 0 && data[start - 1] == '='))
        start++;
    if (start == size)
        return size;
    size_t end = ++start;
    while (end < size && data[end] != '"' && data[end] != '<')
        end++;
    if (size - (end - start) + length > size_max)
        return size;
    memmove(data + start + length, data + end, size - end);
    memcpy(data + start, word, length);
    return size - (end - start) + length;
}

static inline size_t zip_mutator_xml(uint8_t *data, size_t size, size_t size_max, uint64_t *state)
{
    switch (zip_mutator_dice(state, 3)) {
    case 0: return zip_mutator_move(data, size, size_max, state);
    case 1: return zip_mutator_word(data, size, size_max, state);
    default: return LLVMFuzzerMutate(data, size, size_max);
    }
}

/* The content of one part into room; returns its size, SIZE_MAX where it cannot be read. */
static inline size_t zip_mutator_part(zip_t *archive, zip_uint64_t index, uint8_t *room)
{
    zip_file_t *file = zip_fopen_index(archive, index, 0);
    zip_int64_t got = file ? zip_fread(file, room, ZIP_MUTATOR_ROOM) : -1;
    if (file)
        zip_fclose(file);
    return got < 0 ? SIZE_MAX : (size_t)got;
}

/* What the archive has become, back into data; 0: it does not fit. */
static inline size_t zip_mutator_read(zip_source_t *source, uint8_t *data, size_t size_max)
{
    zip_stat_t stat;
    size_t size = 0;
    zip_stat_init(&stat);
    if (zip_source_stat(source, &stat) == 0 && (stat.valid & ZIP_STAT_SIZE) &&
        stat.size <= size_max && zip_source_open(source) == 0) {
        zip_int64_t got = zip_source_read(source, data, stat.size);
        size = got == (zip_int64_t)stat.size ? (size_t)got : 0;
        zip_source_close(source);
    }
    return size;
}

/* 0: no archive, or none that could be packed again. */
static inline size_t zip_mutator_repack(uint8_t *data, size_t size, size_t size_max,
                                        uint64_t *state)
{
    static uint8_t room[ZIP_MUTATOR_ROOM];
    uint8_t *copy = malloc(size);
    zip_source_t *source =
        copy ? zip_source_buffer_create(memcpy(copy, data, size), size, 1, NULL) : NULL;
    zip_t *archive = source ? zip_open_from_source(source, 0, NULL) : NULL;
    if (!archive) {
        if (source)
            zip_source_free(source);
        return 0;
    }
    zip_source_keep(source);
    zip_int64_t parts = zip_get_num_entries(archive, 0);
    zip_uint64_t index = zip_mutator_dice(state, parts > 0 ? (size_t)parts : 1);
    size_t length =
        parts > 0 && parts <= ZIP_MUTATOR_PARTS ? zip_mutator_part(archive, index, room) : SIZE_MAX;
    if (length != SIZE_MAX && length > 0) {
        length = zip_mutator_xml(room, length, sizeof room, state);
        zip_source_t *part = zip_source_buffer(archive, room, length, 0);
        if (part && zip_file_replace(archive, index, part, 0) < 0)
            zip_source_free(part);
    }
    size_t packed = 0;
    if (zip_close(archive) == 0)
        packed = zip_mutator_read(source, data, size_max);
    else
        zip_discard(archive);
    zip_source_free(source);
    return packed;
}

/* Of three changes two are within a part; the third is of the bytes as they lie. */
static inline size_t zip_mutator_change(uint8_t *data, size_t size, size_t size_max, unsigned seed)
{
    uint64_t state = seed;
    size_t changed = 0;
    if (zip_mutator_is_zip(data, size) && zip_mutator_dice(&state, 3) > 0)
        changed = zip_mutator_repack(data, size, size_max, &state);
    return changed ? changed : LLVMFuzzerMutate(data, size, size_max);
}
