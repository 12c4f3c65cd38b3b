//! Providers of identities: `[doors.bank]` and `[doors.gosuslugi]` of the file.

use domain::accounts::doors::Door;
use secrecy::SecretString;
use serde::Deserialize;
use std::path::PathBuf;

/// What the operator has agreed with the providers; an absent one has no button.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Doors {
    bank: Option<Provider>,
    gosuslugi: Option<Provider>,
}

/// One provider.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// `https://id.bank.example`; its discovery document says the rest.
    pub issuer: String,
    pub client_id: String,
    /// A file that holds the client secret and nothing else; absent for a public client.
    secret_file: Option<PathBuf>,
    /// The name on the button.
    pub label: Option<String>,
    #[serde(default = "scopes")]
    pub scopes: Vec<String>,
}

fn scopes() -> Vec<String> {
    ["profile", "email", "phone"].map(str::to_owned).to_vec()
}

impl Doors {
    pub fn all(&self) -> impl Iterator<Item = (Door, &Provider)> {
        [(Door::Gosuslugi, &self.gosuslugi), (Door::Bank, &self.bank)]
            .into_iter()
            .filter_map(|(door, provider)| Some((door, provider.as_ref()?)))
    }
}

impl Provider {
    /// The secret, without the line's end.
    ///
    /// # Errors
    /// The file that cannot be read; never what is in it.
    pub fn secret(&self) -> Result<Option<SecretString>, std::io::Error> {
        let Some(file) = &self.secret_file else { return Ok(None) };
        let text = std::fs::read_to_string(file)?;
        Ok(Some(SecretString::from(text.trim().to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[test]
    fn an_operator_names_a_provider_in_four_lines_and_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bank.secret");
        std::fs::write(&file, "s3cret\n").unwrap();
        let text = format!(
            "[bank]\nissuer = \"https://id.bank.example\"\nclient_id = \"otdelenie\"\nlabel = \"Банк\"\nsecret_file = {file:?}"
        );
        let doors: Doors = toml::from_str(&text).unwrap();
        let all: Vec<_> = doors.all().collect();
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].0, Door::Bank);
        assert_eq!(all[0].1.secret().unwrap().unwrap().expose_secret(), "s3cret");
        assert_eq!(all[0].1.scopes, ["profile", "email", "phone"]);
        assert!(toml::from_str::<Doors>("[sberbank]\nissuer = \"x\"").is_err(), "a slip of the pen is told");
        let gone = text.replace("bank.secret", "none.secret");
        assert!(toml::from_str::<Doors>(&gone).unwrap().all().next().unwrap().1.secret().is_err());
    }
}
