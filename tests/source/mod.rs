//! The program's own source, as far as its house rules need to read it.

use std::fs;
use std::path::{Path, PathBuf};

/// A file below `src`, its unit tests left out.
pub struct SourceFile {
    /// The path below `src`, with slashes.
    pub path: String,
    /// The top-level module it belongs to: `segment` for `segment/html/tags.rs`, `main` for `main.rs`.
    pub module: String,
    /// The code with its line breaks, comments, strings and characters made blank.
    pub code: String,
}

impl SourceFile {
    /// Whether the code names `word`, not as a part of a longer word.
    pub fn names(&self, word: &str) -> bool {
        positions_of_word(&self.code, word).next().is_some()
    }

    /// Lines, without those of unit tests.
    pub fn lines(&self) -> usize {
        self.code.trim_end().lines().count()
    }

    /// The functions, in order.
    pub fn functions(&self) -> Vec<Function> {
        positions_of_word(&self.code, "fn").filter_map(|start| function(&self.code, start)).collect()
    }
}

/// A function with a body.
pub struct Function {
    pub name: String,
    /// From the line of its `fn` to that of its last brace.
    pub lines: usize,
    /// The names and types it takes, where any crate may call it; else nothing.
    pub public_parameters: String,
}

/// Every file of `src` but those that are unit tests as a whole, in the order of their paths.
pub fn source_files() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    rust_files(&root, &mut paths);
    paths.sort();
    let mut test_files = Vec::new();
    let mut files = Vec::new();
    for path in paths {
        let blanked = blanked(&fs::read_to_string(&path).unwrap());
        let (code, modules) = without_tests(&blanked);
        test_files.extend(modules.iter().map(|module| path.with_file_name(format!("{module}.rs"))));
        files.push((path, code));
    }
    files.retain(|(path, _)| !test_files.contains(path));
    files.into_iter().map(|(path, code)| source_file(path.strip_prefix(&root).unwrap(), code)).collect()
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn source_file(path: &Path, code: String) -> SourceFile {
    let parts: Vec<&str> = path.iter().map(|part| part.to_str().unwrap()).collect();
    SourceFile { path: parts.join("/"), module: parts[0].trim_end_matches(".rs").to_owned(), code }
}

/// The code without what is behind `#[cfg(test)]`, and the modules that are tests in a file of their own.
fn without_tests(code: &str) -> (String, Vec<String>) {
    const MARK: &str = "#[cfg(test)]";
    let (mut kept, mut modules) = (String::new(), Vec::new());
    let mut rest = code;
    while let Some((before, item)) = rest.split_once(MARK) {
        kept.push_str(before);
        let end = item.find(['{', ';']).unwrap();
        if item.as_bytes()[end] == b';' {
            modules.extend(item[..end].trim().strip_prefix("mod ").map(str::to_owned));
        }
        rest = &item[if item.as_bytes()[end] == b'{' { block_end(item, end) } else { end + 1 }..];
    }
    (kept + rest, modules)
}

/// The place behind the brace that closes the one at `open`.
fn block_end(code: &str, open: usize) -> usize {
    let mut depth = 0;
    for (index, byte) in code.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => return index + 1,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    panic!("a brace is not closed: {}", &code[open..]);
}

fn function(code: &str, start: usize) -> Option<Function> {
    let signature = &code[start + "fn".len()..];
    let open = body_or_end(signature)?;
    let parenthesis = signature[..open].find('(')?;
    let name = signature[..parenthesis].split('<').next().unwrap().trim();
    // A type `fn(…)` has no name, and a method that a trait asks for has no body.
    if name.is_empty() || signature.as_bytes()[open] == b';' {
        return None;
    }
    let lines = signature[..block_end(signature, open)].lines().count();
    let is_public = code[..start].lines().next_back().is_some_and(|line| line.trim_start().starts_with("pub "));
    let public_parameters = if is_public { signature[parenthesis..open].to_owned() } else { String::new() };
    Some(Function { name: name.to_owned(), lines, public_parameters })
}

