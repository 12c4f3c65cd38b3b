//! The acts of `/cabinet/security`, as its forms and buttons name them.

use super::Visit;
use app::error::Refusal;
use app::ui::form::Next;
use domain::Values;

/// What is changed at `/cabinet/security`.
pub enum SecurityAct {
    AddApp,
    ConfirmApp,
    RemoveApp(String),
    RemovePasskey(String),
    Codes,
    ForgetDevices,
    End(Option<String>),
    Password,
    LinkDoor,
    UnlinkDoor(String),
}

impl SecurityAct {
    pub fn named(act: &str, id: Option<&str>) -> Option<SecurityAct> {
        Some(match act {
            "add_app" => SecurityAct::AddApp,
            "remove_app" => SecurityAct::RemoveApp(id?.to_owned()),
            "remove_passkey" => SecurityAct::RemovePasskey(id?.to_owned()),
            "unlink_door" => SecurityAct::UnlinkDoor(id?.to_owned()),
            "codes" => SecurityAct::Codes,
            "forget_devices" => SecurityAct::ForgetDevices,
            "end" => SecurityAct::End(Some(id?.to_owned())),
            "end_others" => SecurityAct::End(None),
            _ => return None,
        })
    }

    pub async fn act(&self, visit: &Visit, values: Values) -> Result<Next, Refusal> {
        match self {
            SecurityAct::AddApp => visit.add_app().await,
            SecurityAct::ConfirmApp => visit.confirm_app(values).await,
            SecurityAct::RemoveApp(id) => visit.remove_app(id).await,
            SecurityAct::RemovePasskey(id) => visit.remove_passkey(id).await,
            SecurityAct::Codes => visit.make_codes().await,
            SecurityAct::ForgetDevices => visit.forget_devices().await,
            SecurityAct::End(id) => visit.end_sessions(id.as_deref()).await,
            SecurityAct::LinkDoor => visit.link_door().await,
            SecurityAct::UnlinkDoor(id) => visit.unlink_door(id).await,
            SecurityAct::Password => visit.change_password(values).await,
        }
    }
}
