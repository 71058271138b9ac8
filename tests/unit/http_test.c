/* links: base seal record trust wire rules channel stream store engine io */
#include "io/fetch.h"
#include "io/http.h"
#include "unit/network.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_MS = 5000, CLIENTS = 24 };

static char folder[64], path[96];
static struct http *http;

static int open_server(void **)
{
    signal(SIGPIPE, SIG_IGN);
    strcpy(folder, "/tmp/peregrin-http-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/api.sock", folder);
    assert_int_equal(http_open(path, &http, NULL), FAULT_NONE);
    return 0;
}

static int close_server(void **)
{
    http_close(http);
    http = NULL;
    unlink(path);
    return rmdir(folder);
}

/* A client in a thread of its own, since the server lives in this one. */
struct client {
    struct fetch_request request;
    struct fetch_reply reply;
    enum fault fault;
    struct reason reason;
    int done[2];
    pthread_t thread;
};

static void *client_run(void *self)
{
    struct client *client = self;
    client->fault = fetch_call(&client->request, &client->reply, &client->reason);
    close(client->done[1]);
    return NULL;
}

static void client_start(struct client *client)
{
    client->request.socket = client->request.url ? NULL : path;
    client->request.method = client->request.method ? client->request.method : "GET";
    client->request.timeout_ms = PATIENCE_MS;
    assert_int_equal(pipe(client->done), 0);
    assert_int_equal(pthread_create(&client->thread, NULL, client_run, client), 0);
}

/* Serves until something happens on `descriptor`. */
static bool serve_until(int descriptor, http_serve *serve, void *self)
{
    struct pollfd wait[] = {{http_descriptor(http), POLLIN, 0}, {descriptor, POLLIN, 0}};
    int64_t timeout = http_timeout_ms(http);
    assert_true(poll(wait, 2, timeout >= 0 && timeout < PATIENCE_MS ? (int)timeout : PATIENCE_MS) >=
                0);
    http_run(http, 8, serve, self);
    return wait[1].revents != 0;
}

static void client_finish(struct client *client)
{
    pthread_join(client->thread, NULL);
    close(client->done[0]);
}

static void client_serve(struct client *client, http_serve *serve, void *self)
{
    bool done = false;
    while (!done) {
        done = serve_until(client->done[0], serve, self);
        http_release(http);
    }
    client_finish(client);
}

static void echo(void *, const struct http_request *request, struct http_response *response)
{
    static char text[4096];
    int length = snprintf(text, sizeof text, "%s %s", request->method, request->path);
    for (size_t i = 0; i < request->query_count; i++)
        length += snprintf(text + length, sizeof text - (size_t)length, " [%s=%s]",
                           request->query[i].name, request->query[i].value);
    length +=
        snprintf(text + length, sizeof text - (size_t)length, " %s %s %zu",
                 request->content_type ? request->content_type : "-",
                 request->idempotency_key ? request->idempotency_key : "-", request->body.size);
    *response = (struct http_response) {
        .status = 200, .content_type = "text/plain", .body = {(uint8_t *)text, (size_t)length}};
}

static void a_request_is_handed_out_whole(void **)
{
    static const char *const headers[] = {"Content-Type: text/csv", "Idempotency-Key: k-1"};
    static uint8_t body[3 * 1024 * 1024];
    struct client client = {.request = {.method = "POST",
                                        .target = "/api/v1/x%20y?a=1%262&empty=&flag",
                                        .headers = headers,
                                        .header_count = 2,
                                        .body = {body, sizeof body}}};
    client_start(&client);
    client_serve(&client, echo, NULL);
    assert_int_equal(client.fault, FAULT_NONE);
    assert_int_equal(client.reply.status, 200);
    assert_string_equal(client.reply.content_type, "text/plain");
    assert_string_equal((const char *)client.reply.body.data,
                        "POST /api/v1/x y [a=1&2] [empty=] [flag=] text/csv k-1 3145728");
    fetch_free(&client.reply);
}

static void a_response_is_held_until_it_is_released(void **)
{
    struct client client = {.request = {.target = "/held"}};
    client_start(&client);
    size_t served = 0;
    while (served == 0) {
        struct pollfd wait = {http_descriptor(http), POLLIN, 0};
        poll(&wait, 1, http_timeout_ms(http) == 0 ? 0 : PATIENCE_MS);
        served = http_run(http, 8, echo, NULL);
    }
    for (int i = 0; i < 5; i++)
        assert_int_equal(http_run(http, 8, echo, NULL), 0);
    struct pollfd done = {client.done[0], POLLIN, 0};
    assert_int_equal(poll(&done, 1, 50), 0);
    http_release(http);
    client_serve(&client, echo, NULL);
    assert_int_equal(client.reply.status, 200);
    fetch_free(&client.reply);
}

static void a_failed_group_answers_with_the_fault(void **)
{
    struct client client = {.request = {.target = "/x"}};
    client_start(&client);
    while (!serve_until(client.done[0], echo, NULL))
        http_fail(http, FAULT_DISK_FULL);
    client_finish(&client);
    assert_int_equal(client.reply.status, 503);
    assert_non_null(strstr((const char *)client.reply.body.data, "\"code\":\"disk_full\""));
    assert_non_null(
        strstr((const char *)client.reply.body.data, "\"correlation_id\":\"00000001\""));
    fetch_free(&client.reply);
}

