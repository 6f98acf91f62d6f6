//! What bytes become which text, in the encodings that pages come in.

// Helpers of tests are not tests to clippy.
#![allow(clippy::unwrap_used)]

use cleancopy::page::{BodyEncoding, ByteOrderMark, Page, PageFormat, RawPage, Source, decode};
use encoding_rs::Encoding;
use proptest::prelude::*;
use url::Url;

const RUSSIAN: &str = "Правительство приняло решение о строительстве новой железной дороги до конца следующего года.";
const CHINESE: &str = "政府昨天宣布了新的铁路建设计划,预计将于明年年底完成。专家表示这一决定将影响数百万居民的生活。";
const TRADITIONAL: &str =
    "政府昨天宣布了新的鐵路建設計畫，預計將於明年年底完成。專家表示這一決定將影響數百萬居民的生活。";
const JAPANESE: &str = "政府は昨日、新しい鉄道の建設計画を発表した。来年の終わりまでに完成する見込みである。";
const KOREAN: &str = "정부는 어제 새로운 철도 건설 계획을 발표했다. 내년 말까지 완공될 것으로 예상된다.";
const POLISH: &str =
    "Rząd ogłosił wczoraj, że nowa linia kolejowa będzie gotowa przed końcem przyszłego roku, łącznie ze ścieżką.";
const FRENCH: &str =
    "Le gouvernement a annoncé hier que la voie ferrée serait prête à la fin de l’année, même si c’était prévu.";
const TURKISH: &str =
    "Hükümet dün yeni demiryolu hattının gelecek yılın sonuna kadar açılacağını söyledi; şehir için iyi.";
const ARABIC: &str = "أعلنت الحكومة أمس أن خط السكة الحديد الجديد سيكون جاهزا قبل نهاية العام المقبل.";

/// Each language with the encodings that its pages were written in.
const LANGUAGES: [(&str, &str); 14] = [
    ("GBK", CHINESE),
    ("gb18030", CHINESE),
    ("Big5", TRADITIONAL),
    ("Shift_JIS", JAPANESE),
    ("EUC-JP", JAPANESE),
    ("EUC-KR", KOREAN),
    ("windows-1250", POLISH),
    ("ISO-8859-2", POLISH),
    ("windows-1251", RUSSIAN),
    ("KOI8-R", RUSSIAN),
    ("windows-1252", FRENCH),
    ("windows-1254", TURKISH),
    ("windows-1256", ARABIC),
    ("UTF-8", CHINESE),
];

fn bytes(text: &str, encoding: &str) -> Vec<u8> {
    let (bytes, _, has_errors) = Encoding::for_label(encoding.as_bytes()).unwrap().encode(text);
    assert!(!has_errors, "{encoding} cannot write it");
    bytes.into_owned()
}

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

fn html(body: impl Into<Vec<u8>>) -> RawPage {
    RawPage::new(Source::Memory, PageFormat::Html, body.into())
}

fn labelled(body: impl Into<Vec<u8>>, label: &str) -> RawPage {
    RawPage { charset: Some(label.to_owned()), ..html(body) }
}

fn decoded(raw: RawPage) -> (String, &'static str) {
    let Page { text, encoding, .. } = decode(raw);
    (text, encoding)
}

#[test]
fn valid_utf8_is_not_copied() {
    let body = format!("<!doctype html><meta charset=utf-8><p>{CHINESE}").into_bytes();
    let address = body.as_ptr();
    assert_eq!(decode(html(body)).text.as_ptr(), address);
}

#[test]
fn what_is_known_of_a_page_stays_with_it() {
    let url = Url::parse("http://a.com/").unwrap();
    let raw = RawPage { url: Some(url.clone()), ..RawPage::new(Source::Memory, PageFormat::Text, b"x".to_vec()) };
    let expected = Page { format: PageFormat::Text, ..Page::from_html("x", Some(url)) };
    assert_eq!(decode(raw), expected);
}

