//! Values of the right type that are wrong.

use expect_test::expect;

use super::*;

#[test]
fn unknown_values() {
    toml(
        "canvas = \"leen\"\nstage = \"Grow\"\ncategory = 'problem_solving'",
        expect![[r#"
            body: "Body.\n"
            2   | canvas = "leen"
                |          ^^^^^^ error[unknown-value]: unknown value `leen` for `canvas` (unknown value)
                 help: did you mean `lean`?
                 fix: "\"leen\"" -> "\"lean\""
            3   | stage = "Grow"
                |         ^^^^^^ error[unknown-value]: unknown value `Grow` for `stage` (unknown value)
                 help: did you mean `grow`?
                 fix: "\"Grow\"" -> "\"grow\""
            4   | category = 'problem_solving'
                |            ^^^^^^^^^^^^^^^^^ error[unknown-value]: unknown value `problem_solving` for `category` (unknown value)
                 help: did you mean `problem-solving`?
                 fix: "'problem_solving'" -> "'problem-solving'"
        "#]],
    );
    toml(
        "canvas = \"poster\"\nstage = \"dead\"\ncategory = \"\"",
        expect![[r#"
            body: "Body.\n"
            2   | canvas = "poster"
                |          ^^^^^^^^ error[unknown-value]: unknown value `poster` for `canvas` (unknown value)
                 help: write `business-model`, `lean`, `mission-model`, `product-vision` or `swot`
            3   | stage = "dead"
                |         ^^^^^^ error[unknown-value]: unknown value `dead` for `stage` (unknown value)
                 help: write `ideation`, `discovery`, `validation`, `acceleration`, `transfer`, `improve`, `grow`, `sustain` or `retire`
        "#]],
    );
    yaml(
        "canvas: leen\nstage: \"groww\"",
        expect![[r#"
            body: "Body.\n"
            2   | canvas: leen
                |         ^^^^ error[unknown-value]: unknown value `leen` for `canvas` (unknown value)
                 help: did you mean `lean`?
                 fix: "leen" -> "lean"
            3   | stage: "groww"
                |        ^^^^^^^ error[unknown-value]: unknown value `groww` for `stage` (unknown value)
                 help: did you mean `grow`?
                 fix: "\"groww\"" -> "\"grow\""
        "#]],
    );
}

#[test]
fn canvas_chooses_the_kind() {
    toml(
        "canvas = true",
        expect![[r#"
        canvas: business-model
        body: "Body.\n"
    "#]],
    );
    toml(
        "canvas = false",
        expect![[r#"
        canvas: an ordinary page
        body: "Body.\n"
    "#]],
    );
    yaml(
        "canvas: lean",
        expect![[r#"
        canvas: lean
        body: "Body.\n"
    "#]],
    );
}

#[test]
fn dates_and_intervals() {
    toml(
        "date = 2026-02-30\nreviewed = \"2026-02-30\"",
        expect![[r#"
            body: "Body.\n"
            2   | date = 2026-02-30
                |        ^^^^^^^^^^ error[malformed-front-matter]: malformed TOML: 2026-02 has 28 days
            3   | reviewed = "2026-02-30"
                |            ^^^^^^^^^^^^ error[invalid-value]: `reviewed` must be a day, but `2026-02-30` is none (not a day)
                 help: 2026-02 has 28 days
        "#]],
    );
    toml(
        "date = 2026-09-30T10:00:00Z\nreviewed = \"2026-09-30 10:00\"",
        expect![[r#"
        date: 2026-09-30
        reviewed: 2026-09-30
        body: "Body.\n"
    "#]],
    );
    toml(
        "date = 10:00:00\nreviewed = \"30.9.2026\"\nreview_every = \"often\"",
        expect![[r#"
            body: "Body.\n"
            2   | date = 10:00:00
                |        ^^^^^^^^ error[invalid-value]: `date` must be a day, but is a time (no day)
                 help: write year, month and day, such as 2026-09-30
            3   | reviewed = "30.9.2026"
                |            ^^^^^^^^^^^ error[invalid-value]: `reviewed` must be a day, but `30.9.2026` is none (not a day)
                 help: write year, month and day, such as 2026-09-30
            4   | review_every = "often"
                |                ^^^^^^^ error[invalid-value]: `review_every` must say how often, but `often` does not (not an interval)
                 help: write a number and days, weeks, months or years, such as `6 months`
        "#]],
    );
    yaml(
        "date: 2026-09-30\nreviewed: 2026-09-30T10:00:00Z",
        expect![[r#"
        date: 2026-09-30
        reviewed: 2026-09-30
        body: "Body.\n"
    "#]],
    );
    yaml(
        "date: 2026-02-30\nreview_every: 6",
        expect![[r#"
            body: "Body.\n"
            2   | date: 2026-02-30
                |       ^^^^^^^^^^ error[invalid-value]: `date` must be a day, but `2026-02-30` is none (not a day)
                 help: 2026-02 has 28 days
            3   | review_every: 6
                |               ^ error[invalid-value]: `review_every` must say how often, but `6` does not (not an interval)
                 help: write a number and days, weeks, months or years, such as `6 months`
        "#]],
    );
}

#[test]
fn languages() {
    toml(
        "lang = \"pt-BR\"",
        expect![[r#"
        lang: Some("pt-BR")
        body: "Body.\n"
    "#]],
    );
    toml(
        "lang = \"pt_BR\"",
        expect![[r#"
            body: "Body.\n"
            2   | lang = "pt_BR"
                |        ^^^^^^^ error[invalid-value]: `lang` must be a language tag, but `pt_BR` is none (not a language tag)
                 help: write `pt-BR`
                 fix: "\"pt_BR\"" -> "\"pt-BR\""
        "#]],
    );
    toml(
        "lang = \"\"",
        expect![[r#"
        body: "Body.\n"
    "#]],
    );
    toml(
        "lang = \"English (UK)\"",
        expect![[r#"
            body: "Body.\n"
            2   | lang = "English (UK)"
                |        ^^^^^^^^^^^^^^ error[invalid-value]: `lang` must be a language tag, but `English (UK)` is none (not a language tag)
                 help: write the code of a language, such as `en` or `pt-BR`
        "#]],
    );
}

#[test]
fn aliases_stay_inside_the_site() {
    toml(
        r##"aliases = ["old.html", "/a/b/", "../up.html", "a/../../b", "https://example.com",
"//example.com", "C:\\a", "a?b", "a//b", "./a", "Note: a name", "/"]"##,
        expect![[r#"
            path: "old.html" at `"old.html"`
            path: "a/b/" at `"/a/b/"`
            path: "Note: a name" at `"Note: a name"`
            body: "Body.\n"
            2   | aliases = ["old.html", "/a/b/", "../up.html", "a/../../b", "https://example.com",
                |                                 ^^^^^^^^^^^^ error[invalid-value]: the alias `../up.html` is no path of this site, because it leaves the site by `..` (not a path of this site)
                 help: write the old path from the site's root on, such as `old/name.html`
            2   | aliases = ["old.html", "/a/b/", "../up.html", "a/../../b", "https://example.com",
                |                                               ^^^^^^^^^^^ error[invalid-value]: the alias `a/../../b` is no path of this site, because it leaves the site by `..` (not a path of this site)
                 help: write the old path from the site's root on, such as `old/name.html`
            2   | aliases = ["old.html", "/a/b/", "../up.html", "a/../../b", "https://example.com",
                |                                                            ^^^^^^^^^^^^^^^^^^^^^ error[invalid-value]: the alias `https://example.com` is no path of this site, because it starts with a scheme (not a path of this site)
                 help: write the old path from the site's root on, such as `old/name.html`
            3   | "//example.com", "C:\\a", "a?b", "a//b", "./a", "Note: a name", "/"]
                | ^^^^^^^^^^^^^^^ error[invalid-value]: the alias `//example.com` is no path of this site, because it has a part that is empty or `.` (not a path of this site)
                 help: write the old path from the site's root on, such as `old/name.html`
            3   | "//example.com", "C:\\a", "a?b", "a//b", "./a", "Note: a name", "/"]
                |                  ^^^^^^^ error[invalid-value]: the alias `C:\a` is no path of this site, because it starts with a scheme (not a path of this site)
                 help: write the old path from the site's root on, such as `old/name.html`
            3   | "//example.com", "C:\\a", "a?b", "a//b", "./a", "Note: a name", "/"]
                |                           ^^^^^ error[invalid-value]: the alias `a?b` is no path of this site, because it holds one of `?`, `#`, `\` or a control character (not a path of this site)
                 help: write the old path from the site's root on, such as `old/name.html`
            3   | "//example.com", "C:\\a", "a?b", "a//b", "./a", "Note: a name", "/"]
                |                                  ^^^^^^ error[invalid-value]: the alias `a//b` is no path of this site, because it has a part that is empty or `.` (not a path of this site)
                 help: write the old path from the site's root on, such as `old/name.html`
            3   | "//example.com", "C:\\a", "a?b", "a//b", "./a", "Note: a name", "/"]
                |                                          ^^^^^ error[invalid-value]: the alias `./a` is no path of this site, because it has a part that is empty or `.` (not a path of this site)
                 help: write the old path from the site's root on, such as `old/name.html`
            3   | "//example.com", "C:\\a", "a?b", "a//b", "./a", "Note: a name", "/"]
                |                                                                 ^^^ error[invalid-value]: the alias `/` is no path of this site, because it has a part that is empty or `.` (not a path of this site)
                 help: write the old path from the site's root on, such as `old/name.html`
        "#]],
    );
    yaml(
        "aliases: old/path.html",
        expect![[r#"
        path: "old/path.html" at `old/path.html`
        body: "Body.\n"
    "#]],
    );
}

#[test]
fn departments_have_names_of_their_own() {
    toml(
        "[departments.\"R&D\"]\n[departments.r-d]\n[departments.\"🎯\"]",
        expect![[r#"
            department R&D: DepartmentFacts { owner: None, title: None } at `"R&D"`
            department r-d: DepartmentFacts { owner: None, title: None } at `r-d`
            department 🎯: DepartmentFacts { owner: None, title: None } at `"🎯"`
            body: "Body.\n"
            3   | [departments.r-d]
                |              ^^^ error[department-named-twice]: `r-d` names both `R&D` and `r-d` (here again)
                 help: names are compared without case and punctuation; give each name to one department
            2   | [departments."R&D"]
                |              ^^^^^ already names `R&D` here
            4   | [departments."🎯"]
                |              ^^^ error[invalid-value]: `🎯` cannot name a department (no letter and no digit)
                 help: a name needs at least one letter or digit
        "#]],
    );
    toml(
        "[departments.a]\ntitle = \"Sales\"\n[departments.sales]\n",
        expect![[r#"
            department a: DepartmentFacts { owner: None, title: Some("Sales") } at `a`
            department sales: DepartmentFacts { owner: None, title: None } at `sales`
            body: "Body.\n"
            4   | [departments.sales]
                |              ^^^^^ error[department-named-twice]: `sales` names both `a` and `sales` (here again)
                 help: names are compared without case and punctuation; give each name to one department
            3   | title = "Sales"
                |         ^^^^^^^ already names `a` here
        "#]],
    );
}

#[test]
fn waivers_need_a_rule_and_a_reason() {
    toml(
        "[[waive]]",
        expect![[r#"
            body: "Body.\n"
            2   | [[waive]]
                | ^^^^^^^^^ error[missing-key]: `waive` lacks `reason` (`reason` is missing)
                 help: say why the finding is left, so that others can agree
            2   | [[waive]]
                | ^^^^^^^^^ error[missing-key]: `waive` lacks `rule` (`rule` is missing)
                 help: name the rule whose finding is left
        "#]],
    );
    toml(
        "[[waive]]\nrule = \"empty-blok\"\nreason = \" \"",
        expect![[r#"
            body: "Body.\n"
            4   | reason = " "
                |          ^^^ error[missing-key]: `waive` lacks `reason` (`reason` is missing)
                 help: say why the finding is left, so that others can agree
        "#]],
    );
    yaml(
        "waive:\n  - rule: nothing-like-it\n    reason: because\n  - rule: empty-block\n    reason: Later.",
        expect![[r#"
            waive `nothing-like-it`: "because" for None at `rule: nothing-like-it⏎    reason: because`
            waive `empty-block`: "Later." for None at `rule: empty-block⏎    reason: Later.`
            body: "Body.\n"
        "#]],
    );
}

#[test]
fn the_name_of_a_language_gets_its_tag() {
    toml(
        "lang = \"German\"",
        expect![[r#"
        body: "Body.\n"
        2   | lang = "German"
            |        ^^^^^^^^ error[invalid-value]: `lang` must be a language tag, but `German` is none (not a language tag)
             help: write `de`
             fix: "\"German\"" -> "\"de\""
    "#]],
    );
    toml(
        "lang = \"xx\"",
        expect![[r#"
        body: "Body.\n"
        2   | lang = "xx"
            |        ^^^^ error[invalid-value]: `lang` must be a language tag, but `xx` is none (not a language tag)
             help: write the code of a language, such as `en` or `pt-BR`
    "#]],
    );
    yaml(
        "lang: cz",
        expect![[r#"
        body: "Body.\n"
        2   | lang: cz
            |       ^^ error[invalid-value]: `lang` must be a language tag, but `cz` is none (not a language tag)
             help: write `cs`
             fix: "cz" -> "cs"
    "#]],
    );
}
