/// Reads a stream of server-sent events as its bytes arrive, cut anywhere.
///
/// What counts is the data of each event: all four protocols repeat the event's name in it. By the rules of the HTML standard (§ 9.2.6):
/// lines end in LF, CR or both; a line that begins with a colon says nothing; the lines of one event's data are joined; an event
/// ends with an empty line, and one that the stream breaks off in is none.
///
/// ```
/// use foretoken::endpoint::Events;
/// let mut events = Events::default();
/// assert_eq!(events.take(b": hello\ndata: {\"a\":"), Vec::<String>::new());
/// assert_eq!(events.take(b" 1}\r\n\r\ndata: [DONE]\n\n"), ["{\"a\": 1}", "[DONE]"]);
/// assert!(!events.is_broken_off());
/// ```
#[derive(Debug, Default)]
pub struct Events {
    line: Vec<u8>,
    data: Option<String>,
    /// The last byte was CR: an LF right after it belongs to the same end of line.
    after_cr: bool,
}

/// Of an event this much is kept; a server that says more in one is not a model's.
const LONGEST: usize = 64_000_000;

impl Events {
    /// The data of the events that end in these bytes.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<String> {
        let mut ended = Vec::new();
        for byte in bytes {
            match byte {
                b'\n' if self.after_cr => {}
                b'\n' | b'\r' => ended.extend(self.end_line()),
                byte if self.line.len() < LONGEST => self.line.push(*byte),
                _ => {}
            }
            self.after_cr = *byte == b'\r';
        }
        ended
    }

    /// Whether the stream ended within an event.
    pub fn is_broken_off(&self) -> bool {
        self.data.is_some() || !self.line.is_empty()
    }

    fn end_line(&mut self) -> Option<String> {
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            return self.data.take();
        }
        let line = String::from_utf8_lossy(&line);
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        if field == "data" {
            let value = value.strip_prefix(' ').unwrap_or(value);
            match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => self.data = Some(value.to_owned()),
            }
        }
        None
    }
}
