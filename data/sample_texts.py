"""What the sample practice's people say: closing answers, topics, key questions, work samples.

Keyed by field where the field shows. All of it is made up. ``{day}`` is the promised day.
"""

from sample_clients import ACC, ENG, FIN, FOO, MKT, NON, NUR, PRO, SAL, SCH, SOF, UNI

NOT_ASKED = "not asked"

#: How do you see my qualifications for this position?
FIT = {
    ACC: (
        "Strong on the month-end close, would like more on consolidation.",
        "The audit years count a lot; software here is new to me but they will train.",
        "He said I was the first candidate to ask about their controls.",
        "Good match, though they had hoped for somebody with lease accounting.",
    ),
    FIN: (
        "Liked the modelling case; wondered whether I would miss a bigger team.",
        "Very good on credit, thinner on derivatives.",
        "Says my covenant work is just what the desk lacks.",
    ),
    PRO: (
        "She sees me running the depot project from the first week.",
        "Good with suppliers; they asked twice about budgets over five million.",
        "Fits, if I am ready to be on site three days a week.",
    ),
    MKT: (
        "Loved the relaunch story, asked for more numbers behind it.",
        "Creative side is a clear yes; they worry about paid media.",
        "Told me I was in the top three on writing.",
        "Likes that I have worked in-house and at an agency.",
    ),
    SOF: (
        "Solid on the backend, they would want me to learn their queueing quickly.",
        "Said the pairing session was the best this month.",
        "Good fit, perhaps a level above what they advertised.",
        "They like the on-call experience; less sure about the frontend.",
    ),
    ENG: (
        "Convinced by the test bench project; certification would be needed within a year.",
        "Good on loads and fatigue, they asked for more on cost.",
        "Thinks my field work makes up for the missing software.",
    ),
    SCH: (
        "The demonstration lesson went down well, above all the group work.",
        "Would like to see more of how I handle a mixed class.",
        "They need the endorsement, which I have, so a clear yes.",
    ),
    UNI: (
        "The committee liked the second book project; teaching load would be three and two.",
        "Research fits, they asked how I would build the survey course.",
        "Chair said the job talk answered the doubts about method.",
    ),
    NUR: (
        "Happy with the ward experience; nights would be expected at first.",
        "She said they need exactly my certification.",
        "Good, once the licence transfer is through.",
        "They like that I have precepted.",
    ),
    FOO: (
        "Liked the trial shift; wants somebody who stays through the winter.",
        "Says I can run a pass; not sure yet about the ordering side.",
        "Good with guests, would need the wine course.",
    ),
    SAL: (
        "Likes the numbers; asked how much of it was my own territory.",
        "Strong closer, he said, but their cycle is nine months.",
        "Would put me on the northern accounts straight away.",
    ),
    NON: (
        "They like that I come from sales; grants would be new to me.",
        "Good fit with the board members, she said.",
    ),
}

#: Which steps remain before an offer?
STEPS = (
    "One more round with the team, then references.",
    "A talk with the director, half an hour.",
    "Two other candidates this week, then they decide.",
    "References and a background check.",
    "A short case to take home, then the last round.",
    "Only the salary committee.",
    "Meeting the people I would work with every day.",
    "HR calls with the terms if it is a yes.",
    "They compare notes on Monday.",
    "A second visit on site.",
    "Sign-off from the head office.",
    "None, it is between me and one other.",
    "The panel scores, then the head confirms.",
)

#: Is there anything else I can provide?
MORE = (
    "Two references, one of them a former manager.",
    "No, they have all they need.",
    "A sample of written work.",
    "Copy of the certificate.",
    "The portfolio as a file instead of a link.",
    "Nothing now, perhaps references later.",
    "The earliest day I could start.",
    "A list of projects with their size.",
    "Transcripts, by e-mail to the office.",
    "Asked for an example of a report, without names.",
    "My notes on the first ninety days, if I like.",
)

