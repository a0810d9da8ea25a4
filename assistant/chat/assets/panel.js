// The official text beside the answer.

const SOURCES = 'a[href^="/source/"]';
const NARROW = window.matchMedia("(max-width: 60rem)");

export function sourcePanel(wording) {
  const frame = document.getElementById("source-panel");
  const content = document.getElementById("source-content");
  const behind = [document.getElementById("root"), document.getElementById("ai-notice")];
  const back = document.getElementById("source-back");
  const trail = []; // the addresses read before the one that is shown
  let shown = "";
  let opener = null;
  let latest = 0;

  const cover = () => behind.forEach((part) => (part.inert = !frame.hidden && NARROW.matches));
  NARROW.addEventListener("change", cover);

  async function open(address) {
    const mine = ++latest;
    const article = await read(address, wording);
    if (mine !== latest) return;
    shown = address;
    back.hidden = trail.length === 0;
    content.replaceChildren(article);
    frame.hidden = false;
    cover();
    content.scrollTop = 0;
    showQuote(article);
    (article.querySelector("h2") ?? frame).focus({ preventScroll: true });
  }

  // The heading stays in view when the quote begins in view, too.
  function showQuote(article) {
    const mark = article.querySelector("mark");
    const limit = content.getBoundingClientRect().top + content.clientHeight * 0.6;
    if (mark && mark.getBoundingClientRect().top > limit) mark.scrollIntoView({ block: "start" });
  }

  // Chainlit may have drawn the link anew meanwhile: the one to the same place takes the focus.
  function close() {
    if (frame.hidden) return;
    latest += 1;
    frame.hidden = true;
    cover();
    const same = opener && [...document.querySelectorAll(SOURCES)].filter((link) => link.getAttribute("href") === opener.getAttribute("href"));
    (opener?.isConnected ? opener : same?.at(-1) ?? document.getElementById("chat-input"))?.focus();
  }

  function follow(event) {
    const link = event.target.closest?.(SOURCES);
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (frame.contains(link)) {
      trail.push(shown);
    } else {
      opener = link;
      trail.length = 0;
    }
    open(link.getAttribute("href"));
  }

  document.addEventListener("click", follow, true);
  document.addEventListener("keydown", (event) => event.key === "Escape" && !document.querySelector("dialog[open]") && close());
  document.getElementById("source-close").addEventListener("click", close);
  back.addEventListener("click", () => open(trail.pop()));
  return { close };
}

async function read(address, wording) {
  try {
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    const article = page.querySelector("article.source");
    if (article) return document.adoptNode(article);
  } catch (error) {
    console.error(error);
  }
  const line = document.createElement("p");
  line.className = "source-note";
  line.textContent = wording.unavailable;
  return line;
}
