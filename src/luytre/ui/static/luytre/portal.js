// Work done by the browser while the form is filled: a number whose SHA-256 with the form's token begins with 17 zero bits.
// Without script the form works all the same; then a plain question is asked when many reports come at once.
(async () => {
  const form = document.getElementById("bao");
  if (!form || !window.crypto || !crypto.subtle) return;
  const token = form.elements.token.value, coder = new TextEncoder();
  for (let number = 0; number < 50_000_000; number++) {
    const digest = new DataView(await crypto.subtle.digest("SHA-256", coder.encode(`${token}:${number}`)));
    if (digest.getUint32(0) >>> 15 === 0) { form.elements.work.value = String(number); return; }
  }
})();
