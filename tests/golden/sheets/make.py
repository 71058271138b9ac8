#!/usr/bin/python3
"""Makes the lists that sheets_test.c reads, each with what must come of it.

Only needed to make them anew (python3-openpyxl; LibreOffice for those that it saves, which are
left as they are where it is not installed). What is expected is written here by hand, not taken
from the program: the counts, where the header is, how dates are written, each problem as row,
column and code, and what some cells become.
"""
import csv
import datetime
import io
import pathlib
import shutil
import subprocess
import tempfile
import zipfile

import openpyxl
from openpyxl.styles import numbers
from openpyxl.utils import datetime as xl_datetime

HERE = pathlib.Path(__file__).resolve().parent
COLUMNS = "partner year term kind level isced_f family_name given_names birth_date email".split()
NOVAK = ["itg.be", "2026/2027", "1", "studies", "6", "0613", "Novák", "Jana", "2005-04-25",
         "jana@example.org"]
MAES = ["uhasselt.be", "2026/2027", "2", "studies", "7", "0912", "Maes", "Eva", "2004-12-31",
        "eva@example.org"]
PEETERS = ["tum.de", "2026/2027", "1", "studies", "6", "0732", "Peeters", "An", "2003-02-01",
           "an@example.org"]
THREE = [NOVAK, MAES, PEETERS]
SEEN = "first person.family_name Novák\nfirst person.birth_date 2005-04-25\nfirst isced_f 0613"


def save(name, content, expected):
    (HERE / name).write_bytes(content)
    (HERE / (name + ".expected")).write_text(expected.strip() + "\n")


def expect(rows, bad=0, header=1, more="", problems=()):
    lines = [f"rows {rows}", f"ready {rows - bad}", f"bad {bad}", f"header {header}"]
    lines += [line for line in more.strip().split("\n") if line]
    lines += [f"problem {row} {column} {code}" for row, column, code in problems]
    return "\n".join(lines)


def with_of(columns, row, **cells):
    row = list(row)
    for name, value in cells.items():
        row[columns.index(name)] = value
    return row


def with_(row, **cells):
    return with_of(COLUMNS, row, **cells)


def text(rows, separator=",", end="\n", quote=csv.QUOTE_MINIMAL):
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=end, quoting=quote).writerows(rows)
    return out.getvalue()


def table(rows, header=COLUMNS):
    return [header, *rows]


def refused(code):
    return f"rows 0\nready 0\nbad 0\nheader 0\nproblem 0 - {code}"


# ---- CSV: letters, separators, line ends

def letters():
    plain = table(THREE)
    iso = "dates yyyy-mm-dd\n" + SEEN
    save("plain.csv", text(plain).encode(), expect(3, more=iso))
    save("excel_utf8.csv", b"\xef\xbb\xbf" + text(plain, ";", "\r\n").encode(), expect(3, more=iso))
    save("unicode_text.txt", b"\xff\xfe" + text(plain, "\t", "\r\n").encode("utf-16-le"),
         expect(3, more=iso))
    save("utf16_big.csv", b"\xfe\xff" + text(plain, ";").encode("utf-16-be"), expect(3, more=iso))
    save("utf16_unmarked.csv", text(plain, ";").encode("utf-16-be"), expect(3, more=iso))
    save("zero_bytes.csv", text(plain).encode().replace(b"example", b"ex\0mple"),
         refused("not_understood"))
    french = [with_(NOVAK, family_name="Lefèvre", given_names="Noël"), MAES]
    save("western.csv", text(table(french), ";", "\r\n").encode("cp1252"),
         expect(2, more="dates yyyy-mm-dd\nfirst person.family_name Lefèvre\n"
                        "first person.given_names Noël"))
    polish = [with_(NOVAK, family_name="Wałęsa", given_names="Łukasz")]
    save("polish.csv", text(table(polish), ";", "\r\n").encode("cp1250"),
         expect(1, more="dates yyyy-mm-dd\nfirst person.family_name Wałęsa\n"
                        "first person.given_names Łukasz"))
    czech = [with_(NOVAK, family_name="Dvořák", given_names="Jiří")]
    save("czech.csv", text(table(czech), ";", "\r\n").encode("cp1250"),
         "option encoding cp1250\n" + expect(1, more="dates yyyy-mm-dd\n"
                                             "first person.family_name Dvořák"))
    save("sep_line.csv", b"sep=;\r\n" + text(plain, ";", "\r\n").encode(), expect(3, more=iso))
    save("mac.csv", text(plain, ";", "\r").encode(), expect(3, more=iso))
    save("all_quoted.csv", text(plain, ",", "\r\n", csv.QUOTE_ALL).encode(), expect(3, more=iso))
    commented = table([NOVAK + ["two\nlines; and a \"word\""], MAES + [""]], COLUMNS + ["comment"])
    save("line_breaks.csv", text(commented, ";", "\r\n").encode(),
         expect(2, more=iso + "\nfirst comment two\\nlines; and a \"word\""))
    save("no_last_end.csv", text(plain).rstrip("\n").encode(), expect(3, more=iso))
    decomposed = [with_(NOVAK, family_name="Nova\u0301k")]
    save("decomposed.csv", text(table(decomposed)).encode(), expect(1, more=iso))


