/* What is asked of a node in a deed of a matter: the contents, from its numbers alone. Those who
 * ask and those who compare read them here; what a node makes of them is not looked at. */
#pragma once

#include "real/real_ledger.h"

#include <jansson.h>

/* The body of the record that the deed asks for, with the names and values of the API. `author` is
 * the SCHAC of the matter's author. The caller's; NULL: there is no memory. */
json_t *real_asked_body(const char *author, const struct real_matter *matter, enum real_deed deed);
/* The state in which both sides show a dossier of which all was asked that ever will be; NULL: more
 * of it is open. */
const char *real_asked_state(const struct real_matter *matter);
/* The last deed by which the student's data were given: the nomination, or an amendment. */
enum real_deed real_asked_latest(const struct real_matter *matter);
