#include "io/copying.h"

#include "io/clock.h"
#include "store/store_copy.h"

#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { SLICE_PAGES = 64, SLICE_US = 3000 };

struct copying {
    struct store *store;
    struct store_copy *copy; /* NULL: not begun, or ended */
    struct copying_view view;
    char file[PATH_MAX + 8];
};

struct copying *copying_open(struct store *store, const char *database)
{
    struct copying *copying = calloc(1, sizeof *copying);
    if (!copying)
        return NULL;
    copying->store = store;
    /* Absolute: whoever asks for it works in another folder. */
    char whole[PATH_MAX];
    snprintf(copying->file, sizeof copying->file, "%s.copy",
             realpath(database, whole) ? whole : database);
    copying->view.file = copying->file;
    unlink(copying->file);
    return copying;
}

void copying_close(struct copying *copying)
{
    if (!copying)
        return;
    copying_end(copying);
    free(copying);
}

bool copying_begin(struct copying *copying)
{
    if (copying->view.state == COPYING_RUNNING)
        return false;
    uint64_t number = copying->view.number + 1;
    copying_end(copying);
    copying->view.state = COPYING_RUNNING;
    copying->view.number = number;
    return true;
}

void copying_end(struct copying *copying)
{
    store_copy_close(copying->copy);
    copying->copy = NULL;
    if (copying->view.state == COPYING_WHOLE)
        unlink(copying->file);
    copying->view = (struct copying_view) {.number = copying->view.number, .file = copying->file};
}

void copying_look(const struct copying *copying, struct copying_view *out)
{
    *out = copying->view;
}

static enum fault run_slice(struct copying *copying, bool *whole)
{
    int64_t began_us = clock_steady_us();
    if (!copying->copy)
        TRY(store_copy_open(copying->store, copying->file, &copying->copy));
    do {
        TRY(store_copy_step(copying->copy, SLICE_PAGES, whole));
    } while (!*whole && clock_steady_us() - began_us < SLICE_US);
    return FAULT_NONE;
}

bool copying_run(struct copying *copying)
{
    struct copying_view *view = &copying->view;
    if (view->state != COPYING_RUNNING)
        return false;
    bool whole = false;
    view->fault = run_slice(copying, &whole);
    if (copying->copy)
        store_copy_progress(copying->copy, &view->done, &view->total);
    if (!view->fault && !whole)
        return true;
    store_copy_close(copying->copy);
    copying->copy = NULL;
    view->state = view->fault ? COPYING_FAILED : COPYING_WHOLE;
    return false;
}
