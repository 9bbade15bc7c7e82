/** What surrounds a panel: whether it is on a page, and keys that stay its own. */

export default { render };

function render({ model, el }) {
  const leave = new AbortController();
  const begin = () => {
    const panel = el.closest(".ck-panel");
    if (leave.signal.aborted) return;
    if (panel === null) requestAnimationFrame(begin); // it is not on the page yet
    else panel.addEventListener("focusin", own, { signal: leave.signal });
  };
  begin();
  model.send({ event: "came" });
  return () => {
    leave.abort();
    model.send({ event: "left" });
  };
}

/** A letter on a button is no command: JupyterLab would cut, delete or move the cell around it. */
function own({ target }) {
  if (!target.matches(":read-write")) target.setAttribute("data-lm-suppress-shortcuts", "true");
}
