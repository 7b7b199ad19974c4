//! The client's process. It may be killed while another process holds its end of our input open, which then
//! never ends.

use std::time::Duration;

/// How often to look.
const INTERVAL: Duration = Duration::from_secs(3);

/// Waits until a process is gone. For ever where that cannot be told: on a system without such a question, or
/// where the number is of no process here, as that of a client outside this container.
pub(crate) async fn gone(id: u32) {
    if !is_alive(id) {
        tracing::info!(id, "the client's process is not to be seen from here");
        return std::future::pending().await;
    }
    while is_alive(id) {
        tokio::time::sleep(INTERVAL).await;
    }
}

#[cfg(unix)]
fn is_alive(id: u32) -> bool {
    use rustix::io::Errno;
    use rustix::process::{Pid, test_kill_process};

    let pid = i32::try_from(id).ok().and_then(Pid::from_raw);
    // One that belongs to somebody else is there as well.
    pid.is_some_and(|pid| test_kill_process(pid) != Err(Errno::SRCH))
}

#[cfg(not(unix))]
fn is_alive(_: u32) -> bool {
    false
}
