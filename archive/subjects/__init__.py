"""The thesaurus: what records are about, in names that lead to one concept each.

``names`` folds and keeps what a record's text holds, ``thesaurus`` is the whole as a
value, ``store`` reads and writes it, ``editing`` changes it, ``table`` and ``skos``
bring it in and out, ``found`` answers for the index, lists and suggestions.
"""
