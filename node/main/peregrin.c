/* peregrin: the admin CLI. Wiring only: the commands of admin/ meet the world of io/. */
#include "operate/operate_backup.h"
#include "cli/cli.h"
#include "command/command.h"
#include "io/clock.h"
#include "io/config.h"
#include "io/rule_file.h"
#include "io/cores.h"
#include "io/descriptors.h"
#include "io/fetch.h"
#include "io/file.h"
#include "io/reach.h"
#include "io/setting.h"
#include "io/setting_text.h"
#include "verify/verify.h"
#include "watch/config_view.h"
#include "watch/doctor.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#ifndef PEREGRIN_VERSION
#    define PEREGRIN_VERSION "0.1"
#endif

enum {
    READ_STEP = 64 * 1024,
    HEADER_SIZE = 256,
    CALL_TIMEOUT_MS = 120000,
    COLUMNS_LEAST = 20,
    COLUMNS_MOST = 1000
};

static enum fault call(void *, const struct command_request *request, struct arena *arena,
                       struct command_reply *reply)
{
    char key[HEADER_SIZE], bearer[HEADER_SIZE];
    const char *headers[3];
    size_t count = 0;
    if (request->body.size)
        headers[count++] = "Content-Type: application/json";
    if (request->idempotency_key) {
        snprintf(key, sizeof key, "Idempotency-Key: %s", request->idempotency_key);
        headers[count++] = key;
    }
    if (request->token) {
        snprintf(bearer, sizeof bearer, "Authorization: Bearer %s", request->token);
        headers[count++] = bearer;
    }
    struct fetch_request fetch = {
        .socket = request->socket,
        .url = request->url,
        .authority = request->authority,
        .method = request->method,
        .target = request->path,
        .headers = headers,
        .header_count = count,
        .body = request->body,
        .timeout_ms = CALL_TIMEOUT_MS,
    };
    struct fetch_reply got;
    struct reason reason;
    enum fault fault = fetch_call(&fetch, &got, &reason);
    explicit_bzero(bearer, sizeof bearer);
    if (fault)
        return fault;
    *reply = (struct command_reply) {(unsigned)got.status, arena_copy(arena, got.body)};
    fetch_free(&got);
    return reply->body.data ? FAULT_NONE : FAULT_MEMORY;
}

/* All that comes, up to size_max; the buffer grows by doubling. */
static int read_all(int descriptor, size_t size_max, struct arena *arena, struct bytes *out)
{
    size_t room = READ_STEP, size = 0;
    uint8_t *buffer = malloc(room);
    int problem = buffer ? 0 : ENOMEM;
    while (!problem) {
        ssize_t got = read(descriptor, buffer + size, room - size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            problem = got < 0 ? errno : 0;
            break;
        }
        size += (size_t)got;
        uint8_t *more = size < room ? buffer : realloc(buffer, room *= 2);
        problem = size > size_max ? EFBIG : more ? 0 : ENOMEM;
        buffer = more ? more : buffer;
    }
    *out = problem ? (struct bytes) {NULL, 0} : arena_copy(arena, (struct bytes) {buffer, size});
    if (buffer)
        explicit_bzero(buffer, size); /* it may have been a key */
    free(buffer);
    return problem || out->data ? problem : ENOMEM;
}

static int read_file(void *, const char *path, size_t size_max, struct arena *arena,
                     struct command_file *out)
{
    bool standard = strcmp(path, "-") == 0;
    int descriptor = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (descriptor < 0)
        return errno;
    int problem = fstat(descriptor, &status) == 0 ? 0 : errno;
    if (!problem && S_ISDIR(status.st_mode))
        problem = EISDIR;
    if (!problem)
        problem = read_all(descriptor, size_max, arena, &out->content);
    out->mode = status.st_mode & 07777;
    if (!standard)
        close(descriptor);
    return problem;
}

/* The name is taken first where nothing may be replaced: file_write would not notice another. */
static int reserve(const char *path, unsigned mode)
{
    int descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode);
    if (descriptor < 0)
        return errno;
    close(descriptor);
    return 0;
}

static int write_file(void *, const char *path, const struct command_file *file, bool replace)
{
    struct reason reason;
    int problem = replace ? 0 : reserve(path, file->mode);
    if (problem)
        return problem;
    errno = 0;
    if (!file_write(path, file->content, file->mode, &reason))
        return 0;
    problem = errno ? errno : EIO;
    if (!replace)
        unlink(path);
    return problem;
}

static int add_piece(const char *path, int flags, const struct command_file *piece)
{
    int descriptor = open(path, flags | O_WRONLY | O_CLOEXEC, piece->mode);
    int problem = descriptor < 0 ? errno : 0;
    for (size_t done = 0; !problem && done < piece->content.size;) {
        ssize_t wrote = write(descriptor, piece->content.data + done, piece->content.size - done);
        problem = wrote < 0 && errno != EINTR ? errno : 0;
        done += wrote > 0 ? (size_t)wrote : 0;
    }
    if (!problem && fsync(descriptor) != 0)
        problem = errno;
    if (descriptor >= 0)
        close(descriptor);
    return problem;
}

