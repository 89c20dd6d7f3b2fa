//! Signed checkpoints: made, cosigned, sent elsewhere, and read back.

use jiff::Timestamp;
use quarterlight_domain::stamp::Stamp;
use quarterlight_journal::{Chain, Checkpoint, Note, Other, Signature, Signer, Verifier};

use crate::fault::Fault;
use crate::journal_tree::frontier;
use crate::sql::{self, Row};
use crate::verify::{Journal, TreeHead};

/// A checkpoint that the log's key signed, with the lines of its witnesses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    /// How many entries it is of.
    pub size: u64,
    /// The note, with every signature.
    pub note: Note,
    /// When it was signed.
    pub at: Timestamp,
}

/// How a checkpoint was sent elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// How many entries the checkpoint is of.
    pub size: u64,
    /// By which way: a folder, an address, a witness.
    pub way: String,
    /// Whether it went.
    pub went: bool,
    /// What became of it, in words.
    pub words: String,
    /// When.
    pub at: Timestamp,
}

impl Journal {
    /// Signs the journal as it is, and keeps the checkpoint. Where nothing changed since the last
    /// one, gives that.
    ///
    /// # Errors
    /// Fails if the database cannot be read or written, and where the tree is not the one that was
    /// last signed: a log never signs two histories.
    pub async fn sign(&self, stamp: &Stamp, signer: &Signer) -> Result<SignedCheckpoint, Fault> {
        // Asked for first: what another server signs from here on may be of more than we shall see.
        let last = self.last_signed().await?;
        let head = self.grow().await?;
        if let Some(last) = last {
            let said: Checkpoint = (last.note.text().parse())
                .map_err(|_| Fault::damaged("note", "a signed checkpoint cannot be read"))?;
            let tree = self.frontier_at(last.size).await;
            if head.size < last.size || tree.is_ok_and(|tree| tree.root() != said.root()) {
                return Err(Fault::damaged("hash", "the tree is not the one that was last signed"));
            }
            if last.size == head.size && said.origin() == signer.name() {
                return Ok(last);
            }
        }
        let on = self.0.begin().await?;
        let edge = frontier(&on, head.size).await?;
        let note = Checkpoint::sign(signer, &edge)
            .map_err(|_| Fault::damaged("note", "the journal’s name cannot be signed"))?;
        self.keep_checkpoint(&on, stamp, &head).await?;
        let query = "insert into journal_signed (size, note, made_at) values ($1, $2, $3) \
             on conflict (size) do nothing";
        let size = i64::try_from(head.size).unwrap_or(i64::MAX);
        let values = [size.into(), note.to_string().into(), sql::time(stamp.at)];
        sql::run(&on, query, values).await?;
        on.commit().await?;
        // Another server may have signed the same size in the meantime: what is kept is what counts.
        let kept = self.signed(head.size).await?;
        kept.ok_or_else(|| Fault::damaged("note", "a signed checkpoint is missing"))
    }

