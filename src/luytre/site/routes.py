"""By which door each address is reached. An address that does not stand here fails a test (tests/house/test_routes.py).

public  citizens and everyone, without signing in
any     what pages of every door need
entry   signing in and one's own account, by the staff door and the duty door
duty    what an officer on duty (trực) or an enterprise does from anywhere with a second step: own list, own papers, own orders
staff   everything else: from the listed networks only

`WRITING`, `ALWAYS`, `PROVINCE`: asked again who is there, before a request that writes, before any, or before any by someone who
sees the whole province (orders, rights, exports).
"""

from luytre.doors.routes import ALWAYS, ANY, ENTRY, PROVINCE, WRITING, Route
from luytre.doors.rules import DUTY, STAFF

ROUTES: dict[str, Route] = {
    "set_language": Route(ANY),
    # -- signing in --
    "account_login": Route(ENTRY),
    "account_logout": Route(ENTRY),
    "account_inactive": Route(ENTRY),
    "account_reauthenticate": Route(ENTRY),
    "mfa_authenticate": Route(ENTRY),
    "mfa_reauthenticate": Route(ENTRY),
    "mfa_reauthenticate_webauthn": Route(ENTRY),
    "mfa_login_webauthn": Route(ENTRY),
    # -- one's own account --
    "doors:account": Route(ENTRY),
    "doors:second": Route(ENTRY),
    "account_change_password": Route(ENTRY),
    "mfa_index": Route(ENTRY),
    "mfa_activate_totp": Route(ENTRY),
    "mfa_deactivate_totp": Route(ENTRY),
    "mfa_view_recovery_codes": Route(ENTRY),
    "mfa_generate_recovery_codes": Route(ENTRY),
    "mfa_download_recovery_codes": Route(ENTRY),
    "mfa_list_webauthn": Route(ENTRY),
    "mfa_add_webauthn": Route(ENTRY),
    "mfa_remove_webauthn": Route(ENTRY),
    "mfa_edit_webauthn": Route(ENTRY),
    "usersessions_list": Route(ENTRY),
    "doors:end_session": Route(ENTRY),
    # -- own list, own papers: also on duty, also for enterprises --
    "things:home": Route(DUTY),
    "things:mine": Route(DUTY),
    "duties:file": Route(DUTY),
    "duties:evidence": Route(DUTY),
    "duties:attachment": Route(DUTY),
    "duties:retraction": Route(DUTY),
    "duties:model-text": Route(DUTY),
    "instructions:list": Route(DUTY),
    "instructions:instruction": Route(DUTY),
    "instructions:answer": Route(DUTY),
    "instructions:announcement": Route(DUTY),
    "instructions:draft": Route(DUTY),
    "reminders:reminders": Route(DUTY),
    "reminders:notice": Route(DUTY),
    "reminders:acknowledgement": Route(DUTY),
    "duties:waivers": Route(DUTY),
    "duties:ask-waiver": Route(DUTY),
    "submissions:list": Route(DUTY),
    "submissions:request": Route(DUTY),
    # -- the office --
    "kit": Route(STAFF),
    "things:confirm": Route(STAFF),
    "things:add_system": Route(STAFF),
    "things:organisations": Route(STAFF),
    "things:organisation": Route(STAFF),
    "things:systems": Route(STAFF),
    "things:system": Route(STAFF),
    "board:board": Route(STAFF),
    "board:why": Route(STAFF),
    "board:brief": Route(STAFF),
    "board:compare": Route(STAFF),
    "matrix-xlsx": Route(STAFF, PROVINCE),
    "duties:reviews": Route(STAFF),
    "duties:acceptance": Route(STAFF),
    "duties:rejection": Route(STAFF),
    "duties:waiver": Route(STAFF),
    "duties:waiver-refusal": Route(STAFF),
    "coordination:desk": Route(STAFF),
    "coordination:unconfirmed": Route(STAFF),
    "coordination:openings": Route(STAFF),
    "coordination:opening": Route(STAFF, WRITING),
    "submissions:ask": Route(STAFF),
    "submissions:cooperation": Route(STAFF),
    "submissions:log": Route(STAFF),
    "duties:delegation": Route(STAFF, WRITING),
    "instructions:give": Route(STAFF, WRITING),
    "instructions:acceptance": Route(STAFF),
    "instructions:return": Route(STAFF),
    "instructions:extension": Route(STAFF, WRITING),
    "instructions:withdrawal": Route(STAFF, WRITING),
    "reminders:sent": Route(STAFF),
    "reminders:letters": Route(STAFF),
    "reminders:about": Route(STAFF),
    "search:page": Route(STAFF),
    "search:hits": Route(STAFF),
    "register:import": Route(STAFF),
    "register:confirm": Route(STAFF, WRITING),
    "register:template": Route(STAFF),
    "register:export": Route(STAFF, ALWAYS),
}
