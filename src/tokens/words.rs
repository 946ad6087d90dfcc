//! Small words that tell English from other languages in Latin script.

/// Which language a small word speaks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    English,
    Foreign,
}

/// An ASCII word of at most eight letters, in lower case: its bytes in order, as one number.
pub(super) type Packed = u64;

/// Words that are frequent in English and rare in other languages.
const ENGLISH: &str = "the of and to that for with you this are have from not it by we your which will can \
    has been if they their would there what when more other any should must may also than then but our he she \
    his its were who how does only into such these those some about out up my one just because them could very \
    over first after where here like please used using use each make between before being same both without \
    while let get need every own through most never always thank thanks hello";

/// Small words of German, the Romance, Nordic, Slavic, Baltic and Celtic languages, Dutch, Afrikaans, Finnish,
/// Hungarian, Albanian, Basque, Turkish, Azeri, Uzbek, Indonesian, Tagalog, Swahili, Zulu and Somali.
const FOREIGN: &str = "der das und ist nicht ein eine einer einen den dem des zu mit sich auf im auch von wird \
    ich sie wir ihr bei oder dass aus nach werden sind wie zum zur nur kann \
    le la les de du et est un une que qui dans sur pas il elle nous vous ce au aux avec sont ou ses cette \
    el los las y en del se con su por al lo como sus es para este esta o os da dos das em um uma na \
    ao seu sua pelo pela mais di che non della dei delle gli nel alla si ed anche sono dell nella qu l e \
    het een van zijn op te dat met voor aan ook niet wordt \
    och att det som av med ett inte og er ikke til har et alle skal eller vi jag jeg ei ja ovat \
    w z nie jest oraz lub jak przez v je ve nebo az nem egy vagy cu sau nu din \
    za ili su ir vai ar bir bu ile ya ni wa kwa yang dan untuk dengan atau setiap orang ini itu dari \
    pada tidak dalam ang ng mga ay yr agus ka ku ko oo ee iyo ama waa \
    va yoki uchun har bilan ti tai kaj estas eta edo dhe ose";

const SLOTS: usize = 1024;

/// Words by a hash of their letters, the next free slot after it; the lowest bit says English.
static TABLE: [u64; SLOTS] = filled(FOREIGN, 0, filled(ENGLISH, 1, [0; SLOTS]));

/// What a word says about the language, if it is one of the small words.
pub(super) fn tongue(word: Packed) -> Option<Tongue> {
    let mut slot = slot_of(word);
    loop {
        match TABLE[slot] {
            0 => return None,
            found if found >> 1 == word => {
                return Some(match found & 1 {
                    1 => Tongue::English,
                    _ => Tongue::Foreign,
                });
            }
            _ => slot = (slot + 1) % SLOTS,
        }
    }
}

const fn slot_of(word: Packed) -> usize {
    (word.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 54) as usize
}

const fn filled(words: &str, english: u64, mut table: [u64; SLOTS]) -> [u64; SLOTS] {
    let bytes = words.as_bytes();
    let (mut at, mut word) = (0, 0);
    while at <= bytes.len() {
        if at < bytes.len() && bytes[at] != b' ' {
            assert!(bytes[at].is_ascii_lowercase() && word >> 56 == 0);
            word = word << 8 | bytes[at] as Packed;
        } else if word != 0 {
            table = with(word, english, table);
            word = 0;
        }
        at += 1;
    }
    table
}

const fn with(word: Packed, english: u64, mut table: [u64; SLOTS]) -> [u64; SLOTS] {
    let mut slot = slot_of(word);
    while table[slot] != 0 && table[slot] >> 1 != word {
        slot = (slot + 1) % SLOTS;
    }
    table[slot] = word << 1 | english;
    table
}
