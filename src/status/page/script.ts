/**
 * What the page does where scripts run: sorts by a column, filters by words and by state. Without it the whole table stands there,
 * in the order that it was written in.
 */
export const script = `
"use strict";
(() => {
  const table = document.querySelector("#hosts");
  if (table === null) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const controls = document.querySelector(".controls");
  const words = controls.querySelector("input");
  const state = controls.querySelector("select");
  const shown = controls.querySelector("output");
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  const filter = () => {
    const wanted = words.value.toLowerCase().split(/\\s+/).filter((word) => word !== "");
    let count = 0;
    for (const row of rows) {
      const fits = (state.value === "" || row.dataset.state === state.value) && wanted.every((word) => texts.get(row).includes(word));
      row.hidden = !fits;
      if (fits) count += 1;
    }
    shown.value = count + " / " + rows.length;
  };
  const keyOf = (row, column) => row.cells[column].dataset.key ?? row.cells[column].textContent;
  const sort = (heading) => {
    const isDown = heading.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", isDown ? "descending" : "ascending");
    const column = heading.cellIndex;
    const sign = isDown ? -1 : 1;
    const keyed = rows.map((row, index) => ({ row, index, key: keyOf(row, column) }));
    keyed.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : a.index - b.index));
    body.append(...keyed.map(({ row }) => row));
  };
  for (const heading of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => sort(heading));
  }
  words.addEventListener("input", filter);
  state.addEventListener("change", filter);
  controls.hidden = false;
  filter();
})();
`;
