"""A secret mark found on a file that came with work: nothing of it stays (Law 117/2025/QH15)."""

from vanthu.documents import holding, secret_scans
from vanthu.tasks.models import Instruction, Task


def empty_task(task_id: int) -> None:
    """A mark was found on a file that was handed in: what was said with it goes too."""
    Task.objects.filter(pk=task_id).exclude(result="").update(result=secret_scans.TOMBSTONE)
    secret_scans.release("task", task_id)


def empty_instruction(pk: int) -> None:
    """A mark was found on the sheet on which a leader wrote: that is the first page of the document itself."""
    secret_scans.take_away("instruction", pk)
    for entry_id in Instruction.objects.filter(pk=pk, item_kind_of="in").values_list("item_id_of", flat=True):
        for entry in holding.incoming(entry_id):
            secret_scans.empty(entry.document_id)
