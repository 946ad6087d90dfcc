//! What was chosen, what arrived, and where we are. What is shown follows from these and is never kept.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use foretoken::calendar::{Month, Timestamp};
use foretoken::catalog::{Catalog, CatalogIndex, PriceOverride};
use foretoken::estimate::{Counts, Filter, Given, Sort};
use foretoken::scenario::{AnswerLength, AnswerTokens, Calibration, Load, ModelKey, Scenario};
use foretoken::tokens::{Encoding, Families, Message, Piece, Role};
use foretoken::wire::{PromptCounts, Reply, Stage};
use yew::prelude::*;

use crate::effects::clock;
use crate::effects::counting::Heard;
use crate::route::Page;

/// Rows shown before "show all".
pub const FIRST_ROWS: usize = 40;
/// Pinned rows, so that a comparison stays one a person can read.
pub const MOST_PINS: usize = 5;
/// Blocks of tokens kept for the token view.
const MOST_BLOCKS: usize = 600;

/// Shared, and equal only to itself: comparing two states must not read ten megabytes.
pub struct Shared<T>(Rc<T>);

impl<T> Shared<T> {
    pub fn new(value: T) -> Self {
        Shared(Rc::new(value))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Shared(self.0.clone())
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> std::ops::Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Default> Default for Shared<T> {
    fn default() -> Self {
        Shared::new(T::default())
    }
}

#[derive(Clone, PartialEq)]
pub struct State {
    // chosen
    pub scenario: Shared<Scenario>,
    /// Raised with every change of a text that is counted.
    pub revision: u64,
    // arrived
    pub draft: Draft,
    pub catalog: Shared<Catalog>,
    pub listed: Shared<Catalog>,
    pub index: Option<Rc<CatalogIndex>>,
    pub on_demand: Rc<Vec<String>>,
    pub families: Shared<Families>,
    pub trouble: Vec<String>,
    pub counts: Shared<Counts>,
    /// The revision that the counts are of.
    pub counted: u64,
    /// True while the counts are a guess from the number of characters.
    pub rough: bool,
    pub missing: BTreeMap<Encoding, String>,
    pub pieces: Shared<HashMap<(Encoding, String), Rc<Vec<Piece>>>>,
    pub stage: Option<Stage>,
    pub counter: Counter,
    pub now: Timestamp,
    // where we are
    pub page: Page,
    pub view: View,
    pub notice: Option<Notice>,
}

/// The kept draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Draft {
    Loading,
    Open,
}

/// Whether counting goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Counter {
    Working,
    Idle,
    Cancelled,
    Broken(String),
}

#[derive(Clone, Default, PartialEq)]
pub struct View {
    pub tokens: TokenView,
    pub filter: Filter,
    pub sort: Sort,
    pub open: Option<ModelKey>,
    pub all_rows: bool,
    pub tools: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TokenView {
    #[default]
    Text,
    Tokens,
    Ids,
}

/// Something the user should know; it goes when they say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    DraftSetAside { why: String },
    NotSaved { why: String },
    Deleted,
    Removed { prompt: Rc<foretoken::tokens::Prompt> , what: &'static str},
}

pub enum Action {
    Choose(Choice),
    Arrive(Arrival),
    Look(Look),
}

/// What the user sets.
pub enum Choice {
    Text(usize, String),
    Role(usize, Role),
    AddMessage,
    RemoveMessage(usize),
    MoveMessage { from: usize, to: usize },
    Tools(String),
    Clear,
    Undo,
    Example(&'static [(Role, &'static str)]),
    Length(AnswerLength),
    Sample(String),
    OwnAnswer(AnswerTokens),
    Load(Load),
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
    Catalog(Catalog),
    OnDemand(String, Catalog),
    Index(CatalogIndex),
    Families(Families),
    Trouble(String),
    Heard(Heard),
    Tick,
    Notice(Notice),
}

/// Where the user looks.
pub enum Look {
    Page(Page),
    Tokens(TokenView),
    Filter(Filter),
    Sort(Sort),
    Working(ModelKey),
    AllRows,
    Tools(bool),
    CancelCount,
    CountAgain,
    Dismiss,
}