static int grow_file(void *, const char *path, const struct command_file *piece,
                     enum command_piece which, bool replace)
{
    char part[PATH_MAX];
    if (snprintf(part, sizeof part, "%s.part", path) >= (int)sizeof part)
        return ENAMETOOLONG;
    if (which == COMMAND_PIECE_FIRST && !replace && access(path, F_OK) == 0)
        return EEXIST;
    int flags = which == COMMAND_PIECE_FIRST ? O_CREAT | O_TRUNC | O_NOFOLLOW : O_APPEND;
    int problem = add_piece(part, flags, piece);
    if (!problem && which == COMMAND_PIECE_LAST)
        problem =
            renameat2(AT_FDCWD, part, AT_FDCWD, path, replace ? 0 : RENAME_NOREPLACE) ? errno : 0;
    if (problem)
        unlink(part);
    return problem;
}

static int make_directory(void *, const char *path, unsigned mode)
{
    char part[PATH_MAX];
    size_t size = strlen(path);
    if (size == 0 || size >= sizeof part)
        return size ? ENAMETOOLONG : ENOENT;
    for (size_t i = 1; i <= size; i++) {
        if (path[i] != '/' && path[i] != '\0')
            continue;
        memcpy(part, path, i);
        part[i] = '\0';
        if (mkdir(part, i == size ? mode : 0755) != 0 && errno != EEXIST)
            return errno;
    }
    return 0;
}

static struct instant now(void *)
{
    return clock_now();
}

static void fill_random(void *, uint8_t *out, size_t size)
{
    uint8_t dice[ENTROPY_SEED_SIZE];
    for (size_t at = 0; at < size; at += sizeof dice) {
        clock_entropy(dice);
        memcpy(out + at, dice, size - at < sizeof dice ? size - at : sizeof dice);
    }
    explicit_bzero(dice, sizeof dice);
}

static void wait_ms(void *, unsigned ms)
{
    usleep(ms * 1000);
}

static bool ask(void *, const char *prompt, bool secret, char *out, size_t size)
{
    struct termios before, silent;
    bool changed = secret && tcgetattr(STDIN_FILENO, &before) == 0;
    fputs(prompt, stderr);
    fflush(stderr);
    if (changed) {
        silent = before;
        silent.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    bool got = fgets(out, (int)size, stdin);
    if (changed) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        fputc('\n', stderr);
    }
    if (got)
        out[strcspn(out, "\n")] = '\0';
    return got;
}

/* What a signal may touch. */
static volatile sig_atomic_t interrupted;

static void on_interrupt(int)
{
    interrupted = 1;
}

/* The first Ctrl-C lets the piece at hand end, the second ends the program. */
static void heed_interrupt(void)
{
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGINT, &action, NULL);
}

static bool stopped(void *)
{
    return interrupted;
}

static const char *config_sample(void *, const struct command_setting *settings, size_t count,
                                 struct arena *arena)
{
    struct setting_value values[CONFIG_LIST_MAX];
    if (count > CONFIG_LIST_MAX)
        return NULL;
    for (size_t i = 0; i < count; i++)
        values[i] = (struct setting_value) {settings[i].name, settings[i].value};
    return setting_compose(values, count, arena);
}

/* All problems as one text, a line each. */
static const char *problem_text(const struct config_problems *problems, struct arena *arena)
{
    const char *text = problems->count ? problems->lines[0] : "it cannot be read";
    text = arena_format(arena, "%s", text);
    for (size_t i = 1; text && i < problems->count; i++)
        text = arena_format(arena, "%s\n  %s", text, problems->lines[i]);
    return text;
}

/* Where the node would not start with them. */
static const char *rules_problem(const struct config *config, struct arena *arena)
{
    struct arena *settings = arena_open(RULE_FILE_ARENA);
    const struct dated *read;
    struct reason reason = {0};
    enum fault fault = rule_file_read(config, settings, &read, &reason);
    arena_close(settings);
    return fault ? arena_format(arena, "%s", reason.text) : NULL;
}

static bool config_check(void *, const char *path, struct arena *arena, struct command_config *out)
{
    struct config_problems problems = {0};
    struct config *config = NULL;
    enum fault fault = config_read(path, &config, &problems);
    *out = (struct command_config) {.remedy = config_view_remedy(fault)};
    if (fault) {
        out->problem = problem_text(&problems, arena);
        return out->problem;
    }
    out->socket = arena_format(arena, "%s", config->socket);
    out->database = arena_format(arena, "%s", config->database);
    out->rules = rules_problem(config, arena);
    config_close(config);
    return out->socket && out->database;
}

static const char *config_explain(void *, const char *name, struct arena *arena)
{
    const struct setting *setting = name ? setting_find(name) : NULL;
    if (name)
        return setting ? setting_text_explain(setting, arena) : NULL;
    return setting_text_all(arena);
}

