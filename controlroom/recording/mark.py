"""Which tape a film was made of, written into the film: a stale one is found without encoding.

The bytes of a WebP depend on the libraries that encode it, the tape on nothing but the demo and the
program. So the film carries the tape's digest, in the place where such a file keeps words about
itself, and to see whether it is still true the demo is played and no more.
"""

from __future__ import annotations

import hashlib
import io
import re
from typing import Final

from controlroom.recording.cast import cast
from controlroom.recording.errors import without
from controlroom.recording.tape import Tape

_MARK: Final = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:source>sha256:{}</dc:source></rdf:Description></rdf:RDF></x:xmpmeta>"
)
_FOUND: Final = re.compile(rb"<dc:source>sha256:([0-9a-f]{64})</dc:source>")


def marked(tape: Tape) -> bytes:
    """What a film of this tape says of itself, as XMP."""
    return _MARK.format(_digest(tape)).encode()


def is_of(content: bytes, tape: Tape) -> bool:
    """Whether a WebP says that it was made of this very tape.

    Raises:
        MissingError: when Pillow is not installed.
    """
    try:
        from PIL import Image, UnidentifiedImageError
    except ImportError:
        raise without("films need the library Pillow") from None
    try:
        with Image.open(io.BytesIO(content), formats=["WEBP"]) as image:
            said = image.info.get("xmp", b"")
    except (UnidentifiedImageError, OSError):
        return False
    found = _FOUND.search(said)
    return found is not None and found[1].decode() == _digest(tape)


def _digest(tape: Tape) -> str:
    return hashlib.sha256(cast(tape).encode()).hexdigest()
