"""A gzip file of a small new part and a large part that was compressed before.

Browsers read only the first member of a gzip file, so the two must share one. Deflate blocks may follow one another
where the first ends on a byte (RFC 1951, 3.2.4; zlib's full flush does it), and only the checksum in the trailer
(RFC 1952) has to be counted over both.
"""

from __future__ import annotations

import struct
import zlib

_HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x04\xff"
_LEVEL = 1


def deflated(data: bytes) -> bytes:
    """Return the data as the last raw deflate blocks of a file, compressed fast."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush(zlib.Z_FINISH)


def gzipped(head: bytes, rest: bytes, rest_deflated: bytes) -> bytes:
    """Return the gzip file of `head + rest`, given `deflated(rest)`."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    first = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = zlib.crc32(rest, zlib.crc32(head))
    trailer = struct.pack("<II", checksum, (len(head) + len(rest)) & 0xFFFFFFFF)
    return b"".join((_HEADER, first, rest_deflated, trailer))
