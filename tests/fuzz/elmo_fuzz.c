/* links: base seal record grade report elmo */
/* Results from another system: whatever is in the file, it is read or refused with a sentence; what
 * was read goes out again, and comes in the same. */
#include "elmo/elmo.h"
#include "report/json_record.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA = 64 * 1024 * 1024 };

static char *say(const Peregrin__CreditRecord *record, struct arena *arena)
{
    json_t *object = json_record_write(&record->base, arena);
    char *text = json_dumps(object, JSON_SORT_KEYS);
    json_decref(object);
    return text;
}

/* What our own writer made of it is read, and says the same. */
static void check_back(const struct elmo_report *report, struct arena *arena)
{
    static struct elmo_file again;
    Peregrin__Person person = PEREGRIN__PERSON__INIT;
    struct elmo_misfit misfit;
    struct elmo_transcript transcript = {
        "01KAMB3Q8W2T5Y7Z9C4D6F8G0H", {"x.be", "X", NULL}, &person, report->record, 0};
    struct bytes xml = elmo_write(&transcript, arena);
    if (!xml.data || elmo_read(xml, arena, &again, &misfit))
        return;
    assert(again.reports[0].record->n_components == report->record->n_components);
    assert(again.reports[0].record->total_hundredths == report->record->total_hundredths);
    for (size_t i = 0; i < report->record->n_components; i++)
        assert(again.reports[0].record->components[i]->passed ==
               report->record->components[i]->passed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct elmo_file file;
    struct elmo_misfit misfit;
    struct arena *arena = arena_open(ARENA);
    enum verdict verdict = elmo_read((struct bytes) {data, size}, arena, &file, &misfit);
    if (verdict)
        assert(misfit.expected);
    for (size_t i = 0; !verdict && i < file.count; i++) {
        char *text = say(file.reports[i].record, arena);
        assert(text);
        free(text);
        check_back(&file.reports[i], arena);
    }
    arena_close(arena);
    return 0;
}
