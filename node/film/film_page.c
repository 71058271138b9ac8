#include "film/film_page.h"

#include "film/film_heat.h"
#include "film/film_sequence.h"
#include "film/film_sets.h"
#include "film/film_svg.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const char style[] =
    ":root{color-scheme:light dark;--ink:#1b1f23;--soft:#57606a;--ground:#fff;--band:#f3f5f7;"
    "--rule:#d8dee4;--bad:#b84a00;--good:#00694b}\n"
    "@media screen and (prefers-color-scheme:dark){:root{--ink:#e6e9ec;--soft:#a4aeb8;"
    "--ground:#14181c;--band:#1d2329;--rule:#333b43;--bad:#b84a00;--good:#00694b}}\n"
    "body{margin:0 auto;max-width:1500px;padding:24px 28px 60px;background:var(--ground);"
    "color:var(--ink);font:16px/1.5 system-ui,'DejaVu Sans',Verdana,sans-serif}\n"
    "h1{font-size:26px;line-height:1.25;margin:0 0 4px}h2{font-size:20px;margin:44px 0 8px}\n"
    "p{max-width:80ch;margin:8px 0}.soft{color:var(--soft)}\n"
    "p.verdict{max-width:none;margin:20px 0;padding:14px 18px;border-radius:6px;color:#fff;"
    "font-weight:600}\n"
    ".verdict code{display:block;font-weight:400;margin-top:4px;overflow-wrap:anywhere}\n"
    ".bad{background:var(--bad)}.good{background:var(--good)}\n"
    "code,pre{font:13px/1.5 'DejaVu Sans Mono',ui-monospace,monospace}\n"
    "pre{background:var(--band);padding:12px 14px;border-radius:6px;overflow-x:auto;margin:8px 0}\n"
    "figure{margin:10px 0;overflow-x:auto;border:1px solid var(--rule);border-radius:6px}\n"
    "figure svg{display:block}\n"
    "table{border-collapse:collapse;margin:8px 0}th,td{padding:4px 22px 4px 0;text-align:left;"
    "border-bottom:1px solid var(--rule);font-weight:400}td{font-variant-numeric:tabular-nums}\n"
    "th{color:var(--soft)}\n"
    "ol.story{background:var(--band);border-radius:6px;margin:8px 0;padding:12px 14px 12px 58px;"
    "font:13px/1.6 'DejaVu Sans Mono',ui-monospace,monospace;overflow-x:auto}\n"
    "ol.story li{white-space:pre;padding:0 6px}ol.story li::marker{color:var(--soft)}\n"
    "ol.story li.bad{color:#fff;border-radius:4px}ol.story .note{color:var(--soft)}\n"
    "details{margin:8px 0}summary{cursor:pointer}\n"
    "nav a{margin-right:18px}a{color:inherit}\n"
    "@media print{body{max-width:none;padding:0;font-size:11pt}figure{overflow:visible;"
    "border:0;break-inside:avoid-page}figure svg{max-width:100%;height:auto}nav{display:none}"
    ".verdict,ol.story li.bad{print-color-adjust:exact;-webkit-print-color-adjust:exact}"
    "pre,ol.story{overflow:visible;white-space:pre-wrap}}\n";

static void say(FILE *out, struct bytes text)
{
    char *copy = strndup((const char *)text.data, text.size);
    if (copy)
        svg_escape(out, copy);
    free(copy);
}

struct bytes film_page_line(struct bytes text, size_t number)
{
    for (size_t at = 0; at < text.size;) {
        const uint8_t *end = memchr(text.data + at, '\n', text.size - at);
        size_t length = end ? (size_t)(end - text.data) - at : text.size - at;
        if (--number == 0)
            return (struct bytes) {text.data + at, length};
        at += length + 1;
    }
    return (struct bytes) {0};
}

/* `line 7: ...`: 7. */
static size_t wrong_line(const char *wrong)
{
    unsigned long number = 0;
    return wrong && sscanf(wrong, "line %lu:", &number) == 1 ? number : 0;
}

/* ---- parts ---- */

static void head_write(const struct film_facts *facts, FILE *out)
{
    fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>",
          out);
    svg_escape(out, facts->title);
    fputs("</title>\n<style>\n", out);
    fputs(style, out);
    film_svg_style(out);
    fputs("</style>\n</head>\n<body>\n<header>\n<h1>", out);
    svg_escape(out, facts->title);
    fputs("</h1>\n", out);
}

static void verdict_write(const struct story *story, const struct film_facts *facts, FILE *out)
{
    if (!story->wrong) {
        fputs(
            "<p class=\"verdict good\" role=\"status\">✓ Everything that was expected held.</p>\n",
            out);
    } else {
        struct bytes line = film_page_line(facts->text, wrong_line(story->wrong));
        fputs("<p class=\"verdict bad\" role=\"status\">✕ ", out);
        svg_escape(out, story->wrong);
        if (line.size) {
            fputs("<code>", out);
            say(out, line);
            fputs("</code>", out);
        }
        fputs("</p>\n", out);
    }
    if (facts->replay) {
        fputs("<p>See it again:</p>\n<pre>", out);
        svg_escape(out, facts->replay);
        fputs("</pre>\n", out);
    }
    fputs("<nav aria-label=\"Parts of this page\"><a href=\"#order\">In order</a>"
          "<a href=\"#busy\">Who was busy</a><a href=\"#records\">Records</a>"
          "<a href=\"#story\">The story</a><a href=\"#said\">What was said</a></nav>\n"
          "</header>\n<main>\n",
          out);
}

