#include "flow/flow_graphml.h"

#include "base/words.h"
#include "flow/flow_build.h"

#include <assert.h>
#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 32, KEYS_MAX = 64, TEXT_MAX = 4096, PIECE = 1 << 20 };

/* What of a node or an edge is wanted, by the names that programs give it. */
enum field { FIELD_SCHAC, FIELD_COUNTRY, FIELD_NAME, FIELD_STUDENTS, FIELD_COUNT };
static const struct {
    const char *of, *names;
} fields[FIELD_COUNT] = {
    [FIELD_SCHAC] = {"node", "schac hei_id"},
    [FIELD_COUNTRY] = {"node", "country"},
    [FIELD_NAME] = {"node", "name label"},
    [FIELD_STUDENTS] = {"edge", "students weight"},
};

struct key {
    char id[64];
    enum field field;
};

/* An edge as it was read: its ends may come later in the file. */
struct edge {
    struct bytes from, to, students;
    uint64_t line;
    bool both;
    struct edge *next;
};

struct reading {
    XML_Parser parser;
    struct arena *arena;
    struct flow_refusal *refusal;
    struct flow_build *build;
    struct key keys[KEYS_MAX];
    size_t key_count, depth, graphs, edge_count;
    struct edge *first, **end;
    bool undirected, spent, stop;
    /* The node or edge that is open, and the field that its text is for (FIELD_COUNT: none). */
    enum { OPEN_NOTHING, OPEN_NODE, OPEN_EDGE } open;
    struct bytes one, other;
    bool both;
    struct bytes values[FIELD_COUNT];
    uint64_t line;
    enum field into;
    char text[TEXT_MAX];
    size_t text_size;
};

static void halt(struct reading *reading)
{
    reading->stop = true;
    XML_StopParser(reading->parser, XML_FALSE);
}

static void refuse(struct reading *reading, const char *remedy, const char *what)
{
    flow_file_refuse(reading->refusal, XML_GetCurrentLineNumber(reading->parser), remedy, "%s",
                     what);
    halt(reading);
}

static struct bytes keep(struct reading *reading, struct bytes text)
{
    struct bytes copy = arena_copy(reading->arena, text);
    if (!copy.data) {
        reading->spent = true;
        halt(reading);
    }
    return copy;
}

