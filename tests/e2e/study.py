"""Years of small networks, as a researcher plays them: the same seed gives the same figures, each
scenario does what it says and is over at its end, and what is compared is told apart from chance.
"""
import csv
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from nodes import claim  # noqa: E402

PROGRAM = pathlib.Path(os.environ["PEREGRIN_BIN"]) / "peregrin-sim"
SMALL = ["--make", "24", "--days", "70"]
MACHINE = {"wall", "rate", "memory"}


def call(*words, status=0, patience=250):
    done = subprocess.run([PROGRAM, *words], capture_output=True, text=True, timeout=patience)
    assert done.returncode == status, (words, done.returncode, done.stdout, done.stderr)
    return done


def told(*words, status=0, patience=250):
    return json.loads(call(*words, "--json", status=status, patience=patience).stdout)


def year(*words):
    return told("year", *SMALL, *words)


def measures(*words):
    return year(*words)["measures"]


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def the_same_seed_gives_the_same_figures(quiet):
    again, other = year(), year("--seed", "2")
    for name in MACHINE:
        again["measures"].pop(name)
        quiet["measures"].pop(name)
    assert again == quiet, (again, quiet)
    assert other["hash"] != quiet["hash"]


def a_quiet_year_ends_with_every_record_receipted_and_both_stores_equal(quiet):
    figures = quiet["measures"]
    assert quiet["wrong"] is None and quiet["compared"] > 20, quiet
    assert figures["submitted"] == figures["receipted"] > 100, figures
    for name in ("refused", "dropped", "postponed", "backlog_end", "lost", "lost_receipted",
                 "messages_lost", "alarms", "restarts", "resends"):
        assert figures[name] == 0, (name, figures)
    assert 0.04 < figures["receipt_p50"] <= figures["receipt_p90"] <= figures["receipt_p99"] \
        <= figures["receipt_max"] < 1, figures


def the_files_say_what_the_table_says(folder):
    figures = measures("--scenario", "dark:share=50", "--csv", str(folder))
    whole, days, kinds = (rows(folder / f"{name}.csv") for name in ("measures", "days", "messages"))
    assert len(whole) == 1 and whole[0]["scenario"] == "dark:share=50", whole
    for name, value in figures.items():
        assert name in MACHINE or float(whole[0][name]) == value, (name, value, whole[0][name])
    assert len(days) == 70 and days[0]["date"] == "2026-04-01"
    for name in ("submitted", "receipted", "messages", "bytes"):
        assert abs(sum(int(day[name]) for day in days) - figures[name]) <= figures["backlog_max"], \
            name
    assert max(int(day["backlog_max"]) for day in days) == figures["backlog_max"]
    assert sum(int(kind["sent"]) for kind in kinds) == figures["messages"]
    assert {"opening", "answer", "deliver", "receipt"} <= {kind["message"] for kind in kinds}


def dark_nodes_leave_a_backlog_that_drains(folder, quiet):
    """In the days of the scenario twelve nodes are down; afterwards nothing is left of it."""
    days = rows(folder / "days.csv")
    dark = [day for day in days if int(day["down"]) == 12]
    assert len(dark) == 7, [day["down"] for day in days]
    after = days[days.index(dark[-1]) + 2:]
    assert sum(int(day["postponed"]) for day in dark) > 0
    assert int(dark[-1]["backlog_max"]) > quiet["backlog_max"]
    assert all(int(day["backlog_max"]) <= 2 * quiet["backlog_max"] + 2 for day in after), after
    figures = rows(folder / "measures.csv")[0]
    assert int(figures["restarts"]) == 12 and int(figures["backlog_end"]) == 0
    assert int(figures["submitted"]) == quiet["submitted"] and int(figures["lost"]) == 0


def a_country_cut_off_waits_three_days_and_then_has_all(quiet):
    figures = measures("--scenario", "cut-off:country=DE", "--set", "days=3")
    assert 3600 < figures["receipt_max"] < 4 * 86400, figures
    assert figures["messages_lost"] > 0 and figures["restarts"] == 0
    assert figures["receipted"] == figures["submitted"] == quiet["submitted"]


