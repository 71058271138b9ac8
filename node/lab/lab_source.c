#include "lab/lab_source.h"

#include "flow/flow_csv.h"
#include "flow/flow_cut.h"
#include "flow/flow_data.h"
#include "flow/flow_graphml.h"
#include "flow/flow_make.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_SIZE = 4096, GIVEN_SHOWN = 5 };

static const char nearby[] = "../shared/data";

/* Of the folder of tables, by the numbers that flow_data_sample gives. */
enum { INSTITUTIONS, FLOWS, CHARTERS, HISTORY, TABLES };
static const char *const tables[TABLES] = {
    [INSTITUTIONS] = "flows_sample_institutions.csv",
    [FLOWS] = "flows_sample_2013_14.csv",
    [CHARTERS] = "institutions_eche_2026.csv",
    [HISTORY] = "eche_list_history.csv",
};

static enum lab_exit no_memory(struct lab_call *call)
{
    return lab_wrong(call, LAB_UNEXPECTED, "memory", "take a smaller network",
                     "there is no memory for this network");
}

/* LAB_DONE where nothing is refused. */
static enum lab_exit judged(struct lab_call *call, const char *path,
                            const struct flow_refusal *refusal)
{
    if (!refusal->expected[0])
        return LAB_DONE;
    if (!refusal->line)
        return lab_wrong(call, LAB_USAGE, "network", refusal->remedy, "%s: expected %s", path,
                         refusal->expected);
    return lab_wrong(call, LAB_USAGE, "network", refusal->remedy, "%s, line %llu: expected %s",
                     path, (unsigned long long)refusal->line, refusal->expected);
}

/* ---- a file of one's own ---- */

static bool ends_with(const char *path, const char *end)
{
    size_t size = strlen(path), wanted = strlen(end);
    return size >= wanted && strcmp(path + size - wanted, end) == 0;
}

static enum lab_exit own_csv(struct lab_call *call, const char *path, struct lab_source *out)
{
    const char *beside = lab_value(call, "nodes", NULL);
    struct flow_csv_files files = {0};
    struct flow_refusal refusal = {.expected = "a first row",
                                   .remedy = "name the columns in the first row"};
    bool of_links = true;
    if (!lab_read(call, path, &files.links) ||
        (beside && !lab_read(call, beside, &files.institutions)))
        return LAB_NOT_FOUND;
    if (beside && files.institutions.size == 0)
        return judged(call, beside, &refusal);
    if (flow_csv_read(&files, call->arena, &out->network, &refusal, &of_links))
        return no_memory(call);
    return judged(call, of_links ? path : beside, &refusal);
}

static enum lab_exit own_graphml(struct lab_call *call, const char *path, struct lab_source *out)
{
    struct bytes content;
    struct flow_refusal refusal;
    if (lab_given(call, "nodes"))
        return lab_wrong(call, LAB_USAGE, "usage", NULL,
                         "--nodes goes with a .csv; a .graphml names its nodes itself");
    if (!lab_read(call, path, &content))
        return LAB_NOT_FOUND;
    if (flow_graphml_read(content, call->arena, &out->network, &refusal))
        return no_memory(call);
    return judged(call, path, &refusal);
}

static enum lab_exit own(struct lab_call *call, struct lab_source *out)
{
    const char *path = lab_value(call, "read", "");
    out->origin = path;
    if (ends_with(path, ".graphml") || ends_with(path, ".xml"))
        return own_graphml(call, path, out);
    if (ends_with(path, ".csv") || ends_with(path, ".tsv"))
        return own_csv(call, path, out);
    return lab_wrong(call, LAB_USAGE, "usage", NULL, "--read takes a .csv or a .graphml, not `%s`",
                     path);
}

/* ---- the published tables ---- */

static const char *folder_of(struct lab_call *call)
{
    const char *told = getenv("PEREGRIN_DATA");
    return lab_value(call, "data", told && *told ? told : nearby);
}

/* Paths that do not fit are of files that are not there. */
static const char *table_path(struct lab_call *call, int table)
{
    const char *path = arena_format(call->arena, "%s/%s", folder_of(call), tables[table]);
    return path ? path : "";
}

static bool table_there(struct lab_call *call, int table)
{
    return access(table_path(call, table), R_OK) == 0;
}