# ---- CSV: headers and rows

def headers():
    above = [["Outgoing students, spring 2027"], [], ["Contact:", "mobility@helmo.be"]]
    save("title_above.csv", text(above + table(THREE), ";").encode(),
         expect(3, header=4, more="dates yyyy-mm-dd\n" + SEEN))
    french = ["Établissement d'accueil", "Année académique", "Semestre", "Type de mobilité",
              "Niveau d'études", "Domaine d'études (ISCED-F)", "Nom", "Prénom",
              "Date de naissance", "Courriel"]
    row = ["Institute of Tropical Medicine", "2026-2027", "1er semestre", "études", "licence",
           "613", "Novák", "Jana", "25/04/2005", "jana@example.org"]
    save("french.csv", text(table([row], french), ";").encode(),
         expect(1, more="dates d/m/yyyy\nfirst eqf 6\nfirst term 1\nfirst mobility 1\n" + SEEN))
    dutch = ["Gastinstelling", "Academiejaar", "Semester", "Soort mobiliteit", "Studieniveau",
             "Studiegebied", "Naam", "Voornaam", "Geboortedatum", "E-mailadres", "Geslacht"]
    row = ["Hasselt University", "2026-27", "voorjaar", "studie", "master", "0613", "Novák", "Jana",
           "25-04-2005", "jana@example.org", "vrouw"]
    save("dutch.csv", text(table([row], dutch), ";").encode(),
         expect(1, more="dates d-m-yyyy\nfirst eqf 7\nfirst term 2\nfirst mobility 1\n"
                        "first person.gender 2\n" + SEEN))
    people = ["Erasmus code (host)", "Academic year", "Semester", "Type of mobility",
              "Level of study", "ISCED code", "Surname", "First name", "DOB (dd/mm/yyyy)",
              "E-mail address *", "Sex", "Country of nationality"]
    row = ["B ANTWERP08", "2026/2027", "S1", "SMS", "Bachelor", "0613", "Novák", "Jana",
           "25/04/2005", "jana@example.org", "F", "Czechia"]
    save("people.csv", text(table([row], people)).encode(),
         expect(1, more="dates d/m/yyyy\nfirst person.gender 2\nfirst person.nationality CZ\n"
                        + SEEN))
    order = [9, 3, 0, 6, 7, 8, 1, 2, 5, 4]
    mixed = [["No."] + [COLUMNS[i] for i in order] + ["Remarks of the dean", "Shoe size"]]
    mixed += [[str(n + 1)] + [row[i] for i in order] + ["", "42"] for n, row in enumerate(THREE)]
    save("extra_and_reordered.csv", text(mixed, ";").encode(),
         expect(3, more="dates yyyy-mm-dd\nignored 1 12 13\n" + SEEN))
    blank = [""] * len(COLUMNS)
    save("blank_rows.csv", text([COLUMNS, blank, NOVAK, blank, blank,
                                 with_(MAES, email="eva@"), blank], ";").encode(),
         expect(2, 1, more="dates yyyy-mm-dd\n" + SEEN, problems=[(6, "email", "invalid")]))
    spaced = [f"\u00a0{cell} \u00a0" for cell in NOVAK]
    save("trailing_blanks.csv", text(table([spaced]), ";").encode(),
         expect(1, more="dates yyyy-mm-dd\n" + SEEN))
    save("header_twice.csv", text([COLUMNS, NOVAK, COLUMNS, MAES]).encode(),
         expect(2, more="dates yyyy-mm-dd\n" + SEEN))
    both = ["Host institution", "Erasmus code"] + COLUMNS[1:]
    save("name_and_code.csv", text(table([["Antwerp, tropical", "B  ANTWERP08"] + NOVAK[1:]],
                                         both)).encode(),
         expect(1, more="dates yyyy-mm-dd\n" + SEEN))
    save("bilingual_titles.csv", text(table([NOVAK], ["partner", "Année / Year", "term", "kind",
         "level", "isced_f", "Nom / Surname", "Prénom / First name", "Né(e) le / Birth date",
         "E-mail"]), ";").encode(), expect(1, more="dates yyyy-mm-dd\n" + SEEN))
    save("no_header.csv", text(THREE).encode(), "rows 0\nready 0\nbad 0\nheader 0\n"
         "problem 0 - malformed")
    save("no_partner.csv", text([row[1:] for row in table([NOVAK])]).encode(),
         "rows 0\nready 0\nbad 0\nheader 1\nproblem 0 partner malformed")
    save("column_twice.csv", text([COLUMNS + ["E-mail"], NOVAK + ["other@example.org"]]).encode(),
         "rows 0\nready 0\nbad 0\nheader 1\nproblem 0 email duplicate")
    save("chosen_rows.csv", text(table(THREE + [with_(MAES, email="x", given_names="Bo")])).encode(),
         "option rows 2,4\n" + expect(2, more="dates yyyy-mm-dd\n" + SEEN))
    save("empty.csv", b"", refused("malformed"))


