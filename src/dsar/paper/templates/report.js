"use strict";
for (const field of document.querySelectorAll("input[data-rows]")) {
  const rows = [...document.getElementById(field.dataset.rows).tBodies[0].rows].map((row) => [row, row.textContent.toLowerCase()]);
  const said = document.getElementById(field.dataset.rows + "-count");
  const narrow = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    for (const [row, text] of rows) {
      const fits = words.every((word) => text.includes(word));
      row.hidden = !fits;
      left += fits ? 1 : 0;
    }
    said.textContent = said.dataset.words.replace("{n}", left);
  };
  field.closest(".search").hidden = false;
  field.addEventListener("input", narrow);
  narrow();
}
