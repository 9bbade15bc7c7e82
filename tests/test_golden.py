"""The worked cases beside the rules: what must come out, to the day and the second."""

from pathlib import Path

import pandas as pd
import pytest

import coachkit as ck

CASES = sorted(path for path in (Path(__file__).parent / "golden").iterdir() if path.is_dir())


def as_written(frame: pd.DataFrame) -> list[dict[str, str]]:
    """Every cell as the expected files write it."""

    def cell(value: object, name: str) -> str:
        if pd.isna(value):
            return ""
        if isinstance(value, pd.Timestamp):
            return value.isoformat() if name.endswith("_at") else value.date().isoformat()
        return str(value)

    records = frame.astype(object).to_dict("records")
    return [{name: cell(value, name) for name, value in record.items()} for record in records]


def expected(case: Path, name: str) -> list[dict[str, str]]:
    return pd.read_csv(case / f"expected_{name}.csv", dtype=str, keep_default_na=False).to_dict(
        "records"
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_worked_case_comes_out_as_written(case: Path) -> None:
    """Thank-yous, follow-ups and states equal the rows that the case expects, in their order."""
    caseload, policy = ck.Caseload.read(case), ck.Policy.read(case / "fields.csv")
    as_of = (case / "as_of.txt").read_text().strip()

    duties = ck.grade(caseload, policy, as_of=as_of)
    states = ck.states(caseload, policy, as_of=as_of)

    for name, got in (
        ("thank_yous", duties[duties["duty"] == "thank_you"]),
        ("follow_ups", duties[duties["duty"] == "follow_up"]),
        ("states", states),
    ):
        wanted = expected(case, name)
        columns = list(wanted[0]) if wanted else []
        assert as_written(got[columns]) == wanted, name


def test_the_worked_cases_are_there() -> None:
    """A folder without cases would pass every check of none."""
    assert len(CASES) >= 20
