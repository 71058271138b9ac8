/* links: base seal record trust wire rules channel stream store engine sim */
#include "sim/story.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Every *.story beside this file is a test of its own: its upper half is played, and what the nodes
 * said must be its lower half.
 *
 * ACCEPT=1 writes what they said into the lower half. STORY=name plays one alone, STORIES=folder
 * those of another folder. SEEDS=n plays each under n other seeds: then what they say is not
 * compared, but all that the story expects must hold. */

enum { STORIES_MAX = 256, PATH_SIZE = 512 };

static const char *folder(void)
{
    const char *named = getenv("STORIES");
    return named ? named : "tests/stories";
}

static char *file_read(const char *path, size_t *size)
{
    char *text = NULL;
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    if (getdelim(&text, &(size_t) {0}, EOF, file) < 0)
        *text = '\0';
    *size = strlen(text);
    fclose(file);
    return text;
}

static void story_accept(const char *path, struct bytes upper, const struct story *story)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fprintf(file, "%.*s--\n%s", (int)upper.size, (const char *)upper.data, story->said);
    assert_int_equal(fclose(file), 0);
}

static void a_story_is_told_as_written(void **state)
{
    char path[PATH_SIZE], where[2048] = "";
    struct bytes upper, lower;
    struct story story;
    size_t size = 0;
    snprintf(path, sizeof path, "%s/%s.story", folder(), (const char *)*state);
    char *text = file_read(path, &size);
    assert_non_null(text);
    struct bytes whole = {(const uint8_t *)text, size};
    story_halves(whole, &upper, &lower);
    assert_true(story_play(whole, &story));
    if (getenv("ACCEPT") && !story.wrong)
        story_accept(path, upper, &story);
    else if (!story.wrong)
        (void)story_differs(&story, lower, where, sizeof where);
    if (story.wrong)
        snprintf(where, sizeof where, "%s\n%s", story.wrong,
                 story.size < 1500 ? story.said : story.said + story.size - 1500);
    free(text);
    story_free(&story);
    if (where[0])
        fail_msg("%s: %s", path, where);
}

/* The same story with other dice. */
static void story_reseed(struct bytes whole, unsigned long seed, char *where, size_t room)
{
    char *text = NULL;
    struct story story;
    const char *after = (const char *)whole.data;
    const char *own = strstr(after, "\nseed ");
    int before = own ? (int)(own + 1 - after) : 0;
    if (own)
        own = strchr(own + 1, '\n') + 1;
    int length = asprintf(&text, "%.*sseed %lu\n%s", before, after, seed, own ? own : after);
    assert_true(length > 0);
    assert_true(story_play((struct bytes) {(const uint8_t *)text, (size_t)length}, &story));
    if (story.wrong)
        snprintf(where, room, "with seed %lu: %s", seed, story.wrong);
    story_free(&story);
    free(text);
}

static void a_story_holds_under_any_seed(void **state)
{
    char path[PATH_SIZE], where[512] = "";
    size_t size = 0;
    snprintf(path, sizeof path, "%s/%s.story", folder(), (const char *)*state);
    char *text = file_read(path, &size);
    assert_non_null(text);
    unsigned long count = strtoul(getenv("SEEDS"), NULL, 10);
    for (unsigned long seed = 1000; seed < 1000 + count && !where[0]; seed++)
        story_reseed((struct bytes) {(const uint8_t *)text, size}, seed, where, sizeof where);
    free(text);
    if (where[0])
        fail_msg("%s %s", path, where);
}

static int is_story(const struct dirent *entry)
{
    const char *only = getenv("STORY");
    size_t length = strlen(entry->d_name);
    if (length < 7 || strcmp(entry->d_name + length - 6, ".story") != 0)
        return 0;
    return !only || (strlen(only) == length - 6 && strncmp(only, entry->d_name, length - 6) == 0);
}

int main(void)
{
    static struct CMUnitTest tests[STORIES_MAX];
    struct dirent **entries;
    void (*plays)(void **) =
        getenv("SEEDS") ? a_story_holds_under_any_seed : a_story_is_told_as_written;
    int count = scandir(folder(), &entries, is_story, alphasort);
    if (count < 0 || count > STORIES_MAX)
        return 1;
    for (int i = 0; i < count; i++) {
        char *name = strndup(entries[i]->d_name, strlen(entries[i]->d_name) - 6);
        tests[i] = (struct CMUnitTest) {name, plays, NULL, NULL, name};
        free(entries[i]);
    }
    free(entries);
    int failed = _cmocka_run_group_tests("stories", tests, (size_t)count, NULL, NULL);
    for (int i = 0; i < count; i++)
        free((char *)tests[i].name);
    return failed;
}
