// What Streamlit says in English to those who listen to the page, in Japanese.
if (!window.senreiSpoken) {
  window.senreiSpoken = true;
  const words = {
    "Collapse sidebar": "メニューを閉じる",
    "Expand sidebar": "メニューを開く",
    "Send message": "質問を送る",
    Open: "選択肢を開く",
    "Clear all": "すべて外す",
    "Clear value": "外す",
    "Choose date": "カレンダーから選ぶ",
    "file upload": "ファイルを選ぶ",
  };
  const labelled = "[aria-label]";
  const speak = (part) => {
    const said = part.getAttribute("aria-label")?.trim();
    if (words[said]) part.setAttribute("aria-label", words[said]);
  };
  const all = () => document.querySelectorAll(labelled).forEach(speak);
  let waits = false;
  new MutationObserver(() => {
    if (waits) return;
    waits = true;
    setTimeout(() => {
      waits = false;
      all();
    }, 200);
  }).observe(document.body, { subtree: true, childList: true, attributeFilter: ["aria-label"] });
  all();
  const skip = () => document.querySelector("[data-testid=stSkipToContent]");
  if (skip()) skip().setAttribute("aria-label", "本文へ移る");
}