def a_flood_is_seen_in_messages_and_harms_no_record(quiet):
    figures = measures("--scenario", "flood:rate=5,hours=4")
    assert figures["messages"] > quiet["messages"] + 4 * 60 * 5, figures
    assert figures["receipted"] == figures["submitted"] == quiet["submitted"]
    assert figures["receipt_p50"] < 1


def restarts_cost_sessions_and_no_record(quiet):
    figures = measures("--scenario", "versions")
    assert figures["restarts"] == 12 and figures["sessions"] > quiet["sessions"]
    assert figures["receipted"] == figures["submitted"] == quiet["submitted"]


def one_that_goes_back_is_healed_by_its_partners():
    """A node in twenty-four has no partner that went back too: nothing receipted is lost."""
    figures = measures("--scenario", "restored:share=4")
    assert figures["restarts"] == 1 and figures["lost_receipted"] == 0, figures
    assert figures["backlog_end"] == 0


def where_all_go_back_a_week_is_lost_and_both_sides_agree():
    told_ = year("--scenario", "restored")
    figures = told_["measures"]
    assert figures["restarts"] == 24 and figures["lost_receipted"] > 0, figures
    assert told_["wrong"] is None and told_["compared"] > 20
    assert figures["backlog_end"] == figures["lost"]


def without_a_catalogue_only_those_wait_who_would_join():
    """Of a network in which many join: their people wait, and nobody else does."""
    words = ["--set", "joins=5000", "--days", "250", "--make", "60", "--scenario"]
    quiet = told("year", *words, "catalogue:day=249,days=1")["measures"]
    gone = told("year", *words, "catalogue:day=1,days=240")["measures"]
    assert quiet["postponed"] == 0 and gone["postponed"] > 0, (quiet, gone)
    assert gone["receipted"] == gone["submitted"] == quiet["submitted"], (quiet, gone)
    assert gone["receipt_max"] < 1, gone


def read(folder, text):
    (folder / "own.csv").write_text(text)
    return ["--read", str(folder / "own.csv")]


def nobody_is_dropped_silently(folder):
    """Small networks keep all their students; where members change, who is away is counted."""
    own = read(folder, "from,to,students\na.be,b.nl,50\n")
    figures = told("year", *own)["measures"]
    assert figures["absent"] == 0 and figures["submitted"] > 100, figures
    absent = 0
    for seed in "12345678":
        folder_ = folder / seed
        figures = told("year", *own, "--set", "membership=1", "--seed", seed, "--trace",
                       str(folder / "trace.csv"), "--csv", str(folder_))["measures"]
        nominated = len([row for row in rows(folder / "trace.csv")
                         if row["deed"] == "submitted" and row["what"] == "nomination"])
        assert 50 - figures["absent"] <= nominated <= 50, (nominated, figures)
        assert int(rows(folder_ / "measures.csv")[0]["absent"]) == figures["absent"]
        absent += figures["absent"]
        assert nominated == 50 or figures["absent"] > 0, (nominated, figures)
    assert absent > 0


def a_scenario_that_touches_nobody_says_so(folder):
    own = read(folder, "from,to,students\na.be,b.nl,3\n")
    idle = "nobody joins in that time: nothing is meant by it"
    assert f": {idle}\n" in call("year", *own, "--scenario", "catalogue").stdout
    text = call("compare", "none", "catalogue", *own, "--seeds", "2").stdout
    assert f"\nB  {idle}, in 2 of 2 years\n" in text, text
    joined = call("year", "--make", "60", "--days", "250", "--scenario",
                  "catalogue:joins=5000,day=1,days=240").stdout
    assert idle not in joined and " institutions are meant\n" in joined, joined


def a_slow_link_is_slow_and_loses_nothing(quiet):
    figures = measures("--scenario", "slow:country=DE")
    assert figures["receipt_max"] > 4 * 0.8 > quiet["receipt_max"], figures
    assert figures["receipted"] == figures["submitted"] == quiet["submitted"]


def a_country_switched_off_says_later_what_it_would_have_said(quiet):
    figures = measures("--scenario", "shutdown:country=DE,day=30,days=10")
    assert figures["postponed"] > 0 and figures["postponed_max"] > 24, figures
    assert figures["receipted"] == figures["submitted"] == quiet["submitted"]


