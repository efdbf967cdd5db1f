"""The table of every kind of change there is, and the walk along it: tests/newsroom/test_freshness.py."""
