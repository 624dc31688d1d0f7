"""What still stands between a dossier and the archive, while the work goes on (Decree 30/2020, article 29; Phụ lục V).

What lies in a dossier belongs to other rooms: each kind of item has a source that knows its facts, and
`config.wiring` names them. The result is kept with the dossier, so that a list shows it without asking anybody.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from vanthu.dossiers.models import Dossier, DossierItem, Paper
from vanthu.dossiers.retention import name, shorter
from vanthu.kernel import participants
from vanthu.kernel.actor import Actor
from vanthu.kernel.calendar import now
from vanthu.kernel.files import queries as files
from vanthu.kernel.refusals import Invalid

# Formats that the archive takes: text as PDF, pictures, sound, film (TT 05/2025/TT-BNV); tables and drafts do not last.
LASTING = frozenset(
    {
        "application/pdf", "image/jpeg", "image/png", "image/tiff", "audio/mpeg", "audio/wav", "audio/x-wav",
        "video/mp4", "application/xml", "text/xml",
    }
)  # fmt: skip
SHORTEST_TITLE = 10


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one thing in a dossier.

    `missing` names empty fields; `fragile` names files in formats that do not last; `signature` is "good", "bad",
    "unknown", "none" or "" where none is asked for; `lasting` is "waiting" or "short" while signatures are not kept for
    decades; `finished` is False for a draft on its way.
    """

    label: str
    pages: int | None = None
    missing: tuple[str, ...] = ()
    has_file: bool = True
    fragile: tuple[str, ...] = ()
    signature: str = ""
    lasting: str = ""
    finished: bool = True
    open_tasks: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: what (`code`), in words, with what to do; `kind`, `id` name the thing in the dossier, if any.

    `hard` ones keep a dossier from being closed; the others may stay with a written reason.
    """

    code: str
    text: str
    remedy: str
    hard: bool = False
    kind: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Measure:
    """How far a dossier is: percent of what is asked for, what is not, and its pages."""

    percent: int
    findings: tuple[Finding, ...]
    pages: int


type Source = Callable[[Sequence[int]], Mapping[int, Facts]]

_sources: dict[str, Source] = {}


def know(kind: str, source: Source) -> None:
    """Ask this source about things of a kind; the wiring calls it once per kind."""
    _sources[kind] = source


def measure(dossier_ids: Iterable[int]) -> None:
    """Measure these dossiers and keep the result with them; the same few queries however many there are."""
    found = Dossier.objects.select_related("period__of").in_bulk(list(dossier_ids))
    moment = now()
    for pk, result in _measured(found).items():
        dossier = found[pk]
        dossier.readiness, dossier.page_total = result.percent, result.pages
        dossier.findings = [asdict(one) for one in result.findings]
        dossier.measured_at = moment
    Dossier.objects.bulk_update(
        found.values(), ["readiness", "findings", "page_total", "measured_at"], batch_size=200
    )


def forget(kind: str, pk: int) -> None:
    """Take what was found about a thing, which names it, out of every dossier in which it lies, open or not."""
    lies = DossierItem.objects.filter(item_kind_of=kind, item_id_of=pk).values("dossier")
    for dossier in Dossier.objects.select_for_update().filter(pk__in=lies).order_by("pk"):
        dossier.findings = [one for one in dossier.findings if (one["kind"], one["id"]) != (kind, pk)]
        dossier.save(update_fields=["findings"])


def of(dossier: Dossier) -> Measure:
    """How far one dossier is at this moment."""
    return _measured({dossier.pk: dossier})[dossier.pk]


def kept(dossier: Dossier) -> list[Finding]:
    """The findings as they were last measured."""
    return [Finding(**one) for one in dossier.findings]


def readable(findings: Iterable[Finding], seen: Collection[tuple[str, int]]) -> list[Finding]:
    """The findings for a reader who sees only these things: of the others only their place in the dossier is said."""
    return [
        one
        if not one.kind or (one.kind, one.id) in seen
        else replace(
            one,
            text=f"{one.text.partition(':')[0]}: còn chỗ phải bổ sung, nội dung không dành cho anh/chị xem",
            remedy="nhờ người được xem văn bản bổ sung",
        )
        for one in findings
    ]


def _seen(findings: Sequence[Finding], by: Actor) -> set[tuple[str, int]]:
    """What these findings name and the actor sees; papers are seen by who sees the dossier."""
    seen = {(one.kind, one.id) for one in findings if one.kind == "paper"}
    for kind in {one.kind for one in findings} - {"", "paper"}:
        named = [one.id for one in findings if one.kind == kind]
        seen |= {(kind, pk) for pk in participants.visible(by, kind).filter(item_id__in=named)}
    return seen


def require_closable(dossier: Dossier, reason: str, *, by: Actor) -> None:
    """Raise `Invalid` that names everything to mend, unless only soft findings are left and a reason is given."""
    measured = of(dossier).findings
    found = readable(measured, _seen(measured, by))
    if not found or (len(reason.strip()) >= 10 and not any(one.hard for one in found)):
        return
    named = "; ".join(f"{one.text}: {one.remedy}" for one in found[:12])
    more = f"; và {len(found) - 12} chỗ khác" if len(found) > 12 else ""
    way = (
        ""
        if any(one.hard for one in found)
        else " Nếu không bổ sung được, ghi lý do (từ 10 ký tự) rồi kết thúc."
    )
    raise Invalid(f"Hồ sơ chưa kết thúc được. {named[:1].upper()}{named[1:]}{more}.{way}", code="not_ready")


def _measured(dossiers: Mapping[int, Dossier]) -> dict[int, Measure]:
    inside: dict[int, list[DossierItem]] = {pk: [] for pk in dossiers}
    ids: defaultdict[str, list[int]] = defaultdict(list)
    for item in DossierItem.objects.filter(dossier__in=inside).order_by("dossier", "ordinal"):
        inside[item.dossier_id].append(item)
        ids[item.item_kind_of].append(item.item_id_of)
    known = {
        (kind, pk): facts for kind, wanted in ids.items() for pk, facts in _sources[kind](wanted).items()
    }
    return {
        pk: _judged(
            dossiers[pk],
            [
                (item, known[item.item_kind_of, item.item_id_of])
                for item in items
                if (item.item_kind_of, item.item_id_of) in known
            ],
        )
        for pk, items in inside.items()
    }


def _judged(dossier: Dossier, items: Sequence[tuple[DossierItem, Facts]]) -> Measure:
    asked = [_title(dossier), _retention(dossier), _something(items)]
    for item, facts in items:
        asked += [judge(item, facts) for judge in _JUDGES]
    findings = tuple(one for one in asked if one is not None)
    percent = 100 * (len(asked) - len(findings)) // len(asked)
    return Measure(percent, findings, sum(facts.pages or 0 for _, facts in items))


def _title(dossier: Dossier) -> Finding | None:
    if len(dossier.title) >= SHORTEST_TITLE:
        return None
    return Finding("title", "tiêu đề hồ sơ quá ngắn", "sửa tiêu đề: việc gì, của ai, năm nào", hard=True)


def _retention(dossier: Dossier) -> Finding | None:
    if dossier.retention_years is None:
        return Finding("retention", "chưa có thời hạn bảo quản", "chọn thời hạn bảo quản", hard=True)
    if dossier.period is None or not shorter(dossier.retention_years, dossier.period.least):
        return None
    least = name(dossier.period.least).lower()
    return Finding(
        "retention", f"thời hạn bảo quản ngắn hơn bảng thời hạn ({least})", f"chọn {least} trở lên", hard=True
    )


def _something(items: Sequence[tuple[DossierItem, Facts]]) -> Finding | None:
    if items:
        return None
    return Finding(
        "empty", "hồ sơ chưa có văn bản nào", "đưa văn bản vào hồ sơ trước khi kết thúc", hard=True
    )


def _finished(item: DossierItem, facts: Facts) -> Finding | None:
    if facts.finished:
        return None
    return _finding("draft", item, f"{facts.label} là dự thảo chưa ký, chưa phát hành",
                    "ký, phát hành, hoặc đưa ra khỏi hồ sơ", hard=True)  # fmt: skip


def _fields(item: DossierItem, facts: Facts) -> Finding | None:
    if not facts.missing or not facts.finished:
        return None
    return _finding("fields", item, f"{facts.label} thiếu {', '.join(facts.missing)}", "bổ sung thông tin")


def _file(item: DossierItem, facts: Facts) -> Finding | None:
    if facts.has_file or not facts.finished:
        return None
    return _finding("file", item, f"{facts.label} chưa có tệp", "quét, đính kèm tệp")


def _format(item: DossierItem, facts: Facts) -> Finding | None:
    if not facts.fragile:
        return None
    names = ", ".join(facts.fragile)
    return _finding("format", item, f"{facts.label} có tệp không lưu được lâu dài ({names})", "thay bằng PDF")


def _signature(item: DossierItem, facts: Facts) -> Finding | None:
    said = {
        "bad": ("có chữ ký số không hợp lệ", "xin bên gửi bản ký đúng"),
        "unknown": ("có chữ ký số chưa kiểm tra được", "kiểm tra lại chữ ký"),
        "none": ("chưa có chữ ký số", "xin bản có ký số, hoặc ghi rõ bản giấy nộp kèm"),
    }.get(facts.signature)
    if said is None:
        return None
    return _finding(f"signature_{facts.signature}", item, f"{facts.label} {said[0]}", said[1])


def _lasting(item: DossierItem, facts: Facts) -> Finding | None:
    said = {
        "waiting": ("có chữ ký số chưa lên mức lưu trữ lâu dài (B-LTA)", "hệ thống tự nâng mức, xem lại sau"),
        "short": ("có chữ ký số chưa đủ bằng chứng để lưu trữ lâu dài", "xem lý do ở trang văn bản"),
    }.get(facts.lasting)
    if said is None:
        return None
    return _finding(f"lasting_{facts.lasting}", item, f"{facts.label} {said[0]}", said[1])


def _tasks(item: DossierItem, facts: Facts) -> Finding | None:
    if not facts.open_tasks:
        return None
    text = f"{facts.label} còn {facts.open_tasks} việc đang làm"
    return _finding("tasks", item, text, "hoàn thành việc được giao")


def _finding(code: str, item: DossierItem, text: str, remedy: str, *, hard: bool = False) -> Finding:
    return Finding(
        code, f"văn bản thứ {item.ordinal}: {text}", remedy, hard, item.item_kind_of, item.item_id_of
    )


_JUDGES = (_finished, _fields, _file, _format, _signature, _lasting, _tasks)


def papers(ids: Sequence[int]) -> dict[int, Facts]:
    """The facts of papers, which are this room's own. Two queries."""
    held = files.attachments("paper", ids)
    return {
        one.pk: Facts(
            label=one.title,
            pages=one.pages,
            missing=() if one.dated_on else ("ngày tháng",),
            has_file=bool(held[one.pk]),
            fragile=tuple(file.name for file in held[one.pk] if file.file.media_type not in LASTING),
        )
        for one in Paper.objects.filter(pk__in=ids)
    }


know("paper", papers)
