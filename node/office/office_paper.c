#include "command/command_node.h"
#include "command/command_say.h"
#include "office/office_verbs.h"

#include <errno.h>
#include <string.h>

enum { FILE_MODE = 0600 /* papers hold personal data */ };

/* An ELMO says itself what of its texts XML had no room for. */
static bool has_replaced(struct bytes content)
{
    static const char sign[] = "<p:replaced>";
    return memmem(content.data, content.size, sign, sizeof sign - 1) != NULL;
}

/* What the node made becomes a file; kind is what it is. */
static enum command_exit save(struct command_work *work, const char *path, const char *kind,
                              const char *what)
{
    const char *out = command_work_flag(work, "out");
    struct bytes content;
    if (!out)
        return command_say_usage(work, "add --out FILE, or --out - for standard output",
                                 "where to?");
    enum command_exit wrong = command_node_bytes(work, path, &content);
    if (wrong)
        return wrong;
    if (strcmp(out, "-") == 0) {
        bool put = fwrite(content.data, 1, content.size, work->port->out) == content.size;
        return put ? COMMAND_DONE : command_say_file(work, out, errno);
    }
    if (!work->common.dry_run) {
        int problem = work->port->write_file(
            work->port->self, out, &(struct command_file) {content, FILE_MODE}, work->common.yes);
        if (problem)
            return command_say_file(work, out, problem);
    }
    command_say_line(work, "%s %s, %zu bytes: %s", work->common.dry_run ? "Would write" : "Wrote",
                     out, content.size, what);
    if (has_replaced(content))
        command_say_line(work, "%s", "Characters that XML has no room for were replaced in it.");
    command_say_json(work, json_pack("{s:i, s:s, s:s, s:I}", "schema", 1, "file", out, "paper",
                                     kind, "size", (json_int_t)content.size));
    return COMMAND_DONE;
}

/* The node sets the paper. */
static enum command_exit paper_save(struct command_work *work, const char *name)
{
    static const char *const names[] = {"opener", "language", NULL};
    const char *path = command_work_text(work, "/api/v1/nominations/%s/papers/%s",
                                         command_node_escape(work, work->arguments[0]), name);
    enum command_exit wrong = save(work, command_node_query(work, path, names), name,
                                   "a view, with the signed record attached");
    const char *out = command_work_flag(work, "out");
    if (!wrong && strcmp(out, "-") != 0)
        command_say_next(work, "save its attachment, then peregrin record verify ATTACHMENT "
                               "--anchor HEX     by anyone, without a node");
    return wrong;
}

enum command_exit office_paper_export(struct command_work *work)
{
    static const char *const names[] = {"opener", NULL};
    const char *path = command_work_text(work, "/api/v1/nominations/%s/elmo",
                                         command_node_escape(work, work->arguments[0]));
    if (!command_work_flag(work, "elmo"))
        return command_say_usage(work, "add --elmo", "in which format?");
    return save(work, command_node_query(work, path, names), "elmo",
                "ELMO 2.1, for other systems; it is not signed");
}

enum command_exit office_paper_transcript(struct command_work *work)
{
    return paper_save(work, "transcript");
}

enum command_exit office_paper_recognition(struct command_work *work)
{
    return paper_save(work, command_work_flag(work, "supplement") ? "supplement" : "recognition");
}

enum command_exit office_paper_learning(struct command_work *work)
{
    return paper_save(work, "learning");
}