# ---- CSV: cells

def cells():
    def dated(*dates):
        return [with_(NOVAK, birth_date=date, given_names=f"J{n}") for n, date in enumerate(dates)]

    def dates(name, expected, *written, option=""):
        save(name, text(table(dated(*written)), ";").encode(), option + expected)

    first = "\nfirst person.birth_date 2005-04-03"
    dates("dates_dots.csv", expect(2, more="dates d.m.yyyy" + first), "3.4.2005", "13.04.2005")
    dates("dates_settled.csv", expect(3, more="dates d/m/yyyy" + first),
          "03/04/2005", "25/03/2005", "01/02/2005")
    dates("dates_american.csv", expect(2, more="dates m/d/yyyy" + first),
          "4/3/2005", "4/25/2005")
    ambiguous = [(2, "birth_date", "ambiguous"), (3, "birth_date", "ambiguous")]
    dates("dates_open.csv", expect(2, 2, more="dates d/m/yyyy or m/d/yyyy\nopen",
                                   problems=ambiguous), "03/04/2005", "05/06/2005")
    dates("dates_said.csv", expect(2, more="dates d/m/yyyy or m/d/yyyy"
                                   "\nfirst person.birth_date 2005-03-04"),
          "03/04/2005", "05/06/2005", option="option dates mdy\n")
    dates("dates_both_ways.csv", expect(3, 1, more="dates d/m/yyyy, m/d/yyyy, "
          "d/m/yyyy or m/d/yyyy\nopen\nfirst person.birth_date 2005-03-25",
          problems=[(4, "birth_date", "ambiguous")]), "25/03/2005", "03/25/2005", "03/04/2005")
    dates("dates_short_years.csv", expect(3, more="dates d-m-yyyy, d.m.yyyy"
                                          "\nfirst person.birth_date 2005-04-25"),
          "25-04-05", "03-04-99", "3.4.65")
    dates("dates_in_words.csv", expect(6, more="dates d month yyyy" + first), "3 April 2005",
          "3 avril 2005", "3 april 2005", "1er août 2004", "3-mrt-05", "April 3, 2005")
    dates("dates_serials.csv", expect(2, more="dates serial numbers, yyyy-mm-dd" + first), "38445",
          "2005-04-03 00:00:00")
    dates("dates_wrong.csv", expect(4, 4, more="dates yyyy-mm-dd, d.m.yyyy, d/m/yyyy", problems=[
          (row, "birth_date", "invalid") for row in (2, 3, 4, 5)]),
          "2005-02-30", "31.4.2005", "soon", "32/01/2005")
    stay = table([with_(NOVAK, kind="praktijkstage") + ["01/02/2027", "30/06/2027"]], COLUMNS + ["start", "end"])
    save("dates_of_another_column.csv", text(stay).encode(),
         expect(1, more="dates yyyy-mm-dd, d/m/yyyy\nfirst start 2027-02-01\nfirst mobility 2"))
    save("capitals.csv", text(table([with_(NOVAK, email="Jana@Example.ORG"),
                                     with_(MAES, email="mailto:eva@EXAMPLE.org")])).encode(),
         expect(2, more="dates yyyy-mm-dd\nfirst person.email Jana@example.org"))
    codes = ["B ANTWERP08", "B  ANTWERP08", "b antwerp08", "BANTWERP08", "ITG.BE"]
    rows = [with_(NOVAK, partner=code, given_names=f"J{n}") for n, code in enumerate(codes)]
    save("erasmus_blanks.csv", text(table(rows)).encode(), expect(5, more="dates yyyy-mm-dd"))
    kept = text(table([with_(NOVAK, isced_f="=\"0613\"", term="=\"1\"")]), ";", "\r\n")
    save("kept_zeros.csv", kept.replace('"=""', '="').replace('"""', '"').encode(),
         expect(1, more="dates yyyy-mm-dd\n" + SEEN))
    save("duplicates.csv", text(table([NOVAK, MAES, with_(NOVAK, email="new@example.org")])).encode(),
         expect(3, 1, more="dates yyyy-mm-dd", problems=[(4, "-", "duplicate")]))
    words = COLUMNS + ["gender", "support", "languages", "nationality"]
    rows = [with_(NOVAK, kind="étude", level="EQF 6", term="semestre 1") +
            ["femme", "oui", "anglais B2; français: C1", "Tchéquie"],
            with_(MAES, kind="studie", level="maîtrise", term="lente") +
            ["man", "ja", "English (B2), nl", "België"],
            with_(PEETERS, kind="SMS", level="Bachelor", term="Autumn") +
            ["X", "no", "Dutch", "EL"],
            with_(MAES, kind="studies", given_names="Bo", term="1") +
            ["9", "", "en=B2", "UK"],
            with_(MAES, kind="studies", given_names="Cy", term="1er semestre") +
            ["m", "", "", "Verenigd Koninkrijk"]]
    save("words.csv", text(table(rows, words), ";").encode(),
         expect(5, more="dates yyyy-mm-dd\nfirst mobility 1\nfirst term 1\nfirst person.gender 2\n"
                        "first support 1\nfirst person.nationality CZ\nfirst eqf 6"))
    near = [with_(NOVAK, partner="D  MUNCHEN03", kind="studeis"),
            with_(MAES, level="bachellor", email="eva @example.org")]
    problems = [(2, "partner", "unknown"), (2, "kind", "invalid"), (3, "level", "invalid"),
                (3, "email", "invalid")]
    save("near.csv", text(table(near)).encode(), expect(2, 2, more="dates yyyy-mm-dd",
                                                        problems=problems))
    save("near_taken.csv", text(table(near)).encode(), "option fix yes\n" + expect(
        2, more="dates yyyy-mm-dd\nfix 2 partner\nfix 2 kind\nfix 3 level\nfix 3 email"))
    save("errors_copy.csv", b"\xef\xbb\xbf" + text(table(
        [NOVAK + [""], MAES + ["E-mail: expected an address"]], COLUMNS + ["ERRORS"]), ";").encode(),
        expect(2, more="dates yyyy-mm-dd\n" + SEEN))
    harmless = table([with_(NOVAK, family_name="'t Hooft") + ["'=1+1"], MAES + ["'-"]],
                     COLUMNS + ["comment"])
    save("harmless_formulas.csv", text(harmless).encode(),
         expect(2, more="dates yyyy-mm-dd\nfirst comment =1+1\nfirst person.family_name 't Hooft"))
    save("formula_errors.csv", text(table([with_(NOVAK, isced_f="#N/A"),
                                           with_(MAES, level="#REF!"),
                                           with_(PEETERS, family_name="#N/A")])).encode(),
         expect(3, 3, more="dates yyyy-mm-dd", problems=[
             (2, "isced_f", "invalid"), (3, "level", "invalid"), (4, "family_name", "invalid")]))
    save("open_quote.csv", text(table([NOVAK])).encode() + b'"itg.be,2026',
         refused("malformed"))


