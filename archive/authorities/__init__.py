"""Authority records (规范记录) for people, organisations and places.

``registry`` makes, edits and deletes them, ``merging`` makes one of several,
``relations`` links records to them, ``naming`` finds them by any of their names and
tells which name was in use when, ``gaps`` lists what wants an authority or a merge.
"""