static bool config_setting(void *, size_t index, struct command_setting_text *out)
{
    const struct setting *setting = setting_at(index);
    if (setting)
        *out = (struct command_setting_text) {setting->name, setting->unit, setting->fallback,
                                              setting->effect, setting->sample};
    return setting;
}

static const char *config_near(void *, const char *name)
{
    return setting_nearest(name);
}

static struct bytes show_config(void *, const char *path, struct arena *arena)
{
    return config_view(path, arena);
}

static struct bytes see_doctor(void *, const struct command_doctor *what, struct arena *arena)
{
    struct check_list list = {.arena = arena};
    doctor_run(
        &(struct doctor) {what->config, what->socket, what->partner, what->known, what->deep},
        &list);
    return check_text(&list, arena);
}

static void reach(void *, const char *endpoint, unsigned timeout_ms, struct arena *arena,
                  struct command_reach *out)
{
    static const char *const steps[] = {[REACH_ADDRESS] = "address",
                                        [REACH_CONNECT] = "connect",
                                        [REACH_GREETING] = "greeting",
                                        [REACH_DONE] = NULL};
    struct reach got;
    reach_try(endpoint, (int)timeout_ms, &got);
    *out = (struct command_reach) {steps[got.failed], arena_format(arena, "%s", got.reason.text),
                                   got.connect_us, got.greeting_us};
}

static void fill_place(const struct config *config, struct arena *arena, struct backup_place *out)
{
    const struct {
        const char *from, **to;
    } texts[] = {{config->file, &out->configuration},  {config->node, &out->node},
                 {config->network, &out->network},     {config->database, &out->database},
                 {config->catalogue, &out->catalogue}, {config->root, &out->root},
                 {config->socket, &out->socket}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i].to = arena_format(arena, "%s", texts[i].from);
    for (size_t i = 0; i < config->institutions.count; i++)
        out->institutions[i] = arena_format(arena, "%s", config->institutions.values[i]);
    for (size_t i = 0; i < config->keys.count; i++)
        out->keys[i] = arena_format(arena, "%s", config->keys.values[i]);
    out->institution_count = config->institutions.count;
    out->key_count = config->keys.count;
    out->anchor = config->anchor_digest;
}

static const char *read_place(const char *path, struct bytes text, struct arena *arena,
                              struct backup_place *out)
{
    static_assert(BACKUP_KEYS_MAX >= (int)CONFIG_LIST_MAX);
    struct config_problems problems = {0};
    struct config *config = NULL;
    enum fault fault = text.data ? config_parse(text, path, &config, &problems)
                                 : config_read(path, &config, &problems);
    if (fault)
        return problem_text(&problems, arena);
    fill_place(config, arena, out);
    config_close(config);
    return NULL;
}

static const struct command_backup_port backups = {
    .create = backup_create,
    .verify = backup_verify,
    .plan = backup_restore_plan,
    .restore = backup_restore_run,
    .rotate = backup_rotate,
    .name = backup_rotate_name,
    .text = backup_text,
    .read_place = read_place,
};

/* Of a terminal what it says itself; elsewhere what COLUMNS asks for, or no limit. */
static unsigned terminal_columns(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        return size.ws_col;
    const char *asked = getenv("COLUMNS");
    unsigned long columns = asked ? strtoul(asked, NULL, 10) : 0;
    return columns >= COLUMNS_LEAST && columns <= COLUMNS_MOST ? (unsigned)columns : 0;
}

int main(int count, char **arguments)
{
    static const char installed[] = "/etc/peregrin/peregrind.conf";
    const char *terminal = getenv("TERM"), *no_color = getenv("NO_COLOR");
    descriptors_stand();
    cores_forbid();
    setlocale(LC_CTYPE, "C.UTF-8");
    heed_interrupt();
    struct command_port port = {
        .call = call,
        .read_file = read_file,
        .write_file = write_file,
        .grow_file = grow_file,
        .make_directory = make_directory,
        .now = now,
        .random = fill_random,
        .wait = wait_ms,
        .ask = ask,
        .stopped = stopped,
        .backup = &backups,
        .verify = verify_run,
        .config_sample = config_sample,
        .config_check = config_check,
        .config_explain = config_explain,
        .config_near = config_near,
        .config_view = show_config,
        .doctor = see_doctor,
        .reach = reach,
        .config_setting = config_setting,
        .out = stdout,
        .err = stderr,
        .asks = isatty(STDIN_FILENO) && isatty(STDERR_FILENO),
        .out_is_tty = isatty(STDOUT_FILENO),
        .err_is_tty = isatty(STDERR_FILENO),
        .no_color = (no_color && *no_color) || !terminal || strcmp(terminal, "dumb") == 0,
        .columns = terminal_columns(),
        .socket = getenv("PEREGRIN_SOCKET"),
        .config = access(installed, F_OK) == 0 ? installed : NULL,
        .version = PEREGRIN_VERSION,
    };
    return cli_run(&port, count, arguments);
}
