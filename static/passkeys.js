// Passkeys: asks the device, puts its answer into the form and sends it. Without it, and where it
// can't work, the forms stay hidden and the page says what works instead.
(() => {
  "use strict";
  const forms = [...document.querySelectorAll("form[data-passkey]")].filter(
    (form) => form.dataset.origin === location.origin && !form.dataset.ready,
  );
  const Key = window.PublicKeyCredential;
  if (!forms.length || !window.isSecureContext || !Key?.parseRequestOptionsFromJSON) return;

  const FRESH = 4 * 60 * 1000; // milliseconds; the server waits five minutes for an answer
  const words = { NotAllowedError: "cancelled", InvalidStateError: "known", Busy: "busy" };
  let offering = null;

  const say = (form, key) => {
    form.querySelector("[data-said]").textContent = key ? form.dataset[key] : "";
  };

  const ask = async (form, signal) => {
    const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value });
    const answer = await fetch(form.dataset.options, { method: "POST", body, signal });
    if (answer.redirected) location.reload(); // one has to sign in, or to prove it, first
    if (answer.status === 429) throw Object.assign(new Error(), { name: "Busy" });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    return answer.json();
  };

  const send = (form, credential) => {
    form.elements.credential.value = JSON.stringify(credential.toJSON());
    form.submit();
  };

  const run = async (form) => {
    offering?.abort();
    say(form, "");
    form.setAttribute("aria-busy", "true");
    try {
      const told = await ask(form);
      const credential =
        form.dataset.passkey === "create"
          ? await navigator.credentials.create({ publicKey: Key.parseCreationOptionsFromJSON(told) })
          : await navigator.credentials.get({ publicKey: Key.parseRequestOptionsFromJSON(told) });
      send(form, credential);
    } catch (error) {
      say(form, words[error.name] || "failed");
      form.removeAttribute("aria-busy");
      offer();
    }
  };

  // Passkeys among what the browser suggests in the address field.
  const offer = async () => {
    const form = forms.find((one) => "autofill" in one.dataset);
    if (!form || document.hidden) return;
    offering?.abort();
    offering = new AbortController();
    const { signal } = offering;
    try {
      if (!(await Key.isConditionalMediationAvailable?.())) return;
      const publicKey = Key.parseRequestOptionsFromJSON(await ask(form, signal));
      send(form, await navigator.credentials.get({ publicKey, mediation: "conditional", signal }));
    } catch {
      // The button is there, and so is the code by mail.
    }
  };

  for (const form of forms) {
    form.dataset.ready = "yes";
    form.hidden = false;
    form.parentElement.querySelector("[data-passkey-without]")?.remove();
    form.addEventListener("submit", (event) => {
      const unnamed = form.elements.name && !form.elements.name.value.trim();
      if (unnamed) return; // the server says what is missing
      event.preventDefault();
      run(form);
    });
  }
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) for (const form of forms) form.removeAttribute("aria-busy");
  });
  setInterval(offer, FRESH);
  offer();
})();
