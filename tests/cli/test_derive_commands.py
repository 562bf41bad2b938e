"""``clusteratlas derive`` and ``clusteratlas linkages export``, as a person types them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from clusteratlas.cli.main import main

Capture = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["--sweep", "--against", "x.csv"], "--sweep takes none of"),
        (["--sweep", "--runs", "3"], "--sweep takes none of"),
        (["--set", "mine"], "no definitions 'mine'"),
        (["--set", "naics3"], "naics3 are not derived"),
    ],
)
def test_what_derive_refuses(
    argv: list[str], message: str, tmp_path: Path, capsys: Capture
) -> None:
    code = main(["derive", "--data", str(tmp_path), "--out", str(tmp_path / "x.csv"), *argv])
    assert code != 0
    assert message in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_derive_needs_data_or_a_store(tmp_path: Path, capsys: Capture) -> None:
    assert main(["derive", "--out", str(tmp_path / "x.csv")]) != 0
    assert "--data or --from-store" in capsys.readouterr().err


def test_missing_files_are_named(tmp_path: Path, capsys: Capture) -> None:
    for argv in (["derive", "--out", "x.csv"], ["linkages", "export", "--out", "x.npz"]):
        assert main([*argv, "--data", str(tmp_path), "--no-cache"]) != 0
        assert str(tmp_path) in capsys.readouterr().err


@pytest.mark.data
def test_one_set_and_the_linkages_behind_it(
    data_dir: Path,
    kept_steps: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(kept_steps))
    out, npz = tmp_path / "set.csv", tmp_path / "linkages.npz"
    argv = ["derive", "--data", str(data_dir), "--out", str(out), "--in-sample-only", "--quiet"]
    assert main([*argv, "--runs", "1"]) == 0
    captured = capsys.readouterr()
    assert "Definitions reviewed" in captured.out + captured.err
    assert "the outlier pass ended by itself" in captured.out + captured.err
    members = pd.read_csv(out, dtype={"naics": str})
    clusters = pd.read_csv(tmp_path / "set-clusters.csv")
    assert (
        members["cluster"].value_counts().to_dict()
        == clusters.set_index("cluster")["industries"].to_dict()
    )
    assert clusters["jaccard"].between(0, 1).all()
    assert clusters["vintages"].isna().all()

    export = ["linkages", "export", "--data", str(data_dir), "--out", str(npz), "--traded"]
    assert main([*export, "--quiet"]) == 0
    with np.load(npz, allow_pickle=False) as kept:
        assert kept["codes"].tolist() == members["naics"].tolist()
        for name in ("lc_emp", "lc_est", "coi", "io", "occ", "combined"):
            assert kept[name].shape == (len(members),) * 2
        assert not np.isnan(kept["combined"]).any()
    assert main([*export, "--vintage", "none such"]) != 0
    assert "no vintage 'none such'" in capsys.readouterr().err
