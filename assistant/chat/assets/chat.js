// What Chainlit's page lacks: the panel of official texts beside the answer, names for its icon
// buttons, one announcement per finished answer, a notice that folds after the first question, the
// buttons under an answer, and the question about personal data. It only adds to the page: without
// it, a source opens as a page of its own, and the server masks personal data by itself.
import { actions } from "./actions.js";
import { guard } from "./guard.js";
import { sourcePanel } from "./panel.js";

const THEME_KEY = "vite-ui-theme";

// Chainlit starts in the light theme; the reader's own setting comes first.
if (localStorage.getItem(THEME_KEY) === null) {
  localStorage.setItem(THEME_KEY, "system");
}

const wording = JSON.parse(document.getElementById("wording").textContent);
const announcer = document.getElementById("announcer");
const panel = sourcePanel(wording);
let addressed = "";
guard(wording);
actions(wording, announce);
document.querySelector(".skip-link").addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("chat-input")?.focus();
});
watch();
shutWhatIsHidden();
followPrivacy();

function announce(text) {
  announcer.textContent = text;
}

// Chainlit draws everything anew as answers come, so the page is looked over once a frame.
function watch() {
  const root = document.getElementById("root");
  const notice = document.getElementById("ai-notice");
  let asked = false;
  let answering = false;
  let due = false;

  function look() {
    due = false;
    name(root);
    const conversing = root.querySelector('[data-step-type="user_message"]') !== null;
    if (conversing !== asked) {
      asked = conversing;
      notice.open = !conversing;
      if (!conversing) panel.close();
    }
    const busy = document.getElementById("stop-button") !== null;
    const last = [...root.querySelectorAll(".ai-message")].at(-1);
    if (answering && !busy && last) announce(spoken(last));
    answering = busy;
    keepAddress(root);
    translateToasts();
  }

  new MutationObserver(() => {
    if (!due) {
      due = true;
      requestAnimationFrame(look);
    }
  }).observe(document.body, { childList: true, subtree: true });
  look();
}

// While a list or a box of Chainlit is open it hides the rest of the page from screen readers; the rest must
// not take the focus either. Done at once, since Chainlit gives the focus back right after.
function shutWhatIsHidden() {
  const attribute = "data-aria-hidden";
  const observer = new MutationObserver((changes) => {
    for (const { target } of changes) target.inert = target.hasAttribute(attribute);
  });
  observer.observe(document.body, { subtree: true, attributes: true, attributeFilter: [attribute] });
}

// The server says whether the conversation is private; Chainlit passes that on as a message of the window to itself.
function followPrivacy() {
  window.addEventListener("message", ({ source, data }) => {
    if (source !== window || typeof data?.private !== "boolean") return;
    const before = document.body.dataset.private;
    document.body.dataset.private = data.private ? "yes" : "no";
    nameSwitch(document.getElementById("chat-settings-open-modal"));
    if (data.private && before === "no") announce(wording.privateNow);
  });
}

// A conversation that is kept has an address, so that reloading the page and going back find it again.
function keepAddress(root) {
  const thread = root.querySelector("[data-thread]")?.dataset.thread ?? "";
  if (thread && thread !== addressed && location.pathname === "/") history.replaceState(history.state, "", `/thread/${thread}`);
  addressed = thread || addressed;
}

// The messages of Chainlit's that no translation file holds; beside the sign-in, which says it in its own words, none
// is needed. They speak for themselves to screen readers, so their list is none.
function translateToasts() {
  const signingIn = document.getElementById("password") !== null;
  for (const title of document.querySelectorAll("[data-sonner-toast] [data-title]")) {
    if (title.textContent.startsWith("Couldn't resume chat")) title.textContent = wording.gone;
    if (title.textContent.startsWith("Unauthorized")) {
      if (signingIn) title.closest("[data-sonner-toast]").style.display = "none";
      else title.textContent = wording.signedOut;
    }
  }
  document.querySelector("[data-sonner-toaster]")?.setAttribute("role", "group");
}

// What a screen reader is told of a finished answer: its label, its verdict and its words, not its buttons.
function spoken(message) {
  const parts = [...message.querySelectorAll(".answer-label, .answer-understood, .verdict, .answer-text, .answer-warning")];
  const words = parts.length ? parts.map((part) => part.innerText).join("\n") : message.innerText;
  return `${wording.announced}\n${words}`;
}

function name(root) {
  for (const [selector, text] of wording.names) {
    for (const element of document.querySelectorAll(selector)) {
      if (element.getAttribute("aria-label") !== text) element.setAttribute("aria-label", text);
    }
  }
  // Who comes straight to the question box with a screen reader is told there that an AI answers.
  root.querySelector("#chat-input")?.setAttribute("aria-describedby", "ai-notice-summary");
  nameProfile(root.querySelector("#chat-profiles"));
  nameSwitch(document.getElementById("chat-settings-open-modal"));
  for (const logo of root.querySelectorAll('img.logo[alt="logo"]')) logo.alt = wording.logo;
}

// The button to the switch for private conversations says whether this one is; its style sheet shows its name.
function nameSwitch(button) {
  const text = document.body.dataset.private === "yes" ? wording.privateNow : wording.privacy;
  if (button && button.getAttribute("aria-label") !== text) button.setAttribute("aria-label", text);
}

// The list of profiles shows its choice only: its name says what is chosen, too.
function nameProfile(list) {
  if (!list) return;
  const chosen = list.innerText.trim();
  const text = `${wording.profile}${wording.colon} ${chosen}`;
  if (list.getAttribute("aria-label") !== text) list.setAttribute("aria-label", text);
  if (document.body.dataset.profile !== wording.profiles[chosen]) document.body.dataset.profile = wording.profiles[chosen] ?? "";
}
