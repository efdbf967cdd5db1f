"""Everything about a photograph that needs no database: what its file says, and the files made from it.

Pure functions on bytes, files and Pillow images; articles.photos is the verb that stores what they return.
"""
