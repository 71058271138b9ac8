#include "operate/operate_catalogue.h"

#include "command/command_say.h"
#include "operate/operate_key.h"
#include "operate/operate_verbs.h"
#include "record/codec.h"
#include "report/table.h"
#include "trust/ballot.h"
#include "trust/roster.h"

#include <errno.h>
#include <string.h>

enum { DAYS = 14, DAYS_MAX = 366, DAY_SECONDS = 86400, PUBLIC_MODE = 0644 };

static const char *directory(const struct command_work *work)
{
    const char *dir = command_work_flag(work, "dir");
    return dir ? dir : ".";
}

const char *operate_catalogue_path(struct command_work *work, const char *name)
{
    return command_work_text(work, "%s/%s", directory(work), name);
}

enum command_exit operate_catalogue_write(struct command_work *work, const char *name,
                                          struct bytes content, bool replace)
{
    const char *path = operate_catalogue_path(work, name);
    int problem = work->port->write_file(work->port->self, path,
                                         &(struct command_file) {content, PUBLIC_MODE}, replace);
    return problem ? command_say_file(work, path, problem) : COMMAND_DONE;
}

static enum command_exit read_optional(struct command_work *work, const char *path, size_t max,
                                       struct bytes *out)
{
    struct command_file file;
    int problem = work->port->read_file(work->port->self, path, max, work->arena, &file);
    if (problem && problem != ENOENT)
        return command_say_file(work, path, problem);
    *out = problem ? (struct bytes) {NULL, 0} : file.content;
    return COMMAND_DONE;
}

static enum command_exit load_catalogue(struct command_work *work, const char *name,
                                        struct bytes *wire, Peregrin__CatalogueStatement **said)
{
    const char *path = operate_catalogue_path(work, name);
    enum command_exit wrong = read_optional(work, path, CATALOGUE_SIZE_MAX, wire);
    if (wrong || !wire->size)
        return wrong;
    enum verdict verdict = catalogue_peek(*wire, work->arena, said);
    return verdict ? command_say_verdict(work, verdict, path) : COMMAND_DONE;
}

enum command_exit operate_catalogue_load(struct command_work *work, struct operate_catalogue *out)
{
    struct operate_catalogue here = {.dir = directory(work)};
    const char *path = operate_catalogue_path(work, "root");
    enum command_exit wrong = read_optional(work, path, CATALOGUE_ROOT_MAX, &here.root);
    if (wrong)
        return wrong;
    if (!here.root.size)
        return command_say_wrong(
            work, &(struct command_wrong) {
                      COMMAND_NOT_FOUND, "no_root",
                      command_work_text(work, "%s: there is no root here", path),
                      "give --dir, or begin with `peregrin catalogue new`", NULL, NULL});
    enum verdict verdict = catalogue_peek_root(here.root, work->arena, &here.root_said);
    if (verdict)
        return command_say_verdict(work, verdict, path);
    catalogue_anchor(here.root, &here.anchor);
    wrong = load_catalogue(work, "catalogue", &here.published, &here.published_said);
    if (!wrong)
        wrong = load_catalogue(work, "catalogue.draft", &here.draft, &here.draft_said);
    if (wrong)
        return wrong;
    if (here.draft_said && here.published_said &&
        here.draft_said->version <= here.published_said->version) {
        here.draft_said = NULL;
        here.draft = (struct bytes) {NULL, 0};
    }
    *out = here;
    return COMMAND_DONE;
}

static struct suite verifier(void)
{
    static struct suite_keys none;
    return suite_over(&none);
}

enum command_exit operate_catalogue_believe(struct command_work *work, const char *dir,
                                            struct catalogue_files files,
                                            const struct digest *anchor, struct catalogue **out)
{
    const char *why = NULL;
    struct suite suite = verifier();
    enum verdict verdict = catalogue_read(files, anchor, 0, &suite, work->arena, out, &why);
    if (!verdict)
        return COMMAND_DONE;
    const struct verdict_text *text = verdict_text(verdict);
    return command_say_wrong(
        work, &(struct command_wrong) {
                  COMMAND_TRUST, text->code,
                  command_work_text(work, "%s: %s", dir, why ? why : text->sentence),
                  "do not rely on these files: ask the authority again", NULL, NULL});
}