static void every_client_gets_its_own_answer(void **)
{
    static struct client clients[CLIENTS];
    static char targets[CLIENTS][32], expected[CLIENTS][64];
    for (size_t i = 0; i < CLIENTS; i++) {
        snprintf(targets[i], sizeof targets[i], "/number/%zu", i);
        snprintf(expected[i], sizeof expected[i], "GET /number/%zu - - 0", i);
        clients[i].request.target = targets[i];
        client_start(&clients[i]);
    }
    for (size_t i = 0; i < CLIENTS; i++) {
        client_serve(&clients[i], echo, NULL);
        if (clients[i].fault)
            fail_msg("%s", clients[i].reason.text);
        assert_string_equal((const char *)clients[i].reply.body.data, expected[i]);
        fetch_free(&clients[i].reply);
    }
}

static void refused(void *, const struct http_request *, struct http_response *)
{
    fail_msg("a refused request was handed out");
}

static void a_body_above_the_limit_is_refused(void **)
{
    uint8_t *body = calloc(1, HTTP_BODY_MAX + 1);
    struct client client = {
        .request = {.method = "POST", .target = "/x", .body = {body, HTTP_BODY_MAX + 1}}};
    client_start(&client);
    client_serve(&client, refused, NULL);
    assert_int_equal(client.fault, FAULT_NONE);
    assert_int_equal(client.reply.status, 413);
    fetch_free(&client.reply);
    client = (struct client) {
        .request = {.method = "POST", .target = "/x", .body = {body, HTTP_BODY_MAX}}};
    client_start(&client);
    client_serve(&client, echo, NULL);
    assert_int_equal(client.reply.status, 200);
    fetch_free(&client.reply);
    free(body);
}

/* In chunks, without a length in advance. */
static void a_body_of_unknown_length_is_bounded_too(void **)
{
    static const char *const headers[] = {"Transfer-Encoding: chunked"};
    uint8_t *body = calloc(1, HTTP_BODY_MAX + 1);
    struct client client = {.request = {.method = "POST",
                                        .target = "/x",
                                        .headers = headers,
                                        .header_count = 1,
                                        .body = {body, HTTP_BODY_MAX + 1}}};
    client_start(&client);
    client_serve(&client, refused, NULL);
    assert_int_equal(client.reply.status, 413);
    fetch_free(&client.reply);
    free(body);
}

static void a_zero_byte_in_the_query_is_refused(void **)
{
    struct client client = {.request = {.target = "/x?a=b%00c"}};
    client_start(&client);
    client_serve(&client, refused, NULL);
    assert_int_equal(client.reply.status, 400);
    fetch_free(&client.reply);
}

/* Serves only what the shorter path would name. */
static void only_x(void *, const struct http_request *request, struct http_response *response)
{
    *response = (struct http_response) {.status = strcmp(request->path, "/x/") == 0 ? 200 : 404};
}

static void a_zero_byte_does_not_shorten_a_path(void **)
{
    struct client client = {.request = {.target = "/x/%00y"}};
    client_start(&client);
    client_serve(&client, only_x, NULL);
    assert_int_equal(client.reply.status, 404);
    fetch_free(&client.reply);
}

/* Behind a proxy. */
static void listen_proxied(char url[static 80])
{
    enum fault fault = FAULT_NETWORK;
    for (int tried = 0; fault && tried < 20; tried++) {
        char address[64];
        struct reason reason;
        const struct http_tcp tcp = {.address = address, .proxied = true};
        network_free_address(address);
        snprintf(url, 80, "http%s", address + strlen("tcp"));
        fault = http_listen(http, &tcp, &reason);
    }
    assert_int_equal(fault, FAULT_NONE);
}

static void say_address(void *, const struct http_request *request, struct http_response *response)
{
    *response = (struct http_response) {
        .status = 200, .content_type = "text/plain", .body = bytes_text(request->caller.address)};
}

/* Some proxies add to the header's line, and some add a line of their own. Whatever a client wrote
 * stands before it. */
static void who_asks_is_what_the_proxy_added_last(void **)
{
    static const struct {
        const char *headers[3];
        size_t count;
        const char *address;
    } rows[] = {
        {{"X-Forwarded-For: 192.0.2.7"}, 1, "192.0.2.7"},
        {{"X-Forwarded-For: 127.0.0.1, 192.0.2.7"}, 1, "192.0.2.7"},
        {{"X-Forwarded-For: 127.0.0.1", "X-Forwarded-For: 192.0.2.7"}, 2, "192.0.2.7"},
        {{"X-Forwarded-For: 127.0.0.1, 10.0.0.1", "x-forwarded-for: 2001:db8::7"}, 2, "2001:db8::"},
        {{"X-Forwarded-For: 192.0.2.9", "X-Forwarded-For: nonsense"}, 2, "127.0.0.1"},
    };
    char url[80];
    listen_proxied(url);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct client client = {.request = {.url = url,
                                            .target = "/x",
                                            .headers = rows[i].headers,
                                            .header_count = rows[i].count}};
        client_start(&client);
        client_serve(&client, say_address, NULL);
        assert_int_equal(client.reply.status, 200);
        assert_string_equal((const char *)client.reply.body.data, rows[i].address);
        fetch_free(&client.reply);
    }
}

