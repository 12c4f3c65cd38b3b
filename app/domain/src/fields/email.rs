//! An e-mail address, as `input[type=email]` reads it, with a dot in the domain (VAL-7).

use super::typed::{stored_text, trimmed};
use crate::code::Code;

/// 64 before the @, 255 after it (RFC 5321, 4.5.3.1).
const LONGEST: usize = 320;
/// RFC 1035, 2.3.4.
const LONGEST_LABEL: usize = 63;

stored_text! {
    /// Stored and shown with the domain in small letters.
    plain Email
}

impl Email {
    /// Takes one ASCII address. Line ends inside are dropped, as browsers do.
    ///
    /// # Errors
    /// `Empty`, `EmailCyrillic` (also a Cyrillic domain: people are asked for its `xn--` form or
    /// another address), `EmailFormat` (what cannot stand where it stands), `EmailDoubleDot`,
    /// `EmailTooLong`; while it may still grow `EmailNoAt` or `EmailNoDomainDot` (no dot in the
    /// domain yet, or nothing after its last dot or hyphen).
    pub fn parse(input: &str) -> Result<Self, Code> {
        let address: String = trimmed(input).chars().filter(|c| !matches!(c, '\n' | '\r')).collect();
        // A line end inside may have hidden a space at either side of it.
        let address = trimmed(&address);
        if address.is_empty() {
            return Err(Code::Empty);
        }
        if address.chars().any(|c| matches!(c, '\u{400}'..='\u{4ff}')) {
            return Err(Code::EmailCyrillic);
        }
        let (local, domain) = match address.split_once('@') {
            Some((local, domain)) => (local, Some(domain)),
            None => (address, None),
        };
        if (local.is_empty() && domain.is_some()) || !local.bytes().all(is_local) {
            return Err(Code::EmailFormat);
        }
        if address.contains("..") {
            return Err(Code::EmailDoubleDot);
        }
        if address.len() > LONGEST {
            return Err(Code::EmailTooLong);
        }
        let domain = domain.ok_or(Code::EmailNoAt)?;
        check_domain(domain)?;
        let mut stored = String::with_capacity(address.len());
        stored.push_str(local);
        stored.push('@');
        stored.push_str(&domain.to_ascii_lowercase());
        Ok(Email(stored))
    }

    /// Enough to recognise one's own address by: `a***@example.org`.
    pub fn masked(&self) -> String {
        let (local, domain) = self.0.split_once('@').unwrap_or_default();
        [local.get(..1).unwrap_or_default(), "***@", domain].concat()
    }
}

/// `atext` of RFC 5322 and the dot, the WHATWG rule for what precedes the @.
const fn is_local(b: u8) -> bool {
    b.is_ascii_alphanumeric()
        || matches!(b, b'.' | b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'/' | b'=' | b'?' | b'^'..=b'`' | b'{'..=b'~')
}

fn check_domain(domain: &str) -> Result<(), Code> {
    let mut labels = domain.split('.');
    let last = labels.next_back().unwrap_or_default();
    let mut dotted = false;
    for label in labels {
        dotted = true;
        if label.is_empty() || label.ends_with('-') {
            return Err(Code::EmailFormat);
        }
        check_label(label)?;
    }
    check_label(last)?;
    if !dotted || last.is_empty() || last.ends_with('-') {
        return Err(Code::EmailNoDomainDot);
    }
    Ok(())
}

/// What holds for a label however it goes on.
fn check_label(label: &str) -> Result<(), Code> {
    if label.starts_with('-') || !label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return Err(Code::EmailFormat);
    }
    if label.len() > LONGEST_LABEL {
        return Err(Code::EmailTooLong);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_domain_is_stored_in_small_letters() {
        let email = Email::parse(" Anna.K@Example.ORG\n").unwrap();
        assert_eq!(email.as_str(), "Anna.K@example.org");
        assert_eq!(email.masked(), "A***@example.org");
    }

    #[test]
    fn what_is_certainly_wrong_is_told_before_the_end() {
        assert_eq!(Email::parse("анна"), Err(Code::EmailCyrillic));
        assert_eq!(Email::parse("anna@почта"), Err(Code::EmailCyrillic));
        assert_eq!(Email::parse("anna,"), Err(Code::EmailFormat));
        assert_eq!(Email::parse("@"), Err(Code::EmailFormat));
        assert_eq!(Email::parse("anna@@"), Err(Code::EmailFormat));
        assert_eq!(Email::parse("anna@-"), Err(Code::EmailFormat));
        assert_eq!(Email::parse("anna@."), Err(Code::EmailFormat));
        assert_eq!(Email::parse("anna.."), Err(Code::EmailDoubleDot));
        assert_eq!(Email::parse("anna@mail.."), Err(Code::EmailDoubleDot));
    }

    #[test]
    fn what_may_still_grow_is_called_unfinished() {
        assert_eq!(Email::parse("anna"), Err(Code::EmailNoAt));
        for typed in ["anna@", "anna@mail", "anna@mail.", "anna@mail-", "anna@mail.r-"] {
            assert_eq!(Email::parse(typed), Err(Code::EmailNoDomainDot), "{typed}");
        }
    }
}
