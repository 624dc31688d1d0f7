"""The refusals of the gate: what is wrong with the file, and what to do."""

from vanthu.kernel.refusals import Invalid

_SENTENCES = {
    "file_empty": "Tệp rỗng (0 byte). Kiểm tra tệp trên máy rồi tải lại.",
    "file_too_large": "Tệp quá {limit} MB (đang là {size} MB). Quét lại 200 dpi, đen trắng, hoặc tách thành hai tệp.",
    "file_name": "Tên tệp không dùng được. Đổi tên tệp (chữ, số, dấu gạch), giữ đúng phần đuôi, rồi tải lại.",
    "file_type": "Không nhận tệp đuôi “{extension}”. Tải lên một trong các loại: {accepted}.",
    "file_type_unknown": "Tên tệp không có phần đuôi. Thêm đuôi đúng loại tệp (ví dụ .pdf) rồi tải lại.",
    "file_content": "Nội dung tệp không phải {kind} như phần đuôi ghi. Mở tệp, lưu lại đúng loại rồi tải lại.",
    "file_truncated": "Tệp {kind} bị cắt cụt hoặc hỏng. Sao chép hay quét lại tệp rồi tải lại.",
    "file_password": "Tệp không mở được: {kind} có mật khẩu. Bỏ mật khẩu rồi tải lại.",
    "file_locked": "PDF bị khóa quyền sửa và in nên không ký số được. Xuất lại PDF không khóa rồi tải lại.",
    "pdf_script": "PDF có mã lệnh JavaScript. In lại thành PDF thường (In > Lưu thành PDF) rồi tải lại.",
    "pdf_launch": "PDF có lệnh chạy chương trình. In lại thành PDF thường (In > Lưu thành PDF) rồi tải lại.",
    "pdf_xfa": "PDF là biểu mẫu XFA, không hiển thị được. In lại thành PDF thường rồi tải lại.",
    "embedded_program": "Tệp {kind} chứa chương trình bên trong ({inside}). Gỡ tệp nhúng rồi tải lại.",
    "nested_archive": "Tệp {kind} chứa tệp nén bên trong ({inside}). Gỡ tệp nén, tải riêng từng tệp trong đó.",
    "two_types": "Tệp {kind} mở được cả như loại tệp khác. In lại thành PDF (In > Lưu thành PDF) rồi tải lại.",
    "macros": "Tệp {kind} có macro. Lưu lại dạng không macro (ví dụ .docx, .xlsx) hoặc PDF rồi tải lại.",
    "bomb": "Tệp {kind} bung ra quá lớn so với dung lượng. Xuất lại tệp, giảm cỡ ảnh, rồi tải lại.",
    "inside_names": "Tệp {kind} có tên tệp con không hợp lệ ({inside}). Mở bằng Word hoặc Excel, lưu lại rồi tải lại.",
    "outside_links": "Tệp {kind} tự tải nội dung từ nơi khác. Bỏ mẫu hoặc đối tượng liên kết, lưu lại rồi tải lại.",
    "xml_entities": "Tệp {kind} có khai báo XML không an toàn. Mở bằng Word hoặc Excel, lưu lại rồi tải lại.",
    "picture_size": "Ảnh quá lớn ({size} triệu điểm ảnh). Quét lại 200 dpi hoặc lưu thành PDF rồi tải lại.",
}


def refusal(code: str, **values: object) -> Invalid:
    """The refusal with this code; `values` fill the places of its sentence."""
    return Invalid(_SENTENCES[code].format(**values), code=code)
