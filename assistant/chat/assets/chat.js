// What Chainlit's page lacks: the panel of official texts beside the answer, names for its icon
// buttons, one announcement per finished answer, and a notice that folds after the first question.
// It only adds to the page: without it, a source opens as a page of its own.
"use strict";

(() => {
  const THEME_KEY = "vite-ui-theme";
  const SOURCES = 'a[href^="/source/"]';
  const NARROW = window.matchMedia("(max-width: 60rem)");

  // Chainlit starts in the light theme; the reader's own setting comes first.
  if (localStorage.getItem(THEME_KEY) === null) {
    localStorage.setItem(THEME_KEY, "system");
  }

  document.addEventListener("DOMContentLoaded", () => {
    const wording = JSON.parse(document.getElementById("wording").textContent);
    const panel = sourcePanel(wording);
    document.addEventListener("click", (event) => panel.follow(event), true);
    document.addEventListener("keydown", (event) => event.key === "Escape" && panel.close());
    document.getElementById("source-close").addEventListener("click", () => panel.close());
    document.querySelector(".skip-link").addEventListener("click", toTheQuestion);
    watch(wording, panel);
  });

  function toTheQuestion(event) {
    event.preventDefault();
    document.getElementById("chat-input")?.focus();
  }

  function sourcePanel(wording) {
    const frame = document.getElementById("source-panel");
    const content = document.getElementById("source-content");
    const behind = [document.getElementById("root"), document.getElementById("ai-notice")];
    let opener = null;
    let latest = 0;

    const cover = () => behind.forEach((part) => (part.inert = !frame.hidden && NARROW.matches));
    NARROW.addEventListener("change", cover);

    async function open(address) {
      const mine = ++latest;
      const article = await read(address, wording);
      if (mine !== latest) return;
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

    function close() {
      if (frame.hidden) return;
      latest += 1;
      frame.hidden = true;
      cover();
      (opener?.isConnected ? opener : document.getElementById("chat-input"))?.focus();
    }

    function follow(event) {
      const link = event.target.closest?.(SOURCES);
      if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      if (!frame.contains(link)) opener = link;
      open(link.getAttribute("href"));
    }

    return { follow, close };
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

  // Chainlit draws everything anew as answers come, so the page is looked over once a frame.
  function watch(wording, panel) {
    const root = document.getElementById("root");
    const notice = document.getElementById("ai-notice");
    const announcer = document.getElementById("announcer");
    let asked = false;
    let answering = false;
    let due = false;

    function look() {
      due = false;
      name(root, wording);
      const conversing = root.querySelector('[data-step-type="user_message"]') !== null;
      if (conversing !== asked) {
        asked = conversing;
        notice.open = !conversing;
        if (!conversing) panel.close();
      }
      const busy = document.getElementById("stop-button") !== null;
      if (answering && !busy) {
        announcer.textContent = [...root.querySelectorAll(".ai-message")].at(-1)?.innerText ?? "";
      }
      answering = busy;
    }

    new MutationObserver(() => {
      if (!due) {
        due = true;
        requestAnimationFrame(look);
      }
    }).observe(document.body, { childList: true, subtree: true });
    look();
  }

  function name(root, wording) {
    const names = [
      ["#chat-input", wording.question],
      ["#chat-submit", wording.send],
      ["#stop-button", wording.stop],
      ["#new-chat-button", wording.newConversation],
      ["#theme-toggle", wording.theme],
      [".ai-message button:not([aria-label]):not([id])", wording.copy],
      ["button.rounded-full:not([aria-label]):not([id])", wording.toTheEnd],
    ];
    for (const [selector, text] of names) {
      for (const element of root.querySelectorAll(selector)) {
        if (element.getAttribute("aria-label") !== text) element.setAttribute("aria-label", text);
      }
    }
    for (const logo of root.querySelectorAll('img.logo[alt="logo"]')) logo.alt = wording.logo;
  }
})();
