"""What a year's report and workbooks do not have, since its workbook does not ask for it."""

from __future__ import annotations

from toolkit.analysis.needs import LeftOut
from toolkit.analysis.reconcile import left_out_comparisons
from toolkit.export.finance.workbook import left_out_sheets
from toolkit.report.county import left_out_sections
from toolkit.report.countyfacts import left_out_facts
from toolkit.report.countytables import left_out_columns
from toolkit.report.leftout import left_out as left_out_of_report
from toolkit.spec.model import Spec


def left_out(spec: Spec) -> list[LeftOut]:
    """Everything that a year leaves out, each with the roles that it lacks: tables and figures of
    the report, sheets of ekonomi.xlsx (by the texts that name them), comparisons with ledgers and
    accounts, and parts, facts and columns of the reports on counties. What is left out in one year
    and not in another is what has gone, or come."""
    return [
        *left_out_of_report(spec),
        *left_out_sheets(spec),
        *left_out_comparisons(spec),
        *left_out_sections(spec),
        *left_out_facts(spec),
        *left_out_columns(spec),
    ]
