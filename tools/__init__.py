"""Programs of the maintainer: locks, links, notebooks."""
