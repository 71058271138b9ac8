/* The parts of a workbook's file: a ZIP archive in memory, opened only as far as its sizes are
 * believable. */
#pragma once

#include "sheet/sheet.h"

/* A handle. */
struct sheet_zip;

/* *out NULL when it was refused: not whole, too many parts, parts of one name or lying in one
 * another. */
enum fault sheet_zip_open(struct bytes content, struct sheet_zip **out,
                          struct sheet_refusal *refusal);
void sheet_zip_close(struct sheet_zip *zip);

bool sheet_zip_has(const struct sheet_zip *zip, const char *part);

/* Hands the part over piece by piece; `take` says false to end it. Refused where the part is not
 * there, is encrypted, does not agree with its checksum, or grows beyond what a list may weigh. */
typedef bool sheet_zip_take(void *self, struct bytes piece);
enum fault sheet_zip_pour(struct sheet_zip *zip, const char *part, sheet_zip_take *take, void *self,
                          struct sheet_refusal *refusal);