/// The brace that opens a function's body, or the semicolon in its place; those of array types are none.
fn body_or_end(signature: &str) -> Option<usize> {
    let mut depth = 0;
    signature.find(|c| {
        depth += i32::from(matches!(c, '(' | '[')) - i32::from(matches!(c, ')' | ']'));
        depth == 0 && matches!(c, '{' | ';')
    })
}

/// Where `word` stands by itself.
pub fn positions_of_word<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word)
        .map(|(start, _)| start)
        .filter(move |start| !code[..*start].ends_with(is_part) && !code[start + word.len()..].starts_with(is_part))
}

/// The code with blanks for the characters of comments, strings and character literals; line breaks stay.
fn blanked(code: &str) -> String {
    let mut blanked = String::with_capacity(code.len());
    let mut rest = code;
    while !rest.is_empty() {
        let length = literal_length(rest, blanked.ends_with(|c: char| c.is_alphanumeric() || c == '_'));
        if length == 0 {
            let c = rest.chars().next().unwrap();
            blanked.push(c);
            rest = &rest[c.len_utf8()..];
        } else {
            blanked.extend(rest[..length].chars().map(|c| if c == '\n' { c } else { ' ' }));
            rest = &rest[length..];
        }
    }
    blanked
}

/// The bytes of the comment or literal that `code` begins with; 0 where it begins with neither.
fn literal_length(code: &str, in_word: bool) -> usize {
    let until = |end: &str, from: usize| code[from..].find(end).map_or(code.len(), |at| from + at + end.len());
    match code.as_bytes() {
        [b'/', b'/', ..] => code.find('\n').unwrap_or(code.len()),
        [b'/', b'*', ..] => until("*/", 2),
        [b'"', ..] => quoted_length(code, '"'),
        [b'r', b'"' | b'#', ..] if !in_word => {
            let hashes = code[1..].bytes().take_while(|byte| *byte == b'#').count();
            let is_string = code.as_bytes().get(1 + hashes) == Some(&b'"');
            if is_string { until(&format!("\"{}", "#".repeat(hashes)), hashes + 2) } else { 0 }
        }
        // A lifetime is not closed.
        [b'\'', b'\\', ..] => quoted_length(code, '\''),
        [b'\'', ..] => match code[1..].char_indices().nth(1) {
            Some((width, '\'')) => width + 2,
            _ => 0,
        },
        _ => 0,
    }
}

/// The bytes of a literal between `quote`s in which a backslash escapes.
fn quoted_length(code: &str, quote: char) -> usize {
    let mut characters = code.char_indices().skip(1);
    while let Some((index, c)) = characters.next() {
        if c == '\\' {
            characters.next();
        } else if c == quote {
            return index + 1;
        }
    }
    code.len()
}

#[cfg(test)]
mod tests {
    use super::{SourceFile, blanked, without_tests};

    #[test]
    fn comments_and_literals_are_blank() {
        assert_eq!(blanked("a // b\nc"), "a     \nc");
        assert_eq!(blanked(r#"f("{\"", '{', '\'', b'x', &'a str)"#), "f(     ,    ,     , b   , &'a str)");
        assert_eq!(blanked("r\"{\" r#\"\"{\"# /* { */ bar\"}\""), "                     bar   ");
    }

    #[test]
    fn functions_are_measured() {
        let code = "fn a(\n x: [u8; 2],\n) {\n}\ntrait T { fn b(); fn c<F: Fn(u8)>(f: fn(u8)) { fn d() {} } }";
        let file = SourceFile { path: String::new(), module: String::new(), code: code.to_owned() };
        let functions: Vec<_> = file.functions().into_iter().map(|function| (function.name, function.lines)).collect();
        assert_eq!(functions, [("a".to_owned(), 4), ("c".to_owned(), 1), ("d".to_owned(), 1)]);
    }

    #[test]
    fn tests_are_left_out() {
        let code = "fn a() {}\n#[cfg(test)]\nmod sample;\nfn b() {}\n#[cfg(test)]\nmod tests { fn c() {} }\n";
        let (kept, modules) = without_tests(code);
        assert_eq!(kept, "fn a() {}\n\nfn b() {}\n\n");
        assert_eq!(modules, ["sample"]);
    }
}
