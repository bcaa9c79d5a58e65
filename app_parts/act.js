// Shows the HTML it is given and says which button was pressed. Everything in that HTML that came
// from a record or a question has been escaped where it was made (app_parts/markup.py).
const last = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".senrei");
  const before = last.get(root) || {};
  last.set(root, data);
  const box = () => root.querySelector(".text");
  const mark = () => root.querySelector("mark");
  const distance = () => mark().getBoundingClientRect().top - box().getBoundingClientRect().top;

  if (before.html !== data.html) {
    const same = before.place && before.place === data.place && mark();
    const was = same ? distance() : 0;
    root.innerHTML = data.html;
    if (mark()) {
      // The same quote stays where it was while more of the record comes around it.
      const wanted = same ? was : Math.max(24, box().clientHeight / 3 - 40);
      box().scrollTop += distance() - wanted;
    }
  }
  if (data.fresh && before.fresh !== data.fresh) {
    const show = () => root.scrollIntoView({ block: "start" });
    show();
    setTimeout(show, 60);
    setTimeout(show, 250);
  }
  root.onclick = (event) => {
    const button = event.target.closest("[data-do]");
    if (button) setTriggerValue("pressed", button.dataset.do);
  };
}
