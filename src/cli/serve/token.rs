//! The secret in the address: who knows it may see the drafts.

use std::fmt;

use constant_time_eq::constant_time_eq;

/// 256 bits from the system, in hexadecimal digits.
pub(super) struct Token(String);

impl Token {
    /// A token that nobody can guess.
    ///
    /// # Errors
    /// The system has no random numbers.
    pub(super) fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// Is this it? How long the comparison takes says nothing of how much of it is right.
    pub(super) fn is(&self, given: &str) -> bool {
        constant_time_eq(self.0.as_bytes(), given.as_bytes())
    }
}

/// For the address that the user is told, and nothing else.
impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_long_new_each_time_and_only_itself() {
        let (one, other) = (Token::new().unwrap(), Token::new().unwrap());
        assert_eq!(one.to_string().len(), 64);
        assert!(one.is(&one.to_string()) && !one.is(&other.to_string()));
        assert!(!one.is("") && !one.is(&one.to_string()[..63]) && !one.is(&one.to_string().to_uppercase()));
    }
}
