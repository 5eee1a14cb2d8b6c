"use strict";
(() => {
  const events = new EventSource("/.lod/events");
  let version = null;
  let box = null;
  const show = (findings) => {
    box?.remove();
    box = document.createElement("section");
    box.id = "lod-findings";
    box.setAttribute("role", "alert");
    box.setAttribute("aria-label", "Findings");
    const title = document.createElement("h2");
    title.textContent = "The last save has findings; this page shows the data before it";
    const list = document.createElement("ul");
    for (const one of findings) {
      const item = document.createElement("li");
      const place = one.file ? `${one.file}:${one.line}:${one.column}: ` : "";
      item.textContent = `${place}${one.severity}[${one.code}]: ${one.message}`;
      if (one.hint) {
        const hint = document.createElement("p");
        hint.textContent = `hint: ${one.hint}`;
        item.append(hint);
      }
      list.append(item);
    }
    box.append(title, list);
    Object.assign(box.style, {
      position: "sticky", top: "0", zIndex: "1000", padding: "1rem", maxHeight: "50vh",
      overflow: "auto", background: "#7f1d1d", color: "#fff", font: "1rem/1.5 system-ui",
    });
    document.body.prepend(box);
  };
  events.addEventListener("state", (event) => {
    const state = JSON.parse(event.data);
    if (version !== null && version !== state.version) {
      location.reload();
      return;
    }
    version = state.version;
    if (state.findings.length) show(state.findings);
    else if (box) { box.remove(); box = null; }
  });
})();
