"""A small PDF that keeps PDF/UA, as text: two pages with a heading each, a link, a picture, a field and a table."""

from __future__ import annotations

from collections.abc import Mapping

TITLE = "Placements in 2023"
CLAIM = "<pdfuaid:part>1</pdfuaid:part>"
LINE = "50 590 m 545 590 l S"
PICTURE = "/Alt (Carers live in every ward)"
CELL = "/P 32 0 R /K 4 >>"

_XMP = f"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">{CLAIM}
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{TITLE}</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta>"""
_PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Tabs /S"
_TH = "<< /Type /StructElem /S /TH /A << /O /Table /Scope"
_CHARACTERS = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Text def /CMapType 2 def
1 begincodespacerange <20> <7E> endcodespacerange 1 beginbfrange <20> <7E> <0020> endbfrange endcmap end end"""
_FIRST_PAGE = f"""/H1 << /MCID 0 >> BDC BT /F1 20 Tf 50 780 Td (Placements in 2023) Tj ET EMC
/P << /MCID 1 >> BDC BT /F1 12 Tf 50 740 Td (Most children live with carers.) Tj ET EMC
/Link << /MCID 2 >> BDC BT /F1 12 Tf 50 700 Td (How to foster) Tj ET EMC
/Figure << /MCID 3 >> BDC q 100 0 0 50 50 600 cm /Im1 Do Q EMC
/Artifact BMC {LINE} EMC"""
SECOND_PAGE = """/H2 << /MCID 0 >> BDC BT /F1 16 Tf 50 780 Td (Homes) Tj ET EMC
/TH << /MCID 1 >> BDC BT /F1 10 Tf 50 740 Td (Placement) Tj ET EMC
/TH << /MCID 2 >> BDC BT /F1 10 Tf 200 740 Td (Children) Tj ET EMC
/TH << /MCID 3 >> BDC BT /F1 10 Tf 50 720 Td (Foster carers) Tj ET EMC
/TD << /MCID 4 >> BDC BT /F1 10 Tf 200 720 Td (402) Tj ET EMC"""

FONT = (
    "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [.001 0 0 .001 0 0] /FirstChar 32"
    f" /LastChar 126 /Widths [{'500 ' * 95}] /CharProcs << /g 14 0 R >> /Resources << >> /ToUnicode 15 0 R"
    f" /Encoding << /Type /Encoding /Differences [32 {'/g ' * 95}] >> >>"
)
_OF_SECOND = "/Contents 13 0 R /StructParents 1 /Resources << /Font << /F1 9 0 R >>"

