//! The one way by which what somebody sent reaches a reader: first in a process of its own, then here.
//!
//! What was sent is [`Unread`], which nothing can look into. A [`Reader`] is given [`File`]s, and only
//! this file makes one. So whoever adds a page that takes a file cannot read it otherwise.

mod texts;

use std::sync::Arc;

use quarterlight_domain::refusal::Refusal;
use tokio::sync::Semaphore;

pub use texts::{Minutes, StaffList, StaffRead};

/// What somebody sent, and what nobody has looked into.
pub struct Unread {
    name: String,
    bytes: Vec<u8>,
}

impl Unread {
    /// What was sent, with its name as its sender has it.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: bytes.into() }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The same under another name.
    #[must_use]
    pub fn called(self, name: impl Into<String>) -> Self {
        Self { name: name.into(), ..self }
    }

    /// True if there is not a byte in it.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Hands it on to the other process, as a name, a length and bytes.
    ///
    /// # Errors
    /// Fails where the other side hears no more.
    pub fn send(&self, to: &mut dyn std::io::Write) -> std::io::Result<()> {
        writeln!(to, "{}\n{}", self.name.replace(['\n', '\r'], " "), self.bytes.len())?;
        to.write_all(&self.bytes)
    }
}

/// Neither the name nor what is in it goes into a log.
impl std::fmt::Debug for Unread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Unread({} bytes)", self.bytes.len())
    }
}

/// A file that a reader may look into.
#[derive(Debug)]
pub struct File(Unread);

impl File {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// What is in it.
    pub fn bytes(&self) -> &[u8] {
        &self.0.bytes
    }

    /// What is in it, as text.
    ///
    /// # Errors
    /// Refuses what is none.
    pub fn text(&self) -> Result<&str, Refusal> {
        std::str::from_utf8(&self.0.bytes).map_err(|_| {
            Refusal::because(
                "The file is not text in UTF-8. Save it again as UTF-8, then choose it.",
            )
        })
    }
}

/// A way to read, which the process apart and the server share.
pub trait Reader: Sized + Send + 'static {
    /// What comes of it.
    type Read: Send + 'static;

    /// The word by which the process apart knows it.
    const KIND: &'static str;

    /// What that process is told beside the files, on one line.
    fn beside(&self) -> String {
        String::new()
    }

    /// The reader of which that was told; none if it is of no such reader.
    fn told(beside: &str) -> Option<Self>;

    /// Reads.
    fn read(&self, files: &[File]) -> Self::Read;
}

/// A reader that needs to know nothing beside the files.
#[macro_export]
macro_rules! told_nothing {
    ($reader:ident) => {
        fn told(beside: &str) -> Option<Self> {
            beside.is_empty().then_some($reader)
        }
    };
}

/// What somebody reads whose file takes more to be read than it may.
const SENTENCE: &str = "Reading this took more memory or time than any such file does, and was stopped. Nothing was kept. Save it again where it comes from, and send nothing else along.";

/// A reading that was stopped: it took too much, or broke off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped;

impl Stopped {
    /// The same as a refusal, for its sender to read.
    pub fn refusal(self) -> Refusal {
        Refusal::because(SENTENCE)
    }
}

impl std::fmt::Display for Stopped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(SENTENCE)
    }
}

/// True if the files were read within the limits there: the kind, what is told beside, the files.
type First = dyn Fn(&str, &str, &[Unread]) -> bool + Send + Sync;

/// How many readings go on at once; the others wait for their turn.
const TURNS: usize = 2;

/// Reads what somebody sent, first where it can do no harm. In tests of pages there is no such place.
#[derive(Clone)]
pub struct Apart {
    first: Option<Arc<First>>,
    turns: Arc<Semaphore>,
}

impl Default for Apart {
    fn default() -> Self {
        Self { first: None, turns: Arc::new(Semaphore::new(TURNS)) }
    }
}

impl std::fmt::Debug for Apart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Apart({})", self.first.is_some())
    }
}

impl Apart {
    /// One that reads in this way first.
    pub fn new(first: impl Fn(&str, &str, &[Unread]) -> bool + Send + Sync + 'static) -> Self {
        Self { first: Some(Arc::new(first)), ..Self::default() }
    }

