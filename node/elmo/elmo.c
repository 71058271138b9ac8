#include "elmo/elmo.h"

const char elmo_namespace[] = "https://github.com/emrex-eu/elmo-schemas/tree/v2";
const char elmo_own_namespace[] = "urn:peregrin:elmo:1";
