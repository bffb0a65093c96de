/* Quick choices tick the table at once. Without this file the server adds them when it is sent. */
(() => {
  "use strict";
  const week = document.querySelector("table.week");
  if (!week) return;
  const cells = [...week.querySelectorAll("input[name=grid]")];
  const quick = [...document.querySelectorAll("input[name=quick]")];
  const anyTime = document.querySelector("input[name=any_time]");
  const of = (choice) => cells.filter((cell) => choice.dataset.cells.split(" ").includes(cell.value));

  const follow = () => {
    for (const choice of quick) choice.checked = of(choice).every((cell) => cell.checked);
    if (anyTime && cells.some((cell) => cell.checked)) anyTime.checked = false;
  };
  for (const choice of quick) {
    choice.addEventListener("change", () => {
      for (const cell of of(choice)) cell.checked = choice.checked;
      follow();
    });
    if (choice.checked) for (const cell of of(choice)) cell.checked = true;
  }
  for (const cell of cells) cell.addEventListener("change", follow);
  if (anyTime) {
    anyTime.addEventListener("change", () => {
      if (!anyTime.checked) return;
      for (const box of [...cells, ...quick]) box.checked = false;
    });
  }
  if (!anyTime || !anyTime.checked) follow();
})();
