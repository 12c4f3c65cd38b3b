//! How soon a password is guessed (C2): lists of stolen ones, and what programs that guess would try. On the server
//! only: the lists are larger than the page.

use super::newcomers::FIRST;
use super::trouble;
use crate::http::Visit;
use crate::storage::accounts;
use crate::storage::sessions::{Session, Stage};
use app::error::Refusal;
use app::text::security::strength;
use domain::Code;
use flate2::read::GzDecoder;
use std::collections::HashSet;
use std::io::Read;
use std::sync::LazyLock;
use zxcvbn::Score;

/// The 20,000 passwords most often found in leaks, in small letters.
const STOLEN: &[u8] = include_bytes!("../../reference/common_passwords.txt.gz");
/// What Russians build passwords on.
const RUSSIAN: &str = include_str!("../../reference/russian_words.txt");
/// The same keys in both layouts.
const KEYS: (&str, &str) = ("йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`");
/// Longer passwords are no easier for their beginning being judged; the judge's time grows faster than they do.
const JUDGED: usize = 72;
/// Below 10^8 guesses.
const WEAK: Score = Score::Two;

static LISTED: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let mut text = String::new();
    // The file is part of the program: that it opens is a test's business.
    let _ = GzDecoder::new(STOLEN).read_to_string(&mut text);
    text.lines().map(str::to_owned).collect()
});

/// The Russian words, and what comes of them on an English keyboard.
static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let words = RUSSIAN.split_whitespace();
    words.flat_map(|word| [word.to_owned(), typed_in_english(word)]).collect()
});

/// A Russian text as the keys give it when nobody switched the layout: «пароль» is `gfhjkm`.
fn typed_in_english(text: &str) -> String {
    let key = |c| KEYS.0.chars().position(|k| k == c).and_then(|at| KEYS.1.chars().nth(at)).unwrap_or(c);
    text.chars().map(key).collect()
}

impl Visit {
    /// How soon a password would be guessed, 0 … 4, and in words; with what the account says of whoever is signed in or
    /// has proved that they may set a new one.
    pub async fn strength(&self, password: String, mut about: Vec<String>) -> Result<(u8, &'static str), Refusal> {
        self.limit(&[("strength/address", &self.address.to_string(), 10, 300)]).await?;
        let whose = self.session.as_ref().filter(|s| has_proved(s)).and_then(|s| s.account_id.clone());
        if let Some(id) = whose {
            let mut tx = self.house.db.read().await.map_err(trouble)?;
            let account = accounts::find(&mut tx, &self.house.vault, &id).await.map_err(trouble)?;
            about.extend(account.iter().flat_map(|a| a.profile.iter().map(|(_, value)| value.to_owned())));
        }
        let score = self.house.passwords.score(password, about).await?;
        Ok((score, strength(self.lang, score)))
    }
}

/// Whether somebody of this session has proved anything. A recovery names its account before its code was typed: the score
/// would tell whoever knows a telephone that there is an account, and word by word what it says.
fn has_proved(session: &Session) -> bool {
    match session.stage {
        Stage::Open | Stage::Renewing => true,
        // The first entry: the password that staff gave was right, one's own is chosen.
        Stage::PendingLogin => session.subject.as_deref() == Some(FIRST),
        Stage::Registering | Stage::Recovering | Stage::Rephoning => false,
    }
}

/// From 0, guessed at once, to 4; what [`judge`] refuses is 2 at most.
pub fn score(password: &str, about: &[&str]) -> u8 {
    let judged: String = password.chars().take(JUDGED).collect();
    let score = u8::from(zxcvbn::zxcvbn(&judged, &known(about)).score());
    match judge(password, about) {
        Ok(()) => score,
        Err(Code::PasswordBreached) => 0,
        Err(_) => score.min(2),
    }
}

/// What a guesser tries first: words of the person, and what Russians build passwords on.
fn known<'a>(about: &[&'a str]) -> Vec<&'a str> {
    let mut known: Vec<&str> = about.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).collect();
    known.retain(|word| word.chars().count() > 2);
    known.extend(WORDS.iter().map(String::as_str));
    known
}

/// Refuses what is guessed soon. `about` is what a guesser may know of the person.
///
/// # Errors
/// `PasswordBreached`, `PasswordGuessable`.
pub fn judge(password: &str, about: &[&str]) -> Result<(), Code> {
    let folded: String = password.chars().take(JUDGED).collect::<String>().to_lowercase();
    for text in [folded.clone(), typed_in_english(&folded)] {
        let core = text.trim_matches(|c: char| !c.is_alphabetic());
        // Digits and signs around a listed word are tried next.
        let bare = core.chars().count() * 2 >= text.chars().count();
        if LISTED.contains(&text) || (bare && LISTED.contains(core)) {
            return Err(Code::PasswordBreached);
        }
    }
    let judged: String = password.chars().take(JUDGED).collect();
    if zxcvbn::zxcvbn(&judged, &known(about)).score() <= WEAK {
        return Err(Code::PasswordGuessable);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stolen_passwords_are_known_with_their_trimmings() {
        assert!(LISTED.len() > 19_000, "{}", LISTED.len());
        for password in ["Dragon-2020", "Superman1!", "Football#1", "P@ssword1"] {
            assert!(judge(password, &[]).is_err(), "{password}");
        }
        assert_eq!(judge("Dragon-2020", &[]), Err(Code::PasswordBreached));
    }

    #[test]
    fn russian_words_and_the_persons_own_are_guessed_soon() {
        for password in ["Наташа-1987", "Yfnfif-1987", "Любимая_1", "Ktyjxrf2010!"] {
            assert!(judge(password, &[]).is_err(), "{password}");
        }
        assert_eq!(judge("Кузьмина-1990", &["Кузьмина"]), Err(Code::PasswordGuessable));
        assert_eq!(judge("Rezinkin-77", &["rezinkin@example.org"]), Err(Code::PasswordGuessable));
    }

    #[test]
    fn the_meter_never_praises_what_the_form_refuses() {
        for password in ["Dragon-2020", "Наташа-1987", "Кузьмина-1990", "Aq7!xK2#mZ9p", "Correct-horse-9-battery", "x"]
        {
            let about = ["Кузьмина"];
            assert_eq!(score(password, &about) > 2, judge(password, &about).is_ok(), "{password}");
        }
        assert_eq!(score("Dragon-2020", &[]), 0, "stolen ones are tried first");
        assert_eq!(score("Correct-horse-9-battery", &[]), 4);
    }

    #[test]
    fn a_few_words_that_do_not_belong_together_are_fine() {
        for password in ["Тополь-7-река!", "Correct-horse-9-battery", "Зимой в Москва-реке 3 градуса", "Aq7!xK2#mZ9p"]
        {
            assert_eq!(judge(password, &[]), Ok(()), "{password}");
        }
        assert_eq!(judge(&"Бегемот-3-".repeat(12), &[]), Ok(()));
    }
}
