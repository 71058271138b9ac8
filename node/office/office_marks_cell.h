/* One cell of a list of results, as the record wants it. */
#pragma once

#include "command/command_work.h"
#include "sheet/sheet_date.h"

enum office_marks_cell_form {
    OFFICE_MARKS_CELL_TEXT,
    OFFICE_MARKS_CELL_NUMBER,
    OFFICE_MARKS_CELL_HUNDREDTHS, /* `6`, `5.5`, `2,25` */
    OFFICE_MARKS_CELL_TRUTH,      /* yes or no, in three languages */
    OFFICE_MARKS_CELL_DATE,
};

/* NULL when the cell is not of this form. order: of a date that could be two. */
json_t *office_marks_cell_read(struct command_work *work, enum office_marks_cell_form form,
                               enum sheet_date_order order, const char *text);
