//! `--open`: the user's browser, by way of a file that only the user can read. An address that a program is started
//! with is seen by every user of the machine, and the token is in it.

use std::io::Write as _;
use std::thread;
use std::time::Duration;

use crate::cli::say;
use crate::files;

/// The browser has read the file by then.
const READ: Duration = Duration::from_secs(60);

/// Opens an address; where that does not succeed, it is said, and the user opens it.
pub(super) fn open(address: &str) {
    let page = format!(
        "<!DOCTYPE html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0; url={address}\">"
    );
    let file = tempfile::Builder::new().prefix("zhubi-").suffix(".html").tempfile();
    let opened = file.and_then(|mut file| {
        file.write_all(page.as_bytes())?;
        file.flush()?;
        open::that_detached(file.path())?;
        Ok(file)
    });
    match opened {
        Ok(file) => drop(thread::spawn(move || {
            thread::sleep(READ);
            drop(file);
        })),
        Err(error) => say(format!("没能打开浏览器（{}），请自己打开上面的地址", files::reason(&error))),
    }
}
