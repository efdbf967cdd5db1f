"""What `make bench` runs: queries and CPU time of the reader's pages, beside a bare Django view."""