_OBJECTS: dict[int, str | tuple[str, str]] = {
    1: "<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) /MarkInfo << /Marked true >> /StructTreeRoot 20 0 R"
    " /ViewerPreferences << /DisplayDocTitle true >> /Metadata 3 0 R /Outlines 4 0 R"
    " /AcroForm << /Fields [12 0 R] /DA (/F1 12 Tf) /DR << /Font << /F1 9 0 R >> >> >> >>",
    2: "<< /Type /Pages /Kids [5 0 R 6 0 R] /Count 2 >>",
    3: ("/Type /Metadata /Subtype /XML", _XMP),
    4: "<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>",
    5: f"{_PAGE} /Contents 8 0 R /StructParents 0 /Annots [11 0 R 12 0 R]"
    " /Resources << /Font << /F1 9 0 R >> /XObject << /Im1 10 0 R >> >> >>",
    6: f"{_PAGE} {_OF_SECOND} >> >>",
    7: "<< /Title (Placements) /Parent 4 0 R /Dest [5 0 R /Fit] >>",
    8: ("", _FIRST_PAGE),
    9: FONT,
    10: (
        "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray",
        "7",
    ),
    11: "<< /Type /Annot /Subtype /Link /Rect [50 690 200 715] /Border [0 0 0] /StructParent 2 /F 4"
    " /Contents (How to foster) /A << /S /URI /URI (https://www.kirklees.gov.uk/foster) >> >>",
    12: "<< /Type /Annot /Subtype /Widget /FT /Tx /T (ward) /TU (Your ward) /Rect [50 500 200 520] /F 4 /P 5 0 R"
    " /StructParent 3 /AP << /N 16 0 R >> >>",
    13: ("", SECOND_PAGE),
    14: ("", "500 0 0 0 400 700 d1 0 0 400 700 re f"),
    15: ("", _CHARACTERS),
    16: ("/Type /XObject /Subtype /Form /BBox [0 0 150 20]", "/Tx BMC EMC"),
    20: "<< /Type /StructTreeRoot /K 21 0 R /ParentTree 22 0 R /ParentTreeNextKey 4 /RoleMap << /Note1 /P >> >>",
    21: "<< /Type /StructElem /S /Document /P 20 0 R /K [23 0 R 24 0 R 25 0 R 26 0 R 27 0 R 28 0 R] >>",
    22: "<< /Nums [0 [23 0 R 24 0 R 29 0 R 25 0 R] 1 [27 0 R 33 0 R 34 0 R 35 0 R 36 0 R] 2 29 0 R 3 26 0 R] >>",
    23: "<< /Type /StructElem /S /H1 /P 21 0 R /Pg 5 0 R /K 0 >>",
    24: "<< /Type /StructElem /S /P /P 21 0 R /Pg 5 0 R /K [1 29 0 R] >>",
    25: f"<< /Type /StructElem /S /Figure /P 21 0 R /Pg 5 0 R {PICTURE} /K 3"
    " /A << /O /Layout /Placement /Block /BBox [50 600 150 650] >> >>",
    26: "<< /Type /StructElem /S /Form /P 21 0 R /Pg 5 0 R /K << /Type /OBJR /Pg 5 0 R /Obj 12 0 R >> >>",
    27: "<< /Type /StructElem /S /H2 /P 21 0 R /Pg 6 0 R /K 0 >>",
    28: "<< /Type /StructElem /S /Table /P 21 0 R /K [31 0 R 32 0 R] >>",
    29: "<< /Type /StructElem /S /Link /P 24 0 R /Pg 5 0 R /K [2 << /Type /OBJR /Pg 5 0 R /Obj 11 0 R >>] >>",
    31: "<< /Type /StructElem /S /TR /P 28 0 R /Pg 6 0 R /K [33 0 R 34 0 R] >>",
    32: "<< /Type /StructElem /S /TR /P 28 0 R /Pg 6 0 R /K [35 0 R 36 0 R] >>",
    33: f"{_TH} /Column >> /P 31 0 R /Pg 6 0 R /K 1 >>",
    34: f"{_TH} /Column >> /P 31 0 R /Pg 6 0 R /K 2 >>",
    35: f"{_TH} /Row >> /P 32 0 R /Pg 6 0 R /K 3 >>",
    36: f"<< /Type /StructElem /S /TD /Pg 6 0 R {CELL}",
    40: f"<< /Title ({TITLE}) >>",
}


def second_page(content: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """The changes by which the second page shows this instead; it may be the picture Im1."""
    return (SECOND_PAGE, content), (_OF_SECOND, f"{_OF_SECOND} /XObject << /Im1 10 0 R >>")


def on_opening(action: str) -> tuple[str, str]:
    """The change by which the PDF does something when it is opened."""
    return "/Lang (en-GB)", f"/Lang (en-GB) /OpenAction << {action} >>"


def pdf(*changes: tuple[str, str], more: Mapping[int, str] = {}) -> bytes:
    """The PDF with the second text of each pair in place of the first, wherever that is, and with `more` objects."""
    objects = {number: _written(each) for number, each in _OBJECTS.items()} | dict(more)
    for old, new in changes:
        assert any(old in each for each in objects.values()), old
        objects = {number: each.replace(old, new) for number, each in objects.items()}
    return assembled(objects)


def _written(value: str | tuple[str, str]) -> str:
    if isinstance(value, str):
        return value
    entries, content = value
    return f"<< {entries} >>\nstream\n{content}\nendstream"


def assembled(objects: dict[int, str]) -> bytes:
    """A file of these objects: 1 is its catalog, 40 its properties."""
    parts, offsets, at = ["%PDF-1.7\n%\x80\x81\x82\x83\n"], {}, 14
    for number, text in objects.items():
        offsets[number] = at
        content = text.partition("\nstream\n")[2].removesuffix("\nendstream")
        stated = text.replace(" >>\nstream", f" /Length {len(content)} >>\nstream", 1) if "\nstream\n" in text else text
        parts.append(f"{number} 0 obj\n{stated}\nendobj\n")
        at += len(parts[-1])
    size = max(objects) + 1
    rows = [
        f"{offsets[number]:010} 00000 n \n" if number in offsets else "0000000000 65535 f \n" for number in range(size)
    ]
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R /Info 40 0 R /ID [<00> <00>] >>\nstartxref\n{at}\n%%EOF\n"
    return "".join([*parts, f"xref\n0 {size}\n", *rows, trailer]).encode("latin-1")
