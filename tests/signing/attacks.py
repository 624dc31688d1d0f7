"""Signed files as others make them, and what an attacker does to them, numbered as in the trial of validators.

Everything is made by stock pyHanko, not by our own signing, with certificates of the test authority.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

import pikepdf
from asn1crypto import cms
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields as sig_fields
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, PdfTimeStamper, SimpleSigner
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from vanthu.signing.loops import run
from vanthu_tools.test_pki import Authority, Holder

BODY = "Viện kiểm sát nhân dân tỉnh Bắc Ninh"
PEOPLE = {
    "drafter": "Vũ Thị Hoa",
    "reader": "Đoàn Văn Nam",
    "leader": "Nguyễn Văn An",
    "stranger": "Trần Thị Bình",
}


@dataclass(frozen=True)
class Key:
    """A certificate with its key and the certificates between it and the root."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    chain: Sequence[x509.Certificate]

    @property
    def signer(self) -> SimpleSigner:
        """pyHanko's signer with this key."""
        store = SimpleCertificateStore()
        store.register_multiple(asn1(one) for one in self.chain)
        der = self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return SimpleSigner(asn1(self.certificate), asn1_keys.PrivateKeyInfo.load(der), store)


@dataclass
class Workshop:
    """Makes the files in a folder; each is made once, when it is first asked for."""

    authority: Authority
    folder: Path
    _keys: dict[str, Key] = field(default_factory=dict)

    def key(self, who: str) -> Key:
        """The key of one of `PEOPLE` or of the office (`office`)."""
        if who not in self._keys:
            kind, name = ("office", BODY) if who == "office" else ("person", PEOPLE[who])
            self._keys[who] = self.fresh_key(Holder(kind, 900 + len(self._keys), name, BODY))
        return self._keys[who]

    def fresh_key(self, holder: Holder, **validity: datetime) -> Key:
        """A new certificate from the authority."""
        issued = self.authority.issue(holder, **validity)
        pem = (self.authority.folder / "keys" / f"{issued.key_name}.pem").read_bytes()
        key = serialization.load_pem_private_key(pem, None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return Key(issued.certificate, key, [self.authority.certificate("ca")])

    def silent_key(self) -> Key:
        """A certificate of a private root that names no place to ask; the root is its chain."""
        keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
        names = [
            x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])
            for text in ("Gốc riêng", PEOPLE["leader"])
        ]
        now = datetime.now(UTC) - timedelta(days=1)
        made = []
        for place, (name, key) in enumerate(zip(names, keys, strict=True)):
            builder = (
                x509.CertificateBuilder()
                .subject_name(name)
                .issuer_name(names[0])
                .public_key(key.public_key())
            )
            builder = (
                builder.serial_number(place + 7)
                .not_valid_before(now)
                .not_valid_after(now + timedelta(days=99))
            )
            builder = builder.add_extension(
                x509.BasicConstraints(ca=not place, path_length=None), critical=True
            )
            usage = x509.KeyUsage(bool(place), bool(place), *[False] * 3, not place, not place, *[False] * 2)
            made.append(builder.add_extension(usage, critical=True).sign(keys[0], hashes.SHA256()))
        return Key(made[1], keys[1], [made[0]])

    def old_key(self) -> Key:
        """A certificate below an authority whose own certificate the root signed with SHA-1."""
        made = asn1_x509.Certificate.load(asn1(self.authority.certificate("ca")).dump())
        algorithm = {"algorithm": "sha1_ecdsa"}
        made["tbs_certificate"]["signature"] = made["signature_algorithm"] = algorithm
        signed = self.authority.key("root").sign(
            made["tbs_certificate"].dump(force=True), ec.ECDSA(hashes.SHA1())
        )
        made["signature_value"] = signed
        below = self.fresh_key(Holder("person", 960, PEOPLE["leader"], BODY))
        return Key(below.certificate, below.key, [x509.load_der_x509_certificate(made.dump(force=True))])

    @property
    def stamper(self) -> HTTPTimeStamper:
        return HTTPTimeStamper(self.authority.tsa_url)

    def context(self) -> ValidationContext:
        """For signing: what pyHanko asks to embed evidence."""
        return ValidationContext(
            trust_roots=[asn1(self.authority.root)],
            other_certs=[asn1(self.authority.certificate("ca"))],
            allow_fetching=True,
            revocation_mode="hard-fail",
        )

    def sign(
        self,
        source: Path,
        who: str | Key,
        name: str,
        *,
        box: tuple[int, int, int, int] | None = None,
        certify: bool = False,
        stamp: bool = True,
        archive: bool = False,
        government: bool = False,
        out: str = "",
    ) -> Path:
        """Sign in the field `name`, which is made (visible with a `box`) if it is not there."""
        key = who if isinstance(who, Key) else self.key(who)
        target = self.folder / (out or f"{source.stem}+{name}.pdf")
        metadata = PdfSignatureMetadata(
            field_name=name,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED if government else SigSeedSubFilter.PADES,
            certify=certify,
            docmdp_permissions=MDPPerm.FILL_FORMS,
            embed_validation_info=archive,
            use_pades_lta=archive,
            validation_context=self.context() if archive else None,
        )
        spec = SigFieldSpec(name, on_page=0, box=box) if box else None
        signer = PdfSigner(
            metadata, key.signer, timestamper=self.stamper if stamp else None, new_field_spec=spec
        )
        with source.open("rb") as file, target.open("w+b") as written:
            run(signer.async_sign_pdf(IncrementalPdfFileWriter(file, strict=False), output=written))
        return target

    @cached_property
    def paper(self) -> Path:
        """Two pages of text, unsigned, without fields."""
        document = pikepdf.new()
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        fonts = document.make_indirect(pikepdf.Dictionary(F1=document.make_indirect(font)))
        for number in (1, 2):
            page = document.add_blank_page(page_size=(595, 842))
            page.Resources = pikepdf.Dictionary(Font=fonts)
            page.Contents = document.make_stream(b"BT /F1 14 Tf 72 700 Td (Plan, page %d) Tj ET" % number)
        return self._saved(document, "paper.pdf")

    @cached_property
    def form(self) -> Path:
        """The paper with empty fields for number, day, month, two initials, leader and office."""
        target = self.folder / "form.pdf"
        with self.paper.open("rb") as file, target.open("wb") as written:
            writer = IncrementalPdfFileWriter(file)
            for place, name in enumerate(("KyNhay1", "KyNhay2", "LanhDao", "CoQuan")):
                box = (300, 400 - 80 * place, 400, 460 - 80 * place)
                sig_fields.append_signature_field(writer, SigFieldSpec(name, on_page=0, box=box))
            for place, name in enumerate(("SoVB", "Ngay", "Thang")):
                _add_text_field(writer, name, (72 + 60 * place, 750, 120 + 60 * place, 770))
            writer.write(written)
        return target

    @cached_property
    def simple(self) -> Path:
        """Clean: one signature without a time stamp."""
        return self.sign(self.paper, "leader", "Signature1", stamp=False, out="simple.pdf")

    @cached_property
    def issued(self) -> Path:
        """Clean: the leader certifies, the number is filled in, the office signs."""
        signed = self.sign(self.form, "leader", "LanhDao", certify=True, out="led.pdf")
        return self.sign(self.numbered(signed, "129"), "office", "CoQuan", out="issued.pdf")

    @cached_property
    def archived(self) -> Path:
        """Clean: two initials, leader and office, the last two with evidence and an archive time stamp."""
        first = self.sign(self.form, "drafter", "KyNhay1")
        second = self.sign(first, "reader", "KyNhay2")
        third = self.sign(
            self.numbered(second, "129"), "leader", "LanhDao", archive=True, out="archived-3.pdf"
        )
        return self.sign(third, "office", "CoQuan", archive=True, out="archived.pdf")

    @cached_property
    def renewed(self) -> Path:
        """Clean: the archived file with its archive time stamp renewed."""
        target = self.folder / "renewed.pdf"
        target.write_bytes(self.archived.read_bytes())
        with target.open("r+b") as file:
            reader = PdfFileReader(file)
            stamper = PdfTimeStamper(self.stamper)
            run(stamper.async_update_archival_timestamp_chain(reader, self.context()))
        return target

    @cached_property
    def government(self) -> Path:
        """Clean: as the government's tool signs; the first certifies, the second adds a visible field."""
        first = self.sign(
            self.paper, "leader", "Signature1", box=(300, 200, 400, 260), certify=True, government=True
        )
        return self.sign(
            first, "office", "Signature2", box=(200, 200, 280, 280), government=True, out="government.pdf"
        )

    @cached_property
    def locked(self) -> Path:
        """A file that opens with a password only."""
        return self._encrypted(pikepdf.Encryption(user="secret", owner="owner"), "locked.pdf")

    @cached_property
    def restricted(self) -> Path:
        """A file that everybody opens but only its owner may change."""
        return self._encrypted(pikepdf.Encryption(user="", owner="owner"), "restricted.pdf")

    def _encrypted(self, encryption: pikepdf.Encryption, name: str) -> Path:
        with pikepdf.open(self.paper) as document:
            document.save(self.folder / name, encryption=encryption)
        return self.folder / name

    def numbered(self, source: Path, number: str, name: str = "") -> Path:
        """The file with the number written into its field."""

        def write(writer: IncrementalPdfFileWriter) -> None:
            field = field_of(writer, "SoVB")
            field["/V"] = generic.TextStringObject(number)
            look = generic.StreamObject(
                {pdf_name("/Subtype"): pdf_name("/Form")}, stream_data=number.encode()
            )
            field["/AP"] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(look)})
            writer.update_container(field)

        return self.updated(source, write, name or f"{source.stem}-{number}.pdf")

    def updated(self, source: Path, change: Callable[[IncrementalPdfFileWriter], None], name: str) -> Path:
        """The file with an incremental update."""
        target = self.folder / name
        with source.open("rb") as file, target.open("wb") as written:
            writer = IncrementalPdfFileWriter(file, strict=False)
            change(writer)
            writer.write(written)
        return target

    def rewritten(self, data: bytes, name: str) -> Path:
        """A file with these bytes."""
        target = self.folder / name
        target.write_bytes(data)
        return target

    def _saved(self, document: pikepdf.Pdf, name: str) -> Path:
        document.save(self.folder / name, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return self.folder / name

    # --- attacks; each takes a clean file and gives the changed one ---

    def a02_byte_changed(self, clean: Path) -> Path:
        return self._flipped(clean, clean.read_bytes().index(b"stream") + 12, "a02.pdf")

    def a03_signature_changed(self, clean: Path) -> Path:
        """A byte within the value of the first signature."""
        data = clean.read_bytes()
        value = _contents(data)[0]
        der = bytes.fromhex(data[value].decode())
        inner = _signature_value_at(der)
        return self._hexed(data, value.start + 2 * inner, "a03.pdf")

    def a03b_stamp_changed(self, clean: Path) -> Path:
        """A byte within the signature of the time stamp in the first signature, with which its CMS ends."""
        data = clean.read_bytes()
        value = _contents(data)[0]
        length = len(cms.ContentInfo.load(bytes.fromhex(data[value].decode())).dump())
        return self._hexed(data, value.start + 2 * (length - 10), "a03b.pdf")

    def a04_garbage(self, clean: Path, tail: bytes = b"secret") -> Path:
        return self.rewritten(clean.read_bytes() + tail, "a04.pdf")

    def a05_page_replaced(self, clean: Path) -> Path:
        def change(writer: IncrementalPdfFileWriter) -> None:
            page, _ = writer.find_page_for_modification(0)
            page.get_object()["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"q Q"))
            writer.update_container(page.get_object())

        return self.updated(clean, change, "a05.pdf")

    def a06_page_appended(self, clean: Path) -> Path:
        def change(writer: IncrementalPdfFileWriter) -> None:
            page = generic.DictionaryObject(
                {
                    pdf_name("/Type"): pdf_name("/Page"),
                    pdf_name("/MediaBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842))),
                }
            )
            writer.insert_page(page)

        return self.updated(clean, change, "a06.pdf")

    def a07_overlay(self, clean: Path) -> Path:
        def change(writer: IncrementalPdfFileWriter) -> None:
            note = generic.DictionaryObject(
                {
                    pdf_name("/Type"): pdf_name("/Annot"),
                    pdf_name("/Subtype"): pdf_name("/Square"),
                    pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (100, 100, 300, 300))),
                }
            )
            writer.register_annotation(writer.find_page_for_modification(0)[0], writer.add_object(note))

        return self.updated(clean, change, "a07.pdf")

    def a08_picture_swapped(self, clean: Path) -> Path:
        """The picture of the last signature is replaced."""

        def change(writer: IncrementalPdfFileWriter) -> None:
            signed = [one for _, _, one in sig_fields.enumerate_sig_fields(writer, filled_status=True)]
            shown = [one.get_object() for one in signed if "/AP" in one.get_object()]
            look = generic.StreamObject({pdf_name("/Subtype"): pdf_name("/Form")}, stream_data=b"q Q")
            shown[-1]["/AP"] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(look)})
            writer.update_container(shown[-1])

        return self.updated(clean, change, "a08.pdf")

    def a09_range_removed(self, clean: Path) -> Path:
        data = clean.read_bytes()
        return self.rewritten(data.replace(b"/ByteRange", b"/ByteXange", 1), "a09.pdf")

    def a10_signature_emptied(self, clean: Path) -> Path:
        data = bytearray(clean.read_bytes())
        value = _contents(bytes(data))[0]
        data[value] = b"0" * (value.stop - value.start)
        return self.rewritten(bytes(data), "a10.pdf")

    def a11_wrapped(self, clean: Path) -> Path:
        """Other content is pushed between the two signed parts, and the range is moved around it."""
        data = clean.read_bytes()
        found = re.search(rb"/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)\s+(\d+)\s*\]", data)
        assert found is not None
        filling = b"\n9999 0 obj\n<< /Type /Page >>\nendobj\n"
        second = int(found[2])
        moved = found[0].replace(found[2], b"%d" % (second + len(filling)))
        moved += b" " * (len(found[0]) - len(moved))
        data = data[:second] + filling + data[second:]
        return self.rewritten(data.replace(found[0], moved, 1), "a11.pdf")

    def a12_expired(self) -> Path:
        yesterday = datetime.now(UTC) - timedelta(days=1)
        holder = Holder("person", 950, PEOPLE["leader"], BODY)
        key = self.fresh_key(holder, start=yesterday - timedelta(days=9), end=yesterday)
        return self.sign(self.paper, key, "Signature1", out="a12.pdf")

    def a13_revoked(self) -> Path:
        key = self.fresh_key(Holder("person", 951, PEOPLE["leader"], BODY))
        self.authority.revoke(key.certificate.serial_number, datetime.now(UTC) - timedelta(hours=1))
        return self.sign(self.paper, key, "Signature1", out="a13.pdf")

    def a14_self_signed(self) -> Path:
        """A certificate of the leader's name that somebody made."""
        key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
        name = self.key("leader").certificate.subject
        usage = x509.KeyUsage(True, True, *[False] * 7)
        forged = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=9))
            .add_extension(usage, critical=True)
            .sign(key, hashes.SHA256())
        )
        return self.sign(self.paper, Key(forged, key, []), "Signature1", out="a14.pdf")

    def a15_number_changed(self, clean: Path) -> Path:
        return self.numbered(clean, "999", "a15.pdf")

    def a15b_number_changed_and_signed(self, clean: Path) -> Path:
        """The same, hidden below one more valid signature."""
        return self.sign(self.a15_number_changed(clean), "stranger", "Them", out="a15b.pdf")

    def a16_rolled_back(self, clean: Path) -> Path:
        """The file as it was before its last signature (of a person or an office)."""
        data = clean.read_bytes()
        with clean.open("rb") as file:
            last = int(PdfFileReader(file).embedded_regular_signatures[-1].byte_range[1])
        ends = [match.end() for match in re.finditer(rb"%%EOF\r?\n?", data)]
        return self.rewritten(data[: max(end for end in ends if end < last)], "a16.pdf")

    def a17_font_redefined(self, clean: Path) -> Path:
        def change(writer: IncrementalPdfFileWriter) -> None:
            font = writer.root["/Pages"]["/Kids"][0]["/Resources"]["/Font"]["/F1"]
            font[pdf_name("/BaseFont")] = pdf_name("/Symbol")
            writer.update_container(font)

        return self.updated(clean, change, "a17.pdf")

    def a18_extra_signer(self, clean: Path, name: str = "Them") -> Path:
        return self.sign(clean, "stranger", name, out="a18.pdf")

    def _flipped(self, clean: Path, at: int, name: str) -> Path:
        data = bytearray(clean.read_bytes())
        data[at] ^= 1
        return self.rewritten(bytes(data), name)

    def _hexed(self, data: bytes, at: int, name: str) -> Path:
        """One digit of a hexadecimal string is another."""
        other = b"0" if data[at : at + 1] != b"0" else b"1"
        return self.rewritten(data[:at] + other + data[at + 1 :], name)


