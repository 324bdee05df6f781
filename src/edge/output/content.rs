//! Reads a file's content piece by piece: compares it with what is in its place, or writes it.

use std::fs;
use std::io::{self, Read, Write as _};
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::failure::OutputError;
use super::manifest::{CHUNK, Fingerprint};
use crate::edge::regular_file;

/// A content that is being read.
pub(super) struct Source<'a> {
    body: Body<'a>,
    /// The expected number of bytes, before any is read.
    pub size: u64,
}

/// Where the next piece of a content comes from.
enum Body<'a> {
    /// The rest of bytes in memory.
    Held(&'a [u8]),
    /// A file, with its name for errors.
    File(fs::File, &'a Path),
}

impl<'a> Source<'a> {
    /// Bytes to be read once.
    pub fn bytes(bytes: &'a [u8]) -> Self {
        Self { body: Body::Held(bytes), size: bytes.len() as u64 }
    }

    /// Opens a file to be read once.
    pub fn file(path: &'a Path) -> Result<Self, OutputError> {
        let reading = || OutputError::machine("read", path);
        let file = regular_file::open(path).map_err(reading())?;
        let size = file.metadata().map_err(reading())?.len();
        Ok(Self { body: Body::File(file, path), size })
    }

    /// The next piece, as long as `chunk`; shorter only at the end. Bytes in memory are not copied.
    fn next<'p>(&'p mut self, chunk: &'p mut [u8]) -> Result<&'p [u8], OutputError> {
        match &mut self.body {
            Body::Held(rest) => {
                let (piece, after) = rest.split_at(chunk.len().min(rest.len()));
                *rest = after;
                Ok(piece)
            }
            Body::File(file, name) => {
                let count = read_full(file, chunk).map_err(OutputError::machine("read", name))?;
                Ok(&chunk[..count])
            }
        }
    }

    /// The fingerprint of the content if the file at `place` has the same content.
    pub fn compare(
        mut self,
        place: &Path,
        chunks: &mut [u8],
    ) -> Result<Option<Fingerprint>, OutputError> {
        let reading = || OutputError::machine("read", place);
        let mut file = regular_file::open(place).map_err(reading())?;
        let (wanted, found) = chunks.split_at_mut(CHUNK);
        let (mut hasher, mut size) = (Xxh3::new(), 0);
        loop {
            let piece = self.next(wanted)?;
            let count = read_full(&mut file, &mut *found).map_err(reading())?;
            if *piece != found[..count] {
                return Ok(None);
            }
            hasher.update(piece);
            size += count as u64;
            if count < CHUNK {
                return Ok(Some(Fingerprint { hash: hasher.digest128(), size }));
            }
        }
    }

    /// Writes the content to a new file at `place` and returns its fingerprint.
    ///
    /// The file is not made by `fs::copy`, which would give it the source's permissions: a picture
    /// that only its author may read must still be readable for a web server.
    pub fn copy_to(mut self, place: &Path, chunks: &mut [u8]) -> Result<Fingerprint, OutputError> {
        let writing = || OutputError::machine("write", place);
        let mut file = create(place).map_err(writing())?;
        let chunk = &mut chunks[..CHUNK];
        let (mut hasher, mut size) = (Xxh3::new(), 0);
        loop {
            let piece = self.next(chunk)?;
            hasher.update(piece);
            size += piece.len() as u64;
            file.write_all(piece).map_err(writing())?;
            if piece.len() < CHUNK {
                return Ok(Fingerprint { hash: hasher.digest128(), size });
            }
        }
    }
}

/// Makes a new file. Its folder is made when it turns out to be missing, so that each folder is
/// made once and most files need no check.
fn create(place: &Path) -> io::Result<fs::File> {
    match fs::File::create_new(place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if let Some(folder) = place.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::File::create_new(place)
        }
        result => result,
    }
}

fn read_full(reader: &mut impl Read, chunk: &mut [u8]) -> io::Result<usize> {
    let mut count = 0;
    while count < chunk.len() {
        match reader.read(&mut chunk[count..]) {
            Ok(0) => break,
            Ok(more) => count += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(count)
}
