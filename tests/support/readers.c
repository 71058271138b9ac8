#include "support/readers.h"

#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CONNECTIONS_MAX = 32, ANSWER_MAX = 256 * 1024, NEXT_MAX = 128 };

struct line {
    int descriptor;
    size_t heard;
    char next[NEXT_MAX];
    char answer[ANSWER_MAX + 1];
};

static int dial(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0 || strlen(path) >= sizeof address.sun_path)
        return -1;
    strcpy(address.sun_path, path);
    return connect(descriptor, (struct sockaddr *)&address, sizeof address) == 0 ? descriptor : -1;
}

static bool ask(struct line *line, const char *target)
{
    char request[512];
    const char *join = strchr(target, '?') ? "&" : "?";
    int size =
        *line->next
            ? snprintf(request, sizeof request, "GET %s%safter=%s HTTP/1.1\r\nHost: node\r\n\r\n",
                       target, join, line->next)
            : snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: node\r\n\r\n", target);
    line->heard = 0;
    return write(line->descriptor, request, (size_t)size) == size;
}

/* 1: the answer is whole; 0: not yet; -1: it is none that was wanted. */
static int whole(struct line *line)
{
    char *end = strstr(line->answer, "\r\n\r\n");
    char *length = strcasestr(line->answer, "\r\ncontent-length:");
    if (!end)
        return 0;
    if (strncmp(line->answer, "HTTP/1.1 200", 12) != 0 || !length || length > end)
        return -1;
    size_t size = (size_t)(end + 4 - line->answer) + strtoul(length + 17, NULL, 10);
    if (line->heard < size)
        return size > ANSWER_MAX ? -1 : 0;
    /* `next` stands at the end: what comes before it is long. */
    const char *from = line->heard > 200 ? line->answer + line->heard - 200 : line->answer;
    const char *next = strstr(from, "\"next\":\"");
    *line->next = '\0';
    if (next)
        sscanf(next + 8, "%127[^\"]", line->next);
    return 1;
}

static int read_on(struct line *line)
{
    ssize_t more = read(line->descriptor, line->answer + line->heard, ANSWER_MAX - line->heard);
    if (more <= 0)
        return -1;
    line->heard += (size_t)more;
    line->answer[line->heard] = '\0';
    return whole(line);
}

static long read_all(const char *socket, const char *target, unsigned connections, int stop)
{
    static struct line lines[CONNECTIONS_MAX];
    struct pollfd polled[CONNECTIONS_MAX + 1] = {{stop, POLLIN, 0}};
    long count = 0;
    for (unsigned i = 0; i < connections; i++) {
        lines[i].descriptor = dial(socket);
        polled[i + 1] = (struct pollfd) {lines[i].descriptor, POLLIN, 0};
        if (lines[i].descriptor < 0 || !ask(&lines[i], target))
            return -1;
    }
    while (poll(polled, connections + 1, -1) > 0 && !polled[0].revents)
        for (unsigned i = 0; i < connections; i++) {
            int done = polled[i + 1].revents ? read_on(&lines[i]) : 0;
            if (done < 0 || (done > 0 && !ask(&lines[i], target)))
                return -1;
            count += done;
        }
    return count;
}

struct readers readers_begin(const char *socket, const char *target, unsigned connections)
{
    struct readers readers = {.pid = -1};
    int stop[2], count[2];
    if (connections > CONNECTIONS_MAX || pipe(stop) != 0 || pipe(count) != 0)
        return readers;
    readers = (struct readers) {fork(), stop[1], count[0]};
    if (readers.pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(stop[1]);
        long done = read_all(socket, target, connections, stop[0]);
        _exit(write(count[1], &done, sizeof done) == (ssize_t)sizeof done ? 0 : 1);
    }
    close(stop[0]);
    close(count[1]);
    return readers;
}

long readers_end(struct readers *readers)
{
    long count = -1;
    close(readers->stop);
    if (read(readers->count, &count, sizeof count) != (ssize_t)sizeof count)
        count = -1;
    close(readers->count);
    waitpid(readers->pid, NULL, 0);
    return count;
}
