//! The page's end of the worker: one count in flight, the newest waits, a worker that trapped is started again.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use foretoken::estimate::Counts;
use foretoken::tokens::{Encoding, Prompt};
use foretoken::wire::{
    CountOrder, CountRequest, PiecesRequest, Reply, Request, TextChange, VERSION, VocabularyFile,
};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::files;

/// A text from so many bytes on is handed over instead of copied.
const LONG: usize = 100_000;

/// Numbers of what is weighed, far from those of what is counted all the time.
const FIRST_WEIGH: u64 = 1 << 40;

/// What a prompt was found to come to: its counts, and the encodings that could not be had, each with why.
pub type Weighed = Result<(Counts, BTreeMap<Encoding, String>), String>;

type Told = Rc<dyn Fn(Weighed)>;

/// What happened, for the store.
pub enum Heard {
    Reply(Reply),
    /// The worker stopped twice on the same text; `why` is for the user.
    Broke {
        why: String,
    },
}

/// A handle to the worker. It is started by the first request and lives as long as the page.
#[derive(Clone)]
pub struct Counting(Rc<RefCell<Line>>);

struct Line {
    tell: Rc<dyn Fn(Heard)>,
    worker: Option<Worker>,
    ready: bool,
    in_flight: Option<CountRequest>,
    waiting: Option<CountRequest>,
    /// The texts that the worker has.
    known: Vec<Arc<str>>,
    pieces: Vec<PiecesRequest>,
    /// What is asked for once, in order, with whom to tell; sent when the worker is ready.
    weighs: Vec<(CountRequest, Told)>,
    next_weigh: u64,
    /// The revision the worker stopped on last.
    broke_on: Option<u64>,
}

impl PartialEq for Counting {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Counting {
    pub fn new(tell: impl Fn(Heard) + 'static) -> Self {
        Counting(Rc::new(RefCell::new(Line {
            tell: Rc::new(tell),
            worker: None,
            ready: false,
            in_flight: None,
            waiting: None,
            known: Vec::new(),
            pieces: Vec::new(),
            weighs: Vec::new(),
            next_weigh: FIRST_WEIGH,
            broke_on: None,
        })))
    }

    /// Start the worker before it is needed, for instance when the prompt gets the focus.
    pub fn warm_up(&self) {
        if self.0.borrow().worker.is_none() {
            self.start();
        }
    }

    /// Count this; whatever is being counted is stopped.
    pub fn count(&self, request: CountRequest) {
        self.warm_up();
        let mut line = self.0.borrow_mut();
        if let Some(current) = &line.in_flight {
            let revision = current.revision;
            line.post(&Request::Cancel { revision });
        }
        line.waiting = Some(request);
        line.send_next();
    }

    /// Stop counting; what is counted so far stands.
    pub fn cancel(&self) {
        let mut line = self.0.borrow_mut();
        line.waiting = None;
        if let Some(current) = &line.in_flight {
            let revision = current.revision;
            line.post(&Request::Cancel { revision });
        }
    }

    /// Ask where tokens begin and end in texts that are on screen.
    pub fn pieces(&self, request: PiecesRequest) {
        self.warm_up();
        let mut line = self.0.borrow_mut();
        if line.ready {
            line.post(&Request::Pieces(request));
        } else {
            line.pieces.push(request);
        }
    }

    /// Count a prompt once, beside what is counted all the time.
    pub fn weigh(
        &self,
        prompt: Prompt,
        encodings: Vec<Encoding>,
        tell: impl Fn(Weighed) + 'static,
    ) {
        let mut line = self.0.borrow_mut();
        let request = CountRequest {
            revision: line.next_weigh,
            prompt,
            sample: String::new(),
            encodings,
        };
        line.next_weigh += 1;
        line.weighs.push((request.clone(), Rc::new(tell)));
        if line.ready {
            line.post(&Request::Weigh(request));
        }
        drop(line);
        // After it is asked: a worker that cannot be started refuses it too.
        self.warm_up();
    }

    /// Nobody waits for a worker that will not answer.
    fn refuse_weighs(&self, why: &str) {
        let weighs = std::mem::take(&mut self.0.borrow_mut().weighs);
        for (_, tell) in weighs {
            tell(Err(why.to_owned()));
        }
    }

    /// Tell whoever asked for it.
    fn weighed(&self, revision: u64, weighed: Weighed) {
        let mut line = self.0.borrow_mut();
        let at = line
            .weighs
            .iter()
            .position(|(request, _)| request.revision == revision);
        let asked = at.map(|at| line.weighs.remove(at));
        drop(line);
        if let Some((_, tell)) = asked {
            tell(weighed);
        }
    }

    fn start(&self) {
        let Some(url) = files::address_of("worker") else {
            self.break_down("the counting worker is not part of this build");
            return;
        };
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        match Worker::new_with_options(&url, &options) {
            Ok(worker) => {
                self.listen(&worker);
                let mut line = self.0.borrow_mut();
                line.worker = Some(worker);
                line.ready = false;
                line.known.clear();
            }
            Err(_) => self.break_down("this browser did not start the counting worker"),
        }
    }

