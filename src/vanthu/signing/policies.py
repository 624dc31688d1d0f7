"""The named policies under which signatures are judged: data, with a version that stands in every stored report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from asn1crypto import x509 as asn1_x509
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffPolicy
from pyhanko_certvalidator.policy_decl import DisallowWeakAlgorithmsPolicy

from vanthu.signing.compatibility import COMPATIBLE_DIFF_POLICY

_BROKEN = frozenset({"md2", "md5"})
_WEAK = _BROKEN | {"sha1"}


@dataclass(frozen=True, slots=True)
class Policy:
    """How strictly a file is judged.

    `own_fields_only`: a signature in a field that this system does not make, or behind the office's, is an intruder.
    `new_fields`: a signature that certifies the file may be followed by visible fields that were not there before.
    `strict_syntax`: files that break the PDF standard are not read. `sha1_roots`: common names of the roots whose
    chains may still be signed with SHA-1; documents never may.
    """

    name: str
    version: int
    title: str
    own_fields_only: bool = False
    new_fields: bool = True
    strict_syntax: bool = False
    sha1_roots: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        """Name and version, as a stored report names its policy."""
        return f"{self.name}/{self.version}"

    @property
    def diff_policy(self) -> DiffPolicy:
        """Which changes after a signature leave it valid."""
        return COMPATIBLE_DIFF_POLICY if self.new_fields else DEFAULT_DIFF_POLICY

    def legacy_among(self, trusted: Iterable[asn1_x509.Certificate]) -> tuple[asn1_x509.Certificate, ...]:
        """Those of the trusted roots below which this policy accepts SHA-1."""
        return tuple(one for one in trusted if common_name(one) in self.sha1_roots)


OWN = Policy(
    "own",
    1,
    "Văn bản do hệ thống này lập",
    own_fields_only=True,
    new_fields=False,
    strict_syntax=True,
)
GOVERNMENT_COMPAT = Policy("government_compat", 1, "Tệp ký bằng công cụ của Ban Cơ yếu hoặc phần mềm khác")
LEGACY_SHA1 = Policy(
    "legacy_sha1",
    1,
    "Chứng thư thế hệ G1 (SHA-1) của Ban Cơ yếu",
    sha1_roots=frozenset({"Co quan chung thuc so chuyen dung Chinh phu (RootCA)"}),
)
POLICIES: Mapping[str, Policy] = {one.name: one for one in (OWN, GOVERNMENT_COMPAT, LEGACY_SHA1)}
AUTOMATIC, AUTOMATIC_LABEL = "auto", "auto/1"
"""Asks for `own` where all signatures up to the office's stand in our fields, else for `government_compat`."""


STRICT_ALGORITHMS = DisallowWeakAlgorithmsPolicy(weak_hash_algos=_WEAK)
"""Of documents always, of chains unless the policy lists their root."""
LEGACY_ALGORITHMS = DisallowWeakAlgorithmsPolicy(weak_hash_algos=_BROKEN)


def common_name(certificate: asn1_x509.Certificate) -> str:
    """The common name of the subject, "" without one; of several the first."""
    return first_of(certificate.subject.native.get("common_name", ""))


def first_of(value: object) -> str:
    """A name that stands once or several times in a subject, as text."""
    return str(value[0]) if isinstance(value, list) else str(value or "")
