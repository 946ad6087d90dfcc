//! What was chosen, what arrived, and where we are. What is shown follows from these and is never kept.

mod arrive;
mod choose;
mod look;
mod sandbox;
mod shared;
mod taking;
mod view;

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use foretoken::calendar::{Date, Month, Timestamp};
use foretoken::catalog::{BasisClass, Catalog, CatalogIndex, Listing, PriceOverride};
use foretoken::estimate::{Column, Counts, Given, Sellers, Sort};
use foretoken::sandbox::Session;
use foretoken::scenario::{
    AnswerEnd, AnswerLength, AnswerTokens, Calibration, Load, ModelKey, MonthChoice, Scenario,
};
use foretoken::tokens::{Detail, Encoding, Families, MediaRules, Prompt, Role};
use foretoken::wire::{BlockPieces, Stage};
use yew::prelude::*;

use crate::effects::clock;
use crate::effects::counting::{Heard, Weighed};
use crate::route::Page;

pub use look::Look;
pub use sandbox::{Ask, Refusal, Run, Sandbox};
pub use shared::Shared;
pub use taking::{Intake, Stands, Taking};
pub use view::{TokenView, View};

/// Rows shown before "show all".
pub const FIRST_ROWS: usize = 40;
/// Pinned rows, so that a comparison stays one a person can read.
pub const MOST_PINS: usize = 5;
/// Blocks of tokens kept for the token view.
const MOST_BLOCKS: usize = 600;

#[derive(Clone, PartialEq)]
pub struct State {
    // chosen
    pub scenario: Shared<Scenario>,
    /// Raised with every change of a text that is counted.
    pub revision: u64,
    // arrived
    pub draft: Draft,
    /// The scenario as it is kept.
    pub kept: Shared<Scenario>,
    pub catalog: Shared<Catalog>,
    pub listed: Shared<Catalog>,
    pub index: Option<Rc<CatalogIndex>>,
    pub families: Shared<Families>,
    pub media: Shared<MediaRules>,
    /// Files that are being read, and those that were refused.
    pub takings: Shared<Vec<Taking>>,
    pub trouble: Vec<String>,
    /// Raised when files are to be fetched again.
    pub attempt: u32,
    pub counts: Shared<Counts>,
    /// The revision that the counts are of.
    pub counted: u64,
    /// True while the counts are a guess from the number of characters.
    pub rough: bool,
    pub missing: BTreeMap<Encoding, String>,
    pub pieces: Shared<Pieces>,
    pub sandbox: Sandbox,
    pub stage: Option<Stage>,
    pub counter: Counter,
    /// The revision whose count was stopped.
    pub cancelled: u64,
    pub now: Timestamp,
    // where we are
    pub page: Page,
    pub view: View,
    pub notice: Option<Notice>,
}

/// Texts cut into tokens, by encoding.
pub type Pieces = HashMap<(Encoding, String), Rc<BlockPieces>>;

/// The kept draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Draft {
    Loading,
    Open,
    /// All was deleted: nothing is kept until the user chooses something again.
    Forgotten,
    /// There may be a draft that could not be read: nothing is written over it.
    Unreadable,
}

/// Whether counting goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Counter {
    Working,
    Idle,
    Cancelled,
    Broken(String),
}

/// Something the user should know; it goes when they say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    DraftSetAside {
        why: String,
    },
    NotSaved {
        why: String,
    },
    /// Documents of the draft whose texts were kept apart and are gone.
    DocumentsLost {
        names: Vec<String>,
    },
    Deleted,
    Removed {
        prompt: Rc<Prompt>,
        what: &'static str,
    },
}

pub enum Action {
    Choose(Choice),
    /// Of the sandbox.
    Ask(Ask),
    Arrive(Arrival),
    Look(Look),
}

/// A change of what holds when it is made: of two between which nothing is drawn, the second keeps the first.
pub type Change<T> = Box<dyn FnOnce(&mut T)>;

/// What the user sets.
pub enum Choice {
    Text(usize, Arc<str>),
    Role(usize, Role),
    AddMessage,
    RemoveMessage(usize),
    MoveMessage {
        from: usize,
        to: usize,
    },
    Tools(String),
    /// Of what is attached, by the message and the place among its attachments.
    Detach((usize, usize)),
    Detail((usize, usize), Detail),
    TextOnly((usize, usize), bool),
    Clear,
    Undo,
    Example(&'static [(Role, &'static str)]),
    Length(AnswerLength),
    Sample(String),
    /// One figure of the answer, and what stood beside it when it was typed.
    OwnAnswer {
        end: AnswerEnd,
        tokens: u64,
        beside: AnswerTokens,
    },
    Load(Change<Load>),
    /// The Month page.
    Month(Change<MonthChoice>),
    Select(ModelKey),
    Pin(ModelKey),
    Override(PriceOverride),
    Restore(ModelKey),
    Calibrate(String, Option<Calibration>),
    /// Everything kept was deleted: start afresh.
    Forget,
}

