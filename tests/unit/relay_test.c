/* links: base real */
/* The relay between real nodes: what it reads as frames, what it draws, what it passes on. */
#include "real/real_fault.h"
#include "real/relay_line.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROOM = 4096 };

static const uint8_t greeting[] = {0, 'S', 'P', 0, 0, 0x30, 0, 0};

/* A greeting and three frames of 5, 0 and 300 bytes. */
static size_t stream_write(uint8_t out[static ROOM])
{
    static const size_t sizes[] = {5, 0, 300};
    size_t at = sizeof greeting;
    memcpy(out, greeting, sizeof greeting);
    for (size_t i = 0; i < 3; i++) {
        memset(out + at, 0, RELAY_FRAME_HEAD);
        out[at + 6] = (uint8_t)(sizes[i] >> 8);
        out[at + 7] = (uint8_t)sizes[i];
        memset(out + at + RELAY_FRAME_HEAD, (int)('a' + i), sizes[i]);
        at += RELAY_FRAME_HEAD + sizes[i];
    }
    return at;
}

/* ---- frames ---- */

static void what_comes_in_pieces_of_any_size_is_read_as_the_same_frames(void **)
{
    static const size_t sizes[] = {sizeof greeting, 13, 8, 308};
    uint8_t stream[ROOM];
    size_t size = stream_write(stream);
    for (size_t piece = 1; piece <= size; piece++) {
        struct relay_frame frame = {0};
        struct bytes wire;
        size_t found = 0, place = 0;
        for (size_t at = 0; at < size; at += piece) {
            size_t part = size - at < piece ? size - at : piece;
            assert_true(relay_frame_feed(&frame, (struct bytes) {stream + at, part}));
            enum relay_frame_state state;
            while ((state = relay_frame_next(&frame, &wire)) != RELAY_FRAME_WAITS) {
                assert_int_equal(state, found ? RELAY_FRAME_WHOLE : RELAY_FRAME_GREETS);
                assert_int_equal(wire.size, sizes[found]);
                assert_memory_equal(wire.data, stream + place, wire.size);
                place += wire.size;
                found++;
            }
        }
        assert_int_equal(found, 4);
        relay_frame_free(&frame);
    }
}

static void what_does_not_greet_is_no_connection_of_nodes(void **)
{
    struct relay_frame frame = {0};
    struct bytes wire;
    assert_true(relay_frame_feed(&frame, bytes_text("GET / HTTP/1.1\r\n")));
    assert_int_equal(relay_frame_next(&frame, &wire), RELAY_FRAME_HOSTILE);
    assert_true(relay_frame_feed(&frame, (struct bytes) {greeting, sizeof greeting}));
    assert_int_equal(relay_frame_next(&frame, &wire), RELAY_FRAME_HOSTILE);
    relay_frame_free(&frame);
}

static void a_length_that_nobody_sends_is_hostile_and_costs_no_memory(void **)
{
    for (size_t byte = 0; byte < RELAY_FRAME_HEAD; byte++) {
        struct relay_frame frame = {0};
        struct bytes wire;
        uint8_t head[RELAY_FRAME_HEAD] = {0};
        head[byte] = byte == 5 ? 0x11 : 0xFF; /* 0x110000 is above the limit, 0xFF00 below */
        assert_true(relay_frame_feed(&frame, (struct bytes) {greeting, sizeof greeting}));
        assert_int_equal(relay_frame_next(&frame, &wire), RELAY_FRAME_GREETS);
        assert_true(relay_frame_feed(&frame, (struct bytes) {head, sizeof head}));
        assert_int_equal(relay_frame_next(&frame, &wire),
                         byte <= 5 ? RELAY_FRAME_HOSTILE : RELAY_FRAME_WAITS);
        assert_true(frame.room < 100);
        relay_frame_free(&frame);
    }
}

/* ---- draws ---- */

static bool same(struct relay_draw one, struct relay_draw other)
{
    return one.fault == other.fault && one.wait_ms == other.wait_ms && one.place == other.place &&
           one.flip == other.flip && one.reset == other.reset;
}

static void the_same_seed_decides_the_same_for_the_same_frame(void **)
{
    size_t different = 0;
    for (uint64_t number = 0; number < 2000; number++) {
        struct relay_draw draw = relay_draw_frame(7, REAL_FAULT_ALL, 3, number);
        assert_true(same(draw, relay_draw_frame(7, REAL_FAULT_ALL, 3, number)));
        different += !same(draw, relay_draw_frame(8, REAL_FAULT_ALL, 3, number));
        different += !same(draw, relay_draw_frame(7, REAL_FAULT_ALL, 4, number));
        assert_int_equal(relay_draw_refuse_ms(7, REAL_FAULT_ALL, 1, number),
                         relay_draw_refuse_ms(7, REAL_FAULT_ALL, 1, number));
    }
    assert_true(different > 400);
}

