"""Cost against size as SVG: time for each record and memory, by stored records and partners."""
import html
import math

WIDTH, HEIGHT = 980, 760
LEFT, TOP, PANEL_WIDTH, PANEL_HEIGHT = 90, 110, 360, 230
GAP_X, GAP_Y = 120, 110
INK, GREY, GRID = "#222222", "#666666", "#dddddd"
COLOURS = ["#1f5fa8", "#b5461e", "#2f7d4f"]
UNITS = {1000000: "1 M", 100000: "100 k", 10000: "10 k", 1000: "1 000"}

# Columns: the names' last part and what it counts. Rows: lines and what they show.
COLUMNS = [("stored", [10000, 100000, 1000000], "records stored before"),
           ("partners", [1, 50, 566, 1000], "partners")]


def microseconds(figure):
    """The time for each record from a rate; the least rate is the most time."""
    return tuple(1e6 / figure[key] if figure[key] else None for key in ("value", "most", "least"))


def plain(figure):
    return figure["value"], figure["least"], figure["most"]


# Each line: the figure's name without its size, what it is called, how it becomes the row's unit.
ROWS = [
    ("time for each record, node to node", "µs",
     {"stored": [("stored_rate", "on the clock", microseconds),
                 ("stored_cpu_sender", "processor, sender", plain),
                 ("stored_cpu_receiver", "processor, receiver", plain)],
      "partners": [("partners_rate", "on the clock", microseconds),
                   ("partners_cpu_node", "processor, the node", plain),
                   ("partners_cpu_others", "processor, partners", plain)]},
     (1e6 / 60000, "wanted: 16.7 µs (60,000/s)")),
    ("resident memory of one node", "MB",
     {"stored": [("stored_rss_receiver", "receiver", plain),
                 ("stored_rss_sender", "sender", plain),
                 ("stored_rss_started", "receiver, just started", plain)],
      "partners": [("partners_rss", "the node", plain)]},
     (64, "wanted: at most 64 MB")),
]


def text(x, y, words, size=13, anchor="start", colour=INK, more=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" ' \
           f'fill="{colour}" {more}>{html.escape(words)}</text>'


def line(x1, y1, x2, y2, colour=INK, more=""):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" ' \
           f'{more}/>'


def steps(most):
    """Round marks from 0 to beyond the most."""
    power = 10 ** math.floor(math.log10(most / 4))
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m * 5 >= most)
    return [step * i for i in range(math.ceil(most / step) + 1)]


class Panel:
    def __init__(self, column, row, sizes, most):
        self.left = LEFT + column * (PANEL_WIDTH + GAP_X)
        self.top = TOP + row * (PANEL_HEIGHT + GAP_Y)
        self.bottom, self.right = self.top + PANEL_HEIGHT, self.left + PANEL_WIDTH
        self.sizes, self.marks = sizes, steps(most)

    def x(self, size):
        first, last = math.log10(self.sizes[0]), math.log10(self.sizes[-1])
        return self.left + 24 + (math.log10(size) - first) / (last - first) * (PANEL_WIDTH - 48)

    def y(self, value):
        return self.bottom - value / self.marks[-1] * PANEL_HEIGHT

    def frame(self, title, unit, counted):
        yield text(self.left, self.top - 14, f"{title} ({unit})", 14, more='font-weight="bold"')
        for mark in self.marks:
            yield line(self.left, self.y(mark), self.right, self.y(mark), GRID)
            yield text(self.left - 8, self.y(mark) + 4, f"{mark:g}", 12, "end", GREY)
        yield line(self.left, self.bottom, self.right, self.bottom)
        yield line(self.left, self.top, self.left, self.bottom)
        for place, size in enumerate(self.sizes):
            near = place + 1 < len(self.sizes) and \
                self.x(self.sizes[place + 1]) - self.x(size) < 42
            shift = -14 if near else 14 if place and \
                self.x(size) - self.x(self.sizes[place - 1]) < 42 else 0
            yield line(self.x(size), self.bottom, self.x(size), self.bottom + 5)
            yield text(self.x(size) + shift, self.bottom + 20, UNITS.get(size, str(size)), 12,
                       "middle", GREY)
        yield text((self.left + self.right) / 2, self.bottom + 40,
                   f"{counted} (logarithmic)", 12, "middle", GREY)

    def goal(self, value, words):
        if value > self.marks[-1]:
            return
        yield line(self.left, self.y(value), self.right, self.y(value), GREY,
                   'stroke-dasharray="6 4"')
        beside = 13 if 18 < self.bottom - self.y(value) < 60 else -5  # where the points are not
        yield text(self.right - 4, self.y(value) + beside, words, 11, "end", GREY)

    def series(self, points, colour, place, words):
        """Points: size, value, least, most."""
        path = " ".join(f"{self.x(size):.1f},{self.y(value):.1f}" for size, value, _, _ in points)
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        for size, value, least, most in points:
            yield line(self.x(size), self.y(least), self.x(size), self.y(most), colour,
                       'stroke-width="1.5"')
            yield f'<circle cx="{self.x(size):.1f}" cy="{self.y(value):.1f}" r="4" ' \
                  f'fill="{colour}"/>'
            if place == 0:
                yield text(self.x(size), self.y(most) - 10, f"{value:.3g}", 12, "middle", colour)
        y = self.top + 12 + 16 * place
        yield line(self.right - 170, y, self.right - 150, y, colour, 'stroke-width="3"')
        yield text(self.right - 144, y + 4, words, 12)


def points_of(figures, name, sizes, way):
    return [(size, *way(figures[f"{name}_{size}"])) for size in sizes
            if f"{name}_{size}" in figures]


def panel(figures, column, row):
    name, sizes, counted = COLUMNS[column]
    title, unit, lines, goal = ROWS[row]
    drawn = [(words, points_of(figures, figure, sizes, way))
             for figure, words, way in lines[name]]
    drawn = [(words, points) for words, points in drawn if points]
    most = max([goal[0]] + [point[3] for _, points in drawn for point in points])
    one = Panel(column, row, sizes, most * 1.45)
    yield from one.frame(title, unit, counted)
    yield from one.goal(*goal)
    for place, (words, points) in enumerate(drawn):
        yield from one.series(points, COLOURS[place], place, words)
    if not drawn:
        yield text(one.left + 20, one.top + 40, "not measured", 13, colour=GREY)


def draw(told):
    figures, run = told["figures"], told["run"]
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
           f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="DejaVu Sans, sans-serif">',
           '<rect width="100%" height="100%" fill="#ffffff"/>',
           text(LEFT, 36, "Peregrin: what size costs", 20, more='font-weight="bold"'),
           text(LEFT, 58, f"{run['processor']}, {run['began']}, load before {run['load_before']}."
                          " Points are medians, bars the least and the most of the runs.", 12,
                colour=GREY)]
    for column in range(len(COLUMNS)):
        for row in range(len(ROWS)):
            out += panel(figures, column, row)
    return "\n".join([*out, "</svg>"]) + "\n"
