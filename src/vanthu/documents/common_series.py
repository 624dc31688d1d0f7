"""One series for all kinds, or one for each: an office changes that only before the year's first number.

Otherwise 01/KH-VKS would be given twice in a year. Decree 30/2020/NĐ-CP, article 15.1: a number is unique in its year.
"""

from vanthu.documents import kinds, series
from vanthu.documents.models import Series
from vanthu.kernel.ledger import Event
from vanthu.kernel.refusals import Invalid


def on_rules_changed(event: Event) -> None:
    """Refuse the change while a book of this year has numbers; a reaction to `organisations.rules_changed`.

    Raises `Invalid` (field `common_series`).
    """
    if "common_series" not in event.changes or event.office_id is None:
        return
    place = series.upcoming(event.office_id, "out", kinds.by_code("CV"))
    codes = [code for code, _ in kinds.choices("administrative")]
    used = Series.objects.filter(
        office_id=event.office_id,
        direction="out",
        scope__in=["all", *codes],
        period=place.period.name,
        last__gt=0,
    )
    if used.exists():
        raise Invalid(
            fields={
                "common_series": f"Sổ {series.period_name(place.period.name)} đã có số: đổi lúc này thì số sẽ trùng."
                f" Đổi sau ngày {place.period.last_on:%d/%m/%Y}, trước khi cấp số đầu tiên của kỳ mới;"
                " hoặc lập dãy số có hiệu lực từ kỳ sau ở trang Quy định sổ, ký hiệu."
            }
        )
