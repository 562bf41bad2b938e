"""The shell's lines, completion and settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas import open_atlas
from clusteratlas.cli.commands.cypher import parse_params
from clusteratlas.cli.commands.shell import Session, completions, show_schema
from clusteratlas.cli.output.rows import Format
from clusteratlas.errors import InputError
from clusteratlas.vocabulary.model import NODES, RELATIONSHIPS


def test_labels_after_a_node() -> None:
    assert completions("MATCH (c:") == (sorted(NODES), "")
    assert completions("match (r:reg") == (["Region", "RegionalCluster", "Register"], "reg")


def test_types_after_a_relationship() -> None:
    assert completions("MATCH (a)-[:") == (sorted(RELATIONSHIPS), "")
    assert completions("MATCH (a)-[:LINKED_TO|SUP") == (["SUPPLIES"], "SUP")


def test_properties_after_a_dot() -> None:
    words, start = completions("RETURN m.lq_")
    assert words == ["lq_high", "lq_low", "lq_p75"]
    assert start == "lq_"
    assert "key" in completions("MATCH (c:Cluster {k")[0]


def test_keywords_elsewhere() -> None:
    assert completions("MATCH (c) RET")[0] == ["RETURN"]
    assert completions("") == ([], "")


@pytest.mark.parametrize("name", [*NODES, *RELATIONSHIPS])
def test_schema_of_one_thing_lists_its_properties(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    show_schema(name, Format.table)
    out = capsys.readouterr().out
    for p in (NODES.get(name) or RELATIONSHIPS[name]).properties:
        assert p.name.replace("_", " ") in out or p.name in out


def test_schema_of_nothing_known() -> None:
    with pytest.raises(InputError, match="Clutser"):
        show_schema("Clutser", Format.table)


def test_params_are_json_or_text() -> None:
    given = ["n=3", "naics=325414", 'code="325414"', "name=Boston, MA", "on=true", "l=[1, 2]", "e="]
    assert parse_params(given) == {
        "n": 3,
        "naics": 325414,
        "code": "325414",
        "name": "Boston, MA",
        "on": True,
        "l": [1, 2],
        "e": "",
    }


@pytest.mark.parametrize("pair", ["n", "=3", "a b=1"])
def test_a_param_without_a_name_is_refused(pair: str) -> None:
    with pytest.raises(InputError, match="K=V"):
        parse_params([pair])


def test_a_conversation_goes_on_after_an_error_and_keeps_its_history(
    loaded: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from prompt_toolkit.application import create_app_session
    from prompt_toolkit.input import create_pipe_input
    from prompt_toolkit.output import DummyOutput

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    typed = "MATCH (c:Cluster)\rRETURN x\r\x03RETRUN 1;\r:limit 1\rRETURN 7 AS seven;\r\x04"
    with (
        create_pipe_input() as keys,
        create_app_session(input=keys, output=DummyOutput()),
        open_atlas(loaded) as atlas,
    ):
        keys.send_text(typed)
        Session(atlas, write=False, limit=10, timeout=10, fmt=Format.csv).converse()
    captured = capsys.readouterr()
    # Ctrl-C dropped the first statement; the second was refused; the third was answered.
    assert captured.out == "seven\n7\n"
    assert captured.err.count("error: ") == 1
    assert "limit 1" in captured.err
    (history,) = tmp_path.rglob("shell_history")
    assert "RETURN 7 AS seven;" in history.read_text("utf-8")
