// Where the focus is now, and what is wrong there. Given: the control that somebody looks for.
// What a control looks like without the focus is remembered at the first stop of a page.
target => {
  const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";
  const LOOKS = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "borderTopColor", "backgroundColor"];
  const seen = (window.seenWithoutFocus ??= new WeakMap());
  const at = document.activeElement;

  const around = element => [element, element.closest("label"), element.closest(".door")].filter(Boolean);
  const look = element => around(element).map(one => {
    const style = getComputedStyle(one);
    return LOOKS.map(name => style[name]).join(" ");
  }).join("; ");
  const name = element => `<${element.localName}> “${(element.innerText || element.getAttribute("aria-label")
    || element.labels?.[0]?.innerText || element.name || "").trim().slice(0, 50)}”`;

  for (const element of document.querySelectorAll(FOCUSABLE))
    if (element !== at && !seen.has(element)) seen.set(element, look(element));
  if (!at || at === document.body) return {name: "the page", wrong: [], follows: true};

  // A control that is drawn by its label is as large as that.
  const isDrawn = at.getBoundingClientRect().width > 2 && getComputedStyle(at).opacity !== "0";
  const shown = isDrawn ? at : at.closest("label") ?? at;
  const box = shown.getClientRects()[0] ?? shown.getBoundingClientRect();
  // Of what scrolls in itself, such as a long text, the line with the cursor is brought to the screen.
  const [highest, lowest] = at.matches("textarea") ? [0, innerHeight] : [-Infinity, Infinity];
  const [begins, ends] = [Math.max(box.top, highest), Math.min(box.bottom, lowest)];
  const [left, right, top, bottom] = [box.left + 3, box.right - 3, begins + 3, ends - 3];
  const middle = [(left + right) / 2, (top + bottom) / 2];
  const points = [[left, top], [right, top], [left, bottom], [right, bottom], middle];
  const isFree = ([x, y]) => {
    const hit = document.elementFromPoint(x, y);
    return hit && (shown.contains(hit) || hit.contains(shown) || hit.closest("label")?.control === at);
  };
  const isRounded = box.width < 40 || box.height < 20;
  const wrong = [];
  if (seen.has(at) && seen.get(at) === look(at)) wrong.push("looks as without the focus");
  if (box.width * box.height === 0) wrong.push("has no size");
  else if (ends - begins < 6) wrong.push("is not on the screen");
  else if (box.height < innerHeight && (begins < 0 || ends > innerHeight)) wrong.push("is not on the screen");
  else if (box.left < 0 || box.right > innerWidth + 1) wrong.push("is beside the screen");
  else if (!(isRounded ? [middle] : points).every(isFree)) wrong.push("is covered");

  const order = at.compareDocumentPosition(target);
  return {
    name: name(at),
    wrong: wrong.map(what => `${name(at)} ${what} (${location.pathname})`),
    there: at === target,
    follows: Boolean(order & Node.DOCUMENT_POSITION_FOLLOWING),
    isSibling: at.type === "radio" && target.type === "radio" && at.name === target.name,
    isTicked: Boolean(target.checked),
    leads: at.matches("a[href]:not([href^='#'])") || (at.type === "submit" && Boolean(at.form)),
  };
}
