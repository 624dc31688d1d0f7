"""Who looks after what belongs to the whole installation: connections to the axis, the list of bodies outside."""

from vanthu.kernel.actor import Actor
from vanthu.kernel.refusals import NotAllowed
from vanthu.organisations import queries
from vanthu.organisations.models import Office, Post
from vanthu.organisations.powers import Role

OTHERS_TASK = (
    "Kết nối liên thông dùng chung cho toàn hệ thống, do quản trị của cơ quan cấp trên cùng đặt."
    " Đề nghị quản trị cơ quan cấp trên."
)


def keeps(by: Actor) -> bool:
    """Whether the actor is an administrator over whose office nobody else administers. At most a query a level."""
    if not by.may("administer") or by.room_id is not None:
        return False
    above = Office.objects.values_list("parent_id", flat=True).get(pk=by.office)
    while above is not None:
        posts = Post.objects.filter(office=above, role=Role.ADMINISTRATOR)
        if queries.valid(posts).exists():
            return False
        above = Office.objects.values_list("parent_id", flat=True).get(pk=above)
    return True


def require_keeper(by: Actor) -> None:
    """Raise `NotAllowed` unless the actor looks after the whole installation."""
    if not keeps(by):
        raise NotAllowed(OTHERS_TASK)
