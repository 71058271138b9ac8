#include "paper/paper_bind.h"

#include <qpdf/qpdf-c.h>
#include <string.h>

static void put(qpdf_data pdf, qpdf_oh object, const char *key, qpdf_oh value)
{
    qpdf_oh_replace_key(pdf, object, key, value);
}

static void put_name(qpdf_data pdf, qpdf_oh object, const char *key, const char *name)
{
    put(pdf, object, key, qpdf_oh_new_name(pdf, name));
}

static void put_text(qpdf_data pdf, qpdf_oh object, const char *key, const char *text)
{
    put(pdf, object, key, qpdf_oh_new_unicode_string(pdf, text));
}

/* The bytes of the file as an object of the document. */
static qpdf_oh stream_make(qpdf_data pdf, struct bytes content)
{
    qpdf_oh stream = qpdf_oh_new_stream(pdf), size = qpdf_oh_new_dictionary(pdf);
    qpdf_oh dictionary = qpdf_oh_get_dict(pdf, stream);
    qpdf_oh_replace_stream_data(pdf, stream, content.data, content.size, qpdf_oh_new_null(pdf),
                                qpdf_oh_new_null(pdf));
    put_name(pdf, dictionary, "/Type", "/EmbeddedFile");
    put_name(pdf, dictionary, "/Subtype", "/application/octet-stream");
    put(pdf, size, "/Size", qpdf_oh_new_integer(pdf, (long long)content.size));
    put(pdf, dictionary, "/Params", size);
    return stream;
}

static qpdf_oh file_make(qpdf_data pdf, const struct paper_sheet *sheet)
{
    qpdf_oh file = qpdf_oh_new_dictionary(pdf), embedded = qpdf_oh_new_dictionary(pdf);
    put(pdf, embedded, "/F", stream_make(pdf, sheet->file));
    put_name(pdf, file, "/Type", "/Filespec");
    put_text(pdf, file, "/F", sheet->file_name);
    put_text(pdf, file, "/UF", sheet->file_name);
    put_text(pdf, file, "/Desc", sheet->file_about);
    put_name(pdf, file, "/AFRelationship", "/Source");
    put(pdf, file, "/EF", embedded);
    return qpdf_make_indirect_object(pdf, file);
}

/* Where readers look for attachments: the catalogue's tree of names, and its associated files. */
static void attach(qpdf_data pdf, const struct paper_sheet *sheet)
{
    qpdf_oh root = qpdf_get_root(pdf), file = file_make(pdf, sheet);
    qpdf_oh names = qpdf_oh_new_array(pdf), all = qpdf_oh_new_array(pdf);
    qpdf_oh files = qpdf_oh_new_dictionary(pdf), tree = qpdf_oh_new_dictionary(pdf);
    qpdf_oh_append_item(pdf, names, qpdf_oh_new_unicode_string(pdf, sheet->file_name));
    qpdf_oh_append_item(pdf, names, file);
    put(pdf, files, "/Names", names);
    put(pdf, tree, "/EmbeddedFiles", files);
    put(pdf, root, "/Names", tree);
    qpdf_oh_append_item(pdf, all, file);
    put(pdf, root, "/AF", all);
    put_name(pdf, root, "/PageMode", "/UseAttachments");
}

/* Read aloud in its own language, and shown under its title rather than its file's name. */
static void speak(qpdf_data pdf, const struct paper_sheet *sheet)
{
    qpdf_oh root = qpdf_get_root(pdf), show = qpdf_oh_new_dictionary(pdf);
    put_text(pdf, root, "/Lang", sheet->language);
    put(pdf, show, "/DisplayDocTitle", qpdf_oh_new_bool(pdf, QPDF_TRUE));
    put(pdf, root, "/ViewerPreferences", show);
}

static bool write_whole(qpdf_data pdf, struct arena *arena, struct bytes *out)
{
    if (qpdf_init_write_memory(pdf) & QPDF_ERRORS)
        return false;
    qpdf_set_deterministic_ID(pdf, QPDF_TRUE);
    qpdf_set_object_stream_mode(pdf, qpdf_o_generate);
    if (qpdf_write(pdf) & QPDF_ERRORS)
        return false;
    *out = arena_copy(arena, (struct bytes) {qpdf_get_buffer(pdf), qpdf_get_buffer_length(pdf)});
    return out->data != NULL;
}

enum fault paper_bind(const struct paper_sheet *sheet, struct arena *arena, struct bytes *pdf)
{
    qpdf_data data = qpdf_init();
    qpdf_set_suppress_warnings(data, QPDF_TRUE);
    bool fine =
        !(qpdf_read_memory(data, "paper", (const char *)pdf->data, pdf->size, NULL) & QPDF_ERRORS);
    if (fine) {
        speak(data, sheet);
        if (sheet->file.size)
            attach(data, sheet);
        fine = write_whole(data, arena, pdf) && !qpdf_has_error(data);
    }
    qpdf_cleanup(&data);
    return fine ? FAULT_NONE : FAULT_MEMORY;
}
