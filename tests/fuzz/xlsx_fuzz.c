/* links: base seal record trust wire rules channel stream eligibility store engine report sheet admin */
/* A workbook from anybody: as a whole file, of which one part is changed and packed again, and as
 * one sheet's XML in a file that is otherwise in order. */
#include "admin/import.h"
#include "fuzz/zip_mutator.h"
#include "record/kind.h"
#include "rules/rules.h"
#include "sheet/sheet.h"
#include "store/store_memory.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum {
    BUDGET = 64 * 1024 * 1024,
    SIZE_MAX_READ = 64 * 1024,
    PACKED_MAX = 256 * 1024,
    DRAFTS_MAX = 10000
};

static Peregrin__Institution entries[] = {PEREGRIN__INSTITUTION__INIT, PEREGRIN__INSTITUTION__INIT};
static struct catalogue_institution institutions[] = {
    {.schac = "helmo.be", .entry = &entries[0]},
    {.schac = "itg.be", .entry = &entries[1]},
};
static const struct catalogue catalogue = {
    .network = "fuzz", .institutions = institutions, .institution_count = 2};

/* What is kept may be sent: it reads back, and no rule of form is against it. */
static void drafts_check(struct store *store, size_t wanted, struct arena *arena)
{
    const struct kind *kind = kind_find(PEREGRIN__KIND__KIND_NOMINATION, 1);
    struct store_draft *drafts;
    size_t count;
    if (store->draft_list(store, false, 0, DRAFTS_MAX, arena, &drafts, &count))
        return;
    assert(count == wanted);
    for (size_t i = 0; i < count; i++) {
        ProtobufCMessage *body;
        enum verdict verdict = kind_body_read(kind, drafts[i].body, arena, &body);
        assert(verdict == VERDICT_FINE || verdict == VERDICT_TOO_LARGE);
        assert(verdict || rules_form(kind, body, NULL, NULL) == 0);
    }
}

static void import_all(struct bytes content)
{
    struct arena *arena = arena_open(BUDGET);
    struct store *store = store_memory_open();
    struct import import = {.store = store,
                            .catalogue = &catalogue,
                            .own = "helmo.be",
                            .content = content,
                            .hidden = true,
                            .fix = true,
                            .confirm = true,
                            .skip_bad = true,
                            .now = {INSTANT_SECOND}};
    struct import_result result = {0}, again = {0};
    enum fault fault = store->begin(store);
    assert(!fault);
    fault = import_run(&import, arena, &result);
    assert(fault == FAULT_NONE || fault == FAULT_MEMORY);
    assert(fault || result.ready + result.bad == result.rows);
    assert(fault || result.stored <= result.ready);
    if (!fault)
        drafts_check(store, result.stored, arena);
    enum fault second = import_run(&import, arena, &again);
    assert(fault || second || (again.stored == 0 && again.unchanged == result.ready));
    fault = store->commit(store);
    assert(!fault);
    store->close(store);
    arena_close(arena);
}

/* One part of the archive, stored as it is. */
static bool part_add(zip_t *archive, const char *name, const void *data, size_t size)
{
    zip_source_t *source = zip_source_buffer(archive, data, size, 0);
    return source && zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8) >= 0;
}

static struct bytes pack(struct bytes sheet, uint8_t *room)
{
    static const char rels[] = "<r><Relationship Id=\"a\" Type=\"x/officeDocument\" "
                               "Target=\"w.xml\"/></r>";
    static const char links[] = "<r><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"s.xml\"/>"
                                "<Relationship Id=\"b\" Type=\"x/styles\" Target=\"y.xml\"/>"
                                "<Relationship Id=\"c\" Type=\"x/sharedStrings\" Target=\"t.xml\"/>"
                                "</r>";
    static const char workbook[] = "<w><sheet name=\"List\" id=\"a\"/></w>";
    static const char styles[] = "<s><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs>"
                                 "</s>";
    zip_error_t error;
    struct bytes packed = {room, 0};
    zip_error_init(&error);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_source_keep(target);
    zip_t *archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    assert(archive && part_add(archive, "_rels/.rels", rels, sizeof rels - 1) &&
           part_add(archive, "w.xml", workbook, sizeof workbook - 1) &&
           part_add(archive, "_rels/w.xml.rels", links, sizeof links - 1) &&
           part_add(archive, "y.xml", styles, sizeof styles - 1) &&
           part_add(archive, "t.xml", sheet.data, sheet.size) &&
           part_add(archive, "s.xml", sheet.data, sheet.size));
    for (zip_uint64_t i = 0; i < 6; i++)
        zip_set_file_compression(archive, i, ZIP_CM_STORE, 0);
    if (zip_close(archive) == 0 && zip_source_open(target) == 0) {
        zip_int64_t size = zip_source_read(target, room, PACKED_MAX);
        packed.size = size > 0 ? (size_t)size : 0;
        zip_source_close(target);
    }
    zip_source_free(target);
    zip_error_fini(&error);
    return packed;
}

/* A workbook is changed within its parts, and so is the XML of a single sheet. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t size_max, unsigned seed)
{
    uint64_t state = seed;
    return zip_mutator_is_zip(data, size) ? zip_mutator_change(data, size, size_max, seed)
                                          : zip_mutator_xml(data, size, size_max, &state);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t room[PACKED_MAX];
    if (size > SIZE_MAX_READ)
        return 0;
    struct bytes content = {data, size};
    if (size >= 2 && memcmp(data, "PK", 2) == 0)
        import_all(content);
    else
        import_all(pack(content, room));
    return 0;
}
