//! A balancer of the plainest kind: each connection goes to the next of its targets, and which those
//! are can change while it runs, as an address that moves to another server does.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// A running balancer.
#[derive(Debug, Clone)]
pub struct Proxy {
    /// Its port on 127.0.0.1.
    pub port: u16,
    targets: Arc<Mutex<Vec<u16>>>,
    streams: Arc<Mutex<Vec<TcpStream>>>,
    counts: Arc<Mutex<Vec<(u16, usize)>>>,
}

impl Proxy {
    /// A balancer before ports of 127.0.0.1.
    ///
    /// # Panics
    /// Stops the test if there is no free port.
    pub fn before(ports: &[u16]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("a port").port();
        let targets = Arc::new(Mutex::new(ports.to_vec()));
        let proxy = Self { port, targets, streams: Arc::default(), counts: Arc::default() };
        let next = AtomicUsize::new(0);
        let mine = proxy.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let target = {
                    let targets = mine.targets.lock().expect("a lock");
                    let turn = next.fetch_add(1, Ordering::Relaxed);
                    targets.get(turn % targets.len().max(1)).copied()
                };
                if let Some(target) = target {
                    mine.count(target);
                    if let Ok(copy) = stream.try_clone() {
                        mine.streams.lock().expect("a lock").push(copy);
                    }
                    thread::spawn(move || join(stream, target));
                }
            }
        });
        proxy
    }

    /// Sends new connections elsewhere from now on; to nobody, if there is no target.
    ///
    /// # Panics
    /// Stops the test if a thread of the proxy has panicked.
    pub fn point_to(&self, ports: &[u16]) {
        *self.targets.lock().expect("a lock") = ports.to_vec();
    }

    /// Cuts every connection that there is, and lets no other through: what is under way is lost.
    ///
    /// # Panics
    /// Stops the test if a thread of the proxy has panicked.
    pub fn cut(&self) {
        self.point_to(&[]);
        for stream in self.streams.lock().expect("a lock").drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// How many connections each target got.
    ///
    /// # Panics
    /// Stops the test if a thread of the proxy has panicked.
    pub fn counts(&self) -> Vec<(u16, usize)> {
        self.counts.lock().expect("a lock").clone()
    }

    fn count(&self, target: u16) {
        let mut counts = self.counts.lock().expect("a lock");
        match counts.iter_mut().find(|(port, _)| *port == target) {
            Some((_, count)) => *count += 1,
            None => counts.push((target, 1)),
        }
    }
}

fn join(from: TcpStream, target: u16) {
    let Ok(to) = TcpStream::connect(("127.0.0.1", target)) else { return };
    let (Ok(back), Ok(forth)) = (from.try_clone(), to.try_clone()) else { return };
    let there = thread::spawn(move || pass(from, forth));
    pass(to, back);
    let _ = there.join();
}

fn pass(mut from: TcpStream, mut to: TcpStream) {
    let mut some = [0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut some) {
        if to.write_all(some.get(..length).unwrap_or_default()).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
    let _ = from.shutdown(Shutdown::Both);
}
