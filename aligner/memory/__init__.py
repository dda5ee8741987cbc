"""Translation memory: what people have translated before, found again.

    with Store.open(Path("memory.db"), create=True) as store:
        store.add([Source.of(Path("client.tmx"))], read)
        search(store, Query("He arrived in Osh.", "en", "ru"))  →  matches, best first

`store` keeps the units in SQLite, `index` says which texts have which words, `search` finds what is
like a text and `rate` how much, `repair` mends numbers and months, `recall` does all that for a
document, and `sources` for the files that a user names.
"""
