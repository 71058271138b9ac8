/* What the home gave for what the host taught: the middle of a recognition sheet, and the section
 * of a diploma supplement that is made of it. */
#pragma once

#include "press/press_block.h"
#include "press/press_paper.h"

void press_mapping_recognition(struct press_block *block, const struct press_paper *paper);
void press_mapping_supplement(struct press_block *block, const struct press_paper *paper);
