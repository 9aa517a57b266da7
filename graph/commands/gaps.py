"""`goldenthread gaps`: what is missing or contradictory, by severity, each with its rule and what to do."""

import sys
from pathlib import Path
from typing import Any

import click

from goldenthread.graph.failures import FINDINGS, Failure
from goldenthread.graph.giving import give
from goldenthread.graph.options import ASKING, NARROWED, PRINTED, asking


@click.command("gaps", params=[*PRINTED, *NARROWED, *ASKING])
@click.option("--kind", metavar="KIND", help="Only this kind, such as actions-without-lead.")
@click.option(
    "--severity", metavar="SEVERITY", help="Only findings at least this grave: grave, serious, minor or note."
)
@click.option("--all", "whole", is_flag=True, help="List every finding, not the first few of a kind.")
@click.option("--fail", is_flag=True, help="Exit with code 1 if there is a finding; those only to know do not count.")
@asking
def command(
    plans: Any,
    kind: str | None,
    severity: str | None,
    whole: bool,
    fail: bool,
    plan: str | None,
    day: str | None,
    form: str,
    output: Path | None,
) -> None:
    """What is missing, contradictory or remarkable in the plans, the gravest first.

    Each kind of finding comes with the rule by which it was found, why it matters and what to do. A field that a plan's
    form lacks is said once per plan. CSV and JSON list every finding.
    """
    from goldenthread.graph import gaps
    from goldenthread.graph.printing_findings import gaps_text

    if fail and not len(plans.table("plans", plan=plan, day=day)):
        raise Failure("no plan that is asked covers that day, so nothing was checked")
    found = gaps.gaps(plans, plan=plan, day=day, kind=kind, at_least=severity)
    give(
        form,
        output,
        table=lambda: gaps.as_table(found),
        text=lambda: gaps_text(found, gaps.counts(plans), whole=whole),
    )
    if fail and any(gap.kind.severity != gaps.NOTE for gap in found):
        sys.exit(FINDINGS)