static void fact(FILE *out, const char *what, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void fact(FILE *out, const char *what, const char *format, ...)
{
    char text[256];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    fprintf(out, "<tr><th scope=\"row\">%s</th><td>", what);
    svg_escape(out, text);
    fputs("</td></tr>\n", out);
}

static void facts_write(const struct film *film, const struct story *story, FILE *out)
{
    size_t homes = 0;
    char lasted[FILM_SVG_TIME], hash[2 * DIGEST_SIZE + 1] = "";
    film_svg_span(story->virtual_us, lasted);
    for (size_t i = 0; i < 16; i++)
        snprintf(hash + 2 * i, 3, "%02x", digest_bytes(&story->hash).data[i]);
    fputs("<table>\n", out);
    for (size_t i = 0; i < film_nodes(film); i++)
        homes += film_home(film, i) == i;
    if (homes == film_nodes(film))
        fact(out, "Nodes", "%zu", homes);
    else
        fact(out, "Nodes", "%zu, of %zu institutions", homes, film_nodes(film));
    fact(out, "Virtual time", "%s", lasted);
    fact(out, "Events", "%" PRIu64, story->events);
    fact(out, "Frames",
         "%" PRIu64 " left, %" PRIu64 " arrived, %" PRIu64 " lost, %" PRIu64 " refused",
         film_deeds(film, WORLD_LEFT), film_deeds(film, WORLD_ARRIVED),
         film_deeds(film, WORLD_LOST), film_refused(film));
    fact(out, "Submissions", "%" PRIu64, film_deeds(film, WORLD_SUBMITTED));
    fact(out, "Ends of processes", "%" PRIu64 ", and %" PRIu64 " backups put back",
         film_deeds(film, WORLD_STOPPED), film_deeds(film, WORLD_RESTORED));
    fact(out, "Records", "%zu", film_records(film)->count);
    fact(out, "Hash of all that happened", "%s…", hash);
    fputs("</table>\n", out);
    if (film_dropped(film))
        fprintf(out,
                "<p class=\"soft\">The film had no more room for %" PRIu64
                " moments: ordinary frames of the beginning are not drawn.</p>\n",
                film_dropped(film));
    if (film_broken(film))
        fputs("<p class=\"soft\">Memory was refused, or a store could not be read: something is "
              "missing here.</p>\n",
              out);
}

/* Lines with their numbers; the one that failed stands out. */
static void story_write(struct bytes text, size_t wrong, FILE *out)
{
    struct bytes upper, lower;
    story_halves(text, &upper, &lower);
    fputs("<ol class=\"story\">\n", out);
    for (size_t at = 0, number = 1; at < upper.size; number++) {
        struct bytes line = film_page_line((struct bytes) {upper.data + at, upper.size - at}, 1);
        bool note = line.size && line.data[0] == '#';
        fprintf(out, "<li%s>", number == wrong ? " class=\"bad\"" : note ? " class=\"note\"" : "");
        if (number == wrong)
            fputs("✕ ", out);
        say(out, line);
        fputs("</li>\n", out);
        at += line.size + 1;
    }
    fputs("</ol>\n", out);
}

static void texts_write(const struct story *story, const struct film_facts *facts, FILE *out)
{
    fputs("<section id=\"story\">\n<h2>The story that was played</h2>\n", out);
    story_write(facts->text, wrong_line(story->wrong), out);
    if (facts->found.size) {
        fputs("<details>\n<summary>The story as it was found, before it was made small</summary>\n",
              out);
        story_write(facts->found, 0, out);
        fputs("</details>\n", out);
    }
    fputs("</section>\n<section id=\"said\">\n<h2>What the nodes said</h2>\n"
          "<p class=\"soft\">Seconds since the world began; <code>.</code> for the integrator, "
          "<code>!</code> when a person must act, <code>&gt;</code> what a user is answered.</p>\n"
          "<pre tabindex=\"0\">",
          out);
    say(out, (struct bytes) {(const uint8_t *)story->said, story->size});
    fputs("</pre>\n</section>\n", out);
}

static bool figures_write(const struct film *film, const struct story *story,
                          const struct film_facts *facts, FILE *out)
{
    struct bytes line = film_page_line(facts->text, wrong_line(story->wrong));
    char *copy = strndup(line.data ? (const char *)line.data : "", line.size);
    const struct film_claim claim = {story->wrong, copy};
    bool good = copy;
    fputs("<section id=\"order\">\n<h2>In order</h2>\n<figure tabindex=\"0\">\n", out);
    good = good && film_sequence_draw(film, &claim, true, out);
    fputs("</figure>\n</section>\n<section id=\"busy\">\n<h2>Who was busy, and who was away</h2>\n"
          "<figure tabindex=\"0\">\n",
          out);
    film_heat_draw(film, true, out);
    fputs("</figure>\n</section>\n<section id=\"records\">\n<h2>What became of each record</h2>\n"
          "<figure tabindex=\"0\">\n",
          out);
    good = good && film_sets_draw(film, true, out);
    fputs("</figure>\n</section>\n", out);
    free(copy);
    return good;
}

bool film_page_write(const struct film *film, const struct story *story,
                     const struct film_facts *facts, FILE *out)
{
    head_write(facts, out);
    verdict_write(story, facts, out);
    facts_write(film, story, out);
    bool good = figures_write(film, story, facts, out);
    texts_write(story, facts, out);
    fputs("</main>\n<footer class=\"soft\"><p>Made by ", out);
    svg_escape(out, facts->program);
    fputs(".</p></footer>\n</body>\n</html>\n", out);
    return good;
}
