// The buttons under an answer. Text and files are made by the server, with label, mark and signature.
import { fill, send } from "./composer.js";

export function actions(wording, announce) {
  const said = wording.actions;
  const toast = document.getElementById("toast");

  function tell(text) {
    toast.textContent = text;
    toast.hidden = false;
    announce(text);
    clearTimeout(tell.timer);
    tell.timer = setTimeout(() => (toast.hidden = true), 6000);
  }

  // Where the server says in a line of its own what is wrong, that line is shown.
  async function failure(response) {
    if (response.status === 404) return said.gone;
    if (response.status === 400) return said.incomplete;
    const line = response.headers.get("content-type")?.startsWith("text/plain") ? await response.text() : "";
    return line || said.failed;
  }

  // The clipboard is given a promise, since some browsers allow it only while the click is being handled.
  async function copy(key) {
    const texts = fetch(`/answer/${key}/copy`).then(async (response) => {
      if (!response.ok) throw new Error(await failure(response));
      return response.json();
    });
    const flavour = (type, name) => texts.then((both) => new Blob([both[name]], { type }));
    try {
      const item = new ClipboardItem({ "text/plain": flavour("text/plain", "plain"), "text/html": flavour("text/html", "html") });
      await navigator.clipboard.write([item]);
      tell(said.copied);
    } catch (error) {
      const gone = await texts.then(() => "", (reason) => reason.message);
      tell(gone || said.copy_failed);
    }
  }

  const forms = {
    export: asking("export-dialog", (key, form) => ({
      address: `/answer/${key}/export`,
      body: { format: form.format.value, ...publication(form) },
      done: download,
    })),
    report: asking("report-dialog", (key, form) => ({
      address: `/answer/${key}/report`,
      body: { reason: form.reason.value, comment: form.comment.value },
      done: () => tell(said.reported),
    })),
  };

  const names = document.getElementById("publication");

  function publication(form) {
    return names.hidden ? {} : { publication: true, reviewer: form.reviewer.value, editor: form.editor.value };
  }

  async function download(response) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await response.blob());
    link.download = /filename="([^"]+)"/.exec(response.headers.get("content-disposition"))[1];
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    tell(said.exported);
  }

  function asking(id, request) {
    const dialog = document.getElementById(id);
    const form = dialog.querySelector("form");
    const error = dialog.querySelector(".dialog-error");
    let key = "";

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const { address, body, done } = request(key, form.elements);
      try {
        const response = await fetch(address, { method: "POST", body: JSON.stringify(body) });
        if (!response.ok) {
          error.textContent = await failure(response);
          return;
        }
        dialog.close();
        await done(response);
      } catch (failed) {
        console.error(failed);
        error.textContent = said.failed;
      }
    });
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
    return (chosen) => {
      key = chosen;
      error.textContent = "";
      dialog.showModal();
    };
  }

  function exporting(key, forPublication) {
    names.hidden = !forPublication;
    document.getElementById("export-title").textContent = forPublication ? wording.publishTitle : wording.exportTitle;
    forms.export(key);
  }

  const doing = {
    copy,
    export: (key) => exporting(key, false),
    publish: (key) => exporting(key, true),
    report: forms.report,
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-action]");
    if (button) doing[button.dataset.action](button.dataset.answer);
    const question = event.target.closest?.("[data-ask]");
    if (question && document.getElementById("chat-submit")) {
      fill(question.dataset.ask);
      send();
    }
    const mail = event.target.closest?.('a[href^="mailto:"]');
    if (mail) {
      event.preventDefault();
      window.location.href = mail.href;
    }
  });
}
