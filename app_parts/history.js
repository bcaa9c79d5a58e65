// "Back" leads to the page that was left, as it was left. Where a page is changed along with its
// parameters, Streamlit first puts the parameters into the old page's address and then changes the
// page: two steps of history, the first to a page that never was. And it begins each page at its top.
if (!window.senreiHistory) {
  window.senreiHistory = true;
  const push = history.pushState.bind(history);
  const here = () => location.pathname + location.search;
  const main = () => document.querySelector('[data-testid="stMain"]');
  const tops = new Map(); // address -> how far its page was scrolled
  let passing = ""; // the query of a step that changed nothing else
  history.pushState = (state, unused, url) => {
    const to = new URL(url, location.href);
    const stays = to.pathname === location.pathname;
    if (stays && to.search === location.search) return;
    if (!stays && passing && passing === to.search && location.search === passing) {
      history.replaceState(state, unused, url);
    } else {
      tops.set(here(), main()?.scrollTop ?? 0);
      push(state, unused, url);
    }
    passing = stays ? to.search : "";
  };
  window.addEventListener("popstate", () => {
    passing = "";
    const address = here(), top = tops.get(address);
    if (!top) return;
    let left = false; // to the reader's own hand
    for (const hand of ["wheel", "touchstart", "mousedown", "keydown", "input"])
      window.addEventListener(hand, () => (left = true), { once: true, passive: true });
    const began = performance.now();
    let held = 0; // since when it has stood there
    const hold = (now) => {
      if (left || here() !== address || now - began > 8000 || (held && now - held > 300)) return;
      const running = document.querySelector('[data-test-script-state="running"]');
      const page = main();
      if (running || !page || page.scrollHeight < top + page.clientHeight) held = 0;
      else if (Math.abs(page.scrollTop - top) > 1) page.scrollTop = top;
      else held ||= now;
      requestAnimationFrame(hold);
    };
    requestAnimationFrame(hold);
  });
}
