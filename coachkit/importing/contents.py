"""What the cells of a column look like, whatever its name says."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from coachkit.importing.days import DayCell, Order, column_order, read_day, read_epoch, read_serial
from coachkit.importing.sheets import Cell, says_nothing, shown
from coachkit.importing.statuses import read_status
from coachkit.importing.words import folded, word_list, wordset

_URL = re.compile(
    r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|co|de|jobs|edu|gov|ai|app)/\S*",
    re.I,
)
#: A message in the client's own mailbox, which is no posting.
_MAILBOX = re.compile(r"https?://(?:mail|outlook)\.", re.I)
#: Words with an address behind them, as Markdown has them.
_LINKED = re.compile(r"\[[^\]]*\]\(\s*(?P<address>https?://\S*)\s*\)", re.I)
_FILE = re.compile(r"\S.*\.(?:pdf|docx?|odt|rtf|tex|pages)\W?", re.I)
_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"[-+]?[$€£¥]?\s?\d[\d.,\s]*(?:[kKmM%]|/h(?:r|our)?)?")
_PHONE = re.compile(r"\+?[\d\s().-]{7,20}(?:\s*(?:x|ext\.?)\s*\d+)?")
_YES_NO = wordset(
    "yes no y n x ✓ ✔ ✅ ❌ ☑ ☐ true false 1 0 ja nein si sí oui non sim não nao nee ok done "
    "sent 是 否 有 无 はい いいえ ○ × tbd pending"
)
_NO = wordset("no n false 0 nein non nao não nee ❌ ☐ 否 无 いいえ × tbd pending")
#: Who does a job, of all trades; none that many employers are called ("Baker", "Porter").
_TRADES = (
    r"rn|lpn|cna|midwife|carer|caregiver|worker|bartender|housekeeper|janitor|custodian|installer|"
    r"journeyman|foreman|machinist|hairdresser|stylist|courier|dispatcher|stocker|teller|adjuster|"
    r"auditor|controller|solicitor|barrister|archivist|curator|journalist|reporter|photographer|"
    r"illustrator|animator|trainer|counsell?or|psychologist|dentist|hygienist|optician|"
    r"radiographer|phlebotomist|paramedic|firefighter|attendant|surveyor|estimator|"
    r"superintendent|aide|nanny|sdr|bdr|erzieher(?:in)?|verkäufer(?:in)?|kauf(?:mann|frau)|"
    r"techniker(?:in)?|mechaniker(?:in)?|referent(?:in)?|kassierer(?:in)?|"
    r"\w*(?:fachkraft|pfleger(?:in)?)|vendeu(?:r|se)|infirmi(?:er|ère)|secrétaire|comptable|"
    r"conseill(?:er|ère)|serveu(?:r|se)|aide-soignante?|administrativ[oa]|auxiliar|"
    r"recepcionista|dependienta?|camarer[oa]|enfermer[oa]|técnic[oa]|vendedora?|segretari[oa]|"
    r"commess[oa]|addett[oa]|operai[oa]|infermier[ea]|magazzinier[ea]|atendente|enfermeir[oa]|"
    r"verkoper|monteur|verpleegkundige|specjalista|kierownik|pracownik|sprzedawca"
)
_ROLE = re.compile(
    r"\b(?:engineer|developer|analyst|manager|intern|internship|designer|scientist|consultant|"
    r"specialist|assistant|coordinator|director|administrator|associate|architect|technician|"
    r"officer|programmer|representative|accountant|nurse|teacher|professor|lecturer|clerk|"
    r"executive|advisor|adviser|researcher|graduate|trainee|apprentice|tutor|writer|editor|"
    r"supervisor|operator|librarian|recruiter|swe|sde|sre|devops|full[- ]?stack|front[- ]?end|"
    r"back[- ]?end|software|data science|postdoc|fellow|planner|strategist|facilitator|head of|"
    r"vp|lead|senior|junior|agent|cleaner|mechanic|driver|cook|chef|barista|waiter|waitress|cashier|"
    r"electrician|plumber|welder|carpenter|therapist|paralegal|attorney|lawyer|pharmacist|physician|"
    r"receptionist|secretary|bookkeeper|buyer|underwriter|actuary|instructor|copywriter|translator|"
    r"entwickler(?:in)?|ingenieur(?:in)?|werkstudent(?:in)?|praktikant(?:in)?|"
    r"praktikum|berater(?:in)?|sachbearbeiter(?:in)?|leiter(?:in)?|mitarbeiter(?:in)?|"
    r"desarrollador[a]?|ingeniero|ingeniera|analista|gerente|asistente|programador[a]?|"
    r"développeur|développeuse|ingénieure?|stagiaire|alternance|chef de projet|chargée? de|"
    r"technicien(?:ne)?|assistante?|sviluppatore|sviluppatrice|ingegnere|impiegat[oa]|stage|"
    r"ontwikkelaar|medewerker|adviseur|stagiair|desenvolvedor[a]?|engenheir[oa]|estágio|"
    rf"{_TRADES})\b"
    r"|工程师|经理|开发|产品|运营|设计|实习|研发|专员|助理|主管|岗|エンジニア|営業|開発|企画|デザイナー|"
    r"職|개발|엔지니어|디자이너|인턴",
    re.I,
)
#: Of these the words for who does a job, which stand in few names of employers ("Acme Software").
_HOLDER = re.compile(
    r"\b(?:engineer|developer|analyst|manager|intern|designer|scientist|consultant|specialist|"
    r"assistant|coordinator|administrator|architect|technician|programmer|accountant|clerk|"
    r"managerin|chef(?:fe)? de projet|contador[a]?|researcher|recruiter|operator|"
    r"entwickler(?:in)?|ingenieur(?:in)?|sachbearbeiter(?:in)?|"
    r"mitarbeiter(?:in)?|desarrollador[a]?|programador[a]?|analista|développeur|développeuse|"
    r"ingénieure?|sviluppatore|ontwikkelaar|desenvolvedor[a]?|engenheir[oa]|"
    rf"{_TRADES})\b|工程师|エンジニア|개발자",
    re.I,
)
_COMPANY = re.compile(
    r"\b(?:inc|llc|ltd|limited|gmbh|ag|corp|corporation|co|company|group|bank|technologies|technology|"
    r"tech|labs?|solutions|systems|software|university|college|hospital|s\.?a\.?|s\.?r\.?l|plc|b\.?v|"
    r"partners|capital|consulting|health|healthcare|studios?|media|institute|school|foundation|"
    r"services|international|global|networks|pharma|airlines|energy|insurance|financial|google|"
    r"amazon|microsoft|apple|meta|facebook|netflix|ibm|oracle|tesla|nvidia|spotify|uber|airbnb|"
    r"deloitte|accenture|siemens|sap|bosch|intel|cisco|adobe|salesforce|linkedin|stripe)\b"
    r"|公司|集团|银行|科技|株式会社|有限|研究所|研究院|大学|은행|전자",
    re.I,
)
_PLACE = re.compile(
    r"\b(?:remote|hybrid|on-?site|[A-Z][a-zé]+(?: [A-Z][a-z]+)*,\s*[A-Z]{2}|new york|nyc|london|"
    r"berlin|"
    r"paris|san francisco|sf|seattle|boston|chicago|austin|toronto|munich|münchen|hamburg|madrid|"
    r"barcelona|amsterdam|dublin|singapore|bangalore|usa|uk|united states|germany|canada|india)\b"
    r"|北京|上海|深圳|广州|杭州|東京|大阪|서울"
)
_DAY_INSIDE = re.compile(
    r"\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[a-z]*\.? \d{1,2}\b|\b\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.I,
)
#: What stands where something is to be filled in, or is not known yet.
_PLACEHOLDER = re.compile(
    r"\[[^\]]*\]|<[^>]*>|tbd|tba|to be determined|\?+|"
    r"(?:yyyy|dd|mm)[-/.](?:mm|dd)[-/.](?:dd|yyyy|yy)",
    re.I,
)
_LONG = 60
_LOOKED_AT = 5000


@dataclass(frozen=True)
class Contents:
    """Shares (0 to 1) of a column's filled cells that look like this or that."""

    filled: int
    different: int
    day: float = 0.0
    number: float = 0.0
    url: float = 0.0
    linked: float = 0.0  # words with an address behind them
    mailbox: float = 0.0  # addresses of messages in the client's mailbox
    email: float = 0.0
    file: float = 0.0
    phone: float = 0.0
    yes_no: float = 0.0
    status: float = 0.0
    status_unknown: float = 0.0
    reached: float = 0.0  # statuses of what has come of an application, or come to
    statuses: int = 0  # how many different ones are told
    role: float = 0.0
    holder: float = 0.0  # the words of job titles that say who does the job
    company: float = 0.0
    person: float = 0.0  # names that begin as people's do
    place: float = 0.0
    long: float = 0.0
    day_inside: float = 0.0
    one_word: float = 0.0
    words: float = 0.0  # how many a cell has, in the mean
    order: Order = "undecided"
    numbers: bool = False  # whether days are written in numbers, so that their order counts
    contradicts: bool = False  # whether some can only be day first and others only month first

    @property
    def empty(self) -> bool:
        """Whether no cell says anything."""
        return self.filled == 0

    @property
    def variety(self) -> float:
        """Different cells per filled cell."""
        return self.different / self.filled if self.filled else 0.0


