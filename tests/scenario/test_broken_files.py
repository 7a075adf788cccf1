"""Whatever is wrong with a folder is said with file, key and what would be right."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import Any

import pytest

from controlroom.scenario import ScenarioError, load_scenario
from tests.scenario.conftest import WEEK, Copy

SETUP, MAILS, EVENTS = "scenario.toml", "mails.toml", "events.toml"
PEOPLE, HINTS, FACTS, CUES = "people.toml", "hints.toml", "facts.toml", "cues.toml"
LESSONS, EVENINGS = "lessons.toml", "week.toml"
STOCKS, ORDERS, REFERENCE = "stocks.csv", "orders.csv", "reference.txt"

SEED, CAPITAL = "seed = 7", "capital = { value = 365_000_000, evidence"
FIRST_MAIL = 'id = "night-batch"\nat = "08:00:05"'
NO_EVIDENCE = 'flag_on = true\nevidence = "reconstructed"'

BROKEN = [
    # what is said of it, file, old, new,
    # key, wrong, expected
    ("unknown key", SETUP, SEED, "seed = 7\nsede = 1",
     "sede", "is no key", "'seed'"),
    ("missing key", SETUP, SEED, "",
     "seed", "is missing", "the key"),
    ("text for a number", SETUP, SEED, 'seed = "7"',
     "seed", "is text", "a whole number"),
    ("truth for a number", SETUP, SEED, "seed = true",
     "seed", "is a truth", "a whole number"),
    ("decimal for a number", SETUP, SEED, "seed = 7.0",
     "seed", "decimal point", "a whole number"),
    ("date for a number", SETUP, SEED, "seed = 2012-08-01",
     "seed", "is a date", "a whole number"),
    ("number for text", SETUP, 'title = "A small', 'title = 3 #"',
     "title", "a whole", "one line"),
    ("empty text", SETUP, 'name = "A firm"', 'name = " "',
     "firm.name", "empty", "line"),
    ("negative rate", SETUP, "day_rate = 1200", "day_rate = -1",
     "flow.day_rate", "is -1", "0 to"),
    ("negative share", SETUP, "share = 520", "share = -1",
     "venue[NYSE].share", "is -1", "0 to"),
    ("shares that miss", SETUP, "share = 520", "share = 500",
     "venue", "sum to 980", "1,000"),
    ("impossible price", SETUP, "commission = 0.01", "commission = nan",
     "flow.commission", "", "d"),
    ("huge price", SETUP, "commission = 0.01", "commission = 1e99",
     "flow.commission", "1E", "d"),
    ("fine price", SETUP, "commission = 0.01", "commission = 0.00001",
     "flow.commission", "", "four"),
    ("empty list", SETUP, "sizes = [100, ", "sizes = [] # ",
     "flow.sizes", "has 0", "1 to 64"),
    ("bad entry", SETUP, "sizes = [100, ", "sizes = [0, ",
     "flow.sizes", "is 0", "from 1"),
    ("table for a list", SETUP, "sizes = [", "sizes = {} #",
     "flow.sizes", "is a table", "a list"),
    ("unknown choice", SETUP, '"elsewhere"', '"outside"',
     "build[rlp].peg_count", "outside", "insi"),
    ("bad checksum", SETUP, "9c41f07b", "no",
     "build[rlp].checksum", "no", "hexadecimal"),
    ("unknown build", SETUP, '-2"\nbuild = "legacy', '-2"\nbuild = "lagacy',
     "server[smars-2].build", '"lagacy"', "'legacy' or 'rlp'"),
    ("server twice", SETUP, 'name = "smars-2"', 'name = "smars-1"',
     "server[smars-1]", "twice", "e"),
    ("control twice", SETUP, 'id = "retest"', 'id = "self-halt"',
     "control[self-halt]", "twice", "e"),
    ("bad name", SETUP, 'name = "smars-2"', 'name = "Smars 2"',
     "server[Smars 2].name", "", "small"),
    ("untagged numbers", SETUP, NO_EVIDENCE, 'flag_on = true',
     "firm.evidence", "missing", "doc"),
    ("unknown evidence", SETUP, NO_EVIDENCE, 'flag_on = true\nevidence = "sure"',
     "firm.evidence", "sure", "documented"),
    ("documented by nobody", SETUP, CAPITAL, 'capital = { value = 1, evidence = "documented" } # ',
     "firm.capital.source", "missing", "where"),
    ("tagged with more", SETUP, CAPITAL, "capital = { about = 1, value = 365, evidence",
     "firm.capital.about", "no key", "value"),
    ("stocks in the setup", SETUP, "impact = 250", "impact = 250\nstocks = []",
     "market.stocks", "stands here", "a file of its own"),
    ("position in no stock", SETUP, "[firm]", '[[position]]\nstock = "AA"\nshares = 9\n[firm]',
     "position[AA].stock", "AA", "CO"),
    ("position of nothing", SETUP, "[firm]", '[[position]]\nstock = "CO"\nshares = 0\n[firm]',
     "position[1].shares", "is 0", "not 0"),
    ("lesson that asks for nothing", LESSONS, 'does = ["note"]', "",
     "lesson[note]", "asks for nothing", "does, when or both"),
    ("lesson without an end", LESSONS, 'does = ["note"]', 'does = ["nota"]',
     "lesson[note].does", "nota", "note"),
    ("lesson too wide", LESSONS, '"Write something down."', f'"{"x" * 80}"',
     "lesson[note].says", "80 characters", "at most 76"),
    ("lesson on no instrument", LESSONS, '"telephone"', '"telegraph"',
     "lesson[call].shows", "telegraph", "telephone"),
    ("lesson that counts oddly", LESSONS, '"given"', '"begun"',
     "lesson[call].counts", "begun", "given"),
    ("lesson that brings nothing", LESSONS, '["ring"]', '["rings"]',
     "lesson[call].brings", "rings", "ring"),
    ("lesson twice", LESSONS, 'id = "call"', 'id = "note"',
     "lesson[note]", "twice", "once"),
    ("lesson's message with a time", LESSONS, 'body = "C', 'at = "09:00:00"\nbody = "C',
     "message[ring]", "has at or when", "a lesson brings it"),
    ("lesson's call from nobody", LESSONS, 'from = "exchange"', 'from = "exchanges"',
     "message[ring].from", "exchanges", "exchange"),
    ("week with no such release", EVENINGS, 'release = "rlp"', 'release = "rpl"',
     "week.release", "rpl", "rlp"),
    ("longer than an evening", EVENINGS, "remove = 120", "remove = 300",
     "week.remove", "is 300", "at most 240"),
    ("week without a reason", EVENINGS, 'evidence = "reconstructed"', "",
     "week.evidence", "missing", "reconstructed"),
    ("nobody ever tired", EVENINGS, "tired = [", "tired = [] # [",
     "week.tired", "has 0", "1 to 16"),
    ("bad time of day", SETUP, 'opens = "09:30:00"', 'opens = "9.30"',
     "day.opens", "9.30", "HH:MM"),
    ("number as a time", SETUP, 'opens = "09:30:00"', "opens = 930",
     "day.opens", "whole", "quotes"),
    ("close before open", SETUP, 'closes = "16:00:00"', 'closes = "09:00:00"',
     "day.closes", "09:00:00", "after day.opens, 09:30:00"),
    ("pauses at night", SETUP, 'from = "09:45:00"', 'from = "19:45:00"',
     "day.pauses_from", "19", "o"),
    ("no day", SETUP, "[day]", "[dawn]",
     "day", "is missing", "the key"),
    ("mark outside", SETUP, 'at = "08:00"', 'at = "07:00"',
     "mark[07:00].at", "07:00", "from 08:00"),
    ("marks unsorted", SETUP, 'at = "09:25"', 'at = "09:32"',
     "mark[09:30]", "before", "order"),
    ("briefing too wide", SETUP, "You are the engineer", "You are the engineer" + " so" * 20,
     "briefing", "in line 1", "one screen"),
    ("briefing too long", SETUP, 'briefing = """', 'briefing = """\n' + "x\n" * 20,
     "briefing", "lines", "one screen"),
    ("not TOML", SETUP, "seed = 7", "seed = = 7",
     "", "is not TOML", "TOML"),
    ("mail outside the day", MAILS, '"08:00:05"', '"07:59:59"',
     "mail[night-batch].at", "07:59", "t"),
    ("mails unsorted", MAILS, '"08:00:05"', '"08:00:50"',
     "mail[backup]", "before", "order"),
    ("mail twice", MAILS, 'id = "backup"', 'id = "night-batch"',
     "mail[night-batch]", "twice", "once"),
    ("mail without a time", MAILS, FIRST_MAIL, 'id = "night-batch"\nwhen = { rejects = 1 }',
     "mail[night-batch].at", "missing", "events.toml"),
    ("endless subject", MAILS, "Night batch: completed", "Night batch: " + "x" * 999,
     "mail[night-batch].subject", "characters", "at most 120"),
    ("unknown placeholder", MAILS, "{stock}", "{secret}",
     "reject_mail.body", "{secret}", "{server}"),
    ("reaching placeholder", MAILS, "{stock}", "{stock.__class__}",
     "reject_mail.body", "class", "{"),
    ("lonely brace", MAILS, "{stock}", "{stock",
     "reject_mail.body", "brace", "{server}"),
    ("unknown measure", EVENTS, "{ rejects = 45 }", "{ regects = 45 }",
     "event[asked].when", "regects", "'rejects'"),
    ("negative measure", EVENTS, "{ rejects = 45 }", "{ rejects = -45 }",
     "event[asked].when.rejects", "is -45", "from 0"),
    ("neither at nor when", EVENTS, "{ rejects = 45 }", "{}",
     "event[asked]", "neither", "one of them"),
    ("both at and when", EVENTS, "when = { rejects = 45 }", 'at = "09:00"\nwhen = { rejects = 4 }',
     "event[asked]", "both", "one of them"),
    ("unknown caller", EVENTS, 'from = "exchange"', 'from = "exchnage"',
     "event[exchange-calls].from", "exchnage", "'exchange'"),
    ("unknown channel", EVENTS, 'channel = "call"', 'channel = "fax"',
     "event[exchange-calls].channel", "fax", "'call'"),
    ("id of a mail", EVENTS, 'id = "asked"', 'id = "backup"',
     "event[backup]", "twice", "o"),
    ("person twice", PEOPLE, 'id = "cio"', 'id = "exchange"',
     "person[exchange]", "twice", "once"),
    ("nothing to say", PEOPLE,
     'text = "All systems',
     'when = { rejects = 1 }\ntext = "All',
     "person[exchange].line", "ends with a condition", "the last line without"),
    ("rings for an hour", PEOPLE, "answers = 8", "answers = 3601",
     "person[exchange].answers", "3601", "t"),
    ("two hints only", HINTS, '  "Read.",\n', "",
     "hint[1].texts", "has 2 entries", "3 to 3"),
    ("hint backwards", HINTS, 'until = "09:30:00"', 'until = "08:00:00"',
     "hint[1].until", "after", "l"),
    ("hypothesis twice", CUES, 'id = "new"', 'id = "stale"',
     "hypothesis[stale]", "twice", "once"),
    ("nothing right", CUES, "right = true", "right = false",
     "hypothesis", "no right one", "at least one"),
    ("cue twice", CUES, 'id = "call"', 'id = "rejects"',
     "cue[rejects]", "twice", "once"),
    ("cue of no message", CUES, 'inject = "reject"', 'inject = "regects"',
     "cue[rejects].inject", "regects", "'reject'"),
    ("cue of a call as mail", CUES, 'instrument = "call"', 'instrument = "mail"',
     "cue[call].instrument", "a call brings it", "call"),
    ("cue without a beginning", CUES, 'when = { loss_usd = 100_000 }', '',
     "cue[loss]", "does not say when", "inject, at and when"),
    ("cue with two beginnings", CUES, 'at = "08:00:00"', 'at = "08:00:00"\nwhen = { loss_usd = 1 }',
     "cue[build]", "several", "one of"),
    ("cue by what nobody kept", CUES, "{ loss_usd = 100_000 }", "{ rejects = 3 }",
     "cue[loss].when", "rejects", "'executions'"),
    ("mail cue without mail", CUES, 'inject = "reject"\ncount = 2', 'at = "08:00:00"',
     "cue[rejects].inject", "missing", "mail"),
    ("answer to no question", CUES, 'opens = ["look smars-2"]', '',
     "cue[build].opens", "empty", "commands"),
    ("cue of an unknown belief", CUES, 'contradicts = ["new"]', 'contradicts = ["knew"]',
     "cue[call].contradicts", '"knew"', "'new'"),
    ("cue that says nothing", CUES, 'contradicts = ["new"]', '',
     "cue[call]", "says nothing", "supports"),
    ("cue without a limit", CUES, 'by = "09:30:00"', '',
     "cue[rejects]", "neither within nor by", "in time"),
    ("cue without a response", CUES, 'answers = ["declare"]', 'answers = []',
     "cue[call].answers", "has 0", "1 to 24"),
    ("unknown verb", CUES, 'answers = ["declare"]', 'answers = ["declaim"]',
     "cue[call].answers", "declaim", "'declare'"),
    ("alias for a verb", CUES, 'opens = ["mail"]', 'opens = ["read"]',
     "cue[rejects].opens", "read", "mail"),
    ("unknown instrument", CUES, 'instrument = "screen"', 'instrument = "rumour"',
     "cue[loss].instrument", "rumour", "'screen'"),
    ("fact twice", FACTS, 'id = "stop"', 'id = "executions"',
     "fact[executions]", "twice", "once"),
    ("fact of no evidence", FACTS, 'evidence = "documented"', 'evidence = "known"',
     "fact[executions].evidence", "known", "documented"),
    ("unknown column", STOCKS, "symbol,status", "symbol,state",
     "line 1", "symbol,state", "symbol,st"),
    ("too many columns", STOCKS, "NYSE,2.47,", "NYSE,2.47,1,",
     "line 2", "11 columns", "symbol,"),
    ("bad symbol", STOCKS, "\nCO,", "\nC O,",
     "line 2, column symbol", "C O", "capital"),
    ("stock twice", STOCKS, "\nF,", "\nCO,",
     "line 3, column symbol", "line 2", "once"),
    ("bad price", STOCKS, "NYSE,2.47,", "NYSE,-2.47,",
     "line 2, column prev_close", "-2.47", "0.0001"),
    ("unit in a price", STOCKS, "NYSE,2.47,", "NYSE,$2.47,",
     "line 2, column prev_close", "$", "number"),
    ("price too fine", STOCKS, "NYSE,2.47,", "NYSE,2.47001,",
     "line 2, column prev_close", "", "4 dec"),
    ("other digits", STOCKS, "NYSE,2.47,", "NYSE,٢.47,",
     "line 2, column prev_close", "٢", "number"),
    ("unknown venue", STOCKS, "halted twice\",NYSE", "halted twice\",NYZE",
     "line 2, column venue", "NYZE", "'NYSE'"),
    ("unknown status", STOCKS, "CO,documented", "CO,rumoured",
     "line 2, column status", "rum", "infer"),
    ("open quote", STOCKS, "\nCO,", '\n"CO,',
     "line", "CSV", "symbol,"),
    ("unknown stock", ORDERS, ",F,", ",G,",
     "line 2, column stock", "G", "'CO' or 'F'"),
    ("unknown side", ORDERS, ",buy,", ",bye,",
     "line 2, column side", "bye", "'buy' or 'sell'"),
    ("no shares", ORDERS, ",buy,100,", ",buy,0,",
     "line 2, column shares", '"0"', "from 1"),
    ("odd auction", ORDERS, ",100,0", ",100,yes",
     "line 2, column auction", "yes", "'0' or '1'"),
    ("auction too late", ORDERS, "buy,500,0", "buy,500,1",
     "line 9, column auction", "is '1'", "'0' from the open at 09:30:00 on"),
    ("order at night", ORDERS, "\n08:01:00.25,", "\n07:01:00,",
     "line 2, column time", "07:01", "08:0"),
    ("orders unsorted", ORDERS, "\n08:01:00.25,", "\n08:11:00,",
     "line 3, column time", "before", "or"),
    ("time without sense", REFERENCE, "09:31:00 pmon", "9h31 pmon",
     "line 3", "9h31", "HH:MM:SS"),
    ("no command", REFERENCE, "09:31:00 pmon", "09:31:00     ",
     "line 3", "no command", "HH:MM"),
    ("no tag", REFERENCE, "[documented P ¶25]", "",
     "line 3", "no tag", "[reconstructed]"),
    ("tag without source", REFERENCE, "[documented P ¶25]", "[documented]",
     "line 3", "without", "SO"),
    ("unknown tag", REFERENCE, "[documented P ¶25]", "[remembered]",
     "line 3", "remembered", "docu"),
    ("run unsorted", REFERENCE, "09:31:00 pmon", "09:33:00 pmon",
     "line 4", "before", "order"),
]  # fmt: skip


@pytest.mark.parametrize(
    "file, old, new, key, wrong, expected",
    [pytest.param(*case[1:], id=case[0].replace(" ", "-")) for case in BROKEN],
)
def test_a_broken_file_is_named_with_key_and_what_was_expected(
    copy: Copy, file: str, old: str, new: str, key: str, wrong: str, expected: str
) -> None:
    if file == EVENINGS:
        (copy.path / file).write_text(WEEK, encoding="utf-8")
    copy.change(file, old, new)
    problem = copy.problems()[0]
    assert problem.file == file
    assert problem.key.startswith(key)
    assert wrong in problem.wrong
    assert expected in problem.expected
    with pytest.raises(ScenarioError) as caught:
        load_scenario(copy.path)
    assert (caught.value.file, caught.value.key) == (problem.file, problem.key)
    assert caught.value.expected == problem.expected
    assert "\n" not in str(caught.value)


def test_a_check_finds_everything_and_loading_says_the_first_and_how_many_more(copy: Copy) -> None:
    copy.change(SETUP, "day_rate = 1200", "day_rate = -1")
    copy.change(SETUP, "impact = 250", "impact = 'much'")
    copy.change(MAILS, '"08:00:05"', '"never"')
    copy.change(STOCKS, ",NYSE,9.24", ",NYSE,none")
    copy.change(REFERENCE, "[documented P ¶25]", "")
    found = {(problem.file, problem.key) for problem in copy.problems()}
    assert {
        (SETUP, "flow.day_rate"),
        (SETUP, "market.impact"),
        (MAILS, "mail[night-batch].at"),
        (REFERENCE, "line 3"),
    } <= found
    with pytest.raises(ScenarioError, match=r"\(and \d+ more\)"):
        load_scenario(copy.path)


def test_a_table_with_many_bad_rows_names_the_first_and_counts_the_rest(copy: Copy) -> None:
    with (copy.path / ORDERS).open("a") as out:
        out.writelines("16:00:00,F,hold,1,0\n" for row in range(500))
    problems = copy.problems()
    assert problems[0].key == "line 10, column side"
    assert len(problems) == 21
    assert problems[-1].wrong == "has 480 more rows that do not fit"


@pytest.mark.parametrize("file", [SETUP, STOCKS])
def test_a_missing_file_without_which_nothing_can_be_played_is_named(copy: Copy, file: str) -> None:
    (copy.path / file).unlink()
    assert (file, "is missing") in [(each.file, each.wrong) for each in copy.problems()]


def test_a_file_with_a_misspelt_name_is_not_overlooked(copy: Copy) -> None:
    (copy.path / HINTS).rename(copy.path / "hint.toml")
    assert copy.only_problem().expected == "'hints.toml' perhaps"


def test_a_key_of_thousands_of_parts_does_not_keep_the_parser_busy(copy: Copy) -> None:
    with (copy.path / HINTS).open("a") as out:
        out.write("a." * 100_000 + "a = 1")
    assert copy.only_problem().wrong == "has too many dots"


def test_a_readme_in_the_folder_is_nobodys_business(copy: Copy) -> None:
    (copy.path / "README.md").write_text("notes")
    assert copy.problems() == []


@pytest.mark.parametrize("file, kilobytes", [(SETUP, 256), (MAILS, 256), (ORDERS, 2048)])
def test_a_file_that_is_too_large_is_not_read(copy: Copy, file: str, kilobytes: int) -> None:
    with (copy.path / file).open("a") as out:
        out.write("#" * (kilobytes * 1024 + 1))
    problem = copy.problems()[0]
    assert (problem.file, problem.wrong) == (file, "is too large")
    assert problem.expected == f"at most {kilobytes:,} KB"


def test_too_many_stocks_or_orders_are_refused(copy: Copy) -> None:
    with (copy.path / STOCKS).open("a") as out:
        out.writelines(f"X{row},inferred,,NYSE,1,1,1000,1,0.01,1\n" for row in range(5_000))
    assert copy.problems()[0].wrong == "has more than 5,000 rows"
    with (copy.path / ORDERS).open("a") as out:
        out.writelines("16:00:00,F,buy,1,0\n" for row in range(100_000))
    assert "has more than 100,000 rows" in [problem.wrong for problem in copy.problems()]


def test_too_many_mails_are_refused(copy: Copy) -> None:
    short = '[[event]]\nid = "e{}"\nat = "09:00"\nfrom = "a"\nsubject = "a"\nbody = "a"\n'
    with (copy.path / EVENTS).open("a") as out:
        out.writelines(short.format(number) for number in range(2_000))
    assert copy.problems()[0].key == "event"
    assert copy.problems()[0].expected == "at most 2,000"


def test_text_that_is_not_utf_8_is_refused_with_its_line(copy: Copy) -> None:
    content = (copy.path / MAILS).read_bytes()
    (copy.path / MAILS).write_bytes(b"# ok\n# caf\xe9\n" + content)
    problem = copy.only_problem()
    assert (problem.file, problem.wrong) == (MAILS, "is not UTF-8 in line 2")


def test_a_link_may_stay_in_the_folder_but_not_leave_it(copy: Copy, tmp_path: Path) -> None:
    (copy.path / HINTS).rename(copy.path / "kept")
    (copy.path / HINTS).symlink_to("kept")
    assert copy.problems() == []
    (copy.path / "kept").rename(tmp_path / "outside")
    (copy.path / HINTS).unlink()
    (copy.path / HINTS).symlink_to(tmp_path / "outside")
    assert copy.only_problem().wrong == "is a link that leaves the folder"
    (copy.path / HINTS).unlink()
    (copy.path / HINTS).symlink_to(HINTS)
    assert copy.problems()[0].file == HINTS


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_place_of_a_file_does_not_hang(copy: Copy) -> None:
    (copy.path / HINTS).unlink()
    os.mkfifo(copy.path / HINTS)
    assert copy.only_problem().wrong == "is no regular file"


def test_toml_that_is_nested_too_deeply_is_refused(copy: Copy) -> None:
    with (copy.path / HINTS).open("a") as out:
        out.write("deep = " + "[" * 50_000)
    assert copy.problems()[0].file == HINTS


def test_a_number_with_thousands_of_digits_is_refused(copy: Copy) -> None:
    copy.change(SETUP, "seed = 7", "seed = " + "7" * 5_000)
    assert copy.problems()[0].file == SETUP
    copy.change(SETUP, "seed = " + "7" * 5_000, "seed = " + "7" * 4_000)
    assert len(str(copy.only_problem())) < 200


def test_tables_are_looked_at_where_the_setup_is_wrong_too(copy: Copy) -> None:
    copy.change(SETUP, "day_rate = 1200", "day_rate = -1")
    copy.change(STOCKS, ",NYSE,9.24", ",NYSE,none")
    copy.change(ORDERS, ",buy,", ",bye,")
    assert {SETUP, STOCKS, ORDERS} <= {problem.file for problem in copy.problems()}


def test_a_hundred_thousand_wrong_rows_cost_no_more_than_the_few_that_are_shown(
    copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To find the nearest of thousands of symbols for each would take an hour."""
    near = difflib.get_close_matches
    asked: list[str] = []

    def counted(word: str, *rest: Any, **more: Any) -> list[str]:
        asked.append(word)
        return near(word, *rest, **more)

    monkeypatch.setattr(difflib, "get_close_matches", counted)
    with (copy.path / ORDERS).open("a") as out:
        out.writelines("16:00:00,NOSUCH,buy,100,0\n" for _ in range(50_000))
    short = '[[event]]\nid = "e{}"\nchannel = "call"\nat = "09:00"\nfrom = "x"\nsubject = "a"\n'
    with (copy.path / EVENTS).open("a") as out:
        out.writelines((short + 'body = "a"\n').format(number) for number in range(1_500))
    with (copy.path / REFERENCE).open("a") as out:
        out.writelines("x\n" for _ in range(50_000))
    problems = copy.problems()
    assert len(asked) < 500
    assert len(problems) < 1_000
    with (copy.path / REFERENCE).open("a") as out:
        out.write("16:00:00 pmon #" + "[a " * 50_000)
    assert copy.problems()


def test_more_orders_than_the_memory_could_hold_are_refused(copy: Copy) -> None:
    line = '\n[[client]]\nid = "c{}"\ntitle = "a"\nat = "09:30"\nuntil = "16:00"\nrate = 10000\n'
    more = 'shares = 100\nevidence = "reconstructed"\n'
    with (copy.path / SETUP).open("a") as out:
        out.writelines(line.format(number) + more for number in range(3))
    assert ("client", "send 30,000 orders a minute together") in [
        (problem.key, problem.wrong) for problem in copy.problems()
    ]
