/* One cell of a list of results, as the record wants it. */
#pragma once

#include "command/command_work.h"
#include "sheet/sheet_date.h"

enum command_marks_cell_form {
    COMMAND_MARKS_CELL_TEXT,
    COMMAND_MARKS_CELL_NUMBER,
    COMMAND_MARKS_CELL_HUNDREDTHS, /* `6`, `5.5`, `2,25` */
    COMMAND_MARKS_CELL_TRUTH,      /* yes or no, in three languages */
    COMMAND_MARKS_CELL_DATE,
};

/* NULL when the cell is not of this form. order: of a date that could be two. */
json_t *command_marks_cell_read(struct command_work *work, enum command_marks_cell_form form,
                                enum sheet_date_order order, const char *text);