#[test]
fn an_empty_page_is_empty() {
    assert_eq!(decoded(html("")), (String::new(), "UTF-8"));
    assert_eq!(decoded(labelled("", "utf-16")), (String::new(), "UTF-8"));
    assert_eq!(decoded(html(b"\xef\xbb\xbf")), (String::new(), "UTF-8"));
    assert_eq!(decoded(html(b"\xff\xfe")), (String::new(), "UTF-16LE"));
}

#[test]
fn the_http_label_is_used() {
    for (encoding, text) in LANGUAGES {
        assert_eq!(decoded(labelled(bytes(text, encoding), encoding)), (text.to_owned(), encoding));
    }
}

#[test]
fn the_meta_tag_is_used() {
    for (encoding, text) in LANGUAGES {
        let page = format!("<!doctype html><html><head><meta charset=\"{encoding}\"><title>{text}</title>");
        assert_eq!(decoded(html(bytes(&page, encoding))), (page, encoding));
    }
}

#[test]
fn the_http_label_beats_the_meta_tag() {
    let page = format!("<meta charset=windows-1252><p>{RUSSIAN}");
    assert_eq!(decoded(labelled(bytes(&page, "windows-1251"), "windows-1251")), (page, "windows-1251"));
}

#[test]
fn a_label_that_no_one_knows_is_not_used() {
    let page = format!("<meta charset=windows-1251><p>{RUSSIAN}");
    for label in ["", "utf8mb4", "none", "hz-gb-2312"] {
        assert_eq!(decoded(labelled(bytes(&page, "windows-1251"), label)), (page.clone(), "windows-1251"), "{label}");
    }
}

#[test]
fn undeclared_text_is_guessed() {
    let by_alphabet = [
        ("GBK", CHINESE),
        ("Big5", TRADITIONAL),
        ("Shift_JIS", JAPANESE),
        ("EUC-JP", JAPANESE),
        ("EUC-KR", KOREAN),
        ("windows-1251", RUSSIAN),
        ("windows-1252", FRENCH),
        ("windows-1254", TURKISH),
        ("windows-1256", ARABIC),
        ("windows-1250", POLISH),
    ];
    for (encoding, text) in by_alphabet {
        assert_eq!(decoded(html(bytes(text, encoding))).0, text, "{encoding}");
    }
}

#[test]
fn undeclared_latin_1_is_read() {
    assert_eq!(decoded(html(b"caf\xe9 \x93na\xefve\x94")), ("café “naïve”".to_owned(), "windows-1252"));
}

#[test]
fn the_top_level_domain_helps_the_guess() {
    let on = |url: &str| {
        let url = Some(Url::parse(url).unwrap());
        decoded(RawPage { url, ..html(bytes("ąężść łódź", "ISO-8859-2")) }).0
    };
    assert_eq!(on("http://gazeta.pl./"), "ąężść łódź");
    // Hosts that are none of a domain's, or that chardetng would panic on.
    for url in ["http://[::1]/", "http://127.0.0.1/", "foo://A.%D0/", "file:///x", "data:,x", "http://a_b.x--/"] {
        let _ = on(url);
    }
}

#[test]
fn utf_16_is_known_by_its_mark() {
    for text in ["<p>Hello", CHINESE, RUSSIAN, "x"] {
        let marked = format!("\u{feff}{text}");
        assert_eq!(decoded(html(utf16(&marked, u16::to_le_bytes))), (text.to_owned(), "UTF-16LE"));
        assert_eq!(decoded(labelled(utf16(&marked, u16::to_be_bytes), "utf-8")), (text.to_owned(), "UTF-16BE"));
    }
}

