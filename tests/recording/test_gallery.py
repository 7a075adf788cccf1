"""The gallery: which pictures there are, and how one that is no longer true is found."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from controlroom.recording import gallery
from controlroom.recording.demo import bundled_demos
from controlroom.recording.demo_file import read_demo
from controlroom.recording.gallery import VARIANTS, differences, files_of, texts_of
from controlroom.recording.recording import Picture
from tests.recording.conftest import short


@pytest.fixture
def pictures() -> tuple[Picture, ...]:
    last = short().picture("last")
    return tuple(attrs.evolve(last, name=name, caption=f"The {name}") for name in ("calm", "storm"))


def test_every_demo_of_the_gallery_is_played_and_can_be_followed() -> None:
    demos = {path.stem for path in (bundled_demos() / "gallery").glob("*.demo")}
    assert demos == {variant.demo for variant in VARIANTS}
    for name in demos:
        read_demo(bundled_demos() / "gallery" / f"{name}.demo")


def test_no_two_pictures_have_one_name() -> None:
    names = [
        step.text.split()[0] + variant.suffix
        for variant in VARIANTS
        for step in read_demo(bundled_demos() / "gallery" / f"{variant.demo}.demo").steps
        if step.verb == "picture"
    ]
    assert len(names) == len(set(names))
    assert len(names) > 15


def test_a_folder_that_was_just_made_has_no_differences(
    tmp_path: Path, pictures: tuple[Picture, ...]
) -> None:
    for name, content in files_of(pictures, workers=0).items():
        (tmp_path / name).write_bytes(content)
    assert differences(tmp_path, texts_of(pictures)) == ()
    assert "![The storm](storm.svg)" in (tmp_path / "README.md").read_text(encoding="utf-8")


def test_what_is_no_longer_true_is_named(tmp_path: Path, pictures: tuple[Picture, ...]) -> None:
    for name, content in files_of(pictures, workers=0).items():
        (tmp_path / name).write_bytes(content)
    storm = tmp_path / "storm.svg"
    storm.write_text(storm.read_text(encoding="utf-8").replace("HOT", "COLD"), encoding="utf-8")
    (tmp_path / "calm.svg").unlink()
    (tmp_path / "old.png").write_bytes(b"")
    assert differences(tmp_path, texts_of(pictures)) == (
        "calm.svg is missing",
        "storm.svg differs",
        "old.png is not of the gallery",
    )


def test_a_variant_has_its_size_and_its_theme(monkeypatch: pytest.MonkeyPatch) -> None:
    variant = gallery.Variant("storm", (80, 24), "light", about="small and light")
    demo = variant.of(read_demo(bundled_demos() / "gallery" / "storm.demo"))
    assert (demo.columns, demo.rows, demo.theme) == (80, 24, "control-room-light")
    monkeypatch.setattr(gallery, "VARIANTS", (variant,))
    (picture,) = gallery.gallery(workers=0)
    assert picture.name == "storm-80x24-light"
    assert picture.caption.endswith("small and light")
    assert "#fbfaf6" in picture.svg
