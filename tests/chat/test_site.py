import json
import tomllib
from pathlib import Path

import pytest

from assistant.chat import site
from assistant.chat.security import Site
from assistant.chat.texts import NAME, texts
from assistant.errors import ServeError

HERE = Site(("127.0.0.1", "localhost"), 8123)


def test_the_settings_shut_what_the_chat_does_not_need(tmp_path: Path) -> None:
    site.write(tmp_path, HERE)
    settings = tomllib.loads((tmp_path / ".chainlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["project"]["allow_origins"] == list(HERE.every_origin)
    assert settings["features"]["spontaneous_file_upload"]["enabled"] is False
    assert settings["features"]["user_message_markdown"] is False
    assert settings["features"]["allow_thread_sharing"] is False
    assert settings["UI"]["name"] == NAME


def test_the_wording_is_chainlit_s_own_with_ours_in_it(tmp_path: Path) -> None:
    site.write(tmp_path, HERE)
    for lang, locale in (("fr", "fr-FR"), ("en", "en-US")):
        wording = json.loads((tmp_path / ".chainlit" / "translations" / f"{locale}.json").read_text(encoding="utf-8"))
        ours = texts("en" if lang == "en" else "fr").chainlit
        assert wording["chat"]["watermark"] == ours["chat.watermark"]
        assert wording["common"]["actions"]["cancel"]


def test_a_second_start_writes_everything_anew(tmp_path: Path) -> None:
    site.write(tmp_path, Site(("127.0.0.1",), 1))
    site.write(tmp_path, HERE)
    assert "8123" in (tmp_path / ".chainlit" / "config.toml").read_text(encoding="utf-8")
    assert (tmp_path / "public" / "chat.js").is_file()
    theme = json.loads((tmp_path / "public" / "theme.json").read_text(encoding="utf-8"))
    assert theme["custom_fonts"] == []


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / ".chainlit").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(ServeError, match="setting 'data'"):
        site.write(tmp_path, HERE)


def luminance(colour: str) -> float:
    """Relative luminance of `H S% L%` (WCAG 2.2, definition of relative luminance)."""
    hue, saturation, lightness = (float(part.rstrip("%")) for part in colour.split())
    saturation, lightness = saturation / 100, lightness / 100
    chroma = saturation * min(lightness, 1 - lightness)
    total = 0.0
    for offset, weight in ((0, 0.2126), (8, 0.7152), (4, 0.0722)):
        k = (offset + hue / 30) % 12
        channel = lightness - chroma * max(-1, min(k - 3, 9 - k, 1))
        total += weight * (channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4)
    return total


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("variant", ["light", "dark"])
def test_the_colours_of_the_theme_can_be_read(tmp_path: Path, variant: str) -> None:
    site.write(tmp_path, HERE)
    theme = json.loads((tmp_path / "public" / "theme.json").read_text(encoding="utf-8"))["variables"][variant]
    for ground in ("--background", "--card", "--muted", "--accent"):
        for ink in ("--foreground", "--muted-foreground", "--primary"):
            assert contrast(theme[ink], theme[ground]) >= 4.5, (ink, ground)
    assert contrast(theme["--primary-foreground"], theme["--primary"]) >= 4.5
    for edge in ("--input", "--ring"):
        assert contrast(theme[edge], theme["--background"]) >= 3, edge
