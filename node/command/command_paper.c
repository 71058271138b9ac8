#include "command/command_node.h"
#include "command/command_say.h"
#include "command/command_verbs.h"

#include <errno.h>
#include <string.h>

enum { FILE_MODE = 0600 /* papers hold personal data */ };

/* The node sets the paper; here it becomes a file. */
static enum command_exit paper_save(struct command_work *work, const char *name)
{
    static const char *const names[] = {"opener", "language", NULL};
    const char *out = command_work_flag(work, "out");
    struct bytes pdf;
    if (!out)
        return command_say_usage(work, "add --out FILE, or --out - for standard output",
                                 "where to?");
    const char *path = command_work_text(work, "/api/v1/nominations/%s/papers/%s",
                                         command_node_escape(work, work->arguments[0]), name);
    enum command_exit wrong = command_node_bytes(work, command_node_query(work, path, names), &pdf);
    if (wrong)
        return wrong;
    if (strcmp(out, "-") == 0) {
        bool put = fwrite(pdf.data, 1, pdf.size, work->port->out) == pdf.size;
        return put ? COMMAND_DONE : command_say_file(work, out, errno);
    }
    if (!work->common.dry_run) {
        int problem = work->port->write_file(
            work->port->self, out, &(struct command_file) {pdf, FILE_MODE}, work->common.yes);
        if (problem)
            return command_say_file(work, out, problem);
    }
    command_say_line(work, "%s %s, %zu bytes: a view, with the signed record attached",
                     work->common.dry_run ? "Would write" : "Wrote", out, pdf.size);
    command_say_json(work, json_pack("{s:i, s:s, s:s, s:I}", "schema", 1, "file", out, "paper",
                                     name, "size", (json_int_t)pdf.size));
    command_say_next(work, "save its attachment, then peregrin record verify ATTACHMENT "
                           "--anchor HEX     by anyone, without a node");
    return COMMAND_DONE;
}

enum command_exit command_paper_transcript(struct command_work *work)
{
    return paper_save(work, "transcript");
}

enum command_exit command_paper_recognition(struct command_work *work)
{
    return paper_save(work, command_work_flag(work, "supplement") ? "supplement" : "recognition");
}

enum command_exit command_paper_learning(struct command_work *work)
{
    return paper_save(work, "learning");
}
