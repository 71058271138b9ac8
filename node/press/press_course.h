/* What was taken, and what is to be taken: the middle of a transcript and of a learning agreement.
 */
#pragma once

#include "press/press_block.h"
#include "press/press_paper.h"

void press_course_transcript(struct press_block *block, const struct press_paper *paper);
void press_course_learning(struct press_block *block, const struct press_paper *paper);
/* Name and role of who signed for the institution, and the department, where they are said. */
void press_course_officer(struct press_block *block, const char *unit,
                          const Peregrin__Officer *officer);