# ---- workbooks

def book(rows, name="Nominations"):
    made = openpyxl.Workbook()
    made.active.title = name
    for row in rows:
        made.active.append(row)
    return made


def content(made):
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def typed(row):
    """As a program keeps it: numbers as numbers, dates as dates."""
    day = datetime.date.fromisoformat(row[8])
    return row[:2] + [int(row[2]), row[3], int(row[4]), int(row[5])] + row[6:8] + [day, row[9]]


def workbooks():
    sheet = "sheet Nominations\ndates yyyy-mm-dd\n" + SEEN
    save("workbook.xlsx", content(book(table([typed(row) for row in THREE]))), expect(3, more=sheet))
    save("workbook_as_text.xlsx", content(book(table(THREE))), expect(3, more=sheet))
    made = book([["Read me first"], ["Fill in the sheet List"]], "Cover")
    made.create_sheet("List")
    for row in [["Students of spring"], [], *table([typed(row) for row in THREE])]:
        made["List"].append(row)
    save("cover_first.xlsx", content(made),
         expect(3, header=3, more="sheet List\ndates yyyy-mm-dd\n" + SEEN))
    made = book(table([with_(NOVAK, family_name="Old")]), "Last year")
    made.active.sheet_state = "hidden"
    made.create_sheet("This year")
    for row in table(THREE):
        made["This year"].append(row)
    made.active = 1
    save("hidden_sheet.xlsx", content(made),
         expect(3, more="sheet This year\ndates yyyy-mm-dd\n" + SEEN))
    save("chosen_sheet.xlsx", content(made), "option sheet last YEAR\n" + expect(
        1, more="sheet Last year\ndates yyyy-mm-dd\nfirst person.family_name Old"))
    save("no_such_sheet.xlsx", content(made), "option sheet Spring\n" + refused("not_found"))
    made = book(table([typed(row) for row in THREE]))
    made.active.row_dimensions[3].hidden = True
    save("hidden_row.xlsx", content(made), expect(2, more="hidden 1\n" + sheet))
    save("hidden_row_wanted.xlsx", content(made), "option hidden yes\n" + expect(3, more=sheet))
    made = book([["Nominations of the spring", *[""] * 9], COLUMNS, NOVAK,
                 with_(MAES, partner=None), with_(PEETERS, partner=None, birth_date="x")])
    made.active.merge_cells("A1:J1")
    made.active.merge_cells("A3:A5")
    save("merged.xlsx", content(made), expect(3, 1, header=2, more=sheet,
                                              problems=[(5, "birth_date", "invalid")]))
    made = book([["partner", "year", "term", "kind", "level", "isced_f", "Student", "", "", ""],
                 ["", "", "", "", "", "", "Family name", "Given names", "Birth date", "E-mail"],
                 *THREE])
    for column in "ABCDEF":
        made.active.merge_cells(f"{column}1:{column}2")
    made.active.merge_cells("G1:J1")
    save("two_header_rows.xlsx", content(made), expect(3, header=2, more=sheet))
    made = book(table([typed(row) for row in THREE]))
    made.epoch = xl_datetime.CALENDAR_MAC_1904
    save("since_1904.xlsx", content(made), expect(3, more=sheet))
    made = book(table([typed(row) for row in THREE]))
    for row in made.active.iter_rows(min_row=2):
        row[5].number_format = "0000"
        row[8].number_format = "[$-80C]dd\\ mmmm\\ yyyy;@"
    save("formats.xlsx", content(made), expect(3, more=sheet))
    made = book(table([typed(NOVAK) + [True, 6.0], typed(MAES) + [False, 6]],
                      COLUMNS + ["support", "Order"]))
    made.active["E2"] = 6.0
    made.active["C2"] = "=1"
    save("unsaved_formula.xlsx", content(made), expect(2, 1, more="sheet Nominations\nignored 12\n"
         "dates yyyy-mm-dd", problems=[(2, "term", "invalid")]))
    made = book(table([NOVAK, with_(MAES, given_names="=1+1")]))
    made.active["H3"].data_type = "s"
    save("text_like_formula.xlsx", content(made), expect(2, more=sheet))
    made = book(table([typed(NOVAK) + ["Row 2"]], COLUMNS + ["ERRORS"]))
    made.active["K2"].comment = openpyxl.comments.Comment("look", "us")
    made.active.freeze_panes = "A2"
    made.active.auto_filter.ref = "A1:J2"
    save("commented.xlsx", content(made), expect(1, more=sheet))