/// What comes from outside.
pub enum Arrival {
    Draft(Option<Box<Scenario>>),
    UnreadableDraft,
    Catalog(Catalog),
    OnDemand(Catalog),
    Index(CatalogIndex),
    Families(Families),
    Media(MediaRules),
    /// Of a file on its way into the prompt.
    Intake(Intake),
    Trouble(String),
    Heard(Heard),
    /// The sandbox's request of this turn is counted.
    Weighed {
        turn: u64,
        weighed: Weighed,
    },
    /// So many milliseconds after it went out.
    Played {
        turn: u64,
        milliseconds: u64,
    },
    /// The session that was kept.
    Session(Session),
    Tick(Timestamp),
    Notice(Notice),
}

impl Default for State {
    fn default() -> Self {
        State {
            scenario: Shared::default(),
            revision: 1,
            draft: Draft::Loading,
            kept: Shared::default(),
            catalog: Shared::default(),
            listed: Shared::default(),
            index: None,
            families: Shared::default(),
            media: Shared::default(),
            takings: Shared::default(),
            trouble: Vec::new(),
            attempt: 0,
            counts: Shared::default(),
            counted: 0,
            rough: false,
            missing: BTreeMap::new(),
            pieces: Shared::default(),
            sandbox: Sandbox::default(),
            stage: None,
            counter: Counter::Idle,
            cancelled: 0,
            now: clock::now(),
            page: Page::default(),
            view: View::default(),
            notice: None,
        }
    }
}

impl Reducible for State {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(self.apply(action))
    }
}

impl State {
    /// The one gateway: the state after something was chosen, arrived or looked at.
    pub fn apply(&self, action: Action) -> State {
        let mut next = self.clone();
        match action {
            Action::Choose(choice) => next.choose(choice),
            Action::Ask(ask) => next.ask(ask),
            Action::Arrive(arrival) => next.arrive(arrival),
            Action::Look(look) => next.look(look),
        }
        next
    }

    /// What estimates follow from, or nothing before a prompt is counted.
    pub fn given<'a>(&'a self, month: Month) -> Given<'a> {
        Given {
            scenario: &self.scenario,
            families: &self.families,
            media: &self.media,
            counts: &self.counts,
            rough: self.rough,
            now: self.now,
            month,
        }
    }

    /// The month the user chose, or the next one.
    pub fn month(&self) -> Option<Month> {
        let (year, month) = self.scenario.load.month.unwrap_or_else(next_month);
        clock::month(year, month)
    }

    /// The order of the table.
    pub fn sort(&self) -> Sort {
        let by_match = Sort {
            column: Column::Match,
            descending: false,
        };
        let as_found = self.is_empty() || !self.view.filter.query.trim().is_empty();
        self.view
            .sort
            .unwrap_or_else(|| if as_found { by_match } else { Sort::default() })
    }

    /// Files of the catalogue that are not here and hold a provider that was chosen, pinned, priced or asked for.
    pub fn missing_files(&self) -> Vec<String> {
        let Some(index) = &self.index else {
            return Vec::new();
        };
        let scenario = &self.scenario;
        let keys = scenario.pins.iter().chain(&scenario.selected);
        let keyed = keys.map(|key| key.provider.as_str());
        let mix = scenario.month.workload.mix.iter();
        let mixed = mix.filter_map(|share| Some(share.model.split_once('/')?.0));
        let priced = scenario.overrides.iter().map(|own| own.target().0);
        let asked = match &self.view.filter.sellers {
            Sellers::One(id) => Some(id.as_str()),
            _ => None,
        };
        let tried = self.sandbox.session.entries.iter();
        let tried = tried.map(|entry| entry.model.provider.as_str());
        let wanted = keyed.chain(mixed).chain(priced).chain(asked).chain(tried);
        let wanted: Vec<&str> = wanted.collect();
        let is_missing = |id: &str| wanted.contains(&id) && self.listed.provider(id).is_none();
        index
            .files
            .iter()
            .filter(|file| file.providers.iter().any(|each| is_missing(&each.id)))
            .map(|file| file.file.clone())
            .collect()
    }

    pub fn is_empty(&self) -> bool {
        self.scenario.prompt.is_empty()
    }
}

/// The base of all estimates first, then these.
pub fn with_base(others: impl IntoIterator<Item = Encoding>) -> Vec<Encoding> {
    let base = Encoding::O200kBase;
    let others = others.into_iter().filter(|other| *other != base);
    [base].into_iter().chain(others).collect()
}

fn next_month() -> (i16, i8) {
    match clock::this_month() {
        (year, 12) => (year + 1, 1),
        (year, month) => (year, month + 1),
    }
}

/// Whether a model answers text with text and is still sold.
pub fn is_offered(listing: Listing<'_>, today: Date) -> bool {
    listing.model.basis != BasisClass::NotText && !listing.model.is_gone(today)
}