#: What is your timeline, and when can I expect to hear back? With a promise, and without.
TIMELINE_PROMISED = (
    "I will hear by {day}.",
    "Decision by {day} at the latest.",
    "They write to everybody by {day}.",
    "Somewhere in the next while, no later than {day}.",
    "She promised a call by {day}, either way.",
    "The panel meets first; an answer by {day}.",
)
TIMELINE_VAGUE = (
    "Soon, they said.",
    "A couple of weeks, no day named.",
    "Depends on when the manager is back.",
    "As soon as they have seen everybody.",
    "Would not say.",
    "He hopes this month.",
    "They are in no hurry.",
)

FIRST_NAMES = (
    "Adaeze", "Benedikt", "Callum", "Dolores", "Edda", "Farid", "Greta", "Hollis", "Imani", "Jorge",
    "Kirsten", "Leopold", "Marisol", "Nadia", "Oskar", "Paloma", "Quentin", "Rosalind", "Sanjay",
    "Tamsin", "Ulrika", "Viktor", "Winifred", "Xavier", "Yvette", "Zoltan", "Anouk", "Basil",
    "Corazón", "Dmitri", "Élodie", "Fergus", "Ginevra", "Hiroko", "Ivo", "Jamila",
)  # fmt: skip
LAST_NAMES = (
    "Ashgrove", "Bramwell", "Cantrip", "Dovecote", "Emberley", "Fairweather", "Goldfinch", "Harrow",
    "Inglenook", "Jessamine", "Kittering", "Lovelock", "Merriweather", "Nettlefold", "Oakhurst",
    "Pemberly", "Quickfall", "Ravenhill", "Silverthorn", "Thistlewood", "Underhill", "Vantongeren",
    "Wolfhart", "Yarborough", "Zellweg", "Applegarth", "Brückmann", "Castañeda", "Delacourt",
    "Esterházi", "Fennimore", "Grønvold", "Hawksmoor", "Iversholm", "Juniperi", "Kestelman",
)  # fmt: skip

INTERVIEWER_ROLES = {
    ACC: ("Controller", "Audit partner", "Head of tax", "HR partner"),
    FIN: ("Head of credit", "Treasurer", "Desk lead", "Talent partner"),
    PRO: ("Head of delivery", "Operations director", "Programme lead", "People partner"),
    MKT: ("Creative director", "Head of brand", "Marketing director", "Recruiter"),
    SOF: ("Engineering manager", "Staff engineer", "Head of platform", "Recruiter"),
    ENG: ("Chief engineer", "Head of testing", "Team lead", "HR partner"),
    SCH: ("Principal", "Head of department", "Deputy head", "Parent governor"),
    UNI: ("Search chair", "Department chair", "Professor", "Dean"),
    NUR: ("Nurse manager", "Director of nursing", "Ward sister", "Recruiter"),
    FOO: ("Owner", "General manager", "Executive chef", "Shift lead"),
    SAL: ("Sales director", "Regional manager", "Founder", "Recruiter"),
    NON: ("Executive director", "Board member", "Head of programs"),
}

TOPICS = {
    ACC: ("month-end close; controls", "the audit in March", "lease accounting; team of six"),
    FIN: ("covenants; the rating model", "liquidity plan", "the modelling case; hours"),
    PRO: ("the depot move; suppliers", "risk register; steering board", "a late programme"),
    MKT: ("the relaunch; budget", "press plan; tone of voice", "campaign numbers; agency split"),
    SOF: ("queueing; on-call rota", "system design: a booking service", "code review; testing"),
    ENG: ("test bench; fatigue", "tolerances; suppliers", "site work; certification"),
    SCH: ("demonstration lesson; mixed classes", "lab safety; parents", "the new curriculum"),
    UNI: ("second book; archives", "survey course; advising", "job talk; teaching load"),
    NUR: ("night shifts; handover", "triage; precepting", "staffing; licence transfer"),
    FOO: ("trial shift; the pass", "ordering; waste", "winter season; the team"),
    SAL: ("territory; pipeline", "a lost deal and why", "commission plan; first ninety days"),
    NON: ("donors; the spring gala", "grants; board relations"),
}