static const char *local(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

static const char *attribute(const char **attributes, const char *name)
{
    for (; attributes[0]; attributes += 2)
        if (strcmp(local(attributes[0]), name) == 0)
            return attributes[1];
    return "";
}

/* ---- elements ---- */

static void key_begin(struct reading *reading, const char **attributes)
{
    const char *of = attribute(attributes, "for"), *name = attribute(attributes, "attr.name");
    const char *id = attribute(attributes, "id");
    struct key key = {.field = 0};
    while (key.field < FIELD_COUNT &&
           (strcmp(of, fields[key.field].of) != 0 || !words_hold(fields[key.field].names, name)))
        key.field++;
    if (key.field == FIELD_COUNT || strlen(id) >= sizeof key.id)
        return;
    if (reading->key_count == KEYS_MAX) {
        refuse(reading, "delete those that are not needed", "at most 64 attributes");
        return;
    }
    strcpy(key.id, id);
    reading->keys[reading->key_count++] = key;
}

static void graph_begin(struct reading *reading, const char **attributes)
{
    reading->undirected = strcmp(attribute(attributes, "edgedefault"), "undirected") == 0;
    if (++reading->graphs > 1)
        refuse(reading, "write one graph, and none within a node", "one flat graph");
}

static void node_begin(struct reading *reading, const char **attributes)
{
    reading->open = OPEN_NODE;
    reading->line = XML_GetCurrentLineNumber(reading->parser);
    memset(reading->values, 0, sizeof reading->values);
    reading->one = keep(reading, bytes_text(attribute(attributes, "id")));
}

static void edge_begin(struct reading *reading, const char **attributes)
{
    const char *directed = attribute(attributes, "directed");
    node_begin(reading, attributes);
    if (reading->stop)
        return;
    reading->open = OPEN_EDGE;
    reading->one = keep(reading, bytes_text(attribute(attributes, "source")));
    reading->other = keep(reading, bytes_text(attribute(attributes, "target")));
    reading->both = *directed ? strcmp(directed, "false") == 0 : reading->undirected;
}

static void data_begin(struct reading *reading, const char **attributes)
{
    static const char *const of[] = {[OPEN_NODE] = "node", [OPEN_EDGE] = "edge"};
    const char *key = attribute(attributes, "key");
    if (reading->open == OPEN_NOTHING)
        return;
    for (size_t i = 0; i < reading->key_count; i++)
        if (strcmp(reading->keys[i].id, key) == 0 &&
            strcmp(fields[reading->keys[i].field].of, of[reading->open]) == 0)
            reading->into = reading->keys[i].field;
    reading->text_size = 0;
}

static void hyperedge_begin(struct reading *reading, const char **)
{
    refuse(reading, "write edges between two nodes", "no hyperedges");
}

/* `3.0`, as some programs write whole numbers: the zeros go. */
static struct bytes whole(struct bytes number)
{
    const uint8_t *dot = number.size ? memchr(number.data, '.', number.size) : NULL;
    for (const uint8_t *at = dot ? dot + 1 : NULL; at && at < number.data + number.size; at++)
        if (*at != '0')
            return number;
    return dot ? (struct bytes) {number.data, (size_t)(dot - number.data)} : number;
}

static void edge_end(struct reading *reading)
{
    struct edge *edge = arena_take(reading->arena, sizeof *edge);
    if (!edge || reading->edge_count == FLOW_LINKS_MAX) {
        reading->spent = !edge;
        if (edge)
            refuse(reading, "take a part of the network", "at most 1,000,000 edges");
        else
            halt(reading);
        return;
    }
    reading->edge_count++;
    *edge = (struct edge) {.from = reading->one,
                           .to = reading->other,
                           .students = whole(reading->values[FIELD_STUDENTS]),
                           .line = reading->line,
                           .both = reading->both};
    *reading->end = edge;
    reading->end = &edge->next;
    reading->open = OPEN_NOTHING;
}

static void node_end(struct reading *reading)
{
    struct flow_build_institution institution = {
        .id = reading->one,
        .schac = reading->values[FIELD_SCHAC],
        .country = reading->values[FIELD_COUNTRY],
        .name = reading->values[FIELD_NAME],
        .line = reading->line,
    };
    reading->open = OPEN_NOTHING;
    if (flow_build_institution(reading->build, &institution))
        return;
    reading->spent = !reading->refusal->expected[0];
    halt(reading);
}

static void data_end(struct reading *reading)
{
    struct bytes text = {(const uint8_t *)reading->text, reading->text_size};
    if (reading->into != FIELD_COUNT)
        reading->values[reading->into] = keep(reading, flow_file_trim(text));
    reading->into = FIELD_COUNT;
}

/* Where each element may stand is a matter of depth: graphml, graph, node, data. */
static const struct element {
    const char *name;
    size_t depth;
    void (*begin)(struct reading *reading, const char **attributes);
    void (*end)(struct reading *reading);
} elements[] = {
    {"graphml", 1, NULL, NULL},
    {"key", 2, key_begin, NULL},
    {"graph", 2, graph_begin, NULL},
    {"graph", 4, graph_begin, NULL},
    {"node", 3, node_begin, node_end},
    {"edge", 3, edge_begin, edge_end},
    {"hyperedge", 3, hyperedge_begin, NULL},
    {"data", 4, data_begin, data_end},
};

static const struct element *element_of(const struct reading *reading, const char *name)
{
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (reading->depth == elements[i].depth && strcmp(elements[i].name, name) == 0)
            return &elements[i];
    return NULL;
}

/* ---- the parser ---- */

static void begin(void *self, const char *name, const char **attributes)
{
    struct reading *reading = self;
    if (reading->stop)
        return;
    reading->depth++;
    const struct element *element = element_of(reading, local(name));
    if (reading->depth == 1 && !element)
        refuse(reading, "export it as GraphML", "GraphML, which begins with <graphml>");
    else if (reading->depth > DEPTH_MAX)
        refuse(reading, "export it without drawings",
               "elements within each other 32 times at most");
    else if (element && element->begin)
        element->begin(reading, attributes);
}

static void finish(void *self, const char *name)
{
    struct reading *reading = self;
    if (reading->stop)
        return;
    const struct element *element = element_of(reading, local(name));
    reading->depth--;
    if (element && element->end)
        element->end(reading);
}

static void characters(void *self, const char *text, int size)
{
    struct reading *reading = self;
    assert(size >= 0);
    if (reading->stop || reading->into == FIELD_COUNT)
        return;
    if (reading->text_size + (size_t)size > TEXT_MAX) {
        refuse(reading, "shorten it", "attributes of at most 4 KiB");
        return;
    }
    memcpy(reading->text + reading->text_size, text, (size_t)size);
    reading->text_size += (size_t)size;
}

/* It is where entities are made that multiply, or that read other files. */
static void document_type(void *self, const char *, const char *, const char *, int)
{
    refuse(self, "delete the line with <!DOCTYPE", "no document type");
}

static bool edges_build(struct reading *reading)
{
    flow_build_close(reading->build);
    for (const struct edge *edge = reading->first; edge; edge = edge->next) {
        struct flow_build_link link = {edge->from, edge->to, edge->students, edge->line};
        struct flow_build_link back = {edge->to, edge->from, edge->students, edge->line};
        if (!flow_build_link(reading->build, &link) ||
            (edge->both && !flow_build_link(reading->build, &back)))
            return false;
    }
    return true;
}

/* False: the machine has no memory. */
static bool parse(struct reading *reading, struct bytes content)
{
    enum XML_Status status = XML_STATUS_OK;
    for (size_t at = 0; status == XML_STATUS_OK && at <= content.size && !reading->stop;) {
        size_t size = content.size - at < PIECE ? content.size - at : PIECE;
        bool last = at + size == content.size;
        status = XML_Parse(reading->parser, (const char *)content.data + at, (int)size, last);
        at += last ? content.size + 1 : size;
    }
    enum XML_Error error = XML_GetErrorCode(reading->parser);
    if (status == XML_STATUS_ERROR && !reading->stop)
        flow_file_refuse(reading->refusal, XML_GetCurrentLineNumber(reading->parser),
                         "export it again, or mend it there", "well-formed XML (%s)",
                         XML_ErrorString(error));
    return error != XML_ERROR_NO_MEMORY && !reading->spent;
}

enum fault flow_graphml_read(struct bytes content, struct arena *arena, struct flow_network *out,
                             struct flow_refusal *refusal)
{
    struct reading *reading = arena_take(arena, sizeof *reading);
    struct flow_build *build = flow_build_open(arena, refusal);
    if (!reading || !build)
        return FAULT_MEMORY;
    if (content.size > FLOW_GRAPHML_SIZE_MAX) {
        flow_file_refuse(refusal, 0, "export it without drawings", "at most 128 MiB");
        return FAULT_NONE;
    }
    *reading = (struct reading) {.parser = XML_ParserCreate(NULL),
                                 .arena = arena,
                                 .refusal = refusal,
                                 .build = build,
                                 .into = FIELD_COUNT};
    reading->end = &reading->first;
    if (!reading->parser)
        return FAULT_MEMORY;
    XML_SetUserData(reading->parser, reading);
    XML_SetElementHandler(reading->parser, begin, finish);
    XML_SetCharacterDataHandler(reading->parser, characters);
    XML_SetStartDoctypeDeclHandler(reading->parser, document_type);
    bool memory = parse(reading, content);
    XML_ParserFree(reading->parser);
    if (memory && !refusal->expected[0])
        memory = (edges_build(reading) && flow_build_finish(build, out)) || refusal->expected[0];
    return memory ? FAULT_NONE : FAULT_MEMORY;
}

/* ---- writing ---- */

static void escaped(FILE *file, const char *text)
{
    static const char *const marks[] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;"};
    for (; *text; text++) {
        uint8_t here = (uint8_t)*text;
        if (here < sizeof marks / sizeof *marks && marks[here])
            fputs(marks[here], file);
        else
            fputc(here, file);
    }
}

static void graph_write(FILE *file, const struct flow_network *network)
{
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
          "  <key id=\"country\" for=\"node\" attr.name=\"country\" attr.type=\"string\"/>\n"
          "  <key id=\"name\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>\n"
          "  <key id=\"students\" for=\"edge\" attr.name=\"students\" attr.type=\"int\"/>\n"
          "  <graph edgedefault=\"directed\">\n",
          file);
    for (size_t i = 0; i < network->count; i++) {
        const struct flow_institution *institution = &network->institutions[i];
        fprintf(file, "    <node id=\"%s\"><data key=\"country\">%s</data><data key=\"name\">",
                institution->schac, institution->country);
        escaped(file, institution->name);
        fputs("</data></node>\n", file);
    }
    for (size_t i = 0; i < network->link_count; i++) {
        const struct flow_link *link = &network->links[i];
        fprintf(file,
                "    <edge source=\"%s\" target=\"%s\"><data key=\"students\">%u</data></edge>\n",
                network->institutions[link->from].schac, network->institutions[link->to].schac,
                link->students);
    }
    fputs("  </graph>\n</graphml>\n", file);
}

enum fault flow_graphml_write(const struct flow_network *network, struct arena *arena,
                              struct bytes *out)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);
    if (!file)
        return FAULT_MEMORY;
    graph_write(file, network);
    *out = fclose(file) == 0 ? arena_copy(arena, (struct bytes) {(const uint8_t *)text, size})
                             : (struct bytes) {0};
    free(text);
    return out->data ? FAULT_NONE : FAULT_MEMORY;
}
