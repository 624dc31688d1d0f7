"""What a letter is made of; names are given in ordinary case, the layout writes capitals where the decree asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vanthu.documents.states import Urgency


@dataclass(frozen=True, slots=True)
class Appendix:
    """What follows the letter in the same file: a regulation it issues, or an annex ("Phụ lục I")."""

    title: str
    """Capitals in the middle: "QUY CHẾ", "DANH SÁCH CÁN BỘ DỰ TẬP HUẤN"."""
    body: tuple[str, ...]
    subject: str = ""
    label: str = ""
    """ "Phụ lục I" over the title; empty for a text that the letter issues, which then has its own head."""


@dataclass(frozen=True, slots=True)
class LetterData:
    """One letter to compose. `kind` is a code of `documents.kinds`."""

    kind: str
    office: str
    """ "Viện kiểm sát nhân dân tỉnh Nam Định"."""
    symbol: str
    """What stands after the number and the stroke: "QĐ-VKS", "VKS-P1"."""
    place: str
    """Where it is written: "Nam Định", "Thành phố Hồ Chí Minh"."""
    year: int
    subject: str = ""
    joint_offices: tuple[str, ...] = ()
    """The other bodies that issue it (liên tịch), after the one that chairs."""
    superior: str = ""
    """The office above, of a document of the Party the committee above; empty for the Supreme Procuracy."""
    authority: str = ""
    """Who decides, above the legal basis of a decision; empty takes the head of the office. Of a document of the Party
    the committee: "Đảng ủy Viện kiểm sát nhân dân tỉnh Nam Định"."""
    recipients: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict)
    """The labelled lines of an invitation, introduction or record: {"Thời gian": "14 giờ 00, …"}."""
    body: tuple[str, ...] = ()
    signing: tuple[str, ...] = ("VIỆN TRƯỞNG",)
    """The signing form line by line: ("KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG")."""
    signer: str = ""
    joint: tuple[tuple[tuple[str, ...], str], ...] = ()
    """Who signs together with the signer (văn bản liên tịch): the lines of each form and the name."""
    secretary: str = ""
    """Who signs a record (biên bản) on the left."""
    copies: tuple[str, ...] = ()
    """Nơi nhận without "Như trên", "Như Điều …" and "Lưu": these are added."""
    archive: str = "VT"
    """Who keeps a copy: "VT, P1"."""
    urgency: Urgency = Urgency.NORMAL
    circulation: str = ""
    """The box of ô 11: "LƯU HÀNH NỘI BỘ", "XEM XONG TRẢ LẠI"."""
    drafter_mark: str = ""
    """Ô 12, who typed it and how many copies: "PL.(30)"."""
    contact: str = ""
    """Ô 13, one line at the foot of the first page: address; e-mail; telephone."""
    appendices: tuple[Appendix, ...] = ()