# ---- workbooks made by hand, as programs other than Excel write them, or nobody

TYPES = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
         'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>')
RELS = ('<Relationships xmlns="r"><Relationship Id="rId1" Type="http://x/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>')
BOOK = ('<workbook xmlns:r="r"><sheets><sheet name="Nominations" sheetId="1" r:id="rId1"/></sheets>'
        '</workbook>')
BOOK_RELS = ('<Relationships><Relationship Id="rId1" Type="http://x/worksheet" '
             'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://x/sharedStrings" '
             'Target="/xl/sharedStrings.xml"/></Relationships>')


def escape(value):
    return value.replace("&", "&amp;").replace("<", "&lt;")


def inline(rows, cell="<c t=\"inlineStr\"><is><t>{}</t></is></c>"):
    body = "".join("<row>" + "".join(cell.format(escape(value)) for value in row) + "</row>"
                   for row in rows)
    return f"<worksheet><sheetData>{body}</sheetData></worksheet>"


def pack(sheet, strings=None, workbook=BOOK, more=(), rels=BOOK_RELS):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in [("[Content_Types].xml", TYPES), ("_rels/.rels", RELS),
                           ("xl/workbook.xml", workbook), ("xl/_rels/workbook.xml.rels", rels),
                           ("xl/worksheets/sheet1.xml", sheet), ("xl/sharedStrings.xml", strings),
                           *more]:
            if part is not None:
                info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                made.writestr(info, part)
    return out.getvalue()


