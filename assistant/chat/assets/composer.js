// Chainlit's question box: read it, fill it, send it.

export const box = () => document.getElementById("chat-input");

export function fill(text) {
  const input = box();
  if (!input) return;
  // React keeps its own copy of the value: it listens to the event, not to the property.
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(input, text);
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.focus();
}

// The button comes to life one frame after the box was filled; while an answer is being written there is none.
export function send(tries = 20) {
  const button = document.getElementById("chat-submit");
  if (button && !button.disabled) button.click();
  else if (tries > 0) requestAnimationFrame(() => send(tries - 1));
}
