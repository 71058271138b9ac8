#include "flow/flow_csv.h"
#include "flow/flow_graphml.h"
#include "flow/flow_measure.h"
#include "lab/lab_source.h"
#include "lab/lab_study.h"
#include "lab/lab_verbs.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { COUNTRIES_SHOWN = 12, NUMBER_SIZE = 32 };

static const struct lab_flag flags[] = {
    LAB_SOURCE_FLAGS,
    {"write", "FILE", "the network as .graphml, or as .csv with its nodes beside it"},
    {"deeds", "FILE", "the deeds of one academic year as .csv"},
    {"calendar", NULL, "how many deeds of each kind in each month"},
    {NULL, NULL, NULL},
};

/* ---- what it is like ---- */

/* 207,790 */
static const char *number(uint64_t value, char out[static NUMBER_SIZE])
{
    char digits[NUMBER_SIZE];
    size_t size = (size_t)snprintf(digits, sizeof digits, "%" PRIu64, value), at = 0;
    for (size_t i = 0; i < size; i++) {
        if (i > 0 && (size - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = '\0';
    return out;
}

static void spread_say(FILE *out, const char *what, const struct flow_spread *spread,
                       const char *of)
{
    char number_of[3][NUMBER_SIZE];
    fprintf(out, "  %-14s%8s%8s%8s  %s\n", what, number(spread->p50, number_of[0]),
            number(spread->p99, number_of[1]), number(spread->most, number_of[2]), of);
}

static void show_text(FILE *out, const struct lab_source *source, const struct flow_measures *like,
                      const struct flow_country *countries)
{
    char text[NUMBER_SIZE];
    fprintf(out, "%s\n", source->origin);
    fprintf(out, "  %-14s%8s  in %zu %s", "institutions", number(like->institutions, text),
            like->countries, like->countries == 1 ? "country" : "countries");
    if (like->alone)
        fprintf(out, ", %s without any partner", number(like->alone, text));
    fprintf(out, "\n  %-14s%8s  between ", "links", number(like->links, text));
    fprintf(out, "%s pairs; %u %% are answered by one in the other direction\n",
            number(like->pairs, text), (like->reciprocal_permille + 5) / 10);
    fprintf(out, "  %-14s%8s  in one year\n\n", "students", number(like->students, text));
    fprintf(out, "  %-14s%8s%8s%8s\n", "", "half", "99 %", "most");
    spread_say(out, "partners", &like->partners, "of an institution");
    spread_say(out, "students", &like->per_link, "of a link");
    spread_say(out, "", &like->sent, "whom an institution sends");
    spread_say(out, "", &like->taken, "whom an institution takes");
    fputs("\n  countries     ", out);
    for (size_t i = 0; i < like->countries && i < COUNTRIES_SHOWN; i++)
        fprintf(out, "%s %u%s", countries[i].country, countries[i].institutions,
                i + 1 < like->countries ? ", " : "");
    if (like->countries > COUNTRIES_SHOWN)
        fprintf(out, "and %zu more", like->countries - COUNTRIES_SHOWN);
    fputc('\n', out);
}

static json_t *spread_json(const struct flow_spread *spread)
{
    return json_pack("{s:I, s:I, s:I}", "p50", (json_int_t)spread->p50, "p99",
                     (json_int_t)spread->p99, "most", (json_int_t)spread->most);
}

static json_t *renamed_json(const struct flow_network *network)
{
    json_t *renamed = json_object();
    for (size_t i = 0; i < network->count; i++)
        if (network->institutions[i].given)
            json_object_set_new(renamed, network->institutions[i].given,
                                json_string(network->institutions[i].schac));
    return renamed;
}

static json_t *show_json(const struct lab_source *source, const struct flow_measures *like,
                         const struct flow_country *countries)
{
    json_t *list = json_array();
    for (size_t i = 0; i < like->countries; i++)
        json_array_append_new(list,
                              json_pack("{s:s, s:I, s:I, s:I}", "country", countries[i].country,
                                        "institutions", (json_int_t)countries[i].institutions,
                                        "sent", (json_int_t)countries[i].sent, "taken",
                                        (json_int_t)countries[i].taken));
    return json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:I}",
                     "origin", source->origin, "institutions", (json_int_t)like->institutions,
                     "links", (json_int_t)like->links, "pairs", (json_int_t)like->pairs, "students",
                     (json_int_t)like->students, "alone", (json_int_t)like->alone,
                     "reciprocal_permille", (json_int_t)like->reciprocal_permille, "partners",
                     spread_json(&like->partners), "students_of_a_link",
                     spread_json(&like->per_link), "students_sent", spread_json(&like->sent),
                     "students_taken", spread_json(&like->taken), "countries", list, "renamed",
                     renamed_json(&source->network), "students_unsaid",
                     (json_int_t)source->network.unsaid);
}

/* ---- files ---- */

static bool ends_with(const char *path, const char *end)
{
    size_t size = strlen(path), wanted = strlen(end);
    return size > wanted && strcmp(path + size - wanted, end) == 0;
}

static enum lab_exit no_memory(struct lab_call *call)
{
    return lab_wrong(call, LAB_UNEXPECTED, "memory", "take a smaller network",
                     "there is no memory for this network");
}

static enum lab_exit write_csv(struct lab_call *call, const char *path,
                               const struct flow_network *network)
{
    struct flow_csv_files files;
    const char *beside = arena_format(call->arena, "%.*s.nodes.csv", (int)(strlen(path) - 4), path);
    if (!beside || flow_csv_write(network, call->arena, &files))
        return no_memory(call);
    if (!lab_write(call, path, files.links) || !lab_write(call, beside, files.institutions))
        return LAB_UNEXPECTED;
    fprintf(call->json ? call->err : call->out, "\nwritten: %s, %s\n", path, beside);
    return LAB_DONE;
}

static enum lab_exit write_network(struct lab_call *call, const struct flow_network *network)
{
    const char *path = lab_value(call, "write", NULL);
    struct bytes content;
    if (!path)
        return LAB_DONE;
    if (ends_with(path, ".csv"))
        return write_csv(call, path, network);
    if (flow_graphml_write(network, call->arena, &content))
        return no_memory(call);
    if (!lab_write(call, path, content))
        return LAB_UNEXPECTED;
    fprintf(call->json ? call->err : call->out, "\nwritten: %s\n", path);
    return LAB_DONE;
}

/* ---- the year ---- */

static void deeds_print(FILE *file, const struct lab_source *source,
                        const struct flow_settings *settings, const struct flow_year *year)
{
    fputs("at,kind,from,to,number\n", file);
    for (size_t i = 0; i < year->count; i++) {
        const struct flow_deed *deed = &year->deeds[i];
        char at[INSTANT_TEXT_SIZE];
        instant_text(instant_after(flow_year_beginning(settings), deed->at_us), at);
        fprintf(file, "%s,%s,%s,%s,", at, flow_kind_word(deed->kind),
                source->network.institutions[deed->from].schac,
                source->network.institutions[deed->to].schac);
        if (deed->kind == FLOW_SLEEP || deed->kind == FLOW_WAKE)
            fprintf(file, "%s\n", flow_rest_word((enum flow_rest)deed->number));
        else
            fprintf(file, "%u\n", deed->number);
    }
}

static enum lab_exit write_deeds(struct lab_call *call, const struct lab_source *source,
                                 const struct flow_settings *settings, const struct flow_year *year)
{
    const char *path = lab_value(call, "deeds", NULL);
    char *text = NULL;
    size_t size = 0;
    FILE *file = path ? open_memstream(&text, &size) : NULL;
    if (!path)
        return LAB_DONE;
    if (!file)
        return no_memory(call);
    deeds_print(file, source, settings, year);
    bool good =
        fclose(file) == 0 && lab_write(call, path, (struct bytes) {(const uint8_t *)text, size});
    free(text);
    if (good)
        fprintf(call->json ? call->err : call->out, "\nwritten: %s, %zu deeds\n", path,
                year->count);
    return good ? LAB_DONE : LAB_UNEXPECTED;
}

enum { MONTHS_MAX = 24, MONTH_TEXT = 8 };

struct month {
    char text[MONTH_TEXT]; /* 2026-04 */
    uint64_t deeds[FLOW_KINDS];
};

static size_t months_count(const struct flow_year *year, const struct flow_settings *settings,
                           struct month months[static MONTHS_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < year->count; i++) {
        char at[INSTANT_TEXT_SIZE];
        instant_text(instant_after(flow_year_beginning(settings), year->deeds[i].at_us), at);
        at[MONTH_TEXT - 1] = '\0';
        if (count == 0 || strcmp(months[count - 1].text, at) != 0) {
            if (count == MONTHS_MAX)
                return count;
            memcpy(months[count++].text, at, MONTH_TEXT);
        }
        months[count - 1].deeds[year->deeds[i].kind]++;
    }
    return count;
}

static void calendar_text(FILE *out, const struct month *months, size_t count)
{
    fprintf(out, "\n  %-8s", "month");
    for (int kind = 0; kind < FLOW_KINDS; kind++)
        fprintf(out, "%11s", flow_kind_word((enum flow_kind)kind));
    fputc('\n', out);
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "  %-8s", months[i].text);
        for (int kind = 0; kind < FLOW_KINDS; kind++) {
            char text[NUMBER_SIZE];
            uint64_t deeds = months[i].deeds[kind];
            fprintf(out, "%11s", deeds ? number(deeds, text) : "");
        }
        fputc('\n', out);
    }
}

