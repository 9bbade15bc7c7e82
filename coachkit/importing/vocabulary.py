"""The names of columns in nine languages, and what each means (``data/import_headers.csv``).

Of a dozen other languages it knows the commonest names.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from coachkit.importing.words import folded_header, respelled, unaccented, word_list

#: Shorter names are never taken for typing errors; longer ones than the second may hold two.
_LONG_ENOUGH, _LONG = 6, 9
_LONG_WORD = 5


@dataclass(frozen=True)
class Known:
    """What a column's name stands for: a kind of column, and how surely (0 to 1)."""

    kind: str
    strength: float


@lru_cache(maxsize=8192)
def known_name(name: str) -> Known | None:
    """What the name of a column stands for, by the list, its parts, or a typing error away.

    Examples
    --------
    >>> known_name("Postion Title").kind, known_name("Date of Application").kind
    ('role', 'applied_on')
    """
    if len(name) > 80:
        return None
    words = folded_header(name)
    if not words:
        return None
    return (
        _listed(words)
        or ("," in name and _either(name))
        or _numbered(words)
        or _composed(words)
        or _east_asian(words)
        or _either(name)
        or _listed(respelled(words))
        or _misspelled(words)
    )


def known_names(cells: Iterable[object]) -> int:
    """How many different cells of a row are names of columns."""
    return len(
        {
            folded_header(cell)
            for cell in cells
            if isinstance(cell, str) and len(cell) <= 80 and known_name(cell) is not None
        }
    )


def is_listed(words: str) -> bool:
    """Whether folded words are, letter by letter, a name of the list."""
    return words in _list()


@cache
def _list() -> dict[str, Known]:
    return {
        row["phrase"]: Known(row["kind"], float(row["strength"])) for row in word_list("headers")
    }


def kind_of(name: str) -> str:
    """The kind of column that a name stands for; nothing where nobody knows it."""
    known = known_name(name)
    return known.kind if known is not None else ""


def _listed(words: str) -> Known | None:
    return _list().get(words)


_STEPS = frozenset({"stage", "step", "round", "phase"})


def _numbered(words: str) -> Known | None:
    """``Interview 2``, ``Notes 1``: a name with its number; ``Stage 2`` is a step, no status."""
    parts = words.split()
    if len(parts) > 1 and parts[-1].isdecimal():
        known = _list().get(" ".join(parts[:-1]))
        step = known is not None and known.kind == "status" and parts[0] in _STEPS
        return Known("other", 0.7) if step else known
    return None


