#include "api/api_routes.h"
#include "admin/export.h"
#include "admin/import_title.h"

#include <string.h>

static const char csv_type[] = "text/csv; charset=utf-8";
static const char workbook_type[] =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

static bool format_read(const struct api_call *call, struct api_reply *reply, bool *workbook)
{
    const char *format = api_call_query(call, "format");
    *workbook = format && strcmp(format, "xlsx") == 0;
    return !format || *workbook || strcmp(format, "csv") == 0 ||
           api_call_usage(reply, "this format is not known", "give csv or xlsx", "format");
}

/* Only those of one of our institutions, where it is named. */
static size_t pairs_keep(struct store_pair *pairs, size_t count, const char *own)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!own || strcmp(pairs[i].own, own) == 0)
            pairs[kept++] = pairs[i];
    return kept;
}

static enum fault export_list(const struct api_call *call, struct api_reply *reply)
{
    struct export export = {.store = call->api->store,
                            .scope = call->who.scope,
                            .year = api_call_query(call, "year"),
                            .language = api_call_query(call, "lang")};
    struct store_pair *pairs;
    struct bytes content;
    bool many;
    if (!format_read(call, reply, &export.workbook))
        return FAULT_NONE;
    if (export.language && !import_title_text(IMPORT_TITLE_PARTNER, export.language)) {
        api_call_usage(reply, "this language is not known", "give en, fr or nl", "lang");
        return FAULT_NONE;
    }
    TRY(api_call_pairs(call, reply, &pairs, &export.pair_count));
    if (api_call_refused(reply))
        return FAULT_NONE;
    export.pair_count = pairs_keep(pairs, export.pair_count, api_call_query(call, "own"));
    export.pairs = pairs;
    TRY(export_nominations(&export, call->arena, &content, &many));
    if (many) {
        api_call_explain(reply, VERDICT_TOO_LARGE, "there are more than 5,000 nominations",
                         "choose some by partner or year", "partner");
        return FAULT_NONE;
    }
    reply->raw = content;
    reply->raw_type = export.workbook ? workbook_type : csv_type;
    return FAULT_NONE;
}

const struct api_route api_export_routes[] = {
    {
        .row = {"GET", "/api/v1/exports/nominations",
                "drafts and what was sent, as a list that an import reads back"},
        .needs = ROLE_NEED_READ,
        .serve = export_list,
        .query = "format partner year own lang",
    },
    {},
};