static enum lab_exit published(struct lab_call *call, struct lab_source *out)
{
    struct flow_data_files files = {0};
    struct flow_refusal refusal;
    int which;
    if (!lab_read(call, table_path(call, INSTITUTIONS), &files.institutions) ||
        !lab_read(call, table_path(call, FLOWS), &files.flows) ||
        (table_there(call, CHARTERS) &&
         !lab_read(call, table_path(call, CHARTERS), &files.charters)))
        return LAB_NOT_FOUND;
    out->origin = "the published sample of 2013/14";
    if (flow_data_sample(&files, call->arena, &out->network, &refusal, &which))
        return no_memory(call);
    return judged(call, table_path(call, which), &refusal);
}

static enum lab_exit rates_read(struct lab_call *call, struct lab_source *out)
{
    struct bytes history;
    struct flow_refusal refusal;
    out->rates = flow_year_defaults().rates;
    if (!table_there(call, HISTORY))
        return LAB_DONE;
    if (!lab_read(call, table_path(call, HISTORY), &history))
        return LAB_NOT_FOUND;
    if (flow_data_rates(history, call->arena, &out->rates, &refusal))
        return no_memory(call);
    return judged(call, table_path(call, HISTORY), &refusal);
}

/* ---- one of them ---- */

static enum lab_exit made(struct lab_call *call, uint64_t count, struct lab_source *out)
{
    out->origin = arena_format(call->arena, "made after the published statistics, seed %llu",
                               (unsigned long long)out->seed);
    if (!out->origin || flow_make((uint32_t)count, out->seed, call->arena, &out->network))
        return no_memory(call);
    return LAB_DONE;
}

static enum lab_exit chosen(struct lab_call *call, struct lab_source *out)
{
    uint64_t count;
    if (lab_given(call, "make") && lab_given(call, "read"))
        return lab_wrong(call, LAB_USAGE, "usage", NULL, "--make or --read, not both");
    if (lab_given(call, "nodes") && !lab_given(call, "read"))
        return lab_wrong(call, LAB_USAGE, "usage", NULL, "--nodes goes with --read FILE.csv");
    if (!lab_number(call, "make", FLOW_MAKE_LEAST, FLOW_MAKE_MOST, FLOW_MAKE_PUBLISHED, &count))
        return LAB_USAGE;
    if (lab_given(call, "read"))
        return own(call, out);
    if (lab_given(call, "make"))
        return made(call, count, out);
    if (lab_given(call, "data") || table_there(call, FLOWS))
        return published(call, out);
    fprintf(call->err, "note: no published tables in %s (--data DIR): a made network is used\n",
            folder_of(call));
    return made(call, count, out);
}

/* What was taken for granted where the file says nothing. */
static void granted_say(struct lab_call *call, const struct flow_network *network)
{
    size_t given = 0;
    if (network->unsaid)
        fprintf(call->err,
                "note: %zu of %zu links do not say their students: one is meant for each\n",
                network->unsaid, network->link_count);
    for (size_t i = 0; i < network->count; i++)
        given += network->institutions[i].given != NULL;
    if (!given)
        return;
    fprintf(call->err, "note: %zu of %zu names are no SCHACs and became others:", given,
            network->count);
    for (size_t i = 0, said = 0; i < network->count && said < GIVEN_SHOWN; i++)
        if (network->institutions[i].given)
            fprintf(call->err, "%s `%s` is %s", said++ ? "," : "", network->institutions[i].given,
                    network->institutions[i].schac);
    fputs(given > GIVEN_SHOWN ? ", ...; peregrin-sim network --json has all\n" : "\n", call->err);
}

bool lab_source_read(struct lab_call *call, struct lab_source *out)
{
    uint64_t top;
    struct flow_network whole;
    *out = (struct lab_source) {.status = LAB_USAGE};
    if (!lab_number(call, "seed", 0, UINT64_MAX, 1, &out->seed) ||
        !lab_number(call, "top", 2, FLOW_INSTITUTIONS_MAX, FLOW_INSTITUTIONS_MAX, &top))
        return false;
    out->status = chosen(call, out);
    if (!out->status)
        out->status = rates_read(call, out);
    whole = out->network;
    if (!out->status && lab_given(call, "read"))
        granted_say(call, &whole);
    if (!out->status && lab_given(call, "top") &&
        flow_cut_top(&whole, top, call->arena, &out->network))
        out->status = no_memory(call);
    return !out->status;
}
