"""One file per command of ``clusteratlas``; :mod:`clusteratlas.cli.main` lists them."""