def a_comparison_with_itself_shows_no_difference(folder):
    same = told("compare", "none", "none", "--seeds", "3", *SMALL, "--csv", str(folder))
    assert same["seeds"] == 3 and same["wrong"] is None
    for row in same["measures"]:
        assert row["difference"] == 0 and not row["differs"], row
        assert row["interval"] == [0, 0], row
    lines = rows(folder / "comparison.csv")
    assert [line["measure"] for line in lines] == [row["measure"] for row in same["measures"]]
    assert len(rows(folder / "measures.csv")) == 6


def a_comparison_marks_what_differs():
    other = told("compare", "none", "none:loss=200", "--seeds", "4", *SMALL)
    rows_ = {row["measure"]: row for row in other["measures"]}
    for name in ("receipt_p50", "receipt_p99", "messages_lost"):
        assert rows_[name]["differs"] and rows_[name]["interval"][0] > 0, rows_[name]
    assert not rows_["submitted"]["differs"]
    text = call("compare", "none", "none:loss=200", "--seeds", "4", *SMALL).stdout
    marked = {line.split()[1] for line in text.splitlines() if line.startswith("*  ")}
    assert marked == {name for name, row in rows_.items() if row["differs"]}, (marked, text)


def a_sweep_plays_every_value(folder):
    swept = told("sweep", "loss=0..300/100", "--seeds", "2", "--csv", str(folder), "--make", "12",
                 "--days", "50")
    assert [row["value"] for row in swept["values"]] == [0, 100, 200, 300]
    lost = [row["means"]["messages_lost"] for row in swept["values"]]
    assert lost[0] == 0 and lost == sorted(lost), lost
    lines = rows(folder / "sweep.csv")
    assert [(line["value"], line["seed"]) for line in lines] == \
        [(str(value), str(seed)) for value in (0, 100, 200, 300) for seed in (1, 2)]


def documented(file):
    """The columns of a file, as the README has them."""
    readme = (pathlib.Path(__file__).resolve().parents[2] / "node/study/README.md").read_text()
    section = readme.split(f"\n### {file}\n")[1].split("\n### ")[0]
    return [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]


def the_trace_has_every_frame(folder):
    figures = measures("--trace", str(folder / "trace.csv"))
    lines = rows(folder / "trace.csv")
    assert list(lines[0]) == documented("trace.csv"), lines[0]
    left = [line for line in lines if line["deed"] == "left"]
    assert len(left) == figures["messages"]
    assert sum(int(line["size"]) for line in left) == figures["bytes"]
    assert {line["frame"] for line in lines if line["deed"] == "arrived"} <= \
        {line["frame"] for line in left} | {line["frame"] for line in lines}


WRONG = [
    (["year", "--scenario", "darkness"], 6, "there is no scenario `darkness`"),
    (["year", "--scenario", "dark:share=200"], 2, "share is a whole number from 0 to 100"),
    (["year", "--set", "wings=2"], 2, "`wings` is no parameter of none"),
    (["year", "--scale", "0"], 2, "--scale takes a number from 0.001 to 10"),
    (["year", "--scale", "1e3"], 2, "--scale takes a number from 0.001 to 10"),
    (["year", "--days", "0"], 2, "--days takes a whole number from 1 to 560"),
    (["year", "--make", "5", "--scenario", "slow:country=ZZ"], 2, "nobody in this network"),
    (["year", "--make", "2", "--days", "3", "--trace", "/nowhere/trace.csv"], 1, "cannot be written"),
    (["compare", "none"], 2, "compare needs A B"),
    (["compare", "none", "nothing"], 6, "there is no scenario `nothing`"),
    (["compare", "none", "dark", "--seeds", "0"], 2, "--seeds takes a whole number"),
    (["sweep", "loss"], 2, "`loss` is no NAME=FROM..TO/STEP"),
    (["sweep", "loss=5..1"], 2, "is no NAME=FROM..TO/STEP"),
    (["sweep", "loss=0..10/0"], 2, "is no NAME=FROM..TO/STEP"),
    (["sweep", "loss=0..2000/100"], 2, "loss is a whole number from 0 to 900"),
    (["sweep", "wings=0..2"], 2, "`wings` is no parameter of none"),
    (["sweep", "loss=0..1", "--scenario", "nothing"], 6, "there is no scenario `nothing`"),
    (["scenario", "dark:share=200"], 2, "share is a whole number from 0 to 100"),
    (["scenario", "nothing"], 6, "there is no scenario `nothing`"),
]