#: Key interview questions: what was asked, what the client said, the treatment, the better answer.
KEY_ANSWERS = {
    ACC: (
        ("How do you shorten a close?", "I described the checklist we used.", "amplify",
         "The checklist took our close from nine days to six, and it held for a year."),
        ("Have you worked with lease accounting?", "I said not really.", "correct",
         "I moved fourteen leases to the new standard with our auditor in 2024."),
        ("Tell us about a mistake.", "I spoke of a wrong accrual, at length.", "modify",
         "I booked an accrual twice, found it in review, and added the check that would catch it."),
        ("Why leave audit?", "Because of the hours.", "modify",
         "I want to see the whole year of one company instead of two weeks of twenty."),
        ("Which controls do you look at first?", "Segregation of duties.", "amplify",
         "Segregation of duties: at my last client it found one person who could pay and approve."),
    ),
    FIN: (
        ("Walk us through a credit you turned down.", "I named the sector, not the reasons.",
         "amplify", "I turned it down on cash conversion: profit grew, receivables grew faster."),
        ("What would a rate cut do to our book?", "I mixed up the two portfolios.", "correct",
         "The floating book loses margin within a quarter; the fixed one gains in value first."),
        ("Why us?", "The location.", "modify",
         "You lend to firms of the size I know, and analysts here meet the borrowers."),
    ),
    PRO: (
        ("How do you tell a sponsor of a delay?", "Early and in person.", "amplify",
         "Early, in person, with two options: last spring that saved the opening date."),
        ("What was your largest budget?", "I said three million.", "correct",
         "3.4 million in my own name, and 9 with the depot, which I ran for its last year."),
        ("How do you run a risk register?", "Monthly, in a sheet.", "modify",
         "Ten risks at most, each with an owner, looked at every Thursday."),
    ),
    MKT: (
        ("What did the relaunch bring?", "More visits.", "amplify",
         "Visits rose by a third and enquiries by a fifth, at the same spend."),
        ("A campaign that failed?", "I could not think of one.", "correct",
         "The winter mailing went to everybody. The spring one went to a third and sold more."),
        ("How do you work with press?", "I send releases.", "modify",
         "I call four people who cover us, with something that only they get."),
        ("What is our tone of voice?", "Friendly.", "modify",
         "Dry and exact, with one joke an issue. I would keep it."),
    ),
    SOF: (
        ("Design a booking service.", "I began with the database.", "modify",
         "I would begin with what must never happen, two people in one seat, and go from there."),
        ("Tell us about an outage.", "I told what broke.", "amplify",
         "What broke, how we saw it in four minutes, and the alarm that would see it in one."),
        ("Is this query safe under load?", "I said yes.", "correct",
         "No: without the index it scans. I tried it at home and it took eleven seconds."),
        ("How do you review code?", "I look for bugs.", "amplify",
         "First whether I understand it, then bugs; I ask at most three things."),
        ("Why leave a stable job?", "I was bored.", "modify",
         "The product is finished there, and I like the years before that."),
    ),
    ENG: (
        ("How did you find the crack?", "By inspection.", "amplify",
         "A change in the vibration record two weeks before anybody could see it."),
        ("What safety factor would you take?", "I said 1.5.", "correct",
         "1.5 for static load, but this part sees fatigue, so I would start from the spectrum."),
        ("How do you bring down cost?", "By asking suppliers.", "modify",
         "By dropping tolerances nobody needs: on the housing that was eleven per cent."),
    ),
    SCH: (
        ("A lesson that went wrong?", "The experiment failed.", "modify",
         "The experiment failed, so the class worked out why, which was the better lesson."),
        ("How do you reach a quiet pupil?", "I ask them directly.", "amplify",
         "In pairs first; by November the quietest girl in my class led a group."),
        ("Which endorsement do you hold?", "I named the old one.", "correct",
         "Since August the full endorsement for grades six to twelve."),
    ),
    UNI: (
        ("What is the second book about?", "I gave the outline.", "amplify",
         "River tolls and who avoided them; two of five chapters are drafted."),
        ("How would you teach the survey?", "By period.", "modify",
         "Around six objects, each opening a period; students write on a seventh."),
    ),
    NUR: (
        ("How do you hand over?", "By the chart.", "amplify",
         "By the chart and then at the bedside, where the patient corrects us."),
        ("Tell us of a conflict with a doctor.", "I said there was none.", "correct",
         "Once, about a dose. I asked for it to be read back, and it was changed."),
        ("Would you work nights?", "If I must.", "modify",
         "Yes, for the first year, gladly in blocks of three."),
        ("Have you precepted?", "Yes.", "amplify",
         "Four new nurses, three of whom are still on that ward."),
    ),
    FOO: (
        ("How do you cut waste?", "Smaller orders.", "amplify",
         "Orders twice a week instead of once: waste fell by half in a month."),
        ("A guest sends a dish back twice?", "I make it again.", "modify",
         "I go to the table myself, and the second plate is something else."),
    ),
    SAL: (
        ("Tell us of a deal you lost.", "On price.", "correct",
         "I said price; in truth I met the buyer too late. I now ask who signs in the first call."),
        ("What would you do in ninety days?", "Visit all accounts.", "modify",
         "Visit the twenty that make most of it, and call five that left."),
        ("What was your quota?", "I beat it.", "amplify",
         "118 per cent in a year in which the team made 91."),
        ("How do you open a cold call?", "With our product.", "modify",
         "With something I noticed about their shop, then a question."),
    ),
    NON: (
        ("How do you ask for money?", "Directly.", "amplify",
         "Directly, for a sum and a purpose, after I have listened twice."),
        ("Have you written grants?", "No.", "correct",
         "Two small ones for our rowing club; both were granted."),
    ),
}  # fmt: skip

