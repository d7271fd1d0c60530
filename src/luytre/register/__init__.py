"""Who and what: organisations with their succession, persons, posts, systems, suppliers; who may do what (access.py).

Bulk door (world, imports): fill a Book and load it in one act; loading it again changes nothing.

    from luytre.register.book import Book
    from luytre.register import actions
    book = Book()
    book.put("organisation", "so-y-te", certainty="sample")                       # kinds: register.book.PLAIN
    book.add("organisation.name", "so-y-te", "Sở Y tế", from_on=day)              # tables: register.book.TABLES
    book.add("organisation.parent", "so-y-te", "ubnd-tinh", from_on=day, known_at=None)   # None = always known; left out = known from `at`
    book.add("system.data", "his", "basic", 120000, from_on=day)
    book.put("person", "nguyen-a", name="Nguyễn A", salutation="Ông")
    book.add("post", "nguyen-a", "so-y-te", "head", "Giám đốc", from_on=day)
    actions.load(by="console", at=now, book=book)
    actions.open_account(username="chu-tich", password="…", person=queries.person("nguyen-a"))

Codes stand for references everywhere; "org:<code>" and "system:<code>" are the refs the journal and the judge know.
"""
