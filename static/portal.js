// What the portal needs beyond htmx; every page works without this file.
(() => {
  "use strict";
  const script = document.currentScript;

  // The CDN was blocked, changed or down: take our own copy.
  if (!window.htmx && script && script.dataset.htmx) {
    const local = document.createElement("script");
    local.src = script.dataset.htmx;
    document.head.append(local);
  }

  const say = (text) => {
    const flash = document.getElementById("flash");
    if (!flash || !text) return;
    const notice = document.createElement("p");
    notice.className = "notice notice--error";
    notice.textContent = text;
    flash.replaceChildren(notice);
  };
  const lost = () => say(document.getElementById("flash")?.dataset.lost);

  // htmx 4: detail.ctx is the request; ctx.response is missing when the network failed.
  document.addEventListener("htmx:error", ({ detail }) => {
    if (detail.ctx && !detail.ctx.response && !isBell(detail.ctx)) lost();
  });

  // A 5xx without HX-Retarget is a proxy's page, not ours: leave the target as it is.
  document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
    if (ctx.response.status >= 500 && !ctx.hx?.retarget) {
      ctx.swap = "none";
      lost();
    }
  });

  const busy = new WeakMap();
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (!(ctx.target instanceof Element)) return;
    busy.set(ctx, ctx.target);
    ctx.target.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    const target = busy.get(ctx);
    if (!target) return;
    target.removeAttribute("aria-busy");
    if (target.id) document.getElementById(target.id)?.removeAttribute("aria-busy");
  });

  // What stands in the target's place: an outer swap has put another element there, with the same id.
  const placed = ({ target, sourceElement }) => {
    const root = typeof target === "string" ? document.querySelector(target) : target;
    if (!root || root.isConnected) return root;
    return (root.id && document.getElementById(root.id)) || (sourceElement?.isConnected ? sourceElement : null);
  };

  // A refused form: go to what has to be corrected. Otherwise htmx keeps the focus on what has the same id;
  // where that is gone with what was swapped, go to the heading of what came there, or to all of it.
  const held = new WeakMap();
  document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
    const root = placed(ctx);
    if (root?.contains(document.activeElement)) held.set(ctx, { around: root.parentElement, before: root.previousElementSibling });
  });
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (ctx.response?.status === 422) {
      const root = placed(ctx);
      (root?.querySelector("[autofocus]") || root?.querySelector('[aria-invalid="true"]'))?.focus();
    } else if (held.has(ctx) && document.activeElement === document.body) {
      const { around, before } = held.get(ctx);
      const root = ctx.target.isConnected ? ctx.target : before ? before.nextElementSibling : around?.firstElementChild;
      const place = root?.querySelector("h1, h2, h3, h4") || root;
      if (place && !place.hasAttribute("tabindex")) place.tabIndex = -1;
      place?.focus();
    }
  });

  // The bell asks how many notices are unread: each minute while somebody sees the page, and at once
  // when they come back to it. Whatever goes wrong, the page is left as it is.
  const MINUTE = 60000;
  const bell = () => document.getElementById("bell");
  const isBell = (ctx) => ctx?.sourceElement?.id === "bell";
  let asked = Date.now();
  let timer = 0;
  let signedOut = false;
  const look = () => {
    if (signedOut || !bell() || Date.now() - asked < MINUTE - 1000) return;
    asked = Date.now();
    bell().dispatchEvent(new Event("look"));
  };
  const watch = () => {
    clearInterval(timer);
    if (document.visibilityState !== "visible") return;
    look();
    timer = setInterval(look, MINUTE);
  };
  document.addEventListener("visibilitychange", watch);
  watch();

  document.addEventListener("htmx:before:response", (event) => {
    const { ctx } = event.detail;
    if (!isBell(ctx) || ctx.response.status < 400) return;
    event.preventDefault();
    signedOut = ctx.response.status === 401;
  });
  // What came while one was elsewhere is seen at the tab, too.
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    const written = /^\(\d+\) /;
    if (!bell() || !(isBell(ctx) || written.test(document.title))) return;
    const unread = Number(bell().dataset.unread);
    const title = document.title.replace(written, "");
    document.title = unread ? `(${unread}) ${title}` : title;
  });

  // The menu of small screens: close on Escape and on a click elsewhere.
  const menus = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.parentElement.contains(event.target)) menu.open = false;
  });
})();
