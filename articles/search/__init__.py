"""Finding articles by their words: one tokeniser, one rule of what matches, two databases.

`find.find` answers a reader, `find.matches` the admin, `similar.similar` the foot of an article;
`index.put` and `index.drop` follow every change of an article in its transaction.
"""