def look_at(cells: Iterable[Cell]) -> Contents:
    """Look at a column's cells (the first few thousand that say anything)."""
    filled: list[Cell] = []
    for cell in cells:
        if not says_nothing(cell) and not _PLACEHOLDER.fullmatch(shown(cell)):
            filled.append(cell)
            if len(filled) >= _LOOKED_AT:
                break
    if not filled:
        return Contents(0, 0)
    texts = [shown(cell) for cell in filled]
    days = read_column(filled)
    order = column_order(days)
    words = [read_status(text) if len(text) <= 80 else "unknown" for text in texts]

    def share(seen: Iterable[object]) -> float:
        return sum(1 for one in seen if one) / len(filled)

    return Contents(
        filled=len(filled),
        different=len({text.casefold() for text in texts}),
        day=share(days),
        number=share(
            isinstance(cell, int | float) or _NUMBER.fullmatch(text)
            for cell, text in zip(filled, texts, strict=True)
        ),
        url=share(_URL.match(text) for text in texts),
        linked=share(_LINKED.fullmatch(text) for text in texts),
        mailbox=share(_MAILBOX.match(text) for text in texts),
        email=share(_EMAIL.search(text) for text in texts),
        file=share(_FILE.fullmatch(text) for text in texts),
        phone=share(_PHONE.fullmatch(text) and sum(map(str.isdigit, text)) >= 7 for text in texts),
        yes_no=share(text.casefold().rstrip(".!") in _YES_NO for text in texts),
        status=share(word != "unknown" for word in words),
        status_unknown=share(word == "unknown" for word in words),
        reached=share(word not in ("unknown", "to_apply") for word in words),
        statuses=len({*words} - {"unknown"}),
        role=share(_ROLE.search(text) for text in texts),
        holder=share(_HOLDER.search(text) for text in texts),
        company=share(_COMPANY.search(text) for text in texts),
        person=share(looks_like_person(text) for text in texts),
        place=share(_PLACE.search(text) for text in texts),
        long=share(len(text) > _LONG or "\n" in text for text in texts),
        day_inside=share(_DAY_INSIDE.search(text) for text in texts),
        one_word=share(" " not in text for text in texts),
        words=sum(len(text.split()) for text in texts) / len(texts),
        order=order,
        numbers=any(day.number for day in days if day),
        contradicts={"dmy", "mdy"} <= {day.form for day in days if day and day.number},
    )


