/* What somebody says on the wire who does not keep the protocol: inside a session, with the keys of
 * the node in whose name it speaks, or without any. Nothing of it may change what a node holds. */
#pragma once

#include "sim/play.h"

/* words: node, other, shape, perhaps how often. In a session between the two:
 *
 *   rubbish          bytes that are no message
 *   truncated        a message without its last byte
 *   noncanonical     a number in one byte more than it needs
 *   nothing          a message with nothing in it
 *   ping, pong       as they should be; the pong unasked
 *   other-versions   a Hello that speaks none of ours
 *   foreign-deliver  a Deliver of a stream between two others
 *   ack-ahead        an Ack of positions that were never used, with credit without end
 *   forged-receipt   a Receipt for all that the other has for it, by a signature that does not hold
 *   foreign-receipt  the same by its own good signature, where another is the audience
 *   misplaced-receipt  the same in its own name and by its good signature, over other records' ids
 *   miscounted-receipt the same, over as many and one more
 *   endless-question a Range about the whole stream, as often as fits
 */
bool intruder_tells(struct play *play, const struct play_line *line);

/* words: node, shape, other, perhaps how often. A frame as from anybody who reaches the node:
 *
 *   rubbish, empty, short, huge      nothing like a frame; a header alone; more than a frame holds
 *   opening, answer, data, stale     a frame of that type, with a session and keys of nobody */
bool intruder_throws(struct play *play, const struct play_line *line);
