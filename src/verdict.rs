//! What was decided of a block and why. A verdict cannot be made without a reason.

use std::fmt;

use serde::Serialize;

/// Whether a block belongs to the story, and why.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It belongs to the story.
    Keep(Reason),
    /// It does not.
    Drop(Reason),
}

impl Verdict {
    /// Whether the block stays.
    pub fn is_keep(&self) -> bool {
        matches!(self, Verdict::Keep(_))
    }

    /// Why.
    pub fn reason(&self) -> &Reason {
        match self {
            Verdict::Keep(reason) | Verdict::Drop(reason) => reason,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = if self.is_keep() { "keep" } else { "drop" };
        write!(f, "{word} {}", self.reason())
    }
}

/// Why a block stays or goes. Its `Display` is what a user reads: `newsletter: says "sign up for our"`.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// What the block is.
    pub role: Role,
    /// The stage that decided.
    pub stage: Stage,
    /// What it saw, the weightiest first.
    pub evidence: Vec<Evidence>,
    /// How sure it is that the block belongs to the story, in 0..=1.
    pub story_likelihood: f32,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.role)?;
        for (i, evidence) in self.evidence.iter().enumerate() {
            f.write_str(if i == 0 { ": " } else { ", " })?;
            write!(f, "{evidence}")?;
        }
        Ok(())
    }
}

/// The stage of the judge that decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// The markup or a phrase says it for certain.
    Rule,
    /// The model.
    Score,
    /// The blocks around it.
    Context,
    /// The caller asked for this kind to be kept.
    Option,
}

/// Declares [`Role`] with the name that users type and read.
macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What a block is in its page.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Role { $($(#[$doc])* $name,)* }

        impl Role {
            /// Every role, in the order of the documentation.
            pub const ALL: &'static [Role] = &[$(Role::$name),*];

            /// The name that users read, and type behind `--include`.
            pub fn name(self) -> &'static str {
                match self { $(Role::$name => $text),* }
            }
        }
    };
}