static void every_fault_of_the_relay_is_drawn_and_none_that_is_switched_off(void **)
{
    size_t seen[REAL_FAULT_COUNT + 1] = {0}, refused = 0;
    for (uint64_t number = 0; number < 5000; number++) {
        seen[relay_draw_frame(1, REAL_FAULT_ALL, 0, number).fault]++;
        refused += relay_draw_refuse_ms(1, REAL_FAULT_ALL, 0, number) > 0;
        assert_int_equal(relay_draw_frame(1, 0, 0, number).fault, REAL_FAULT_COUNT);
        assert_int_equal(relay_draw_refuse_ms(1, 0, 0, number), 0);
    }
    for (enum real_fault fault = 0; fault < REAL_FAULT_REFUSE; fault++)
        assert_true(seen[fault] > 5);
    assert_true(refused > 50 && seen[REAL_FAULT_COUNT] > 3000);
}

static void a_fault_that_is_switched_off_leaves_the_others_as_they_were(void **)
{
    const uint32_t without = REAL_FAULT_ALL & ~(1U << REAL_FAULT_DELAY);
    for (uint64_t number = 0; number < 3000; number++) {
        struct relay_draw all = relay_draw_frame(5, REAL_FAULT_ALL, 2, number);
        struct relay_draw less = relay_draw_frame(5, without, 2, number);
        if (all.fault == REAL_FAULT_DELAY)
            assert_int_equal(less.fault, REAL_FAULT_COUNT);
        else
            assert_true(same(all, less));
    }
}

static void a_list_of_faults_is_read_and_a_wrong_name_is_told(void **)
{
    const char *wrong = NULL;
    size_t size = 0;
    uint32_t set;
    assert_true(real_fault_read("kill,drop", &set, &wrong, &size));
    assert_int_equal(set, 1U << REAL_FAULT_KILL | 1U << REAL_FAULT_DROP);
    assert_true(real_fault_read("-clock,-full", &set, &wrong, &size));
    assert_int_equal(set, REAL_FAULT_ALL & ~(1U << REAL_FAULT_CLOCK | 1U << REAL_FAULT_FULL));
    assert_true(real_fault_read("none", &set, &wrong, &size) && set == 0);
    assert_true(real_fault_read("all,-kill", &set, &wrong, &size));
    assert_int_equal(set, REAL_FAULT_ALL & ~(1U << REAL_FAULT_KILL));
    assert_false(real_fault_read("kill,frop,drop", &set, &wrong, &size));
    assert_int_equal(size, 4);
    assert_memory_equal(wrong, "frop", 4);
    assert_false(real_fault_read("", &set, &wrong, &size));
    assert_false(real_fault_read("kill,", &set, &wrong, &size));
}

/* ---- lines ---- */

/* A line between two pairs of sockets: a dialler and a node that the test plays. */
struct scene {
    struct relay_line line;
    struct relay_book books[2];
    struct relay_deal deal;
    int dialler, node;
};

static void scene_open(struct scene *scene, uint64_t seed, uint32_t set)
{
    int near[2], far[2];
    *scene = (struct scene) {.books = {{.way = 0}, {.way = 1}}};
    scene->deal.seed = seed;
    scene->deal.set = set;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, near), 0);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, far), 0);
    scene->dialler = near[0];
    scene->node = far[0];
    relay_line_open(&scene->line, (const int[2]) {near[1], far[1]}, scene->books);
}

static void scene_close(struct scene *scene)
{
    relay_line_close(&scene->line);
    close(scene->dialler);
    close(scene->node);
    for (size_t way = 0; way < 2; way++)
        for (size_t i = 0; i < RELAY_LINE_KEPT; i++)
            free((void *)scene->books[way].kept[i].data);
}

/* What the node hears of the stream, when all is due. */
static size_t scene_pass(struct scene *scene, uint8_t heard[static 2 * ROOM])
{
    uint8_t stream[ROOM];
    size_t size = stream_write(stream);
    assert_int_equal(write(scene->dialler, stream, size), size);
    relay_line_read(&scene->line, 0, &scene->deal, 0);
    relay_line_pump(&scene->line, &scene->deal, 10000);
    ssize_t got = recv(scene->node, heard, 2 * ROOM, MSG_DONTWAIT);
    return got > 0 ? (size_t)got : 0;
}

/* A seed by which the first of the three frames gets this, and the others nothing. */
static uint64_t seed_of(enum real_fault fault)
{
    for (uint64_t seed = 0;; seed++)
        if (relay_draw_frame(seed, 1U << fault, 0, 0).fault == fault &&
            relay_draw_frame(seed, 1U << fault, 0, 1).fault == REAL_FAULT_COUNT &&
            relay_draw_frame(seed, 1U << fault, 0, 2).fault == REAL_FAULT_COUNT)
            return seed;
}

