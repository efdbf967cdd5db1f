"""What `make bench` runs: the goals of speed, each measured beside its floor in the same run."""
