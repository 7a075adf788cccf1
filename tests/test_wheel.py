"""What a person gets who installs Control Room instead of cloning it.

The wheel is built once, with the build backend itself and without a network, and looked into; then
it is unpacked somewhere else and asked for its scenarios.
"""

import email.message
import email.parser
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]

LIST_SCENARIOS = """
import sys
import controlroom
from controlroom.cli import main
print(controlroom.__file__, file=sys.stderr)
sys.argv = ["controlroom", "scenarios"]
main()
"""
"""`controlroom scenarios`, which first says on standard error where the package lies."""

LEFT_BEHIND = {"__pycache__", ".DS_Store"}
"""What running the program or looking at a folder leaves in it, and no wheel carries."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built into a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what an installation of the wheel would put beside other packages."""
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def metadata(unpacked: Path) -> email.message.Message:
    """What the wheel says about itself."""
    (file,) = unpacked.glob("*.dist-info/METADATA")
    return email.parser.Parser().parsestr(file.read_text(encoding="utf-8"))


def contents(folder: Path) -> dict[str, bytes]:
    """The files below a folder by their path in it, without what is left behind by use."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not LEFT_BEHIND.intersection(file.relative_to(folder).parts)
    }


def test_the_wheel_carries_every_scenario_byte_for_byte(unpacked: Path) -> None:
    """A scenario is known by its checksum, so an installed one is the one in the checkout."""
    scenarios = contents(ROOT / "scenarios")
    assert str(Path("knight-2012", "scenario.toml")) in scenarios
    assert contents(unpacked / "controlroom" / "_scenarios") == scenarios


def test_the_wheel_carries_every_demo_byte_for_byte(unpacked: Path) -> None:
    """`controlroom record teaser` makes the same film from an installation as from a checkout."""
    assert contents(unpacked / "controlroom" / "_demos") == contents(ROOT / "demos")


def test_the_wheel_carries_every_file_of_the_package(unpacked: Path) -> None:
    """Style sheets, help texts and the marker of typed packages come along with the code."""
    package = contents(ROOT / "controlroom")
    installed = contents(unpacked / "controlroom")
    assert {name: installed.get(name) for name in package} == package


def test_the_wheel_carries_nothing_else(unpacked: Path) -> None:
    """Tests, documents and pictures stay in the checkout: one package and its description."""
    top = {entry.name for entry in unpacked.iterdir()}
    assert {name for name in top if not name.endswith(".dist-info")} == {"controlroom"}
    assert len(top) == 2


def test_every_dependency_has_a_lower_and_an_upper_bound(metadata: email.message.Message) -> None:
    """A release of a library that breaks us is not installed for a newcomer years from now."""
    for line in metadata.get_all("Requires-Dist", []):
        requirement = Requirement(line)
        if requirement.name == "controlroom":
            continue  # an extra that holds another one
        operators = {specifier.operator for specifier in requirement.specifier}
        assert operators in ({">=", "<"}, {"=="}), line


def test_constraints_name_a_version_within_the_bounds_of_every_dependency(
    metadata: email.message.Message,
) -> None:
    """The versions that the tests are made with are ones that the package itself allows."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line) for line in lines if line and not line.startswith("#")]
    pinned = {pin.name.lower(): str(pin.specifier).removeprefix("==") for pin in pins}
    for line in metadata.get_all("Requires-Dist", []):
        requirement = Requirement(line)
        if requirement.name == "controlroom":
            continue
        assert requirement.specifier.contains(pinned[requirement.name.lower()]), line


def test_an_installed_wheel_lists_its_scenarios_away_from_the_checkout(
    unpacked: Path, tmp_path: Path
) -> None:
    """`controlroom scenarios` reads the scenarios in the package, with no checkout in sight."""
    listed = subprocess.run(
        [sys.executable, "-c", LIST_SCENARIOS],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(unpacked), "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert listed.returncode == 0, listed.stderr
    assert str(unpacked) in listed.stderr.splitlines()[0]
    assert "knight-2012" in listed.stdout
