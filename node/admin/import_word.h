/* Words that stand for a code, in English, French and Dutch. */
#pragma once

#include "base/arena.h"

/* A code with its words, folded and divided by blanks; the first is the one that is proposed. */
struct import_word {
    uint64_t number;
    const char *words;
};

/* The vocabularies, each ended by a row without words. */
extern const struct import_word import_word_kind[], import_word_level[], import_word_gender[],
    import_word_term[], import_word_truth[];
/* The term's number that says both terms. */
enum { IMPORT_WORD_WHOLE_YEAR = 3 };

/* What a cell means. `near`: where it means nothing, the word that it nearly is, or NULL; it comes
 * from the vocabulary, never from the cell. False in both cases. */
struct import_word_found {
    uint64_t number;
    const char *near;
};
bool import_word_find(struct bytes cell, const struct import_word *words, struct arena *arena,
                      struct import_word_found *out);

/* The code of a country or of a language by its name, in capitals or small letters as the standard
 * has it; NULL: not known. near as above, a code. */
const char *import_word_country(struct bytes cell, struct arena *arena, const char **near);
/* Two letters in capitals, the programme's EL and UK as ISO 3166 has them. False: not two letters.
 */
bool import_word_letters(struct bytes cell, char out[static 3]);
/* Of ISO 3166, or XK, by which the programme means Kosovo. */
bool import_word_is_country(const char *code);
const char *import_word_language(struct bytes cell, struct arena *arena, const char **near);
