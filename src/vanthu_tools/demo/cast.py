"""Who is named in the demonstration: the cast with its sign-in names, and how many people every office has."""

from functools import cache

from vanthu_tools.demo.offices import SUPREME
from vanthu_tools.demo.specs import CastMember

MAIN = "bac_ninh"
"""The provincial procuracy of the cast."""

REGIONS = ("bac_ninh.kv1", "bac_ninh.kv6", "bac_ninh.kv7")
NEIGHBOURS = ("hai_phong", "nghe_an")
APPELLATE = "pt.hn"
STAFFED = (SUPREME, APPELLATE, MAIN, *NEIGHBOURS, *REGIONS)
"""The offices where everybody has an account."""

PASSWORD = "Kiemsat@2026"  # noqa: S105 - printed by the demonstration, worthless elsewhere
"""The same for every account of the demonstration."""

SUFFIXES = {SUPREME: "tc", APPELLATE: "pt1", "hai_phong": "hp", "nghe_an": "na"}
"""What the sign-in names of an office end in; the main province has the unit only."""

CAST_TABLE = """
bac_ninh|-|head|lam.vientruong|Vũ Đình Lâm|m|Viện trưởng
bac_ninh|-|deputy|minh.pvt|Nguyễn Văn Minh|m|Phó Viện trưởng|P1,P2,P8,VP
bac_ninh|-|deputy|ha.pvt|Trương Thị Thanh Hà|f|Phó Viện trưởng|P7,P9,P10,P12
bac_ninh|-|deputy|thinh.pvt|Hoàng Đức Thịnh|m|Phó Viện trưởng|P3,P11,P15,TTr
bac_ninh|VP|admin_head|hang.cvp|Ngô Thị Bích Hằng|f|Chánh Văn phòng
bac_ninh|VP|clerk|thuy.vanthu|Phạm Thu Thủy|f|Văn thư
bac_ninh|VP|archivist|chau.luutru|Tạ Minh Châu|f|Lưu trữ viên
bac_ninh|VP|administrator|kiet.quantri|Dương Tuấn Kiệt|m|Quản trị công nghệ thông tin
bac_ninh|TTr|unit_head|thang.thanhtra|Mai Xuân Thắng|m|Chánh Thanh tra
bac_ninh|P1|unit_head|huy.tp1|Đặng Quang Huy|m|Trưởng phòng
bac_ninh|P1|specialist|khai.p1|Lê Quang Khải|m|Kiểm sát viên
bac_ninh|P2|unit_head|toan.tp2|Lương Đức Toàn|m|Trưởng phòng
bac_ninh|P2|specialist|nga.p2|Trần Thúy Nga|f|Kiểm sát viên
bac_ninh|P8|unit_head|nghia.tp8|Phan Trọng Nghĩa|m|Trưởng phòng
bac_ninh|P8|specialist|hieu.p8|Đỗ Minh Hiếu|m|Kiểm tra viên
bac_ninh|P9|unit_head|oanh.tp9|Bùi Kim Oanh|f|Trưởng phòng
bac_ninh|P9|specialist|linh.p9|Cao Thị Diệu Linh|f|Kiểm sát viên
bac_ninh|P10|unit_deputy|nhung.p10|Đinh Hồng Nhung|f|Phó Trưởng phòng
bac_ninh.kv7|-|head|thong.kv7|Nguyễn Bá Thông|m|Viện trưởng
bac_ninh.kv7|-|clerk|mai.kv7|Chu Ngọc Mai|f|Kế toán kiêm văn thư
bac_ninh.kv7|-|specialist|quan.kv7|Đoàn Mạnh Quân|m|Kiểm sát viên
tc|-|head|khanh.tc|Đào Trọng Khánh|m|Viện trưởng
tc|-|deputy|tam.tc|Lưu Thị Minh Tâm|f|Phó Viện trưởng|V1,V2,V3,V4,V14,VP
tc|VP|admin_head|hoa.cvp.tc|Vương Thái Hòa|m|Chánh Văn phòng
tc|VP|clerk|ngoc.vanthu.tc|Trịnh Bảo Ngọc|f|Văn thư
tc|V14|unit_head|dang.v14|Tô Hải Đăng|m|Vụ trưởng
tc|V14|specialist|vy.v14|Hồ Khánh Vy|f|Kiểm sát viên
tc|C2|administrator|cuong.c2|Hà Việt Cường|m|Quản trị hệ thống toàn ngành
hai_phong|VP|clerk|lien.vanthu.hp|Vũ Hồng Liên|f|Văn thư
hai_phong|-|head|phuoc.hp|Bùi Hữu Phước|m|Viện trưởng
nghe_an|VP|clerk|tram.vanthu.na|Phan Bích Trâm|f|Văn thư
nghe_an|-|head|luong.na|Thái Khắc Lương|m|Viện trưởng
"""
"""office|unit|role|sign-in name|name|m or f|title|codes of the units in charge (deputies)"""

