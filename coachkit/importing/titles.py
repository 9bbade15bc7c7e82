"""What the title of a calendar's event says: an interview, with whom, for which role."""

import re

from coachkit.importing.contents import looks_like_role

_INTERVIEW = re.compile(
    r"\binterviews?\b|\bphone[ -]screen|\b(?:recruiter|hr|tech(?:nical)?|initial|video) screen|"
    r"\bscreening call|\bintro(?:ductory)? call|\b(?:recruiter|hiring manager|hr) call|"
    r"\bon-?site\b|"
    r"\bsuperday\b|\b(?:final|first|second|third|1st|2nd|3rd|technical|tech|hr) round\b|"
    r"\bvorstellungsgespr|\bbewerbungsgespr|\bkennenlerngespr|\btelefoninterview|\bprobearbeiten|"
    r"\bentretien\b|\bentrevista\b|\bcolloquio\b|\bsollicitatiegesprek|\bkennismakingsgesprek|"
    r"面试|面試|面接|면접",
    re.I,
)
#: About interviews, and none of the client's.
_NOT_ONE = re.compile(
    r"\b(?:prep(?:are|aration)?|mock|practi[cs]e|training|workshop|webinar|tips|debrief|thank|"
    r"follow[ -]?up|research|study|book|podcast|panel discussion|exit interview|informational|"
    r"candidate|interviewing|reminder|vorbereit|übung|pr[ée]paration|preparar)\b",
    re.I,
)
_CANCELLED = re.compile(
    r"^\s*\W{0,2}(?:cancel+ed|abgesagt|annul[ée]+e?|cancelad[oa]|annullat[oa]|geannuleerd|已取消)\b",
    re.I,
)
_AT = re.compile(
    r"\b(?:with|at|@|bei|mit|chez|avec|con|en|presso|bij|met)\s+(?P<employer>[^()\[\]|:–—-]{2,60})"
)
_FOR = re.compile(
    r"\b(?:for|as|als|pour|para|per|voor)\s+(?:an?\s+|the\s+)?(?P<role>[^()\[\]|:–—@]{3,80})"
)
_PARTS = re.compile(r"\s*(?:[:|–—/]|\s-\s|<>|<->|\(|\)|\[|\]|@|,)\s*")
_STEP = re.compile(
    r"\b(?:interviews?|phone|video|zoom|teams|skype|online|virtual|final|first|second|third|1st|2nd|"
    r"3rd|round|\d|tech(?:nical)?|hr|screen(?:ing)?|call|on-?site|in[ -]person|recruiter|hiring|"
    r"manager|intro(?:ductory)?|initial|job|superday|invitation|invite|scheduled|confirmed|updated|"
    r"vorstellungsgespr[äa]ch|bewerbungsgespr[äa]ch|kennenlerngespr[äa]ch|telefoninterview|"
    r"entretien|entrevista|colloquio|sollicitatiegesprek|面试|面接|with|at|the|mit|bei|chez|con)\b",
    re.I,
)


def is_interview(title: str) -> bool:
    """Whether a title speaks of an interview or a step of one.

    Examples
    --------
    >>> is_interview("Phone screen - Acme"), is_interview("Dentist")
    (True, False)
    """
    return _INTERVIEW.search(title) is not None


def is_about_interviews(title: str) -> bool:
    """Whether it rather speaks of getting ready, or of interviewing somebody else."""
    return _NOT_ONE.search(title) is not None


def is_cancelled(title: str) -> bool:
    """Whether it says that it was called off."""
    return _CANCELLED.search(title) is not None


def who(title: str) -> tuple[str, str]:
    """The employer and the role that a title names; empty where it does not."""
    title = _CANCELLED.sub("", title)
    role = ""
    for_role = _FOR.search(title)
    if for_role and looks_like_role(for_role["role"]):
        role = for_role["role"].strip(" ,.-")
        role = _AT.split(role)[0].strip() or role
        title = title.replace(for_role[0], " ")
    at = _AT.search(title)
    if at:
        name = _STEP.sub(" ", re.split(r"\s+(?:for|as|about|re)\s+", at["employer"])[0])
        name = " ".join(name.split()).strip(" ,.-")
        if name and not looks_like_role(name):
            return name, role or _role_in(title)
    for part in _PARTS.split(title):
        name = " ".join(_STEP.sub(" ", part).split()).strip(" ,.-#")
        if len(name) > 1 and any(map(str.isalpha, name)) and not looks_like_role(name):
            return name, role or _role_in(title)
    return "", role


def _role_in(title: str) -> str:
    for part in _PARTS.split(title):
        if looks_like_role(part) and not _INTERVIEW.search(part):
            return part.strip()
    return ""
