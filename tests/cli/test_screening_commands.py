"""The screening commands from end to end, on the shipped feed."""

import csv
import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow


def run(*arguments, code=0):
    env = {**os.environ, "COLUMNS": "80"}
    command = [sys.executable, "-m", "landbridge", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, env=env)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout if code == 0 else done.stderr


def test_a_listed_name_is_blocked_with_list_program_date_and_features():
    found = json.loads(run("screen", "Белмытсэрвіс", "--country", "BY", "--kind", "company", "--json"))
    assert found["verdict"] == "blocked"
    match = found["matches"][0]
    assert match["entry_id"] == "eu-blr-beltamozhservice"
    assert match["list"].startswith("Annex I")
    assert match["score"] > 0.9
    assert {"feature", "detail", "factor"} <= match["features"][0].keys()
    assert all(row["published_on"] for row in found["lists"])
    assert run("audit", "verify").startswith("1 records")
    page = run("audit", "show")
    assert "Белмытсэрвіс" in page
    assert max(len(line) for line in (page + run("lists", "show")).splitlines()) <= 80
    assert json.loads(run("audit", "show", "--last", "1", "--json"))["records"][0]["kind"] == "screening"


def test_a_file_is_screened_and_formulas_are_neutral(tmp_path):
    parties, out = tmp_path / "parties.csv", tmp_path / "out.csv"
    parties.write_text("name,kind,country\nBeltamozhservice,company,BY\n=HYPERLINK(1),,\nBeltransservice,company,BY\n", encoding="utf-8")
    run("screen", "--file", str(parties), "--out", str(out))
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert [row["verdict"] for row in rows] == ["blocked", "clear", "clear"]
    assert rows[1]["name"] == "'=HYPERLINK(1)"


def test_wrong_questions_are_told_at_once(tmp_path):
    told = run("screen", "Somebody Ltd", "--kind", "ghost", "--country", "Belarus", code=2)
    assert "KIND" in told
    assert "COUNTRY" in told
    broken = tmp_path / "broken.csv"
    broken.write_text("nom\nx\n", encoding="utf-8")
    assert "PARTIES-COLUMN" in run("screen", "--file", str(broken), code=1)
    run("screen", code=2)


def test_lists_are_imported_compared_and_used(tmp_path):
    header = "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,dataset,first_seen,last_seen,last_change\n"  # noqa: E501
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text(header + "NK-1,Vessel,ARTAVIL,,,mt,,IMO9187629,,,,us_ofac_sdn,2012-07-12,2026-11-01,\n", encoding="utf-8")
    new.write_text(header + "NK-2,Company,Трансмастерс,,,ru,,,,,,us_ofac_sdn,2026-11-01,2026-11-20,\n", encoding="utf-8")
    assert "1 entries" in run("lists", "import", str(old))
    assert json.loads(run("screen", "Another Name", "--kind", "vessel", "--json"))["verdict"] == "clear"
    assert json.loads(run("screen", "Артавил", "--kind", "vessel", "--json"))["verdict"] == "blocked"
    found = json.loads(run("lists", "diff", str(old), str(new), "--json"))
    assert [row["entry_id"] for row in found["added"]] == ["NK-2"]
    assert [row["entry_id"] for row in found["removed"]] == ["NK-1"]
    assert found["touches"]["parties"] == ["transmasters"]
    assert "OpenSanctions" in run("lists", "show")


def test_a_new_entry_touches_what_its_party_owns(tmp_path):
    header = "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,dataset,first_seen,last_seen,last_change\n"  # noqa: E501
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    same = "NK-1,Vessel,ARTAVIL,,,mt,,IMO9187629,,,,us_ofac_sdn,2012-07-12,2026-11-01,\n"
    old.write_text(header + same, encoding="utf-8")
    new.write_text(header + same + "NK-3,Company,Группа компаний Дело,,,ru,,,,,,us_ofac_sdn,2026-11-01,2026-11-20,\n", encoding="utf-8")
    found = json.loads(run("lists", "diff", str(old), str(new), "--json"))
    assert {"delo-group", "sasco", "transcontainer"} <= set(found["touches"]["parties"])


def test_a_policy_is_narrowed_by_two_people():
    assert "waits for a second person" in run(
        "decide", "policy:EU", "--verdict", "narrow", "--reason", "counsel", "--by", "A", "--until", "2099-01-01", "--since", "2026-01-01"
    )
    assert "confirmed by B" in run("decide", "policy:EU", "--confirm", "--by", "B")
    found = json.loads(run("screen", "Белаз", "--json"))
    assert any("designations of EU do not block" in row for row in found["warnings"])
    assert {row["verdict"] for row in found["matches"] if row["regime"] == "EU"} == {"review"}
