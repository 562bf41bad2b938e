from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks.fit_matcher import fit
from clusteratlas.analysis.organizations.matching import FEATURES, Matcher, matching_features
from clusteratlas.analysis.organizations.names import name_variants, normal_form
from clusteratlas.analysis.organizations.records import prepare_records
from clusteratlas.cli.main import main
from clusteratlas.editions.matching.doubtful_pairs import doubtful, read_verdicts
from clusteratlas.editions.matching.matcher import matcher, rarity
from clusteratlas.editions.matching.pairs import read_pairs, score_pairs, split_place
from clusteratlas.editions.matching.resolving import Resolved, rated_pairs, resolved_records
from clusteratlas.errors import AnalysisError, InputError
from clusteratlas.loaders.organizations.records import shaped

HERE = Path(__file__).parent
HEAD = "name_a,source_a,place_a,name_b,source_b,place_b\n"


def quality(pairs: pd.DataFrame) -> tuple[float, float]:
    truth, said = pairs["label"] == "yes", pairs["same"] == "yes"
    right = float((truth & said).sum())
    return right / float(said.sum()), right / float(truth.sum())


def test_pairs_kept_apart_from_tuning() -> None:
    rated = score_pairs(read_pairs(HERE / "pairs_test.csv"))
    precision, recall = quality(rated)
    assert precision >= 0.94
    assert recall >= 0.9
    normal = [
        [normal_form(name_variants(n)[0]) for n in rated[f"name_{side}"]] for side in ("a", "b")
    ]
    differ = np.array([a != b for a, b in zip(*normal, strict=True)])
    precision, recall = quality(rated[differ])
    assert precision >= 0.85
    assert recall >= 0.75


def test_tuning_and_test_pairs_are_different_ones() -> None:
    sides = [["name_a", "place_a", "name_b", "place_b"]] * 2
    tuning, test = (
        set(read_pairs(HERE / f"pairs_{k}.csv")[s].itertuples(index=False, name=None))
        for k, s in zip(("tuning", "test"), sides, strict=True)
    )
    assert not tuning & test


@pytest.mark.parametrize(
    ("place", "parts"),
    [
        ("Cambridge, MA (25017)", ("Cambridge", "MA", "25017")),
        ("Cambridge, Massachusetts", ("Cambridge", "MA", "")),
        ("MA (25017)", ("", "MA", "25017")),
        ("(25017)", ("", "MA", "25017")),
        ("Mobile, AL (1097)", ("Mobile", "AL", "01097")),
        ("Toronto, ON", ("Toronto", "ON", "")),
        ("Boston", ("Boston", "", "")),
        ("MA", ("", "MA", "")),
        ("Boston, MA (county 25025)", ("Boston", "MA", "25025")),
        ("", ("", "", "")),
        (" , ", ("", "", "")),
    ],
)
def test_places_are_read_as_far_as_they_go(place: str, parts: tuple[str, str, str]) -> None:
    assert split_place(place) == parts


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name_a,name_b\nx,y\n", "columns missing 'source_a', 'place_a'"),
        (HEAD + "Acme,sec,,Acme,tri,\n,sec,,Acme,tri,\n", "line 3: name_a is empty"),
        (HEAD + "a,b,c,d,e,f\na,b,c,d,e,f,g\n", "line 3: 7 cells, not 6"),
        (HEAD + "?,sec,,Acme,tri,\n,sec,,Acme,tri,\n", "line 2: name_a is empty .and 1 more"),
        ("", "columns missing"),
    ],
)
def test_one_clear_error_for_a_bad_file(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=said):
        read_pairs(path)


def test_columns_of_ones_own_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    head = "Name_A, source_a,place_a,name_b,source_b,place_b,My  Note"
    path.write_text(f"{head}\nAcme,sec,,Acme Co,tri,,a  b\n,,,,,,\n")
    table = read_pairs(path)
    assert list(table.columns) == [*HEAD.strip().split(","), "My  Note"]
    assert table["My  Note"].tolist() == ["a  b"]


def test_the_command_adds_two_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pairs.csv"
    rows = 'Acme Gyro Corp,sec,"Dover, DE (10001)",ACME GYRO INC,odd register,DE,kept\n'
    path.write_text(HEAD.strip() + ",note\n" + rows)
    out = tmp_path / "rated.csv"
    assert main(["organizations", "score-pairs", str(path), "--out", str(out)]) == 0
    rated = pd.read_csv(out)
    assert rated.loc[0, "same"] == "yes"
    assert rated.loc[0, "note"] == "kept"
    assert "1 pairs" in capsys.readouterr().out


def test_a_column_of_labels_stays(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    row = 'Acme Gyro Corp,sec,"Dover, DE",ACME GYRO INC,tri,"Dover, DE",0'
    path.write_text(HEAD.strip() + ",same\n" + row + "\n")
    rated = score_pairs(read_pairs(path))
    assert rated[["same_given", "same"]].to_numpy().tolist() == [["0", "yes"]]
    with pytest.raises(InputError, match="same_given"):
        score_pairs(rated)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Seres Therapeutics", "SERES THRERAPEUTICS, INC."),
        ("Novelstar Pharmaceuticals", "VOVELSTAR PHARMACEUTICALS INC"),
        ("Broad Institute", "BROAD INSTITUE INC THE"),
        ("Bakersfield Memorial Hospital", "BAKERSFIELD MEMORIAL HOSPITAL- 34TH STREET"),
        ("Lawrence Gyroscope Laboratories", "LAWRENCE GYROSCOPE LABORAT"),
    ],
)
def test_slips_and_cut_off_words_raise_the_probability(one: str, other: str) -> None:
    place = "Bakersfield, CA (06029)"
    row = {"name_a": one, "source_a": "sec", "place_a": place, "source_b": "rcra", "place_b": place}
    pairs = pd.DataFrame([{**row, "name_b": other}, {**row, "name_b": "Zenith " + other[-6:]}])
    assert list(score_pairs(pairs)["same"]) == ["yes", "no"]


