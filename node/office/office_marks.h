/* Transcripts as an office exports them: rows of one student become one credit record. */
#pragma once

#include "command/command_sheet.h"

/* What is wrong in one cell; the cell itself is shown to the user, who owns it. */
struct office_marks_problem {
    size_t row; /* 0: of the student as a whole */
    const char *student, *column, *cell, *expected, *remedy;
};

/* A row that became a component, in the order of the components. */
struct office_marks_unit {
    const struct sheet_row *row;
    struct office_marks_unit *next;
};

/* The rows of one student, in the order of the file. */
struct office_marks_student {
    const char *dossier, *esi;            /* what the rows name: one may be NULL */
    const char *family_name, *birth_date; /* of the student, where the file says so */
    json_t *record;                       /* CreditRecord as JSON */
    size_t first_row, problems;
    struct office_marks_unit *units, *last;
};

enum { OFFICE_MARKS_COLUMNS = 17, OFFICE_MARKS_PROBLEMS = 2000 };

struct office_marks {
    struct office_marks_student *students;
    size_t count, row_count;
    struct office_marks_problem *problems;
    size_t problem_count;
    struct command_work *work;
    const struct command_sheet *sheet;
    size_t places[OFFICE_MARKS_COLUMNS]; /* in the file; SIZE_MAX: not there */
};

/* Reads the rows. dossier: all rows are of this one, and no column need name it; NULL: a column
 * does. Says what makes the file unreadable; what is wrong in single cells is in *out. */
enum command_exit office_marks_read(struct command_work *work, struct command_sheet *sheet,
                                    const char *dossier, struct office_marks *out);

/* One more problem of a student, whose transcript is then not issued. */
void office_marks_complain(struct office_marks *marks, struct office_marks_student *student,
                           const struct office_marks_problem *problem);

/* Where a field of the record stands in the user's file: row, column and cell of *out. field as
 * rules and nodes say it, `components.title` with its element or
 * `credit_record.components[3].title`; one that no column fills, or NULL, is the student's first
 * row. */
void office_marks_locate(const struct office_marks *marks,
                         const struct office_marks_student *student, const char *field,
                         size_t element, struct office_marks_problem *out);

/* The columns of such a list in their order; false past the end. */
struct office_marks_column {
    const char *name, *expected;
};
bool office_marks_column(size_t number, struct office_marks_column *out);
