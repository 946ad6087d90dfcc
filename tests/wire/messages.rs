//! Any message there can be.

use std::collections::BTreeMap;

use foretoken::tokens::{
    Attachment, Document, Encoding, Message, Piece, Profile, Prompt, PromptCounts, Role, ToolCount,
};
use foretoken::wire::{
    BlockPieces, CountOrder, CountRequest, PiecesRequest, Reply, Request, Stage, TextChange,
    VocabularyFile,
};
use proptest::prelude::*;

pub fn document(text: &str) -> Attachment {
    Attachment::Document(Document::new("notes.txt", text))
}

fn encoding() -> impl Strategy<Value = Encoding> {
    prop::sample::select(Encoding::ALL.to_vec())
}

fn prompt() -> impl Strategy<Value = Prompt> {
    let role = prop::sample::select(Role::ALL.to_vec());
    let parts = (
        role,
        any::<String>(),
        any::<Option<String>>(),
        any::<Vec<String>>(),
    );
    let message = parts.prop_map(|(role, text, name, documents)| Message {
        name,
        attachments: documents.iter().map(|text| document(text)).collect(),
        ..Message::new(role, text)
    });
    (prop::collection::vec(message, 0..4), any::<String>())
        .prop_map(|(messages, tools)| Prompt { messages, tools })
}

fn change() -> impl Strategy<Value = TextChange> {
    let splice = any::<(usize, usize, String)>();
    prop_oneof![
        Just(TextChange::Same),
        Just(TextChange::Whole),
        splice.prop_map(|(from, to, with)| TextChange::Splice { from, to, with }),
    ]
}

pub fn requests() -> impl Strategy<Value = Request> {
    let file =
        (any::<String>(), any::<String>()).prop_map(|(name, url)| VocabularyFile { name, url });
    let encodings = prop::collection::vec(encoding(), 0..5);
    prop_oneof![
        prop::collection::vec(file, 0..3).prop_map(|vocabularies| Request::Open { vocabularies }),
        (
            any::<u64>(),
            prompt(),
            any::<String>(),
            encodings,
            prop::collection::vec(change(), 0..4)
        )
            .prop_map(|(revision, prompt, sample, encodings, texts)| {
                let request = CountRequest {
                    revision,
                    prompt,
                    sample,
                    encodings,
                };
                Request::Count(CountOrder { request, texts })
            }),
        (any::<u64>(), encoding(), any::<Vec<String>>()).prop_map(
            |(revision, encoding, blocks)| {
                Request::Pieces(PiecesRequest {
                    revision,
                    encoding,
                    blocks,
                })
            }
        ),
        any::<u64>().prop_map(|revision| Request::Cancel { revision }),
        (any::<u64>(), any::<String>(), encoding()).prop_map(|(revision, sample, encoding)| {
            Request::Weigh(CountRequest {
                revision,
                prompt: Prompt::default(),
                sample,
                encodings: vec![encoding],
            })
        }),
    ]
}

fn counts() -> impl Strategy<Value = PromptCounts> {
    let profile = any::<[u64; 5]>().prop_map(|[english, latin, code, cjk, other]| Profile {
        english,
        latin,
        code,
        cjk,
        other,
    });
    let tools =
        any::<([u64; 4], bool)>().prop_map(|([tools, cookbook, typescript, json], nested)| {
            ToolCount {
                tools,
                cookbook,
                typescript,
                json,
                nested,
            }
        });
    (
        any::<Vec<u64>>(),
        profile,
        tools,
        any::<Option<String>>(),
        any::<[u64; 2]>(),
    )
        .prop_map(
            |(messages, profile, tools, tools_error, [framing, sample])| PromptCounts {
                profiles: vec![profile; messages.len()],
                documents: messages.iter().rev().copied().collect(),
                document_profiles: vec![profile; messages.len()],
                messages,
                framing,
                tools,
                tools_error,
                sample,
                sample_profile: profile,
            },
        )
}

fn stages() -> impl Strategy<Value = Stage> {
    prop_oneof![
        any::<(String, u64, u64)>().prop_map(|(vocabulary, done, of)| Stage::Loading {
            vocabulary,
            done,
            of
        }),
        (encoding(), any::<[u64; 3]>()).prop_map(|(encoding, [done, of, tokens])| {
            Stage::Counting {
                encoding,
                done,
                of,
                tokens,
            }
        }),
    ]
}

fn counted() -> impl Strategy<Value = BTreeMap<Encoding, PromptCounts>> {
    prop::collection::btree_map(encoding(), counts(), 0..4)
}

pub fn replies() -> impl Strategy<Value = Reply> {
    let piece = any::<(usize, u32)>().prop_map(|(bytes, id)| Piece { bytes, id });
    let read_as = any::<Option<String>>();
    let block = (any::<String>(), read_as, prop::collection::vec(piece, 0..4)).prop_map(
        |(block, read_as, pieces)| BlockPieces {
            block,
            read_as,
            pieces,
        },
    );
    let blocks = prop::collection::vec(block, 0..3);
    prop_oneof![
        any::<u32>().prop_map(|version| Reply::Ready { version }),
        (any::<u64>(), stages()).prop_map(|(revision, stage)| Reply::Progress { revision, stage }),
        (any::<u64>(), counted())
            .prop_map(|(revision, counts)| Reply::Counted { revision, counts }),
        (any::<u64>(), encoding(), any::<String>()).prop_map(|(revision, encoding, why)| {
            Reply::Missing {
                revision,
                encoding,
                why,
            }
        }),
        (any::<u64>(), counted()).prop_map(|(revision, counts)| Reply::Done { revision, counts }),
        (any::<u64>(), encoding(), blocks).prop_map(|(revision, encoding, blocks)| Reply::Pieces {
            revision,
            encoding,
            blocks
        }),
        (
            any::<u64>(),
            counted(),
            prop::collection::btree_map(encoding(), any::<String>(), 0..3)
        )
            .prop_map(|(revision, counts, missing)| Reply::Weighed {
                revision,
                counts,
                missing
            }),
        any::<String>().prop_map(|why| Reply::Failed { why }),
    ]
}
