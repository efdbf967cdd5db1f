"""Checkers from outside, on the paper as its readers get it: `make judge`."""
