// Security keys: a form with data-key-form names the work (allauth.webauthn.forms) and, in data-key-ids, the elements it works with.
document.addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("[data-key-form]")) {
    window.allauth.webauthn.forms[form.dataset.keyForm]({ ids: JSON.parse(form.dataset.keyIds) });
  }
});
// A key refused, absent or cancelled: said on the page, in words that stand there already.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const said = document.getElementById("key-fault");
  if (said) said.hidden = false;
});
