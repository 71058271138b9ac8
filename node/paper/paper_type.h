/* Type: two faces of one family that has every European script, found by fontconfig once, read
 * whole, and never looked for again. No other font can come in, whatever the text: what the family
 * does not have is shown as a box and counted. */
#pragma once

#include "base/fault.h"

#include <pango/pangocairo.h>

enum paper_type_style {
    PAPER_TYPE_TITLE,
    PAPER_TYPE_SECOND_TITLE,
    PAPER_TYPE_HEADING,
    PAPER_TYPE_SECOND, /* the second language beside a heading or under a label */
    PAPER_TYPE_TEXT,
    PAPER_TYPE_STRONG,
    PAPER_TYPE_HEAD, /* of a column */
    PAPER_TYPE_NOTE,
    PAPER_TYPE_STYLES
};

struct paper_type {
    PangoFontMap *map;
    PangoContext *context;
    PangoFontDescription *styles[PAPER_TYPE_STYLES];
    size_t boxes; /* characters that the family does not have */
};

/* Opens and reads the fonts, by setting a line of each script in each style: afterwards no file is
 * needed. FAULT_FILE: the family is not installed. */
enum fault paper_type_open(struct paper_type *type);

/* A text of this width in points, wrapped between words, or within one that is too long. */
PangoLayout *paper_type_layout(struct paper_type *type, enum paper_type_style style,
                               const char *text, double width);
