// Searches the handbook, in a window over the page or on the page for that. script.js loads it when somebody
// wants to. What it reads is made by src/search/ and src/view/search/.
{
  const { src } = document.currentScript;
  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };
  // A file that holds a whole handbook has ways of its own; see src/single_file/search.js.
  const {
    url = (path) => new URL(path, src),
    get = (name) =>
      new Promise((loaded, failed) => {
        const script = element("script", { src: url("search/" + name + ".js"), onload: () => loaded(canvasbook[name]), onerror: failed });
        document.head.append(script);
        script.remove();
      }),
  } = (globalThis.canvasbook ??= {});
  const page = document.getElementById("_search");
  const WORD = /([\p{Alphabetic}\p{M}\p{N}]+)/u;
  let files, root, words, active;

  // Files of the index, each loaded once while the search is open.
  const load = (name, read) => (files[name] ??= get(name).then(read));

  // Words as the index has them; see src/search/fold.rs.
  const fold = (text) =>
    text
      .normalize("NFKD")
      .toLowerCase()
      .replace(RegExp(root.dropped, "gu"), "")
      .replace(/[^ -~]/g, (letter) => root.letters[letter] ?? letter)
      .normalize("NFKC");
  const split = (text) => fold(text).split(WORD).filter((_, at) => at % 2);
  const pairs = (word) =>
    word.split(RegExp(root.paired, "u")).flatMap((part, at) => {
      const letters = [...part];
      if (at % 2 && letters[1]) return letters.slice(1).map((letter, at) => letters[at] + letter);
      return part.slice(0, 32) || [];
    });
  // Whether a word is of a script that is written without blanks, or of one that few slip in.
  const isFar = (word) => word > "\u0e00";

  // Takes a shard apart; see src/search/shards.rs.
  const readTerms = (text) => {
    const terms = [];
    let at = 0;
    let term = "";
    const number = () => {
      let value = 0;
      let digit;
      while ((digit = text.charCodeAt(at++)) > 92) value = value * 34 + digit - 92;
      return value * 57 + digit - 35;
    };
    const list = (length, step = 1) => {
      let sum = 0;
      return Array.from({ length }, () => (sum += number() - (sum % step)));
    };
    while (at < text.length) {
      term = term.slice(0, number());
      const length = number();
      term += text.slice(at, (at += length));
      const count = number();
      terms.push({ term, isCut: count % 2, names: list(count >> 1, 16), texts: list(number()), within: list(2 * number()) });
    }
    return terms;
  };

  // Records by their numbers; see src/view/search/records.rs.
  const readRecords = (groups) => {
    const records = {};
    for (let [at, place, start, lang, ...rows] of groups) {
      for (const [gap, name, excerpt, path] of rows) {
        records[(at += gap)] = { name, place, excerpt, lang, path: start + path };
      }
    }
    return records;
  };

  // How many of an ascending list are no greater than a value.
  const upTo = (list, value) => {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle] > value) high = middle;
      else low = middle + 1;
    }
    return low;
  };

  // The terms that begin with something, from so many shards.
  const begin = async (start, most = 2) => {
    const first = upTo(root.shards, start) - 1;
    const end = Math.min(upTo(root.shards, start + "\uffff"), first + most);
    const shards = root.shards.slice(first, end).map((_, at) => load("terms-" + (first + at), readTerms));
    return (await Promise.all(shards)).flat().filter(({ term }) => term.startsWith(start));
  };
  const exact = async (word) => (await begin(word, 1)).filter(({ term }) => term === word);

  // Whether one slip makes one word the beginning of the other.
  const isNear = (typed, term) => {
    let at = 0;
    while (at < typed.length && typed[at] === term[at]) at++;
    const isSame = (a, b) => term.slice(at + b).startsWith(typed.slice(at + a));
    if (typed[at] === term[at + 1] && typed[at + 1] === term[at] && isSame(2, 2)) return true;
    return isSame(1, 1) || isSame(1, 0) || isSame(0, 1);
  };

  // Terms that a word may mean: itself, those that begin with it, else those that are a slip away.
  const find = async (word, isOpen) => {
    const found = await (isOpen || word.length < 2 ? begin(word) : exact(word));
    if (found.length || word.length < 4 || isFar(word)) return found;
    const starts = [2, 3, 4].map((at) => "~" + word.slice(at));
    const near = await Promise.all([...starts, word.slice(0, 3), word.slice(0, 2) + word[3]].map((start) => begin(start)));
    // A tail leads from the end of a word to its beginning.
    const meant = near.flat().map(({ term }) => term.replace(/^~(.*)~(.*)/, "$2$1"));
    const slips = new Set(meant.filter((term) => isNear(word, term)).slice(0, 40));
    return (await Promise.all([...slips].map(exact))).flat();
  };

  // The numbers of records that a query means, best first; words to mark in them; what the query may become.
  const search = async (query) => {
    const filters = [];
    const rest = query.replace(/(?<!\S)(\w+):("[^"]*"?|\S*)/g, (all, key, value) => {
      if (!root.filters.includes(key)) return all;
      filters.push(key + ":" + split(value).join("-"));
      return " ";
    });
    const typed = split(rest).flatMap(pairs).slice(0, 16);
    const asked = await Promise.all([
      ...typed.map((word, at) => find(word, !typed[at + 1] && !/\s$/.test(rest))),
      ...filters.map((filter) => begin(filter, 1)),
    ]);
    // The first record from one on that some terms let through.
    const next = (terms, record) =>
      Math.min(
        ...terms.map(({ within, isCut }) => {
          const at = upTo(within, record);
          return isCut || at % 2 ? record : within[at] ?? Infinity;
        }),
      );
    const whole = {};
    const scores = typed.map((word, at) => {
      const best = {};
      const add = (record, score) => (best[record] = Math.max(best[record] ?? 0, score));
      for (const { term, names, texts } of asked[at]) {
        const weight = term.startsWith(word) ? 0.5 + word.length / term.length / 2 : 0.4;
        for (const name of names) {
          // The rank of a word; see src/search/builder.rs.
          const record = name >> 4;
          const share = 1 / ((name >> 1) % 8 + 1);
          add(record, weight * (3 + share - (name % 2) / 2));
          if (weight === 1) whole[record] = (whole[record] ?? 0) + share;
        }
        for (const text of texts) add(text, weight);
      }
      return best;
    });
    const found = Object.keys(Object.assign({}, ...scores));
    // Without a word filters find all that they let through, and among it numbers that no record has.
    for (let record = 0; !typed[0] && asked[0] && record < Infinity && !found[4000]; ) {
      const first = Math.max(...asked.map((terms) => next(terms, record)));
      if (first === record) found.push("" + record++);
      else record = first;
    }
    const ranked = found.map((record) => {
      let missing = 0;
      let score = whole[record] > 0.99 ? 9 : 0;
      asked.forEach((terms, at) => {
        const own = scores[at]?.[record];
        score += own ?? 0.5;
        if (!own && next(terms, record) > record) missing += typed[at] ? 1 : 99;
      });
      return { record, missing, score };
    });
    ranked.sort((a, b) => a.missing - b.missing || b.score - a.score || a.record - b.record);
    const records = ranked.filter(({ missing }) => missing < 99 && missing === ranked[0].missing).map(({ record }) => record);
    let ends = query ? [] : root.filters.map((filter) => ({ term: "?" + filter + ":" }));
    if (filters[0] && /:\S*$/.test(query)) ends = await begin("?" + filters.at(-1));
    const completions = ends.map(({ term }) => query.replace(/\S*$/, term.slice(1))).filter((text) => text !== query);
    return { records, completions, marks: asked.flat(), isCounted: typed[0] || !records[0] };
  };

  const marked = (text, marks) =>
    text.split(WORD).map((word, at) => {
      const folded = fold(word);
      const isMarked = (mark) => (isFar(mark) ? folded.includes(mark) : folded.startsWith(mark));
      return at % 2 && marks.some(isMarked) ? element("mark", {}, word) : word;
    });
  const box = page ?? document.body.appendChild(element("dialog", { className: "searching" }));
  box.innerHTML =
    '<input role="combobox" aria-autocomplete="list" aria-controls="_hits">' +
    '<div role="listbox" id="_hits"></div><p role="status"></p><button hidden></button>';
  const [input, list, status, more] = box.children;

  const choose = (at) => {
    active = Math.max(-1, Math.min(at, list.children.length - 1));
    for (const option of list.children) option.ariaSelected = option === list.children[active];
    input.setAttribute("aria-activedescendant", list.children[active]?.id ?? "");
    list.children[active]?.scrollIntoView({ block: "nearest" });
  };
  const update = async (count = 6) => {
    const query = input.value;
    if (page) history.replaceState(null, "", "?q=" + encodeURIComponent(query));
    try {
      root = await load("root");
      words = root.words[document.documentElement.lang];
      input.placeholder = words.placeholder;
      box.ariaLabel = input.ariaLabel = list.ariaLabel = words.search;
      more.textContent = words.more;
      const { records, marks, completions, isCounted } = await search(query);
      const wanted = (number) => load("records-" + (number >> 8), readRecords);
      // All that are likely shown are asked for at once.
      await Promise.all(records.slice(0, count).map(wanted));
      const found = [];
      for (const number of records) {
        const hit = !found[count - 1] && (await wanted(number))[number];
        if (hit) found.push(hit);
      }
      if (query !== input.value) return;
      const ends = completions.map((name) => ({ name, excerpt: "", path: "search.html?q=" + encodeURIComponent(name) }));
      list.replaceChildren(
        ...[...ends.slice(0, 8), ...found].map(({ name, place, excerpt, lang, path }, at) => {
          const onclick = () => {
            if (place) return void box.close?.();
            input.value = name;
            input.focus();
            update();
            return false;
          };
          return element(
            "a",
            { role: "option", tabIndex: -1, id: "_hit-" + at, href: url("../" + path), lang: lang ?? "", onclick },
            element("b", {}, ...marked(name, marks)),
            element("small", {}, place ?? ""),
            element("span", {}, ...marked(excerpt, marks)),
          );
        }),
      );
      more.hidden = !found[count - 1] || !records[count];
      input.ariaExpanded = !!list.firstChild;
      const said = words[records[1] ? "many" : records[0] ? "one" : "none"];
      status.textContent = query && isCounted ? said.replace("{n}", records.length).replace("{query}", () => query) : "";
      choose(-1);
    } catch {
      files = {};
      status.textContent = words?.failed;
    }
  };
  input.oninput = () => update();
  more.onclick = () => update(list.children.length + 8);
  input.onkeydown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose(active + step);
    if (event.key === "Enter" && !event.isComposing) list.children[Math.max(active, 0)]?.click();
    return !step;
  };
  box.onclick = ({ target }) => {
    if (target === box) box.close?.();
  };

  canvasbook.open = () => {
    files = {};
    if (!page) box.showModal();
    input.select();
    update();
  };
  input.value = new URLSearchParams(location.search).get("q");
  if (src) document.head.append(element("link", { rel: "stylesheet", href: url("search.css"), onload: canvasbook.open }));
}
