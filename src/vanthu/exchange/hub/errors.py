"""What the hub declines, with the numbers that systems at the axis know."""

FILE_BAD, UNKNOWN_SYSTEM, UNKNOWN_RECEIVER, WRONG_SENDER = "10", "15", "18", "19"
AT_FAULT, FILE_BROKEN, NO_EDXML, LOCKED = "20", "21", "22", "23"


class HubError(Exception):
    """A call that the hub declines: a sentence for whoever looks after the other system, a code, an HTTP status.

    Business errors answer 200, as the axis does: kits read the code only then.
    """

    def __init__(self, code: str, sentence: str, *, status: int = 200) -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.status = code, sentence, status


def nobody() -> HubError:
    """A wrong id, a wrong secret, a damaged signature: one answer, which tells nothing."""
    return HubError(
        UNKNOWN_SYSTEM,
        "Không xác thực được: kiểm tra SystemId, SecretKey và chữ ký của yêu cầu.",
        status=401,
    )
