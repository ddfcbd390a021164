"""The key that sidecars are signed with: made on first use, kept in the user's configuration folder.

Conventions: Ed25519; the private key is a PEM file without password that only its owner may read (mode 600),
the public key 32 bytes, written as base64. A fingerprint is the first 16 digits of the SHA-256 of the public
key. The key says that one installation signed, not who sat before it.

Source: RFC 8032 (Ed25519); the `cryptography` package.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from motet.errors import FormatError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

__all__ = ["Signer", "fingerprint", "is_signed_by", "key_path", "open_signer", "own_public_key"]


def key_path() -> Path:
    """Return where the key lies, or will lie.

    Examples
    --------
    >>> key_path().name
    'signing-key.pem'
    """
    from platformdirs import user_config_path

    return user_config_path("motet", appauthor=False) / "signing-key.pem"


class Signer:
    """A private key that can sign.

    Examples
    --------
    >>> signer = open_signer(Path("key.pem"))
    >>> is_signed_by(signer.public, b"text", signer.sign(b"text"))
    True
    """

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private

    @property
    def public(self) -> str:
        """The public key, base64."""
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        raw = self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return base64.b64encode(raw).decode()

    def sign(self, data: bytes) -> str:
        """Return the signature of bytes, base64."""
        return base64.b64encode(self._private.sign(data)).decode()


def open_signer(path: Path | None = None, *, makes_key: bool = True) -> Signer:
    """Return the signer of a key file, which is made where there is none.

    Parameters
    ----------
    path : Path or None
        None is `key_path`.
    makes_key : bool
        Whether a missing key is made; else it is an error.

    Returns
    -------
    Signer

    Raises
    ------
    FormatError
        The key cannot be made or read, or is no Ed25519 key.

    Examples
    --------
    >>> open_signer(Path("new/key.pem")).public == open_signer(Path("new/key.pem")).public
    True
    """
    place = path or key_path()
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
    except ImportError as error:
        raise _no_key(place, f"{error.name} is missing", f"缺少 {error.name}") from error
    try:
        if makes_key and not place.exists():
            _make_key(place, Ed25519PrivateKey.generate())
        private = load_pem_private_key(place.read_bytes(), password=None)
    except OSError as error:
        reason = error.strerror or str(error)
        raise _no_key(place, reason, reason) from error
    except (ValueError, TypeError) as error:
        raise _no_key(place, "it is no key", "不是密钥") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise _no_key(place, "it is no Ed25519 key", "不是 Ed25519 密钥")
    return Signer(private)


def _make_key(place: Path, private: Ed25519PrivateKey) -> None:
    """Write a new key that only its owner may read, whole, never over another."""
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    data = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, place)
        except FileExistsError:
            return  # another process was first: its key holds
        except OSError:  # a file system without hard links
            draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)


def own_public_key() -> str:
    """Return the public key of this installation, empty where it has none that can be read.

    Examples
    --------
    >>> own_public_key()
    ''
    """
    try:
        return open_signer(makes_key=False).public
    except FormatError:
        return ""


def fingerprint(public: str) -> str:
    """Return the first 16 digits of the SHA-256 of a public key, empty where it is none.

    Parameters
    ----------
    public : str
        Base64 of 32 bytes.

    Returns
    -------
    str

    Examples
    --------
    >>> fingerprint("no key")
    ''
    """
    raw = _decode(public, 32)
    return hashlib.sha256(raw).hexdigest()[:16] if raw else ""


def is_signed_by(public: str, data: bytes, signature: str) -> bool:
    """Return whether bytes were signed with the private half of a public key.

    Parameters
    ----------
    public, signature : str
        Base64.
    data : bytes

    Returns
    -------
    bool
        False, too, where one of the two is malformed.

    Examples
    --------
    >>> is_signed_by("", b"", "")
    False
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    key, signed = _decode(public, 32), _decode(signature, 64)
    if not key or not signed:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signed, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def _decode(text: str, length: int) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return raw if len(raw) == length else b""


def _no_key(place: Path, en: str, zh: str) -> FormatError:
    return FormatError(
        f"the signing key cannot be used: {en}; see the rights of the file and its folder",
        zh=f"签名密钥无法使用:{zh};请检查文件及其文件夹的权限",
        path=str(place),
    )
