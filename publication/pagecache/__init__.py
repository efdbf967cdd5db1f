"""Whole public pages, kept as they were answered: in each process's memory, on a shared shelf, for bad days on disk.

middleware.py   the way of a request: kept and fresh, stale while one rebuilds, or made anew
page.py         one kept page: its bytes, compressed once, and what it was made from
freshness.py    is it still true? the version rows decide
pulse.py        has anything changed at all since we last looked?
memory.py       the first level, in this process
shelves.py      the second level and the last good copies: a file on this machine, or Redis
flights.py      one maker for one page, in this process and beyond
outage.py       the database is away: who may still try it
spreading.py    what a committed change does at once
purging.py      Varnish and CDNs are told
"""
