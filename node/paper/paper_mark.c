#include "paper/paper_mark.h"

#include <qrencode.h>

bool paper_mark_set(struct paper_desk *desk, const char *text)
{
    enum { QUIET = 4 /* modules, as the standard wants them */, BLACK = 1 };
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (!code)
        return false;
    double side = (double)PAPER_MARK_SIDE / (code->width + 2 * QUIET);
    double x = PAPER_DESK_MARGIN + PAPER_DESK_ROOM - PAPER_MARK_SIDE + QUIET * side;
    double y = PAPER_DESK_TOP + QUIET * side;
    for (int row = 0; row < code->width; row++)
        for (int column = 0; column < code->width; column++)
            if (code->data[row * code->width + column] & BLACK)
                cairo_rectangle(desk->cairo, x + column * side, y + row * side, side, side);
    cairo_set_source_rgb(desk->cairo, 0, 0, 0);
    cairo_fill(desk->cairo);
    QRcode_free(code);
    return true;
}
