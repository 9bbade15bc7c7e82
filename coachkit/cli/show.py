"""The commands that show a practice: agenda, grade, states, compliance."""

import argparse

from coachkit.cli.asked import Asked, Commands, add_practice


def add(commands: Commands) -> None:
    """Add them to the command line."""
    shown = {
        "agenda": (show_agenda, "what is to be done, most pressing first, each with its reason"),
        "grade": (_grade, "every thank-you and follow-up, judged"),
        "states": (_states, "where every opportunity stands"),
        "compliance": (_compliance, "how well thank-yous and follow-ups are kept"),
    }
    for name, (run, what) in shown.items():
        command = commands.add_parser(name, help=what, description=what)
        add_practice(command)
        command.add_argument("--client", metavar="C", help="one client alone, by id or name")
        command.add_argument(
            "--as-of", metavar="T", help="an instant with its offset, or a day: that day's end"
        )
        command.add_argument("--format", choices=("table", "csv", "json"), default="table")
        command.set_defaults(run=run)
        if name == "compliance":
            command.add_argument(
                "--by",
                default="field",
                help="client, field, coach or week, or several with commas; 'all' for one row",
            )


def show_agenda(options: argparse.Namespace) -> None:
    """Print what is to be done."""
    from coachkit.agenda import plan
    from coachkit.telling import tell_agenda

    asked = Asked(options)
    agenda = plan(asked.caseload, asked.policy, as_of=asked.as_of)
    if options.format == "table":
        asked.say(tell_agenda(agenda))
    else:
        asked.print(agenda)


def _grade(options: argparse.Namespace) -> None:
    from coachkit.clocks import grade

    asked = Asked(options)
    asked.print(grade(asked.caseload, asked.policy, as_of=asked.as_of))


def _states(options: argparse.Namespace) -> None:
    from coachkit.clocks import states

    asked = Asked(options)
    asked.print(states(asked.caseload, asked.policy, as_of=asked.as_of))


def _compliance(options: argparse.Namespace) -> None:
    from coachkit.clocks import grade
    from coachkit.compliance import compliance
    from coachkit.telling import tell_compliance

    asked = Asked(options)
    duties = grade(asked.caseload, asked.policy, as_of=asked.as_of)
    by = [] if options.by == "all" else [word.strip() for word in options.by.split(",")]
    rates = compliance(duties, by=by)
    if options.format != "table":
        asked.print(rates)
        return
    if "client" in rates:
        names = asked.caseload.clients.set_index("client_id")["name"]
        rates = rates.assign(client=rates["client"].map(names))
    asked.say(tell_compliance(rates))