    /// Reads, when it is its turn and away from other people's pages.
    ///
    /// # Errors
    /// [`Stopped`] where it took more than it may, or broke off.
    pub async fn read<R: Reader>(&self, reader: R, files: Vec<Unread>) -> Result<R::Read, Stopped> {
        self.read_and_return(reader, files).await.map(|(read, _)| read)
    }

    /// The same, and gives the files back.
    ///
    /// # Errors
    /// [`Stopped`] where it took more than it may, or broke off.
    pub async fn read_and_return<R: Reader>(
        &self,
        reader: R,
        files: Vec<Unread>,
    ) -> Result<(R::Read, Vec<Unread>), Stopped> {
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(|_| Stopped)?;
        let first = self.first.clone();
        let read = tokio::task::spawn_blocking(move || {
            // Held until it has ended, also where whoever asked has gone.
            let _turn = turn;
            if first.is_some_and(|first| !first(R::KIND, &reader.beside(), &files)) {
                return Err(Stopped);
            }
            let files: Vec<File> = files.into_iter().map(File).collect();
            let read = reader.read(&files);
            Ok((read, files.into_iter().map(|file| file.0).collect()))
        });
        read.await.unwrap_or(Err(Stopped))
    }
}

/// In the process apart: reads as this kind, if it is this kind; none if it is another. What is found
/// stays there.
pub fn attempt<R: Reader>(kind: &str, beside: &str, files: &mut Vec<Unread>) -> Option<bool> {
    (kind == R::KIND).then(|| {
        let files: Vec<File> = std::mem::take(files).into_iter().map(File).collect();
        R::told(beside).map(|reader| drop(reader.read(&files))).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Breaks;

    impl Reader for Breaks {
        type Read = usize;
        const KIND: &'static str = "breaks";
        told_nothing!(Breaks);
        fn read(&self, files: &[File]) -> usize {
            assert!(files[0].bytes().len() < 3, "this file is too long for me");
            files.len()
        }
    }

    fn file(text: &str) -> Vec<Unread> {
        vec![Unread::new("a", text)]
    }

    #[tokio::test]
    async fn nothing_is_read_here_that_was_not_read_there() {
        let refuses = Apart::new(|kind, _, files| kind == "breaks" && files[0].bytes.len() < 3);
        assert_eq!(refuses.read(Breaks, file("ab")).await, Ok(1));
        assert_eq!(refuses.read(Breaks, file("abc")).await, Err(Stopped));
        // And where it is read there and breaks here, that is said too, and the next one is read.
        let believes = Apart::new(|_, _, _| true);
        for _ in 0..=TURNS {
            assert_eq!(believes.read(Breaks, file("abc")).await, Err(Stopped));
        }
        assert_eq!(believes.read(Breaks, file("ab")).await, Ok(1));
    }

    #[tokio::test]
    async fn no_more_are_read_at_once_than_there_are_turns() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (at, top) = (Arc::clone(&now), Arc::clone(&most));
        let slow = Apart::new(move |_, _, _| {
            top.fetch_max(at.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            std::thread::sleep(std::time::Duration::from_millis(20));
            at.fetch_sub(1, Ordering::SeqCst);
            true
        });
        let all = (0..8).map(|_| {
            let slow = slow.clone();
            tokio::spawn(async move { slow.read(Breaks, file("a")).await })
        });
        for one in all.collect::<Vec<_>>() {
            assert_eq!(one.await.unwrap(), Ok(1));
        }
        assert_eq!(most.load(Ordering::SeqCst), TURNS);
    }

    #[test]
    fn a_kind_reads_its_own_and_no_other() {
        let mut files = file("a");
        assert_eq!(attempt::<Breaks>("another", "", &mut files), None);
        assert_eq!(attempt::<Breaks>("breaks", "more", &mut file("a")), Some(false));
        assert_eq!(attempt::<Breaks>("breaks", "", &mut files), Some(true));
    }

    #[test]
    fn what_was_sent_is_in_no_log() {
        assert_eq!(format!("{:?}", Unread::new("canary", "canary")), "Unread(6 bytes)");
    }
}
