#include "admin/import_word.h"

#include "admin/import_place.h"
#include "mobility.pb-c.h"
#include "base/words.h"
#include "report/plain.h"
#include "rules/form.h"

#include <ctype.h>
#include <string.h>

enum { WORD_MAX = 48, NEAR_LENGTH_MIN = 4 };

const struct import_word import_word_kind[] = {
    {PEREGRIN__MOBILITY_KIND__MOBILITY_STUDIES,
     "studies study etudes etude studie studies sms studeren academic semesterabroad"},
    {PEREGRIN__MOBILITY_KIND__MOBILITY_TRAINEESHIP,
     "traineeship traineeships internship placement stage stages smp smt praktijk praktijkstage"},
    {PEREGRIN__MOBILITY_KIND__MOBILITY_BLENDED,
     "blended blendedmobility bip mixte mobilitemixte hybride gemengd "
     "summerschool zomerschool ecoledete universitedete"},
    {PEREGRIN__MOBILITY_KIND__MOBILITY_DOCTORAL,
     "doctoral phd doctorat doctorant doctoraat doctorate shortdoctoral"},
    {PEREGRIN__MOBILITY_KIND__MOBILITY_TEACHING,
     "teaching sta enseignement enseigner onderwijs lesgeven lesopdracht"},
    {PEREGRIN__MOBILITY_KIND__MOBILITY_TRAINING, "training stt formation opleiding bijscholing"},
    {PEREGRIN__MOBILITY_KIND__MOBILITY_VIRTUAL,
     "virtual online virtuel virtuelle virtueel enligne"},
    {0},
};

const struct import_word import_word_level[] = {
    {5, "shortcycle bts brevet graduaat cyclecourt kortecyclus hbo5 associate"},
    {6, "bachelor bachelors bac licence bachelier professionelebachelor undergraduate ba bsc "
        "firstcycle 1stcycle premiercycle 1ercycle eerstecyclus bachelordegree"},
    {7, "master masters ma msc maitrise graduate postgraduate secondcycle 2ndcycle deuxiemecycle "
        "2ecycle tweedecyclus masterdegree mastere"},
    {8, "doctorate doctoral doctorat phd doctoraat doctor thirdcycle 3rdcycle troisiemecycle "
        "3ecycle derdecyclus"},
    {0},
};

/* ISO/IEC 5218. */
const struct import_word import_word_gender[] = {
    {1, "male m man masculin homme h mannelijk 1 mr monsieur dhr"},
    {2, "female f w v woman feminin femme vrouw vrouwelijk weiblich 2 ms mrs mme madame mevr"},
    {9, "other x 9 autre anders nonbinary nonbinaire nietbinair notapplicable divers"},
    {0, "unknown 0 inconnu inconnue onbekend notknown"},
    {0},
};

const struct import_word import_word_term[] = {
    {1, "1 s1 sem1 semester1 semestre1 1stsemester firstsemester 1ersemestre premiersemestre "
        "1esemester eerstesemester autumn fall autumnsemester fallsemester automne herfst najaar "
        "wintersemester winter hiver ws term1 firstterm 1stterm semestredautomne"},
    {2, "2 s2 sem2 semester2 semestre2 2ndsemester secondsemester 2esemestre 2emesemestre "
        "deuxiemesemestre secondsemestre 2esemester tweedesemester spring springsemester printemps "
        "lente voorjaar sommersemester summersemester zomersemester ss term2 secondterm 2ndterm "
        "semestredeprintemps"},
    {IMPORT_WORD_WHOLE_YEAR,
     "fullyear year wholeyear academicyear fullacademicyear annee anneecomplete anneeentiere "
     "anneeacademique heeljaar volledigjaar jaar volledigacademiejaar s1s2 1en2 1et2 1and2 12 both "
     "bothsemesters 2semesters deuxsemestres tweesemesters"},
    {0},
};

const struct import_word import_word_truth[] = {
    {1, "yes y true 1 x oui o vrai ja j waar"},
    {0, "no n false 0 non faux nee neen onwaar nein"},
    {0},
};

