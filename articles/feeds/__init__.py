"""What reader programs fetch: RSS 2.0, Atom and JSON Feed of the paper and of its lists."""
