/* Text as people see it: how wide it stands on a terminal, where it may be cut, and its one form.
 */
#pragma once

#include "base/arena.h"

/* Columns on a terminal: combining marks take none, wide East Asian characters two. */
size_t text_width(struct bytes text);

/* How many bytes of text fit into so many columns; a character keeps its combining marks. */
size_t text_fit(struct bytes text, size_t width);

/* Broken between words into lines of at most `width` columns; the first stands where `indent`
 * columns are taken already, the others begin with so many blanks. A longer word stands alone; line
 * ends stay. Width 0: as it is. Data is NULL when the arena is spent. */
struct bytes text_wrap(struct bytes text, size_t width, size_t indent, struct arena *arena);

/* What a terminal may be given: line ends and tabs become blanks; other control characters, those
 * that change the direction of writing, and bytes that are no UTF-8 become U+FFFD. Data is NULL
 * when the arena is spent. */
struct bytes text_calm(struct bytes text, struct arena *arena);

/* The canonical composition (NFC) of valid UTF-8. False when it is no UTF-8 or the arena is spent.
 */
bool text_nfc(struct bytes text, struct arena *arena, struct bytes *out);

/* Without blanks at both ends; blanks are those that spreadsheets leave, the no-break space too. */
struct bytes text_trim(struct bytes text);

/* Lower-case hex with its end; NULL when the arena is spent. */
const char *text_hex(struct bytes bytes, struct arena *arena);
/* Back, either case: false unless it is hex of whole bytes, at most `max` of them. */
bool text_unhex(struct bytes text, uint8_t *out, size_t max, size_t *size);
