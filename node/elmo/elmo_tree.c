#include "elmo/elmo_tree.h"

#include "report/text.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

static const xmlChar *as_xml(const char *text)
{
    return (const xmlChar *)text;
}

/* ---- before it is parsed -----------------------------------------------------------------------
 */

/* The position behind the next `end`, or the size. */
static size_t behind(struct bytes text, size_t from, const char *end)
{
    size_t size = strlen(end);
    for (size_t i = from; i + size <= text.size; i++)
        if (memcmp(text.data + i, end, size) == 0)
            return i + size;
    return text.size;
}

/* Behind a tag that begins at `from`; each value in it is one attribute. */
static size_t behind_tag(struct bytes text, size_t from, size_t *attributes)
{
    size_t i = from;
    *attributes = 0;
    while (i < text.size && text.data[i] != '>') {
        const char quote[] = {(char)text.data[i++], '\0'};
        if (*quote != '"' && *quote != '\'')
            continue;
        i = behind(text, i, quote);
        ++*attributes;
    }
    return i;
}

/* libxml2 compares each attribute of an element with all before it, and asks nobody first. In a
 * text that is well-formed so far this sees the same tags, and at its first error the parser stops.
 */
static bool attributes_fit(struct bytes text)
{
    static const struct {
        const char *begins, *ends;
    } others[] = {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};
    size_t all = 0, here, i = 0;
    while ((i = behind(text, i, "<")) < text.size) {
        const char *ends = NULL;
        for (size_t k = 0; k < sizeof others / sizeof *others; k++) {
            size_t size = strlen(others[k].begins);
            if (text.size - i + 1 >= size && memcmp(text.data + i - 1, others[k].begins, size) == 0)
                ends = others[k].ends;
        }
        i = ends ? behind(text, i, ends) : behind_tag(text, i, &here);
        all += ends ? 0 : here;
        if (all > ELMO_ATTRIBUTES_MAX || (!ends && here > ELMO_ATTRIBUTES_OF_ONE_MAX))
            return false;
    }
    return true;
}

/* Bytes of ASCII mean themselves in all that may follow; so they do in the encodings below. */
static bool begins_plainly(struct bytes text)
{
    static const uint8_t mark[] = {0xEF, 0xBB, 0xBF};
    bool marked = text.size > sizeof mark && memcmp(text.data, mark, sizeof mark) == 0;
    size_t from = marked ? sizeof mark : 0;
    return text.data[from] < 0x80 && !memchr(text.data, 0, text.size);
}

static bool encoding_fits(const xmlChar *name)
{
    static const char *const plain[] = {"UTF-8", "US-ASCII", "ISO-8859-", "windows-125"};
    for (size_t i = 0; name && i < sizeof plain / sizeof *plain; i++)
        if (xmlStrncasecmp(name, as_xml(plain[i]), (int)strlen(plain[i])) == 0)
            return true;
    return !name;
}

/* ---- parsing -----------------------------------------------------------------------------------
 */

/* What was seen while parsing: libxml2 hands it back with each call. */
struct watch {
    size_t elements, depth;
    enum verdict verdict;
};

static void stop(xmlParserCtxt *parser, enum verdict verdict)
{
    struct watch *watch = parser->_private;
    if (!watch->verdict)
        watch->verdict = verdict;
    xmlStopParser(parser);
}

/* What is told by the declaration. */
static void document_begins(void *self)
{
    xmlParserCtxt *parser = self;
    if (!encoding_fits(parser->encoding) || !encoding_fits(parser->input->encoding))
        stop(parser, VERDICT_MALFORMED);
    else
        xmlSAX2StartDocument(self);
}

static void error_seen(void *self, xmlError *error)
{
    if (error->level == XML_ERR_FATAL)
        stop(self, VERDICT_MALFORMED);
}

/* A document type declares entities, and each of those may stand for a thousand others or for a
 * file: there is none in ELMO. */
static void doctype_seen(void *self, const xmlChar *, const xmlChar *, const xmlChar *)
{
    stop(self, VERDICT_MALFORMED);
}

static void element_begins(void *self, const xmlChar *name, const xmlChar *prefix,
                           const xmlChar *uri, int namespace_count, const xmlChar **namespaces,
                           int attribute_count, int default_count, const xmlChar **attributes)
{
    xmlParserCtxt *parser = self;
    struct watch *watch = parser->_private;
    if (++watch->elements > ELMO_ELEMENTS_MAX || ++watch->depth > ELMO_DEPTH_MAX) {
        stop(parser, VERDICT_TOO_LARGE);
        return;
    }
    xmlSAX2StartElementNs(self, name, prefix, uri, namespace_count, namespaces, attribute_count,
                          default_count, attributes);
}

