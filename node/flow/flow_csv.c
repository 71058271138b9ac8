#include "flow/flow_csv.h"

#include "flow/flow_build.h"
#include "flow/flow_table.h"

#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINK_FROM, LINK_TO, LINK_STUDENTS };
static const struct flow_table_column link_columns[] = {
    [LINK_FROM] = {"from sender source home", true},
    [LINK_TO] = {"to receiver target host", true},
    [LINK_STUDENTS] = {"students weight", false},
    {NULL, false},
};

enum { OF_ID, OF_SCHAC, OF_COUNTRY, OF_NAME };
static const struct flow_table_column institution_columns[] = {
    [OF_ID] = {"schac id erasmus_code", true},
    [OF_SCHAC] = {"hei_id", false},
    [OF_COUNTRY] = {"country", false},
    [OF_NAME] = {"name label", false},
    {NULL, false},
};

static bool link_row(void *self, const struct bytes *cells, uint64_t line)
{
    return flow_build_link(self, &(struct flow_build_link) {cells[LINK_FROM], cells[LINK_TO],
                                                            cells[LINK_STUDENTS], line});
}

static bool institution_row(void *self, const struct bytes *cells, uint64_t line)
{
    return flow_build_institution(
        self, &(struct flow_build_institution) {cells[OF_ID], cells[OF_SCHAC], cells[OF_COUNTRY],
                                                cells[OF_NAME], line});
}

enum fault flow_csv_read(const struct flow_csv_files *files, struct arena *arena,
                         struct flow_network *out, struct flow_refusal *refusal, bool *of_links)
{
    struct flow_build *build = flow_build_open(arena, refusal);
    struct flow_table links = {link_columns, link_row, build, true},
                      institutions = {institution_columns, institution_row, build, false};
    if (!build)
        return FAULT_MEMORY;
    *of_links = false;
    if (files->institutions.size > 0) {
        TRY(flow_table_read(files->institutions, &institutions, arena, refusal));
        if (refusal->expected[0])
            return FAULT_NONE;
        flow_build_close(build);
    }
    *of_links = true;
    TRY(flow_table_read(files->links, &links, arena, refusal));
    return flow_build_finish(build, out) || refusal->expected[0] ? FAULT_NONE : FAULT_MEMORY;
}

/* ---- writing ---- */

static struct bytes finished(FILE *file, char **text, size_t *size, struct arena *arena)
{
    struct bytes out = {0};
    if (fclose(file) == 0)
        out = arena_copy(arena, (struct bytes) {(const uint8_t *)*text, *size});
    free(*text);
    return out;
}

static struct bytes links_write(const struct flow_network *network, struct arena *arena)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    if (!file)
        return (struct bytes) {0};
    fputs("from,to,students\n", file);
    for (size_t i = 0; i < network->link_count; i++) {
        const struct flow_link *link = &network->links[i];
        fprintf(file, "%s,%s,%u\n", network->institutions[link->from].schac,
                network->institutions[link->to].schac, link->students);
    }
    return finished(file, &text, &size, arena);
}

static struct bytes institutions_write(const struct flow_network *network, struct arena *arena)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    if (!file)
        return (struct bytes) {0};
    fputs("schac,country,name\n", file);
    for (size_t i = 0; i < network->count; i++) {
        const struct flow_institution *institution = &network->institutions[i];
        fprintf(file, "%s,%s,", institution->schac, institution->country);
        csv_fwrite(file, institution->name, strlen(institution->name));
        fputc('\n', file);
    }
    return finished(file, &text, &size, arena);
}

enum fault flow_csv_write(const struct flow_network *network, struct arena *arena,
                          struct flow_csv_files *out)
{
    *out =
        (struct flow_csv_files) {links_write(network, arena), institutions_write(network, arena)};
    return out->links.data && out->institutions.data ? FAULT_NONE : FAULT_MEMORY;
}
