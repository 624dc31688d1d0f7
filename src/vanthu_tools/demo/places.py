"""The provinces and cities since 1 July 2025, the former ones that merged into them, and their former districts.

A line ``> key|kind|name|regions`` opens a province of today with the number of its regional procuracies (355 in
all, the distribution is plausible, not official); the lines below it are the provinces that it continues:
``Kind Name: districts``.
``Q`` is *quận*, ``TX`` *thị xã*, ``TP`` *thành phố*, nothing is *huyện*. Indented lines continue the one above.
"""

from dataclasses import dataclass

PREFIXES = {"Q": "quận", "TX": "thị xã", "TP": "thành phố"}

TABLE = """
> ha_noi|Thành phố|Hà Nội|12
Thành phố Hà Nội: Q Ba Đình, Q Hoàn Kiếm, Q Đống Đa, Q Hai Bà Trưng, Q Tây Hồ, Q Cầu Giấy, Q Thanh Xuân, Q
  Hoàng Mai, Q Long Biên, Q Nam Từ Liêm, Q Bắc Từ Liêm, Q Hà Đông, TX Sơn Tây, Ba Vì, Phúc Thọ, Đan Phượng,
  Hoài Đức, Quốc Oai, Thạch Thất, Chương Mỹ, Thanh Oai, Thường Tín, Phú Xuyên, Ứng Hòa, Mỹ Đức, Thanh Trì, Gia
  Lâm, Đông Anh, Sóc Sơn, Mê Linh
> ho_chi_minh|Thành phố|Hồ Chí Minh|19
Thành phố Hồ Chí Minh: Q 1, Q 3, Q 4, Q 5, Q 6, Q 7, Q 8, Q 10, Q 11, Q 12, Q Bình Tân, Q Bình Thạnh, Q Gò
  Vấp, Q Phú Nhuận, Q Tân Bình, Q Tân Phú, TP Thủ Đức, Bình Chánh, Cần Giờ, Củ Chi, Hóc Môn, Nhà Bè
Tỉnh Bình Dương: TP Thủ Dầu Một, TP Dĩ An, TP Thuận An, TP Tân Uyên, TP Bến Cát, Bàu Bàng, Bắc Tân Uyên, Dầu
  Tiếng, Phú Giáo
Tỉnh Bà Rịa - Vũng Tàu: TP Vũng Tàu, TP Bà Rịa, TP Phú Mỹ, Châu Đức, Côn Đảo, Long Đất, Xuyên Mộc
> hai_phong|Thành phố|Hải Phòng|12
Thành phố Hải Phòng: Q Hồng Bàng, Q Ngô Quyền, Q Lê Chân, Q Hải An, Q Kiến An, Q Đồ Sơn, Q Dương Kinh, Q An
  Dương, TP Thủy Nguyên, An Lão, Cát Hải, Kiến Thụy, Tiên Lãng, Vĩnh Bảo
Tỉnh Hải Dương: TP Hải Dương, TP Chí Linh, TX Kinh Môn, Bình Giang, Cẩm Giàng, Gia Lộc, Kim Thành, Nam Sách,
  Ninh Giang, Thanh Hà, Thanh Miện, Tứ Kỳ
> da_nang|Thành phố|Đà Nẵng|12
Thành phố Đà Nẵng: Q Hải Châu, Q Thanh Khê, Q Sơn Trà, Q Ngũ Hành Sơn, Q Liên Chiểu, Q Cẩm Lệ, Hòa Vang
Tỉnh Quảng Nam: TP Tam Kỳ, TP Hội An, TX Điện Bàn, Đại Lộc, Duy Xuyên, Quế Sơn, Thăng Bình, Hiệp Đức, Tiên
  Phước, Phú Ninh, Núi Thành, Bắc Trà My, Nam Trà My, Phước Sơn, Nam Giang, Đông Giang, Tây Giang
> can_tho|Thành phố|Cần Thơ|12
Thành phố Cần Thơ: Q Ninh Kiều, Q Bình Thủy, Q Cái Răng, Q Ô Môn, Q Thốt Nốt, Cờ Đỏ, Phong Điền, Thới Lai,
  Vĩnh Thạnh
Tỉnh Sóc Trăng: TP Sóc Trăng, TX Ngã Năm, TX Vĩnh Châu, Châu Thành, Cù Lao Dung, Kế Sách, Long Phú, Mỹ Tú, Mỹ
  Xuyên, Thạnh Trị, Trần Đề
Tỉnh Hậu Giang: TP Vị Thanh, TP Ngã Bảy, TX Long Mỹ, Châu Thành, Châu Thành A, Long Mỹ, Phụng Hiệp, Vị Thủy
> hue|Thành phố|Huế|5
Thành phố Huế: Q Phú Xuân, Q Thuận Hóa, TX Hương Thủy, TX Hương Trà, TX Phong Điền, A Lưới, Phú Lộc, Phú Vang,
  Quảng Điền
> tuyen_quang|Tỉnh|Tuyên Quang|10
Tỉnh Tuyên Quang: TP Tuyên Quang, Chiêm Hóa, Hàm Yên, Lâm Bình, Na Hang, Sơn Dương, Yên Sơn
Tỉnh Hà Giang: TP Hà Giang, Bắc Mê, Bắc Quang, Đồng Văn, Hoàng Su Phì, Mèo Vạc, Quản Bạ, Quang Bình, Vị Xuyên,
  Xín Mần, Yên Minh
> lao_cai|Tỉnh|Lào Cai|10
Tỉnh Lào Cai: TP Lào Cai, TX Sa Pa, Bắc Hà, Bảo Thắng, Bảo Yên, Bát Xát, Mường Khương, Si Ma Cai, Văn Bàn
Tỉnh Yên Bái: TP Yên Bái, TX Nghĩa Lộ, Lục Yên, Mù Cang Chải, Trạm Tấu, Trấn Yên, Văn Chấn, Văn Yên, Yên Bình
> thai_nguyen|Tỉnh|Thái Nguyên|10
Tỉnh Thái Nguyên: TP Thái Nguyên, TP Phổ Yên, TP Sông Công, Đại Từ, Định Hóa, Đồng Hỷ, Phú Bình, Phú Lương, Võ
  Nhai
Tỉnh Bắc Kạn: TP Bắc Kạn, Ba Bể, Bạch Thông, Chợ Đồn, Chợ Mới, Na Rì, Ngân Sơn, Pác Nặm
> phu_tho|Tỉnh|Phú Thọ|15
Tỉnh Phú Thọ: TP Việt Trì, TX Phú Thọ, Cẩm Khê, Đoan Hùng, Hạ Hòa, Lâm Thao, Phù Ninh, Tam Nông, Tân Sơn,
  Thanh Ba, Thanh Sơn, Thanh Thủy, Yên Lập
Tỉnh Vĩnh Phúc: TP Vĩnh Yên, TP Phúc Yên, Bình Xuyên, Lập Thạch, Sông Lô, Tam Đảo, Tam Dương, Vĩnh Tường, Yên
  Lạc
Tỉnh Hòa Bình: TP Hòa Bình, Cao Phong, Đà Bắc, Kim Bôi, Lạc Sơn, Lạc Thủy, Lương Sơn, Mai Châu, Tân Lạc, Yên
  Thủy
> bac_ninh|Tỉnh|Bắc Ninh|9
Tỉnh Bắc Giang: TP Bắc Giang, TX Việt Yên, TX Chũ, Hiệp Hòa, Lạng Giang, Lục Nam, Lục Ngạn, Sơn Động, Tân Yên,
  Yên Thế
Tỉnh Bắc Ninh: TP Bắc Ninh, TP Từ Sơn, TX Quế Võ, TX Thuận Thành, Gia Bình, Lương Tài, Tiên Du, Yên Phong
> hung_yen|Tỉnh|Hưng Yên|10
Tỉnh Hưng Yên: TP Hưng Yên, TX Mỹ Hào, Ân Thi, Khoái Châu, Kim Động, Phù Cừ, Tiên Lữ, Văn Giang, Văn Lâm, Yên
  Mỹ
Tỉnh Thái Bình: TP Thái Bình, Đông Hưng, Hưng Hà, Kiến Xương, Quỳnh Phụ, Thái Thụy, Tiền Hải, Vũ Thư
> ninh_binh|Tỉnh|Ninh Bình|12
Tỉnh Ninh Bình: TP Hoa Lư, TP Tam Điệp, Gia Viễn, Kim Sơn, Nho Quan, Yên Khánh, Yên Mô
Tỉnh Hà Nam: TP Phủ Lý, TX Duy Tiên, TX Kim Bảng, Bình Lục, Lý Nhân, Thanh Liêm
Tỉnh Nam Định: TP Nam Định, Giao Thủy, Hải Hậu, Nam Trực, Nghĩa Hưng, Trực Ninh, Vụ Bản, Xuân Trường, Ý Yên
> quang_tri|Tỉnh|Quảng Trị|9
Tỉnh Quảng Trị: TP Đông Hà, TX Quảng Trị, Cam Lộ, Đakrông, Gio Linh, Hải Lăng, Hướng Hóa, Triệu Phong, Vĩnh
  Linh
Tỉnh Quảng Bình: TP Đồng Hới, TX Ba Đồn, Bố Trạch, Lệ Thủy, Minh Hóa, Quảng Ninh, Quảng Trạch, Tuyên Hóa
> quang_ngai|Tỉnh|Quảng Ngãi|10
Tỉnh Quảng Ngãi: TP Quảng Ngãi, TX Đức Phổ, Ba Tơ, Bình Sơn, Lý Sơn, Minh Long, Mộ Đức, Nghĩa Hành, Sơn Hà,
  Sơn Tây, Sơn Tịnh, Trà Bồng, Tư Nghĩa
Tỉnh Kon Tum: TP Kon Tum, Đắk Glei, Đắk Hà, Đắk Tô, Ia H'Drai, Kon Plông, Kon Rẫy, Ngọc Hồi, Sa Thầy, Tu Mơ
  Rông
> gia_lai|Tỉnh|Gia Lai|14
Tỉnh Gia Lai: TP Pleiku, TX An Khê, TX Ayun Pa, Chư Păh, Chư Prông, Chư Pưh, Chư Sê, Đak Đoa, Đak Pơ, Đức Cơ,
  Ia Grai, Ia Pa, Kbang, Kông Chro, Krông Pa, Mang Yang, Phú Thiện
Tỉnh Bình Định: TP Quy Nhơn, TX An Nhơn, TX Hoài Nhơn, An Lão, Hoài Ân, Phù Cát, Phù Mỹ, Tây Sơn, Tuy Phước,
  Vân Canh, Vĩnh Thạnh
> khanh_hoa|Tỉnh|Khánh Hòa|8
Tỉnh Khánh Hòa: TP Nha Trang, TP Cam Ranh, TX Ninh Hòa, Cam Lâm, Diên Khánh, Khánh Sơn, Khánh Vĩnh, Vạn Ninh
Tỉnh Ninh Thuận: TP Phan Rang - Tháp Chàm, Bác Ái, Ninh Hải, Ninh Phước, Ninh Sơn, Thuận Bắc, Thuận Nam
> lam_dong|Tỉnh|Lâm Đồng|14
Tỉnh Lâm Đồng: TP Đà Lạt, TP Bảo Lộc, Bảo Lâm, Đạ Huoai, Đam Rông, Di Linh, Đơn Dương, Đức Trọng, Lạc Dương,
  Lâm Hà
Tỉnh Bình Thuận: TP Phan Thiết, TX La Gi, Bắc Bình, Đức Linh, Hàm Tân, Hàm Thuận Bắc, Hàm Thuận Nam, Phú Quý,
  Tánh Linh, Tuy Phong
Tỉnh Đắk Nông: TP Gia Nghĩa, Cư Jút, Đắk Glong, Đắk Mil, Đắk R'lấp, Đắk Song, Krông Nô, Tuy Đức
> dak_lak|Tỉnh|Đắk Lắk|12
Tỉnh Đắk Lắk: TP Buôn Ma Thuột, TX Buôn Hồ, Buôn Đôn, Cư Kuin, Cư M'gar, Ea H'leo, Ea Kar, Ea Súp, Krông Ana,
  Krông Bông, Krông Búk, Krông Năng, Krông Pắc, Lắk, M'Đrắk
Tỉnh Phú Yên: TP Tuy Hòa, TX Sông Cầu, TX Đông Hòa, Đồng Xuân, Phú Hòa, Sơn Hòa, Sông Hinh, Tây Hòa, Tuy An
> dong_nai|Tỉnh|Đồng Nai|10
Tỉnh Đồng Nai: TP Biên Hòa, TP Long Khánh, Cẩm Mỹ, Định Quán, Long Thành, Nhơn Trạch, Tân Phú, Thống Nhất,
  Trảng Bom, Vĩnh Cửu, Xuân Lộc
Tỉnh Bình Phước: TP Đồng Xoài, TX Bình Long, TX Phước Long, TX Chơn Thành, Bù Đăng, Bù Đốp, Bù Gia Mập, Đồng
  Phú, Hớn Quản, Lộc Ninh, Phú Riềng
> tay_ninh|Tỉnh|Tây Ninh|11
Tỉnh Tây Ninh: TP Tây Ninh, TX Hòa Thành, TX Trảng Bàng, Bến Cầu, Châu Thành, Dương Minh Châu, Gò Dầu, Tân
  Biên, Tân Châu
Tỉnh Long An: TP Tân An, TX Kiến Tường, Bến Lức, Cần Đước, Cần Giuộc, Châu Thành, Đức Hòa, Đức Huệ, Mộc Hóa,
  Tân Hưng, Tân Thạnh, Tân Trụ, Thạnh Hóa, Thủ Thừa, Vĩnh Hưng
> vinh_long|Tỉnh|Vĩnh Long|13
Tỉnh Vĩnh Long: TP Vĩnh Long, TX Bình Minh, Bình Tân, Long Hồ, Mang Thít, Tam Bình, Trà Ôn, Vũng Liêm
Tỉnh Bến Tre: TP Bến Tre, Ba Tri, Bình Đại, Châu Thành, Chợ Lách, Giồng Trôm, Mỏ Cày Bắc, Mỏ Cày Nam, Thạnh
  Phú
Tỉnh Trà Vinh: TP Trà Vinh, TX Duyên Hải, Càng Long, Cầu Kè, Cầu Ngang, Châu Thành, Duyên Hải, Tiểu Cần, Trà
  Cú
> dong_thap|Tỉnh|Đồng Tháp|12
Tỉnh Đồng Tháp: TP Cao Lãnh, TP Sa Đéc, TP Hồng Ngự, Cao Lãnh, Châu Thành, Hồng Ngự, Lai Vung, Lấp Vò, Tam
  Nông, Tân Hồng, Thanh Bình, Tháp Mười
Tỉnh Tiền Giang: TP Mỹ Tho, TP Gò Công, TX Cai Lậy, Cái Bè, Cai Lậy, Châu Thành, Chợ Gạo, Gò Công Đông, Gò
  Công Tây, Tân Phú Đông, Tân Phước
> ca_mau|Tỉnh|Cà Mau|9
Tỉnh Cà Mau: TP Cà Mau, Cái Nước, Đầm Dơi, Năm Căn, Ngọc Hiển, Phú Tân, Thới Bình, Trần Văn Thời, U Minh
Tỉnh Bạc Liêu: TP Bạc Liêu, TX Giá Rai, Đông Hải, Hòa Bình, Hồng Dân, Phước Long, Vĩnh Lợi
> an_giang|Tỉnh|An Giang|14
Tỉnh An Giang: TP Long Xuyên, TP Châu Đốc, TX Tân Châu, TX Tịnh Biên, An Phú, Châu Phú, Châu Thành, Chợ Mới,
  Phú Tân, Thoại Sơn, Tri Tôn
Tỉnh Kiên Giang: TP Rạch Giá, TP Hà Tiên, TP Phú Quốc, An Biên, An Minh, Châu Thành, Giang Thành, Giồng Riềng,
  Gò Quao, Hòn Đất, Kiên Hải, Kiên Lương, Tân Hiệp, U Minh Thượng, Vĩnh Thuận
> lai_chau|Tỉnh|Lai Châu|5
Tỉnh Lai Châu: TP Lai Châu, Mường Tè, Nậm Nhùn, Phong Thổ, Sìn Hồ, Tam Đường, Tân Uyên, Than Uyên
> dien_bien|Tỉnh|Điện Biên|6
Tỉnh Điện Biên: TP Điện Biên Phủ, TX Mường Lay, Điện Biên, Điện Biên Đông, Mường Ảng, Mường Chà, Mường Nhé,
  Nậm Pồ, Tủa Chùa, Tuần Giáo
> son_la|Tỉnh|Sơn La|8
Tỉnh Sơn La: TP Sơn La, TX Mộc Châu, Bắc Yên, Mai Sơn, Mường La, Phù Yên, Quỳnh Nhai, Sông Mã, Sốp Cộp, Thuận
  Châu, Vân Hồ, Yên Châu
> lang_son|Tỉnh|Lạng Sơn|6
Tỉnh Lạng Sơn: TP Lạng Sơn, Bắc Sơn, Bình Gia, Cao Lộc, Chi Lăng, Đình Lập, Hữu Lũng, Lộc Bình, Tràng Định,
  Văn Lãng, Văn Quan
> cao_bang|Tỉnh|Cao Bằng|6
Tỉnh Cao Bằng: TP Cao Bằng, Bảo Lạc, Bảo Lâm, Hạ Lang, Hà Quảng, Hòa An, Nguyên Bình, Quảng Hòa, Thạch An,
  Trùng Khánh
> quang_ninh|Tỉnh|Quảng Ninh|8
Tỉnh Quảng Ninh: TP Hạ Long, TP Cẩm Phả, TP Uông Bí, TP Móng Cái, TP Đông Triều, TX Quảng Yên, Ba Chẽ, Bình
  Liêu, Cô Tô, Đầm Hà, Hải Hà, Tiên Yên, Vân Đồn
> thanh_hoa|Tỉnh|Thanh Hóa|13
Tỉnh Thanh Hóa: TP Thanh Hóa, TP Sầm Sơn, TX Bỉm Sơn, TX Nghi Sơn, Hà Trung, Nga Sơn, Hậu Lộc, Hoằng Hóa,
  Quảng Xương, Nông Cống, Triệu Sơn, Thọ Xuân, Yên Định, Thiệu Hóa, Vĩnh Lộc, Thạch Thành, Cẩm Thủy, Ngọc Lặc,
  Như Thanh, Như Xuân, Thường Xuân, Lang Chánh, Bá Thước, Quan Hóa, Quan Sơn, Mường Lát
> nghe_an|Tỉnh|Nghệ An|12
Tỉnh Nghệ An: TP Vinh, TX Hoàng Mai, TX Thái Hòa, Anh Sơn, Con Cuông, Diễn Châu, Đô Lương, Hưng Nguyên, Kỳ
  Sơn, Nam Đàn, Nghi Lộc, Nghĩa Đàn, Quế Phong, Quỳ Châu, Quỳ Hợp, Quỳnh Lưu, Tân Kỳ, Thanh Chương, Tương
  Dương, Yên Thành
> ha_tinh|Tỉnh|Hà Tĩnh|7
Tỉnh Hà Tĩnh: TP Hà Tĩnh, TX Hồng Lĩnh, TX Kỳ Anh, Cẩm Xuyên, Can Lộc, Đức Thọ, Hương Khê, Hương Sơn, Kỳ Anh,
  Nghi Xuân, Thạch Hà, Vũ Quang
"""


