"""How the report of a quarter grows with the history behind it: 5, 9, 13, 17 and 21 quarters.

Run with: python3 crates/cli/benches/five_years.py PROGRAM DATABASE, where PROGRAM is quarterlight
and DATABASE a file that `quarterlight demo --keep DATABASE` wrote. It copies the file, and puts the
four past quarters of the borough into it again and again, each time a year earlier, with their
draws, audits, answers, findings, actions, second readings and filing checks. It prints the time of
the best of three runs and the peak of memory, for the report as text and as PDF, and fails nothing.
"""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

PROGRAM, DATABASE = sys.argv[1:3]
SHIFT = 1_000_000
PAST = "select id from cycle where quarter < (select max(quarter) from cycle) and id < 1000000"
AUDITS = f"select id from audit where cycle_id in ({PAST})"
FINDINGS = f"select id from finding where audit_id in ({AUDITS})"
ACTIONS = f"select id from action where finding_id in ({FINDINGS})"
READINGS = f"select id from moderation where audit_id in ({AUDITS})"
CHECKS = "select id from filing_check where quarter < (select max(quarter) from cycle) and id < 1000000"
DRAWS = f"select id from draw where cycle_id in ({PAST})"

# Each table: the columns that name what is copied with it, and which of its rows are copied.
TABLES = [
    ("cycle", ["id"], f"id in ({PAST})"),
    ("draw", ["id", "cycle_id"], f"id in ({DRAWS})"),
    ("draw_pick", ["draw_id"], f"draw_id in ({DRAWS})"),
    ("draw_event", ["draw_id"], f"draw_id in ({DRAWS})"),
    ("draw_addition", ["draw_id"], f"draw_id in ({DRAWS})"),
    ("audit", ["id", "cycle_id"], f"cycle_id in ({PAST})"),
    ("audit_answer", ["audit_id"], f"audit_id in ({AUDITS})"),
    ("audit_summing_up", ["audit_id"], f"audit_id in ({AUDITS})"),
    ("audit_theme", ["audit_id"], f"audit_id in ({AUDITS})"),
    ("finding", ["id", "audit_id"], f"audit_id in ({AUDITS})"),
    ("action", ["id", "finding_id", "joined_to"], f"finding_id in ({FINDINGS})"),
    ("action_step", ["id", "action_id", "other_id"], f"action_id in ({ACTIONS})"),
    ("finding_theme", ["finding_id"], f"finding_id in ({FINDINGS})"),
    ("moderation", ["id", "audit_id"], f"audit_id in ({AUDITS})"),
    ("moderation_reading", ["moderation_id"], f"moderation_id in ({READINGS})"),
    ("moderation_ended", ["moderation_id"], f"moderation_id in ({READINGS})"),
    ("filing_check", ["id", "audit_id"], f"id in ({CHECKS})"),
    ("filing_item", ["check_id"], f"check_id in ({CHECKS})"),
    ("filing_paper", ["check_id"], f"check_id in ({CHECKS})"),
]


def lengthen(file, years):
    """Puts the past year into the file again, so many times, each a year earlier."""
    with sqlite3.connect(file) as database:
        for year in range(1, years + 1):
            for table, shifted, rows in TABLES:
                columns = [row[1] for row in database.execute(f"pragma table_info({table})")]

                def copied(column):
                    if column in shifted:
                        return f"{column} + {year * SHIFT}"
                    if column == "quarter":
                        return f"(cast(substr(quarter, 1, 4) as integer) - {year}) || substr(quarter, 5)"
                    if column == "form_key":
                        return f"form_key || '-{year}'"
                    return column

                chosen = ", ".join(copied(column) for column in columns)
                names = ", ".join(columns)
                database.execute(f"insert into {table} ({names}) select {chosen} from {table} where {rows}")


def run(file, words):
    """Seconds and megabytes of one run."""
    started = time.monotonic()
    child = subprocess.Popen(
        [PROGRAM, "--database", f"sqlite:{file}", *words], stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"quarterlight {' '.join(words)} ended with {status}.")
    return time.monotonic() - started, used.ru_maxrss / 1024


with sqlite3.connect(DATABASE) as database:
    quarters = [row[0] for row in database.execute("select quarter from cycle order by quarter")]
latest = quarters[-2]
print(f"The report of {latest}, all services. Best of three.")
print("| Quarters | Audits | As text, s | MB | As PDF, s | MB | For the public, s | MB |")
print("|---|---|---|---|---|---|---|---|")
for years in range(5):
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "borough.db")
        shutil.copy(DATABASE, file)
        lengthen(file, years)
        with sqlite3.connect(file) as database:
            audits = database.execute("select count(*) from audit").fetchone()[0]
        cells = [str(len(quarters) + 4 * years), str(audits)]
        pdf = os.path.join(folder, "report.pdf")
        for words in (
            ["report", latest],
            ["report", latest, "--pdf", pdf],
            ["report", latest, "--public"],
        ):
            best = min(run(file, words) for _ in range(3))
            cells += [f"{best[0]:.2f}", f"{best[1]:.0f}"]
        print("| " + " | ".join(cells) + " |", flush=True)
