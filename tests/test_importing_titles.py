"""Titles of calendar events: which are an interview of the client's, with whom, for which role."""

import pytest

from coachkit.importing.titles import kind_of, who

WITH = [
    ("Interview w/ Stripe", "Stripe", ""),
    ("Tech screen w Netflix", "Netflix", ""),
    ("Acme <> Jane: Recruiter Screen", "Acme", ""),
    ("Jane Doe / Globex Interview", "Globex", ""),
    ("Entrevista técnica iFood <> Thiago", "iFood", ""),
    ("Recruiter call: Hootsuite x Farah", "Hootsuite", ""),
    ("Phone Interview - Data Analyst - Contoso", "Contoso", "Data Analyst"),
    ("Interview: Software Engineer at Initech (Round 2)", "Initech", "Software Engineer"),
    ("Interview with Priya (Umbrella Corp) for Data Analyst", "Umbrella Corp", "Data Analyst"),
    ("Interview with Sarah Jones from Acme", "Acme", ""),
    ("Luis Ferrer and Megan Sloan (Vandelay Industries) - Intro Call", "Vandelay Industries", ""),
    ("Hiring manager chat – Hooli (Staff Backend)", "Hooli", "Staff Backend"),
    ("Final Interview with Initech's COO", "Initech", ""),
    ("Interview – Band 5 Staff Nurse, St Brigid's Hospital", "St Brigid's Hospital", "*"),
    ("Interview 2 of 3 (Acme)", "Acme", ""),
    ("NHS 24 – telephone interview", "NHS 24", ""),
    ("Interview with Marks and Spencer", "Marks and Spencer", ""),
    ("Procter & Gamble - first round", "Procter & Gamble", ""),
    ("First National Bank interview", "First National Bank", ""),
    ("Booking.com interview", "Booking.com", ""),
    ("[HOLD] Interview – Sky Betting, Senior Analyst", "Sky Betting", "Senior Analyst"),
    (
        "Updated invitation: Panel interview with Soylent @ Mon May 19, 2025 2pm - 3pm (CDT) (Lu)",
        "Soylent",
        "",
    ),
    ("Rescheduled: Globex Tech Interview (Luis F.)", "Globex", ""),
    ("Final round @ Hooli", "Hooli", ""),
    ("Stripe onsite pt 1 (coding + API design)", "Stripe", ""),
    ("Spire Healthcare phone i/v", "Spire Healthcare", ""),
    ("Assessment centre & interview, Scottish Ambulance Service", "Scottish Ambulance Service", ""),
    ("trial day Single O, Surry Hills", "Single O", ""),
    ("Einladung zum Bewerbungsgespräch: Marketing Managerin (m/w/d), Siemens", "Siemens", "*"),
    ("Zweitgespräch Bosch (Fachabteilung + HR)", "Bosch", ""),
    ("Entretien d'embauche – Leroy Merlin, responsable e-commerce", "Leroy Merlin", "*"),
    ("2e entretien Decathlon : N+1 et direction", "Decathlon", ""),
    ("Entrevista de trabajo: CaixaBank / gestora comercial", "CaixaBank", "*"),
    ("Telefonisch interview ASML", "ASML", ""),
    ("Shopify 2nd interview", "Shopify", ""),
    ("interview at Starbucks 3pm", "Starbucks", ""),
    ("Interview w/ CFO - Maple Ridge Foods", "Maple Ridge Foods", ""),
    ("Callback interview: Ropes & Gray NYC", "Ropes & Gray NYC", ""),
    ("Peer interview @ Houston Methodist, ICU 4th floor", "Houston Methodist", ""),
    ("Teams-Interview TRUMPF, Projektingenieur", "TRUMPF", "*"),
    ("Colloquio Bending Spoons - Product Manager", "Bending Spoons", "Product Manager"),
    ("Secondo colloquio Satispay con il CPO", "Satispay", ""),
    ("一次面接(メルカリ)", "メルカリ", ""),
    ("ライオン一次面接", "ライオン", ""),
    ("電話面接 アマゾンジャパン", "アマゾンジャパン", ""),
    ("腾讯终面 深圳滨海大厦", "腾讯", ""),
]


@pytest.mark.parametrize(("title", "employer", "role"), WITH)
def test_an_interview_is_with_the_employer_that_its_title_names(
    title: str, employer: str, role: str
) -> None:
    """Not with the interviewer, the client, a step or a room."""
    assert kind_of(title) == "interview"
    found, job = who(title)
    assert found[:1] == (employer,)
    assert role in ("*", job)


@pytest.mark.parametrize(
    "title",
    [
        "Interview",
        "interview!!",
        "Interview with Sarah Jones",
        "Llamada RRHH",
        "Interview 2",
        "面接",
    ],
)
def test_where_a_title_names_no_employer_none_is_made_up(title: str) -> None:
    """A person is none; the coach is asked."""
    assert kind_of(title) == "interview"
    assert who(title)[0] == ()


def test_whoever_is_invited_is_no_employer() -> None:
    """Also where the name is no common one."""
    assert who("Zebulon Q / Globex Interview", ["Zebulon Q"])[0] == ("Globex",)
    assert who("Interview - Globex - Clerk", ["Globex Recruiting"])[0] == ("Globex",)


@pytest.mark.parametrize(
    "title",
    [
        "Mock interview with coach",
        "Interview guide review",
        "Hinfahrt Vorstellungsgespräch",
        "Repasar preguntas entrevista",
        "Brand Manager interview: Tyler Osei (req 4471)",
        "Tasha's kindergarten interview",
        "Interview prep - Acme",
        "Interview candidate: J. Smith",
        "Interview panel: Junior Analyst (A. Rahman)",
        "user interview #6 – checkout redesign",
        "US visa interview (embassy)",
        "Press interview: Irish Times re: CX awards",
        "Train to Manchester for AutoTrader interview",
        "iron shirt for merivale interview",
        "✈️ LAX → SFO (Figma onsite)",
        "Send thank you to Acme (interview)",
        "Return to work interview (after flu)",
        "On-site @ customer: Contoso London",
        "Final round - pub quiz league 🍺",
        "Interview with the Vampire s2 watch party",
        "Vorbereitung Vorstellungsgespräch Bosch (mit Coach)",
        "Entretien chaudière (M. Lopez)",
        "Entretien annuel avec Valérie",
        "Entrevista visado consulado EE. UU.",
        "Simulado de entrevista com mentor",
        "Voorbereiden sollicitatiegesprek Bol",
        "模拟面试(教练 林老师)",
        "面试候选人:陈同学(测试岗)",
    ],
)
def test_what_only_speaks_of_interviews_is_none(title: str) -> None:
    """Getting ready, the way there, somebody else's, and other things called an interview."""
    assert kind_of(title) == "none"


@pytest.mark.parametrize(
    "title",
    ["Dropbox recruiter", "Portfolio review – Airbnb", "Kennenlerngespräch Kita Sonnenblume"],
)
def test_what_may_be_an_interview_is_asked_about(title: str) -> None:
    """Neither taken nor dropped."""
    assert kind_of(title) == "perhaps"


@pytest.mark.parametrize(
    "title", ["Dentist", "Standup", "Lunch with Ann", "Geburtstag Oma", "健身"]
)
def test_other_events_are_none(title: str) -> None:
    """A calendar is full of them."""
    assert kind_of(title) == ""
