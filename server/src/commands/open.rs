//! Opening the house: settings to a running server's parts. Used by `serve`, by the commands and by tests.

use crate::config::{Config, Operator};
use crate::demo::StandIns;
use crate::desks::consent_hash;
use crate::desks::passwords::Passwords;
use crate::house::{Clock, House};
use crate::http::site::Site;
use crate::http::{InHand, Reading};
use crate::integrations::{self, Integrations};
use crate::news::NewsRoom;
use crate::reference::Reference;
use crate::storage::{Db, Files, Vault};
use crate::uploads::child::Inspector;
use app::routes;
use domain::accounts::doors::Door;
use secrecy::ExposeSecret;
use std::error::Error;
use std::sync::Arc;

type Opened<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// The database, migrated.
pub async fn database(config: &Config) -> Opened<Db> {
    std::fs::create_dir_all(&config.data_dir)?;
    let db = Db::open(&config.database_url).await?;
    db.migrate().await?;
    Ok(db)
}

/// The master keys. Only a demonstration makes its own.
pub fn vault(config: &Config) -> Opened<Vault> {
    if let Some(text) = &config.master_keys {
        return Ok(Vault::from_text(text.expose_secret())?);
    }
    let path = config.key_file();
    if config.demo {
        return Ok(Vault::open_or_create(&path)?);
    }
    if !path.exists() {
        return Err(
            format!("no master keys at {}: run `server keys init`, and keep a copy elsewhere", path.display()).into()
        );
    }
    Ok(Vault::open(&path)?)
}

/// The whole house.
pub async fn house(config: Config, clock: Box<dyn Clock>) -> Opened<Arc<House>> {
    let operator = config.operator.clone()?;
    let reference = Reference::load()?;
    let site = Site::read(&config.site_dir)?;
    let db = database(&config).await?;
    let vault = vault(&config)?;
    let files = Files::open(&config.files_url)?;
    let clock: Arc<dyn Clock> = clock.into();
    let stand_ins = if config.demo {
        let directory = Reference::load()?;
        let now = clock.clone();
        Some(
            StandIns::start(
                Arc::new(move |index: &str| directory.postcode(index)),
                &config.public_url,
                Arc::new(move || now.now()),
            )
            .await?,
        )
    } else {
        None
    };
    let integrations = Integrations::connect(outside(&config, stand_ins.as_ref(), &vault, &operator)?)?;
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let (news, parcel_key) = (NewsRoom::open(&db).await?, vault.parcel_key());
    Ok(Arc::new(House {
        consent_hash: consent_hash(&operator.named()),
        operator,
        clock,
        db,
        vault,
        files,
        reference,
        integrations,
        passwords: Passwords::new(cores),
        in_hand: InHand::default(),
        reading: Reading::default(),
        inspector: match &config.inspector {
            Some(program) => Inspector::with(program.clone(), cores),
            None => Inspector::new(cores),
        },
        site,
        news,
        parcel_key,
        stand_ins,
        config,
    }))
}

/// The outside systems: the stand-ins of a demonstration, or all of those the settings name.
fn outside(
    config: &Config,
    stand_ins: Option<&StandIns>,
    vault: &Vault,
    operator: &Operator,
) -> Opened<integrations::Settings> {
    use integrations::{mail, postal, push, registries, sms};
    let push = push::Settings {
        hosts: config.push_hosts.clone(),
        loopback: stand_ins.is_some(),
        contact: format!("mailto:{}", operator.email),
        seed: vault.push_seed(),
    };
    let named = doors(config)?;
    if let Some(stand_ins) = stand_ins {
        let mut settings = integrations::Settings { push, ..stand_ins.settings() };
        // Providers that are named are asked in a demonstration too.
        if !named.is_empty() {
            settings.doors = named;
        }
        return Ok(settings);
    }
    let missing = |section: &str| format!("settings have no [{section}]: without --demo every outside system is named");
    let registries = config.registries.as_ref().ok_or_else(|| missing("registries"))?;
    let text = config.sms.as_ref().ok_or_else(|| missing("sms"))?;
    let post_accounts = config.postal.as_ref().ok_or_else(|| missing("postal"))?;
    let post = config.mail.as_ref().ok_or_else(|| missing("mail"))?;
    Ok(integrations::Settings {
        registries: registries::gateway::Settings {
            url: registries.url.clone(),
            token: registries.token.clone(),
            timing: registries::gateway::Timing::default(),
        },
        sms: sms::sms_ru::Settings {
            url: text.url.clone(),
            api_id: text.api_id.clone(),
            from: text.from.clone(),
            timeout: sms::sms_ru::Settings::TIMEOUT,
        },
        mail: mail::smtp::Settings {
            url: post.url.clone(),
            from: post.from.clone(),
            timeout: mail::smtp::Settings::TIMEOUT,
        },
        doors: named,
        postal: postal::Settings {
            url: post_accounts.url.clone(),
            token: post_accounts.token.clone(),
            timeout: postal::Settings::TIMEOUT,
        },
        clamav: config.clamav.as_ref().map(|c| c.address.clone()),
        partners_inner: config.partners_inner,
        push,
    })
}

/// The providers of identities that the settings name.
fn doors(config: &Config) -> Opened<Vec<integrations::doors::Settings>> {
    let one = |(door, given): (Door, &crate::config::Provider)| {
        let secret = given.secret().map_err(|error| format!("the secret of [doors.{}]: {error}", door.name()))?;
        Ok(integrations::doors::Settings {
            door,
            issuer: given.issuer.clone(),
            client_id: given.client_id.clone(),
            secret,
            label: given.label.clone(),
            scopes: given.scopes.clone(),
            back: config.link(&routes::door_back(door)),
        })
    };
    config.doors.all().map(one).collect()
}