def test_coefficients_have_the_sign_one_expects() -> None:
    against = {name for name, value in matcher().coefficients.items() if value < 0}
    assert against == {"numbers", "kinds"}


def test_a_matcher_has_one_coefficient_a_feature() -> None:
    assert set(matcher().coefficients) == set(FEATURES)
    with pytest.raises(AnalysisError, match="city"):
        Matcher({"city": 1.0}, 0.0, 0.5)


@pytest.mark.data
@pytest.mark.slow
def test_fitting_anew_gives_the_shipped_coefficients(data_dir: Path) -> None:
    facts, _ = fit(data_dir)
    assert facts["coefficients"] == pytest.approx(dict(matcher().coefficients), abs=0.0015)
    assert facts["threshold"] == matcher().threshold


def test_features_are_symmetric_and_nought_where_nothing_is_known() -> None:
    rows = pd.DataFrame(
        {
            "register": ["sec", "tri", "ror"],
            "name": ["Acme Gyro", "ACME GYRO PLANT 2", "Zeta"],
            "city": ["Dover", "Dover", ""],
            "state": ["DE", "DE", ""],
            "county": ["10001", "10001", ""],
            "street": ["1 Main Street", "1 MAIN ST", ""],
        }
    )
    prepared = prepare_records(rows, rarity())
    left, right = np.array([0, 0]), np.array([1, 2])
    found = matching_features(prepared, left, right)
    pd.testing.assert_frame_equal(found, matching_features(prepared, right, left))
    assert found[["place", "street"]].to_numpy()[0].tolist() == [1.0, 1.0]
    unknown = found[["place", "elsewhere", "street", "plants", "numbers"]].to_numpy()[1]
    assert not unknown.any()


def _records() -> pd.DataFrame:
    rows = [
        ("sec", "cik", "1", "ACME GYROSCOPE CORP", "company", "Dover", "DE", "10001", ""),
        ("sec", "cik", "2", "ACME GYROSCOPE INC", "company", "Dover", "DE", "10001", ""),
        ("tri", "tri", "A", "Acme Gyroscope", "company", "Dover", "DE", "10001", "frs:9"),
        ("ghgrp", "ghgrp", "B", "Dover Works", "company", "Dover", "DE", "10001", "frs:9"),
        ("ipeds", "unitid", "7", "Dover University", "university", "Dover", "DE", "10001", ""),
        (
            "hospital",
            "hospital",
            "8",
            "Dover University Hospital",
            "hospital",
            "Dover",
            "DE",
            "10001",
            "",
        ),
        ("ror", "ror", "9", "Univ of Dover", "university", "Dover", "DE", "10001", ""),
    ]
    columns = [
        "register",
        "scheme",
        "id",
        "name",
        "kind",
        "city",
        "state",
        "county",
        "identifiers",
    ]
    frame = pd.DataFrame(rows, columns=columns)
    out = shaped(frame.assign(status="active")).assign(
        register=frame["register"],
        scheme=frame["scheme"],
        key=frame["register"] + ":" + frame["id"],
    )
    out["aliases"] = out["aliases"].where(out["register"] != "ror", "Dover University|DU")
    return out


def _resolved(records: pd.DataFrame, verdicts: pd.DataFrame | None = None) -> Resolved:
    return resolved_records(records, rated_pairs(records), verdicts)


def test_records_of_one_organization() -> None:
    found = _resolved(_records()).assignments.set_index("key")
    of = found["organization"]
    assert of["sec:1"] != of["sec:2"], "nothing merges within a register"
    assert of["tri:A"] == of["ghgrp:B"], "one FRS id is one plant"
    assert found.loc[["ghgrp:B", "tri:A"], "method"].isin(["identifier", "name and place"]).all()
    assert of["ipeds:7"] == of["ror:9"] == "unitid:7"
    assert of["hospital:8"] == "hospital:8", "a university and its hospital stay apart"
    assert found.loc["ipeds:7", "method"] == "itself"
    assert found.loc["ror:9", "method"] == "alias"
    assert found["confidence"].between(0, 1).all()


def test_a_verdict_overrides_the_matcher(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.csv"
    path.write_text("a,b,same\nipeds:7,ror:9,no\nhospital:8,ror:9,YES\nsec:1,tri:A,\n")
    told = read_verdicts(path)
    assert len(told) == 2
    found = _resolved(_records(), told).assignments.set_index("key")
    of = dict(zip(found.index, found["organization"], strict=True))
    assert of["ror:9"] == of["hospital:8"]
    assert of["ipeds:7"] == "unitid:7"
    assert "user" in set(found["method"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b,same\nx:1,y:2,perhaps\n", "line 2: same is 'perhaps'"),
        ("a,b,same\nx:1,x:1,yes\n", "line 2: a and b"),
        ("a,b,same\nx:1,y:2,yes\ny:2,x:1,no\n", "line 3: contradicts"),
        ("a,b,same\nx:1,y:2,yes\nx:1,y:2\n", "line 3: 2 cells, not 3"),
        ("a,b\nx:1,y:2\n", "columns missing 'same'"),
    ],
)
def test_bad_verdicts(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "verdicts.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=said):
        read_verdicts(path)


def test_the_most_doubtful_come_first() -> None:
    records = _records()
    rows = doubtful(_resolved(records), records, limit=3)
    distance = (rows["probability"] - matcher().threshold).abs()
    assert distance.is_monotonic_increasing
    assert rows["same"].eq("").all()
    assert rows["place_a"].eq("Dover, DE").all()
