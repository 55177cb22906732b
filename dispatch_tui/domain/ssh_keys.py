"""Public keys of OpenSSH: read from what somebody hands in, and how the server is told of one."""

import base64
import binascii
import re
import shlex
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256

import msgspec

from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.text import clean_line

MOST_BYTES = 16_384
"""What is longer is no public key; the longest RSA key takes 3 kB."""

SHORTEST_RSA, LONGEST_RSA = 2048, 16_384
"""Bits; OpenSSH takes none that are longer."""

LONGEST_COMMENT = 120

FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")

_POINTS = {"nistp256": 65, "nistp384": 97, "nistp521": 133}
"""Bytes of a point that is not compressed, by curve."""

_ED25519, _RSA, _HARDWARE = "ssh-ed25519", "ssh-rsa", "@openssh.com"
KINDS = (
    _ED25519,
    *(f"ecdsa-sha2-{curve}" for curve in _POINTS),
    f"sk-{_ED25519}{_HARDWARE}",
    f"sk-ecdsa-sha2-nistp256{_HARDWARE}",
    _RSA,
)
"""What a key can be; those that begin with sk- live in a token."""

_LATER = re.compile(rf"\s(?:ssh-dss|{'|'.join(map(re.escape, KINDS))})\s")


class PublicKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key as its line says it: `body` is in base64, `fingerprint` what OpenSSH calls it."""

    kind: str
    body: str
    comment: str
    fingerprint: str


class StaffKey(msgspec.Struct, frozen=True, kw_only=True):
    """That whoever has this key is the person with the login."""

    fingerprint: str
    login: str
    kind: str
    body: str
    comment: str
    added_at: datetime


def read_public_key(text: str) -> PublicKey:
    """Return the one key in the text of a public key file; raises `InvalidInput` saying why not."""
    if len(text) > MOST_BYTES:
        raise InvalidInput(N_("This is too large for a public key."))
    if "PRIVATE KEY" in text or text.startswith("PuTTY-User-Key-File"):
        raise InvalidInput(
            N_("This is a private key, which nobody but its owner may have: give the .pub file.")
        )
    if "BEGIN SSH2 PUBLIC KEY" in text:
        raise InvalidInput(
            N_("This key is written in another form: turn it with ssh-keygen -i -f FILE first.")
        )
    stripped = (line.strip() for line in text.splitlines())
    lines = [line for line in stripped if line and not line.startswith("#")]
    if not lines:
        raise InvalidInput(N_("There is no key in it."))
    if len(lines) > 1:
        raise InvalidInput(N_("There are several keys in it: give one at a time."))
    return _key(lines[0])


def authorized_line(kind: str, body: str, command: Sequence[str]) -> str:
    """Return the line for sshd that lets a key do nothing but run a command.

    It is quoted for the shell, and once more for sshd, which knows an escaped quote and nothing
    else. Raises `InvalidInput` for what cannot stand in a line.
    """
    said = shlex.join(command)
    if not said.isprintable():
        raise InvalidInput(N_("This command cannot be written in one line."))
    quoted = said.replace('"', '\\"')
    return f'restrict,pty,command="{quoted}" {kind} {body}'


def _key(line: str) -> PublicKey:
    kind, body, comment = (*line.split(None, 2), "", "")[:3]
    if kind == "ssh-dss":
        raise InvalidInput(N_("DSA keys are too weak: make one with ssh-keygen -t ed25519."))
    if kind not in KINDS:
        raise _no_kind(line, kind)
    try:
        blob = base64.b64decode(body, validate=True)
        _check(kind, list(_parts(blob)))
    except (binascii.Error, ValueError) as error:
        raise InvalidInput(
            N_("This key is damaged: copy the whole line of the .pub file again.")
        ) from error
    digest = base64.b64encode(sha256(blob).digest()).decode().rstrip("=")
    return PublicKey(
        kind=kind,
        body=base64.b64encode(blob).decode(),
        comment=clean_line(comment)[:LONGEST_COMMENT],
        fingerprint=f"SHA256:{digest}",
    )


def _no_kind(line: str, kind: str) -> InvalidInput:
    if "-cert-v0" in kind:
        return InvalidInput(N_("This is a certificate: give the key itself, the .pub file."))
    if _LATER.search(line):
        return InvalidInput(N_("There are options in front of the key: leave them out."))
    return InvalidInput(
        N_("This is no public key of OpenSSH: its line begins with one of {kinds}."), kinds=KINDS
    )


def _parts(blob: bytes) -> Iterator[bytes]:
    """The strings that a key is made of, each after its length (RFC 4253, 6.6)."""
    while blob:
        length = int.from_bytes(blob[:4], "big")
        if len(blob) < 4 + length:
            raise ValueError("cut short")
        yield blob[4 : 4 + length]
        blob = blob[4 + length :]


def _check(kind: str, parts: list[bytes]) -> None:
    """Raise `ValueError` for what is no key of its kind, `InvalidInput` for one that is weak."""
    name, *values = parts
    if name != kind.encode():
        raise ValueError("another kind")
    if kind.endswith(_HARDWARE):
        *values, _application = values
    if kind == _RSA:
        _exponent, modulus = values
        _check_length(int.from_bytes(modulus, "big").bit_length())
    elif _ED25519 in kind:
        (point,) = values
        if len(point) != 32:
            raise ValueError("no point")
    else:
        curve_name, point = values
        curve = curve_name.decode("ascii")
        if not kind.removesuffix(_HARDWARE).endswith(curve) or len(point) != _POINTS.get(curve):
            raise ValueError("another curve")


def _check_length(bits: int) -> None:
    if not SHORTEST_RSA <= bits <= LONGEST_RSA:
        raise InvalidInput(
            N_(
                "An RSA key has {least} to {most} bits, this one {bits}: "
                "make one with ssh-keygen -t ed25519."
            ),
            least=SHORTEST_RSA,
            most=LONGEST_RSA,
            bits=bits,
        )
