"""How does a figure become a picture that a page under a strict content policy shows?"""

from __future__ import annotations

import io
import re

from lxml import etree
from matplotlib.figure import Figure

from diary.charts.look import FONT_FAMILY, PALETTES
from diary.charts.sheet import PIXELS_PER_INCH, Points, Shapes

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
# Each point up to here can be reached by keyboard: beyond it, the data table is the shorter way.
MOST_STOPS = 60
# Each point up to here has a tooltip: beyond it they lie on each other.
MOST_TOOLTIPS = 500
# A PNG has two dots a CSS pixel, for sharp text on today's screens.
PNG_SCALE = 2
# Colours carry a class, so that one drawing follows the page's theme: `.ink-fill`, `.ink-line` ...
CLASSES = {colour: role for palette in PALETTES.values() for role, colour in vars(palette).items()}
_PARSER = etree.XMLParser(remove_comments=True, remove_blank_text=True, resolve_entities=False)


def svg(figure: Figure, title: str, description: str, alone: bool = False) -> str:
    """The figure as an <svg> element to put into a page, named and described for screen readers.

    A page shows through it; `alone`, as a file of its own, it has its theme's background.

    No style, no script and nothing from elsewhere; no size but its proportions; every point says
    what it is when pointed at. The same figure gives the same bytes. Ids begin with the figure's
    own, so that several charts can stand on one page.
    """
    file = io.BytesIO()
    background = "auto" if alone else "none"
    figure.savefig(file, format="svg", metadata={"Date": None}, facecolor=background)
    root = etree.fromstring(file.getvalue(), _PARSER)
    for element in [*root.iter(f"{SVG}metadata", f"{SVG}style")]:
        _remove(element)
    _styles_to_attributes(root)
    _name_points(root, figure)
    _shorten(root)
    _rename_ids(root, str(figure.get_gid()))
    _introduce(root, str(figure.get_gid()), title, description)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def png(figure: Figure) -> bytes:
    """The figure as a PNG on its theme's background; the same figure gives the same bytes."""
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=PIXELS_PER_INCH * PNG_SCALE, metadata={"Software": None})
    return file.getvalue()


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _styles_to_attributes(root: etree._Element) -> None:
    for element in root.iter(f"{SVG}*"):
        style = str(element.attrib.pop("style", ""))
        for name, value in re.findall(r"([\w-]+):\s*([^;]+)", style):
            if name not in ("font-family", "font"):
                element.set(name, value.strip())
        if element.get("fill-opacity") == "0":
            del element.attrib["fill-opacity"]
            element.set("fill", "none")
        classes = [
            f"{CLASSES[colour]}-{part}"
            for name, part in (("fill", "fill"), ("stroke", "line"))
            if (colour := element.get(name, "")) in CLASSES
        ]
        if classes:
            element.set("class", " ".join(classes))


def _name_points(root: etree._Element, figure: Figure) -> None:
    """Give each point and shape a group with its words.

    What all points of a kind share moves to the group of their kind.
    """
    artists = [each for each in figure.findobj() if isinstance(each, Points | Shapes)]
    groups = {element.get("id"): element for element in root.iter(f"{SVG}g")}
    total = sum(len(artist.says) for artist in artists)
    for artist in artists:
        if not artist.says:
            continue
        group = groups[artist.get_gid()]
        marks = [*group.iter(f"{SVG}use")] or [*group.iter(f"{SVG}path")]
        group.set("data-kind", str(artist.get_gid()))
        for mark, says in zip(marks, artist.says, strict=True):
            if isinstance(artist, Points):
                for name in [name for name in mark.attrib if name not in (HREF, "x", "y")]:
                    group.set(name, mark.attrib.pop(name))
            if total <= MOST_TOOLTIPS:
                _name(mark, says, stops=total <= MOST_STOPS)


def _name(mark: etree._Element, says: str, stops: bool) -> None:
    point = etree.Element(f"{SVG}g")
    mark.addprevious(point)
    etree.SubElement(point, f"{SVG}title").text = says
    point.append(mark)
    if stops:
        point.set("tabindex", "0")
        point.set("role", "img")
        point.set("aria-label", says)


def _shorten(root: etree._Element) -> None:
    """Round coordinates to what a screen can show; drop turns by nothing and groups of nothing."""
    for element in root.iter(f"{SVG}*"):
        for name, decimals in (("d", 2), ("x", 1), ("y", 1)):
            if name in element.attrib:
                element.set(name, _rounded(element.get(name, ""), decimals))
        if re.match(r"rotate\(-?0[ ,)]", element.get("transform", "")):
            del element.attrib["transform"]
    for group in [*root.iter(f"{SVG}g")]:
        if not set(group.attrib) - {"id"} and group.find(f"{SVG}title") is None:
            for child in group:
                group.addprevious(child)
            _remove(group)


def _rounded(text: str, decimals: int) -> str:
    def short(match: re.Match[str]) -> str:
        return f"{round(float(match[0]), decimals) + 0.0:g}"

    return " ".join(re.sub(r"-?\d+\.\d+", short, text).split())


def _rename_ids(root: etree._Element, prefix: str) -> None:
    """Give what is referred to an id of this chart's own, and everything else none."""
    names: dict[str, str] = {}
    for element in root.iter(f"{SVG}*"):
        for name in (HREF, "clip-path"):
            reference = re.fullmatch(r"(?:url\()?#([^)]+)\)?", str(element.attrib.pop(name, "")))
            if reference:
                new = names.setdefault(reference[1], f"{prefix}-{len(names) + 1}")
                is_link = name == HREF
                element.set("href" if is_link else name, f"#{new}" if is_link else f"url(#{new})")
    for element in root.iter(f"{SVG}*"):
        old = str(element.attrib.pop("id", ""))
        if old in names:
            element.set("id", names[old])


def _introduce(root: etree._Element, prefix: str, title: str, description: str) -> None:
    for name in ("width", "height", "version"):
        del root.attrib[name]
    root.attrib.update(
        {
            "id": prefix,
            "class": "chart",
            "role": "img",
            "aria-labelledby": f"{prefix}-title",
            "aria-describedby": f"{prefix}-desc",
            "preserveAspectRatio": "xMinYMin meet",
            "font-family": FONT_FAMILY,
            "stroke-linejoin": "round",
        }
    )
    for at, (name, text) in enumerate((("title", title), ("desc", description))):
        element = etree.Element(f"{SVG}{name}", id=f"{prefix}-{name}")
        element.text = text
        root.insert(at, element)
