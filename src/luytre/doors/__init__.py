"""The doors: who comes in, from where, with what proof; accounts and invitations; each step of it in the journal.

Settings decide (site/settings.py, docs/OPERATIONS.md); site/routes.py says through which door each address may be reached.

    from luytre.doors import networks
    networks.client(request)             # the address asking, past declared proxies only
    networks.door(request)               # "staff" or "duty" (trực)
    from luytre.doors import actions
    actions.invite(by=head, at=now, person=…, organisation=…, address="ten@…", link=…)
"""