#[test]
fn utf_16_is_known_by_its_nuls() {
    let page = format!("<!doctype html><html><head><meta charset=\"utf-16\"><title>{RUSSIAN}</title>");
    assert_eq!(decoded(html(utf16(&page, u16::to_le_bytes))), (page.clone(), "UTF-16LE"));
    assert_eq!(decoded(labelled(utf16(&page, u16::to_be_bytes), "utf-8")), (page, "UTF-16BE"));
}

#[test]
fn utf_16_is_known_by_its_label() {
    let text = format!("{RUSSIAN}\n{CHINESE}");
    assert_eq!(decoded(labelled(utf16(&text, u16::to_le_bytes), "utf-16")), (text.clone(), "UTF-16LE"));
    assert_eq!(decoded(labelled(utf16(&text, u16::to_be_bytes), "utf-16")), (text, "UTF-16BE"));
}

#[test]
fn a_declared_utf_16_that_is_none_is_not_believed() {
    assert_eq!(decoded(labelled("<p>plain", "utf-16")), ("<p>plain".to_owned(), "UTF-8"));
    assert_eq!(decoded(labelled(bytes(RUSSIAN, "windows-1251"), "utf-16le")).0, RUSSIAN);
}

#[test]
fn a_few_nuls_are_left_alone() {
    assert_eq!(decoded(html("a\0b\0c and no more")), ("a\0b\0c and no more".to_owned(), "UTF-8"));
    assert_eq!(decoded(html(vec![0; 99])).0, "\0".repeat(99));
}

#[test]
fn valid_utf8_beats_a_wrong_label() {
    for label in ["iso-8859-1", "windows-1251", "gbk", "shift_jis", "utf-16"] {
        assert_eq!(decoded(labelled(FRENCH, label)), (FRENCH.to_owned(), "UTF-8"), "{label}");
    }
    let page = format!("<meta charset=gbk>{CHINESE}");
    assert_eq!(decoded(html(page.clone())), (page, "UTF-8"));
}

#[test]
fn nearly_valid_utf8_beats_a_wrong_label() {
    let mut body = FRENCH.repeat(3).into_bytes();
    body.push(0xE9);
    body.extend_from_slice(b" fin");
    let (text, encoding) = decoded(labelled(body, "iso-8859-1"));
    assert_eq!((text, encoding), (format!("{}\u{fffd} fin", FRENCH.repeat(3)), "UTF-8"));
}

#[test]
fn a_wrong_utf8_label_gives_way() {
    for (encoding, text) in LANGUAGES.into_iter().filter(|(encoding, _)| !encoding.starts_with("ISO-8859")) {
        assert_eq!(decoded(labelled(bytes(text, encoding), "utf-8")).0, text, "{encoding}");
    }
    let page = format!("<meta charset=koi8-r><p>{RUSSIAN}");
    assert_eq!(decoded(labelled(bytes(&page, "koi8-r"), "utf-8")), (page, "KOI8-R"));
}

#[test]
fn a_wrong_label_gives_way_to_a_guess_that_fits() {
    for (declared, encoding, text) in [
        ("euc-jp", "Shift_JIS", JAPANESE.repeat(2)),
        ("euc-jp", "windows-1251", RUSSIAN.repeat(2)),
        ("big5", "windows-1252", FRENCH.repeat(2)),
    ] {
        assert_eq!(decoded(labelled(bytes(&text, encoding), declared)), (text, encoding), "declared {declared}");
    }
}

#[test]
fn a_stray_byte_does_not_unseat_a_label() {
    let mut body = bytes(CHINESE, "gbk");
    body.extend_from_slice(b"\xff.");
    assert_eq!(decoded(labelled(body, "gbk")), (format!("{CHINESE}\u{fffd}."), "GBK"));
    let mut body = CHINESE.as_bytes().to_vec();
    body.extend_from_slice(b"\xff.");
    assert_eq!(decoded(html(body)), (format!("{CHINESE}\u{fffd}."), "UTF-8"));
}

