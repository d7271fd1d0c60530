"""Letters out: outbox, e-mail, digests, SMS, webhooks. Knows nobody above it.

    from luytre.post import actions as post

    post.send(key="order:7:org:so-y-te", channel="mail", to="…", subject="…", text="…", person="person:le-truc", topic="orders")
    post.cancel(keys=[…], at=now)       # not wanted any more: what has not gone out never will
    worker.run_once(now)                # deliver what is due (the jobs do this every few seconds)

A letter is written in the caller's transaction: it exists if and only if what it tells of does. The same key twice is one letter.
"""
