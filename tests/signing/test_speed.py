"""What makes reading signed files quick changes nothing of what is read."""

import io

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfStreamError

from vanthu.signing import hexadecimal, verify


@pytest.mark.parametrize(
    "digits", [b"", b"4", b"41", b"4 1\r\n42", b"FEFF0041", b"ab" * 12_288, b"00" * 200_000]
)
def test_hexadecimal_strings_are_read_as_they_stand(digits: bytes) -> None:
    stream = io.BytesIO(b"<" + digits + b"> /Next")
    tight = b"".join(digits.split())
    wanted = generic.pdf_string(bytes.fromhex((tight + b"0" * (len(tight) % 2)).decode()))
    assert hexadecimal.read(stream) == wanted
    assert stream.read() == b" /Next"


@pytest.mark.parametrize("broken", [b"<41", b"<", b"<4x>", "<é>".encode()])
def test_a_broken_string_is_refused_and_never_read_for_ever(broken: bytes) -> None:
    with pytest.raises(PdfStreamError):
        hexadecimal.read(io.BytesIO(broken))


def test_validation_reads_this_way() -> None:
    assert verify.Verifier.verify
    assert generic.read_hex_string_from_stream is hexadecimal.read
