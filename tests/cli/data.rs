//! Files for programs: the JSON of canvases and its catalogue.

use expect_test::expect;

use crate::handbook::{CANVAS, Handbook};

#[test]
fn every_canvas_has_its_data_beside_it_and_a_catalogue_names_them() {
    let handbook = Handbook::new()
        .file("canvasbook.toml", "[departments.production]\nowner = \"Head Baker\"\n")
        .file("content/page.md", "See [[index]].\n")
        .file(
            "content/shops/index.md",
            format!("+++\nstage = \"grow\"\nowner = \"Founder\"\n+++\n\n{CANVAS}"),
        )
        .file(
            "content/shops/a b.md",
            format!("{CANVAS}\n## Channels\n\n- **Bike** — to [[Shops]].\n"),
        );
    handbook.run("build --quiet").status(0);
    let data = |path: &str| -> serde_json::Value {
        let text =
            std::fs::read_to_string(handbook.path(&format!("public/{path}"))).expect("is there");
        assert_eq!((text.lines().count(), text.contains("null")), (1, false), "{text}");
        serde_json::from_str(&text).expect("is JSON")
    };
    let catalogue = data("handbook.json");
    expect![[r#"
        {
          "canvases": [
            {
              "json": "shops/a b.json",
              "kind": "business-model",
              "path": "content/shops/a b.md",
              "title": "A b",
              "url": "shops/a b.html"
            },
            {
              "json": "shops/index.json",
              "kind": "business-model",
              "owner": "Founder",
              "path": "content/shops/index.md",
              "stage": "grow",
              "title": "Shops",
              "url": "shops/index.html"
            }
          ],
          "departments": [
            {
              "id": "production",
              "owner": "Head Baker",
              "title": "Production",
              "url": "departments/production.html"
            }
          ],
          "owners": [
            {
              "title": "Founder",
              "url": "owners/founder.html"
            },
            {
              "title": "Head Baker",
              "url": "owners/head-baker.html"
            }
          ],
          "version": 1
        }
    "#]]
    .assert_eq(&format!("{catalogue:#}\n"));
    let exported = handbook.run("export").status(0).json();
    let canvases = catalogue["canvases"].as_array().expect("a list");
    assert_eq!(canvases.len(), 2);
    let mut found = Vec::new();
    for (at, listed) in canvases.iter().enumerate() {
        let mut file = data(listed["json"].as_str().expect("an address"));
        let mut canvas = exported["canvases"][at].clone();
        elements(&mut canvas, |_, element| drop(element.remove("span")));
        // Only the export has them; readers find them on the page of gaps.
        canvas.as_object_mut().expect("an object").remove("gaps");
        // Each element has its own relations.
        let mut relations = Vec::new();
        elements(&mut file["canvas"], |id, element| {
            for mut relation in element.remove("relations").iter().flat_map(list).cloned() {
                relation["from"] = id.into();
                relations.push(relation);
            }
        });
        assert_eq!(file["canvas"], canvas);
        for (field, all) in listed.as_object().expect("an object") {
            assert_eq!(file["canvas"][field], *all);
        }
        let own = |name: &str| {
            let all = list(&exported[name]).iter();
            let mut own: Vec<_> =
                all.filter(|item| item["canvas"] == listed["path"]).cloned().collect();
            own.iter_mut().for_each(|item| drop(item.as_object_mut().map(|i| i.remove("canvas"))));
            own
        };
        assert_eq!(relations, own("relations"));
        // A link between two elements of the canvas is in its relation already.
        let mut references = own("references");
        references.retain(|item| item["to_canvas"] != listed["path"]);
        assert_eq!(file["references"].as_array().cloned().unwrap_or_default(), references);
        found.push((references.len(), relations.len()));
    }
    assert_eq!(found, [(1, 2), (0, 2)]);
}

/// The items of a list.
fn list(value: &serde_json::Value) -> &Vec<serde_json::Value> {
    value.as_array().expect("a list")
}

/// Looks at the elements of a canvas, each with its id.
fn elements(
    canvas: &mut serde_json::Value,
    mut look: impl FnMut(&str, &mut serde_json::Map<String, serde_json::Value>),
) {
    for block in canvas["blocks"].as_array_mut().expect("blocks") {
        for element in block["elements"].as_array_mut().expect("elements") {
            let element = element.as_object_mut().expect("an object");
            let id = element["id"].as_str().expect("an id").to_owned();
            look(&id, element);
        }
    }
}

#[test]
fn nobody_else_takes_the_place_of_a_canvas_data() {
    Handbook::new()
        .file("content/a.md", CANVAS)
        .file("content/a.json", "{}")
        .file("content/handbook.md", CANVAS)
        .run("build")
        .status(1)
        .stderr(expect![[r#"
            error[colliding-paths]: `content/a.json` and `content/a.md` both claim the path `a.json`
             --> content/a.json
              |
              = note: claims it
              = help: rename one of them; names that differ only by case or accents' coding are one name on many systems
            note: claims it too
             --> content/a.md:1:1
              |
            1 | ## Value Propositions
              | ^

            error[colliding-paths]: `content/handbook.md` claims `handbook.json`, where canvasbook puts a page of its own
             --> content/handbook.md:1:1
              |
            1 | ## Value Propositions
              | ^
              |
              = help: rename it, or move it to another folder

            2 errors in 2 files
        "#]]);
    // Where pages clash, or have names that no file may have, their data is not reported as well.
    let clash = Handbook::new().file("content/a.md", CANVAS).file("content/A.md", CANVAS);
    let told = clash.file("content/con.md", CANVAS).run("check --format json").status(1).json();
    let told = told.as_array().expect("a list").iter().filter(|told| told["severity"] == "error");
    let told: Vec<&str> = told.filter_map(|told| told["message"].as_str()).collect();
    expect![[r#"
        `content/a.md` and `content/A.md` both claim the path `a.analysis.html`
        `content/a.md` and `content/A.md` both claim the path `a.html`
        `con.analysis.html` cannot be published everywhere: it is a device's name on Windows
        `con.html` cannot be published everywhere: it is a device's name on Windows"#]]
    .assert_eq(&told.join("\n"));
}

#[test]
fn what_counts_an_entry_ends_before_the_markup_of_its_name() {
    let text = "# A\n\n## Customer Segments\n\n\
         ### Segment 1: [Hotels](https://h.example)\n\
         ### Segment 2: ![p](https://x.y/p.png) Inns\n\
         ### Segment 3: ~~old~~ new\n\
         ### `Segment` 4: Home\n\
         ### Segment 5 – ==x== y\n\
         ### Segment 6: [[segment|Bars]] x\n\
         ### Segment 7: <https://h.example>\n\
         ### Segment 8: Kiosks `x` [[segment]]\n\
         ### **Segment 9[^1]: *Fairs***\n\
         ### [[segment]] B: Cafés\n\
         ### [Segment 10](https://h.example): Canteens\n\n[^1]: Note.\n";
    let handbook = Handbook::new()
        .file("content/a.md", format!("+++\ncanvas = true\n+++\n{text}"))
        .file("content/segment.md", "# Segment\n\nText.\n");
    handbook.run("build --quiet");
    let site = handbook.tree("public").0;
    let page = str::from_utf8(&site["a.html"]).expect("UTF-8");
    let items = page.lines().filter(|line| line.starts_with("<li id=\"customer-segments/"));
    let items: Vec<&str> = items.filter_map(|item| Some(item.split_once("<p>")?.1)).collect();
    expect![[r##"
        <b><a href="https://h.example" class="external">Hotels</a></b> – Segment 1</p></li>
        <b><img src="https://x.y/p.png" alt="p" loading="lazy"> Inns</b> – Segment 2</p></li>
        <b><del>old</del> new</b> – Segment 3</p></li>
        <b>Home</b> – <code>Segment</code> 4</p></li>
        <b><mark>x</mark> y</b> – Segment 5</p></li>
        <b><a href="segment.html">Bars</a> x</b> – Segment 6</p></li>
        <b><a href="https://h.example" class="external">https://h.example</a></b> – Segment 7</p></li>
        <b>Kiosks <code>x</code> <a href="segment.html">segment</a></b> – Segment 8</p></li>
        <b>Fairs</b> – Segment 9<sup class="footnote" id="_fn-1-1"><a href="#_fn-1">1</a></sup></p></li>
        <b>Cafés</b> – <a href="segment.html">segment</a> B</p></li>
        <b>Canteens</b> – <a href="https://h.example" class="external">Segment 10</a></p></li>"##]].assert_eq(&items.join("\n"));
    let data = str::from_utf8(&site["a.json"]).expect("UTF-8");
    let named = data.split("\"name\":").skip(1);
    let named: Vec<&str> = named.filter_map(|name| Some(name.split_once('}')?.0)).collect();
    expect![[r#"
        "Hotels","text":"Segment 1"
        "p Inns","text":"Segment 2"
        "old new","text":"Segment 3"
        "Home","text":"Segment 4"
        "x y","text":"Segment 5"
        "Bars x","text":"Segment 6"
        "https://h.example","text":"Segment 7"
        "Kiosks x segment","text":"Segment 8"
        "Fairs","text":"Segment 9"
        "Cafés","text":"segment B"
        "Canteens","text":"Segment 10","detail":"[^1]: Note.""#]]
    .assert_eq(&named.join("\n"));
}