static json_t *calendar_json(const struct month *months, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *row = json_pack("{s:s}", "month", months[i].text);
        for (int kind = 0; kind < FLOW_KINDS; kind++)
            json_object_set_new(row, flow_kind_word((enum flow_kind)kind),
                                json_integer((json_int_t)months[i].deeds[kind]));
        json_array_append_new(list, row);
    }
    return list;
}

static enum lab_exit calendar(struct lab_call *call, const struct lab_source *source,
                              json_t *object)
{
    struct flow_settings settings = flow_year_defaults();
    struct month months[MONTHS_MAX] = {0};
    struct flow_year year;
    struct scenario_choice choice;
    enum lab_exit status = lab_study_choose(call, "none", &choice);
    if (status)
        return status;
    settings.membership = scenario_members_change(&choice, source->network.count);
    settings.rates = source->rates;
    if (flow_year(&source->network, source->seed, &settings, call->arena, &year))
        return no_memory(call);
    size_t count = months_count(&year, &settings, months);
    if (object)
        json_object_set_new(object, "calendar", calendar_json(months, count));
    else if (lab_given(call, "calendar"))
        calendar_text(call->out, months, count);
    return write_deeds(call, source, &settings, &year);
}

/* ---- the verb ---- */

static enum lab_exit run(struct lab_call *call)
{
    struct lab_source source;
    struct flow_measures like;
    struct flow_country *countries;
    size_t country_count;
    const char *path = lab_value(call, "write", ".csv");
    enum lab_exit status = LAB_DONE;
    if (lab_given(call, "write") && !ends_with(path, ".csv") && !ends_with(path, ".graphml"))
        return lab_wrong(call, LAB_USAGE, "usage", NULL,
                         "--write takes a .csv or a .graphml, not `%s`", path);
    if (!lab_source_read(call, &source))
        return source.status;
    if (flow_measure(&source.network, call->arena, &like) ||
        flow_measure_countries(&source.network, call->arena, &countries, &country_count))
        return no_memory(call);
    json_t *object = call->json ? show_json(&source, &like, countries) : NULL;
    if (!object)
        show_text(call->out, &source, &like, countries);
    if (lab_given(call, "calendar") || lab_given(call, "deeds"))
        status = calendar(call, &source, object);
    if (object) {
        json_dumpf(object, call->out, JSON_COMPACT);
        fputc('\n', call->out);
        json_decref(object);
    }
    return status ? status : write_network(call, &source.network);
}

const struct lab_verb lab_network_verb = {
    .name = "network",
    .words = "",
    .least = 0,
    .most = 0,
    .meaning = "who sends students where: a network read, made, cut, measured and written",
    .more =
        "Without --make and --read it is the published sample of the Erasmus year 2013/14, where\n"
        "its tables are, and else a made network of the published size. A .csv has the columns\n"
        "from, to and students, its --nodes file schac, country and name; of a .graphml the\n"
        "attributes of these names are read.\n\n"
        "The calendar and the deeds are those that `peregrin-sim year` plays: joins, leaves,\n"
        "re-namings and new codes only in a network of 200 institutions and more, for in a\n"
        "smaller one a single late member would be a large part of the year.",
    .example = "network --make 500 --seed 7 --write net.graphml",
    .flags = flags,
    .run = run,
};
