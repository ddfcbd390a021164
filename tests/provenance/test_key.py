"""The signing key: made once, for its owner alone, and never a reason to fail in an odd way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from motet.errors import FormatError
from motet.provenance.key import (
    fingerprint,
    is_signed_by,
    key_path,
    open_signer,
    own_public_key,
)


def test_a_key_is_made_on_first_use_in_the_users_folder() -> None:
    assert own_public_key() == ""
    signer = open_signer()
    assert own_public_key() == signer.public == open_signer().public
    assert key_path().is_file()
    assert len(fingerprint(signer.public)) == 16
    assert [one.name for one in key_path().parent.iterdir()] == [key_path().name]


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX")
def test_only_the_owner_may_read_it() -> None:
    open_signer()
    assert key_path().stat().st_mode & 0o777 == 0o600


def test_a_signature_holds_for_the_very_bytes_and_key(tmp_path: Path) -> None:
    one, two = open_signer(tmp_path / "one.pem"), open_signer(tmp_path / "two.pem")
    signed = one.sign(b"notes")
    assert is_signed_by(one.public, b"notes", signed)
    assert not is_signed_by(one.public, b"other", signed)
    assert not is_signed_by(two.public, b"notes", signed)
    assert not is_signed_by(one.public, b"notes", "no base64")
    assert not is_signed_by("short", b"notes", signed)


def test_what_is_no_key_is_told(tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text("nothing")
    with pytest.raises(FormatError, match="it is no key"):
        open_signer(tmp_path / "key.pem")
    with pytest.raises(FormatError, match="signing key"):
        open_signer(tmp_path / "none.pem", makes_key=False)


def test_a_key_of_another_kind_is_told(tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    data = X25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    (tmp_path / "key.pem").write_bytes(data)
    with pytest.raises(FormatError, match="no Ed25519 key"):
        open_signer(tmp_path / "key.pem")
