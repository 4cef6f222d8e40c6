from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from media.derivatives import TILE, image_info, render
from media.errors import InvalidImageRequest, MasterMissing
from media.imagerequest import MAX_SIDE, ImageRequest
from media.masters import store
from media.values import Master
from tests.media import pictures


def picture(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def pixels(data: bytes) -> NDArray[np.int16]:
    return np.asarray(picture(data).convert("RGB")).astype(np.int16)


@pytest.fixture
def master(own_storages: Path, tmp_path: Path) -> Master:
    return store(pictures.save(tmp_path / "a.png"))


def test_a_whole_lossless_derivative_is_the_master(master: Master) -> None:
    made = render(master.name, ImageRequest(format="png"))
    assert np.array_equal(pixels(made), pictures.gradient())


@pytest.mark.parametrize("image_format", ["jpg", "png", "webp"])
def test_a_region_is_cut_scaled_and_turned(master: Master, image_format: str) -> None:
    request = ImageRequest("40,20,100,60", "50,", "90", format=image_format)
    made = render(master.name, request)
    expected = pictures.gradient()[20:80, 40:140].reshape(30, 2, 50, 2, 3).mean((1, 3))
    assert picture(made).size == (30, 50)
    assert np.abs(pixels(made) - np.rot90(expected, -1)).mean() < 6


def test_mirroring_comes_before_rotation(master: Master) -> None:
    made = render(master.name, ImageRequest(rotation="!90", format="png"))
    expected = np.rot90(pictures.gradient()[:, ::-1], -1)
    assert np.array_equal(pixels(made), expected)


def test_grey_and_bitonal_lose_their_colours(master: Master) -> None:
    grey = picture(render(master.name, ImageRequest(quality="gray", format="png")))
    assert grey.mode == "L"
    made = render(master.name, ImageRequest(quality="bitonal", format="png"))
    assert set(np.unique(pixels(made))) == {0, 255}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_derivatives_stand_upright(
    own_storages: Path, tmp_path: Path, orientation: int
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    source = pictures.save(tmp_path / "a.jpg", exif=exif, quality=95, subsampling=0)
    upright = Image.open(source)
    expected = np.asarray(pictures.upright(upright)).astype(np.int16)
    upright.close()
    name = store(source).name
    whole = pixels(render(name, ImageRequest(format="png")))
    assert whole.shape == expected.shape
    assert np.abs(whole - expected).mean() < 2
    part = pixels(render(name, ImageRequest("8,16,64,32", format="png")))
    assert np.abs(part - expected[16:48, 8:72]).mean() < 2


@pytest.mark.parametrize("image_format", ["jpg", "png", "webp"])
def test_no_metadata_of_the_master_comes_through(
    own_storages: Path, tmp_path: Path, image_format: str
) -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret description"
    exif[0x013B] = "secret artist"
    source = pictures.save(
        tmp_path / "a.jpg", exif=exif, dpi=(300, 300), comment=b"secret comment"
    )
    name = store(source).name
    for request in (
        ImageRequest(format=image_format),
        ImageRequest("0,0,64,64", format=image_format),
    ):
        made = render(name, request)
        assert b"secret" not in made
        assert not picture(made).getexif()
        assert not {"exif", "icc_profile", "comment", "xmp"} & set(picture(made).info)


def test_nothing_is_scaled_up_unless_asked(master: Master) -> None:
    with pytest.raises(InvalidImageRequest):
        render(master.name, ImageRequest(size="480,"))
    assert picture(render(master.name, ImageRequest(size="^480,"))).size == (480, 320)


def test_a_missing_master_is_named_so(own_storages: Path) -> None:
    with pytest.raises(MasterMissing):
        render("00/00/none.png", ImageRequest())


@pytest.mark.parametrize("name", ["a.jp2", "a.tif", "a.webp"])
def test_masters_of_every_format_have_derivatives(
    own_storages: Path, tmp_path: Path, name: str
) -> None:
    master = store(pictures.save(tmp_path / name))
    made = render(master.name, ImageRequest(size="120,"))
    assert picture(made).size == (120, 80)


def kept(folder: Path) -> list[Path]:
    return [path for path in (folder / "derivatives").rglob("*.*") if path.is_file()]


def test_tiles_are_kept_under_the_public_name(
    own_storages: Path, master: Master
) -> None:
    request = ImageRequest(size="240,160")
    first = render(master.name, request, "folio/1-public")
    assert len(kept(own_storages)) == 1
    kept(own_storages)[0].write_bytes(b"from the cache")
    assert render(master.name, request, "folio/1-public") == b"from the cache"
    assert render(master.name, request, "folio/2-public") == first


def test_a_part_that_a_page_shows_is_made_once_in_a_while(
    own_storages: Path, master: Master
) -> None:
    request = ImageRequest("40,20,100,60", "50,", format="png")
    made = render(master.name, request, "7-1")
    (own_storages / "masters" / master.name).unlink()
    assert render(master.name, request, "7-1") == made
    other = ImageRequest("40,20,100,61", "50,", format="png")
    with pytest.raises(MasterMissing):
        render(master.name, other, "7-1")


def test_arbitrary_parts_are_not_kept(own_storages: Path, master: Master) -> None:
    render(master.name, ImageRequest("1,2,30,40"), "folio-1")
    render(master.name, ImageRequest(size="101,"), "folio-1")
    assert kept(own_storages) == []


@pytest.mark.parametrize(
    "spelling",
    [
        ImageRequest("pct:0,0,100.0,100"),
        ImageRequest("0,0,9001,1200"),
        ImageRequest(size="pct:100.0"),
        ImageRequest(size="!240,160"),
        ImageRequest(rotation="0.0"),
        ImageRequest(rotation="00"),
        ImageRequest(quality="color"),
    ],
    ids=lambda request: request.path,
)
def test_of_all_spellings_of_a_picture_the_plain_ones_are_kept(
    own_storages: Path, master: Master, spelling: ImageRequest
) -> None:
    render(master.name, spelling, "folio-1")
    assert kept(own_storages) == []
    render(master.name, ImageRequest(), "folio-1")
    assert len(kept(own_storages)) == 1


def test_kept_files_tell_nothing_of_the_master(
    own_storages: Path, master: Master
) -> None:
    render(master.name, ImageRequest(), "folio-1")
    names = " ".join(str(path) for path in kept(own_storages))
    assert master.sha256 not in names


def test_info_lists_tiles_and_sizes_that_can_be_had(own_storages: Path) -> None:
    info = image_info(2480, 3508)
    assert info["profile"] == "level2"
    assert info["tiles"] == [
        {"width": TILE, "height": TILE, "scaleFactors": [1, 2, 4, 8]}
    ]
    assert info["sizes"][0] == {"width": 310, "height": 439}
    assert info["sizes"][-1] == {"width": 2480, "height": 3508}


def test_info_leaves_out_sizes_above_the_limit() -> None:
    info = image_info(12_000, 16_000)
    assert all(s["width"] * s["height"] <= info["maxArea"] for s in info["sizes"])


def test_info_leaves_out_what_is_too_long_for_any_format() -> None:
    info = image_info(20_000, 500)
    assert max(s["width"] for s in info["sizes"]) <= info["maxWidth"]


@pytest.mark.parametrize("image_format", ["jpg", "png", "webp"])
def test_the_longest_strip_that_is_promised_can_be_made(
    own_storages: Path, tmp_path: Path, image_format: str
) -> None:
    master = store(pictures.save(tmp_path / "a.png"))
    strip = ImageRequest(size=f"^{MAX_SIDE},10", format=image_format)
    assert picture(render(master.name, strip)).size == (MAX_SIDE, 10)
    with pytest.raises(InvalidImageRequest):
        render(master.name, ImageRequest(size=f"^{MAX_SIDE + 1},10"))