BUTTONS = """
thuy.vanthu|Văn thư VKSND tỉnh Bắc Ninh|vào sổ, trình, cấp số, đóng dấu, phát hành
lam.vientruong|Viện trưởng VKSND tỉnh Bắc Ninh|chỉ đạo, duyệt, ký; xem toàn cơ quan
minh.pvt|Phó Viện trưởng VKSND tỉnh Bắc Ninh|bút phê, phân công, ký số trên điện thoại
hang.cvp|Chánh Văn phòng VKSND tỉnh Bắc Ninh|soát thể thức, đôn đốc
huy.tp1|Trưởng phòng 1|giao việc trong phòng, duyệt nội dung
khai.p1|Kiểm sát viên Phòng 1|xử lý, soạn thảo, lập hồ sơ
oanh.tp9|Trưởng phòng 9|giao việc trong phòng, duyệt nội dung
hieu.p8|Kiểm tra viên Phòng 8|xử lý, soạn thảo, lập hồ sơ
chau.luutru|Lưu trữ viên|nhận hồ sơ nộp lưu
kiet.quantri|Quản trị VKSND tỉnh|đơn vị, tài khoản, thiết lập; không xem nội dung
thang.thanhtra|Chánh Thanh tra|xem nhật ký
mai.kv7|Kế toán kiêm văn thư VKSND khu vực 7|nhận, vào sổ, phát hành ở cấp dưới
thong.kv7|Viện trưởng VKSND khu vực 7|chỉ đạo, ký ở cấp dưới
ngoc.vanthu.tc|Văn thư VKSND tối cao|phát hành toàn ngành, nhận báo cáo
tam.tc|Phó Viện trưởng VKSND tối cao|chỉ đạo, ký
dang.v14|Vụ trưởng Vụ Pháp chế (V14)|giao việc, duyệt nội dung
cuong.c2|Quản trị toàn ngành (Cục 2)|cơ quan, mã định danh, quyền
"""
"""sign-in name|role as the sign-in page and `make run` print it|what to do with it"""

STRENGTH = {
    SUPREME: {
        "VP": 16,
        "V1": 5,
        "V2": 8,
        "V3": 6,
        "V7": 7,
        "V9": 6,
        "V8": 3,
        "V10": 3,
        "V11": 3,
        "V12": 7,
        "V14": 11,
        "V15": 8,
        "C2": 12,
        "C3": 5,
        "T1": 5,
    },
    MAIN: {
        "VP": 13,
        "TTr": 4,
        "P1": 9,
        "P2": 9,
        "P3": 7,
        "P7": 9,
        "P8": 7,
        "P9": 9,
        "P10": 6,
        "P11": 6,
        "P12": 5,
        "P15": 7,
    },
    "hai_phong": {
        "VP": 10,
        "TTr": 3,
        "P1": 5,
        "P2": 6,
        "P3": 4,
        "P7": 6,
        "P8": 4,
        "P9": 5,
        "P10": 3,
        "P11": 3,
        "P12": 3,
        "P15": 4,
    },
    "nghe_an": {
        "VP": 9,
        "TTr": 3,
        "P1": 5,
        "P2": 5,
        "P3": 4,
        "P7": 5,
        "P8": 4,
        "P9": 5,
        "P10": 3,
        "P11": 3,
        "P12": 3,
        "P15": 4,
    },
    APPELLATE: {"VP": 6},
}
"""How many people a unit has, its heads included."""

LEADERS = {SUPREME: 5, APPELLATE: 3, MAIN: 4, "hai_phong": 4, "nghe_an": 4}
REGION_STRENGTH = {"bac_ninh.kv1": 18, "bac_ninh.kv6": 20, "bac_ninh.kv7": 16}
APPELLATE_SPECIALISTS = 10


@cache
def cast() -> tuple[CastMember, ...]:
    """The accounts that the sign-in page offers as buttons and `make run` prints."""
    return tuple(CastMember(*line.split("|")) for line in BUTTONS.strip().splitlines())
