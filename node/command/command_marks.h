/* Transcripts as an office exports them: rows of one student become one credit record. */
#pragma once

#include "command/command_sheet.h"

/* What is wrong in one cell; the cell itself is shown to the user, who owns it. */
struct command_marks_problem {
    size_t row; /* 0: of the student as a whole */
    const char *student, *column, *cell, *expected;
};

/* The rows of one student, in the order of the file. */
struct command_marks_student {
    const char *dossier, *esi; /* what the rows name: one may be NULL */
    json_t *record;            /* CreditRecord as JSON */
    size_t first_row, problems;
};

struct command_marks {
    struct command_marks_student *students;
    size_t count, row_count;
    struct command_marks_problem *problems;
    size_t problem_count;
};

/* Reads the rows. dossier: all rows are of this one, and no column need name it; NULL: a column
 * does. Says what makes the file unreadable; what is wrong in single cells is in *out. */
enum command_exit command_marks_read(struct command_work *work, struct command_sheet *sheet,
                                     const char *dossier, struct command_marks *out);

/* One more problem of a student, whose transcript is then not issued. */
void command_marks_complain(struct command_marks *marks, struct command_marks_student *student,
                            const struct command_marks_problem *problem);

/* The columns of such a list in their order; false past the end. */
struct command_marks_column {
    const char *name, *expected;
};
bool command_marks_column(size_t number, struct command_marks_column *out);