#[test]
fn a_cut_character_at_the_end_is_marked() {
    for (encoding, text) in LANGUAGES.into_iter().take(6).chain([("UTF-8", CHINESE)]) {
        let mut body = bytes(&format!("{text}{}", text.chars().next().unwrap()), encoding);
        body.pop();
        let (got, used) = decoded(labelled(body.clone(), encoding));
        assert_eq!((got.trim_end_matches('\u{fffd}'), used), (text, encoding));
        assert!(got.ends_with('\u{fffd}'), "{encoding}");
        assert_eq!(decoded(html(body)).0.trim_end_matches('\u{fffd}'), text, "undeclared {encoding}");
    }
}

#[test]
fn iso_2022_jp_needs_a_declaration() {
    let body = bytes(JAPANESE, "iso-2022-jp");
    assert_eq!(decoded(labelled(body.clone(), "iso-2022-jp")), (JAPANESE.to_owned(), "ISO-2022-JP"));
    assert_eq!(decoded(html(body)).1, "UTF-8");
    assert_eq!(decoded(labelled("plain", "iso-2022-jp")), ("plain".to_owned(), "UTF-8"));
}

#[test]
fn text_has_no_meta_tag() {
    let text = format!("<meta charset=koi8-r> {RUSSIAN}");
    let raw = RawPage::new(Source::Memory, PageFormat::Text, bytes(&text, "windows-1251"));
    assert_eq!(decoded(raw), (text, "windows-1251"));
}

/// Bytes at random, and bytes that look like the beginning of a page.
fn any_body() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..40),
        prop::sample::select(vec![
            &b"\xef\xbb\xbf"[..],
            b"\xff\xfe",
            b"<meta",
            b" charset=",
            b"gbk",
            b"utf-16",
            b">",
            b"<!--",
            b"<?xml encoding=",
            b"\"",
            b"content=",
            b"<script>",
            b"\0a",
            b"\x1b$B",
            b"/",
            b"http-equiv=content-type",
        ])
        .prop_map(<[u8]>::to_vec),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_bytes_are_too_strange(body in any_body(), label in prop::option::of("[a-z0-9-]{0,12}|utf-16|gbk|utf-8"), host in "[a-zA-Z.]{1,9}") {
        let raw = RawPage { charset: label, url: Url::parse(&format!("http://{host}/")).ok(), ..html(body) };
        prop_assert_eq!(decode(raw.clone()), decode(raw));
    }

    #[test]
    fn any_text_in_utf8_comes_back(text in "\\PC{0,200}") {
        prop_assert_eq!(decoded(html(text.clone())).0, text.strip_prefix('\u{feff}').unwrap_or(&text));
    }
}

#[test]
fn the_mark_of_a_text_is_known() {
    let mark = |format, body: &[u8]| decode(RawPage::new(Source::Memory, format, body.to_vec())).mark;
    assert_eq!(mark(PageFormat::Text, b"\xef\xbb\xbfa"), ByteOrderMark::Utf8);
    for (format, body) in [
        (PageFormat::Text, &b"a\xef\xbb\xbf"[..]),
        (PageFormat::Text, b"\xff\xfea\0"),
        (PageFormat::Html, b"\xef\xbb\xbfa"),
    ] {
        assert_eq!(mark(format, body), ByteOrderMark::None, "{format:?} {body:?}");
    }
}

#[test]
fn what_is_text_already_is_left_as_it_is() {
    // NULs in the places of UTF-16, a byte order mark, the escape of ISO-2022-JP.
    for text in ["a\0b\0c\0d\0e\0f\0g\0h\0i\0j\0", "\u{feff}a", "\u{1b}$B"] {
        let raw = RawPage::new(Source::Memory, PageFormat::Text, text.as_bytes().to_vec());
        let page = decode(RawPage { encoding: BodyEncoding::Utf8, charset: Some("iso-2022-jp".to_owned()), ..raw });
        assert_eq!(page.text, text);
    }
}
