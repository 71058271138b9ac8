#!/usr/bin/env python3
"""Runs every measuring program, and tells the figures three times: BUILD/bench.json, a table for
reading, BUILD/bench.md, and a plot of cost against size, BUILD/bench.svg.

    make bench                        some seven minutes on an idle machine
    tests/bench/bench.py node stage   only these programs
    tests/bench/bench.py --again      no measuring: table and plot of the figures that are there
                                      (BENCH_OUT: another folder for the three)

BENCH_RUNS and the programs' own settings: see each of them. Anything else that runs on the machine
spoils the figures; the load before and after is written down with them.
"""
import json
import os
import pathlib
import platform
import re
import subprocess
import sys
import time

sys.dont_write_bytecode = True
import bench_plot  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / (os.environ.get("BUILD") or "build")
OUT = pathlib.Path(os.environ.get("BENCH_OUT") or BUILD)
PROGRAMS = BUILD / "plain" / "tests" / "bench"
FIGURE = re.compile(r"(\w+) +(-?[\d.]+) (.+?)(?: +\(\d+ runs: ([\d.]+) to ([\d.]+)\))?$")
ORDER = ["node", "scale", "verify", "stage", "store", "rules", "import",
         "year", "grade"]  # the headline first

# What was promised: figure, at least or at most, how much, and what it is called in the table.
GOALS = [
    ("node_pipelined_rate", ">=", 60000, "durable, sealed, receipted records/s, node to node"),
    ("node_pipelined_rate_by_cpu", ">=", 60000, "the same by processor time: without neighbours"),
    ("node_one_signature_rate", ">=", 15000, "one signature for each record, records/s"),
    ("node_one_signature_rate_by_cpu", ">=", 15000, "the same by processor time"),
    ("node_sequential_p50", "<=", 0.40, "one record alone, median, ms"),
    ("node_sequential_p99", "<=", 1.0, "one record alone, p99, ms"),
    ("node_flush_1ms_p50", "<=", 3.3, "one alone, 1 ms added to each flush, median, ms"),
    ("partners_of_one_1000", ">=", 0.8, "rate with 1,000 partners, of that with one"),
    ("partners_slowest_of_mean_1000", ">=", 0.5, "slowest of 1,000 partners, of their mean"),
    ("partners_rss_1000", "<=", 64, "memory with 1,000 partners, MB"),
    ("stored_start_1000000", "<=", 0.15, "start-up with 1 M records, s"),
    ("stored_rss_receiver_1000000", "<=", 64, "memory with 1 M records, MB"),
    ("verify_single_all_ratio", ">=", 0.85, "offline verification, of libsodium's rate x cores"),
    ("rules_rate_by_cpu_of_without", ">=", 0.9, "exchange with all rules, of that without"),
    ("import_csv_5000_with_all_rules", "<=", 2, "5,000 rows of CSV checked with all rules, s"),
    ("import_xlsx_5000_with_all_rules", "<=", 2, "the same as a workbook, s"),
    ("year_annual_100000", "<=", 1, "the year's report over 100,000 dossiers, s"),
    ("grade_conversion_us", "<=", 10, "one grade converted, both tables judged anew, us"),
    ("verify_batch_all_core", ">=", 150000, "offline verification in batches, records/s/core"),
]


def load():
    return " ".join(f"{number:.2f}" for number in os.getloadavg())


def processor():
    names = [line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8")
             if line.startswith("model name")]
    return f"{len(names)} x {names[0]}" if names else platform.machine()


def programs(wanted):
    there = {path.name.removesuffix("_bench"): path for path in PROGRAMS.glob("*_bench")
             if path.suffix == ""}
    if unknown := [name for name in wanted if name not in there]:
        sys.exit(f"bench: there is no {', '.join(unknown)}; there are {', '.join(sorted(there))}")
    rank = {name: place for place, name in enumerate(ORDER)}
    names = wanted or sorted(there, key=lambda name: (rank.get(name, len(ORDER)), name))
    return {name: there[name] for name in names}


def run(path, figures):
    """Hands on what the program says, and keeps the figures; whether it came to its end."""
    environment = {**os.environ, "PEREGRIN_BIN": str(BUILD / "plain" / "bin")}
    with subprocess.Popen([path], cwd=ROOT, env=environment, text=True,
                          stdout=subprocess.PIPE) as program:
        for line in program.stdout:
            print(line, end="", flush=True)
            if found := FIGURE.match(line):
                name, value, unit, least, most = found.groups()
                figures[name] = {"value": float(value), "unit": unit,
                                 "least": float(least or value), "most": float(most or value)}
    return program.returncode == 0


def measure(wanted, kept):
    """Figures of the programs wanted; those of others stay as they were."""
    told = {"began": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), "load_before": load(),
            "processor": processor(), "kernel": platform.release()}
    failed, figures = [], kept.get("figures", {}) if wanted else {}
    for name, path in programs(wanted).items():
        began = time.monotonic()
        print(f"== {name}", flush=True)
        if not run(path, figures):
            failed.append(name)
        print(f"   ({time.monotonic() - began:.0f} s)", flush=True)
    told["load_after"] = load()
    return {"run": told, "failed": failed, "figures": figures}


def short(value):
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def table(told):
    figures, run = told["figures"], told["run"]
    yield f"Measured {run['began']} on {run['processor']}, Linux {run['kernel']}; load before " \
          f"{run['load_before']}, after {run['load_after']}. Medians; in brackets the least and " \
          f"the most of the runs."
    yield ""
    yield "| what | wanted | measured | |"
    yield "| --- | --- | --- | --- |"
    for name, sense, wanted, words in GOALS:
        figure = figures.get(name)
        if not figure:
            yield f"| {words} | {sense} {short(wanted)} | not measured | |"
            continue
        value = figure["value"]
        kept = value >= wanted if sense == ">=" else value <= wanted
        between = f" ({short(figure['least'])} to {short(figure['most'])})" \
            if figure["least"] != figure["most"] else ""
        yield f"| {words} | {sense} {short(wanted)} | {short(value)}{between} | " \
              f"{'holds' if kept else 'MISSED'} |"
    yield ""
    yield "| figure | value | unit | least | most |"
    yield "| --- | ---: | --- | ---: | ---: |"
    for name, figure in figures.items():
        yield f"| `{name}` | {short(figure['value'])} | {figure['unit']} | " \
              f"{short(figure['least'])} | {short(figure['most'])} |"


def main():
    path = OUT / "bench.json"
    wanted = [word for word in sys.argv[1:] if word != "--again"]
    kept = json.loads(path.read_text()) if path.exists() else {}
    if "--again" in sys.argv[1:]:
        if not kept:
            sys.exit(f"bench: there are no figures in {path} yet; run make bench")
        told = kept
    else:
        told = measure(wanted, kept)
        path.write_text(json.dumps(told, indent=1) + "\n")
    lines = list(table(told))
    (OUT / "bench.md").write_text("\n".join(lines) + "\n")
    (OUT / "bench.svg").write_text(bench_plot.draw(told))
    print("\n" + "\n".join(lines[2:4 + len(GOALS)]))
    print(f"\nfigures  {path}\ntable    {OUT / 'bench.md'}\nplot     {OUT / 'bench.svg'}")
    if told["failed"]:
        sys.exit(f"bench: {', '.join(told['failed'])} did not come to an end")


main()
