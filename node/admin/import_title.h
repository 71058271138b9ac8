/* The titles of a nomination list's columns, in English, French and Dutch. */
#pragma once

#include "sheet/sheet_title.h"

enum import_title {
    IMPORT_TITLE_PARTNER,
    IMPORT_TITLE_YEAR,
    IMPORT_TITLE_TERM,
    IMPORT_TITLE_KIND,
    IMPORT_TITLE_LEVEL,
    IMPORT_TITLE_ISCED_F,
    IMPORT_TITLE_FAMILY_NAME,
    IMPORT_TITLE_GIVEN_NAMES,
    IMPORT_TITLE_BIRTH_DATE,
    IMPORT_TITLE_GENDER,
    IMPORT_TITLE_NATIONALITY,
    IMPORT_TITLE_EMAIL,
    IMPORT_TITLE_ESI,
    IMPORT_TITLE_START,
    IMPORT_TITLE_END,
    IMPORT_TITLE_LANGUAGES,
    IMPORT_TITLE_AGREEMENT,
    IMPORT_TITLE_CONDITION,
    IMPORT_TITLE_SUPPORT,
    IMPORT_TITLE_COMMENT,
    IMPORT_TITLE_UNIT,
    IMPORT_TITLE_VIRTUAL_PART,
    IMPORT_TITLE_ECTS,
    IMPORT_TITLE_TEACHING_HOURS,
    IMPORT_TITLE_ONE_TIER,
    IMPORT_TITLE_YEARS_DONE,
    IMPORT_TITLE_GRADUATED_ON,
    IMPORT_TITLE_WITH_TRAINING,
    IMPORT_TITLE_TRAVEL_DAYS,
    IMPORT_TITLE_GREEN_TRAVEL,
    IMPORT_TITLE_COLUMNS,
    /* Known, and no column of a nomination: */
    IMPORT_TITLE_PARTNER_NAME = IMPORT_TITLE_COLUMNS, /* the partner where no code stands beside */
    IMPORT_TITLE_DOSSIER,                             /* which one, in a list that was exported */
    IMPORT_TITLE_STATE,                               /* in a list that was exported */
    IMPORT_TITLE_ERRORS,                              /* in a copy of ours: what had to be mended */
    IMPORT_TITLE_COUNT
};

/* IMPORT_TITLE_COUNT of them. */
extern const struct sheet_title import_title_all[];

/* The title in a language (`en`, `fr`, `nl`), or its name for programs (NULL); NULL: there is no
 * such language. */
const char *import_title_text(enum import_title title, const char *language);
