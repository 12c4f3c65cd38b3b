//! Who works in a demonstration. Everybody may know their passwords and secrets; without `--demo` nobody has them.

use domain::staff::Role;

pub const PASSWORD: &str = "Otdelenie-2026!";

/// Somebody of the staff.
pub struct Clerk {
    pub login: &'static str,
    pub role: Role,
    /// The authenticator's secret.
    pub secret: &'static [u8; 20],
    pub words: &'static str,
}

pub const STAFF: &[Clerk] = &[
    Clerk {
        login: "clerk",
        role: Role::Reviewer,
        secret: b"otdelenie-demo-01-->",
        words: "проверяющий, берёт и решает",
    },
    Clerk {
        login: "clerk2", role: Role::Reviewer, secret: b"otdelenie-demo-02-->", words: "второй проверяющий"
    },
    Clerk {
        login: "operator",
        role: Role::Operator,
        secret: b"otdelenie-demo-03-->",
        words: "оператор, берёт и спрашивает",
    },
    Clerk {
        login: "support", role: Role::Support, secret: b"otdelenie-demo-04-->", words: "поддержка, ищет и читает"
    },
    Clerk {
        login: "auditor",
        role: Role::Auditor,
        secret: b"otdelenie-demo-05-->",
        words: "аудитор, видит сводку и журнал",
    },
    Clerk {
        login: "admin", role: Role::Administrator, secret: b"otdelenie-demo-06-->", words: "администратор"
    },
    Clerk {
        login: "admin2",
        role: Role::Administrator,
        secret: b"otdelenie-demo-07-->",
        words: "второй администратор",
    },
    Clerk {
        login: "operator2",
        role: Role::Operator,
        secret: b"otdelenie-demo-08-->",
        words: "второй оператор, подтверждает у окна",
    },
];