static void without_faults_every_byte_passes_as_it_is(void **)
{
    uint8_t stream[ROOM], heard[2 * ROOM];
    size_t size = stream_write(stream);
    struct scene scene;
    scene_open(&scene, 1, 0);
    assert_int_equal(scene_pass(&scene, heard), size);
    assert_memory_equal(heard, stream, size);
    assert_false(scene.line.over);
    assert_int_equal(scene.deal.frames, 3);
    scene_close(&scene);
}

/* The stream's places: greeting 0, first frame 8 to 21, second to 29, third to 337. */
static void each_fault_does_to_a_frame_what_its_name_says(void **)
{
    static const struct {
        enum real_fault fault;
        size_t least, most; /* of bytes heard */
    } rows[] = {
        {REAL_FAULT_DELAY, 337, 337},     {REAL_FAULT_DROP, 324, 324},
        {REAL_FAULT_DUPLICATE, 350, 350}, {REAL_FAULT_SWAP, 337, 337},
        {REAL_FAULT_CORRUPT, 337, 337},   {REAL_FAULT_CUT, 8, 20},
        {REAL_FAULT_HOLE, 8, 8},          {REAL_FAULT_REPLAY, 350, 350},
    };
    uint8_t stream[ROOM], heard[2 * ROOM];
    size_t size = stream_write(stream);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct scene scene;
        scene_open(&scene, seed_of(rows[i].fault), 1U << rows[i].fault);
        size_t got = scene_pass(&scene, heard);
        assert_in_range(got, rows[i].least, rows[i].most);
        assert_int_equal(scene.deal.counts[rows[i].fault], 1);
        assert_int_equal(scene.line.over, rows[i].fault == REAL_FAULT_CUT);
        if (rows[i].fault == REAL_FAULT_DELAY)
            assert_memory_equal(heard, stream, size);
        if (rows[i].fault == REAL_FAULT_SWAP) /* the empty frame comes first */
            assert_memory_equal(heard + 8 + 8, stream + 8, 13);
        if (rows[i].fault == REAL_FAULT_CORRUPT) {
            assert_memory_equal(heard, stream, 16);
            assert_memory_not_equal(heard + 16, stream + 16, 5);
            assert_memory_equal(heard + 21, stream + 21, size - 21);
        }
        scene_close(&scene);
    }
}

static void what_was_held_is_let_go_when_the_faults_end(void **)
{
    uint8_t heard[2 * ROOM];
    struct scene scene;
    scene_open(&scene, seed_of(REAL_FAULT_DELAY), 1U << REAL_FAULT_DELAY);
    uint8_t stream[ROOM];
    size_t size = stream_write(stream);
    assert_int_equal(write(scene.dialler, stream, size), size);
    relay_line_read(&scene.line, 0, &scene.deal, 0);
    relay_line_pump(&scene.line, &scene.deal, 0);
    assert_int_equal(recv(scene.node, heard, sizeof heard, MSG_DONTWAIT), sizeof greeting);
    assert_true(relay_line_due(&scene.line) > 0 && relay_line_due(&scene.line) < INT64_MAX);
    scene.deal.set = 0;
    relay_line_pump(&scene.line, &scene.deal, 0);
    assert_int_equal(recv(scene.node, heard, sizeof heard, MSG_DONTWAIT), size - sizeof greeting);
    scene_close(&scene);
}

static void who_is_no_node_is_cut_off(void **)
{
    struct scene scene;
    scene_open(&scene, 1, 0);
    assert_int_equal(write(scene.dialler, "GET / HTTP/1.1\r\n", 16), 16);
    relay_line_read(&scene.line, 0, &scene.deal, 0);
    assert_true(scene.line.over);
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_comes_in_pieces_of_any_size_is_read_as_the_same_frames),
        cmocka_unit_test(what_does_not_greet_is_no_connection_of_nodes),
        cmocka_unit_test(a_length_that_nobody_sends_is_hostile_and_costs_no_memory),
        cmocka_unit_test(the_same_seed_decides_the_same_for_the_same_frame),
        cmocka_unit_test(every_fault_of_the_relay_is_drawn_and_none_that_is_switched_off),
        cmocka_unit_test(a_fault_that_is_switched_off_leaves_the_others_as_they_were),
        cmocka_unit_test(a_list_of_faults_is_read_and_a_wrong_name_is_told),
        cmocka_unit_test(without_faults_every_byte_passes_as_it_is),
        cmocka_unit_test(each_fault_does_to_a_frame_what_its_name_says),
        cmocka_unit_test(what_was_held_is_let_go_when_the_faults_end),
        cmocka_unit_test(who_is_no_node_is_cut_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