def by_hand():
    sheet = "sheet Nominations\ndates yyyy-mm-dd\n" + SEEN
    save("inline.xlsx", pack(inline(table(THREE))), expect(3, more=sheet))
    prefixed = inline(table(THREE)).replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    prefixed = prefixed.replace("<x:worksheet>", '<x:worksheet xmlns:x="urn:x">')
    save("prefixed.xlsx", pack(prefixed), expect(3, more=sheet))
    shared = [cell for row in table(THREE) for cell in row]
    rich = "".join(f"<si><r><rPr><b/></rPr><t>{escape(cell[:2])}</t></r><r><t xml:space=\"preserve\">"
                   f"{escape(cell[2:])}</t></r><rPh sb=\"0\" eb=\"1\"><t>spoken</t></rPh></si>"
                   for cell in shared)
    places = iter(range(len(shared)))
    numbered = "".join("<row>" + "".join(f"<c t=\"s\"><v>{next(places)}</v></c>" for _ in row)
                       + "</row>" for row in table(THREE))
    numbered = f"<worksheet><sheetData>{numbered}</sheetData></worksheet>"
    save("rich_text.xlsx", pack(numbered, f"<sst>{rich}</sst>"), expect(3, more=sheet))
    cached = inline(table(THREE), "<c t=\"str\"><f>A1</f><v>{}</v></c>")
    save("formulas.xlsx", pack(cached), expect(3, more=sheet))
    wrong = inline(table([NOVAK, MAES])).replace(
        "<c t=\"inlineStr\"><is><t>0912</t></is></c>", "<c t=\"e\"><v>#N/A</v></c>")
    save("error_cells.xlsx", pack(wrong), expect(2, 1, more=sheet,
                                                 problems=[(3, "isced_f", "invalid")]))
    escaped = inline(table([NOVAK + ["two_x000D__x000A_lines _x005F_"]], COLUMNS + ["comment"]))
    save("escapes.xlsx", pack(escaped), expect(1, more=sheet + "\nfirst comment two\\nlines _"))
    hostile(sheet)


