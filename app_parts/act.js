// Shows the HTML it is given and says which button was pressed. Everything in that HTML that came
// from a record or a question has been escaped where it was made (app_parts/markup.py).
const last = new WeakMap();

// The words chosen in a text, after the number of the character at which they begin.
function chosen(root) {
  const selection = root.getRootNode().getSelection?.() ?? document.getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return "-1 ";
  const range = selection.getRangeAt(0);
  const node = range.startContainer;
  const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-s]");
  if (!piece || !root.contains(piece)) return "-1 ";
  const before = document.createRange();
  before.setStart(piece, 0);
  before.setEnd(node, range.startOffset);
  const start = Number(piece.dataset.s) + [...before.toString()].length;
  return `${start} ${range.toString().slice(0, 2000)}`;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".senrei");
  const before = last.get(root) || {};
  last.set(root, { ...data, lit: before.place === data.place ? before.lit : "" });
  const box = () => root.querySelector(".text");
  const mark = () => root.querySelector("mark");
  const alike = (what) =>
    [...root.querySelectorAll("[data-do]")].filter((button) => button.dataset.do === what);
  // The pieces of a text say which characters they hold: those of a place are lit and shown.
  const light = (where, stay) => {
    if (!where) return false;
    const [start, end] = where.split(" ").map(Number);
    const pieces = [...root.querySelectorAll("[data-s]")];
    const held = pieces.filter((piece) => piece.dataset.s < end && piece.dataset.e > start);
    pieces.forEach((piece) => piece.classList.toggle("here", held.includes(piece)));
    if (held.length) last.set(root, { ...last.get(root), lit: where });
    if (!held.length || stay) return held.length > 0;
    const top = held[0].getBoundingClientRect().top - box().getBoundingClientRect().top;
    box().scrollTop += top - Math.max(24, box().clientHeight / 3 - 40);
    return true;
  };
  const distance = () => mark().getBoundingClientRect().top - box().getBoundingClientRect().top;

  if (before.html !== data.html) {
    const same = before.place && before.place === data.place && mark();
    const was = same ? distance() : 0;
    const stood = box() && before.place && before.place === data.place ? box().scrollTop : 0;
    root.innerHTML = data.html;
    if (stood && root.querySelector(".proof-text")) {
      box().scrollTop = stood;
      light(before.lit, true);
    }
    if (mark()) {
      // The same quote stays where it was while more of the record comes around it.
      const wanted = same ? was : Math.max(24, box().clientHeight / 3 - 40);
      box().scrollTop += distance() - wanted;
    }
  }
  if (root.querySelector(".proof-text")) {
    if (data.at && (before.at !== data.at || before.place !== data.place) && !light(data.at))
      box().scrollTop = 0;
    if (!root.dataset.listens) {
      root.dataset.listens = "yes";
      const listen = (event) => {
        if (!root.isConnected) window.removeEventListener("senrei-at", listen);
        else if (last.get(root).light(event.detail.where)) event.detail.found = true;
      };
      window.addEventListener("senrei-at", listen);
    }
    last.set(root, { ...last.get(root), light });
  }
  if (data.card && before.card !== data.card) {
    const card = [...root.querySelectorAll("[data-card]")].find((c) => c.dataset.card === data.card);
    if (card) setTimeout(() => card.scrollIntoView({ block: "center" }), 250);
  }
  if (data.fresh && before.fresh !== data.fresh) {
    // Streamlit scrolls to the end of a chat until it is told of a wheel and a scroll; the first line
    // of the answer is what is wanted. Held until all of the page has come, and a moment more, unless
    // the reader takes it in hand.
    const page = document.querySelector('[data-testid="stAppScrollToBottomContainer"]');
    let height = 0, quietSince = 0, left = false;
    const hold = (now) => {
      if (left || !root.isConnected) return;
      page?.dispatchEvent(new WheelEvent("wheel"));
      root.scrollIntoView({ block: "start" });
      page?.dispatchEvent(new Event("scroll"));
      const running = document.querySelector('[data-test-script-state="running"]');
      if (!quietSince || running || height !== page?.scrollHeight) quietSince = now;
      height = page?.scrollHeight;
      if (now - quietSince < 1500) requestAnimationFrame(hold);
    };
    hold(performance.now());
    for (const hand of ["wheel", "touchstart", "mousedown", "keydown"])
      window.addEventListener(hand, () => (left = true), { once: true, passive: true });
  }
  // On a narrow screen the source opens below, and the page may move: the pressed number stays.
  if (before.pressed && before.html !== data.html) {
    const [what, which] = before.pressed;
    const stay = () => {
      const button = alike(what)[which];
      if (button && button.getBoundingClientRect().top < 0) button.scrollIntoView();
    };
    setTimeout(stay, 100);
    setTimeout(stay, 400);
  }
  // A press on what takes the words chosen in the text over must not undo the choice.
  root.onmousedown = (event) => event.target.closest("[data-take]") && event.preventDefault();
  root.onclick = (event) => {
    const kind = event.target.closest("[data-take]")?.dataset.take;
    if (kind) return setTriggerValue("pressed", `take ${kind} ${chosen(root)}`);
    const button = event.target.closest("[data-do]");
    // A link that is to open elsewhere is the browser's.
    if (!button || (button.href && (event.ctrlKey || event.metaKey || event.shiftKey))) return;
    event.preventDefault();
    const what = button.dataset.do;
    if (what.startsWith("at ")) {
      const detail = { where: what.slice(3), found: false };
      window.dispatchEvent(new CustomEvent("senrei-at", { detail }));
      if (detail.found) return;
    }
    last.set(root, { ...last.get(root), ...data, pressed: [what, alike(what).indexOf(button)] });
    setTriggerValue("pressed", what);
  };
}
