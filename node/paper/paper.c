#include "paper/paper.h"

#include "paper/paper_bind.h"
#include "paper/paper_cage.h"
#include "paper/paper_set.h"
#include "report/json_text.h"

#include <errno.h>
#include <time.h>
#include <unistd.h>

enum { ARENA = 256 * 1024 * 1024 };

/* To the end, or one byte more than may be read. */
static struct bytes read_all(int in, struct arena *arena)
{
    uint8_t *room = arena_room(arena, JSON_TEXT_SIZE_MAX + 1);
    size_t size = 0;
    while (room && size <= JSON_TEXT_SIZE_MAX) {
        ssize_t got = read(in, room + size, JSON_TEXT_SIZE_MAX + 1 - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        size += (size_t)got;
    }
    return (struct bytes) {room, size};
}

static enum press_end write_all(int out, struct bytes pdf)
{
    while (pdf.size) {
        ssize_t put = write(out, pdf.data, pdf.size);
        if (put < 0 && errno != EINTR)
            return PRESS_END_OUTPUT;
        if (put > 0)
            pdf = (struct bytes) {pdf.data + put, pdf.size - (size_t)put};
    }
    return PRESS_END_DONE;
}

static enum press_end judge(enum verdict verdict)
{
    return verdict == VERDICT_TOO_LARGE ? PRESS_END_TOO_LARGE : PRESS_END_UNREADABLE;
}

static enum press_end set(int in, int out, struct paper_type *type, struct arena *arena)
{
    struct paper_sheet sheet;
    struct bytes text = read_all(in, arena), pdf;
    if (!text.data)
        return PRESS_END_TOO_LARGE;
    enum verdict verdict = paper_sheet_read(text, arena, &sheet);
    if (!verdict)
        verdict = paper_set(&sheet, type, arena, &pdf);
    if (verdict)
        return judge(verdict);
    return paper_bind(&sheet, arena, &pdf) ? PRESS_END_TOO_LARGE : write_all(out, pdf);
}

enum press_end paper_run(int in, int out)
{
    struct paper_type type;
    if (paper_cage_limit())
        return PRESS_END_CAGE;
    tzset(); /* reads a file, which nobody may later */
    struct arena *arena = arena_open(ARENA);
    if (!arena)
        return PRESS_END_TOO_LARGE;
    if (paper_type_open(&type))
        return PRESS_END_FONTS;
    if (paper_cage_close())
        return PRESS_END_CAGE;
    return set(in, out, &type, arena);
}
