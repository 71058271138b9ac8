/* One XML part of a workbook, element by element, within limits: no document type, no entities of
 * its own, no depths. */
#pragma once

#include "sheet/sheet_zip.h"

/* Names come without their prefix. Attributes are name, value, name, value, NULL. A function sets
 * `stop` when it has enough. */
struct sheet_xml_reader {
    void *self;
    void (*start)(void *self, const char *name, const char *const attributes[]);
    void (*end)(void *self, const char *name);               /* NULL: not wanted */
    void (*text)(void *self, const char *text, size_t size); /* NULL: not wanted */
    bool stop;
};

/* A refusal where it is not well-formed or outside the limits. */
enum fault sheet_xml_read(struct sheet_zip *zip, const char *part, struct sheet_xml_reader *reader,
                          struct sheet_refusal *refusal);

/* The value of an attribute by its name without prefix; NULL: it is not there. */
const char *sheet_xml_attribute(const char *const attributes[], const char *name);
/* `1` and `true`, as XML Schema has it. */
bool sheet_xml_truth(const char *value);
/* A whole number of at most nine digits; false otherwise, also for NULL. */
bool sheet_xml_number(const char *value, size_t *out);
