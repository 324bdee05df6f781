// Sorts and filters lists.
{
  const { sort, filter } = document.currentScript.dataset;
  const input = document.createElement("input");
  for (const table of document.querySelectorAll(".list, .heat")) {
    const [body] = table.tBodies;
    [...table.rows[0].cells].forEach((head, at, heads) => {
      const button = document.createElement("button");
      const text = ({ cells }) => cells[at].firstChild?.dateTime ?? cells[at].textContent;
      head.abbr = head.textContent;
      button.ariaLabel = sort.replace("{column}", head.abbr);
      button.onclick = () => {
        const turn = head.ariaSort === "ascending" ? -1 : 1;
        for (const head of heads) head.ariaSort = null;
        head.ariaSort = turn > 0 ? "ascending" : "descending";
        const order = (a, b) => !a - !b || turn * a.localeCompare(b, [], { numeric: true });
        body.append(...[...body.rows].sort((a, b) => order(text(a), text(b))));
      };
      head.append(button);
    });
  }
  input.placeholder = input.ariaLabel = filter;
  input.oninput = () => {
    for (const row of document.querySelectorAll("tbody tr"))
      row.hidden = !row.textContent.toLowerCase().includes(input.value.toLowerCase());
  };
  document.querySelector(".head").append(input);
}