def hostile(sheet):
    good = inline(table(THREE))
    whole = pack(good)
    laughs = ('<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
              '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>') + good.replace("Jana", "&c;")
    save("billion_laughs.xlsx", pack(laughs), refused("malformed"))
    save("outer_entity.xlsx", pack('<!DOCTYPE x SYSTEM "file:///etc/passwd">' + good),
         refused("malformed"))
    save("deep.xlsx", pack("<a>" * 200 + "</a>" * 200), refused("malformed"))
    save("bomb.xlsx", pack(good, "<sst>" + " " * 40_000_000 + "</sst>"), refused("too_large"))
    save("wide.xlsx", pack(good.replace("</row>", '<c r="ALM1" t="inlineStr"><is><t>x</t></is></c>'
                                        "</row>", 1)), refused("too_large"))
    many = "<row>" + '<c t="inlineStr"><is><t>x</t></is></c>' * 20_000 + "</row>"
    save("many_columns.xlsx", pack(f"<worksheet><sheetData>{many}</sheetData></worksheet>"),
         refused("too_large"))
    rows = "<row><c t=\"inlineStr\"><is><t>x</t></is></c></row>" * 6000
    save("many_rows.xlsx", pack(f"<worksheet><sheetData>{rows}</sheetData></worksheet>"),
         refused("too_large"))
    save("long_cell.xlsx", pack(good.replace("Jana", "a" * 20_000)), refused("too_large"))
    save("truncated.xlsx", whole[:len(whole) * 2 // 3], refused("malformed"))
    flipped = bytearray(whole)
    at = flipped.find(b"xl/worksheets/sheet1.xml") + 60
    flipped[at] ^= 0x55
    save("flipped.xlsx", bytes(flipped), refused("malformed"))
    at = whole.find(b"PK\x01\x02", whole.find(b"PK\x01\x02", 0))
    central = bytearray(whole)
    place = -1
    while (place := central.find(b"PK\x01\x02", place + 1)) >= 0:
        central[place + 16:place + 20] = b"\x01\x02\x03\x04"
    save("wrong_checksums.xlsx", bytes(central), refused("malformed"))
    save("climbing.xlsx", pack(good, rels=BOOK_RELS.replace("worksheets/sheet1.xml",
         "../../../etc/passwd")), refused("malformed"))
    save("part_missing.xlsx", pack(None), refused("malformed"))
    save("string_missing.xlsx", pack("<worksheet><sheetData><row><c t=\"s\"><v>7</v></c></row>"
         "</sheetData></worksheet>", "<sst/>"), refused("malformed"))
    save("no_xml.xlsx", pack("this is no XML"), refused("malformed"))
    save("rows_backwards.xlsx", pack('<worksheet><sheetData><row r="5"/><row r="3"/></sheetData>'
         "</worksheet>"), refused("malformed"))
    twice = pack(good, more=[("xl/worksheets/sheet1.xml", good)])
    save("part_twice.xlsx", twice, refused("malformed"))
    lying = bytearray(pack(good, more=[("docProps/app.xml", "x" * 50)]))
    last = lying.rfind(b"PK\x01\x02")  # of a part that nobody needs: as large as the whole file
    lying[last + 20:last + 24] = (len(lying) - 100).to_bytes(4, "little")
    save("overlapping.xlsx", bytes(lying), refused("malformed"))
    crowd = io.BytesIO()
    with zipfile.ZipFile(crowd, "w") as made:
        for n in range(1100):
            made.writestr(f"{n}", "")
    save("crowded.xlsx", crowd.getvalue(), refused("too_large"))


# ---- what is no list that we read

def others():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    save("old_format.xls", ole + b"W\0o\0r\0k\0b\0o\0o\0k\0", refused("not_understood"))
    save("password.xlsx", ole + "EncryptedPackage".encode("utf-16-le"), refused("not_understood"))
    save("web_page.xls", b"<html><body><table><tr><td>partner</td></tr></table></body></html>",
         refused("not_understood"))
    save("xml_2003.xls", b'<?xml version="1.0"?><Workbook/>', refused("not_understood"))
    save("scan.pdf", b"%PDF-1.7\n%\xe2\xe3", refused("not_understood"))
    save("letter.rtf", b"{\\rtf1 partner}", refused("not_understood"))
    for name, part in [("binary.xlsb", "xl/workbook.bin"), ("apple.numbers", "Index/Document.iwa"),
                       ("letter.docx", "word/document.xml"), ("by_hand.ods", "content.xml")]:
        save(name, pack(None, more=[(part, "x")]), refused("not_understood"))


# ---- applications to a call, in files named grants_*: it asks for marks and a motivation, has two
# groups of priority, takes studies and training, and names no usual sum

APPLIED = "family_name given_names kind country start end group amount reference".split()
ADAMS = ["Adams", "Zoé", "studies", "PL", "2027-02-01", "2027-06-30", "distance", "1200", "7"]
BOURGEOIS = ["Bourgeois", "Luc", "training", "CZ", "2027-03-01", "2027-03-05", "", "850.50", "8"]


def grants():
    iso = "dates yyyy-mm-dd\n"
    first = "first family_name Adams\nfirst asked 120000\nfirst group 1\nfirst country PL"
    save("grants_plain.csv", text([APPLIED, ADAMS, BOURGEOIS]).encode(),
         expect(2, more=iso + first + "\nfirst start 2027-02-01\nfirst points nothing"))
    french = ["Nom", "Prénom", "Type de mobilité", "Pays d'accueil", "Date de début",
              "Date de fin", "Groupe prioritaire", "Montant demandé", "Courriel"]
    row = ["Adams", "Zoé", "études", "Pologne", "1.2.2027", "30.6.2027", "Distance",
           "1 200,00 €", "zoe@example.org"]
    save("grants_french.csv", text([french, row], ";", "\r\n").encode("cp1252"),
         expect(1, more="dates d.m.yyyy\nignored 9\n" + first))
    dutch = ["Familienaam", "Voornaam", "Soort mobiliteit", "Land", "Begindatum", "Einddatum",
             "Prioriteitsgroep", "Bedrag", "Kenmerk"]
    row = ["Adams", "Zoé", "studie", "Polen", "1-2-2027", "30-6-2027", "distance", "€ 1.200", "7"]
    save("grants_dutch.csv", text([dutch, row], ";").encode(),
         expect(1, more="dates d-m-yyyy\n" + first + "\nfirst reference 7"))
    scored = [APPLIED + ["Marks (of 20)", "MOTIVATION"], ADAMS + ["15", "9"],
              BOURGEOIS + ["0", ""]]
    save("grants_scored.csv", text(scored).encode(),
         expect(2, more=iso + first + "\nfirst points 24"))
    summed = [APPLIED + ["marks", "points"], ADAMS + ["15", "24"], BOURGEOIS + ["15", "15"]]
    save("grants_wrong_sum.csv", text(summed).encode(),
         expect(2, 1, more=iso, problems=[(2, "points", "invalid")]))
    save("grants_ignored.csv", text([["Host institution", "E-mail", "E-mail"] + APPLIED,
                                     ["TUM", "a@example.org", "b@example.org"] + ADAMS]).encode(),
         expect(1, more=iso + "ignored 1 2 3\n" + first))
    bad = [["", "Zoé", "studies", "PL", "", "", "", "1", ""],
           ["B", "", "holiday", "PL", "", "", "", "1", ""],
           ["C", "", "studies", "Atlantis", "", "", "", "1", ""],
           ["D", "", "studies", "PL", "2027-02-30", "", "", "1", ""],
           ["E", "", "studies", "PL", "2027-02-02", "2027-02-01", "", "1", ""],
           ["F", "", "studies", "PL", "", "", "rich", "1", ""],
           ["G", "", "studies", "PL", "", "", "", "a lot", ""],
           ["H", "", "studies", "PL", "", "", "", "", ""],
           ["I", "", "studies", "PL", "", "", "", "#N/A", ""],
           ["J", "", "doctoral", "PL", "", "", "", "1", ""]]
    columns = "family_name kind country start end group amount amount amount kind".split()
    save("grants_bad.csv", text([APPLIED] + bad).encode(),
         expect(10, 10, more=iso, problems=[
             (i + 2, column, "invalid")
             for i, column in enumerate(columns)]))
    near = [with_of(APPLIED, ADAMS, kind="studis"), with_of(APPLIED, BOURGEOIS, country="Czechi")]
    save("grants_near.csv", text([APPLIED] + near).encode(), expect(
        2, 2, more=iso, problems=[(2, "kind", "invalid"), (3, "country", "invalid")]))
    save("grants_near_taken.csv", text([APPLIED] + near).encode(), "option fix yes\n" + expect(
        2, more=iso + "fix 2 kind\nfix 3 country\n" + first))
    save("grants_twice.csv", text([APPLIED, ADAMS, ADAMS[:-1] + ["9"], BOURGEOIS, BOURGEOIS]).encode(),
         expect(4, 1, more=iso, problems=[(5, "-", "duplicate")]))
    save("grants_no_amount.csv", text([row[:7] for row in (APPLIED, ADAMS)]).encode(),
         "rows 0\nready 0\nbad 0\nheader 1\nproblem 0 amount malformed")
    save("grants_column_twice.csv", text([APPLIED + ["Bourse"], ADAMS + ["1"]]).encode(),
         "rows 0\nready 0\nbad 0\nheader 1\nproblem 0 amount duplicate")
    made = openpyxl.Workbook()
    made.active.title = "Applications"
    typed_row = ADAMS[:4] + [datetime.date(2027, 2, 1), datetime.date(2027, 6, 30), "distance",
                             1200, 7]
    for line in ([], ["Erasmus 2027"], APPLIED, typed_row):
        made.active.append(line)
    out = io.BytesIO()
    made.save(out)
    save("grants_workbook.xlsx", out.getvalue(),
         expect(1, header=3, more="sheet Applications\ndates yyyy-mm-dd\n" + first
                + "\nfirst reference 7"))


def libreoffice():
    if not shutil.which("soffice"):
        print("soffice is not here: what it saves is left as it is")
        return
    sheet = "sheet Nominations\ndates yyyy-mm-dd\n" + SEEN
    with tempfile.TemporaryDirectory() as place:
        source = pathlib.Path(place, "Nominations.xlsx")
        made = book(table([typed(row) for row in THREE]))
        for row in made.active.iter_rows(min_row=2):
            row[8].number_format = numbers.FORMAT_DATE_DDMMYY
        made.save(source)
        for target, name, expected in [
                ("ods", "libreoffice.ods", refused("not_understood")),
                ("xls", "libreoffice.xls", refused("not_understood")),
                ("xlsx:Calc MS Excel 2007 XML", "libreoffice.xlsx", expect(3, more=sheet)),
                ("csv:Text - txt - csv (StarCalc):59,34,76", "libreoffice.csv",
                 expect(3, more="dates d/m/yyyy\n" + SEEN))]:
            out = pathlib.Path(place, "out")
            subprocess.run(["soffice", "--headless", "--convert-to", target, "--outdir", out,
                            source], check=True, capture_output=True)
            save(name, next(out.iterdir()).read_bytes(), expected)
            shutil.rmtree(out)


def main():
    for make in (letters, headers, cells, workbooks, by_hand, others, grants, libreoffice):
        make()
    print(len(list(HERE.glob("*.expected"))), "lists")


main()
