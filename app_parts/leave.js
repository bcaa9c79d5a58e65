// A press that keeps something reaches the server a moment later, and is lost with a page that is
// closed before. Until the server has answered, the browser asks whether to leave. So it does while
// there is work that is kept nowhere else (unsaved.py), until that is saved as a file or copied.
if (!window.senreiLeaving) {
  window.senreiLeaving = true;
  const keeps = [
    '[class*="st-key-save-"] button',
    '[class*="st-key-right-"] button',
    '[class*="st-key-say-"] button',
    '.st-key-proof [data-testid="stFormSubmitButton"] button',
    ".st-key-apply button",
    ".st-key-done button",
    ".st-key-undo button",
    '[data-do^="seen"]',
    '[data-do^="forgotten"]',
    '[data-do^="unsay"]',
  ].join(", ");
  let waiting = false;
  const wait = () => {
    const app = document.querySelector("[data-test-script-state]");
    if (!app || waiting) return;
    waiting = true;
    let ran = app.dataset.testScriptState === "running" ? -1 : 0; // that run is not yet ours
    const done = () => {
      waiting = false;
      watch.disconnect();
    };
    const watch = new MutationObserver(() => {
      if (app.dataset.testScriptState === "running") ran += 1;
      else if (ran > 0) done();
      else ran = 0;
    });
    watch.observe(app, { attributeFilter: ["data-test-script-state"] });
    setTimeout(done, 5000);
  };
  const saved = new Set();
  const works = () => [...document.querySelectorAll("[data-unsaved]")].map((x) => x.dataset.unsaved);
  const saves = (path, name) =>
    path.some((part) => part.matches?.(`.st-key-${name}-word button, .st-key-${name}-copy button`));
  window.addEventListener(
    "click",
    (event) => {
      for (const work of works())
        if (saves(event.composedPath(), work.split(" ")[0])) saved.add(work);
      if (event.composedPath().some((part) => part.matches?.(keeps))) wait();
    },
    true,
  );
  window.addEventListener("beforeunload", (event) => {
    if (waiting || works().some((work) => !saved.has(work))) event.preventDefault();
  });
}
