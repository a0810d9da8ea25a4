// Before a question leaves the page, this server reads it for personal data; what it finds is asked about.
import { box, fill, send } from "./composer.js";

export function guard(wording) {
  const dialog = document.getElementById("guard-dialog");
  const found = document.getElementById("guard-found");
  const masked = document.getElementById("guard-masked");
  let cleared = null;
  let asking = false;

  function hold(event) {
    const text = box()?.value ?? "";
    if (!text.trim() || text === cleared) {
      cleared = null;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (!asking && document.getElementById("chat-submit")) check(text);
  }

  async function check(text) {
    asking = true;
    const result = await ask({ text });
    asking = false;
    if (result === null || result.found.length === 0) release(text);
    else show(result);
  }

  function release(text) {
    if (box().value !== text) return;
    cleared = text;
    send();
  }

  function show(result) {
    const items = result.found.map(({ kind, text }) => {
      const item = document.createElement("li");
      const words = document.createElement("strong");
      words.textContent = text;
      item.append(words, ` (${wording.kinds[kind]})`);
      return item;
    });
    found.replaceChildren(...items);
    masked.textContent = result.masked;
    dialog.showModal();
  }

  async function decide(choice) {
    const text = box().value;
    dialog.close();
    box().focus();
    if (choice === "mask") {
      fill(masked.textContent);
      requestAnimationFrame(() => release(masked.textContent));
    } else if (choice === "send") {
      await ask({ text, allow: true });
      release(text);
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.target.id === "chat-input" && event.key === "Enter" && !event.shiftKey && !event.isComposing) hold(event);
  }, true);
  document.addEventListener("click", (event) => event.target.closest?.("#chat-submit") && hold(event), true);
  dialog.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-guard]")?.dataset.guard;
    if (choice) decide(choice);
  });
}

// Without an answer the question goes on: the server that could not be asked reads it once more when it arrives.
async function ask(body) {
  try {
    const response = await fetch("/guard", { method: "POST", body: JSON.stringify(body) });
    return response.ok ? await response.json() : null;
  } catch (error) {
    console.error(error);
    return null;
  }
}
