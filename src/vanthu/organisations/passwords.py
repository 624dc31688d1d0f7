"""Rules of passwords with sentences that say what to type instead. Named in settings.AUTH_PASSWORD_VALIDATORS."""

from django.contrib.auth import password_validation as rules


class Long(rules.MinimumLengthValidator):
    """At least `min_length` characters."""

    def get_error_message(self) -> str:
        return f"Mật khẩu cần ít nhất {self.min_length} ký tự. Nên dùng vài từ dễ nhớ ghép lại."

    def get_help_text(self) -> str:
        return f"Ít nhất {self.min_length} ký tự."


class NotCommon(rules.CommonPasswordValidator):
    """Not among the 20,000 most used ones."""

    def get_error_message(self) -> str:
        return "Mật khẩu này quá phổ biến, dễ bị đoán. Chọn mật khẩu khác."

    def get_help_text(self) -> str:
        return "Không dùng mật khẩu phổ biến."


class NotNumeric(rules.NumericPasswordValidator):
    """Not figures alone."""

    def get_error_message(self) -> str:
        return "Mật khẩu chỉ gồm chữ số dễ bị đoán. Thêm chữ cái."

    def get_help_text(self) -> str:
        return "Không chỉ gồm chữ số."


class NotSimilar(rules.UserAttributeSimilarityValidator):
    """Not the sign-in name with small changes."""

    def get_error_message(self) -> str:
        return "Mật khẩu quá giống tên đăng nhập. Chọn mật khẩu khác."

    def get_help_text(self) -> str:
        return "Không giống tên đăng nhập."