/* ISO 639-1 by name; those taught and spoken where people go. */
static const struct import_place languages[] = {
    {"ar", "arabic arabe arabisch"},
    {"bg", "bulgarian bulgare bulgaars"},
    {"ca", "catalan catalaans"},
    {"cs", "czech tcheque tsjechisch"},
    {"da", "danish danois deens"},
    {"de", "german allemand duits deutsch"},
    {"el", "greek grec grieks"},
    {"en", "english anglais engels ang eng"},
    {"es", "spanish espagnol spaans castellano espanol"},
    {"et", "estonian estonien estisch ests"},
    {"eu", "basque baskisch"},
    {"fi", "finnish finnois fins"},
    {"fr", "french francais frans fra"},
    {"ga", "irish irlandais iers"},
    {"hr", "croatian croate kroatisch"},
    {"hu", "hungarian hongrois hongaars"},
    {"is", "icelandic islandais ijslands"},
    {"it", "italian italien italiaans italiano"},
    {"ja", "japanese japonais japans"},
    {"kk", "kazakh kazachs"},
    {"ko", "korean coreen koreaans"},
    {"lt", "lithuanian lituanien litouws"},
    {"lv", "latvian letton lets"},
    {"mt", "maltese maltais maltees"},
    {"nl", "dutch neerlandais nederlands ned flemish"},
    {"no", "norwegian norvegien noors"},
    {"pl", "polish polonais pools"},
    {"pt", "portuguese portugais portugees"},
    {"ro", "romanian roumain roemeens"},
    {"ru", "russian russe russisch"},
    {"sk", "slovak slovaque slowaaks slovaaks"},
    {"sl", "slovene slovenian slovene sloveens"},
    {"sr", "serbian serbe servisch"},
    {"sv", "swedish suedois zweeds"},
    {"tr", "turkish turc turks"},
    {"uk", "ukrainian ukrainien oekraiens"},
    {"zh", "chinese chinois chinees mandarin"},
    {NULL, NULL},
};

/* One mistake in four letters, two in seven. */
static bool near_enough(size_t apart, size_t length)
{
    return length >= NEAR_LENGTH_MIN && apart * 7 <= length * 2;
}

/* The least distance to one of the words. */
static size_t least_apart(const char *words, const char *folded)
{
    size_t least = SIZE_MAX, length = strlen(folded);
    for (const char *at = words; *at; at += strspn(at, " ")) {
        size_t size = strcspn(at, " ");
        size_t apart = words_apart(folded, length, at, size);
        least = apart < least ? apart : least;
        at += size;
    }
    return least;
}

static const char *first_word(const char *words, struct arena *arena)
{
    return arena_text(arena, (struct bytes) {(const uint8_t *)words, strcspn(words, " ")});
}

bool import_word_find(struct bytes cell, const struct import_word *words, struct arena *arena,
                      struct import_word_found *out)
{
    const char *folded = plain_word(cell, arena);
    size_t best = SIZE_MAX;
    *out = (struct import_word_found) {0};
    if (!folded || !*folded)
        return false;
    for (const struct import_word *word = words; word->words; word++)
        if (words_hold(word->words, folded)) {
            out->number = word->number;
            return true;
        }
    for (const struct import_word *word = words; word->words; word++) {
        size_t apart = least_apart(word->words, folded);
        if (apart >= best || !near_enough(apart, strlen(folded)))
            continue;
        best = apart;
        out->number = word->number;
        out->near = first_word(word->words, arena);
    }
    return false;
}

static const char *place_find(struct bytes cell, const struct import_place *places,
                              struct arena *arena, const char **near)
{
    const char *folded = plain_word(cell, arena);
    size_t best = SIZE_MAX;
    *near = NULL;
    if (!folded || !*folded)
        return NULL;
    for (const struct import_place *place = places; place->code; place++)
        if (words_hold(place->names, folded))
            return place->code;
    for (const struct import_place *place = places; place->code; place++) {
        size_t apart = least_apart(place->names, folded);
        if (apart >= best || !near_enough(apart, strlen(folded)))
            continue;
        best = apart;
        *near = place->code;
    }
    return NULL;
}

bool import_word_letters(struct bytes cell, char out[static 3])
{
    if (cell.size != 2 || !isalpha(cell.data[0]) || !isalpha(cell.data[1]))
        return false;
    const char letters[] = {(char)toupper(cell.data[0]), (char)toupper(cell.data[1]), '\0'};
    const char *code = strcmp(letters, "EL") == 0   ? "GR"
                       : strcmp(letters, "UK") == 0 ? "GB"
                                                    : letters;
    memcpy(out, code, sizeof letters);
    return true;
}

bool import_word_is_country(const char *code)
{
    return form_country(bytes_text(code)) || strcmp(code, "XK") == 0;
}

const char *import_word_country(struct bytes cell, struct arena *arena, const char **near)
{
    return place_find(cell, import_place_countries, arena, near);
}

const char *import_word_language(struct bytes cell, struct arena *arena, const char **near)
{
    return place_find(cell, languages, arena, near);
}
