//! Labels as people write them, and the labels of blocks in each language.

use std::collections::BTreeSet;

use super::*;
use crate::kind::tests::built_in;
use expect_test::expect;

/// Compares the meaning of each line in the built-in kinds, its peculiarities, and the shown form
/// if it differs.
fn check(labels: &str, expected: &expect_test::Expect) {
    let kinds = built_in();
    let mut said = String::new();
    for label in labels.trim().lines().map(str::trim) {
        let found = kinds.label(label);
        let ids = found.as_ref().map_or_else(|| "-".to_owned(), |found| ids(&kinds, found));
        said.push_str(&format!("{label} => {ids}"));
        if let Some(found) = found {
            let first = found.senses[0];
            said.push_str(if first.generic { " (generic)" } else { "" });
            said.push_str(if first.nonstandard { " (nonstandard)" } else { "" });
            if found.written != label {
                said.push_str(&format!(", shown as {}", found.written));
            }
        }
        said.push('\n');
    }
    expected.assert_eq(&said);
}

/// The blocks and groups that a label means, each once.
fn ids(kinds: &Kinds, label: &Label<'_>) -> String {
    let id = |sense: &Sense| {
        let kind = kinds.get(sense.kind);
        match sense.names {
            Named::Block(block) => kind.block_kind(block).id.clone(),
            Named::Group(block) => format!("a group of {}", kind.block_kind(block).id),
        }
    };
    let ids: BTreeSet<String> = label.senses.iter().map(id).collect();
    ids.into_iter().collect::<Vec<_>>().join(", ")
}

/// The built-in kinds that have a block or a group with an id, each with what has that id.
fn named(kinds: &Kinds, id: &str) -> Vec<(KindIndex, Named)> {
    let of = |(index, kind): (KindIndex, &Arc<Kind>)| {
        let group = kind.groups.iter().find(|group| group.id == id);
        let group = group.map(|group| Named::Group(group.block));
        Some((index, kind.block(id).map(Named::Block).or(group)?))
    };
    kinds.iter().filter_map(of).collect()
}