    fn listen(&self, worker: &Worker) {
        let this = self.clone();
        let message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string().unwrap_or_default();
            match serde_json::from_str(&text) {
                Ok(reply) => this.hear(reply),
                // A worker that cannot be understood is no better than one that stopped.
                Err(_) => this.restart(),
            }
        });
        worker.set_onmessage(Some(message.as_ref().unchecked_ref()));
        message.forget();
        let this = self.clone();
        let error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            event.prevent_default();
            this.restart();
        });
        worker.set_onerror(Some(error.as_ref().unchecked_ref()));
        error.forget();
    }

    fn hear(&self, reply: Reply) {
        if let Reply::Weighed {
            revision,
            counts,
            missing,
        } = reply
        {
            return self.weighed(revision, Ok((counts, missing)));
        }
        match &reply {
            Reply::Ready { version } if *version == VERSION => self.0.borrow_mut().open(),
            Reply::Ready { version } => {
                self.break_down(&format!(
                    "the page speaks version {VERSION} and its worker {version}: reload the page"
                ));
                return;
            }
            Reply::Failed { .. } => {
                self.restart();
                return;
            }
            Reply::Done { .. } => {
                let mut line = self.0.borrow_mut();
                line.in_flight = None;
                line.broke_on = None;
                line.send_next();
            }
            _ => {}
        }
        self.tell(Heard::Reply(reply));
    }

    /// The worker trapped. Start another; give up on a text that stops two of them.
    fn restart(&self) {
        let was_ready = self.0.borrow().ready;
        let gives_up = {
            let mut line = self.0.borrow_mut();
            line.ready = false;
            if let Some(worker) = line.worker.take() {
                worker.set_onmessage(None);
                worker.set_onerror(None);
                worker.terminate();
            }
            let broken = line.in_flight.take();
            let revision = broken.as_ref().map(|request| request.revision);
            let again = revision.is_some() && line.broke_on == revision;
            line.broke_on = revision;
            if line.waiting.is_none() && !again {
                line.waiting = broken;
            }
            revision.is_none() || (again && line.waiting.is_none())
        };
        self.refuse_weighs("the counter stopped on this text");
        if !was_ready {
            self.break_down("The counter could not be loaded; is the network there?");
        } else if gives_up {
            self.break_down("The counter stopped on this text.");
        } else {
            self.start();
        }
    }

    fn break_down(&self, why: &str) {
        self.refuse_weighs(why);
        self.tell(Heard::Broke {
            why: why.to_owned(),
        });
    }

    fn tell(&self, heard: Heard) {
        let tell = self.0.borrow().tell.clone();
        tell(heard);
    }
}

impl Line {
    fn open(&mut self) {
        self.ready = true;
        let file = |encoding: Encoding| {
            let name = encoding.vocabulary().to_owned();
            let url = files::address_of(&format!("vocab/{name}"))?;
            Some(VocabularyFile { name, url })
        };
        self.post(&Request::Open {
            vocabularies: Encoding::ALL.into_iter().filter_map(file).collect(),
        });
        for request in std::mem::take(&mut self.pieces) {
            self.post(&Request::Pieces(request));
        }
        for (request, _) in &self.weighs {
            self.post(&Request::Weigh(request.clone()));
        }
        self.send_next();
    }

    fn send_next(&mut self) {
        if !self.ready || self.in_flight.is_some() {
            return;
        }
        if let Some(request) = self.waiting.take() {
            self.in_flight = Some(request.clone());
            self.post_count(request);
        }
    }

    fn post(&self, request: &Request) {
        if let Ok(json) = serde_json::to_string(request) {
            self.send(&json.into(), &js_sys::Array::new());
        }
    }

    /// A count travels as a list: its JSON, which says what became of the texts that the worker has, then those that
    /// it has not. A long one goes as bytes, and the bytes are handed over: the page makes no text of them, and copies them
    /// once.
    fn post_count(&mut self, request: CountRequest) {
        let (request, texts) = request.split();
        let (changes, whole) = TextChange::all(&self.known, &texts);
        self.known = texts;
        let order = CountOrder {
            request,
            texts: changes,
        };
        if let Ok(json) = serde_json::to_string(&Request::Count(order)) {
            let parts = js_sys::Array::of1(&json.into());
            let handed_over = js_sys::Array::new();
            for text in whole {
                if text.len() < LONG {
                    parts.push(&JsValue::from_str(&text));
                } else {
                    let bytes = Uint8Array::from(text.as_bytes());
                    handed_over.push(&bytes.buffer());
                    parts.push(&bytes);
                }
            }
            self.send(&parts, &handed_over);
        }
    }

    fn send(&self, message: &JsValue, handed_over: &js_sys::Array) {
        if let Some(worker) = &self.worker {
            // A worker that cannot be reached reports it through its error event.
            let _ = worker.post_message_with_transfer(message, handed_over);
        }
    }
}
