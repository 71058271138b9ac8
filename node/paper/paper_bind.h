/* What cairo cannot say: the language of the document, and the signed record attached to it. By
 * libqpdf, which changes the objects of a PDF in memory and needs no file for it. */
#pragma once

#include "base/fault.h"
#include "paper/paper_sheet.h"

/* The same input gives the same bytes. FAULT_MEMORY where libqpdf could not do it. */
enum fault paper_bind(const struct paper_sheet *sheet, struct arena *arena, struct bytes *pdf);