    /// Keeps a witness's lines beneath a signed checkpoint, each witness's first line of it.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn keep_cosignatures(
        &self,
        stamp: &Stamp,
        size: u64,
        lines: &[Signature],
    ) -> Result<(), Fault> {
        for line in lines {
            let query = "insert into journal_cosigned (size, witness, line, kept_at) \
                 values ($1, $2, $3, $4) on conflict (size, witness) do nothing";
            let size = i64::try_from(size).unwrap_or(i64::MAX);
            let values =
                [size.into(), line.name().into(), line.to_string().into(), sql::time(stamp.at)];
            sql::run(&self.0.write, query, values).await?;
        }
        Ok(())
    }

    /// The latest signed checkpoint.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn last_signed(&self) -> Result<Option<SignedCheckpoint>, Fault> {
        let query = "select max(size) as size from journal_signed";
        let row = sql::one(&self.0.read, query, []).await?;
        match row.get::<Option<i64>>("size")? {
            Some(size) => self.signed(u64::try_from(size).unwrap_or_default()).await,
            None => Ok(None),
        }
    }

    /// The signed checkpoint of this size, with the lines of its witnesses.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn signed(&self, size: u64) -> Result<Option<SignedCheckpoint>, Fault> {
        Ok(self.signed_between(size, size).await?.pop())
    }

    /// Every signed checkpoint of these sizes, the smallest first: two statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn signed_between(
        &self,
        from: u64,
        until: u64,
    ) -> Result<Vec<SignedCheckpoint>, Fault> {
        let values = || [from, until].map(|size| i64::try_from(size).unwrap_or(i64::MAX).into());
        let query = "select size, note, made_at from journal_signed \
             where size >= $1 and size <= $2 order by size";
        let rows = sql::all(&self.0.read, query, values()).await?;
        let mut found = rows.iter().map(signed).collect::<Result<Vec<_>, _>>()?;
        let query = "select size, line from journal_cosigned \
             where size >= $1 and size <= $2 order by size, witness";
        for row in sql::all(&self.0.read, query, values()).await? {
            let (size, line) = (u64::from(row.count("size")?), row.parse("line", str::parse)?);
            if let Some(it) = found.iter_mut().find(|it| it.size == size) {
                it.note = it.note.clone().with(line);
            }
        }
        Ok(found)
    }

    /// What the signed checkpoints say; one that the log's key has not signed is said to be wrong.
    pub(crate) async fn signed_of(
        &self,
        log: Option<&Verifier>,
        chain: &mut Chain,
    ) -> Result<Vec<Other>, Fault> {
        let mut known = Vec::new();
        for row in sql::all(&self.0.read, "select size, note from journal_signed order by size", [])
            .await?
        {
            let size: i64 = row.get("size")?;
            let note: Result<Note, _> = row.get::<String>("note")?.parse();
            let opened = note.map_err(|error| error.to_string()).and_then(|note| match log {
                Some(log) => Checkpoint::open(&note, log).map_err(|error| error.to_string()),
                None => note.text().parse::<Checkpoint>().map_err(|error| error.to_string()),
            });
            match opened {
                Ok(it) if i64::try_from(it.size()).ok() == Some(size) => {
                    let whose = "the signed checkpoint taken then".to_owned();
                    known.push(Other { size: it.size(), root: it.root(), whose });
                }
                Ok(it) => chain.say(
                    None,
                    format!("The signed checkpoint of {size} entries says {}.", it.size()),
                ),
                Err(error) => {
                    chain.say(
                        None,
                        format!("The signed checkpoint of {size} entries: could not {error}."),
                    );
                }
            }
        }
        Ok(known)
    }

    /// How many entries this witness last cosigned; 0 if it never has.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn last_cosigned(&self, witness: &str) -> Result<u64, Fault> {
        let query = "select coalesce(max(size), 0) as size from journal_cosigned \
             where witness = $1";
        Ok(sql::one(&self.0.read, query, [witness.into()]).await?.count("size")?.into())
    }

    /// Whether a checkpoint was taken, as of a released report, that is larger than the last signed one.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn has_unsigned_checkpoint(&self) -> Result<bool, Fault> {
        let query = "select count(*) as unsigned from journal_checkpoint \
             where size > (select coalesce(max(size), 0) from journal_signed)";
        Ok(sql::one(&self.0.read, query, []).await?.count("unsigned")? > 0)
    }

    /// Notes how sending a checkpoint went.
    ///
    /// # Errors
    /// Fails if the database cannot be written.
    pub async fn note_sent(&self, sent: &Sent) -> Result<(), Fault> {
        let query = "insert into journal_sent (size, way, went, words, at) \
             values ($1, $2, $3, $4, $5)";
        let size = i64::try_from(sent.size).unwrap_or(i64::MAX);
        let (way, words) = (sent.way.clone(), sent.words.clone());
        let values = [size.into(), way.into(), sent.went.into(), words.into(), sql::time(sent.at)];
        sql::run(&self.0.write, query, values).await?;
        Ok(())
    }

    /// How sending checkpoints went, the latest first, so many at most.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn sent(&self, most: usize) -> Result<Vec<Sent>, Fault> {
        let query = "select size, way, went, words, at from journal_sent order by id desc limit $1";
        let rows = sql::all(&self.0.read, query, [sql::whole(most)]).await?;
        let sent = |row: &Row| {
            Ok(Sent {
                size: row.count("size")?.into(),
                way: row.get("way")?,
                went: row.get("went")?,
                words: row.get("words")?,
                at: row.time("at")?,
            })
        };
        rows.iter().map(sent).collect()
    }

    /// How many entries the journal has, and how many of them a signed checkpoint covers: two statements.
    ///
    /// # Errors
    /// Fails if the database cannot be read.
    pub async fn standing(&self) -> Result<(u64, Option<TreeHead>), Fault> {
        let row = sql::one(&self.0.read, "select size from journal_head where id = 1", []).await?;
        let query = "select size, note from journal_signed order by size desc limit 1";
        let signed = sql::first(&self.0.read, query, []).await?;
        let signed = signed.map(|row| {
            let note: Note = row.parse("note", str::parse)?;
            let it: Checkpoint = (note.text().parse())
                .map_err(|_| Fault::damaged("note", "a signed checkpoint cannot be read"))?;
            Ok::<_, Fault>(TreeHead { size: it.size(), root: it.root() })
        });
        Ok((row.count("size")?.into(), signed.transpose()?))
    }
}

fn signed(row: &Row) -> Result<SignedCheckpoint, Fault> {
    Ok(SignedCheckpoint {
        size: row.count("size")?.into(),
        note: row.parse("note", str::parse)?,
        at: row.time("made_at")?,
    })
}