#: Samples of clients' work: title, where it lies, confidential (None: nobody asked yet).
WORK_SAMPLES = {
    "Amara Osei": (
        ("Month-end close checklist", "portfolio/close-checklist.pdf", False),
        ("Consolidation model", "portfolio/consolidation.xlsx", True),
        ("Talk on controls for small firms", "https://example.org/osei/controls", False),
    ),
    "Zoë Martínez": (
        ("Relaunch of a tea brand", "https://example.com/zoe/relaunch", False),
        ("Press kit, spring line", "portfolio/press-kit.pdf", None),
    ),
    "Nguyễn Lan": (("Rate limiter, open source", "https://example.org/lan/limiter", False),),
    "Henrietta Vale": (
        ("Article: Tolls on the lower river", "papers/tolls.pdf", False),
        ("Survey course syllabus", "papers/syllabus.pdf", False),
        ("Draft chapter two", "papers/chapter-2.docx", True),
    ),
    "Tobias Krähe": (
        ("Test bench report", "mappe/pruefstand.pdf", True),
        ("Thesis on fatigue", "mappe/abschlussarbeit.pdf", False),
    ),
    "Priya Sundaram": (("Cost model of a toy line", "portfolio/cost-model.xlsx", None),),
    "Caleb Thorne": (
        ("Unit plan: waves", "lessons/waves.pdf", False),
        ("Video of a demonstration lesson", "lessons/demo.mp4", None),
    ),
    "Aroha Tāwhai": (
        ("Depot move, lessons learned", "portfolio/depot.pdf", True),
        ("Project plan template", "portfolio/plan.xlsx", False),
    ),
    "Grace Lindqvist": (
        ("Campaign: a cinema reopens", "https://example.com/grace/cinema", False),
        ("Tone of voice guide", "portfolio/tone.pdf", False),
        ("Media plan with prices", "portfolio/media-plan.xlsx", True),
    ),
    "Omar Haddadin": (("Gripper drawing set", "portfolio/gripper.pdf", True),),
    "Seun Adebanjo": (("Deployment pipeline, write-up", "https://example.org/seun/deploy", False),),
    "Wendell Pike": (
        ("Territory plan", "portfolio/territory.pdf", None),
        ("Appeal letter, rowing club", "portfolio/appeal.docx", False),
    ),
}
