"""A public key is taken as OpenSSH writes it, everything else is refused in one sentence."""

import base64
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.ssh_keys import MOST_BYTES, authorized_line, read_public_key
from dispatch_tui.domain.text import clean_line

ED25519 = (
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIGY10G6DhWbKEiJ6d4Oc6Fb/XaTRMcPQ2Gcvi+7s7pX ann@home"
)
ED25519_BODY = ED25519.split()[1]
needs_keygen = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen here")


def made(folder: Path, kind: str, bits: int = 0) -> tuple[str, str]:
    """The text of a public key file that ssh-keygen made, and the fingerprint that it tells."""
    path = folder / f"{kind}{bits}"
    size = ("-b", str(bits)) if bits else ()
    command = ["ssh-keygen", "-q", "-t", kind, *size, "-N", "", "-C", "a b", "-f", str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    told = subprocess.run(
        ["ssh-keygen", "-lf", f"{path}.pub"], check=True, capture_output=True, text=True
    )
    return path.with_suffix(".pub").read_text(), told.stdout.split()[1]


def body_of(*parts: bytes) -> str:
    """A key of these parts."""
    blob = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return base64.b64encode(blob).decode()


@needs_keygen
@pytest.mark.parametrize(
    ("kind", "bits"),
    [("ed25519", 0), ("ecdsa", 256), ("ecdsa", 384), ("ecdsa", 521), ("rsa", 2048)],
)
def test_what_openssh_makes_is_read_and_called_as_openssh_calls_it(
    tmp_path: Path, kind: str, bits: int
) -> None:
    text, fingerprint = made(tmp_path, kind, bits)
    key = read_public_key(f"# mine\r\n\n{text}\n\n")
    assert (key.fingerprint, key.comment) == (fingerprint, "a b")
    assert f"{key.kind} {key.body}" == " ".join(text.split()[:2])


def test_keys_in_tokens_are_read() -> None:
    for kind, parts in (
        ("sk-ssh-ed25519@openssh.com", (b"x" * 32, b"ssh:")),
        ("sk-ecdsa-sha2-nistp256@openssh.com", (b"nistp256", b"\4" + b"x" * 64, b"ssh:")),
    ):
        assert read_public_key(f"{kind} {body_of(kind.encode(), *parts)}").kind == kind


def test_a_comment_is_cleaned_and_cut() -> None:
    text = f"ssh-ed25519 {ED25519_BODY} \x1b]0;x\x07\u202e{'a' * 300}"
    comment = read_public_key(text).comment
    assert len(comment) == 120
    assert comment == clean_line(comment)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no key in it"),
        ("# only words\n", "no key in it"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1r\n", "private key"),
        ("PuTTY-User-Key-File-3: ssh-ed25519\n", "private key"),
        ("---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n", "another form"),
        (f"{ED25519}\n{ED25519}\n", "several keys"),
        (f'command="sh" {ED25519}', "options in front"),
        (f'no-pty,command="a b" {ED25519}', "options in front"),
        (f"ssh-dss {ED25519_BODY}", "DSA keys are too weak"),
        (f"ssh-ed25519-cert-v01@openssh.com {ED25519_BODY}", "certificate"),
        ("ssh-ed25519", "damaged"),
        (f"ssh-ed25519 {ED25519_BODY[:-4]}", "damaged"),
        (f"ssh-ed25519 {ED25519_BODY[:-1]}", "damaged"),
        (f"ssh-ed25519 {ED25519_BODY}AAAA", "damaged"),
        (f"ssh-ed25519 !{ED25519_BODY}", "damaged"),
        (f"ssh-rsa {ED25519_BODY}", "damaged"),
        (f"ssh-ed25519 {body_of(b'ssh-ed25519')}", "damaged"),
        (f"ssh-ed25519 {body_of(b'ssh-ed25519', b'x' * 31)}", "damaged"),
        (f"ecdsa-sha2-nistp256 {body_of(b'ecdsa-sha2-nistp256', b'nistp384', b'x')}", "damaged"),
        (f"ecdsa-sha2-nistp256 {body_of(b'ecdsa-sha2-nistp256', b'', b'x')}", "damaged"),
        (f"ssh-rsa {body_of(b'ssh-rsa', bytes([1, 0, 1]), b'x' * 128)}", "has 2048 to 16384 bits"),
        ("some words of somebody", "no public key of OpenSSH"),
        ("\x00\x01\x02", "no public key of OpenSSH"),
        ("x" * (MOST_BYTES + 1), "too large"),
    ],
)
def test_what_is_no_key_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        read_public_key(text)


@given(st.text(max_size=300), st.binary(max_size=80))
def test_garbage_is_refused_never_more(text: str, blob: bytes) -> None:
    for said in (text, f"ssh-ed25519 {base64.b64encode(blob).decode()}", f"ssh-rsa {text}"):
        with pytest.raises(InvalidInput):
            read_public_key(said)


def dequoted(line: str) -> tuple[str, str]:
    """What sshd takes from a line: the command, and what stands after the options."""
    assert line.startswith('restrict,pty,command="')
    rest = line.removeprefix('restrict,pty,command="')
    said = []
    while not rest.startswith('"'):
        if rest.startswith('\\"'):
            rest = rest[1:]
        said.append(rest[0])
        rest = rest[1:]
    return "".join(said), rest[1:]


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=1))
def test_no_word_breaks_out_of_the_line(words: list[str]) -> None:
    try:
        line = authorized_line("ssh-ed25519", "AAAA", words)
    except InvalidInput:
        assert not "".join(words).isprintable()
        return
    command, rest = dequoted(line)
    assert shlex.split(command) == words
    assert rest == " ssh-ed25519 AAAA"
    assert line.isprintable()
