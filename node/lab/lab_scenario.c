#include "lab/lab_study.h"
#include "lab/lab_verbs.h"

#include "report/table.h"
#include "report/text.h"

static const struct lab_flag flags[] = {{NULL, NULL, NULL}};

enum { WRAPPED = 96, INDENT = 2 };

static const char *limits(struct lab_call *call, const struct scenario_parameter *row)
{
    if (row->high == 0xFFFF)
        return "two letters";
    return arena_format(call->arena, "%lld to %lld", (long long)row->low, (long long)row->high);
}

static void parameters_say(struct lab_call *call, const struct scenario_parameter *rows)
{
    static const struct table_column columns[] = {
        {"  PARAMETER", false, TABLE_WHOLE}, {"BY ITSELF", true, TABLE_WHOLE},
        {"LIMITS", false, TABLE_WHOLE},      {"UNIT", false, TABLE_WHOLE},
        {"MEANING", false, TABLE_BELOW},
    };
    struct table table;
    table_start(&table, call->arena, columns, sizeof columns / sizeof *columns);
    for (; rows->name; rows++) {
        char value[SCENARIO_VALUE_SIZE];
        scenario_value_text(rows, rows->otherwise, value);
        table_add(&table,
                  (const char *const[]) {arena_format(call->arena, "  %s", rows->name), value,
                                         limits(call, rows), rows->unit, rows->meaning});
    }
    struct bytes text = table_text(&table, lab_study_width(call));
    fwrite(text.data, 1, text.size, call->out);
}

static void explain(struct lab_call *call, const struct scenario *scenario)
{
    struct bytes how = text_wrap(bytes_text(scenario->how), WRAPPED, 0, call->arena);
    fprintf(call->out, "%s: %s\n\n%.*s\n", scenario->name, scenario->sentence, (int)how.size,
            (const char *)how.data);
    if (scenario->parameters->name) {
        fputc('\n', call->out);
        parameters_say(call, scenario->parameters);
    }
    fputs("\nAnd those that every scenario has:\n\n", call->out);
    parameters_say(call, scenario_common());
}

static void list(struct lab_call *call)
{
    const struct scenario *scenario;
    for (size_t i = 0; (scenario = scenario_at(i)); i++)
        fprintf(call->out, "  %-10s %s\n", scenario->name, scenario->sentence);
    fputs("\nperegrin-sim scenario NAME says how each is done, and what can be set.\n", call->out);
}

static json_t *parameters_json(const struct scenario_parameter *rows)
{
    json_t *list = json_array();
    for (; rows->name; rows++)
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:I, s:I, s:I, s:s}", "name", rows->name,
                                        "unit", rows->unit, "default", (json_int_t)rows->otherwise,
                                        "low", (json_int_t)rows->low, "high",
                                        (json_int_t)rows->high, "meaning", rows->meaning));
    return list;
}

static json_t *all_json(const struct scenario *only)
{
    json_t *list = json_array();
    const struct scenario *scenario;
    for (size_t i = 0; (scenario = scenario_at(i)); i++)
        if (!only || scenario == only)
            json_array_append_new(list,
                                  json_pack("{s:s, s:s, s:s, s:o}", "name", scenario->name,
                                            "sentence", scenario->sentence, "how", scenario->how,
                                            "parameters", parameters_json(scenario->parameters)));
    return json_pack("{s:o, s:o}", "scenarios", list, "common", parameters_json(scenario_common()));
}

static enum lab_exit run(struct lab_call *call)
{
    struct scenario_choice choice = {0};
    struct scenario_refusal why;
    if (call->word_count && !scenario_choose(call->words[0], &choice, &why))
        return lab_wrong(call, choice.scenario ? LAB_USAGE : LAB_NOT_FOUND, "scenario", NULL, "%s",
                         why.text);
    if (call->json)
        return lab_study_json(call, all_json(choice.scenario));
    if (choice.scenario)
        explain(call, choice.scenario);
    else
        list(call);
    return LAB_DONE;
}

const struct lab_verb lab_scenario_verb = {
    .name = "scenario",
    .words = "[NAME]",
    .most = 1,
    .meaning = "lists the ready scenarios, or explains one and its parameters",
    .more = "",
    .example = "scenario dark",
    .flags = flags,
    .run = run,
};
