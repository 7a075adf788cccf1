"""Packs: folders and zip files that anybody may have made, found by path, by id, in packages."""

from __future__ import annotations

import io
import struct
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from controlroom.runs.catalogue import folder_of_its_own, past_runs
from controlroom.runs.run import Run
from controlroom.scenario import ScenarioError, check, find_scenarios, load_scenario
from controlroom.scenario.archive import MOST_BYTES, open_archive
from controlroom.scenario.errors import WrongError
from controlroom.scenario.find import every_scenario
from tests.scenario.conftest import SMALL


def pack(path: Path, folders: tuple[str, ...] = ("",), more: dict[str, str] | None = None) -> Path:
    """A zip file with the small scenario at its top, or in each of some folders."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in folders:
            for file in sorted(SMALL.iterdir()):
                archive.write(file, f"{folder}/{file.name}" if folder else file.name)
        for name, text in (more or {}).items():
            archive.writestr(name, text)
    return path


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder of scenarios."""
    folder = tmp_path / "mine"
    folder.mkdir()
    monkeypatch.setenv("CONTROLROOM_SCENARIOS", str(folder))
    return folder


# --- found --------------------------------------------------------------------------------------


def test_a_zip_file_is_the_scenario_that_its_files_would_be(tmp_path: Path) -> None:
    path = pack(tmp_path / "small.zip")
    assert check(path) == ()
    assert load_scenario(path) == load_scenario(SMALL)


def test_a_zip_file_of_several_scenarios_asks_which(tmp_path: Path) -> None:
    path = pack(tmp_path / "set.zip", ("one", "two"))
    with pytest.raises(ScenarioError, match=r"holds 2 scenarios; expected .*one or .*two"):
        load_scenario(path)
    assert load_scenario(path / "two").id == "two"
    with pytest.raises(ScenarioError, match="is no scenario"):
        load_scenario(path / "three")


def test_a_scenario_in_the_users_folder_is_found_by_its_id(mine: Path) -> None:
    pack(mine / "night.zip")
    pack(mine / "set.zip", ("one", "two"))
    found = {each.id: each for each in find_scenarios()}
    assert {"knight-2012", "night", "one", "two"} <= found.keys()
    assert found["one"].origin == str(mine / "set.zip" / "one")
    assert load_scenario("night").title == "A small drill"
    assert load_scenario("two").id == "two"


def test_of_two_with_one_id_the_first_goes_first_and_the_other_is_named(mine: Path) -> None:
    pack(mine / "a.zip", ("knight-2012", "night"))
    pack(mine / "night.zip")
    hidden = [str(each.path) for each in every_scenario() if each.hidden]
    assert hidden == [str(mine / "a.zip" / "knight-2012"), str(mine / "night.zip")]
    assert load_scenario("knight-2012").title != "A small drill"
    assert load_scenario(mine / "a.zip" / "knight-2012").title == "A small drill"
    ids = [each.id for each in find_scenarios()]
    assert len(ids) == len(set(ids))


def test_a_zip_file_that_cannot_be_used_hides_no_other(mine: Path) -> None:
    (mine / "a.zip").write_bytes(b"PK no")
    pack(mine / "b.zip", ("",), more={"x/../y": "z"})
    pack(mine / "night.zip")
    assert "night" in [each.id for each in find_scenarios()]


def test_a_journal_of_a_pack_is_resumed_from_it(mine: Path, tmp_path: Path) -> None:
    pack(mine / "set.zip", ("one", "two"))
    runs = tmp_path / "runs"
    runs.mkdir()
    for name in ("two", str(mine / "set.zip" / "one")):
        scenario = load_scenario(name)
        with Run.begin(scenario, journal=runs, folder=folder_of_its_own(name)) as run:
            run.advance(400)
            journal = run.journal
        assert journal
        assert [past.obstacle for past in past_runs(runs) if past.path == journal] == [""]
        with Run.resume(journal) as again:
            assert (again.now, again.scenario.checksum) == (400, scenario.checksum)
    (mine / "set.zip").unlink()
    assert {past.obstacle for past in past_runs(runs)} == {"its scenario is not there"}


def installed(site: Path, value: str, *, files: str = "") -> Path:
    """A distribution with such an entry point, whose package says when it is imported."""
    package = site / "night_pack"
    (package / "scenarios").mkdir(parents=True)
    (package / "__init__.py").write_text("raise SystemExit('imported')\n")
    (package / "scenarios" / "__init__.py").write_text("raise SystemExit('imported')\n")
    info = site / "night_pack-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: night-pack\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[controlroom.scenarios]\nnight = {value}\n")
    return package / "scenarios"


def test_an_installed_package_brings_scenarios_and_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = installed(tmp_path, "night_pack.scenarios")
    pack(home / "night.zip")
    (home / "outside").symlink_to(SMALL)
    monkeypatch.syspath_prepend(str(tmp_path))
    found = {each.id: each for each in find_scenarios()}
    assert found["night"].origin == "the package night-pack"
    assert load_scenario("night").title == "A small drill"
    assert "outside" not in found, "a link that leaves the package"
    assert not any(name.startswith("night_pack") for name in sys.modules)


@pytest.mark.parametrize(
    "value", ["no_such_package", "os", "night_pack:main", "..", "night_pack.nothing", "a/b"]
)
def test_an_entry_point_that_names_no_folder_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    installed(tmp_path, value)
    monkeypatch.syspath_prepend(str(tmp_path))
    assert all(not each.origin.startswith("the package") for each in find_scenarios())
    assert not any(name.startswith("night_pack") for name in sys.modules)


# --- refused ------------------------------------------------------------------------------------