#: What a name that is in no list is about, by words in it: the first row whose words are all there
#: wins. A bar parts words of which one is enough.
_DAY = "date|day|on|when|at|datum|fecha|data|am|em|el|le|il|op|timestamp|dates|time|dt"
_RULES: tuple[tuple[str, str, float], ...] = (
    (
        "password|passwd|pwd|passcode|passwort|kennwort|contrasena|senha|wachtwoord|credentials",
        "secret",
        1.0,
    ),
    ("mot passe", "secret", 1.0),
    ("thank|thanks", "other", 0.9),
    ("url|link|enlace|lien oferta|vacante|anuncio|offre|annonce|vaga|anzeige", "link", 0.9),
    ("where|how saw|seen|found|heard|advertised", "other", 0.9),
    ("said|told|replied", "response", 0.7),
    ("email|mail contact|recruiter|hr|manager|interviewer", "contact_email", 0.9),
    (
        "resume|cv|portfolio|materials|documents|unterlagen "
        "sent|submitted|emailed|dropped|handed|delivered|uploaded",
        "papers_sent",
        0.8,
    ),
    ("work|employment|job sought|wanted", "role", 0.85),
    (
        "salary|pay|compensation|ctc|resume|cv|cover|visa|work|employment|remote|citizenship|email|url|referral|phone|telephone|linkedin|id|type|size|industry|rating|score|count|number|total|history|skills|source|platform",
        "other",
        0.7,
    ),
    (f"rejection|rejected {_DAY}", "flag_rejected", 0.9),
    (f"offer|offered {_DAY}", "flag_offer", 0.8),
    ("previous|prev|old|former status|stage", "other", 0.8),
    (
        "stage|status|open|opening|opens|posted|review|result|decision|update|updated|changed "
        f"{_DAY}",
        "updated_on",
        0.8,
    ),
    ("latest|last|recent update|updates|news", "updated_on", 0.8),
    (
        "interview|screen|onsite|entretien|entrevista|gesprek|gesprach|vorstellungsgesprach "
        f"{_DAY}",
        "interview_at",
        0.9,
    ),
    (f"follow up {_DAY}|due|by", "follow_up_on", 0.9),
    (f"followup {_DAY}|due|by", "follow_up_on", 0.9),
    (f"next action|actions|task {_DAY}", "follow_up_on", 0.9),
    ("action|actions|task due|by", "follow_up_on", 0.9),
    (
        "last chased|chase|nudged|pinged|emailed|called|call|spoke|heard|messaged|touch",
        "last_contact_on",
        0.9,
    ),
    (f"last contact|contacted|communication {_DAY}", "last_contact_on", 0.9),
    ("deadline", "deadline_on", 0.9),
    (f"applied|application|submitted|submission|apply {_DAY}", "applied_on", 0.9),
    (f"bewerbung|beworben|eingereicht {_DAY}", "applied_on", 0.9),
    (
        f"aplicacion|postulacion|solicitud|candidatura|candidature|candidatei {_DAY}",
        "applied_on",
        0.9,
    ),
    (f"added|saved|found {_DAY}", "saved_on", 0.9),
    ("relance prevue|prevu|date|le", "follow_up_on", 0.9),
    ("follow up", "follow_up_on", 0.7),
    ("next step|steps|action", "next_step", 0.9),
    ("interviewer|interviewers", "contact_person", 0.7),
    ("interview|interviews notes|note|comments", "notes", 0.8),
    ("interview|interviews prep|preparation|process|questions|feedback|format", "other", 0.8),
    ("interview|interviews", "interview_at", 0.6),
    ("website|url|link|lien|enlace company|employer|empresa|entreprise|firma", "other", 0.8),
    ("company|employer|firm|place applied|applying|apply", "employer", 0.9),
    ("which|what role|position|job|title apply|applying|applied", "role", 0.9),
    ("for applying|applied", "role", 0.9),
    ("specific|exact|actual|full role|position|title", "role", 0.9),
    ("link|url|lien|enlace", "link", 0.8),
    ("email|mail", "contact_email", 0.7),
    (f"contacted {_DAY}", "contact_person", 0.8),
    ("company|employer|organization|organisation contacted|visited|approached", "employer", 0.9),
    ("contact|contacted|recruiter name|person|firm|company", "contact_person", 0.8),
    ("status application|job|current|interview|bewerbung|candidature", "status", 0.8),
    ("stage current|application|hiring", "status", 0.8),
    (
        "company|employer|organization|organisation|unternehmen|unternehmens|arbeitgebers|firma|empresa|entreprise|azienda|"
        "bedrijf name",
        "employer",
        0.9,
    ),
    ("job|position|role|stelle|puesto|poste title|name|bezeichnung", "role", 0.9),
    ("location|city|standort|ubicacion", "location", 0.7),
    ("where|how stand|stands|standing|going|landed|ended", "status", 0.7),
    ("status", "status", 0.7),
    ("notes|note|comments|comment|remarks|notizen|notas", "notes", 0.8),
)


def _composed(words: str) -> Known | None:
    have = set(words.split())
    if len(have) > 8 or len(have) < 2:
        return None
    for needed, kind, strength in _RULES:
        if all(have & set(choice.split("|")) for choice in needed.split()):
            return Known(kind, strength)
    return None


