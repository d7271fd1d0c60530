"""Field kits: one given out for a hunt with a key of its own; the bundle it brings back, verified and taken in as the hunt's logs."""

import secrets
import zipfile
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.utils.translation import gettext as _

from luytre.core.hunt import field
from luytre.core.refusal import Refusal
from luytre.journal.acts import By
from luytre.rooms.hunting.actions import uploads
from luytre.rooms.hunting.models import Hunt, Kit, Target, Upload

PART = 8 << 20


def give(*, at: datetime, hunt: Hunt) -> tuple[Kit, bytes]:
    """A kit for a hunt, and its private key (PEM), which is kept nowhere here."""
    key = Ed25519PrivateKey.generate()
    kit = Kit.objects.create(name=secrets.token_hex(8), hunt=hunt, public=key.public_key().public_bytes_raw().hex(), at=at)
    return kit, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def take_bundle(*, by: By, at: datetime, file: Path, system: str = "") -> tuple[Hunt, list[Upload]]:
    """Verify a bundle against the key of its kit, member by member, then take its logs in. A forged one leaves nothing."""
    try:
        with zipfile.ZipFile(file) as bundle:
            said, _bytes, _signature = field.manifest_of(bundle)
            kit = Kit.objects.select_related("hunt").filter(name=str(said.get("kit", ""))).first()
            if kit is None:
                raise Refusal(_("Gói không do bộ săn lùng nào của hệ thống này tạo ra."))
            told = field.verify(bundle, bytes.fromhex(kit.public))
            target = kit.hunt.targets.filter(system=system).first() if system else kit.hunt.targets.first()
            if target is None:
                raise Refusal(_("Hệ thống này không thuộc lần săn lùng của gói."))
            return kit.hunt, [_take(by, at, target, bundle, name, told["files"][name]["size"]) for name in sorted(told["files"])]
    except (field.Forged, zipfile.BadZipFile, OSError) as fault:
        raise Refusal(str(fault)) from fault


def _take(by: By, at: datetime, target: Target, bundle: zipfile.ZipFile, name: str, size: int) -> Upload:
    upload = uploads.open_upload(by=by, at=at, target=target, name=name.removeprefix("logs/").replace("/", "_"), size=size)
    with bundle.open(name) as stream:
        stream.seek(upload.received)
        while not upload.is_whole and (content := stream.read(PART)):
            upload = uploads.take_part(by=by, at=at, upload=upload, offset=upload.received, content=content)
    return upload