def what_is_typed_wrong_is_told_what_would_be_right():
    for words, status, sentence in WRONG:
        done = call(*words, status=status)
        assert sentence in done.stderr and not done.stdout, (words, done.stderr, done.stdout)


def every_scenario_is_explained():
    listed = told("scenario")["scenarios"]
    assert len(listed) >= 9
    text = call("scenario").stdout
    for row in listed:
        assert f"  {row['name']} " in text and row["sentence"] in text
        page = call("scenario", row["name"]).stdout
        for parameter in row["parameters"]:
            assert parameter["name"] in page and parameter["meaning"] in page


def the_manual_names_every_verb_and_flag():
    page = (pathlib.Path(__file__).resolve().parents[2] / "node/manual/peregrin-sim.1").read_text()
    listed = call("help").stdout.split("VERB ...")[1].splitlines()
    verbs = [line.split()[0] for line in listed if line.startswith("  ")]
    assert {"year", "compare", "run", "swarm"} <= set(verbs)
    for verb in verbs:
        assert f".Cm {verb}" in page, verb
        for line in call("help", verb).stdout.splitlines():
            if line.startswith("  --"):
                flag = line.split()[0].removeprefix("--")
                assert f"Fl Fl {flag}" in page, (verb, flag)


def a_european_year_takes_ten_minutes_of_one_core():
    """The published size: 2,574 nodes, some 207,790 mobilities. SOAK only."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = told("year", "--make", "2574", patience=4 * 3600)["measures"]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert figures["receipted"] > 800000, figures
    assert figures["lost"] == figures["lost_receipted"] == 0, figures
    assert figures["backlog_end"] <= figures["submitted"] / 1e5, figures  # to whom has left
    assert figures["memory"] < 24 * 1024, figures
    assert after.ru_utime - before.ru_utime < 600, after.ru_utime - before.ru_utime


def ten_thousand_nodes_fit_into_four_gibibytes():
    figures = told("year", "--make", "10000", "--scale", "0.05", "--days", "30", "--samples", "20",
                   patience=4 * 3600)["measures"]
    assert figures["submitted"] == figures["receipted"] > 10000, figures
    assert figures["memory"] < 4096, figures


def judge(test, *arguments):
    """A test says that it holds by coming back."""
    reason = None
    try:
        test(*arguments)
    except Exception as wrong:  # pylint: disable=broad-except
        reason = repr(wrong)
    claim(test.__name__, reason is None, reason or "")


def main():
    if os.environ.get("SOAK"):
        judge(a_european_year_takes_ten_minutes_of_one_core)
        judge(ten_thousand_nodes_fit_into_four_gibibytes)
    quiet = year()
    figures = dict(quiet["measures"])
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        for test, *arguments in [
            (the_same_seed_gives_the_same_figures, quiet),
            (a_quiet_year_ends_with_every_record_receipted_and_both_stores_equal, quiet),
            (the_files_say_what_the_table_says, folder),
            (dark_nodes_leave_a_backlog_that_drains, folder, figures),
            (a_country_cut_off_waits_three_days_and_then_has_all, figures),
            (a_flood_is_seen_in_messages_and_harms_no_record, figures),
            (restarts_cost_sessions_and_no_record, figures),
            (one_that_goes_back_is_healed_by_its_partners,),
            (where_all_go_back_a_week_is_lost_and_both_sides_agree,),
            (without_a_catalogue_only_those_wait_who_would_join,),
            (nobody_is_dropped_silently, folder),
            (a_scenario_that_touches_nobody_says_so, folder),
            (a_slow_link_is_slow_and_loses_nothing, figures),
            (a_country_switched_off_says_later_what_it_would_have_said, figures),
            (a_comparison_with_itself_shows_no_difference, folder),
            (a_comparison_marks_what_differs,),
            (a_sweep_plays_every_value, folder),
            (the_trace_has_every_frame, folder),
            (what_is_typed_wrong_is_told_what_would_be_right,),
            (every_scenario_is_explained,),
            (the_manual_names_every_verb_and_flag,),
        ]:
            judge(test, *arguments)


main()