size_t operate_catalogue_signatures(const struct operate_catalogue *here, struct bytes wire,
                                    struct arena *arena)
{
    ProtobufCMessage *message;
    const struct scan_limits limits = {CATALOGUE_SIZE_MAX, 2, 1 << 20, 0, 0};
    if (codec_unpack(&peregrin__signed__descriptor, wire, &limits, arena, &message))
        return 0;
    struct suite suite = verifier();
    size_t count = 0;
    for (size_t i = 0; i < here->root_said->n_keys; i++) {
        struct ballot one = {SEAL_CONTEXT_CATALOGUE, &here->root_said->keys[i], 1, 1};
        count += ballot_carried(&one, (Peregrin__Signed *)message, &suite);
    }
    return count;
}

enum command_exit operate_catalogue_next(struct command_work *work,
                                         const struct operate_catalogue *here,
                                         Peregrin__CatalogueStatement **out)
{
    unsigned days;
    enum command_exit wrong = command_say_number(work, "days", 1, DAYS_MAX, DAYS, &days);
    struct catalogue *believed;
    if (!wrong && here->published_said)
        wrong = operate_catalogue_believe(work, here->dir,
                                          (struct catalogue_files) {here->root, here->published},
                                          &here->anchor, &believed);
    if (wrong)
        return wrong;
    Peregrin__CatalogueStatement *next = here->draft_said ? here->draft_said : here->published_said;
    uint64_t version = here->published_said ? here->published_said->version + 1 : 1;
    if (!next) {
        next = arena_take(work->arena, sizeof *next);
        if (!next)
            return command_say_verdict(work, VERDICT_TOO_LARGE, "the catalogue");
        peregrin__catalogue_statement__init(next);
        next->network = here->root_said->network;
    }
    next->has_version = next->has_created = next->has_expires = true;
    next->version = version;
    next->created = instant_seconds(work->port->now(work->port->self));
    next->expires = next->created + (uint64_t)days * DAY_SECONDS;
    *out = next;
    return COMMAND_DONE;
}

enum command_exit operate_catalogue_keep(struct command_work *work,
                                         const struct operate_catalogue *here,
                                         const Peregrin__CatalogueStatement *statement)
{
    struct catalogue judged = {.network = here->root_said->network};
    const char *why = NULL;
    struct suite suite = verifier();
    enum verdict verdict = roster_read(statement, &suite, work->arena, &judged, &why);
    if (verdict) {
        const struct verdict_text *text = verdict_text(verdict);
        return command_say_wrong(
            work, &(struct command_wrong) {
                      COMMAND_TRUST, text->code,
                      command_work_text(work, "refused, nothing was changed: %s",
                                        why ? why : text->sentence),
                      "ask the institution for the card that `peregrin init` made", NULL, NULL});
    }
    struct bytes wire = catalogue_pack(statement, work->arena);
    if (!wire.data || wire.size > CATALOGUE_SIZE_MAX)
        return command_say_verdict(work, VERDICT_TOO_LARGE, "the catalogue");
    return work->common.dry_run ? COMMAND_DONE
                                : operate_catalogue_write(work, "catalogue.draft", wire, true);
}

static const char *date(struct command_work *work, uint64_t seconds)
{
    char text[INSTANT_TEXT_SIZE];
    if (seconds > (uint64_t)INT64_MAX / INSTANT_SECOND)
        return "-";
    instant_text((struct instant) {(int64_t)seconds * INSTANT_SECOND}, text);
    return command_work_text(work, "%s", text);
}