impl Default for State {
    fn default() -> Self {
        State {
            scenario: Shared::default(),
            revision: 1,
            draft: Draft::Loading,
            catalog: Shared::default(),
            listed: Shared::default(),
            index: None,
            on_demand: Rc::default(),
            families: Shared::default(),
            trouble: Vec::new(),
            counts: Shared::default(),
            counted: 0,
            rough: false,
            missing: BTreeMap::new(),
            pieces: Shared::default(),
            stage: None,
            counter: Counter::Idle,
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

    pub fn is_empty(&self) -> bool {
        self.scenario.prompt.is_empty()
    }

    fn choose(&mut self, choice: Choice) {
        let counted = matches!(
            choice,
            Choice::Text(..)
                | Choice::Role(..)
                | Choice::AddMessage
                | Choice::RemoveMessage(_)
                | Choice::MoveMessage { .. }
                | Choice::Tools(_)
                | Choice::Clear
                | Choice::Undo
                | Choice::Forget
                | Choice::Example(_)
                | Choice::Sample(_)
        );
        let priced = matches!(
            choice,
            Choice::Override(_) | Choice::Restore(_) | Choice::Forget
        );
        if matches!(choice, Choice::RemoveMessage(_) | Choice::Clear | Choice::Example(_)) && !self.is_empty() {
            let what = match choice {
                Choice::RemoveMessage(_) => "message removed",
                _ => "prompt cleared",
            };
            let prompt = Rc::new(self.scenario.prompt.clone());
            self.notice = Some(Notice::Removed { prompt, what });
        }
        let mut scenario = (*self.scenario).clone();
        self.set(&mut scenario, choice);
        self.scenario = Shared::new(scenario);
        if counted {
            self.recount();
        }
        if priced {
            self.reprice();
        }
    }

    fn set(&mut self, scenario: &mut Scenario, choice: Choice) {
        match choice {
            Choice::Load(load) => scenario.load = load,
            Choice::Length(length) => scenario.answer.length = length,
            Choice::Sample(sample) => {
                scenario.answer.sample = sample;
                scenario.answer.length = AnswerLength::Sample;
            }
            Choice::OwnAnswer(tokens) => {
                scenario.answer.own = tokens;
                scenario.answer.length = AnswerLength::Own;
            }
            Choice::Forget => *scenario = Scenario::default(),
            Choice::Select(key) => scenario.selected = Some(key),
            Choice::Pin(key) => pin(&mut scenario.pins, key),
            Choice::Override(own) => scenario.overrides.push(own),
            Choice::Restore(key) => scenario.overrides.retain(|own| !is_of(own, &key)),
            Choice::Calibrate(family, None) => {
                scenario.calibrations.remove(&family);
            }
            Choice::Calibrate(family, Some(known)) => {
                scenario.calibrations.insert(family, known);
            }
            Choice::Undo => {
                if let Some(Notice::Removed { prompt, .. }) = self.notice.take() {
                    scenario.prompt = (*prompt).clone();
                }
            }
            prompt => set_prompt(scenario, prompt),
        }
    }

    fn recount(&mut self) {
        self.revision += 1;
        self.stage = None;
        self.missing.clear();
        self.counter = if self.is_empty() {
            Counter::Idle
        } else {
            Counter::Working
        };
        if self.is_empty() {
            self.counts = Shared::default();
            self.counted = self.revision;
        } else if self.counts.is_empty() || self.rough {
            self.counts = Shared::new(rough_counts(&self.scenario));
            self.rough = true;
        }
    }

    fn reprice(&mut self) {
        self.catalog = if self.scenario.overrides.is_empty() {
            self.listed.clone()
        } else {
            Shared::new(self.listed.with_overrides(&self.scenario.overrides))
        };
    }

    fn arrive(&mut self, arrival: Arrival) {
        match arrival {
            Arrival::Draft(draft) => self.open_draft(draft),
            Arrival::Catalog(catalog) => {
                self.listed = Shared::new(catalog);
                self.reprice();
            }
            Arrival::OnDemand(file, more) => {
                let mut listed = (*self.listed).clone();
                listed.merge(more);
                self.listed = Shared::new(listed);
                self.on_demand = Rc::new([(*self.on_demand).clone(), vec![file]].concat());
                self.reprice();
            }
            Arrival::Index(index) => self.index = Some(Rc::new(index)),
            Arrival::Families(families) => self.families = Shared::new(families),
            Arrival::Trouble(what) => self.trouble.push(what),
            Arrival::Heard(Heard::Reply(reply)) => self.hear(reply),
            Arrival::Heard(Heard::Broke { why }) => self.counter = Counter::Broken(why),
            Arrival::Tick => self.now = clock::now(),
            Arrival::Notice(notice) => self.notice = Some(notice),
        }
    }

    /// What the user typed before the draft was there is not thrown away for it.
    fn open_draft(&mut self, draft: Option<Box<Scenario>>) {
        self.draft = Draft::Open;
        if let Some(scenario) = draft
            && self.is_empty()
        {
            self.scenario = Shared::new(*scenario);
            self.view.tools = !self.scenario.prompt.tools.is_empty();
            self.recount();
            self.reprice();
        }
    }

    fn hear(&mut self, reply: Reply) {
        match reply {
            Reply::Progress { revision, stage } if revision == self.revision => {
                self.stage = Some(stage);
            }
            Reply::Counted {
                revision,
                encoding,
                counts,
            } if revision == self.revision => self.take_counts(encoding, counts),
            Reply::Missing {
                revision,
                encoding,
                why,
            } if revision == self.revision || revision == 0 => {
                self.missing.insert(encoding, why);
            }
            Reply::Done { revision } if revision == self.revision => {
                self.stage = None;
                if self.counter == Counter::Working {
                    self.counter = Counter::Idle;
                }
            }
            Reply::Pieces {
                encoding, blocks, ..
            } => self.take_pieces(encoding, blocks),
            Reply::Failed { why } => self.counter = Counter::Broken(why),
            _ => {}
        }
    }

    fn take_counts(&mut self, encoding: Encoding, counts: PromptCounts) {
        let mut all = if self.counted == self.revision && !self.rough {
            (*self.counts).clone()
        } else {
            Counts::new()
        };
        all.insert(encoding.plain(), counts);
        self.counts = Shared::new(all);
        self.counted = self.revision;
        self.rough = false;
        self.stage = None;
    }

    fn take_pieces(&mut self, encoding: Encoding, blocks: Vec<foretoken::wire::BlockPieces>) {
        let mut all = if self.pieces.len() > MOST_BLOCKS {
            HashMap::new()
        } else {
            (*self.pieces).clone()
        };
        for block in blocks {
            all.insert((encoding, block.block), Rc::new(block.pieces));
        }
        self.pieces = Shared::new(all);
    }

    fn look(&mut self, look: Look) {
        match look {
            Look::Page(page) => self.page = page,
            Look::Tokens(view) => self.view.tokens = view,
            Look::Filter(filter) => self.view.filter = filter,
            Look::Sort(sort) => self.view.sort = sort,
            Look::Working(key) => {
                self.view.open = (self.view.open.as_ref() != Some(&key)).then_some(key);
            }
            Look::AllRows => self.view.all_rows = true,
            Look::Tools(shown) => self.view.tools = shown,
            Look::CancelCount => {
                self.counter = Counter::Cancelled;
                self.stage = None;
            }
            Look::CountAgain => self.recount(),
            Look::Dismiss => self.notice = None,
        }
    }
}

fn set_prompt(scenario: &mut Scenario, choice: Choice) {
    let messages = &mut scenario.prompt.messages;
    match choice {
        Choice::Text(index, text) => {
            if let Some(message) = messages.get_mut(index) {
                message.text = Arc::from(text);
            }
        }
        Choice::Role(index, role) => {
            if let Some(message) = messages.get_mut(index) {
                message.role = role;
            }
        }
        Choice::AddMessage => messages.push(Message::new(next_role(messages), "")),
        Choice::RemoveMessage(index) if messages.len() > 1 => {
            messages.remove(index);
        }
        Choice::RemoveMessage(_) => messages[0].text = Arc::from(""),
        Choice::MoveMessage { from, to } if from.max(to) < messages.len() => messages.swap(from, to),
        Choice::Tools(tools) => scenario.prompt.tools = tools,
        Choice::Clear => scenario.prompt = Scenario::default().prompt,
        Choice::Example(example) => {
            *messages = example
                .iter()
                .map(|(role, text)| Message::new(*role, *text))
                .collect();
        }
        _ => {}
    }
}

/// A user speaks after the system and after the assistant.
fn next_role(messages: &[Message]) -> Role {
    match messages.last().map(|message| message.role) {
        Some(Role::User) => Role::Assistant,
        _ => Role::User,
    }
}

fn pin(pins: &mut Vec<ModelKey>, key: ModelKey) {
    if let Some(index) = pins.iter().position(|pin| *pin == key) {
        pins.remove(index);
    } else if pins.len() < MOST_PINS {
        pins.push(key);
    }
}

/// Whether an override is of this model.
pub fn is_of(own: &PriceOverride, key: &ModelKey) -> bool {
    match own {
        PriceOverride::Price {
            provider, model, ..
        } => *provider == key.provider && *model == key.model,
        PriceOverride::Model(own) => {
            key.provider == foretoken::catalog::YOURS && own.id == key.model
        }
    }
}

fn next_month() -> (i16, i8) {
    match clock::this_month() {
        (year, 12) => (year + 1, 1),
        (year, month) => (year, month + 1),
    }
}

/// A guess from the number of characters, shown until the vocabulary has arrived, and marked as a guess.
fn rough_counts(scenario: &Scenario) -> Counts {
    let messages = &scenario.prompt.messages;
    let counts = PromptCounts {
        framing: 4 * messages.len() as u64 + 3,
        ..PromptCounts::rough(messages.iter().map(|message| message.text.as_ref()), &scenario.answer.sample)
    };
    Counts::from([(Encoding::O200kBase, counts)])
}

/// The encodings that the models of a catalog are counted with, the base of all estimates first.
pub fn encodings(catalog: &Catalog) -> Vec<Encoding> {
    let mut wanted = vec![Encoding::O200kBase];
    for listing in catalog.listings() {
        let known = listing.model.encoding.as_deref().and_then(Encoding::from_name);
        if let Some(encoding) = known.map(Encoding::plain)
            && !wanted.contains(&encoding)
        {
            wanted.push(encoding);
        }
    }
    wanted
}