@dataclass(frozen=True, slots=True)
class District:
    kind: str
    name: str

    @property
    def full_name(self) -> str:
        """*quận 1*, *thành phố Bắc Giang*, *huyện Hiệp Hòa*."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class FormerProvince:
    kind: str
    name: str
    districts: tuple[District, ...]


@dataclass(frozen=True, slots=True)
class Province:
    key: str
    kind: str
    name: str
    regions: int
    former: tuple[FormerProvince, ...]


def read_district(text: str) -> District:
    """Read ``TX Việt Yên`` or ``Hiệp Hòa``."""
    head, _, tail = text.strip().partition(" ")
    if head in PREFIXES:
        return District(PREFIXES[head], tail)
    return District("huyện", text.strip())


def read_former(line: str) -> FormerProvince:
    """Read ``Tỉnh Bắc Giang: TP Bắc Giang, Hiệp Hòa``."""
    title, _, districts = line.partition(":")
    kind = "Thành phố" if title.startswith("Thành phố ") else "Tỉnh"
    name = title.removeprefix(kind).strip()
    return FormerProvince(kind, name, tuple(read_district(text) for text in districts.split(",")))


def read_table(table: str) -> tuple[Province, ...]:
    """Read the whole table above."""
    joined = table.strip().replace("\n  ", " ")
    provinces = []
    for block in joined.split("\n> "):
        head, *lines = block.removeprefix("> ").split("\n")
        key, kind, name, regions = head.split("|")
        provinces.append(Province(key, kind, name, int(regions), tuple(read_former(line) for line in lines)))
    return tuple(provinces)


PROVINCES = read_table(TABLE)
