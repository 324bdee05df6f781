// Sorts and filters lists.
{
  const { sort, filter } = document.currentScript.dataset;
  const input = document.createElement("input");
  // The rows of a group, without what heads it.
  const rows = (body) => [...body.rows].filter(({ cells }) => cells[0].scope === "row");
  for (const table of document.querySelectorAll(".list, .heat")) {
    [...table.rows[0].cells].forEach((head, at, heads) => {
      const button = document.createElement("button");
      const text = ({ cells }) => cells[at].firstChild?.dateTime ?? cells[at].textContent;
      head.abbr = head.textContent;
      button.ariaLabel = sort.replace("{column}", () => head.abbr);
      button.onclick = () => {
        const turn = head.ariaSort === "ascending" ? -1 : 1;
        for (const head of heads) head.ariaSort = null;
        head.ariaSort = turn > 0 ? "ascending" : "descending";
        const order = (a, b) => !a - !b || turn * a.localeCompare(b, [], { numeric: true });
        for (const body of table.tBodies) body.append(...rows(body).sort((a, b) => order(text(a), text(b))));
      };
      // The preview brings rows back into their own order: they are turned round, and round again.
      addEventListener("patched", () => {
        if (head.ariaSort) button.click(button.click());
      });
      head.append(button);
    });
  }
  input.placeholder = input.ariaLabel = filter;
  input.oninput = () => {
    for (const body of document.querySelectorAll("tbody")) {
      for (const row of rows(body))
        row.hidden = !row.textContent.toLowerCase().includes(input.value.toLowerCase());
      body.hidden = rows(body).every(({ hidden }) => hidden);
    }
  };
  addEventListener("patched", input.oninput);
  document.querySelector(".head").append(input);
}
