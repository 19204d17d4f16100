"""The figures of the documentation: ``python docs/tools/figures.py`` draws all of them into docs/figures.

Curves are computed, with the package's own functions where it has them. Classes, not colours, are written into the SVG, so that the
site can show them in its own colours; the included style is for a figure that is opened by itself, in light and dark.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import torch

from genstudio.config import KLOptions
from genstudio.generation.paths import linear, slerp, wave
from genstudio.training.schedules import kl_weight

FOLDER = Path(__file__).parents[1] / "figures"

STYLE = """<style>
svg{color:#222;background:#fff}.ink,.box{stroke:#222;fill:none}.faint{stroke:#bbb;fill:none}.one{stroke:#3f6fd1;fill:none}
.two{stroke:#c2571a;fill:none}.three{stroke:#2e8b57;fill:none}.box{fill:#fff}.tint{stroke:#3f6fd1;fill:#3f6fd1;fill-opacity:.15}
text{fill:#222;stroke:none;font-family:sans-serif}text.one{fill:#3f6fd1;stroke:none}text.two{fill:#c2571a;stroke:none}
text.three{fill:#2e8b57;stroke:none}.dot.one{fill:#3f6fd1}.dot.two{fill:#c2571a}.dot.ink{fill:#222}
@media(prefers-color-scheme:dark){svg{background:#1c1c22}.ink,.box{stroke:#ddd}.box{fill:#1c1c22}.faint{stroke:#555}
.one,.tint{stroke:#8fb0ff}.two{stroke:#ffab76}.three{stroke:#7fd3a2}text{fill:#ddd}text.one{fill:#8fb0ff}text.two{fill:#ffab76}
text.three{fill:#7fd3a2}.dot.one{fill:#8fb0ff}.dot.two{fill:#ffab76}.dot.ink{fill:#ddd}}
</style>"""


class Drawing:
    """An SVG of a given width and height."""

    def __init__(self, width: int, height: int, title: str) -> None:
        self.size = width, height
        self.title = title
        self.parts: list[str] = []

    def text(self, x: float, y: float, words: str, kind: str = "", anchor: str = "middle", size: int = 13) -> None:
        """Text with its baseline at y; the part between ``_{`` and ``}`` is a subscript."""
        words = words.replace("&", "&amp;").replace("<", "&lt;")
        while "_{" in words:
            before, _, rest = words.partition("_{")
            low, _, after = rest.partition("}")
            words = f'{before}<tspan dy="4" font-size="{size - 3}">{low}</tspan><tspan dy="-4">{after or "&#8203;"}</tspan>'
        chosen = f' class="{kind}"' if kind else ""
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"{chosen}>{words}</text>')

    def line(self, points: Iterable[tuple[float, float]], kind: str = "ink", width: float = 1.5, dash: str = "") -> None:
        """A line through points."""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(f'<polyline class="{kind}" stroke-width="{width}"{dashed} points="{path}"/>')

    def box(self, x: float, y: float, width: float, height: float, words: str = "", kind: str = "box") -> None:
        """A box with words in its middle."""
        place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
        self.parts.append(f'<rect class="{kind}" {place} rx="6" stroke-width="1.5"/>')
        if words:
            self.text(x + width / 2, y + height / 2 + 4.5, words)

    def dot(self, x: float, y: float, kind: str = "ink", radius: float = 4) -> None:
        """A dot."""
        self.parts.append(f'<circle class="dot {kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius}"/>')

    def arrow(self, x1: float, y1: float, x2: float, y2: float, kind: str = "ink") -> None:
        """An arrow from one point to another."""
        self.line([(x1, y1), (x2, y2)], kind)
        angle = math.atan2(y2 - y1, x2 - x1)
        wings = [(x2 - 8 * math.cos(angle + turn), y2 - 8 * math.sin(angle + turn)) for turn in (0.4, -0.4)]
        self.line([wings[0], (x2, y2), wings[1]], kind)

    def svg(self) -> str:
        """The drawing as SVG."""
        width, height = self.size
        size = f'viewBox="0 0 {width} {height}" style="max-width:{width}px"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{self.title}">'
        return "\n".join([head, STYLE, *self.parts, "</svg>\n"])


class Plot:
    """Axes within a drawing; x and y are in the units of the curves."""

    def __init__(
        self, on: Drawing, place: tuple[float, float, float, float], x: tuple[float, float], y: tuple[float, float],
        labels: tuple[str, str], ticks: tuple[Sequence[float], Sequence[float]], logarithmic: bool = False,
    ) -> None:  # fmt: skip
        self.on, self.place, self.x, self.y, self.logarithmic = on, place, x, y, logarithmic
        left, top, width, height = place
        on.line([(left, top), (left, top + height), (left + width, top + height)], "ink", 1)
        for tick in ticks[0]:
            across, _ = self.at(tick, y[0])
            on.line([(across, top + height), (across, top + height + 4)], "ink", 1)
            on.text(across, top + height + 17, f"{tick:g}", size=11)
        for tick in ticks[1]:
            _, down = self.at(x[0], tick)
            on.line([(left, down), (left + width, down)], "faint", 0.7)
            on.text(left - 6, down + 4, f"{tick:g}".replace("-", "\u2212"), anchor="end", size=11)
        on.text(left + width / 2, top + height + 34, labels[0], size=12)
        on.text(left, top - 10, labels[1], anchor="start", size=12)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A point of the curves in the drawing's units."""
        left, top, width, height = self.place
        scale: Callable[[float], float] = math.log if self.logarithmic else float
        across = (scale(x) - scale(self.x[0])) / (scale(self.x[1]) - scale(self.x[0]))
        return left + width * across, top + height * (1 - (y - self.y[0]) / (self.y[1] - self.y[0]))

    def curve(self, xs: Iterable[float], ys: Iterable[float], kind: str, dash: str = "") -> None:
        """A curve."""
        self.on.line([self.at(float(x), float(y)) for x, y in zip(xs, ys, strict=True)], kind, 2, dash)

    def note(self, x: float, y: float, words: str, kind: str, anchor: str = "start") -> None:
        """Words beside a curve."""
        across, down = self.at(x, y)
        self.on.text(across, down, words, kind, anchor, 12)


def rnn() -> Drawing:
    """A recurrent network, unrolled over four steps."""
    on = Drawing(620, 210, "A recurrent network unrolled in time: each state is made of the one before and of a token.")
    for at in range(4):
        x = 90 + 140 * at
        on.box(x - 32, 85, 64, 42, f"h_{{{at + 1}}}", "tint")
        on.arrow(x, 172, x, 130)
        on.text(x, 190, f"x_{{{at + 1}}}")
        on.arrow(x, 85, x, 46)
        on.text(x, 34, f"p(x_{{{at + 2 if at < 3 else 5}}} | …)" if at else "p(x_{2} | x_{1})")
        if at < 3:
            on.arrow(x + 32, 106, x + 108, 106)
            on.text(x + 70, 98, "U", size=12)
    on.text(104, 154, "W", anchor="start", size=12)
    on.text(104, 72, "V", anchor="start", size=12)
    return on


def lstm() -> Drawing:
    """The cell of an LSTM."""
    on = Drawing(
        620, 250,
        "The cell of an LSTM: the state c goes straight through, scaled by the forget gate, and the input gate adds to it.",
    )
    on.arrow(20, 60, 600, 60, "one")
    on.text(40, 48, "c_{t−1}", "one")
    on.text(580, 48, "c_{t}", "one")
    for x, words, gate in ((170, "×", "f"), (310, "+", "")):
        on.parts.append(f'<circle class="box" cx="{x}" cy="60" r="13" stroke-width="1.5"/>')
        on.text(x, 65, words, size=16)
        if gate:
            on.box(x - 22, 125, 44, 32, f"{gate}_{{t}}", "tint")
            on.arrow(x, 125, x, 75)
    on.parts.append('<circle class="box" cx="310" cy="105" r="11" stroke-width="1.5"/>')
    on.text(310, 110, "×", size=15)
    on.arrow(310, 94, 310, 75)
    on.box(248, 125, 44, 32, "i_{t}", "tint")
    on.arrow(272, 125, 301, 112)
    on.box(328, 125, 44, 32, "g_{t}", "tint")
    on.arrow(348, 125, 319, 112)
    on.box(438, 125, 44, 32, "o_{t}", "tint")
    on.parts.append('<circle class="box" cx="520" cy="141" r="13" stroke-width="1.5"/>')
    on.text(520, 146, "×", size=16)
    on.arrow(482, 141, 505, 141)
    on.line([(520, 60), (520, 80)])
    on.box(495, 80, 50, 26, "tanh")
    on.arrow(520, 106, 520, 127)
    on.arrow(534, 141, 600, 141)
    on.text(584, 131, "h_{t}")
    on.line([(20, 215), (460, 215)])
    on.text(64, 205, "h_{t−1}, x_{t}")
    for x in (170, 270, 350, 460):
        on.arrow(x, 215, x, 159)
    return on


def sequence_vae() -> Drawing:
    """Encoder, code and decoder."""
    on = Drawing(720, 190, "A sequence VAE: tokens, encoder, mean and deviation, a sample z, decoder, tokens.")
    on.text(40, 92, "x")
    on.text(40, 110, "tokens", size=11)
    on.arrow(62, 90, 92, 90)
    on.box(94, 62, 100, 56, "encoder", "tint")
    on.arrow(194, 78, 236, 56)
    on.arrow(194, 102, 236, 124)
    on.box(238, 36, 52, 34, "μ(x)")
    on.box(238, 110, 52, 34, "σ(x)")
    on.arrow(290, 56, 352, 82)
    on.arrow(290, 124, 352, 98)
    on.parts.append('<circle class="box" cx="376" cy="90" r="24" stroke-width="1.5"/>')
    on.text(376, 95, "z")
    on.text(392, 140, "ε ~ N(0, I)", "two", "start", size=12)
    on.arrow(376, 147, 376, 117, "two")
    on.text(376, 30, "z = μ + σ ε", size=12)
    on.arrow(400, 90, 448, 90)
    on.box(450, 62, 100, 56, "decoder", "tint")
    on.arrow(550, 90, 598, 90)
    on.text(650, 92, "log p(x | z)")
    on.line([(40, 118), (40, 178), (500, 178)], "faint", 1.5, "5 4")
    on.arrow(500, 178, 500, 120, "faint")
    on.text(250, 173, "the tokens so far (teacher forcing)", size=11)
    return on


def kl() -> Drawing:
    """The KL of a dimension against the deviation."""
    on = Drawing(
        620, 300,
        "The KL of one dimension against its standard deviation, for three means: least at sigma 1 and mean 0, where it is 0.",
    )
    plot = Plot(
        on, (60, 40, 520, 200), (0.0, 2.5), (0.0, 3.0), ("standard deviation σ", "KL, nats"),
        ((0.5, 1, 1.5, 2, 2.5), (0, 1, 2, 3)),
    )  # fmt: skip
    for mean, kind, place in ((0.0, "one", (1.75, 0.22)), (1.0, "two", (1.42, 1.08)), (2.0, "three", (1.0, 2.16))):
        sigma = np.linspace(0.04, 2.5, 300)
        values = 0.5 * (mean**2 + sigma**2 - 1 - np.log(sigma**2))
        shown = values <= 3.0
        plot.curve(sigma[shown], values[shown], kind)
        plot.note(*place, f"mean {mean:g}", kind)
    on.dot(*plot.at(1, 0), "one")
    return on


def schedules() -> Drawing:
    """The weight of the KL over a training, computed by the training's own schedules."""
    on = Drawing(620, 290, "The weight of the KL over a training: linear, sigmoid and cyclical.")
    plot = Plot(
        on, (60, 40, 520, 190), (0, 1), (0, 1.05), ("share of the training", "weight of the KL"),
        ((0, 0.25, 0.5, 0.75, 1), (0, 0.5, 1)),
    )  # fmt: skip
    share = np.linspace(0, 1, 401)
    for name, kind, dash, warmup in (("cyclical", "three", "", 0.5), ("linear", "one", "", 0.6), ("sigmoid", "two", "", 0.6)):
        options = KLOptions(schedule=name, warmup=warmup)
        plot.curve(share, [kl_weight(options, float(x)) for x in share], kind, dash)
    plot.note(0.51, 0.73, "linear", "one")
    plot.note(0.17, 0.08, "sigmoid", "two", "end")
    plot.note(0.80, 0.30, "cyclical", "three")
    return on


def importance() -> Drawing:
    """The importance-weighted bound of the worked example against K, estimated from samples, with its limits."""
    on = Drawing(
        620, 300,
        "The importance-weighted bound rises with K from the ELBO, minus 1.919, to the log likelihood, minus 1.516.",
    )
    exact = -0.5 * math.log(4 * math.pi) - 0.25
    elbo = -0.5 * math.log(2 * math.pi) - 1.0
    counts = [1, 2, 3, 5, 8, 12, 20, 32, 50, 80, 128, 200, 320, 500]
    draw = np.random.default_rng(0)
    logs = -0.5 * math.log(2 * math.pi) - 0.5 * (1.0 - draw.standard_normal((4000, 500))) ** 2  # x = 1, z from q = the prior
    bounds = [float(np.mean(np.logaddexp.reduce(logs[:, :count], axis=1) - math.log(count))) for count in counts]
    bounds[0] = elbo
    plot = Plot(
        on, (70, 40, 510, 200), (1, 500), (-2.0, -1.45), ("number of samples K", "nats"),
        ((1, 5, 20, 100, 500), (-2, -1.8, -1.6)), True,
    )  # fmt: skip
    plot.curve([1, 500], [exact, exact], "two", "6 4")
    plot.curve([1, 500], [elbo, elbo], "three", "6 4")
    plot.curve(counts, bounds, "one")
    plot.note(1.2, exact + 0.02, "log p(x)", "two")
    plot.note(500, elbo + 0.02, "ELBO (K = 1)", "three", "end")
    plot.note(4, -1.74, "importance-weighted bound", "one")
    return on


def shell() -> Drawing:
    """Where the prior's mass is, and the distance from the centre along a straight line and an arc."""
    on = Drawing(
        720, 300,
        "Left: the length of a Gaussian vector of D dimensions gathers around the root of D. Right: half way between two such "
        "vectors of 32 dimensions a straight line has length 4.0, the arc 5.6.",
    )
    plot = Plot(on, (50, 40, 290, 200), (0, 13), (0, 0.85), ("length of z", "density"), ((0, 4, 8, 12), ()))
    radius = np.linspace(0.01, 13, 400)
    for dims, kind, place in ((1, "ink", 0.9), (8, "three", 2.3), (32, "two", 5.1), (128, "one", 10.4)):
        density = np.exp((dims - 1) * np.log(radius) - radius**2 / 2 - (dims / 2 - 1) * math.log(2) - math.lgamma(dims / 2))
        plot.curve(radius, density, kind)
        plot.note(place, float(density.max()) + 0.03, f"D = {dims}", "" if kind == "ink" else kind)
    a, b = _ends()
    other = Plot(
        on, (415, 40, 270, 200), (0, 1), (3.5, 6.5), ("t, from a to b", "length of the point (D = 32)"),
        ((0, 0.5, 1), (4, 5, 6)),
    )  # fmt: skip
    share = np.linspace(0, 1, 101)
    for between, kind in ((slerp, "one"), (linear, "two")):
        other.curve(share, [float(between(a, b, float(t)).norm()) for t in share], kind)
    other.note(0.5, 5.75, "along the sphere", "one", "middle")
    other.note(0.5, 4.2, "straight", "two", "middle")
    return on


def _ends() -> tuple[torch.Tensor, torch.Tensor]:
    """Two codes of 32 dimensions with the usual length of draws from the prior, at a right angle, as two such draws nearly are."""
    length = math.sqrt(32)
    a, b = torch.zeros(32), torch.zeros(32)
    a[0], b[1] = length, length
    return a, b


def turning() -> Drawing:
    """How far each bar has turned along the path of :func:`wave`, beside the arc for all of them."""
    on = Drawing(620, 300, "On a wave the bars of a melody turn one after the other, each within a fifth of the path.")
    plot = Plot(
        on, (60, 40, 520, 200), (0, 1), (0, 1.05), ("t, from a to b", "how far a bar's code has turned"),
        ((0, 0.25, 0.5, 0.75, 1), (0, 0.5, 1)),
    )  # fmt: skip
    bars, dims = 8, 2
    places = torch.arange(bars)
    a, b = torch.tensor([1.0, 0.0]).repeat(bars), torch.tensor([0.0, 1.0]).repeat(bars)
    share = np.linspace(0, 1, 301)
    codes = (wave(a, b, float(t), places).view(bars, dims).tolist() for t in share)
    turned = np.array([[math.atan2(y, x) / (math.pi / 2) for x, y in code] for code in codes])
    for bar in range(bars):
        plot.curve(share, turned[:, bar], "one")
    plot.curve([0, 1], [0, 1], "two", "6 4")
    plot.note(0.085, 0.62, "bar 1", "one", "end")
    plot.note(0.985, 0.12, "bar 8", "one", "end")
    plot.note(1.0, 1.09, "dashed: slerp, all bars at once", "two", "end")
    return on


def architecture() -> Drawing:
    """The packages as floors, and the path of a piece through them."""
    on = Drawing(900, 510, "The packages of GenStudio as floors; a file becomes a piece, symbols, tokens and a code, and back.")
    floors = (
        ("cli · gui", "commands and window: no engine code", "box"),
        ("genstudio · tasks", "the facade; corpora, training, measuring, maps, exporting", "box"),
        ("training · library · rendering", "the loop; the record of pieces; files for other programs", "box"),
        ("latent", "codec, operations, jobs", "tint"),
        ("evaluation · generation", "metrics; paths, and the choice among decodings", "tint"),
        ("decoding", "codes to tokens: constraints and one loop", "tint"),
        ("models", "SequenceVAE, cores, priors, checkpoints", "tint"),
        ("corpus · tokens", "ids in memory-mapped files; symbols to ids", "tint"),
        ("domains", "one folder for each kind of data: files, pieces, symbols", "tint"),
        ("config · provenance · files · errors", "settings, jobs, files, errors", "box"),
    )
    for at, (name, about, kind) in enumerate(floors):
        y = 16 + 49 * at
        on.box(16, y, 500, 42, "", kind)
        on.text(30, y + 18, name, anchor="start", size=14)
        on.text(30, y + 34, about, anchor="start", size=11)
    on.text(700, 41, "genstudio interpolate A.mid B.mid", size=13)
    on.arrow(700, 50, 700, 158)
    on.text(712, 110, "by its description", anchor="start", size=11)
    on.text(700, 175, "latent/operations/interpolate", size=12)
    there = ((478, "A.mid, B.mid"), (429, "pieces"), (380, "token ids"), (331, "codes"), (200, ""))
    back = ((200, ""), (233, "a path of codes"), (282, "token ids"), (429, "pieces"), (478, "step-00.mid …"))
    for x, stops, kind, anchor, side in ((650, there, "one", "end", -12), (750, back, "two", "start", 12)):
        for (y, words), (further, _) in zip(stops, [*stops[1:], stops[-1]], strict=True):
            if words:
                on.dot(x, y, kind)
                on.text(x + side, y + 4, words, kind, anchor, 12)
            if further != y:
                on.arrow(x, y + math.copysign(6, further - y), x, further - math.copysign(7, further - y), kind)
    on.arrow(657, 193, 742, 193)
    return on


FIGURES: dict[str, Callable[[], Drawing]] = {
    "architecture": architecture,
    "rnn": rnn,
    "lstm": lstm,
    "sequence-vae": sequence_vae,
    "kl": kl,
    "schedules": schedules,
    "importance": importance,
    "shell": shell,
    "wave": turning,
}


def main() -> int:
    """Draw all of them."""
    FOLDER.mkdir(exist_ok=True)
    for name, draw in FIGURES.items():
        (FOLDER / f"{name}.svg").write_text(draw().svg(), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