INCREMENTAL: Mapping[str, Callable[[Workshop, Path], Path]] = {
    "page_changed": Workshop.a05_page_replaced,
    "pages_added": Workshop.a06_page_appended,
    "annotation_changed": Workshop.a07_overlay,
    "picture_changed": Workshop.a08_picture_swapped,
}


def field_of(writer: IncrementalPdfFileWriter, name: str) -> generic.DictionaryObject:
    """The field of this name, for a change."""
    held = writer.root["/AcroForm"]["/Fields"]
    return next(one.get_object() for one in held if one.get_object().get("/T") == name)


def _add_text_field(writer: IncrementalPdfFileWriter, name: str, box: Sequence[int]) -> None:
    made = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): generic.TextStringObject(name),
            pdf_name("/DA"): generic.TextStringObject("/F1 12 Tf 0 g"),
            pdf_name("/F"): generic.NumberObject(4),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, box)),
        }
    )
    reference = writer.add_object(made)
    writer.register_annotation(writer.find_page_for_modification(0)[0], reference)
    form = writer.root["/AcroForm"]
    form["/Fields"].append(reference)
    writer.update_container(form["/Fields"])


def _contents(data: bytes) -> list[slice]:
    """Where the hexadecimal values of the signatures stand, in the order of the file."""
    return [slice(*match.span(1)) for match in re.finditer(rb"/Contents\s*<([0-9a-fA-F]{2000,})>", data)]


def _signature_value_at(der: bytes) -> int:
    """Where the value of the signer's ECDSA signature stands: behind its algorithm, in the middle."""
    return der.rindex(bytes.fromhex("06082a8648ce3d040302"), 0, _unsigned_at(der)) + 10 + 20


def _unsigned_at(der: bytes) -> int:
    """Where the unsigned attributes begin: at the time stamp's identifier, or the end."""
    found = der.find(bytes.fromhex("060b2a864886f70d010910020e"))
    return found if found >= 0 else len(der)


def asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    """The certificate as pyHanko wants it."""
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
