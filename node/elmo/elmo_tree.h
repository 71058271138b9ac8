/* The document as a tree, parsed with nothing but what ELMO needs: whatever would let a document
 * reach for more than itself ends the parsing. */
#pragma once

#include "elmo/elmo.h"

#include <libxml/tree.h>

/* The caller frees the document. Verdicts as of elmo_read. */
enum verdict elmo_tree_parse(struct bytes text, xmlDoc **out, struct elmo_misfit *misfit);

/* An element of ELMO's namespace with this name; of ours with elmo_tree_own. */
bool elmo_tree_is(const xmlNode *node, const char *name);
bool elmo_tree_own(const xmlNode *node, const char *name);
/* The first child of this name, or NULL; and the next sibling of the same name. */
const xmlNode *elmo_tree_child(const xmlNode *node, const char *name);
const xmlNode *elmo_tree_next(const xmlNode *node, const char *name);
/* Its text without blanks at the ends; NULL: it is empty, absent (node NULL) or longer than
 * ELMO_TEXT_MAX, which sets *large. */
const char *elmo_tree_text(const xmlNode *node, struct arena *arena, bool *large);
const char *elmo_tree_attribute(const xmlNode *node, const char *name, struct arena *arena);
