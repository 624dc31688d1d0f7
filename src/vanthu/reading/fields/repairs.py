# ruff: noqa: E501 - a line is a list of phrases
"""Marks that a scan took for others ("chuyến đối" for "chuyển đổi"), put right in what offices always write so.

Below 250 dpi Tesseract confuses the small marks on ê, ô, â and ơ. A pair of syllables is mended only when it is no
known pair itself and is, but for its tones, exactly one of them; words of which the OCR is sure are left alone.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from vanthu.kernel.vietnamese import fold, nfc, spelled

if TYPE_CHECKING:
    from collections.abc import Sequence

_TONES = "\u0300\u0301\u0303\u0309\u0323"
SURE = 0.99  # of the OCR: a word that it is surer of is left as it is

_PHRASES = """
viện kiểm sát nhân dân tối cao; kiểm sát viên; kiểm tra viên; tòa án nhân dân; ủy ban nhân dân; hội đồng nhân dân; công an tỉnh
cơ quan điều tra; cảnh sát điều tra; an ninh điều tra; điều tra viên; thi hành án dân sự; thi hành án hình sự; thi hành án hành chính
vụ án hình sự; vụ án dân sự; vụ án hành chính; vụ việc dân sự; vụ án kinh tế; vụ án tham nhũng; vụ án ma túy; án tạm đình chỉ
khởi tố vụ án; khởi tố bị can; truy tố bị can; xét xử sơ thẩm; xét xử phúc thẩm; giám đốc thẩm; tái thẩm; kháng nghị phúc thẩm
bản án sơ thẩm; bản án phúc thẩm; quyết định đình chỉ; đình chỉ điều tra; tạm đình chỉ; phục hồi điều tra; điều tra bổ sung
trả hồ sơ; hồ sơ vụ án; hồ sơ công việc; tài liệu chứng cứ; thu thập chứng cứ; giám định bổ sung; trưng cầu giám định; vật chứng
tố giác; tin báo về tội phạm; tin báo tội phạm; kiến nghị khởi tố; tội phạm và vi phạm; vi phạm pháp luật; phạm tội; tội phạm công nghệ cao
thực hành quyền công tố; kiểm sát hoạt động tư pháp; kiểm sát điều tra; kiểm sát việc khởi tố; kiểm sát xét xử; kiểm sát việc giải quyết
kiểm sát thi hành án; kiểm sát việc tạm giữ; tạm giữ tạm giam; người bị tạm giữ; người bị tạm giam; trại tạm giam; nhà tạm giữ
khiếu nại tố cáo; đơn khiếu nại; đơn tố cáo; giải quyết khiếu nại; giải quyết tố cáo; tiếp công dân; xử lý đơn; trả lời đơn; kiến nghị phòng ngừa
công tác văn thư; văn thư lưu trữ; văn bản điện tử; quản lý văn bản; văn bản và điều hành; quản lý và điều hành; chữ ký số; chứng thư số; chứng thực chữ ký
bí mật nhà nước; bảo vệ bí mật; an toàn thông tin; an ninh mạng; an toàn an ninh; chuyển đổi số; công nghệ thông tin; cơ sở dữ liệu; dữ liệu số
phần mềm quản lý; ứng dụng phần mềm; hệ thống quản lý; hệ thống thông tin; trục liên thông; liên thông văn bản; số hóa hồ sơ; số hóa tài liệu
kế hoạch công tác; chương trình công tác; kế hoạch kiểm tra; kế hoạch triển khai; báo cáo kết quả; báo cáo tổng kết; báo cáo sơ kết; báo cáo tình hình
tình hình kết quả; kết quả công tác; kết quả thực hiện; tổ chức thực hiện; triển khai thực hiện; thực hiện nhiệm vụ; nhiệm vụ trọng tâm; phương hướng nhiệm vụ
sơ kết công tác; tổng kết công tác; hội nghị tổng kết; hội nghị sơ kết; hội nghị trực tuyến; hội nghị tập huấn; tập huấn nghiệp vụ; bồi dưỡng nghiệp vụ
đào tạo bồi dưỡng; bồi dưỡng kiến thức; thi đua khen thưởng; khen thưởng đột xuất; phát động thi đua; phong trào thi đua; kỷ luật hành chính; kỷ cương hành chính
cải cách hành chính; cải cách tư pháp; thủ tục hành chính; đơn vị hành chính; sắp xếp đơn vị; sắp xếp tổ chức; tổ chức bộ máy; tổ chức cán bộ; tinh giản biên chế
bổ nhiệm chức vụ; bổ nhiệm lại; miễn nhiệm; điều động công chức; luân chuyển cán bộ; quy hoạch cán bộ; đánh giá xếp loại; xếp loại chất lượng; chất lượng cán bộ
tuyển dụng công chức; nâng bậc lương; nâng lương thường xuyên; nghỉ hưu; nghỉ phép; nghỉ lễ quốc khánh; tết nguyên đán; chế độ chính sách; chế độ báo cáo; chế độ thông tin
quy chế làm việc; quy chế phối hợp; quy chế chi tiêu; chi tiêu nội bộ; nội quy cơ quan; ban hành quy chế; ban hành quy định; ban hành kế hoạch; sửa đổi bổ sung
thay thế quyết định; thành lập đoàn kiểm tra; thành lập tổ công tác; thành lập ban chỉ đạo; kiện toàn ban chỉ đạo; đoàn kiểm tra liên ngành; đoàn công tác; đoàn giám sát
phối hợp liên ngành; liên ngành tư pháp; phối hợp công tác; phối hợp rà soát; rà soát thống kê; thống kê tội phạm; thống kê hình sự; thống nhất số liệu; cung cấp số liệu
cung cấp hồ sơ; cung cấp thông tin; cung cấp tài liệu; trao đổi thông tin; thông tin báo cáo; đôn đốc thực hiện; đôn đốc báo cáo; theo dõi đôn đốc; kiểm tra đôn đốc
rút kinh nghiệm; thông báo rút kinh nghiệm; khắc phục vi phạm; khắc phục tồn tại; tồn tại hạn chế; hạn chế thiếu sót; khó khăn vướng mắc; vướng mắc pháp luật; hướng dẫn nghiệp vụ
hướng dẫn thực hiện; hướng dẫn áp dụng; hướng dẫn giải quyết; giải đáp vướng mắc; trả lời kiến nghị; trả lời thỉnh thị; thỉnh thị án; xin ý kiến; lấy ý kiến; góp ý dự thảo
dự thảo luật; dự thảo thông tư; dự thảo nghị định; dự thảo quy chế; dự thảo báo cáo; thông tư liên tịch; nghị quyết của quốc hội; chỉ tiêu quốc hội; kỳ họp quốc hội; đại biểu quốc hội
phòng chống tham nhũng; phòng chống tội phạm; phòng chống ma túy; phòng chống lãng phí; tham nhũng tiêu cực; thực hành tiết kiệm; chống lãng phí; tiết kiệm chống; thu hồi tài sản
tài sản bị chiếm đoạt; chiếm đoạt tài sản; trộm cắp tài sản; cướp tài sản; cướp giật tài sản; lừa đảo chiếm đoạt; cố ý gây thương tích; giết người; mua bán trái phép; tàng trữ trái phép
chất ma túy; đánh bạc; tổ chức đánh bạc; gây rối trật tự; trật tự công cộng; trật tự xã hội; vi phạm quy định; giao thông đường bộ; an toàn giao thông; cháy nổ; phòng cháy chữa cháy
quyền sử dụng đất; tranh chấp đất đai; tranh chấp hợp đồng; hợp đồng tín dụng; hôn nhân và gia đình; giải phóng mặt bằng; thu hồi đất; bồi thường; cưỡng chế; ô nhiễm môi trường
ngân sách nhà nước; dự toán ngân sách; quyết toán ngân sách; dự toán chi; công khai tài chính; công khai ngân sách; tài sản công; xử lý tài sản; quản lý tài sản; mua sắm tài sản; mua sắm trang thiết bị
trang thiết bị; cơ sở vật chất; trụ sở làm việc; đầu tư xây dựng; dự án đầu tư; lựa chọn nhà thầu; kế hoạch lựa chọn; gói thầu; đấu thầu; thẩm định giá; thẩm định hồ sơ; phê duyệt dự án; phê duyệt kế hoạch
kinh phí hoạt động; kinh phí thực hiện; bố trí kinh phí; thanh toán; tạm ứng; nghiệm thu; bảo hành; sửa chữa; cải tạo; phòng họp trực tuyến; họp giao ban; cuộc họp; phiên họp; buổi làm việc
thường trực tỉnh ủy; thường trực thành ủy; ban nội chính; ban tổ chức; ban tuyên giáo; ban thường vụ; ban chấp hành; đảng bộ; đảng viên; tổ chức đảng; sinh hoạt chi bộ; công tác đảng; đại hội đảng
xây dựng đảng; nghị quyết đại hội; học tập và làm theo; tư tưởng đạo đức; phong cách hồ chí minh; kiểm tra giám sát; giám sát chuyên đề; dân chủ ở cơ sở; văn hóa công sở; văn hóa công vụ
tiếp xúc cử tri; kiến nghị cử tri; kiến nghị của cử tri; phản ánh kiến nghị; quốc phòng an ninh; nghĩa vụ quân sự; khám sức khỏe; bảo hiểm xã hội; bảo hiểm y tế; lao động tiền lương
phân công nhiệm vụ; phân công công tác; lãnh đạo viện; lãnh đạo cấp phòng; trưởng phòng; phó trưởng phòng; phó viện trưởng; viện trưởng; chánh văn phòng; chánh án; phó chánh án; giám đốc; phó giám đốc
chủ tịch; phó chủ tịch; thủ trưởng cơ quan; thủ trưởng đơn vị; các đơn vị trực thuộc; đơn vị trực thuộc; các phòng nghiệp vụ; phòng nghiệp vụ; cấp có thẩm quyền; người có thẩm quyền; cán bộ công chức
công chức viên chức; người lao động; tăng cường công tác; nâng cao chất lượng; nâng cao hiệu quả; nâng cao trách nhiệm; tiếp tục đổi mới; đẩy mạnh ứng dụng; đẩy mạnh cải cách; trên địa bàn tỉnh
trên địa bàn thành phố; địa bàn; tỉnh ủy; thành ủy; huyện ủy; đảng ủy; khu vực; thành phố; thị xã; quận huyện; xã phường; phường xã; thị trấn; sáu tháng đầu năm; tháng đầu năm; quý; năm; cuối năm; đầu năm
để báo cáo; để thực hiện; để phối hợp; để theo dõi; để chỉ đạo; để tổng hợp; về việc; về công tác; kết luận thanh tra; kết luận của đồng chí; thanh tra kiểm tra; thanh tra tỉnh; kiểm toán nhà nước
đối với; nội dung; chuẩn bị nội dung; phục vụ kỳ họp; phục vụ công tác; quyết định; quyết định hành chính; xử phạt vi phạm; vi phạm hành chính; thông báo; kết luận; yêu cầu; đề nghị; đề xuất; kiến nghị; kháng nghị
người tiến hành tố tụng; cơ quan tiến hành tố tụng; tiến hành tố tụng; tố tụng hình sự; tố tụng dân sự; tố tụng hành chính; bộ luật hình sự; bộ luật dân sự; bộ luật tố tụng; luật đất đai; luật tổ chức
kho bạc nhà nước; sở tài chính; sở tư pháp; sở nội vụ; sở xây dựng; sở y tế; bộ công an; bộ tư pháp; bộ tài chính; bộ nội vụ; bộ quốc phòng; văn phòng chính phủ; văn phòng quốc hội; văn phòng tỉnh ủy; mặt trận tổ quốc
phối hợp xử lý; tổ chức kỷ niệm; kỷ niệm ngày thành lập; ngày thành lập; lễ kỷ niệm; tặng thưởng; danh hiệu thi đua; bằng khen; giấy khen; kỷ niệm chương; huân chương; xét tặng; đề nghị xét; hội đồng xét
"""


@cache
def _known() -> tuple[frozenset[tuple[str, str]], dict[tuple[str, str], tuple[str, str]]]:
    """All pairs in one spelling, and {pair without marks: pair} of those that are the only one so."""
    pairs: set[tuple[str, str]] = set()
    for phrase in _PHRASES.replace("\n", ";").split(";"):
        pairs.update(pairwise(nfc(phrase).split()))
    by_bare: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for first, second in pairs:
        by_bare.setdefault((fold(first), fold(second)), set()).add((first, second))
    lone = {bare: next(iter(same)) for bare, same in by_bare.items() if len(same) == 1}
    return frozenset((spelled(first), spelled(second)) for first, second in pairs), lone


def mended(words: Sequence[str], sure: Sequence[float]) -> list[str]:
    """The words with marks put right, capitals and signs kept; `sure` is the OCR's confidence in each."""
    known, lone = _known()
    made = list(words)
    for at in range(len(made) - 1):
        first, second = made[at], made[at + 1]
        bare = first.strip("“”\"'(,;.:)"), second.strip("“”\"'(,;.:)")
        if (spelled(bare[0]), spelled(bare[1])) in known or min(sure[at], sure[at + 1]) > SURE:
            continue
        right = lone.get((fold(bare[0]), fold(bare[1])))
        same = right is not None and all(map(_but_for_tone, right, bare))
        if right is not None and same and not first[len(bare[0]) :].strip():
            made[at] = first.replace(bare[0], _like(right[0], bare[0]))
            made[at + 1] = second.replace(bare[1], _like(right[1], bare[1]))
    return made


def _but_for_tone(right: str, was: str) -> bool:
    """Whether two syllables differ by their tone at most: "danh" is never taken for "đánh", nor "số" for "sở"."""
    return spelled(right).rstrip(_TONES) == spelled(was).rstrip(_TONES)


def _like(right: str, was: str) -> str:
    """In capitals or small as the word was."""
    if was.isupper() and len(was) > 1:
        return right.upper()
    return right.capitalize() if was[:1].isupper() else right