#: The same for Chinese, Japanese and Korean, which put no blanks between words: patterns, of which
#: the first that is found decides.
_EAST_ASIAN_RULES = (
    ("密码|密碼|パスワード|비밀번호", "secret", 1.0),
    ("联系.*(?:电话|手机|微信|方式)|聯絡.*(?:電話|手機|方式)", "contact", 0.8),
    ("联系.*(?:邮箱|邮件)|聯絡.*(?:郵箱|信箱)|担当.*メール|담당.*메일", "contact_email", 0.9),
    ("联系人|聯絡人|担当者|담당자", "contact_person", 0.9),
    (
        "规模|規模|性质|类型|類型|类别|類別|種類|行业|業界|业务|简介|介绍|紹介|描述|職責|职责|要求|经验|経験|面试反馈|福利|薪|給与|年収|"
        "年俸|渠道|来源|方式|内推|经路|経路|履歴書|简历",
        "other",
        0.8,
    ),
    ("次.*(?:こと|アクション|ステップ)|下一步", "next_step", 0.9),
    ("(?:es|書類|履歴書)提出日", "applied_on", 0.9),
    ("链接|連結|网址|入口|リンク|링크", "link", 0.9),
    ("更新.*(?:时间|日期|時間|日)", "updated_on", 0.9),
    ("面试.*(?:时间|日期)|面試.*(?:時間|日期)|面接.*日", "interview_at", 0.9),
    ("(?:投递|申请|申請|应聘|應徵|応募|エントリー).*(?:时间|日期|時間|日|날짜)", "applied_on", 0.9),
    ("截止|締切|締め切り|期限|마감", "deadline_on", 0.9),
    ("状态|狀態|状況|状態|ステータス|进度|進捗|进展|상태", "status", 0.9),
    ("公司|企业|企業|会社|单位|회사|기업", "employer", 0.9),
    ("岗位|职位|職位|職種|職缺|役職|ポジション|직무", "role", 0.9),
    ("面试|面試|面接|면접", "interview_at", 0.6),
    ("地点|城市|地區|勤務地|場所|지역", "location", 0.8),
    ("备注|備註|備考|メモ|비고", "notes", 0.9),
)


def _east_asian(words: str) -> Known | None:
    if words.isascii():
        return None
    for pattern, kind, strength in _EAST_ASIAN_RULES:
        if re.search(unaccented(pattern), words):
            return Known(kind, strength)
    return None


def _either(name: str) -> Known | None:
    """``Role/Reason`` or ``Role, Type``: two names for one column, of which the first counts.

    ``Vaga / Role`` says the same twice, as surely as the surer name; ``Accepted/Rejected`` are two
    ends, and the column tells which.
    """
    first, *others = re.split("[/,]", name)
    known = known_name(first) if others else None
    if known is None:
        return _second(others)
    if known.kind in ("other", "day"):
        return None
    named = [known, *map(known_name, others)]
    if all(other is not None and other.kind == known.kind for other in named):
        return Known(known.kind, max(other.strength for other in named if other is not None))
    ends = {known.kind, *(other.kind for other in map(known_name, others) if other is not None)}
    if len(ends) > 1 and all(kind.startswith("flag_") for kind in ends):
        return Known("status", 0.8)  # ``Accepted/Rejected``: a yes would say neither
    return Known(known.kind, round(min(known.strength, 0.9) * (1.0 if "," in name else 0.9), 2))


def _second(others: list[str]) -> Known | None:
    """``Boat / Company``: the one name of two that is known, if whose job or which it is."""
    known = known_name(others[0]) if len(others) == 1 else None
    if known is None or known.kind not in ("employer", "role") or known.strength < 0.9:
        return None
    return Known(known.kind, 0.81)


def _misspelled(words: str) -> Known | None:
    """A name one slip of the fingers away (two in a long one), if all that near mean the same.

    Each word is held against its own: ``Company Rank`` is no slip for ``Company Brand``.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(words) < _LONG_ENOUGH or not words.isascii():
        return None
    near = process.extract(words, list(_list()), scorer=OSA.distance, score_cutoff=2, limit=12)
    alike = [(slips, _list()[phrase]) for phrase, slips, _ in near if _is_slip(words, phrase)]
    closest = [known for slips, known in alike if slips == alike[0][0]]
    if len({known.kind for known in closest}) != 1:
        return None
    return Known(closest[0].kind, round(closest[0].strength * 0.9, 2))


def _is_slip(words: str, phrase: str) -> bool:
    """Whether every word that differs is long enough to be the same word, mistyped."""
    from rapidfuzz.distance import OSA

    pairs = list(zip(words.split(), phrase.split(), strict=False))
    if len(words.split()) != len(phrase.split()):
        return len(words) >= _LONG and words.replace(" ", "") == phrase.replace(" ", "")
    return all(
        one == two
        or (
            min(len(one), len(two)) >= _LONG_WORD
            and OSA.distance(one, two) <= (1 if len(two) < _LONG else 2)
        )
        for one, two in pairs
    )
