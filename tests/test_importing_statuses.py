"""Statuses as people spell them."""

import pytest

from coachkit.importing.statuses import STATUSES, read_spellings, read_status
from coachkit.importing.words import word_list

SPELLED = {
    "to_apply": "Not started|To Apply|Wishlist|noch nicht beworben|待投递|À postuler|Saved|"
    "haven't sent yet|エントリー前|noch schreiben|nog doen|Applying|未投|"
    "found|Draft|apply to|Not open yet|Apply_Failed|Fetch Failed / Manual Review|"
    "Pending-User-Submission|Targeted|Resume + cover letter ready|Waiting to apply",
    "applied": "Applied|Resume Submitted|submitted|已投递|Postulé|beworben|"
    "Candidatura inviata|応募済み|Gesolliciteerd|2. Applied|✅ Applied|Aplied|"
    "Applied - easy apply|Form filled|Ansökt|Wysłano|Отклик отправлен|Başvuruldu|Đã nộp|"
    "Solicitud recibida|Eingangsbestaetigung erhalten|Left resume|"
    "Bewerbung erhalten|dropped off my CV",
    "waiting": "No Answer|In Bearbeitung|Pending|Under Review|ongoing|En attente|en proceso|"
    "選考中|No offer yet|Offer pending|Waiting for response|on hold|"
    "Inget svar än|At sift|applied 3/1, nothing so far|noch nichts gehört|They will be in touch",
    "assessment": "OA|SPI受検済|test submitted|Einladung zum Test|тестовое|Design task|"
    "Questionnaire|Coding Test|HackerRank received|笔试|Take-home|Stage two - skills check",
    "interviewing": "Final Round|一面|Interview scheduled|Phone Screen|"
    "Vorstellungsgespräch am 3.4.|Offer 4 Interview|Offered an interview|"
    "Applied - Interview - Phone Screen|Entretien RH|面接|Stage one - intro call|"
    "R2 sched 3/21|2nd int done|trial shift 14/2|moving forward with internal review|"
    "Intervew|Colloquio fissato|Собеседование|Mülakat Daveti|Interview invite accepted",
    "offer": "Offer|Given Offer|HIRED — OFFER ACCEPTED May 18 2026|Accepted!|Zusage|内定|"
    "Received offer|Verbal offer|Applied → Interview → Offer|Interview -> Offer|"
    "Selected - tentative offer|Me ofrecieron el puesto|offer 19.50, countered, accepted",
    "rejected": "Denied|Negative|abgesagt|reeejected|Rejection :(|No Current Opportunity|"
    "No Offer|Not Selected|Interview 6/6, Rejected|Hired previous candidate|"
    "Not Offered|not hired|unsuccessful|NotSelected|noOffer|Rejected after final interview|"
    "Offer rescinded|Refusé|Rechazado|Afgewezen|Reprovado|お祈り|一面挂|"
    "Job offer went to another candidate|No longer under consideration|Rejcted|"
    "Applied / Rejected|Made it to final round, not selected|"
    "They went with someone else|Moved forward with other candidates|"
    "Proceeding with another applicant|Not cleared OA|Did not qualify|Withdrawn by company|"
    "R3 done, rejected|Rejected, no word on why|going with internal|not interested in me|"
    "They rejected me|No continúa en el proceso|Lost out to an internal candidate|sifted out|"
    "Eligieron a otro candidato|Ils ont pris quelqu'un d'autre|"
    "1st int - rej|applied - no luck|Final round - lost to internal|"
    "Отказ|Olumsuz (Red)|Avslag|Odrzucone|Ditolak|Từ chối",
    "withdrawn": "Offer Declined|I said no|Opted Out|Withdrew application after offer|"
    "Rejected Offer|Declined offer|Accepted offer elsewhere|Offer (declined)|"
    "内定辞退|拒offer|Turned down by me|I denied|Got another job|Got offer but declined|"
    "von mir abgesagt|Je décline|Tackade nej|No me interesa|"
    "kein Interesse mehr|said no thx (me)|took a different job|Passed (me)|declined - me",
    "ghosted": "Ghosted|no response|NoResponse|noReply|Suspected Ghost Job|never heard back|"
    "sans réponse|无回复|Keine Rueckmeldung|Gespräch, dann nichts mehr|"
    "Not Responded|нет ответа|heard nothing|never got back to me|返答なし",
    "closed": "Position Canceled|Position filled|Job no longer available|Closed|Expired|募集終了|"
    "Position hired|Job withdrawn|Classé sans suite",
    "unknown": "Not yet rejected|Started|Interview - nope|Applied x|"
    "Rejected → Offer|Warm|Unclear|Promising|Low Signal|yes|x|"
    "Rejected but then called back for interview|Offer received but rejected|"
    "没有拿到offer|Waiting for offer|not rejected|hopefully|filled_needs_our_check",
}


@pytest.mark.parametrize(
    ("spelling", "status"),
    [(one, status) for status, spelled in SPELLED.items() for one in spelled.split("|")],
)
def test_a_spelling_is_read(spelling: str, status: str) -> None:
    """Each spelling says what a person would read in it, or asks."""
    assert read_status(spelling) == status


@pytest.mark.parametrize("case", [str.upper, str.lower, str.title])
def test_case_does_not_matter(case: object) -> None:
    """``OFFER DECLINED`` is what ``offer declined`` is."""
    assert read_status(case("offer declined")) == "withdrawn"  # type: ignore[operator]


@pytest.mark.parametrize("denial", ["no", "not", "never", "without", "kein", "sin", "sans"])
@pytest.mark.parametrize("good", ["offer", "hired", "accepted", "selected", "job offer", "zusage"])
def test_what_is_denied_is_never_an_offer(denial: str, good: str) -> None:
    """Whatever the lists know, a denied offer is none."""
    assert read_status(f"{denial} {good}") != "offer"


