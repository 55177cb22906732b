"""Where things are and who one is: read from the command line and the environment, nowhere else."""

import getpass
from pathlib import Path

import msgspec
from platformdirs import user_data_path, user_documents_path

APP = "dispatch-tui"

DEFAULT_ZONE = "Asia/Shanghai"
"""The company's time zone until a setting says otherwise."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What a run of the program was asked for; `login` "" means the OS login."""

    database: str
    login: str = ""
    language: str = "en"


def default_database() -> Path:
    """Return the path of the database where none is named."""
    return user_data_path(APP, appauthor=False) / "dispatch.db"


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
