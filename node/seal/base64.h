/* Base64 of RFC 4648 with padding, in its one canonical form. In constant time, for secrets too. */
#pragma once

#include "base/bytes.h"

/* Characters for so many bytes, without an end. */
size_t base64_length(size_t size);

/* Writes base64_length(from.size) characters and an end. */
void base64_write(struct bytes from, char *out, size_t room);

/* False unless the whole text is base64 of at most `room` bytes. */
bool base64_read(struct bytes text, uint8_t *out, size_t room, size_t *size);
