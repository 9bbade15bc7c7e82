"""Which of a client's work a note may show: never more than two, never a confidential one."""

import pandas as pd

from coachkit import errors
from coachkit.caseload import Caseload
from coachkit.notes._rows import rows
from coachkit.notes._said import name_of, text_of
from coachkit.notes._values import MOST_SAMPLES, Sample

_ADDRESS_LONGEST = 2000


def samples_of(caseload: Caseload) -> tuple[list[Sample], dict[int, str]]:
    """The samples that may be shown, and for each of the others why not, by id.

    Follow-up rules §1 and §8: what nobody has said of a sample is that it may be seen.
    """
    assert caseload.work_samples is not None
    shown: list[Sample] = []
    refused: dict[int, str] = {}
    for row in rows(caseload.work_samples.sort_values("sample_id")):
        title = name_of(row.title)
        told = f"“{title}”" if title else f"The sample {row.sample_id}, which has no title,"
        if pd.isna(row.confidential):
            refused[int(row.sample_id)] = (
                f"{told} stays out: nobody has said whether it is confidential."
            )
        elif row.confidential:
            refused[int(row.sample_id)] = f"{told} stays out: it is confidential."
        elif title is None:
            refused[int(row.sample_id)] = f"{told} stays out: the note could not name it."
        else:
            shown.append(Sample(int(row.sample_id), title, text_of(row.location, _ADDRESS_LONGEST)))
    return shown, refused


def chosen(
    caseload: Caseload, asked: tuple[int | str, ...], shown: list[Sample], refused: dict[int, str]
) -> list[Sample]:
    """The samples that the coach named.

    Raises
    ------
    RefusedSample
        More than two; one that is confidential or unknown; one that is not there.
    """
    if len(asked) > MOST_SAMPLES:
        raise errors.RefusedSample(
            f"A note shows {MOST_SAMPLES} samples of work at most, and {len(asked)} were named. "
            f"Keep the best {MOST_SAMPLES}."
        )
    return [_named(caseload, one, shown, refused) for one in dict.fromkeys(asked)]


def _named(
    caseload: Caseload, asked: int | str, shown: list[Sample], refused: dict[int, str]
) -> Sample:
    assert caseload.work_samples is not None
    table = caseload.work_samples
    title = table["title"].str.casefold() == str(asked).casefold()
    by_id = table["sample_id"].astype(str) == str(asked)
    ids = table.loc[title if title.any() else by_id, "sample_id"].tolist()
    for sample in shown:
        if sample.sample_id in ids:
            return sample
    for sample_id in ids:
        raise errors.RefusedSample(
            f"{refused[sample_id]} Show another one, or have the client clear it first."
        )
    there = [errors.shown(sample.title) for sample in shown]
    remedy = f"Name {errors.listed(there)}" if there else "Add it to the client's work first"
    raise errors.RefusedSample(f"This client has no work sample {errors.quoted(asked)}. {remedy}.")


def suited(shown: list[Sample], place: int, met: int) -> list[Sample]:
    """Two for the only person met; where several were met one for each, in turn."""
    if met <= 1:
        return shown[:MOST_SAMPLES]
    return shown[place % len(shown) :][:1] if shown else []
