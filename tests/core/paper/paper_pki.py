"""A small authority for tests: a root, officers' certificates under it, in their days or out of them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

AT = datetime(2026, 11, 16, 3, 0, tzinfo=UTC)
PASSPHRASE = "mật khẩu thử"


class Authority:
    """Issues certificates; `root` is its own as DER."""

    def __init__(self, name: str) -> None:
        self.key = rsa.generate_private_key(65537, 2048)
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        made = self._builder(self.name, self.key.public_key(), AT - timedelta(days=900), AT + timedelta(days=3000))
        made = made.add_extension(x509.BasicConstraints(True, None), critical=True)
        self.certificate = made.add_extension(_usage(cert_sign=True), critical=True).sign(self.key, hashes.SHA256())
        self.root = self.certificate.public_bytes(Encoding.DER)

    def issue(
        self, name: str, *, since: int = -100, until: int = 300, stamping: bool = False
    ) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
        """A key and its certificate, in force from `since` to `until` days around AT."""
        key = rsa.generate_private_key(65537, 2048)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        made = self._builder(subject, key.public_key(), AT + timedelta(days=since), AT + timedelta(days=until))
        made = made.add_extension(x509.BasicConstraints(False, None), critical=True).add_extension(_usage(), critical=True)
        if stamping:
            made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        return key, made.sign(self.key, hashes.SHA256())

    def pkcs12(self, name: str, **days: int) -> bytes:
        key, certificate = self.issue(name, **days)
        return pkcs12.serialize_key_and_certificates(
            name.encode(), key, certificate, [self.certificate], BestAvailableEncryption(PASSPHRASE.encode())
        )

    def _builder(self, subject: x509.Name, key: rsa.RSAPublicKey, since: datetime, until: datetime) -> x509.CertificateBuilder:
        made = x509.CertificateBuilder().subject_name(subject).issuer_name(self.name).public_key(key)
        return made.serial_number(x509.random_serial_number()).not_valid_before(since).not_valid_after(until)


def stamper(authority: Authority) -> DummyTimeStamper:
    """A time-stamper of the authority that always says AT."""
    key, certificate = authority.issue("TSA thử", stamping=True)
    plain = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    store = SimpleCertificateStore.from_certs([asn1_x509.Certificate.load(authority.root)])
    loaded = asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
    return DummyTimeStamper(loaded, keys.PrivateKeyInfo.load(plain), store, fixed_dt=AT)


@contextmanager
def stamping_service(authority: Authority) -> Iterator[str]:
    """The stamper behind an address on the loopback, as RFC 3161 over HTTP."""
    stamps = stamper(authority)

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            said = stamps.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *said: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _usage(*, cert_sign: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not cert_sign, content_commitment=not cert_sign, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=cert_sign, crl_sign=cert_sign, encipher_only=False, decipher_only=False,
    )  # fmt: skip
