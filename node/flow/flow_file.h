/* What the files that networks are read from have in common: text, numbers, and what is told of
 * them to the person who wrote them. */
#pragma once

#include "base/bytes.h"

/* What makes a file unreadable: `expected` is empty where nothing does. */
enum { FLOW_FILE_EXPECTED_SIZE = 160 };
struct flow_refusal {
    uint64_t line; /* from 1; 0: the whole file */
    char expected[FLOW_FILE_EXPECTED_SIZE];
    const char *remedy;
};

/* A refusal is written once: what is wrong first is what is told. Gives false back. */
bool flow_file_refuse(struct flow_refusal *refusal, uint64_t line, const char *remedy,
                      const char *format, ...) __attribute__((format(printf, 4, 5)));

/* UTF-8 without control characters, and without what XML has no room for. */
bool flow_file_text(struct bytes text);
/* Without blanks and line ends at its ends. */
struct bytes flow_file_trim(struct bytes text);
/* A whole number of digits, at most `most`; false otherwise. */
bool flow_file_number(struct bytes text, uint64_t most, uint64_t *out);
