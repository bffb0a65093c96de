"""The look: one stylesheet, components that are shown and used, a gallery for builders alone."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from whitenoise import WhiteNoise
from whitenoise.storage import CompressedManifestStaticFilesStorage

from alongside.gallery.samples import samples
from alongside.stylesheet import CSS, NAME, StylesheetFinder, joined, parts
from tests.alongside.catalogs import ROOT
from tests.pages import Page

COMPONENTS = ROOT / "templates" / "components"
A_CLASS = re.compile(r"\.([a-z][\w-]*)")
HASHED = r"^/static/.*\.[0-9a-f]{12}\..*$"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@pytest.fixture
def gallery(settings, db):
    settings.DEMO = True
    return Client().get(reverse("components"))


@pytest.mark.django_db
def test_the_gallery_is_for_demos_and_builders_alone(client, settings):
    assert client.get(reverse("components")).status_code == 404

    settings.DEBUG = True

    assert client.get(reverse("components")).status_code == 200


def test_every_component_appears_in_the_gallery(gallery):
    shown = {template.name for template in gallery.templates}

    assert {f"components/{path.name}" for path in COMPONENTS.glob("*.html")} - shown == set()


def test_the_gallery_is_a_plain_complete_page(gallery):
    assert Page(gallery.text).complaints == []


def test_every_sample_says_which_state_it_is():
    assert [sample for sample in samples("token") if not sample.note] == []


def test_every_file_of_a_component_is_used():
    templates = " ".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")
    )
    used = {*re.findall(r"[\w-]+", templates)}
    idle = [path.name for path in CSS.glob("components/*.css") if not used & classes_in(path)]
    assert set(idle) <= {"table.css", "print.css", "details.css"}  # these dress plain elements


def classes_in(path):
    return {*A_CLASS.findall(COMMENT.sub("", path.read_text(encoding="utf-8")))}


def test_the_stylesheet_is_found_as_one_file_of_all_parts_in_their_order():
    text = Path(finders.find(NAME)).read_text(encoding="utf-8")

    assert text == joined()
    assert [path.name for path in parts()[:3]] == ["tokens.css", "base.css", "along.css"]
    assert all(path.read_text(encoding="utf-8") in text for path in parts())


def test_collecting_static_files_gets_the_stylesheet_as_well():
    [(name, storage)] = StylesheetFinder().list([])

    with storage.open(name) as file:
        assert (name, file.read().decode()) == (NAME, joined())


def test_the_stylesheet_is_kept_for_good_under_the_name_of_its_content(tmp_path):
    storage = CompressedManifestStaticFilesStorage(location=tmp_path, base_url="/static/")
    storage.save(NAME, ContentFile(joined()))
    list(storage.post_process({NAME: (storage, NAME)}))
    server = WhiteNoise(None, root=tmp_path, prefix="/static/", immutable_file_test=HASHED)

    answer = server.files[storage.url(NAME)].get_response("GET", {"HTTP_ACCEPT_ENCODING": "gzip"})
    headers = dict(answer.headers)
    answer.file.close()

    assert headers["Content-Type"] == 'text/css; charset="utf-8"'
    assert headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert (headers["Content-Encoding"], int(headers["Content-Length"]) < 20_000) == ("gzip", True)


def test_a_changed_part_is_read_again(tmp_path, monkeypatch):
    (tmp_path / "components").mkdir()
    for name in ("tokens.css", "base.css"):
        (tmp_path / name).write_text("a {}")
    monkeypatch.setattr("alongside.stylesheet.CSS", tmp_path)
    finder = StylesheetFinder()
    before = read(finder)

    (tmp_path / "components" / "new.css").write_text(".new {}")

    assert (".new" in before, ".new" in read(finder)) == (False, True)


def read(finder):
    return Path(finder.find(NAME)).read_text(encoding="utf-8")


def test_components_bring_no_colors_and_no_sides_of_their_own():
    physical = re.compile(
        r"(?:margin|padding|border)-(?:left|right|top|bottom)"
        r"|(?<![\w(-])(?:(?:max-|min-)?(?:width|height)|left|right|top|bottom):"
    )
    color = re.compile(r"#[0-9a-f]{3,8}\b|\brgb\(|\bhsl\(", re.IGNORECASE)
    wrong = [
        f"{path.name}: {found.group()}"
        for path in CSS.glob("components/*.css")
        if path.name not in {"leave.css", "print.css"}  # the admin's, and black on white
        for pattern in (physical, color)
        if (found := pattern.search(COMMENT.sub("", path.read_text(encoding="utf-8"))))
    ]
    assert wrong == []


def test_every_token_that_is_used_has_a_value():
    text = COMMENT.sub("", joined())

    used = set(re.findall(r"var\((--[\w-]+)", text))
    assert used - set(re.findall(r"(--[\w-]+):", text)) == set()


@pytest.mark.django_db
def test_a_page_asks_for_one_stylesheet(client):
    page = client.get(reverse("leave")).text

    assert re.findall(r'<link rel="stylesheet" href="([^"]+)"', page) == [f"/static/{NAME}"]