static void only_the_nodes_user_can_open_the_socket(void **)
{
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
}

static void another_user_is_refused_even_at_an_open_socket(void **)
{
    if (geteuid() != 0)
        skip();
    assert_int_equal(chmod(folder, 0755), 0);
    assert_int_equal(chmod(path, 0666), 0);
    int done[2];
    assert_int_equal(pipe(done), 0);
    pid_t child = fork();
    if (child == 0) {
        struct sockaddr_un address = {.sun_family = AF_UNIX};
        strcpy(address.sun_path, path);
        char answer[512] = {0};
        static const char request[] = "GET /x HTTP/1.0\r\n\r\n";
        int client = socket(AF_UNIX, SOCK_STREAM, 0);
        bool right = setuid(65534) == 0 &&
                     connect(client, (struct sockaddr *)&address, sizeof address) == 0 &&
                     write(client, request, sizeof request - 1) > 0 &&
                     read(client, answer, sizeof answer - 1) > 0 && strstr(answer, " 403 ");
        _exit(right ? 0 : 1);
    }
    close(done[1]);
    while (!serve_until(done[0], refused, NULL))
        http_release(http);
    int result;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_int_equal(result, 0);
    close(done[0]);
}

static void a_socket_file_left_over_is_replaced_but_a_living_node_is_not(void **)
{
    struct http *second = NULL;
    struct reason reason;
    assert_int_equal(http_open(path, &second, &reason), FAULT_NETWORK);
    assert_non_null(strstr(reason.text, "already runs"));

    char other[96];
    snprintf(other, sizeof other, "%s/old.sock", folder);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strcpy(address.sun_path, other);
    int left_over = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(left_over, (struct sockaddr *)&address, sizeof address), 0);
    close(left_over);
    assert_int_equal(http_open(other, &second, &reason), FAULT_NONE);
    http_close(second);
    assert_int_equal(access(other, F_OK), -1);

    FILE *file = fopen(other, "w");
    fclose(file);
    assert_int_equal(http_open(other, &second, &reason), FAULT_CONFIG);
    assert_int_equal(unlink(other), 0);
}

static void a_request_that_comes_while_the_node_stops_is_answered(void **)
{
    struct client client = {.request = {.target = "/x"}};
    client_start(&client);
    while (http_timeout_ms(http) != 0) {
        struct pollfd wait = {http_descriptor(http), POLLIN, 0};
        poll(&wait, 1, PATIENCE_MS);
        http_run(http, 0, refused, NULL);
    }
    http_close(http);
    http = NULL;
    client_finish(&client);
    assert_int_equal(client.reply.status, 503);
    fetch_free(&client.reply);
}

static void a_client_without_a_node_hears_which_socket_is_silent(void **)
{
    struct client client = {.request = {.target = "/x"}};
    strcpy(path, "/tmp/peregrin-no-such-node.sock");
    client_start(&client);
    client_finish(&client);
    assert_int_equal(client.fault, FAULT_NETWORK);
    assert_non_null(strstr(client.reason.text, path));
    assert_int_equal(fault_text(client.fault)->exit_status, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_request_is_handed_out_whole, open_server, close_server),
        cmocka_unit_test_setup_teardown(a_response_is_held_until_it_is_released, open_server,
                                        close_server),
        cmocka_unit_test_setup_teardown(a_failed_group_answers_with_the_fault, open_server,
                                        close_server),
        cmocka_unit_test_setup_teardown(every_client_gets_its_own_answer, open_server,
                                        close_server),
        cmocka_unit_test_setup_teardown(a_body_above_the_limit_is_refused, open_server,
                                        close_server),
        cmocka_unit_test_setup_teardown(a_body_of_unknown_length_is_bounded_too, open_server,
                                        close_server),
        cmocka_unit_test_setup_teardown(a_zero_byte_does_not_shorten_a_path, open_server,
                                        close_server),
        cmocka_unit_test_setup_teardown(a_zero_byte_in_the_query_is_refused, open_server,
                                        close_server),
        cmocka_unit_test_setup_teardown(who_asks_is_what_the_proxy_added_last, open_server,
                                        close_server),
        cmocka_unit_test_setup_teardown(only_the_nodes_user_can_open_the_socket, open_server,
                                        close_server),
        cmocka_unit_test_setup_teardown(another_user_is_refused_even_at_an_open_socket, open_server,
                                        close_server),
        cmocka_unit_test_setup_teardown(
            a_socket_file_left_over_is_replaced_but_a_living_node_is_not, open_server,
            close_server),
        cmocka_unit_test_setup_teardown(a_request_that_comes_while_the_node_stops_is_answered,
                                        open_server, close_server),
        cmocka_unit_test(a_client_without_a_node_hears_which_socket_is_silent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