def refused(path: Path) -> str:
    """What is said of a zip file, in one line."""
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    assert str(caught.value).isprintable()
    assert check(path)
    return str(caught.value)


@pytest.mark.parametrize(
    "name",
    ["../evil.toml", "/etc/passwd", "a/../../b", "a//b", "./a", "a\\b", "C:x", "nul", "COM1.txt",
     "a\x1bb", "ä.toml", "con.toml", "x.", "x ", ".hidden", "a" * 200],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    assert "has an entry called" in refused(pack(tmp_path / "p.zip", more={name: "x"}))


def test_two_entries_of_one_name_are_refused(tmp_path: Path) -> None:
    assert "twice" in refused(pack(tmp_path / "p.zip", more={"Scenario.TOML": "x"}))


@pytest.mark.parametrize("inner", ["more.zip", "folder/more.tar.gz", "x.whl"])
def test_an_archive_in_an_archive_is_refused(tmp_path: Path, inner: str) -> None:
    assert "an archive in an archive" in refused(pack(tmp_path / "p.zip", more={inner: "x"}))


@pytest.mark.parametrize("mode", [0o120777, 0o020666, 0o060666, 0o010644, 0o140777])
def test_a_link_or_a_device_is_refused(tmp_path: Path, mode: int) -> None:
    path = pack(tmp_path / "p.zip")
    with zipfile.ZipFile(path, "a") as archive:
        info = zipfile.ZipInfo("facts2")
        info.create_system, info.external_attr = 3, mode << 16
        archive.writestr(info, "/etc/passwd")
    assert "a link or a device" in refused(path)


def test_a_file_that_unpacks_to_gigabytes_is_never_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("scenario.toml", "w") as out,
    ):
        for _ in range(64):
            out.write(b"#" * 1024 * 1024)
    assert "is too large; expected at most 256 KB" in refused(path)


def patched(path: Path, old: bytes, change: Callable[[bytearray, int], None]) -> Path:
    """The file with something changed wherever a signature stands."""
    data = bytearray(path.read_bytes())
    at = data.find(old)
    while at >= 0:
        change(data, at)
        at = data.find(old, at + 4)
    path.write_bytes(bytes(data))
    return path


def test_a_bomb_that_lies_about_its_size_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("scenario.toml", "#" * 64 * 1024 * 1024)

    def small(data: bytearray, at: int) -> None:
        data[at + 24 : at + 28] = struct.pack("<L", 1000)

    assert "damaged" in refused(patched(path, b"PK\x01\x02", small))


def test_an_encrypted_entry_is_refused(tmp_path: Path) -> None:
    def encrypt(data: bytearray, at: int) -> None:
        data[at + 8] |= 1

    path = patched(pack(tmp_path / "p.zip"), b"PK\x01\x02", encrypt)
    assert "which is encrypted" in refused(path)


def test_an_entry_compressed_in_a_rare_way_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("scenario.toml", "x" * 1000)
    assert "a rare way" in refused(path)


def test_entries_that_lie_on_one_another_are_refused(tmp_path: Path) -> None:
    """As in a bomb whose entries share one kernel of data."""
    first: list[bytes] = []

    def move(data: bytearray, at: int) -> None:
        place = bytes(data[at + 42 : at + 46])
        first.append(place)
        data[at + 42 : at + 46] = first[0]

    path = patched(pack(tmp_path / "p.zip"), b"PK\x01\x02", move)
    assert "lie on one another" in refused(path)


def test_an_entry_with_two_names_is_refused(tmp_path: Path) -> None:
    def rename(data: bytearray, at: int) -> None:
        data[at + 30] = ord("x")

    path = patched(pack(tmp_path / "p.zip"), b"PK\x03\x04", rename)
    assert "in two ways" in refused(path)


def test_more_than_entries_and_list_is_refused(tmp_path: Path) -> None:
    whole = pack(tmp_path / "p.zip").read_bytes()
    (tmp_path / "p.zip").write_bytes(b"#!/bin/sh\n" + whole)
    assert "before or after" in refused(tmp_path / "p.zip")
    (tmp_path / "p.zip").write_bytes(whole + b"more")
    assert "no plain zip file" in refused(tmp_path / "p.zip")
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert archive.testzip() is None


def test_too_many_entries_or_scenarios_and_a_file_too_large_are_refused(tmp_path: Path) -> None:
    many = {f"notes/{number}": "" for number in range(600)}
    assert "entries" in refused(pack(tmp_path / "p.zip", more=many))
    scenarios = {f"s{number}/scenario.toml": "" for number in range(30)}
    assert "holds 30 scenarios" in refused(pack(tmp_path / "q.zip", (), more=scenarios))
    with (tmp_path / "r.zip").open("wb") as out:
        out.truncate(MOST_BYTES + 1)
    assert "too large" in refused(tmp_path / "r.zip")


@pytest.mark.parametrize("content", [b"", b"PK", b"x" * 100, b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_zip_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "p.zip").write_bytes(content)
    assert refused(tmp_path / "p.zip")


def test_no_cut_and_no_changed_byte_of_a_zip_file_brings_a_traceback(tmp_path: Path) -> None:
    whole = pack(tmp_path / "small.zip").read_bytes()
    path = tmp_path / "damaged.zip"
    sound = load_scenario(tmp_path / "small.zip")
    for at in range(0, len(whole), 7):
        for damaged in (whole[:at], whole[:at] + b"\xff" + whole[at + 1 :]):
            path.write_bytes(damaged)
            try:
                archive = open_archive(path)
            except WrongError:
                continue
            assert archive.files
    path.write_bytes(whole.replace(b"PK\x03\x04", b"PK\x03\x05", 1))
    with pytest.raises(WrongError):
        open_archive(path)
    assert sound.title
