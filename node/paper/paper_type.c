#include "paper/paper_type.h"

#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <stdbool.h>
#include <string.h>

static const char family[] = "DejaVu Sans";
static const char *const faces[] = {"Book", "Bold"};

static const struct {
    bool bold;
    double size;
} styles[PAPER_TYPE_STYLES] = {
    [PAPER_TYPE_TITLE] = {true, 16},   [PAPER_TYPE_SECOND_TITLE] = {false, 11},
    [PAPER_TYPE_HEADING] = {true, 11}, [PAPER_TYPE_SECOND] = {false, 7.5},
    [PAPER_TYPE_TEXT] = {false, 9},    [PAPER_TYPE_STRONG] = {true, 9},
    [PAPER_TYPE_HEAD] = {true, 8},     [PAPER_TYPE_NOTE] = {false, 7.5},
};

/* A line of each script: what is set once is in memory for good. */
static const char every_script[] = "Aa Éé Łł Őő Ţţ ßẞ Þþ İı Ωω Άά Ἀἀ Жж Її Ққ Ұұ Һһ Ⴀა Աա "
                                   "אב عر 0123456789 .,;:!?()[]/+-–—•°×→ \xEF\xBF\xBD";

/* The files of the family, as fontconfig knows them, into a configuration with nothing else. */
static bool faces_take(FcConfig *found, FcConfig *ours)
{
    bool whole = true;
    for (size_t i = 0; i < sizeof faces / sizeof *faces; i++) {
        FcPattern *wanted = FcPatternBuild(NULL, FC_FAMILY, FcTypeString, family, FC_STYLE,
                                           FcTypeString, faces[i], (char *)NULL);
        FcObjectSet *asked = FcObjectSetBuild(FC_FILE, (char *)NULL);
        FcFontSet *fonts = FcFontList(found, wanted, asked);
        FcChar8 *file;
        whole = whole && fonts && fonts->nfont > 0 &&
                FcPatternGetString(fonts->fonts[0], FC_FILE, 0, &file) == FcResultMatch &&
                FcConfigAppFontAddFile(ours, file);
        if (fonts)
            FcFontSetDestroy(fonts);
        FcObjectSetDestroy(asked);
        FcPatternDestroy(wanted);
    }
    return whole;
}

static FcConfig *config_make(void)
{
    FcConfig *found = FcInitLoadConfigAndFonts(), *ours = FcConfigCreate();
    bool whole = found && ours && faces_take(found, ours);
    if (found)
        FcConfigDestroy(found);
    if (whole || !ours)
        return ours;
    FcConfigDestroy(ours);
    return NULL;
}

static cairo_status_t swallow(void *, const unsigned char *, unsigned)
{
    return CAIRO_STATUS_SUCCESS;
}

/* Sets the line in each style on a page that nobody sees, as far as its file's last byte: glyphs
 * are taken out of the fonts only then. */
static bool warm_up(struct paper_type *type)
{
    enum { WIDTH = 500, HEIGHT = 800 };
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(swallow, NULL, WIDTH, HEIGHT);
    cairo_t *cairo = cairo_create(surface);
    for (enum paper_type_style style = 0; style < PAPER_TYPE_STYLES; style++) {
        PangoLayout *layout = paper_type_layout(type, style, every_script, WIDTH);
        cairo_move_to(cairo, 0, 0);
        pango_cairo_show_layout(cairo, layout);
        g_object_unref(layout);
    }
    cairo_show_page(cairo);
    cairo_surface_finish(surface);
    bool fine = cairo_status(cairo) == CAIRO_STATUS_SUCCESS &&
                cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS && type->boxes == 0;
    cairo_destroy(cairo);
    cairo_surface_destroy(surface);
    return fine;
}

/* Exact widths at any scale: paper has no pixels. */
static void context_make(struct paper_type *type)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    type->context = pango_font_map_create_context(type->map);
    pango_cairo_context_set_font_options(type->context, options);
    pango_context_set_round_glyph_positions(type->context, FALSE);
    cairo_font_options_destroy(options);
}

/* What libraries have to say of a font is for nobody; to say it they would look around. */
static GLogWriterOutput say_nothing(GLogLevelFlags, const GLogField *, gsize, gpointer)
{
    return G_LOG_WRITER_HANDLED;
}

enum fault paper_type_open(struct paper_type *type)
{
    enum { POINTS_PER_INCH = 72 };
    *type = (struct paper_type) {0};
    g_log_set_writer_func(say_nothing, NULL, NULL);
    FcConfig *config = config_make();
    if (!config)
        return FAULT_FILE;
    type->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(type->map), POINTS_PER_INCH);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(type->map), config);
    context_make(type);
    for (enum paper_type_style style = 0; style < PAPER_TYPE_STYLES; style++) {
        PangoFontDescription *font = pango_font_description_new();
        pango_font_description_set_family_static(font, family);
        pango_font_description_set_weight(font, styles[style].bold ? PANGO_WEIGHT_BOLD
                                                                   : PANGO_WEIGHT_NORMAL);
        pango_font_description_set_size(font, (int)(styles[style].size * PANGO_SCALE));
        type->styles[style] = font;
    }
    return warm_up(type) ? FAULT_NONE : FAULT_FILE;
}

/* A flag of a command that is broken at its hyphens is none any more. */
static void flags_keep(PangoAttrList *list, const char *text)
{
    for (const char *at = text; (at = strstr(at, "--"));) {
        PangoAttribute *whole = pango_attr_allow_breaks_new(FALSE);
        whole->start_index = (guint)(at - text);
        at += strcspn(at, " ");
        whole->end_index = (guint)(at - text);
        pango_attr_list_insert(list, whole);
    }
}

PangoLayout *paper_type_layout(struct paper_type *type, enum paper_type_style style,
                               const char *text, double width)
{
    PangoLayout *layout = pango_layout_new(type->context);
    /* A hyphen in a code or an identifier would be another one. */
    PangoAttrList *whole = pango_attr_list_new();
    pango_attr_list_insert(whole, pango_attr_insert_hyphens_new(FALSE));
    flags_keep(whole, text);
    pango_layout_set_font_description(layout, type->styles[style]);
    pango_layout_set_text(layout, text, -1);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_attributes(layout, whole);
    pango_attr_list_unref(whole);
    type->boxes += (size_t)pango_layout_get_unknown_glyphs_count(layout);
    return layout;
}