def read_column(cells: Sequence[Cell]) -> list[DayCell | None]:
    """Every cell's day; numbers count for days where the whole column is of such numbers."""
    for read in (read_serial, read_epoch):
        numbers = [read(cell) for cell in cells]
        if cells and sum(number is not None for number in numbers) >= 0.8 * len(cells):
            return numbers
    return [read_day(cell) for cell in cells]


def address(text: str) -> str:
    """The address behind the words of a cell, or the cell.

    Examples
    --------
    >>> address("[Apply](https://acme.example/jobs/7)")
    'https://acme.example/jobs/7'
    """
    linked = _LINKED.fullmatch(text)
    return linked["address"] if linked else text


def looks_like_role(text: str) -> bool:
    """Whether a text holds a word of job titles."""
    return _ROLE.search(text) is not None


def says_who_works(text: str) -> bool:
    """Whether a text holds a word for who does a job, which few names of companies do."""
    return _HOLDER.search(text) is not None


def looks_like_person(text: str) -> bool:
    """Whether a name begins as people's do, is as short, and says nothing of a company."""
    words = text.split()
    first = folded(words[0]) if words else ""
    return first in _first_names() and len(words) <= 3 and not looks_like_company(text)


@cache
def _first_names() -> frozenset[str]:
    return frozenset(row["name"] for row in word_list("first_names"))


def looks_like_company(text: str) -> bool:
    """Whether a text holds a word of companies' names."""
    return _COMPANY.search(text) is not None


def says_yes(cell: Cell) -> bool:
    """Whether a cell of a column of yes and no, or of days, says that it came to that."""
    text = shown(cell).casefold().rstrip(".!")
    return not says_nothing(cell) and text not in _NO
