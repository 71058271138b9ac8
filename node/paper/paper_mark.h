/* The QR code: what it says is the record's name, so that a phone can tell whether the paper and
 * the attached file speak of the same record. */
#pragma once

#include "paper/paper_desk.h"

/* Side of the code with the quiet zone around it, in points. */
enum { PAPER_MARK_SIDE = 104 };

/* In the upper right corner of the page. False: the text does not fit into any code. */
bool paper_mark_set(struct paper_desk *desk, const char *text);
