#include "sheet/sheet_xml.h"

#include <assert.h>
#include <expat.h>
#include <string.h>

enum { DEPTH_MAX = 32 };

struct parsing {
    XML_Parser parser;
    struct sheet_xml_reader *reader;
    size_t depth;
    bool deep, typed, memory;
    bool broken;
};

static const char *local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

static void halt(struct parsing *parsing)
{
    XML_StopParser(parsing->parser, XML_FALSE);
}

static void begin(void *self, const char *name, const char **attributes)
{
    struct parsing *parsing = self;
    if (++parsing->depth > DEPTH_MAX) {
        parsing->deep = true;
        halt(parsing);
        return;
    }
    parsing->reader->start(parsing->reader->self, local(name), (const char *const *)attributes);
    if (parsing->reader->stop)
        halt(parsing);
}

static void finish(void *self, const char *name)
{
    struct parsing *parsing = self;
    parsing->depth--;
    if (parsing->reader->end && !parsing->reader->stop)
        parsing->reader->end(parsing->reader->self, local(name));
    if (parsing->reader->stop)
        halt(parsing);
}

static void characters(void *self, const char *text, int size)
{
    struct parsing *parsing = self;
    assert(size >= 0);
    if (parsing->reader->text && !parsing->reader->stop)
        parsing->reader->text(parsing->reader->self, text, (size_t)size);
}

/* No program that saves workbooks writes one; it is where entities are made that multiply. */
static void document_type(void *self, const char *, const char *, const char *, int)
{
    struct parsing *parsing = self;
    parsing->typed = true;
    halt(parsing);
}

static bool take(void *self, struct bytes piece)
{
    struct parsing *parsing = self;
    enum XML_Status status =
        XML_Parse(parsing->parser, (const char *)piece.data, (int)piece.size, XML_FALSE);
    parsing->memory = parsing->memory || XML_GetErrorCode(parsing->parser) == XML_ERROR_NO_MEMORY;
    bool wanted = parsing->reader->stop || parsing->deep || parsing->typed;
    parsing->broken = status == XML_STATUS_ERROR && !wanted;
    return status == XML_STATUS_OK;
}

static void judge(struct parsing *parsing, struct sheet_refusal *refusal)
{
    static const struct sheet_refusal odd = {
        "malformed", "a workbook as spreadsheet programs write it",
        "open the file in a spreadsheet program, save it again as .xlsx and import that"};
    if (refusal->expected || parsing->reader->stop)
        return;
    if (!parsing->deep && !parsing->typed && !parsing->broken)
        parsing->broken = XML_Parse(parsing->parser, "", 0, XML_TRUE) != XML_STATUS_OK;
    if (parsing->deep || parsing->typed || parsing->broken)
        *refusal = odd;
}

enum fault sheet_xml_read(struct sheet_zip *zip, const char *part, struct sheet_xml_reader *reader,
                          struct sheet_refusal *refusal)
{
    struct parsing parsing = {.reader = reader};
    assert(!refusal->expected);
    parsing.parser = XML_ParserCreate(NULL);
    if (!parsing.parser)
        return FAULT_MEMORY;
    XML_SetUserData(parsing.parser, &parsing);
    XML_SetElementHandler(parsing.parser, begin, finish);
    XML_SetCharacterDataHandler(parsing.parser, characters);
    XML_SetStartDoctypeDeclHandler(parsing.parser, document_type);
    enum fault fault = sheet_zip_pour(zip, part, take, &parsing, refusal);
    if (!fault)
        judge(&parsing, refusal);
    XML_ParserFree(parsing.parser);
    return parsing.memory ? FAULT_MEMORY : fault;
}

const char *sheet_xml_attribute(const char *const attributes[], const char *name)
{
    for (size_t i = 0; attributes[i]; i += 2)
        if (strcmp(local(attributes[i]), name) == 0)
            return attributes[i + 1];
    return NULL;
}

bool sheet_xml_truth(const char *value)
{
    return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

bool sheet_xml_number(const char *value, size_t *out)
{
    enum { DIGITS_MAX = 9 };
    size_t digits = value ? strspn(value, "0123456789") : 0, number = 0;
    if (digits == 0 || digits > DIGITS_MAX || value[digits])
        return false;
    for (size_t i = 0; i < digits; i++)
        number = number * 10 + (size_t)(value[i] - '0');
    *out = number;
    return true;
}
