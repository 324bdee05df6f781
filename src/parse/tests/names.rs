//! Names that brackets and quotation marks keep together.

use super::{check_block, read};
use expect_test::expect;

#[test]
fn brackets_and_quotation_marks_stay_together() {
    check_block(
        "Channels",
        r#"
            - Van (two of them: one electric)
            - Stall (market — Saturdays): busy
            - Fairs [summer: June to August] – small
            - Signs {old: blue} - kept
            - Column "Bread: a daily" in the paper
            - Column “Bread: a daily”: weekly
            - Spalte „Brot: täglich“: wöchentlich
            - Kolumna „Chleb: codziennie”: co tydzień
            - Spalt ”Bröd: dagligen”: varje vecka
            - Colonne « Pain : du jour » : chaque semaine
            - Spalte »Brot: täglich«: wöchentlich
            - Column ‘Bread: it’s daily’: weekly
            - 专栏「面包：每日」：每周
            - 专栏『面包：每日』：每周
            - 货车（两辆：一辆电动）：日用
            - 在"面包：每日"专栏
            - Van ([both: old] and new: one each): daily
            - Van (*two*: one electric): daily
        "#,
        expect![[r#"
            - Van (two of them: one electric)
            - Stall (market — Saturdays) | busy
            - Fairs [summer: June to August] | small
            - Signs {old: blue} | kept
            - Column "Bread: a daily" in the paper
            - Column “Bread: a daily” | weekly
            - Spalte „Brot: täglich“ | wöchentlich
            - Kolumna „Chleb: codziennie” | co tydzień
            - Spalt ”Bröd: dagligen” | varje vecka
            - Colonne « Pain : du jour » | chaque semaine
            - Spalte »Brot: täglich« | wöchentlich
            - Column ‘Bread: it’s daily’ | weekly
            - 专栏「面包：每日」 | 每周
            - 专栏『面包：每日』 | 每周
            - 货车（两辆：一辆电动） | 日用
            - 在"面包：每日"专栏
            - Van ([both: old] and new: one each) | daily
            - Van (two: one electric) | daily
        "#]],
    );
}

#[test]
fn a_bracket_that_nothing_closes_keeps_nothing_together() {
    check_block(
        "Channels",
        r#"
            - Van (two of them: one electric
            - Screen 5": in the window (a: b)
            - a) Shop: in town
            - Van (two [of them: one) electric: daily
            - Van (two [of them) electric: daily
            - Bakers’ dozen: thirteen
            - Van `(`: a) b
            - Smile :( at: all
        "#,
        expect![[r#"
            - Van (two of them | one electric
            - Screen 5" | in the window (a: b)
            - a) Shop | in town
            - Van (two [of them: one) electric | daily
            - Van (two [of them) electric | daily
            - Bakers’ dozen | thirteen
            - Van ( | a) b
            - Smile :( at | all
        "#]],
    );
    for bracket in ["(", "[", "「", "\"x ", "(]"] {
        let brackets = bracket.repeat(200_000);
        let (document, _) =
            read(&format!("+++\ncanvas=true\n+++\n## Channels\n- a (x: {brackets}"));
        let elements = document.canvas.expect("the front matter says so").elements;
        assert_eq!(elements.iter().next().and_then(|element| element.name), Some("a (x"));
    }
}