roles! {
    /// The story.
    Story = "story",
    /// The headline, which stands in the metadata.
    Headline = "headline",
    /// Who wrote it, and when.
    Byline = "byline",
    /// The words under a picture.
    Caption = "caption",
    /// About the author.
    Bio = "bio",
    /// A sign-up for e-mail.
    Newsletter = "newsletter",
    /// An offer to subscribe, to donate, to become a member.
    Subscribe = "subscribe",
    /// Other stories.
    Related = "related",
    /// Share and follow prompts.
    Social = "social",
    /// Advertising and its labels.
    Ad = "ad",
    /// Buttons, players, messages of the page.
    Ui = "ui",
    /// Copyright, terms, notices.
    Legal = "legal",
    /// Readers' comments and what invites them.
    Comments = "comments",
    /// Menus, headers, footers.
    Navigation = "navigation",
    /// What the page does not show.
    Hidden = "hidden",
    /// Words that stand elsewhere in the story already.
    Repeat = "repeat",
    /// Not the story; nothing more is known.
    Boilerplate = "boilerplate",
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One thing that was seen of a block. Its `Display` is part of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Evidence {
    /// It stands inside an element whose tag or role says what it is.
    Inside(String),
    /// An element around it carries a telling class, id or test id.
    Token(String),
    /// It says a phrase of the lexicon.
    Phrase(String),
    /// Its words are those of the story, or of what is not: the weightiest of them.
    Wording(String),
    /// Its words stand in the rest of the story too, or do not.
    Coherence(Lean),
    /// Its links lead where those of a story do, or where those of inserts do.
    LinkTargets(Lean),
    /// It names the site.
    SaysSite,
    /// The share of its characters inside links, in 0..=1.
    LinkDensity(f32),
    /// Its words.
    Words(usize),
    /// It reads as the lines do that publishers plant in stories: sign-ups, pleas, prompts.
    ReadsAsPitch,
    /// It stands in the container that holds most of the page's prose.
    InMainContainer,
    /// It stands outside of that container.
    OutsideMainContainer,
    /// It ends as sentences end.
    Sentences,
    /// It stands ahead of the first paragraph of the story.
    BeforeStory,
    /// It stands behind the last paragraph of the story.
    AfterStory,
    /// It follows a heading or line that opens such a section.
    Under(String),
    /// The blocks around it were kept.
    AmongStory,
    /// The blocks around it were dropped.
    AmongDropped,
    /// What stands near by speaks against it: prompts, headings, lines unlike a story.
    Around,
    /// The heading has no story behind it.
    OrphanHeading,
    /// It says what the headline says.
    SaysHeadline,
    /// It says what another block says.
    SaysAgain,
    /// It stands in the body that the page's structured data gives.
    InStructuredBody,
    /// A small box around it holds a line that is an insert.
    InInsertBox,
    /// It is alone in a box with a picture, right under it.
    AloneWithPicture,
    /// It stands in one of several boxes that each lead to another page.
    InCard,
    /// It stands behind another story's headline, or in another article of the page.
    InOtherStory,
    /// It is the summary under the headline.
    Deck,
    /// It names the author or the year.
    Credit,
    /// The caller asked for it.
    Included,
    /// Nothing speaks for it.
    NothingForIt,
    /// It says no phrase of an insert.
    NoPhrase,
    /// The page holds no story.
    NoStoryAround,
    /// Each cleaning of the text would take more of it.
    Unsettled,
    /// The markup hides it.
    Hidden,
    /// How the blocks of the same form were judged.
    Form(Lean),
    /// How its markup reads: a heading, a list item, a table row.
    Markup(&'static str),
    /// What its form tells: a line of code, the number of a slide, a label ahead of a link.
    Shape(&'static str),
}

/// Which way a sign points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lean {
    /// To the story.
    Story,
    /// Away from it.
    Other,
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Evidence::Inside(what) => write!(f, "inside <{what}>"),
            Evidence::Token(token) => write!(f, "in a box named `{token}`"),
            // The lexicon tells long gaps from short ones by their ellipses; a reader need not.
            Evidence::Phrase(phrase) => write!(f, "says \"{}\"", phrase.replace("……", "…")),
            Evidence::Wording(words) => write!(f, "worded as in \"{words}\""),
            Evidence::Coherence(Lean::Story) => f.write_str("shares words with the story"),
            Evidence::Coherence(Lean::Other) => f.write_str("shares few words with the story"),
            Evidence::LinkTargets(Lean::Story) => f.write_str("links as stories do"),
            Evidence::LinkTargets(Lean::Other) => f.write_str("links as inserts do"),
            Evidence::SaysSite => f.write_str("names the site"),
            Evidence::LinkDensity(share) => write!(f, "{:.0} % links", share * 100.0),
            Evidence::Words(1) => f.write_str("1 word"),
            Evidence::Words(words) => write!(f, "{words} words"),
            Evidence::InMainContainer => f.write_str("in the main text"),
            Evidence::OutsideMainContainer => f.write_str("outside the main text"),
            Evidence::Sentences => f.write_str("whole sentences"),
            Evidence::BeforeStory => f.write_str("ahead of the story"),
            Evidence::AfterStory => f.write_str("behind the story"),
            Evidence::Under(heading) => write!(f, "under \"{heading}\""),
            Evidence::AmongStory => f.write_str("story around it"),
            Evidence::AmongDropped => f.write_str("nothing but dropped lines around it"),
            Evidence::Around => f.write_str("what stands around it"),
            Evidence::OrphanHeading => f.write_str("a heading with no story behind it"),
            Evidence::SaysHeadline => f.write_str("repeats the headline"),
            Evidence::SaysAgain => f.write_str("repeats another block"),
            Evidence::InStructuredBody => f.write_str("in the page's own articleBody"),
            Evidence::InInsertBox => f.write_str("in a small box with an insert"),
            Evidence::AloneWithPicture => f.write_str("alone with a picture, as all of its form are"),
            Evidence::InCard => f.write_str("in one of several linked cards"),
            Evidence::InOtherStory => f.write_str("outside the story's own article"),
            Evidence::Deck => f.write_str("the summary under the headline"),
            Evidence::Credit => f.write_str("names the author or a year"),
            Evidence::Included => f.write_str("asked for with --include"),
            Evidence::ReadsAsPitch => f.write_str("reads as a prompt or an offer"),
            Evidence::NothingForIt => f.write_str("nothing speaks for it"),
            Evidence::NoPhrase => f.write_str("says no phrase of an insert"),
            Evidence::NoStoryAround => f.write_str("the page holds no story"),
            Evidence::Unsettled => f.write_str("each cleaning would take more of the text"),
            Evidence::Hidden => f.write_str("hidden by its markup"),
            Evidence::Form(Lean::Story) => f.write_str("of the form of the story's blocks"),
            Evidence::Form(Lean::Other) => f.write_str("of the form of dropped blocks"),
            Evidence::Markup(what) | Evidence::Shape(what) => f.write_str(what),
        }
    }
}

/// What was decided of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// One verdict a block, in order.
    pub verdicts: Vec<Verdict>,
    /// The words of each block's text, in order, as `block::count_words` counts them.
    pub words: Vec<usize>,
    /// What the page as a whole is.
    pub page: PageVerdict,
    /// How likely the story is right, in 0..=1: see [`crate::Article::confidence`].
    pub confidence: f32,
}

/// What a page as a whole is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageVerdict {
    /// A story.
    Article,
    /// A live ticker: a story told in entries.
    Live,
    /// The teaser of a story that one has to pay for.
    Paywalled,
    /// No text without JavaScript.
    ScriptOnly,
    /// A robot check, a consent wall, an error page.
    Blocked,
    /// Some other page: a section front, a search result, a login.
    NotAnArticle,
}

impl PageVerdict {
    /// All of them.
    const ALL: [PageVerdict; 6] = [
        PageVerdict::Article,
        PageVerdict::Live,
        PageVerdict::Paywalled,
        PageVerdict::ScriptOnly,
        PageVerdict::Blocked,
        PageVerdict::NotAnArticle,
    ];

    /// The one of this name.
    pub fn named(name: &str) -> Option<PageVerdict> {
        PageVerdict::ALL.into_iter().find(|verdict| verdict.name() == name)
    }

    /// The name in records and messages.
    pub fn name(self) -> &'static str {
        match self {
            PageVerdict::Article => "article",
            PageVerdict::Live => "live",
            PageVerdict::Paywalled => "paywalled",
            PageVerdict::ScriptOnly => "script-only",
            PageVerdict::Blocked => "blocked",
            PageVerdict::NotAnArticle => "not-an-article",
        }
    }

    /// Whether there is a story, or a piece of one.
    pub fn has_story(self) -> bool {
        matches!(self, PageVerdict::Article | PageVerdict::Live | PageVerdict::Paywalled)
    }
}

impl fmt::Display for PageVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