static const char *newest_key(struct command_work *work, Peregrin__KeyEntry *const *keys,
                              size_t count)
{
    if (!count || keys[count - 1]->public_key.len != SEAL_PUBLIC_SIZE)
        return "-";
    struct digest digest;
    digest_of(DIGEST_KEY, (struct bytes) {keys[count - 1]->public_key.data, SEAL_PUBLIC_SIZE},
              &digest);
    return command_work_hex(work, digest.bytes, DIGEST_SIZE);
}

static const Peregrin__Node *node_of(const Peregrin__CatalogueStatement *said, const char *id)
{
    for (size_t i = 0; id && i < said->n_nodes; i++)
        if (said->nodes[i]->id && strcmp(said->nodes[i]->id, id) == 0)
            return said->nodes[i];
    return NULL;
}

static json_t *institution_json(struct command_work *work, const Peregrin__CatalogueStatement *said,
                                size_t index)
{
    const Peregrin__Institution *one = said->institutions[index];
    const Peregrin__Node *node = node_of(said, one->node);
    return json_pack("{s:s?, s:s?, s:s?, s:s?, s:s?, s:s}", "schac", one->schac, "name", one->name,
                     "country", one->country, "node", one->node, "endpoint",
                     node ? node->endpoint : NULL, "fingerprint",
                     newest_key(work, one->keys, one->n_keys));
}

static enum command_exit show_table(struct command_work *work,
                                    const Peregrin__CatalogueStatement *said)
{
    static const struct table_column columns[] = {
        {"INSTITUTION", false, TABLE_WHOLE}, {"NAME", false, TABLE_CUT},
        {"COUNTRY", false, TABLE_WHOLE},     {"NODE", false, TABLE_WHOLE},
        {"ENDPOINT", false, TABLE_WHOLE},    {"FINGERPRINT", false, TABLE_WHOLE},
    };
    struct table table;
    table_start(&table, work->arena, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < said->n_institutions; i++) {
        const Peregrin__Institution *one = said->institutions[i];
        const Peregrin__Node *node = node_of(said, one->node);
        const char *digest = newest_key(work, one->keys, one->n_keys);
        const char *cells[] = {
            one->schac,
            one->name,
            one->country,
            one->node,
            node && node->endpoint ? node->endpoint : "calls out only",
            work->common.plain ? digest : command_work_text(work, "%.8s %.8s", digest, digest + 8)};
        table_add(&table, cells);
    }
    struct bytes text =
        work->common.plain ? table_plain(&table) : table_text(&table, work->port->columns);
    if (!text.data)
        return command_say_verdict(work, VERDICT_TOO_LARGE, "the table");
    fwrite(text.data, 1, text.size, work->port->out);
    return COMMAND_DONE;
}

static enum command_exit show(struct command_work *work, const char *what,
                              const Peregrin__CatalogueStatement *said)
{
    if (work->common.json) {
        json_t *institutions = json_array();
        for (size_t i = 0; i < said->n_institutions; i++)
            json_array_append_new(institutions, institution_json(work, said, i));
        command_say_json(work, json_pack("{s:i, s:s?, s:I, s:s, s:s, s:o}", "schema", 1, "network",
                                         said->network, "version", (json_int_t)said->version,
                                         "created_at", date(work, said->created), "expires_at",
                                         date(work, said->expires), "institutions", institutions));
        return COMMAND_DONE;
    }
    if (!work->common.plain)
        command_say_line(work, "%s of %s, version %llu of %s, valid until %s", what,
                         said->network ? said->network : "?", (unsigned long long)said->version,
                         date(work, said->created), date(work, said->expires));
    enum command_exit wrong = show_table(work, said);
    if (!wrong && said->expires < instant_seconds(work->port->now(work->port->self)))
        command_say_note(work, "It has expired: the authority renews it with `catalogue renew`.");
    return wrong;
}

