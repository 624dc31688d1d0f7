"""The check of form: a DOCX or PDF against Phụ lục I, II, III of Decree 30/2020/NĐ-CP.

`check` gives a `Report` of findings, `fix` mends a DOCX. A document is read into lines with how they are written
(`docx_lines`, `pdf_lines`), its elements are recognised (`elements`), and small functions (`rules`) compare them.
"""

from vanthu.reading.form.catalogue import RULES, Rule
from vanthu.reading.form.checking import CHECKED, check, fix
from vanthu.reading.form.findings import Finding, Report
from vanthu.reading.form.placing import placed

__all__ = ["CHECKED", "RULES", "Finding", "Report", "Rule", "check", "fix", "placed"]
