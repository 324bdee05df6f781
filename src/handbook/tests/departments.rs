//! Departments: which names mean the same one, and what activities inherit.

use super::{check_configured, check_handbook};
use expect_test::expect;

#[test]
fn names_meet_across_canvases() {
    check_handbook(
        &[
            (
                "content/a.md",
                "
                +++
                canvas = true
                +++
                ## Key Activities
                ### 1. R&D
                - a
                ### Baking & Pastry
                - b
            ",
            ),
            (
                "content/b.md",
                "
                +++
                canvas = true
                +++
                ## Key Activities
                ### Recherche et développement
                - c

                **RECHERCHE ET DEVELOPPEMENT**
                - d
                ### BAKING AND PASTRY
                - e
                ### Baking Pastry
                - f
            ",
            ),
        ],
        expect![[r#"
            - key-activities/research-and-development/a | R&D
            - key-activities/baking-pastry/b | Baking & Pastry
            - key-activities/research-and-development/c | R&D
            - key-activities/research-and-development/d | R&D
            - key-activities/baking-pastry/e | Baking & Pastry
            - key-activities/baking-pastry-2/f | Baking Pastry
            Baking & Pastry #baking-pastry, also BAKING AND PASTRY: leads 2, contributes to 0
            Baking Pastry #baking-pastry-2: leads 1, contributes to 0
            R&D #research-and-development, also RECHERCHE ET DEVELOPPEMENT, Recherche et développement: leads 3, contributes to 0
        "#]],
    );
}

#[test]
fn the_configuration_adds_aliases_titles_and_owners() {
    check_configured(
        "
            [departments.craft]
            title = \"Craft\"
            aliases = [\"Production\", \"Bäckerei\"]
            owner = \"Ada\"

            [departments.marketing]
            owner = \"Bo\"

            [departments.rd]
            title = \"Innovation\"
            aliases = [\"R&D\"]
        ",
        &[(
            "content/a.md",
            "
            +++
            canvas = true
            [departments.marketing]
            owner = \"Cy\"
            +++
            ## Key Activities
            ### Fertigung
            - a
            ### bäckerei
            - b
            ### Marketing
            - c
            - d {owner=Di}
            ### Forschung und Entwicklung
            - e
        ",
        )],
        expect![[r#"
            - key-activities/craft/a | Craft, owner Ada
            - key-activities/craft/b | Craft, owner Ada
            - key-activities/marketing/c | Marketing, owner Cy
            - key-activities/marketing/d | Marketing, owner Di
            - key-activities/rd/e | Innovation
            Craft #craft, also Fertigung, bäckerei: leads 2, contributes to 0
            Marketing #marketing: leads 2, contributes to 0
            Innovation #rd, also Forschung und Entwicklung: leads 1, contributes to 0
        "#]],
    );
}

#[test]
fn activities_have_a_lead_and_contributing_departments() {
    check_handbook(
        &[(
            "content/a.md",
            "
            +++
            canvas = true
            +++
            ## Key Activities
            - alone
            - told {department=production}
            ### Marketing {with=finance}
            - a {with=\"production, Sales & Customer Service, marketing, production\"}
            - b {department=\"R&D\" with=\"IT, finance\"}
            #### Group
            - c
            ### Our bakery {department=production}
            - d
        ",
        )],
        expect![[r#"
            - key-activities/alone
            - key-activities/production/told | Production
            - key-activities/marketing/a | Marketing, with Finance, with Production, with Sales and Customer Service
            - key-activities/research-and-development/b | Research and Development, with Finance, with Information Technology
            - key-activities/marketing/c | Marketing, with Finance
            - key-activities/production/d | Production
            Finance #finance: leads 0, contributes to 3
            Information Technology #information-technology: leads 0, contributes to 1
            Marketing #marketing: leads 2, contributes to 0
            Production #production: leads 2, contributes to 1
            Research and Development #research-and-development: leads 1, contributes to 0
            Sales and Customer Service #sales-and-customer-service: leads 0, contributes to 1
        "#]],
    );
}

#[test]
fn categories_and_owners_come_from_the_nearest() {
    check_handbook(
        &[(
            "content/a.md",
            "
            +++
            canvas = true
            category = \"platform\"
            owner = \"Nobody\"
            [departments.production]
            owner = \"Ada\"
            +++
            ## Key Activities
            - alone
            ### Production {category=production}
            - a
            - b {category=problem-solving owner=Bo}
            #### Night {category=problem-solving owner=Cy}
            - c
            - d {department=marketing}
            ## Channels
            - shop
            - van {category=production owner=Di}
        ",
        )],
        expect![[r#"
            - key-activities/alone | platform
            - key-activities/production/a | Production, production, owner Ada
            - key-activities/production/b | Production, problem-solving, owner Bo
            - key-activities/production/c | Production, problem-solving, owner Cy
            - key-activities/marketing/d | Marketing, problem-solving
            - channels/shop
            - channels/van | production, owner Di
            Marketing #marketing: leads 1, contributes to 0
            Production #production: leads 3, contributes to 0
            content/a.md
            18  | - van {category=production owner=Di}
                |        ^^^^^^^^^^^^^^^^^^^ warning[unread-attributes]: `category` counts for activities only (in no list of departments or categories)
                 help: remove it, or write it behind what is done: an activity, or the heading of a department
        "#]],
    );
}

#[test]
fn unknown_departments_are_told_with_the_nearest() {
    check_handbook(
        &[(
            "content/a.md",
            "
            +++
            canvas = true
            [departments.prodction]
            owner = \"Ada\"
            +++
            ## Key Activities
            ### Our bakery {department=bakary with=legl}
            - a {with=markting department=\"zzz\"}
        ",
        )],
        expect![[r#"
            - key-activities/our-bakery/a | Our bakery
            Our bakery #our-bakery: leads 1, contributes to 0
            content/a.md
            3   | [departments.prodction]
                |              ^^^^^^^^^ error[unknown-department]: unknown department `prodction`
                 help: did you mean `Production`?
            7   | ### Our bakery {department=bakary with=legl}
                |                            ^^^^^^ error[unknown-department]: unknown department `bakary`
                 help: a department is named by a sub-heading of Key Activities or in `canvasbook.toml`
            7   | ### Our bakery {department=bakary with=legl}
                |                                        ^^^^ error[unknown-department]: unknown department `legl`
                 help: did you mean `Legal`?
            8   | - a {with=markting department="zzz"}
                |           ^^^^^^^^ error[unknown-department]: unknown department `markting`
                 help: did you mean `Marketing`?
            8   | - a {with=markting department="zzz"}
                |                                ^^^ error[unknown-department]: unknown department `zzz`
                 help: a department is named by a sub-heading of Key Activities or in `canvasbook.toml`
        "#]],
    );
}

#[test]
fn a_column_of_departments_introduces_them_as_headings_do() {
    check_handbook(
        &[
            (
                "content/a.md",
                "
            +++
            canvas = true
            +++
            ## Key Activities
            | Activity | Department | With |
            |---|---|---|
            | Baking | Bakehouse | Van Team |
            | Night shift | bakehouse | zzz |
            | Delivery | **Van Team** | |
            | Invoices | `R&D` | |
            | Cleaning | | |
            | Ovens | Van Team, Ovens & Co | Finance |
            | Paying | TBD | |
        ",
            ),
            (
                "content/b.md",
                "
            +++
            canvas = true
            +++
            ## Key Activities
            ### Bakehouse
            - Dough
            - Slow dough {department=\"Van team\"}
            ### Bakehuose
            - Ovens
        ",
            ),
        ],
        expect![[r#"
            - key-activities/bakehouse/baking | Bakehouse, with Van Team
            - key-activities/bakehouse/night-shift | Bakehouse
            - key-activities/van-team/delivery | Van Team
            - key-activities/research-and-development/invoices | R&D
            - key-activities/cleaning
            - key-activities/van-team/ovens | Van Team, with Ovens & Co, with Finance
            - key-activities/paying
            - key-activities/bakehouse/dough | Bakehouse
            - key-activities/van-team/slow-dough | Van Team
            - key-activities/bakehuose/ovens | Bakehuose
            Bakehouse #bakehouse, also bakehouse: leads 3, contributes to 0
            Bakehuose #bakehuose: leads 1, contributes to 0
            Finance #finance: leads 0, contributes to 1
            Ovens & Co #ovens-co: leads 0, contributes to 1
            R&D #research-and-development: leads 1, contributes to 0
            Van Team #van-team: leads 3, contributes to 1
            content/a.md
            8   | | Night shift | bakehouse | zzz |
                |                             ^^^ error[unknown-department]: unknown department `zzz`
                 help: a department is named by a sub-heading of Key Activities or in `canvasbook.toml`
        "#]],
    );
}

#[test]
fn a_name_that_is_nearly_another_is_probably_a_slip() {
    check_handbook(
        &[(
            "content/a.md",
            "
            +++
            canvas = true
            +++
            ## Key Activities
            ### Markting
            - a
            ### Baker
            - b
            ### Bakery
            - c
            ### PR
            - d
            ### HR
            - e
        ",
        )],
        expect![[r#"
            - key-activities/markting/a | Markting
            - key-activities/baker/b | Baker
            - key-activities/bakery/c | Bakery
            - key-activities/pr/d | PR
            - key-activities/human-resources/e | HR
            Baker #baker: leads 1, contributes to 0
            Bakery #bakery: leads 1, contributes to 0
            HR #human-resources: leads 1, contributes to 0
            Markting #markting: leads 1, contributes to 0
            PR #pr: leads 1, contributes to 0
        "#]],
    );
}

#[test]
fn slips_are_found_in_the_language_of_the_canvas() {
    check_handbook(
        &[(
            "content/a.md",
            "
            +++
            lang = \"de-AT\"
            +++
            ## Schlüsselaktivitäten
            ### Einkaf
            - a
            ### Produkton
            - b
            ## Wertangebote
            - c
            ## Kanäle
            - d
        ",
        )],
        expect![[r#"
            - key-activities/einkaf/a | Einkaf
            - key-activities/produkton/b | Produkton
            - value-propositions/c
            - channels/d
            Einkaf #einkaf: leads 1, contributes to 0
            Produkton #produkton: leads 1, contributes to 0
        "#]],
    );
}

#[test]
fn other_blocks_and_lean_canvases_name_no_departments() {
    check_handbook(
        &[(
            "content/a.md",
            "
            ## Problem
            ### Production
            - a
            ## Solution
            ### Marketing
            - b
            ## Key Metrics
            - c
        ",
        )],
        expect![[r#"
            - problem/a
            - solution/b
            - key-metrics/c
        "#]],
    );
}