enum command_exit operate_catalogue_show(struct command_work *work)
{
    if (work->argument_count) {
        const char *path = work->arguments[0];
        struct command_file file;
        Peregrin__CatalogueStatement *said;
        int problem =
            work->port->read_file(work->port->self, path, CATALOGUE_SIZE_MAX, work->arena, &file);
        if (problem)
            return command_say_file(work, path, problem);
        enum verdict verdict = catalogue_peek(file.content, work->arena, &said);
        return verdict ? command_say_verdict(work, verdict, path) : show(work, "Catalogue", said);
    }
    struct operate_catalogue here;
    enum command_exit wrong = operate_catalogue_load(work, &here);
    if (wrong)
        return wrong;
    bool draft = command_work_flag(work, "draft");
    const Peregrin__CatalogueStatement *said = draft ? here.draft_said : here.published_said;
    if (said)
        return show(work, draft ? "Draft" : "Catalogue", said);
    return command_say_wrong(
        work,
        &(struct command_wrong) {COMMAND_NOT_FOUND, "no_catalogue",
                                 command_work_text(work, "%s: there is no %s yet", here.dir,
                                                   draft ? "draft" : "catalogue in force"),
                                 draft             ? "begin one with `peregrin catalogue add`"
                                 : here.draft_said ? "sign the draft with `peregrin catalogue sign`"
                                                   : "begin one with `peregrin catalogue add`",
                                 NULL, NULL});
}

enum command_exit operate_catalogue_anchor(struct command_work *work)
{
    const char *path =
        work->argument_count ? work->arguments[0] : operate_catalogue_path(work, "root");
    struct command_file file;
    int problem =
        work->port->read_file(work->port->self, path, CATALOGUE_ROOT_MAX, work->arena, &file);
    if (problem)
        return command_say_file(work, path, problem);
    Peregrin__RootStatement *said;
    enum verdict verdict = catalogue_peek_root(file.content, work->arena, &said);
    if (verdict)
        return command_say_verdict(work, verdict, path);
    struct digest anchor;
    catalogue_anchor(file.content, &anchor);
    const char *hex = command_work_hex(work, anchor.bytes, DIGEST_SIZE);
    command_say_line(work, "%s", hex);
    command_say_note(work, "To read aloud: %s", operate_key_words(work, &anchor));
    command_say_json(work, json_pack("{s:i, s:s, s:s, s:s}", "schema", 1, "network", said->network,
                                     "anchor", hex, "words", operate_key_words(work, &anchor)));
    return COMMAND_DONE;
}

enum command_exit operate_catalogue_verify(struct command_work *work)
{
    struct operate_catalogue here;
    struct digest anchor;
    const char *given = command_work_flag(work, "anchor");
    if (!given)
        return command_say_usage(work, "add --anchor HEX, as the authority says it",
                                 "without the anchor nothing can be checked");
    if (!command_work_unhex(given, anchor.bytes, DIGEST_SIZE))
        return command_say_usage(work, "as `peregrin catalogue anchor` prints it",
                                 "--anchor has not 64 hexadecimal digits");
    enum command_exit wrong = operate_catalogue_load(work, &here);
    struct catalogue *catalogue;
    if (!wrong)
        wrong = operate_catalogue_believe(work, here.dir,
                                          (struct catalogue_files) {here.root, here.published},
                                          &anchor, &catalogue);
    if (wrong)
        return wrong;
    bool expired = catalogue_expired(catalogue, work->port->now(work->port->self));
    command_say_line(work, "%s: version %llu, %zu institutions, holds under the anchor%s",
                     catalogue->network, (unsigned long long)catalogue->version,
                     catalogue->institution_count, expired ? "; it has EXPIRED" : "");
    command_say_json(work, json_pack("{s:i, s:b, s:b, s:I, s:I}", "schema", 1, "holds", 1,
                                     "expired", expired, "version", (json_int_t)catalogue->version,
                                     "institutions", (json_int_t)catalogue->institution_count));
    return expired ? COMMAND_PROBLEMS : COMMAND_DONE;
}
