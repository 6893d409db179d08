"""What a file is, decided by its bytes; pictures are drawn anew, so that nothing hides in them."""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

import filetype
from PIL import Image, ImageOps, UnidentifiedImageError

from app.errors import Invalid
from app.translation import gettext as _

PICTURE_SIDE_MAX_PX = 2400
# A picture of 50 megapixels takes 200 MB while it is drawn anew; phones make up to 50.
PICTURE_PIXELS_MAX = 50_000_000
NAME_LENGTH_MAX = 120
TEXT_ENDINGS = {"txt", "csv", "md"}
_PICTURE_FORMATS = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/webp": "WEBP",
    "image/gif": "GIF",
}
_ENDINGS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}
_OFFICE = {
    "word/": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xl/": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ppt/": ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
}
_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
_BAD_IN_NAMES = re.compile(r"[\x00-\x1f\x7f/\\<>:\"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept: its name, what it is, and the bytes to store."""

    file_name: str
    media_type: str
    data: bytes


def check_file(file_name: str, data: bytes, *, is_picture_wanted: bool) -> CheckedFile:
    """Return what may be kept of a file; raises Invalid with a reason to read."""
    if not data:
        raise Invalid(_("This file is empty."), field="file")
    kind = filetype.guess_mime(data)
    if kind in _PICTURE_FORMATS:
        return _draw_anew(file_name, data, _PICTURE_FORMATS[kind])
    if is_picture_wanted:
        raise Invalid(_("Choose a picture: PNG, JPEG, WebP or GIF."), field="file")
    if data.startswith(b"%PDF-"):
        return CheckedFile(clean_name(file_name, "pdf"), "application/pdf", data)
    if data.startswith(b"PK\x03\x04"):
        ending, media_type = _identify_document(data)
        return CheckedFile(clean_name(file_name, ending), media_type, data)
    ending = PurePosixPath(file_name).suffix.lower().lstrip(".")
    if ending in TEXT_ENDINGS and _is_text(data):
        return CheckedFile(clean_name(file_name, ending), "text/plain", data)
    raise _unknown_kind()


def clean_name(file_name: str, ending: str) -> str:
    """Return a name that is safe to show and to save under, with the ending of its content."""
    last = unicodedata.normalize("NFC", file_name).replace("\\", "/").rsplit("/", 1)[-1]
    stem = _BAD_IN_NAMES.sub(" ", last).strip(" .")
    if "." in stem:
        stem = stem.rsplit(".", 1)[0]
    return f"{stem.strip(' .')[:NAME_LENGTH_MAX] or 'file'}.{ending}"


def _draw_anew(file_name: str, data: bytes, expected: str) -> CheckedFile:
    """Drop metadata (where a photo was taken), turn upright, bound the size, stop movement."""
    try:
        with Image.open(io.BytesIO(data), formats=[expected]) as probe:
            if probe.width * probe.height > PICTURE_PIXELS_MAX:
                raise Invalid(
                    _("This picture has too many pixels. Make it smaller first."), field="file"
                )
            probe.verify()
        with Image.open(io.BytesIO(data), formats=[expected]) as opened:
            picture = ImageOps.exif_transpose(opened)
            is_transparent = picture.has_transparency_data
            # Moving pictures become still: nobody can pause them on the page (WCAG 2.2.2).
            still = picture.convert("RGBA" if is_transparent else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Invalid(
            _("This picture has too many pixels. Make it smaller first."), field="file"
        ) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as broken:
        raise Invalid(_("This picture is damaged and cannot be opened."), field="file") from broken
    still.thumbnail((PICTURE_SIDE_MAX_PX, PICTURE_SIDE_MAX_PX))
    still.info = {}
    kept = "PNG" if expected == "GIF" or (expected == "JPEG" and is_transparent) else expected
    out = io.BytesIO()
    still.save(out, kept, **({"quality": 86} if kept != "PNG" else {}))
    return CheckedFile(clean_name(file_name, _ENDINGS[kept]), Image.MIME[kept], out.getvalue())


def _identify_document(data: bytes) -> tuple[str, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise Invalid(
                    _("This document carries macros. Save it without them."), field="file"
                )
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                media_type = archive.read("mimetype").decode("ascii", "replace").strip()
                if media_type in _OPEN_DOCUMENT:
                    return _OPEN_DOCUMENT[media_type], media_type
            if "[Content_Types].xml" in names:
                for folder, answer in _OFFICE.items():
                    if any(name.startswith(folder) for name in names):
                        return answer
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as broken:
        raise Invalid(_("This document is damaged and cannot be opened."), field="file") from broken
    raise _unknown_kind()


def _is_text(data: bytes) -> bool:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return _CONTROL_CHARACTERS.search(text) is None


def _unknown_kind() -> Invalid:
    return Invalid(
        _(
            "This kind of file is not accepted. Send a picture, a PDF, a document "
            "(docx, xlsx, pptx, odt, ods, odp) or a text in UTF-8 (txt, csv, md)."
        ),
        field="file",
    )
