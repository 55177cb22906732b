"""Where things are and who one is: read from the command line, the environment and one file."""

import getpass
from collections.abc import Mapping
from pathlib import Path

import msgspec
from platformdirs import user_config_path, user_data_path, user_documents_path

from dispatch_tui.preferences import Preferences

APP = "dispatch-tui"

DEFAULT_ZONE = "Asia/Shanghai"
"""The company's time zone until a setting says otherwise."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a run of the program was asked for; `login` "" means the OS login.

    `remote` is set where the terminal is at the other end of a line (SSH), `guarded` where the
    person has no account here: no file, no shell, no other program is within their reach.
    `language` is the one that holds where a person said nothing; `said` are the preferences of
    the command line, which nothing overrules. `tour` shows newcomers around.
    """

    database: str
    login: str = ""
    language: str = "en"
    preferences: Preferences = Preferences()
    remote: bool = False
    guarded: bool = False
    said: Mapping[str, str] = {}
    tour: bool = False


def default_database() -> Path:
    """Return the path of the database where none is named."""
    return user_data_path(APP, appauthor=False) / "dispatch.db"


def settings_file() -> Path:
    """Return the path of the file of settings, which need not be there."""
    return user_config_path(APP, appauthor=False) / "settings.toml"


def keys_file() -> Path:
    """Return the path of the file that moves keys, which need not be there."""
    return user_config_path(APP, appauthor=False) / "keys.toml"


def export_folder() -> Path:
    """Return where the console writes lists: the documents, or where there are none our data."""
    documents = user_documents_path()
    return documents if documents.is_dir() else user_data_path(APP, appauthor=False)


def os_login() -> str:
    """Return the name under which this process runs, "" where there is none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
