"""``python -m clusteratlas``: the command line."""

from clusteratlas.cli.main import run

if __name__ == "__main__":
    run()
