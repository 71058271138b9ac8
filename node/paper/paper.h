/* The program peregrin-paper as a function: a document's description is read from one descriptor,
 * its PDF written to another. Between fonts and first byte the cage is closed. */
#pragma once

#include "press/press_end.h"

enum press_end paper_run(int in, int out);
