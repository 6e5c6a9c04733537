"""Pictures in a Word file, with their alternative text."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple
from xml.etree.ElementTree import Element

from cpreport.inputs.narratives.word.parts import WordFile, number
from cpreport.inputs.texts import visible
from cpreport.model.document import Picture, Span
from cpreport.office.pictures import NotAPicture, read_image
from cpreport.office.xml import legal

_BLIP, _IMAGE = "other:blip", "other:imagedata"
"""The elements that show a file, in today's drawings and in old ones."""

_HOLDERS = ("drawing", "pict")
_MOST_EMU = 10**8
_TURNED = ("rot", "flipH", "flipV")
_CROPPED = ("l", "t", "r", "b", "cropleft", "croptop", "cropright", "cropbottom")


class Refused(NamedTuple):
    """A picture that cannot be printed: its name in Word, the words before it, and why.

    The reason is empty where it has no alternative text.
    """

    name: str
    after: str
    reason: str


class Drawing:
    """A drawing, which may show one file."""

    def __init__(self, element: Element) -> None:
        self._element = element
        self._shown = self._all(_BLIP, _IMAGE) if element.tag in _HOLDERS else []

    @property
    def is_picture(self) -> bool:
        """Whether it shows one file and nothing else: it is no chart, no group and no filled shape."""
        return len(self._shown) == 1 and (self._shown[0].tag == _IMAGE or bool(self._all("other:pic")))

    @property
    def description(self) -> str:
        """The alternative text."""
        texts = (each.get("descr") or each.get("alt") for each in self._element.iter())
        return " ".join(visible(legal(next(filter(None, texts), ""))).split())

    @property
    def name(self) -> str:
        """Its name in Word."""
        return next(filter(None, (each.get("name") for each in self._all("other:docPr"))), "")

    def picture(self, file: WordFile) -> Picture:
        """The picture, in the size that it has in Word. Raises NotAPicture, without a reason where it has no text."""
        if not self.description:
            raise NotAPicture
        if any(_is_set(each, _CROPPED) for each in self._all("other:srcRect", _IMAGE)):
            raise NotAPicture("is cropped, which a reader could undo: crop it elsewhere and insert it again")
        if any(_is_set(each, _TURNED) for each in self._all("other:xfrm")):
            raise NotAPicture("is turned in Word: turn it elsewhere and insert it again")
        content = file.embedded(self._shown[0].get("r:embed") or self._shown[0].get("r:id") or "")
        if content is None:
            raise NotAPicture("is not in the document but linked: insert it without a link; nothing is fetched")
        image = read_image(content)
        for extent in self._all("other:extent")[:1]:
            width, height = (number(extent.get(side)) for side in ("cx", "cy"))
            if 0 < width < _MOST_EMU and 0 < height < _MOST_EMU:
                image = replace(image, width=width, height=height)
        return Picture((Span(self.description),), image)

    def _all(self, *names: str) -> list[Element]:
        return [each for each in self._element.iter() if each.tag in names]


def _is_set(element: Element, names: tuple[str, ...]) -> bool:
    return any(element.get(name, "0") not in ("0", "false", "off") for name in names)
