/* A view of bytes: borrowed, it dies with its source. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes {
    const uint8_t *data;
    size_t size;
};

/* Equal in length and content. Not for secrets: the time depends on the content. */
bool bytes_equal(struct bytes left, struct bytes right);

/* The bytes of a C string, without its end. */
struct bytes bytes_text(const char *text);

/* Byte-wise order as memcmp, a prefix before the longer one: -1, 0 or 1. */
int bytes_compare(struct bytes left, struct bytes right);

/* How many bytes from `from` on are printable ASCII (0x20 to 0x7E), counted in whole steps of eight
 * for speed: what is left is for the caller's own careful look. */
size_t bytes_printable(struct bytes text, size_t from);

void bytes_write_u64le(uint8_t out[static 8], uint64_t value);
uint64_t bytes_read_u64le(const uint8_t in[static 8]);
void bytes_write_u32le(uint8_t out[static 4], uint32_t value);
uint32_t bytes_read_u32le(const uint8_t in[static 4]);
