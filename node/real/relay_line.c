#include "real/relay_line.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PIECE = 1 << 16, BACKLOG_MAX = 4 << 20, MILLION = 1000000 };

struct relay_item {
    struct relay_item *next;
    int64_t due_ms;
    size_t size;
    bool last, reset; /* after it, or after what there is of it, the connection ends */
    uint8_t data[];
};

void relay_line_open(struct relay_line *line, const int ends[2], struct relay_book *books)
{
    *line = (struct relay_line) {.ends = {ends[0], ends[1]}};
    for (size_t i = 0; i < 2; i++) {
        int yes = 1;
        line->ways[i].book = &books[i];
        line->ways[i].last = &line->ways[i].first;
        fcntl(ends[i], F_SETFL, O_NONBLOCK);
        setsockopt(ends[i], IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    }
}

static void way_free(struct relay_way *way)
{
    while (way->first) {
        struct relay_item *item = way->first;
        way->first = item->next;
        free(item);
    }
    free(way->aside);
    relay_frame_free(&way->in);
    relay_frame_free(&way->out);
}

void relay_line_close(struct relay_line *line)
{
    const struct linger at_once = {1, 0};
    for (size_t i = 0; i < 2; i++) {
        way_free(&line->ways[i]);
        if (line->reset)
            setsockopt(line->ends[i], SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        close(line->ends[i]);
    }
}

/* ---- a frame's fate ---- */

/* NULL when the machine has no memory: then a frame is lost, as relays lose frames. */
static struct relay_item *item_of(struct bytes wire, int64_t due_ms)
{
    struct relay_item *item = malloc(sizeof *item + wire.size);
    if (!item)
        return NULL;
    *item = (struct relay_item) {.due_ms = due_ms, .size = wire.size};
    memcpy(item->data, wire.data, wire.size);
    return item;
}

static void queue(struct relay_way *way, struct relay_item *item)
{
    if (!item)
        return;
    *way->last = item;
    way->last = &item->next;
}

static void book_keep(struct relay_book *book, struct bytes wire)
{
    struct bytes *place = &book->kept[book->number++ % RELAY_LINE_KEPT];
    uint8_t *copy = realloc((void *)place->data, wire.size);
    if (!copy)
        return;
    memcpy(copy, wire.data, wire.size);
    *place = (struct bytes) {copy, wire.size};
}

/* A frame of before, behind this one. */
static void replay(struct relay_way *way, uint32_t back, int64_t now_ms)
{
    const struct relay_book *book = way->book;
    if (book->number < RELAY_LINE_KEPT)
        back = book->number ? (uint32_t)(back % book->number) : 0;
    struct bytes kept = book->kept[(book->number - 1 - back) % RELAY_LINE_KEPT];
    assert(book->number);
    queue(way, item_of(kept, now_ms));
}

/* Corrupted behind its head: a length that lies would be a cut, and cuts are drawn by themselves.
 */
static void corrupt(struct relay_item *item, const struct relay_draw *draw)
{
    size_t payload = item->size - RELAY_FRAME_HEAD;
    if (payload)
        item->data[RELAY_FRAME_HEAD + payload * draw->place / MILLION] ^= draw->flip;
}

static void deal_with(struct relay_way *way, struct bytes wire, const struct relay_draw *draw,
                      int64_t now_ms)
{
    struct relay_item *item = item_of(wire, now_ms);
    if (!item)
        return;
    switch (draw->fault) {
    case REAL_FAULT_DROP: free(item); return;
    case REAL_FAULT_HOLE:
        way->hole_until = now_ms + draw->wait_ms;
        free(item);
        return;
    case REAL_FAULT_SWAP:
        if (way->aside)
            break; /* one at a time */
        item->due_ms = now_ms + draw->wait_ms;
        way->aside = item;
        return;
    case REAL_FAULT_DELAY: item->due_ms = now_ms + draw->wait_ms; break;
    case REAL_FAULT_DUPLICATE: queue(way, item_of(wire, now_ms)); break;
    case REAL_FAULT_CORRUPT: corrupt(item, draw); break;
    case REAL_FAULT_CUT:
        item->size = item->size * draw->place / MILLION;
        item->last = true;
        item->reset = draw->reset;
        break;
    case REAL_FAULT_REPLAY: replay(way, draw->place, now_ms); break;
    default: break;
    }
    queue(way, item);
}

static void take(struct relay_way *way, struct bytes wire, struct relay_deal *deal, int64_t now_ms)
{
    struct relay_draw draw =
        relay_draw_frame(deal->seed, deal->set, way->book->way, way->book->number);
    book_keep(way->book, wire);
    deal->frames++;
    if (deal->set && now_ms < way->hole_until)
        return;
    if (draw.fault < REAL_FAULT_RELAY_COUNT)
        deal->counts[draw.fault]++;
    struct relay_item *aside = way->aside;
    deal_with(way, wire, &draw, now_ms);
    if (aside && aside == way->aside) {
        way->aside = NULL;
        queue(way, aside);
    }
}

void relay_line_read(struct relay_line *line, size_t end, struct relay_deal *deal, int64_t now_ms)
{
    uint8_t piece[PIECE];
    struct relay_way *way = &line->ways[end];
    ssize_t got = recv(line->ends[end], piece, sizeof piece, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got <= 0 || !relay_frame_feed(&way->in, (struct bytes) {piece, (size_t)got})) {
        line->over = true;
        return;
    }
    struct bytes wire;
    for (;;) {
        enum relay_frame_state state = relay_frame_next(&way->in, &wire);
        if (state == RELAY_FRAME_WAITS)
            return;
        if (state == RELAY_FRAME_HOSTILE) {
            line->over = true;
            return;
        }
        if (state == RELAY_FRAME_GREETS)
            queue(way, item_of(wire, now_ms));
        else
            take(way, wire, deal, now_ms);
    }
}

/* ---- sending ---- */

/* What is due goes into the buffer; true when the connection ends with it. */
static bool release(struct relay_line *line, struct relay_way *way, bool calm, int64_t now_ms)
{
    if (way->aside && (calm || way->aside->due_ms <= now_ms)) {
        queue(way, way->aside);
        way->aside = NULL;
    }
    while (way->first && (calm || way->first->due_ms <= now_ms)) {
        struct relay_item *item = way->first;
        bool last = item->last,
             good = relay_frame_feed(&way->out, (struct bytes) {item->data, item->size});
        line->reset = last && item->reset;
        way->first = item->next;
        if (!way->first)
            way->last = &way->first;
        free(item);
        if (last || !good)
            return true;
    }
    return false;
}

static void flush(struct relay_line *line, struct relay_way *way, int descriptor)
{
    while (way->out.taken < way->out.size) {
        ssize_t sent = send(descriptor, way->out.data + way->out.taken,
                            way->out.size - way->out.taken, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN && errno != EINTR)
            line->over = true;
        if (sent <= 0)
            return;
        way->out.taken += (size_t)sent;
    }
}

void relay_line_pump(struct relay_line *line, const struct relay_deal *deal, int64_t now_ms)
{
    bool calm = deal->set == 0;
    for (size_t i = 0; i < 2 && !line->over; i++) {
        bool ends = release(line, &line->ways[i], calm, now_ms);
        flush(line, &line->ways[i], line->ends[1 - i]);
        line->over |= ends;
    }
}

int64_t relay_line_due(const struct relay_line *line)
{
    int64_t due = INT64_MAX;
    for (size_t i = 0; i < 2; i++) {
        const struct relay_way *way = &line->ways[i];
        if (way->first && way->first->due_ms < due)
            due = way->first->due_ms;
        if (way->aside && way->aside->due_ms < due)
            due = way->aside->due_ms;
    }
    return due;
}

bool relay_line_blocked(const struct relay_line *line, size_t end)
{
    const struct relay_way *way = &line->ways[1 - end];
    return way->out.taken < way->out.size;
}
