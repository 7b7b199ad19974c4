//! The socket: on the loopback address alone, with bounds on what one who connects can take up.

use std::convert::Infallible;
use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use super::routes::Routes;

/// As many at a time; a browser opens six.
const MOST_CONNECTIONS: usize = 64;
/// The head of a request has to come within this time.
const HEAD: Duration = Duration::from_secs(10);
/// The head of a request may be so long.
const HEAD_BYTES: usize = 16 << 10;
/// A connection lasts no longer; a browser opens another by itself.
const LIFE: Duration = Duration::from_secs(600);

pub(super) struct Listener {
    socket: TcpListener,
    port: u16,
}

impl Listener {
    /// Opens a port, 0 for any that is free.
    ///
    /// # Errors
    /// It cannot be opened.
    pub(super) async fn bind(port: u16) -> io::Result<Self> {
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let port = socket.local_addr()?.port();
        Ok(Self { socket, port })
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// Answers all who connect, each by itself, until that fails.
    pub(super) async fn serve(&self, routes: Arc<Routes>) -> io::Error {
        let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
        loop {
            // It is never closed.
            let Ok(place) = places.clone().acquire_owned().await else { return io::ErrorKind::Other.into() };
            match self.socket.accept().await {
                Ok((stream, _)) => {
                    let routes = routes.clone();
                    tokio::spawn(async move {
                        connection(stream, routes).await;
                        drop(place);
                    });
                }
                Err(error) if is_passing(&error) => sleep(Duration::from_millis(100)).await,
                Err(error) => return error,
            }
        }
    }
}

/// Who has gone before being accepted, and too many files that are open, are no reason to end.
fn is_passing(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    matches!(
        error.kind(),
        Kind::ConnectionAborted | Kind::ConnectionReset | Kind::Interrupted | Kind::WouldBlock
    ) || cfg!(unix) && matches!(error.raw_os_error(), Some(23 | 24))
}

async fn connection(stream: TcpStream, routes: Arc<Routes>) {
    let service = service_fn(move |request| {
        let routes = routes.clone();
        async move { Ok::<_, Infallible>(routes.answer(request).await) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_header_size(HEAD_BYTES);
    // A client that breaks off is nobody's concern.
    let _ = timeout(LIFE, http.serve_connection(TokioIo::new(stream), service)).await;
}
