//! Pages to give.

/// A sentence that stands in this story alone, with a letter that takes a right charset.
pub fn sentence(number: usize) -> String {
    let towns = ["Warrow", "Éstaple", "Grünau", "Lindholt", "São Brás", "Morvane", "Tølnes"];
    let things =
        ["bridge", "tower", "gate", "mill", "harbour", "library", "station", "market", "theatre", "school", "dam"];
    let (town, thing) = (towns[number % towns.len()], things[number % things.len()]);
    format!("The {thing} of {town} reopened on Monday, {number} days after the café beside it had closed for good.")
}

/// The page of a story.
pub fn html(number: usize) -> String {
    format!(
        "<!doctype html><html lang=en><head><title>Reopened: number {number}</title></head><body>\
         <nav><a href=/>Home</a> <a href=/sports>Sports</a></nav><article><h1>Reopened: number {number}</h1>\
         <p>{}</p><p>Engineers said that the work had taken longer than planned, and that the town would have to pay \
         for the rest of it next year.</p><p>\"We have waited long enough,\" said the mayor, who came with her two \
         children and was among the first inside.</p></article></body></html>",
        sentence(number)
    )
}
