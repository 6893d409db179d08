"""Files are kept by what is in them, not by what they are called."""

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from app.core.policy import Actor, Role
from app.domain.uploads import queries, service
from app.domain.uploads.queries import Purpose, UploadView
from app.errors import Denied, Invalid
from app.storage import FileStore
from tests.factories import Factory

pytestmark = pytest.mark.usefixtures("context")
MEGABYTE = 1024 * 1024


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path)


@pytest.fixture
def event_id(make: Factory) -> int:
    return make.event()


@pytest.fixture
def member(make: Factory, event_id: int) -> Actor:
    return Actor(user_id=make.member(event_id), roles=frozenset({Role.PARTICIPANT}))


def picture(
    format: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", **kwargs: object
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "teal").save(out, format, **kwargs)
    return out.getvalue()


def archive(**entries: str) -> bytes:
    """Return a ZIP; its time is fixed, because the bytes stand in the names of tests."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, text in entries.items():
            packed.writestr(zipfile.ZipInfo(name), text)
    return out.getvalue()


def stored(files: FileStore, view: UploadView) -> bytes:
    with files.open(view.sha256) as file:
        return file.read()


@pytest.mark.parametrize(
    ("format", "name", "media_type"),
    [
        ("PNG", "photo.png", "image/png"),
        ("JPEG", "photo.jpg", "image/jpeg"),
        ("WEBP", "photo.webp", "image/webp"),
        ("GIF", "photo.png", "image/png"),
    ],
)
def test_pictures_are_kept_under_the_name_of_their_content(
    files: FileStore, event_id: int, member: Actor, format: str, name: str, media_type: str
) -> None:
    view = service.store_upload(
        member,
        event_id,
        Purpose.IDEA,
        "photo.exe",
        picture(format),
        files=files,
        bytes_max=MEGABYTE,
    )
    assert (view.file_name, view.media_type, view.is_picture) == (name, media_type, True)
    assert view.size_bytes == len(stored(files, view))
    assert queries.find_upload(view.public_id) == view
    assert queries.list_uploads([view.id]) == {view.id: view}


def test_where_a_photo_was_taken_is_forgotten(
    files: FileStore, event_id: int, member: Actor
) -> None:
    exif = Image.Exif()
    exif[0x010E] = "Secret place"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 0.0)
    photo = picture("JPEG", exif=exif, comment=b"Secret comment")
    assert b"Secret place" in photo
    view = service.store_upload(
        member, event_id, Purpose.IDEA, "photo.jpg", photo, files=files, bytes_max=MEGABYTE
    )
    kept = stored(files, view)
    assert b"Secret" not in kept
    with Image.open(io.BytesIO(kept)) as opened:
        assert dict(opened.getexif()) == {}
        assert opened.size == (40, 60)


def test_large_pictures_are_bounded_and_transparency_stays(
    files: FileStore, event_id: int, member: Actor
) -> None:
    view = service.store_upload(
        member,
        event_id,
        Purpose.IDEA,
        "wide.png",
        picture("PNG", (4800, 100), "RGBA"),
        files=files,
        bytes_max=MEGABYTE,
    )
    with Image.open(io.BytesIO(stored(files, view))) as opened:
        assert (opened.size, opened.mode) == ((2400, 50), "RGBA")


@pytest.mark.parametrize("size", [(7100, 7100), (14000, 14000), (20000, 20000)])
def test_a_decompression_bomb_is_refused(
    files: FileStore, event_id: int, member: Actor, size: tuple[int, int]
) -> None:
    bomb = bytearray(picture("PNG", (1, 1), "1"))
    bomb[16:24] = size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big")
    crc = __import__("zlib").crc32(bytes(bomb[12:29])).to_bytes(4, "big")
    bomb[29:33] = crc
    with pytest.raises(Invalid) as refusal:
        service.store_upload(
            member,
            event_id,
            Purpose.IDEA,
            "bomb.png",
            bytes(bomb),
            files=files,
            bytes_max=MEGABYTE,
        )
    assert refusal.value.message == "This picture has too many pixels. Make it smaller first."
    assert queries.count_uploads(event_id, member.user_id) == 0


@pytest.mark.parametrize(
    ("name", "data", "kept_name", "media_type"),
    [
        ("plan.pdf", b"%PDF-1.7\n%\xe2\xe3", "plan.pdf", "application/pdf"),
        ("план.TXT", "Привіт\n".encode(), "план.txt", "text/plain"),
        ("table.csv", b"\xef\xbb\xbfa,b\n1,2\n", "table.csv", "text/plain"),
        ("notes.md", b"# Notes", "notes.md", "text/plain"),
        (
            "a.zip",
            archive(**{"[Content_Types].xml": "", "word/document.xml": ""}),
            "a.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            "a.xlsx",
            archive(**{"[Content_Types].xml": "", "xl/workbook.xml": ""}),
            "a.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (
            "a.odp",
            archive(mimetype="application/vnd.oasis.opendocument.presentation"),
            "a.odp",
            "application/vnd.oasis.opendocument.presentation",
        ),
        ("..\\..\\evil\u202efdp.pdf", b"%PDF-1.4", "evil fdp.pdf", "application/pdf"),
        (".pdf", b"%PDF-1.4", "pdf.pdf", "application/pdf"),
        ("x" * 300 + ".pdf", b"%PDF-1.4", "x" * 120 + ".pdf", "application/pdf"),
    ],
)
def test_documents_of_a_submission_are_kept_as_they_are(
    files: FileStore,
    event_id: int,
    member: Actor,
    name: str,
    data: bytes,
    kept_name: str,
    media_type: str,
) -> None:
    view = service.store_upload(
        member, event_id, Purpose.SUBMISSION, name, data, files=files, bytes_max=MEGABYTE
    )
    assert (view.file_name, view.media_type, view.is_picture) == (kept_name, media_type, False)
    assert stored(files, view) == data


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("page.html", b"<script>alert(1)</script>"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("program.txt", b"MZ\x00\x01\x02"),
        ("cyrillic.txt", "Привет".encode("cp1251")),
        ("film.mp4", b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"),
        ("some.zip", archive(readme="hello")),
        ("broken.docx", b"PK\x03\x04 not a zip at all"),
        ("macro.docx", archive(**{"[Content_Types].xml": "", "word/vbaProject.bin": "x"})),
        ("torn.png", picture("PNG")[:40]),
        ("liar.png", b"\x89PNG\r\n\x1a\n<html>"),
    ],
)
def test_what_is_no_known_kind_is_refused_and_nothing_is_kept(
    files: FileStore, event_id: int, member: Actor, name: str, data: bytes
) -> None:
    with pytest.raises(Invalid) as refusal:
        service.store_upload(
            member, event_id, Purpose.SUBMISSION, name, data, files=files, bytes_max=MEGABYTE
        )
    assert refusal.value.field == "file"
    assert refusal.value.message.endswith(".")
    assert queries.count_uploads(event_id, member.user_id) == 0
    assert list(files.folder.iterdir()) == []


def test_ideas_take_pictures_only(files: FileStore, event_id: int, member: Actor) -> None:
    with pytest.raises(Invalid) as refusal:
        service.store_upload(
            member, event_id, Purpose.IDEA, "a.pdf", b"%PDF-1.7", files=files, bytes_max=MEGABYTE
        )
    assert refusal.value.message == "Choose a picture: PNG, JPEG, WebP or GIF."


def test_a_file_over_the_limit_is_refused(files: FileStore, event_id: int, member: Actor) -> None:
    with pytest.raises(Invalid) as refusal:
        service.store_upload(
            member,
            event_id,
            Purpose.SUBMISSION,
            "a.pdf",
            b"%PDF-" + b"x" * MEGABYTE,
            files=files,
            bytes_max=MEGABYTE,
        )
    assert refusal.value.message == "This file is too large: at most 1 MB."


def test_strangers_add_nothing(files: FileStore, make: Factory, event_id: int) -> None:
    for actor in (Actor(), Actor(user_id=make.user())):
        with pytest.raises(Denied):
            service.store_upload(
                actor,
                event_id,
                Purpose.IDEA,
                "a.png",
                picture("PNG"),
                files=files,
                bytes_max=MEGABYTE,
            )
