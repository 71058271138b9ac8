/* Which dossier a row of marks means. */
#pragma once

#include "office/office_marks.h"

/* Finds the dossiers of students that are named by their ESI, and complains of those who have no
 * accepted nomination here, or several. What the node cannot tell is said. */
enum command_exit office_match_students(struct command_work *work, struct office_marks *marks);
