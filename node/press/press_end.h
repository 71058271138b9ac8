/* How peregrin-paper ends: what it can tell whoever started it, for it has no other voice. */
#pragma once

enum press_end {
    PRESS_END_DONE = 0,
    PRESS_END_USAGE = 2,
    PRESS_END_UNREADABLE = 10, /* what came in is no document */
    PRESS_END_TOO_LARGE,       /* more than a document may have, or than the memory takes */
    PRESS_END_FONTS,           /* the fonts are not installed */
    PRESS_END_CAGE,            /* the system has no such sandbox */
    PRESS_END_OUTPUT,          /* nobody takes what it made */
};