#[test]
fn labels_are_read_as_people_write_them() {
    check(
        "Key Partners
        7. KEY_ACTIVITIES:
        1️⃣ **SCHLÜSSELPARTNER**
        Schluesselaktivitaeten
        ACTIVITES CLES
        MALİYET YAPISI
        一、重要 合作
        【价值主张】
        顧客セグメント：
        핵심파트너
        فعالیت‌های کلیدی
        Channels & Distribution
        A. Key Partners
        III. Cost Structure
        **1.**",
        &expect![[r#"
            Key Partners => key-partners
            7. KEY_ACTIVITIES: => key-activities, shown as KEY_ACTIVITIES
            1️⃣ **SCHLÜSSELPARTNER** => key-partners, shown as SCHLÜSSELPARTNER
            Schluesselaktivitaeten => key-activities
            ACTIVITES CLES => key-activities
            MALİYET YAPISI => cost-structure
            一、重要 合作 => key-partners, shown as 重要 合作
            【价值主张】 => value-propositions, shown as 价值主张
            顧客セグメント： => customer-segments, shown as 顧客セグメント
            핵심파트너 => key-partners
            فعالیت‌های کلیدی => key-activities
            Channels & Distribution => channels
            A. Key Partners => key-partners, shown as Key Partners
            III. Cost Structure => cost-structure, shown as Cost Structure
            **1.** => -
        "#]],
    );
}

#[test]
fn names_in_two_languages_agree_or_yield() {
    check(
        "Schlüsselaktivitäten (Key Activities)
        2. 顧客セグメント（Customer Segments）
        Key Partners / Partenaires clés
        Costs | Kosten
        价值主张 Value Propositions
        Value Propositions 가치 제안
        Ключові партнери (Key Partners)
        고유 가치 제안 (Unique Value Proposition - UVP) ⭐ [a note on the stage]
        UVP – Unique Value Proposition
        Customer Segments / Early Adopters
        Costs / Revenue
        Cost Structure & Revenue Streams
        Key Activities (see Key Partners)
        Overview (see Key Partners)",
        &expect![[r#"
            Schlüsselaktivitäten (Key Activities) => key-activities
            2. 顧客セグメント（Customer Segments） => customer-segments, shown as 顧客セグメント（Customer Segments）
            Key Partners / Partenaires clés => key-partners
            Costs | Kosten => cost-structure (generic)
            价值主张 Value Propositions => value-propositions
            Value Propositions 가치 제안 => value-propositions
            Ключові партнери (Key Partners) => key-partners
            고유 가치 제안 (Unique Value Proposition - UVP) ⭐ [a note on the stage] => value-propositions, shown as 고유 가치 제안 (Unique Value Proposition - UVP) [a note on the stage]
            UVP – Unique Value Proposition => value-propositions
            Customer Segments / Early Adopters => customer-segments
            Costs / Revenue => -
            Cost Structure & Revenue Streams => -
            Key Activities (see Key Partners) => key-activities
            Overview (see Key Partners) => -
        "#]],
    );
}

#[test]
fn codes_yield_to_names() {
    check(
        "KA
        CS
        C$
        R$
        KA (Key Partners)
        CS (Cost Structure)
        CS (cost of everything)
        CS (people we serve)
        CS: Kostenstruktur
        CH - Switzerland
        Change Request (CR)
        Unique Promise (UVP)
        CR",
        &expect![[r#"
            KA => key-activities (generic)
            CS => customer-segments (generic) (nonstandard)
            C$ => cost-structure (generic)
            R$ => revenue-streams (generic)
            KA (Key Partners) => key-partners
            CS (Cost Structure) => cost-structure
            CS (cost of everything) => cost-structure
            CS (people we serve) => customer-segments (generic) (nonstandard)
            CS: Kostenstruktur => cost-structure
            CH - Switzerland => -
            Change Request (CR) => -
            Unique Promise (UVP) => -
            CR => customer-relationships (generic)
        "#]],
    );
}

#[test]
fn remarks_stand_beside_names_that_are_no_everyday_words() {
    check(
        "Key Activities – what we do
        Key activities: how
        Block 3: Channels
        Ventaja especial (difícil de copiar)
        Costs (annual)
        Costs: a hundred euros
        Revenue & Sustainability Approach
        The Revenue Model: 5% of Verified Cost Savings
        A. Smith
        Who are our key partners?
        Key Partners?
        We met our key partners and talked with them about channels, customer segments and the cost structure",
        &expect![[r#"
            Key Activities – what we do => key-activities
            Key activities: how => key-activities
            Block 3: Channels => channels
            Ventaja especial (difícil de copiar) => unfair-advantage
            Costs (annual) => cost-structure (generic)
            Costs: a hundred euros => -
            Revenue & Sustainability Approach => -
            The Revenue Model: 5% of Verified Cost Savings => -
            A. Smith => -
            Who are our key partners? => -
            Key Partners? => -
            We met our key partners and talked with them about channels, customer segments and the cost structure => -
        "#]],
    );
}

#[test]
fn every_label_of_the_data_is_found_and_belongs_to_one_id() {
    let kinds = built_in();
    let mut seen: HashMap<String, (&str, bool)> = HashMap::new();
    for (code, language) in &dictionary().languages {
        for (generic, labels) in [(false, &language.names), (true, &language.everyday)] {
            for (id, label) in labels.iter().flat_map(|(i, of)| of.iter().map(move |l| (i, l))) {
                let found = kinds.label(label).expect(label);
                let senses: Vec<_> = found.senses.iter().map(|s| (s.kind, s.names)).collect();
                // A kind may have a block of its own with this name.
                let named = named(&kinds, id);
                assert!(named.iter().all(|named| senses.contains(named)), "{label}");
                for spelling in spellings(label, code) {
                    let this = (id.as_str(), generic);
                    let other = seen.insert(spelling, this).unwrap_or(this);
                    assert_eq!(other, this, "{label} ({code}) means two things");
                }
            }
        }
    }
    for (code, ids) in &dictionary().codes {
        assert_eq!(*code, fold(code));
        assert!(!ids.is_empty() && ids.iter().all(|id| !named(&kinds, id).is_empty()), "{code}");
        assert!(!seen.contains_key(code), "{code} is a name as well");
    }
}

/// The built-in kind with an id.
fn kind(id: &str) -> Arc<Kind> {
    let kinds = built_in();
    Arc::clone(kinds.get(kinds.find(id).expect("the kind is built in")))
}

/// The short labels of a kind's blocks in a language, in reading order.
fn shortest(kind: &str, language: &str) -> String {
    short(&self::kind(kind), language).join(", ")
}

/// The labels of a kind's blocks in a language, in reading order.
fn called(kind: &str, language: &str) -> String {
    let kind = self::kind(kind);
    let labels = kind.indexes().map(|block| label(&kind, block, language));
    labels.collect::<Vec<_>>().join(", ")
}

#[test]
fn blocks_are_called_as_a_language_calls_them() {
    expect![[r#"
        en-GB: Key Partners, Key Activities, Key Resources, Value Propositions, Customer Relationships, Channels, Customer Segments, Cost Structure, Revenue Streams
        de-AT: Schlüsselpartner, Schlüsselaktivitäten, Schlüsselressourcen, Wertangebote, Kundenbeziehungen, Kanäle, Kundensegmente, Kostenstruktur, Einnahmequellen
        fr: Partenaires clés, Activités clés, Ressources clés, Proposition de valeur, Relations clients, Canaux, Segments de clientèle, Structure de coûts, Sources de revenus
        es-MX: Socios clave, Actividades clave, Recursos clave, Propuesta de valor, Relaciones con clientes, Canales, Segmentos de clientes, Estructura de costes, Fuentes de ingresos
        pt-BR: Parcerias-chave, Atividades-chave, Recursos-chave, Proposta de valor, Relacionamento com clientes, Canais, Segmentos de clientes, Estrutura de custos, Fontes de receita
        zh-TW: 關鍵合作夥伴, 關鍵活動, 關鍵資源, 價值主張, 顧客關係, 通路, 目標客層, 成本結構, 收益流
        zh: 重要合作, 关键业务, 核心资源, 价值主张, 客户关系, 渠道通路, 客户细分, 成本结构, 收入来源
        fa: شرکای کلیدی, فعالیت‌های کلیدی, منابع کلیدی, ارزش‌های پیشنهادی, ارتباط با مشتری, کانال‌ها, بخش‌بندی مشتریان, ساختار هزینه, جریان درآمد
        sw: Key Partners, Key Activities, Key Resources, Value Propositions, Customer Relationships, Channels, Customer Segments, Cost Structure, Revenue Streams
    "#]]
    .assert_eq(
        &["en-GB", "de-AT", "fr", "es-MX", "pt-BR", "zh-TW", "zh", "fa", "sw"]
            .map(|language| format!("{language}: {}\n", called("business-model", language)))
            .concat(),
    );
    expect![[r#"
        en: Problem, Solution, Key Metrics, Unique Value Proposition, Unfair Advantage, Channels, Customer Segments, Cost Structure, Revenue Streams
        de: Problem, Lösung, Schlüsselkennzahlen, Einzigartiges Wertversprechen, Unfairer Vorteil, Kanäle, Kundensegmente, Kostenstruktur, Einnahmequellen
        fr: Problème, Solution, Indicateurs clés, Proposition de valeur unique, Avantage déloyal, Canaux, Segments de clientèle, Structure de coûts, Sources de revenus
        es: Problema, Solución, Métricas clave, Propuesta única de valor, Ventaja diferencial, Canales, Segmentos de clientes, Estructura de costes, Fuentes de ingresos
        ja: 課題, ソリューション, 主要指標, 独自の価値提案, 圧倒的な優位性, チャネル, 顧客セグメント, コスト構造, 収益の流れ
        vi: Vấn đề, Giải pháp, Chỉ số chính, Giải pháp giá trị, Lợi thế cạnh tranh, Các kênh, Phân khúc khách hàng, Cơ cấu chi phí, Dòng doanh thu
    "#]]
    .assert_eq(
        &["en", "de", "fr", "es", "ja", "vi"]
            .map(|language| format!("{language}: {}\n", called("lean", language)))
            .concat(),
    );
}

#[test]
fn short_labels_fall_back_to_whole_ones() {
    expect![[r#"
        en: Partners, Activities, Re-sources, Value, Relations, Channels, Seg-ments, Costs, Revenue
        de: Partner, Aktivi-täten, Ressour-cen, Angebot, Bezie-hungen, Kanäle, Seg-mente, Kosten, Einnah-men
        fr-CA: Parte-naires, Activités, Res-sources, Valeur, Relations, Canaux, Seg-ments, Coûts, Revenus
        es: Socios, Activi-dades, Recursos, Valor, Relacio-nes, Canales, Segmen-tos, Costes, Ingresos
        it: Partner, Attività, Risorse, Valore, Relazioni, Canali, Seg-menti, Costi, Ricavi
        ja: 主要パートナー, 主要活動, 主要リソース, 価値提案, 顧客との関係, チャネル, 顧客セグメント, コスト構造, 収益の流れ
        sw: Partners, Activities, Re-sources, Value, Relations, Channels, Seg-ments, Costs, Revenue
    "#]]
    .assert_eq(
        &["en", "de", "fr-CA", "es", "it", "ja", "sw"]
            .map(|language| format!("{language}: {}\n", shortest("business-model", language)))
            .concat()
            .replace('\u{ad}', "-"),
    );
    expect![
        "Problem, Lösung, Kenn-zahlen, Angebot, Vorteil, Kanäle, Seg-mente, Kosten, Einnah-men"
    ]
    .assert_eq(&shortest("lean", "de").replace('\u{ad}', "-"));
}

#[test]
fn labels_to_show_fit_together() {
    let languages = &dictionary().languages;
    assert_eq!(languages.len(), 22);
    let (business_model, lean) = (kind("business-model"), kind("lean"));
    let blocks = || business_model.blocks.iter().chain(&lean.blocks);
    for (code, language) in languages {
        for block in &business_model.blocks {
            assert!(language.names.contains_key(&block.id), "{code} has no {}", block.id);
        }
        // English short labels are in the kinds, and East Asian labels are short.
        let ids = blocks().map(|block| &block.id).filter(|id| language.names.contains_key(*id));
        let ids: BTreeSet<&String> = ids.collect();
        let short: BTreeSet<&String> = language.short.keys().collect();
        assert!(short.is_empty() || short == ids, "{code} has short labels for some blocks");
    }
    for block in blocks() {
        assert!(block.is_common, "the dictionary does not call {} {}", block.id, block.label);
        for (tag, label) in &block.labels {
            let spellings: Vec<&str> = spellings_of(&block.id).iter().map(|s| &*s.text).collect();
            assert!(spellings.contains(&&*fold(label)), "{label} ({tag}) is not in the dictionary");
        }
    }
}

#[test]
fn labels_count_within_their_kind() {
    let own = "title = \"Own\"\n[poster]\ngrid = [\"channels pain\"]\n\
               [[blocks]]\nid = \"channels\"\nlabel = \"Television\"\n\
               labels.de = \"Fernsehen\"\naliases = [\"Costs / Revenue\"]\n\
               [[blocks]]\nid = \"pain\"\nlabel = \"Problem\"\naliases = [\"Key Activities (ours)\"]\n";
    let mut diagnostics = Vec::new();
    let kinds = Kinds::read(&[crate::source::Source::new("kinds/own.toml", own)], &mut diagnostics);
    assert_eq!(diagnostics, []);
    let mut said = String::new();
    for label in [
        "Television",
        "1. fernsehen:",
        "Channels",
        "Problem",
        "Costs / Revenue",
        "Key Activities (ours)",
        "Television / Kanäle",
    ] {
        let found = kinds.label(label);
        let senses = found.iter().flat_map(|found| found.senses.iter());
        let senses = senses.map(|sense| {
            let kind = kinds.get(sense.kind);
            let Named::Block(block) = sense.names else { panic!("{label} names a group") };
            format!("{}: {}", kind.id, kind.block_kind(block).id)
        });
        said.push_str(&format!("{label} => {}\n", senses.collect::<Vec<_>>().join(", ")));
    }
    expect![[r#"
        Television => own: channels
        1. fernsehen: => own: channels
        Channels => business-model: channels, lean: channels
        Problem => lean: problem, own: pain
        Costs / Revenue => own: channels
        Key Activities (ours) => business-model: key-activities, mission-model: key-activities, own: pain
        Television / Kanäle => business-model: channels, lean: channels, own: channels
    "#]]
    .assert_eq(&said);
}
