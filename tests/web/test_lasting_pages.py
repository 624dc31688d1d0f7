"""How far signatures are kept for decades: on the pages of a document, as a download, in the readiness of a dossier."""

from tests.cast import World
from tests.web import drafts
from vanthu.dossiers import actions as dossiers
from vanthu.dossiers import readiness
from vanthu.issuing import queries, saga
from vanthu.kernel import access
from vanthu.kernel.access import AccessLog
from vanthu.kernel.files import queries as files
from vanthu.kernel.jobs import run_jobs
from vanthu.kernel.participants import Item
from vanthu.signing import augmenting
from vanthu.signing.augmenting_models import Keeping


def test_a_document_says_its_level_and_offers_the_longer_file(signing_world: World) -> None:
    world, by = signing_world, signing_world.actor("specialist")
    draft = drafts.signed(world)
    saga.number(draft.pk, by=world.actor("clerk"))
    run_jobs()
    draft.refresh_from_db()
    entry = draft.outgoing
    assert entry is not None
    issued = next(one for one in files.attachments("document", [entry.document_id])[entry.document_id])
    dossier = dossiers.open_dossier("Kiểm tra công tác văn thư năm 2027", retention_years=10, by=by)
    dossiers.put_in(dossier.pk, Item("out", entry.pk), by=by)
    reader = world.client("specialist")
    page = reader.get(f"/outgoing/{entry.pk}").text
    assert "Hệ thống đang nâng chữ ký lên mức lưu trữ lâu dài (B-LTA)." in page
    assert reader.get(f"/files/{issued.pk}/lasting").status_code == 404
    assert [one.code for one in readiness.of(dossier).findings] == ["lasting_waiting"]

    augmenting.raise_due(60)
    run_jobs()
    assert Keeping.objects.get(file_sha256=issued.file_id).state == "lasting"
    page = reader.get(f"/outgoing/{entry.pk}").text
    assert "Mức B-LTA, đã thử: năm" in page
    assert f"/files/{issued.pk}/lasting" in page
    answer = reader.get(f"/files/{issued.pk}/lasting")
    assert "(B-LTA).pdf" in answer.headers["Content-Disposition"]
    longer = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    with files.copy_of(issued.file) as path:
        assert longer.startswith(path.read_bytes())
        assert len(longer) > path.stat().st_size
    access.flush()
    assert AccessLog.objects.filter(attachment_id=issued.pk, action="download").exists()
    dossier.refresh_from_db()
    assert dossier.findings == []
    assert queries.newest(draft.pk).issued is not None
