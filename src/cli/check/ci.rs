//! Does a job of CI run us, as `CI` says? Then nobody watches, and nobody keeps what is written.

pub(super) fn is_in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}
