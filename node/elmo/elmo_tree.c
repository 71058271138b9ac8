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
    enum { ATTRIBUTES_MAX = 40 };
    xmlParserCtxt *parser = self;
    struct watch *watch = parser->_private;
    if (++watch->elements > ELMO_ELEMENTS_MAX || ++watch->depth > ELMO_DEPTH_MAX ||
        attribute_count > ATTRIBUTES_MAX || namespace_count > ATTRIBUTES_MAX) {
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