@pytest.mark.parametrize("good", ["offer", "job offer", "hired", "accepted"])
@pytest.mark.parametrize(
    "told", ["{} was not made", "{} never came", "they would not say {}", "{} to somebody else"]
)
def test_a_denial_anywhere_keeps_an_offer_in_doubt(good: str, told: str) -> None:
    """Also where no phrase of the lists knows it."""
    assert read_status(told.format(good)) in ("unknown", "rejected")


@pytest.mark.parametrize(
    "told",
    [
        "They hired",
        "Company hired",
        "Hired from within",
        "Hired a friend of the boss",
        "Offer: N",
        "Selected: no",
        "Offer lapsed",
        "Offered a lower position",
        "Resume accepted",
        "Application accepted",
        "Pre-offer",
    ],
)
def test_an_offer_beside_words_that_nobody_knows_asks(told: str) -> None:
    """Whose offer it is, and of what, only harmless words around it leave certain."""
    assert read_status(told) == "unknown"


@pytest.mark.parametrize(
    "told",
    [
        "Offer received!",
        "Offer $95k + 10% bonus",
        "Hired, start date 6 May 2026",
        "Got the job",
        "Conditional offer",
        "Finally accepted",
        "Zusage erhalten",
    ],
)
def test_harmless_words_beside_an_offer_leave_it_one(told: str) -> None:
    """Days, pay and joy do not put it in doubt."""
    assert read_status(told) == "offer"


@pytest.mark.parametrize(
    "told", ["Interviewing other candidates", "Still interviewing others", "Next round with others"]
)
def test_what_others_have_come_to_is_not_the_clients(told: str) -> None:
    """An interview of somebody else opens nothing."""
    assert read_status(told) == "unknown"


@pytest.mark.parametrize("end", ["rejected", "declined", "denied", "position closed", "ghosted"])
@pytest.mark.parametrize("before", ["applied", "interview", "phone screen", "OA", "offer"])
@pytest.mark.parametrize("between", [" - ", ", ", " -> ", " / ", "; then "])
def test_what_ended_is_never_read_as_open(end: str, before: str, between: str) -> None:
    """An ending outweighs what went before it; with an offer beside it, it asks or is closed."""
    told = read_status(f"{before}{between}{end}")
    assert told in ("rejected", "withdrawn", "closed", "ghosted", "unknown")
    if before != "offer":
        assert told != "unknown"


@pytest.mark.parametrize(
    "told", ["LATE TO APPLY", "too late to apply", "no longer interviewing", "Applied - no", "late"]
)
def test_an_open_word_within_a_closed_phrase_does_not_open_it(told: str) -> None:
    """Seen in real trackers."""
    assert read_status(told) in ("closed", "unknown")


def test_a_long_story_asks() -> None:
    """Prose is no status."""
    assert read_status("they said maybe an offer " * 20) == "unknown"


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("Failed Applied Interview", "rejected"),
        ("Failed Skipped Applied", "unknown"),
        ("FAILED success", "unknown"),
        ("failed", "unknown"),
        ("Pass Fail", "unknown"),
        ("Pass Applied", "withdrawn"),
    ],
)
def test_failed_is_said_of_clients_and_of_programs(told: str, status: str) -> None:
    """Which of them it is of, the other spellings tell."""
    spellings = told.split()
    assert read_spellings(spellings)[spellings[0]] == status


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("网上投递✅ => 笔试✅ => 一面❌", "rejected"),
        ("Applied → Phone screen ❌", "rejected"),
        ("Applied ✅ → Phone screen", "interviewing"),
        ("Applied → Offer ❌", "unknown"),
        ("Interview ❌", "unknown"),
        ("❌ Rejected", "rejected"),
        ("❌ Not applied", "to_apply"),
        ("❌ Oferta wygasła", "closed"),
    ],
)
def test_a_cross_at_a_step_is_no_step(told: str, status: str) -> None:
    """At the end of a way the step failed; alone it failed or was not taken."""
    assert read_status(told) == status


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("Applied/Interview/Rejected/Offer", "unknown"),
        ("Not applied | OA | Offer | Withdrawn", "unknown"),
        ("Applied / Interview / Rejected", "rejected"),
    ],
)
def test_what_a_template_lets_one_choose_is_no_status(told: str, status: str) -> None:
    """Nobody has come to all of them; a way that ends in a rejection is one."""
    assert read_status(told) == status


@pytest.mark.parametrize("told", ["笔试终止", "简历终止", "8月3日流程终结"])
def test_a_step_that_was_broken_off_is_closed(told: str) -> None:
    """The step itself, a test, does not open it again."""
    assert read_status(told) == "closed"


def test_the_list_is_sound() -> None:
    """Every phrase is folded already, stands once, and means a known status."""
    rows = word_list("statuses")
    phrases = [row["phrase"] for row in rows]
    assert len(set(phrases)) == len(phrases)
    assert {row["meaning"] for row in rows} <= set(STATUSES)
    assert {row["where"] for row in rows} == {"inside", "whole"}
    assert all(read_status(row["phrase"]) == row["meaning"] for row in rows)


@pytest.mark.parametrize(
    "words", ["Cut after round 1", "out after the interview", "raus nach dem Gespräch"]
)
def test_what_came_after_a_step_is_asked_about(words: str) -> None:
    """In words that no list knows it may be the end: the step before it is behind."""
    assert read_status(words) == "unknown"
    assert read_status("after the interview") == "interviewing"
