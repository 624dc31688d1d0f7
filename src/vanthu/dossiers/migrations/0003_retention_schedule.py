"""The retention schedule, with the groups that administrative records have; to be compared with the rule in force."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

# (group, records, years; 0 for ever, None: as long as a rule is in force).
# After the older general table for administrative records; Circular 10/2022/TT-BNV replaced it, so each line says that
# nobody has compared it yet.
SECTOR: tuple[tuple[str, str, int | None], ...] = (
    ("Tài liệu tổng hợp", "Tập văn bản gửi chung về chủ trương, pháp luật (hồ sơ nguyên tắc)", None),
    ("Tài liệu tổng hợp", "Tập văn bản gửi chung để biết", 5),
    ("Tài liệu tổng hợp", "Hồ sơ xây dựng, ban hành chế độ, quy định, hướng dẫn chung", 0),
    ("Tài liệu tổng hợp", "Hồ sơ hội nghị tổng kết năm", 0),
    ("Tài liệu tổng hợp", "Hồ sơ hội nghị sơ kết tháng, quý, 6 tháng", 5),
    ("Tài liệu tổng hợp", "Kế hoạch, báo cáo công tác năm của cơ quan cấp trên", 10),
    ("Tài liệu tổng hợp", "Kế hoạch, báo cáo công tác năm của cơ quan và đơn vị trực thuộc", 0),
    ("Tài liệu tổng hợp", "Kế hoạch, báo cáo công tác năm của đơn vị chức năng", 10),
    ("Tài liệu tổng hợp", "Kế hoạch, báo cáo quý, 6 tháng, 9 tháng của cơ quan cấp trên", 5),
    ("Tài liệu tổng hợp", "Kế hoạch, báo cáo quý, 6 tháng, 9 tháng của cơ quan", 20),
    ("Tài liệu tổng hợp", "Kế hoạch, báo cáo quý, 6 tháng, 9 tháng của đơn vị chức năng", 5),
    ("Tài liệu tổng hợp", "Kế hoạch, báo cáo tháng, tuần của cơ quan cấp trên", 5),
    ("Tài liệu tổng hợp", "Kế hoạch, báo cáo tháng, tuần của cơ quan", 10),
    ("Tài liệu tổng hợp", "Kế hoạch, báo cáo tháng, tuần của đơn vị chức năng", 5),
    ("Tài liệu tổng hợp", "Kế hoạch, báo cáo đột xuất", 10),
    ("Tài liệu tổng hợp", "Tập thông báo kết luận cuộc họp", 10),
    ("Tài liệu tổng hợp", "Công văn trao đổi về những vấn đề chung", 10),
    ("Tài liệu tổng hợp", "Tài liệu về hoạt động của lãnh đạo", 0),
    ("Tổ chức, cán bộ", "Hồ sơ bổ nhiệm, điều động, luân chuyển cán bộ", 70),
    ("Tổ chức, cán bộ", "Hồ sơ kỷ luật cán bộ", 70),
    ("Tổ chức, cán bộ", "Hồ sơ giải quyết chế độ (hưu trí, tử tuất …)", 70),
    ("Tổ chức, cán bộ", "Sổ quản lý hồ sơ cán bộ", 70),
    ("Tổ chức, cán bộ", "Hồ sơ gốc cán bộ, công chức, viên chức", 0),
    ("Tổ chức, cán bộ", "Đề án tổ chức; hồ sơ thành lập, sáp nhập cơ quan, đơn vị", 0),
    ("Tổ chức, cán bộ", "Hồ sơ về chỉ tiêu biên chế", 0),
    ("Tổ chức, cán bộ", "Hồ sơ quy hoạch cán bộ", 20),
    ("Tổ chức, cán bộ", "Hồ sơ bảo vệ chính trị nội bộ", 20),
    ("Thanh tra, khiếu nại, tố cáo", "Hồ sơ vụ việc nghiêm trọng", 0),
    ("Thanh tra, khiếu nại, tố cáo", "Hồ sơ vụ việc khác", 15),
    ("Thi đua, khen thưởng", "Hồ sơ khen thưởng của Chủ tịch nước, Thủ tướng Chính phủ", 0),
    ("Thi đua, khen thưởng", "Hồ sơ khen thưởng của bộ trưởng, cấp tương đương", 20),
    ("Thi đua, khen thưởng", "Hồ sơ khen thưởng của người đứng đầu cơ quan", 10),
    (
        "Văn thư, lưu trữ",
        "Tập lưu, sổ đăng ký văn bản đi là quy phạm pháp luật, chỉ thị, quyết định, quy định, quy chế, hướng dẫn",
        0,
    ),
    ("Văn thư, lưu trữ", "Tập lưu, sổ đăng ký văn bản đi khác", 50),
    ("Văn thư, lưu trữ", "Sổ đăng ký văn bản đến", 20),
    (
        "Văn thư, lưu trữ",
        "Hồ sơ quản lý con dấu, kiểm tra nghiệp vụ, cải cách hành chính, thống kê văn thư, lưu trữ",
        20,
    ),
    ("Văn thư, lưu trữ", "Hồ sơ lập danh mục bí mật nhà nước", 0),
    ("Văn thư, lưu trữ", "Kế hoạch, báo cáo năm về văn thư, lưu trữ", 0),
    ("Văn thư, lưu trữ", "Công văn trao đổi về văn thư, lưu trữ", 10),
    ("Chuyên môn, nghiệp vụ", "Hồ sơ vụ việc quan trọng", 0),
    ("Chuyên môn, nghiệp vụ", "Hồ sơ vụ việc khác", 20),
    ("Chuyên môn, nghiệp vụ", "Sổ sách nghiệp vụ", 20),
    ("Đảng", "Hồ sơ đại hội; báo cáo tổng kết năm, nhiệm kỳ", 0),
    ("Đảng", "Báo cáo tháng, quý", 10),
    ("Đảng", "Hồ sơ đảng viên; đánh giá, xếp loại đảng viên", 70),
)
IN_FORCE = "Đến khi văn bản hết hiệu lực thi hành"
BASIS = "Số liệu ban đầu, cần đối chiếu Thông tư 10/2022/TT-BNV và quy định của ngành"


def sow(apps: Any, schema_editor: Any) -> None:
    """The sector's lines, each to be checked."""
    groups = list(dict.fromkeys(group for group, _, _ in SECTOR))
    apps.get_model("dossiers", "Period").objects.bulk_create(
        apps.get_model("dossiers", "Period")(
            group=group,
            position=groups.index(group) + 1,
            title=title,
            years=years,
            until="" if years is not None else IN_FORCE,
            basis=BASIS,
        )
        for group, title, years in SECTOR
    )


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0002_plans_and_readiness"),
    ]

    operations = [
        migrations.CreateModel(
            name="Period",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("group", models.CharField(max_length=100)),
                ("position", models.SmallIntegerField(default=0)),
                ("title", models.CharField(max_length=300)),
                ("years", models.SmallIntegerField(null=True)),
                ("until", models.CharField(blank=True, max_length=100)),
                ("basis", models.CharField(blank=True, max_length=200)),
                ("confirmed", models.BooleanField(default=False)),
                ("dropped_on", models.DateField(null=True)),
                (
                    "of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="dossiers.period",
                    ),
                ),
                ("office_id", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="dossier",
            name="period",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.period"
            ),
        ),
        migrations.AddField(
            model_name="planrow",
            name="period",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="dossiers.period"
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.UniqueConstraint(
                condition=models.Q(("dropped_on", None)),
                fields=("office_id", "group", "title"),
                name="period_once_per_office",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.UniqueConstraint(
                condition=models.Q(("dropped_on", None)),
                fields=("office_id", "of"),
                name="one_stricter_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("years__isnull", True), models.Q(("until", ""), _negated=True)),
                    models.Q(("until", ""), ("years", 0)),
                    models.Q(("until", ""), ("years__range", (2, 70))),
                    _connector="OR",
                ),
                name="period_is_lawful",
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.CheckConstraint(
                condition=models.Q(("of", None), ("office_id__isnull", False), _connector="OR"),
                name="offices_are_stricter",
            ),
        ),
        migrations.RunPython(sow, migrations.RunPython.noop),
    ]