static void element_ends(void *self, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    xmlParserCtxt *parser = self;
    ((struct watch *)parser->_private)->depth--;
    xmlSAX2EndElementNs(self, name, prefix, uri);
}

static enum verdict parse(xmlParserCtxt *parser, xmlDoc **out, struct elmo_misfit *misfit)
{
    struct watch watch = {0};
    parser->_private = &watch;
    parser->sax->startDocument = document_begins;
    parser->sax->serror = error_seen;
    parser->sax->internalSubset = doctype_seen;
    parser->sax->externalSubset = doctype_seen;
    parser->sax->startElementNs = element_begins;
    parser->sax->endElementNs = element_ends;
    xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                  XML_PARSE_NOCDATA | XML_PARSE_NOBLANKS);
    xmlParseDocument(parser);
    if (watch.verdict || !parser->wellFormed || !parser->myDoc) {
        misfit->line = parser->lastError.line;
        misfit->expected = watch.verdict == VERDICT_TOO_LARGE ? "fewer and flatter elements"
                           : watch.verdict                    ? "no document type"
                                                              : "well-formed XML";
        if (parser->myDoc)
            xmlFreeDoc(parser->myDoc);
        parser->myDoc = NULL;
        return watch.verdict ? watch.verdict : VERDICT_MALFORMED;
    }
    *out = parser->myDoc;
    parser->myDoc = NULL;
    return VERDICT_FINE;
}

enum verdict elmo_tree_parse(struct bytes text, xmlDoc **out, struct elmo_misfit *misfit)
{
    *misfit = (struct elmo_misfit) {.expected = "an ELMO document of at most 4 MiB"};
    if (text.size > ELMO_SIZE_MAX)
        return VERDICT_TOO_LARGE;
    if (text.size == 0)
        return VERDICT_MALFORMED;
    misfit->expected = "well-formed XML in UTF-8";
    if (!begins_plainly(text))
        return VERDICT_MALFORMED;
    misfit->expected = "fewer attributes";
    if (!attributes_fit(text))
        return VERDICT_TOO_LARGE;
    xmlParserCtxt *parser = xmlCreateMemoryParserCtxt((const char *)text.data, (int)text.size);
    if (!parser)
        return VERDICT_TOO_LARGE;
    enum verdict verdict = parse(parser, out, misfit);
    xmlFreeParserCtxt(parser);
    return verdict;
}

/* ---- looking -----------------------------------------------------------------------------------
 */

static bool is(const xmlNode *node, const char *name, const char *uri)
{
    return node && node->type == XML_ELEMENT_NODE && node->ns &&
           xmlStrEqual(node->ns->href, as_xml(uri)) && xmlStrEqual(node->name, as_xml(name));
}

bool elmo_tree_is(const xmlNode *node, const char *name)
{
    return is(node, name, elmo_namespace);
}

bool elmo_tree_own(const xmlNode *node, const char *name)
{
    return is(node, name, elmo_own_namespace);
}

static const xmlNode *from(const xmlNode *node, const char *name)
{
    while (node && !elmo_tree_is(node, name))
        node = node->next;
    return node;
}

const xmlNode *elmo_tree_child(const xmlNode *node, const char *name)
{
    return from(node ? node->children : NULL, name);
}

const xmlNode *elmo_tree_next(const xmlNode *node, const char *name)
{
    return from(node ? node->next : NULL, name);
}

static const char *keep(xmlChar *content, struct arena *arena, bool *large)
{
    if (!content)
        return NULL;
    struct bytes text = text_trim(bytes_text((const char *)content)), composed;
    *large = *large || text.size > ELMO_TEXT_MAX;
    const char *kept = text.size && text.size <= ELMO_TEXT_MAX && text_nfc(text, arena, &composed)
                           ? arena_text(arena, composed)
                           : NULL;
    xmlFree(content);
    return kept;
}

const char *elmo_tree_text(const xmlNode *node, struct arena *arena, bool *large)
{
    return node ? keep(xmlNodeGetContent(node), arena, large) : NULL;
}

const char *elmo_tree_attribute(const xmlNode *node, const char *name, struct arena *arena)
{
    bool large = false;
    return node ? keep(xmlGetProp(node, as_xml(name)), arena, &large) : NULL;
}
