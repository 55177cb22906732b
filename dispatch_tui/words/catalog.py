"""The catalogue of translations: English in the code, the rest in `locale/`."""

import gettext
import os
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

DOMAIN = "dispatch_tui"
LANGUAGES = ("en", "zh_CN")


@cache
def translations(language: str) -> gettext.NullTranslations:
    """Return the catalogue of a language; English needs none."""
    folder = files("dispatch_tui").joinpath("locale")
    return gettext.translation(
        DOMAIN, localedir=str(folder), languages=[language], fallback=language == "en"
    )


def language_of(environment: Mapping[str, str] = os.environ) -> str:
    """Return the language of the environment: Chinese for any zh locale, else English."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if asked := environment.get(variable, ""):
            return "zh_CN" if asked.lower().startswith("zh") else "en"
    return "en"
