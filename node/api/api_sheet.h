/* Lists from spreadsheets: what a request says of its file, and what came of its rows. */
#pragma once

#include "admin/import.h"
#include "api/api_call.h"

enum {
    API_SHEET_CONTENT,
    API_SHEET_BASE64,
    API_SHEET_ENCODING,
    API_SHEET_SHEET,
    API_SHEET_ROWS,
    API_SHEET_DATES,
    API_SHEET_HIDDEN,
    API_SHEET_FIX,
    API_SHEET_CONFIRM,
    API_SHEET_SKIP_BAD,
    API_SHEET_FIELDS,
    API_SHEET_OWN_MAX = 8,
};

/* The request's fields: `own`, count of them, and then those of a file; so are the values. */
bool api_sheet_fields(const struct api_call *call, struct api_reply *reply,
                      const struct api_call_field *own, size_t count, json_t *values[]);
/* What the file's fields say, from the first of them on; and who asks, of import->own. */
bool api_sheet_read(const struct api_call *call, struct api_reply *reply, json_t *const values[],
                    struct import *out);
/* Also a list that is refused as a whole is shown with its problems: 422 with the usual counts. */
enum fault api_sheet_put(struct api_reply *reply, const struct import *import,
                         const struct import_result *result);
