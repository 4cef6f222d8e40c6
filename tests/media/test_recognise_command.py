import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from media.recognition import recognition_as_json
from media.recognition.settings import OcrSettings
from media.values import Box, Char, Line, Recognition
from tests.media import pictures

FOUND = Recognition(
    text="矛盾",
    direction="v",
    script="hant",
    confidence=91.26,
    seconds=1.234,
    lines=(
        Line(
            "矛盾",
            Box(1, 2, 30, 70),
            91.26,
            (Char("矛", Box(1, 2, 30, 30)), Char("盾", Box(1, 42, 30, 30))),
        ),
    ),
    width=100,
    height=200,
    engine="tesseract",
    engine_version="5.3.0",
    key="k",
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[OcrSettings]:
    """The settings of each page read; pictures are validated but not really read."""
    from media.management.commands import recognise as command
    from media.masters import inspect

    seen: list[OcrSettings] = []

    def recognise(path: Path, settings: OcrSettings) -> Recognition:
        inspect(path)
        seen.append(settings)
        return FOUND

    monkeypatch.setattr(command, "recognise", recognise)
    return seen


def test_json_has_the_shape_that_scripts_rely_on() -> None:
    report = recognition_as_json("a.png", FOUND)
    assert json.loads(json.dumps(report)) == report
    assert {key: report[key] for key in ("file", "text", "direction", "script")} == {
        "file": "a.png",
        "text": "矛盾",
        "direction": "v",
        "script": "hant",
    }
    assert (report["confidence"], report["seconds"]) == (91.3, 1.23)
    assert report["lines"] == [
        {
            "text": "矛盾",
            "box": [1, 2, 30, 70],
            "confidence": 91.3,
            "chars": [
                {"char": "矛", "box": [1, 2, 30, 30]},
                {"char": "盾", "box": [1, 42, 30, 30]},
            ],
        }
    ]


def test_one_line_of_json_a_file(
    asked: list[OcrSettings], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(pictures.save(tmp_path / name)) for name in ("a.png", "b.jpg")]
    call_command("recognise", *files, "--json")
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["file"] for line in lines] == files


def test_readable_text_has_a_heading_for_each_file(
    asked: list[OcrSettings], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(pictures.save(tmp_path / "a.png"))
    call_command("recognise", file)
    out = capsys.readouterr().out
    assert file in out
    assert "竖排" in out
    assert "\n矛盾\n" in out


def test_bad_files_have_a_line_each_and_the_others_go_on(
    asked: list[OcrSettings], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = pictures.save(tmp_path / "good.png")
    empty, text = tmp_path / "empty.tif", tmp_path / "text.jpg"
    empty.touch()
    text.write_text("文字")
    files = [str(path) for path in (empty, text, tmp_path / "none.png", good)]
    with pytest.raises(SystemExit) as caught:
        call_command("recognise", *files, "--json")
    assert caught.value.code == 1
    told = capsys.readouterr()
    assert [json.loads(line)["file"] for line in told.out.splitlines()] == [str(good)]
    complaints = told.err.splitlines()
    assert len(complaints) == 3
    for file, complaint in zip(files, complaints, strict=False):
        assert complaint.startswith(f"{file}：")


def test_a_huge_file_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = pictures.huge_png(tmp_path / "a.png", 30_000, 30_000)
    with pytest.raises(SystemExit):
        call_command("recognise", str(file))
    assert "30000 × 30000" in capsys.readouterr().err


def test_settings_can_be_tried(asked: list[OcrSettings], tmp_path: Path) -> None:
    file = str(pictures.save(tmp_path / "a.png"))
    options = (
        "--direction v --script hant --languages chi_tra_vert+eng --psm 3 --blur 0 "
        "--character-pixels 28 --no-deskew --keep-seals --timeout 9"
    )
    call_command("recognise", file, *options.split())
    call_command("recognise", file)
    assert asked[0] == OcrSettings(
        direction="v",
        script="hant",
        languages=("chi_tra_vert", "eng"),
        psm=3,
        blur=0.0,
        character_pixels=28.0,
        deskew=False,
        remove_seals=False,
        timeout_seconds=9.0,
    )
    assert asked[1] == OcrSettings()


def test_an_unknown_direction_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("recognise", "a.png", "--direction", "x")
